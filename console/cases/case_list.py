"""The list of cases (个案清单): those one may see with state, helper and promise; narrowed, sorted, exported."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.states import Role, State
from casework.times import in_words
from console.asking import Staff, for_roles
from console.export import MOST_ROWS, exported
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.typed_values import day_or_none
from console.words import Due, day, due
from desk.desk import Caller
from records.applicants import Applicant, applicants_of, staff_names
from records.calendars import AreaCalendars
from records.case_files import CaseFilter, CaseRow
from records.case_lists import SORTS, ListFilter, helpers_in, list_count, list_page
from records.engine import Reading
from records.offices import offices_in
from records.queue import communities_in

router = APIRouter()

PATH = "/cases"
NAMES = ("state", "office", "community", "helper", "mark", "opened_from", "opened_to")
OPEN = "open"
MARKS = (
    ("broken", "承诺已超期，尚未就业"),
    ("late", "承诺曾经超期"),
    ("monitored", "重点监控"),
    ("hardship", "特别困难"),
    ("proposed", "已提出退出，待决定"),
    ("decided", "已决定退出，尚未生效"),
)
EMPTY = "您的办理范围内还没有个案。"
NARROWED = "没有符合这些条件的个案。请放宽条件；按姓名或证件查找的，用页面上方的查找。"
MOST_OFFICES = 200


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the list shows it."""

    row: CaseRow
    who: Applicant = field(repr=False)
    helper: str
    acting_for: str
    promise: Due
    marks: tuple[str, ...]

    @property
    def state(self) -> str:
        reason = self.row.exit_reason
        return f"{self.row.state.words}（{reason.words}）" if reason else self.row.state.words

    @property
    def promise_words(self) -> str:
        on = self.row.promise_met_on or self.row.promise_due_on
        return f"{self.promise.words}，{in_words(on)}" if on and self.promise.day else self.promise.words


COLUMNS: tuple[Column[CaseLine], ...] = (
    Column("case", "个案编号", lambda line: line.row.case_id, lambda line: f"{PATH}/{line.row.case_id}", sortable=True),
    Column("who", "申请人", lambda line: line.who.name),
    Column("community", "社区", lambda line: line.who.community),
    Column("state", "状态", lambda line: "，".join((line.state, *line.marks)), sortable=True),
    Column("helper", "帮扶责任人", lambda line: line.helper + (f"（代{line.acting_for}）" if line.acting_for else "")),
    Column("promise", "承诺期限", lambda line: line.promise_words, tone=lambda line: line.promise.tone, sortable=True),
    Column("opened", "申请日期", lambda line: in_words(line.row.opened_on), sortable=True),
)


@router.get(PATH, **for_roles(STAFF))
def case_list(request: Request, desk: OurDesk, caller: Staff, now: Now) -> Response:
    asked = _wanted(request)
    with desk.record.read() as work:
        narrowed = _filter(asked)
        total = list_count(work, caller.scope, narrowed)
        asked = asked.within(total)
        lines = _lines(work, caller, asked, narrowed, now, SIZE, asked.offset)
        helpers = helpers_in(work, caller.scope)
        named = staff_names(work, helpers)
        offices = offices_in(work, caller.area) if caller.role in (Role.REVIEWER, Role.SUPERVISOR) else ()
        communities = communities_in(work, caller.scope)
    listing = Listing("cases", PATH, COLUMNS, lines, total, asked, NARROWED if asked.filters else EMPTY)
    return page(
        request,
        "cases/list.html",
        title="个案",
        listing=listing,
        states=[(OPEN, "未退出的"), *((state.value, state.words) for state in State)],
        marks=MARKS,
        communities=[(name, name) for name in communities],
        helpers=[(account, named.get(account) or account) for account in helpers],
        offices=[(o.office, o.name) for o in offices] if len(offices) <= MOST_OFFICES else [],
        helper_by_account=not helpers and caller.role in (Role.REVIEWER, Role.SUPERVISOR),
    )


@router.get(PATH + "/export.{kind}", **for_roles(STAFF))
def export(
    request: Request, desk: OurDesk, caller: Staff, now: Now, kind: Annotated[str, Path(pattern="^(csv|xlsx)$")]
) -> Response:
    """Return exactly what is filtered, in its order."""
    asked = _wanted(request)
    with desk.record.read() as work:
        return exported("cases", COLUMNS, _lines(work, caller, asked, _filter(asked), now, MOST_ROWS, 0), kind)


def _wanted(request: Request) -> Wanted:
    return wanted(request, sorts=SORTS, filters=NAMES, sort="case")


def _filter(asked: Wanted) -> ListFilter:
    """What makes no sense is taken as not said."""
    state, mark = asked.get("state"), asked.get("mark")
    return ListFilter(
        plain=CaseFilter(
            state=State(state) if state in set(State) else None,
            area=asked.get("office") if (asked.get("office") or "").isdigit() else None,
            helper=asked.get("helper"),
            promise_overdue=True if mark == "late" else None,
            key_monitored=True if mark == "monitored" else None,
            opened_from=day_or_none(asked.get("opened_from")),
            opened_to=day_or_none(asked.get("opened_to")),
        ),
        community=asked.get("community"),
        promise_broken=mark == "broken",
        exit_proposed=mark == "proposed",
        exit_decided=mark == "decided",
        special_hardship=mark == "hardship",
        open_only=state == OPEN,
    )


def _lines(
    work: Reading, caller: Caller, asked: Wanted, narrowed: ListFilter, now: datetime, limit: int, offset: int
) -> tuple[CaseLine, ...]:
    rows = list_page(
        work, caller.scope, narrowed, sort=asked.sort, descending=asked.descending, offset=offset, limit=limit
    )
    return case_lines(work, caller, rows, now)


def case_lines(work: Reading, caller: Caller, rows: Sequence[CaseRow], now: datetime) -> tuple[CaseLine, ...]:
    """Return the lines of some cases, in their order."""
    who = applicants_of(work, caller.scope, (row.case_id for row in rows))
    names = staff_names(work, {row.helper for row in rows if row.helper})
    calendars = AreaCalendars(work)
    return tuple(
        CaseLine(
            row=row,
            who=who.get(row.case_id, Applicant("—", "—")),
            helper=(names.get(row.helper) or row.helper) if row.helper else "—",
            acting_for=names.get(away) or away
            if (away := caller.scope.acting_for(row.helper, None, row.clock))
            else "",
            promise=_promise(row, calendars, now),
            marks=tuple(words for there, words in _marks(row) if there),
        )
        for row in rows
    )


def _promise(row: CaseRow, calendars: AreaCalendars, now: datetime) -> Due:
    if row.promise_met_on is not None:
        return Due("已兑现", "calm", day(row.promise_met_on))
    if row.promise_due_on is None or row.state is State.EXITED:
        return Due("—", "none", "")
    late = row.promise_overdue_on is not None
    return due(row.promise_due_on, row.clock.day(now), calendars.of(row.office), overdue=late)


def _marks(row: CaseRow) -> tuple[tuple[bool | None, str], ...]:
    return (
        (row.key_monitored, "重点监控"),
        (row.special_hardship, "特别困难"),
        (row.objection_open, "异议调查中"),
        (row.exit_decided and row.state is not State.EXITED, "退出已决定"),
        (row.exit_proposed and row.state is not State.EXITED, "已提出退出"),
    )
