"""One report (调度表): numbers of the area and its parts, the equation, corrections, problems, its history.

Every number leads to its rows (`rows.py`).  What may be done with it is on the same page (`acts.py`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.times import month_in_words
from console.asking import for_roles
from console.forms import Form, Mistake
from console.rendering import page
from console.reports.asking import EVERYONE, Area, Month, Reader
from console.reports.numbers import CHANNELS, COLUMN, rows_of
from desk.desk import Caller, Desk
from desk.monthly_reports import Seen, may, own_area, see
from desk.report_days import months_to_show
from desk.report_steps import ACTS, PROVINCE, STANDINGS, reports
from records.figure_rows import known_areas
from records.report_rows import LATE, SINCE
from records.scope import COUNTY
from register.dispatch import Correction, Dispatch, month_before, month_of, standing
from register.report_columns import CHANNEL, Column

router = APIRouter()

PATH = "/reports/{month}/{area}"
STANDS = {
    "due": "未到期",
    "submitted": "按期上报",
    "submitted_late": "超期上报",
    "overdue_to_province": "超期未报，已列入省级督办清单",
}


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of the area or a part, in the order of the columns; `links` lead to the rows behind each."""

    name: str
    link: str | None
    cells: tuple[tuple[int, str | None], ...]
    whole: bool = False


@router.get(PATH, **for_roles(EVERYONE))
def report(request: Request, desk: OurDesk, now: Now, caller: Reader, month: Month, area: Area) -> Response:
    return report_page(request, desk, caller, see(desk, caller, area, month, now), Form(), ())


def report_page(
    request: Request, desk: Desk, caller: Caller, seen: Seen, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    """Show a report, with what was typed when an act was refused."""
    newest, mine = seen.newest, own_area(caller)
    with desk.record.read() as work:
        names = known_areas(
            work, tuple({*(each.area for each in seen.numbers), *(each.area for each in seen.missing), mine})
        )
        months = months_to_show(work, seen.area, seen.today)
    acts = may(caller, seen)
    return page(
        request,
        "reports/one.html",
        status=422 if mistakes else 200,
        title=f"{month_in_words(seen.month)}调度表",
        seen=seen,
        name=names.get(seen.area, seen.area),
        up=seen.area[:4] if len(seen.area) == COUNTY and len(mine) <= 4 else None,
        month_words=month_in_words(seen.month),
        months=tuple((each, month_in_words(each)) for each in sorted({*months, seen.month}, reverse=True)),
        lines=_lines(seen, names, caller),
        equation=_equation(seen),
        corrections=tuple(_correction(seen, row) for row in seen.whole.corrections),
        channels=tuple(
            (CHANNELS.get(code, code), number, rows_of(seen.month, seen.area, CHANNEL + code))
            for code, number in sorted(seen.whole.channels.items())
            if number
        ),
        standing=STANDINGS[newest.standing] if newest else "尚未生成快照",
        stands=STANDS[standing(seen.due_on, newest.submitted_on if newest else None, seen.today)],
        county=len(seen.area) == COUNTY,
        reports=reports(seen.area),
        missing=tuple(
            (each.area, names.get(each.area, each.area), STANDINGS[each.standing] if each.standing else "尚未生成快照")
            for each in seen.missing
        ),
        parts=len(seen.numbers) - 1,
        nobody_above=len(seen.area) <= PROVINCE,
        next_act=next_act(seen, acts),
        may_return="returned" in acts,
        act_words=ACTS,
        standings=STANDINGS,
        keeps_template=caller.role in (Role.REVIEWER, Role.SUPERVISOR),
        history=tuple((each, tuple(_stamps(each.by, each.at))) for each in seen.versions),
        since=seen.live - seen.whole["closing"],
        since_rows=rows_of(seen.month, seen.area, SINCE),
        live_rows=rows_of(max(month_of(seen.today), seen.month), seen.area, "closing"),
        later=month_of(_after(seen.month)) if seen.month < month_before(seen.today) else None,
        form=form,
        mistakes=mistakes,
    )


def next_act(seen: Seen, acts: tuple[str, ...]) -> str | None:
    """Return the step the page offers: no review of numbers that have to be drawn up anew first."""
    first = acts[0] if acts else "returned"
    return None if first == "returned" or (first == "reviewed" and seen.stale) else first


def _after(month: str) -> date:
    return date.fromisoformat(f"{month}-01") + timedelta(days=32)


def _lines(seen: Seen, names: dict[str, str], caller: Caller) -> tuple[Line, ...]:
    def line(each: Dispatch, whole: bool) -> Line:
        cells = tuple((column.of(each), _behind(seen, column, each, whole)) for column in seen.layout.columns)
        inside = not whole and (len(each.area) <= COUNTY or caller.role is not Role.CASEWORKER)
        link = f"/reports/{seen.month}/{each.area}" if inside and each.area != seen.area else None
        name = "合计" if whole else names.get(each.area, each.area) + ("（本级）" if each.area == seen.area else "")
        return Line(name, link, cells, whole)

    parts = tuple(line(each, False) for each in seen.numbers[1:])
    return (*parts, line(seen.whole, True))


def _equation(seen: Seen) -> tuple[tuple[str, str, int, str], ...]:
    """Return the terms of the equation: sign, words, number, address of its rows."""
    terms = (
        ("", "月初实存", "opening"),
        ("+", "新认定", "new"),
        ("+", "恢复认定", "returned"),
        ("+", "转入", "transferred_in"),
        ("+", "更正", "corrected"),
        ("−", "消除", "eliminated"),
        ("−", "其他退出", "exited"),
        ("−", "撤销认定", "revoked"),
        ("−", "转出", "transferred_out"),
        ("=", "月末实存", "closing"),
    )
    return tuple((sign, words, seen.whole[c], rows_of(seen.month, seen.area, c)) for sign, words, c in terms)


def _behind(seen: Seen, column: Column, each: Dispatch, whole: bool) -> str | None:
    """Return the address of the rows behind a cell; a report of offices names the office."""
    if not column.of(each):
        return None
    count = column.only or COLUMN + column.code
    if not whole and len(seen.area) >= COUNTY:
        return rows_of(seen.month, seen.area, count, office=each.area)
    return rows_of(seen.month, each.area, count)


def _correction(seen: Seen, row: Correction) -> tuple[str, str, int, str]:
    link = rows_of(seen.month, seen.area, LATE, fact=row.kind.value, of=row.month, channel=row.channel)
    words = row.kind.words + (f"，{CHANNELS.get(row.channel, row.channel)}" if row.channel else "")
    return month_in_words(row.month), words, row.number, link


def _stamps(by: object, at: object) -> list[tuple[str, str, object]]:
    assert isinstance(by, dict)
    assert isinstance(at, dict)
    return [(ACTS.get(act, "生成快照"), by.get(act, "系统"), when) for act, when in at.items()]
