"""All reports of an area (调度表清单): each county's and roll-up's standing in a month, and who is overdue."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.times import month_in_words
from console import words
from console.asking import for_roles
from console.rendering import page
from console.reports.asking import COUNTY_AND_ABOVE, EVERYONE, CountyOrAbove, Reader, a_month
from console.reports.numbers import rows_of
from desk.desk import Caller
from desk.monthly_reports import own_area, today_of
from desk.report_days import Late, due_of, late_ones, months_to_show, reporting_in, still_late
from desk.report_reminders import said
from desk.report_steps import STANDINGS
from desk.report_steps import reports as submits
from records import monthly_reports as kept
from records.calendars import newest_for
from records.engine import Reading
from records.figure_rows import known_areas
from records.scope import COUNTY
from register.dispatch import month_before

router = APIRouter()

HERE = "/reports"


@dataclass(frozen=True, slots=True)
class Line:
    """One area's report of the month."""

    area: str
    name: str
    standing: str
    due: words.Due | None
    closing: int | None
    rows: str


@router.get(HERE, **for_roles(EVERYONE))
def reports(request: Request, desk: OurDesk, now: Now, caller: Reader) -> Response:
    with desk.record.read() as work:
        today, mine = today_of(desk, work, caller, now), own_area(caller)
        months = months_to_show(work, mine, today)
        month = a_month(request.query_params.get("month"), month_before(today))
        areas = _areas(work, caller, mine)
        names = known_areas(work, (mine, *areas))
        newest = kept.newest_of_month(work, month, mine)
        lines = tuple(_line(work, area, month, today, names, newest.get(area)) for area in areas)
    return page(
        request,
        "reports/list.html",
        title="调度表",
        name=names.get(mine, mine),
        mine=mine,
        month=month,
        month_words=month_in_words(month),
        months=tuple((each, month_in_words(each)) for each in sorted({*months, month}, reverse=True)),
        running=month > month_before(today),
        lines=lines,
        rolled_up=len(mine) < COUNTY,
        **_may(caller),
    )


@router.get(HERE + "/overdue", **for_roles(COUNTY_AND_ABOVE))
def overdue(request: Request, desk: OurDesk, now: Now, caller: CountyOrAbove) -> Response:
    """Who is overdue with a month, or was; and who still is with any other."""
    with desk.record.read() as work:
        today, mine = today_of(desk, work, caller, now), own_area(caller)
        month = a_month(request.query_params.get("month"), month_before(today))
        late = late_ones(work, mine, month, today)
        others = tuple(each for each in still_late(work, mine, today) if each.month != month)
        names = known_areas(work, tuple({each.area for each in (*late, *others)}))
        months = months_to_show(work, mine, today)
    return page(
        request,
        "reports/overdue.html",
        title="超期未报的调度表",
        month=month,
        month_words=month_in_words(month),
        months=tuple((each, month_in_words(each)) for each in sorted({*months, month}, reverse=True)),
        late=_named(late, names, today),
        others=_named(others, names, today),
        standings=STANDINGS,
    )


def _named(late: tuple[Late, ...], names: dict[str, str], today: date) -> tuple[tuple[Late, str, str, int], ...]:
    """Return each with its name, its month in words and how many days it is late."""
    return tuple(
        (
            each,
            said(names, each.area),
            month_in_words(each.month),
            ((each.submitted_on or today) - each.due_on).days,
        )
        for each in late
    )


def _areas(work: Reading, caller: Caller, mine: str) -> tuple[str, ...]:
    if caller.role is Role.CASEWORKER:
        return (mine,)
    return reporting_in(work, mine) or (mine,)


def _line(work: Reading, area: str, month: str, today: date, names: dict[str, str], report: kept.Report | None) -> Line:
    name, closing = said(names, area), report.numbers[0]["closing"] if report else None
    behind = rows_of(month, area, "closing")
    if month > month_before(today):
        return Line(area, name, "本月未结束", None, closing, behind)
    if not submits(area):
        return Line(area, name, "随县级汇总", None, closing, behind)
    due_on = report.due_on if report else due_of(work, area, month)
    how = STANDINGS[report.standing] if report else "尚未生成快照"
    if report is not None and report.submitted_on is not None:
        days = (report.submitted_on - due_on).days
        return Line(area, name, how + (f"（超期{days}天上报）" if days > 0 else ""), None, closing, behind)
    due = words.due(due_on, today, newest_for(work, area), overdue=today > due_on)
    return Line(area, name, how, due, closing, behind)


def _may(caller: Caller) -> dict[str, bool]:
    return {
        "sees_overdue": caller.role in (Role.SUPERVISOR, Role.REVIEWER),
        "keeps_balances": caller.role in (Role.SUPERVISOR, Role.REVIEWER),
    }
