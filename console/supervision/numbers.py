"""Figures of cases and promises (个案数字、承诺兑现): by part of the area with totals, as charts with the same numbers.

Every number leads to exactly its rows.  Charts and tables are made of the same counts.
"""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from console.asking import Supervisor, for_roles
from console.rendering import page
from console.supervision.area import Line, Table, View, cell, table_of, view_of
from console.supervision.charts import Bars, Lines, Series, bars, lines
from console.supervision.periods import Chosen, months_until
from desk.desk import Caller
from records.engine import Reading
from records.figure_rows import known_areas
from records.figures import (
    ALL_MISSED,
    CAUSES,
    DUE,
    FIGURES,
    FLOW,
    NOW,
    OUTCOMES,
    STATES,
    Counts,
    Period,
    by_month,
    counted,
    totals,
)

router = APIRouter()

ONLY = (Role.SUPERVISOR,)
MONTHS = 12
FLAGS = tuple(figure for figure in NOW if figure not in STATES)


@router.get("/supervision/figures", **for_roles(ONLY))
def of_cases(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        counts = counted(work, caller.scope, (*NOW, *FLOW), view.period.days, view.prefix)
        names = known_areas(work, tuple(counts))
        trend = _trend(work, caller, view)
    sums = totals(counts)
    return page(
        request,
        "supervision/figures.html",
        title="个案数字",
        view=view,
        stock=table_of(view, "在办个案，按状态", (FLAGS[0], *STATES), counts, names),
        flags=table_of(view, "在办个案，需要关注的", FLAGS[1:], counts, names),
        flow=table_of(view, f"{view.period.words}的变化", FLOW, counts, names),
        states=bars(
            "在办个案，按状态",
            [figure.words for figure in STATES],
            (Series("户", tuple(sums.get(f.code, 0) for f in STATES)),),
        ),
        trend=trend[0],
        trend_table=trend[1],
    )


@router.get("/supervision/promises", **for_roles(ONLY))
def of_promises(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        wanted = (DUE, *OUTCOMES, ALL_MISSED, *CAUSES)
        counts = counted(work, caller.scope, wanted, view.period.days, view.prefix)
        names = known_areas(work, tuple(counts))
    sums = totals(counts)
    return page(
        request,
        "supervision/promises.html",
        title="承诺兑现",
        view=view,
        outcomes=table_of(view, f"{view.period.words}到期的承诺", (DUE, *OUTCOMES), counts, names),
        causes=table_of(view, f"{view.period.words}到期、已超期的承诺，按原因", (ALL_MISSED, *CAUSES), counts, names),
        outcome_chart=_outcome_chart(counts, names),
        cause_chart=bars(
            "超期的原因",
            [short(figure.words.removesuffix("（已确认）")) for figure in CAUSES],
            (Series("件", tuple(sums.get(f.code, 0) for f in CAUSES)),),
        ),
        rate=_rate(sums),
        to_confirm=view.rows("to_confirm"),
    )


def _outcome_chart(counts: Counts, names: dict[str, str]) -> Bars:
    parts = sorted(counts)
    return bars(
        "到期承诺的结果",
        [short(names.get(part, part)) for part in parts],
        tuple(Series(f.words, tuple(counts[part].get(f.code, 0) for part in parts)) for f in OUTCOMES),
    )


def _rate(sums: dict[str, int]) -> str:
    """Kept in time, of those whose limit decided: running and ended ones say nothing yet."""
    decided = sum(sums.get(code, 0) for code in ("kept", "late", "missed", "missed_ended"))
    return f"{sums.get('kept', 0) * 100 / decided:.1f}%" if decided else "—"


def _trend(work: Reading, caller: Caller, view: View) -> tuple[Lines, Table]:
    """New certifications and eliminations month by month, as lines and as a table of the same numbers."""
    months = months_until(view.period.days.last, MONTHS)
    whole = Period(months[0].days.first, months[-1].days.last)
    figures = (FIGURES["certified"], FIGURES["eliminated"])
    found = {f.code: by_month(work, caller.scope, f, whole, view.prefix) for f in figures}

    def number(code: str, month: Chosen) -> int:
        return found[code].get((month.year, month.number), 0)

    series = tuple(Series(f.words, tuple(number(f.code, month) for month in months)) for f in figures)
    chart = lines("认定和消除，近12个月", [f"{month.number}月" for month in months], series)
    table = Table(
        chart.title,
        tuple(f.words for f in figures),
        tuple(
            Line(
                month.words,
                None,
                tuple(cell(replace(view, period=month), f, number(f.code, month), view.area) for f in figures),
            )
            for month in months
        ),
        None,
    )
    return chart, table


def short(name: str) -> str:
    """Return a name that fits beside a bar."""
    return name if len(name) <= 9 else name[:8] + "…"
