"""Reading case files (卷宗): one case, lists with filters and pages, the last event to start a case again.

Every read for a caller takes a `Scope`; those for the engine say so.  Timelines are in `timeline.py`, tasks in
`worklists.py`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, select

from casework.case import Case
from casework.events import CaseEvent
from casework.states import ExitReason, State
from records.engine import Reading
from records.scope import CaseClock, Scope, visible, within
from records.tables import cases, events

LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it: nothing about persons."""

    case_id: str
    office: str
    pack_id: str
    pack_version: str | None
    state: State
    seq: int
    last_command: str
    last_on: date
    helper: str | None
    opened_on: date
    certified_on: date | None
    promise_due_on: date | None
    promise_overdue_on: date | None
    promise_met_on: date | None
    eliminated_on: date | None
    exit_reason: ExitReason | None
    exit_on: date | None
    members: int
    base_members: int
    eligibility: str
    objection_open: bool
    exit_proposed: bool
    double_employment: bool
    clock_offset: int
    calendar_version: str | None
    calendar_issue: int | None
    key_monitored: bool | None
    exit_decided: bool | None
    special_hardship: bool | None
    applicant: str | None

    @property
    def clock(self) -> CaseClock:
        return CaseClock(self.clock_offset, self.last_on)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed to; None means all."""

    state: State | None = None
    office: str | None = None
    area: str | None = None
    helper: str | None = None
    promise_overdue: bool | None = None
    key_monitored: bool | None = None
    opened_from: date | None = None
    opened_to: date | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page in the order of case ids; `next_after` asks for the next, None on the last."""

    rows: tuple[CaseRow, ...]
    total: int
    next_after: str | None


def get(work: Reading, scope: Scope, case_id: str) -> CaseRow | None:
    """Return one case, or None when there is none in the caller's scope."""
    row = work.connection.execute(select(cases).where(cases.c.case_id == case_id, visible(scope))).first()
    return case_row_of(row) if row else None


def page(
    work: Reading, scope: Scope, wanted: CaseFilter | None = None, *, after: str | None = None, limit: int = 50
) -> CasePage:
    """Return a page of the cases in scope."""
    matching = [visible(scope), *conditions(wanted or CaseFilter())]
    total = work.connection.execute(select(func.count()).select_from(cases).where(*matching)).scalar_one()
    size = max(1, min(limit, LONGEST_PAGE))
    listed: Select[Any] = select(cases).where(*matching).order_by(cases.c.case_id).limit(size + 1)
    if after is not None:
        listed = listed.where(cases.c.case_id > after)
    rows = [case_row_of(row) for row in work.connection.execute(listed)]
    return CasePage(tuple(rows[:size]), total, rows[size - 1].case_id if len(rows) > size else None)


def counts_by_state(work: Reading, scope: Scope) -> dict[State, int]:
    """Return how many cases in scope are in each state; states without a case are 0."""
    counted = select(cases.c.state, func.count()).where(visible(scope)).group_by(cases.c.state)
    found: dict[str, int] = dict(work.connection.execute(counted).all())
    return {state: found.get(state.value, 0) for state in State}


def full_case(work: Reading, scope: Scope, case_id: str) -> Case | None:
    """Return the whole case after its last event, or None outside the scope."""
    if get(work, scope, case_id) is None:
        return None
    event = last_event(work, case_id)
    return event.case if event else None


def full_cases(work: Reading, scope: Scope, case_ids: Collection[str]) -> dict[str, Case]:
    """Return the whole cases of a page's rows, as far as the caller may see them, in one read."""
    last = and_(cases.c.case_id == events.c.case_id, cases.c.seq == events.c.seq)
    asked = (
        select(events.c.case_id, events.c.seq, events.c.whole)
        .join(cases, last)
        .where(cases.c.case_id.in_(case_ids), visible(scope))
    )
    opened = (_opened(work, row) for row in work.connection.execute(asked))
    return {event.case_id: event.case for event in opened if event is not None}


_LAST = (
    select(events.c.case_id, events.c.seq, events.c.whole)
    .where(events.c.case_id == bindparam("case_id"))
    .order_by(events.c.seq.desc())
    .limit(1)
)


def last_event(work: Reading, case_id: str) -> CaseEvent | None:
    """Return the last event with the case after it: what starts a case again.  For the engine, no scope."""
    return _opened(work, work.connection.execute(_LAST, {"case_id": case_id}).first())


def history_of(work: Reading, case_id: str) -> Iterator[CaseEvent]:
    """Yield every event of a case with the case after it, in their order.  For the engine, no scope."""
    rows = select(events.c.case_id, events.c.seq, events.c.whole).where(events.c.case_id == case_id)
    for row in work.connection.execute(rows.order_by(events.c.seq)):
        event = _opened(work, row)
        assert event is not None
        yield event


def event_at(work: Reading, case_id: str, seq: int) -> CaseEvent | None:
    """Return the event under a number.  For the engine, no scope."""
    return _whole(work, events.c.case_id == case_id, events.c.seq == seq)


def event_by_command(work: Reading, case_id: str, command_id: str) -> CaseEvent | None:
    """Return the event a command became, or None.  For desks that already know the caller's case, no scope."""
    return _whole(work, events.c.case_id == case_id, events.c.command_id == command_id)


def open_case_ids(work: Reading) -> Iterator[str]:
    """Yield the ids of all cases that have not exited, in order.  For the engine, no scope."""
    rows = select(cases.c.case_id).where(cases.c.state != State.EXITED.value).order_by(cases.c.case_id)
    yield from work.connection.execute(rows).scalars()


def case_row_of(row: Row[Any]) -> CaseRow:
    """Return the plain row of a list; what was selected beside the columns of `cases` is left out."""
    values = {name: value for name, value in row._mapping.items() if name in CaseRow.__dataclass_fields__}
    values["state"] = State(values["state"])
    values["exit_reason"] = ExitReason(values["exit_reason"]) if values["exit_reason"] else None
    return CaseRow(**values)


def _whole(work: Reading, *conditions: ColumnElement[bool]) -> CaseEvent | None:
    row = work.connection.execute(
        select(events.c.case_id, events.c.seq, events.c.whole).where(*conditions).order_by(events.c.seq.desc()).limit(1)
    ).first()
    return _opened(work, row)


def _opened(work: Reading, row: Any) -> CaseEvent | None:
    if row is None:
        return None
    return CaseEvent.model_validate_json(work.keys.unpack(row.whole, f"events.whole:{row.case_id}/{row.seq}"))


def conditions(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    """Yield what a filter asks of `cases`; whose cases they may be is the scope's to say."""
    if wanted.state is not None:
        yield cases.c.state == wanted.state.value
    if wanted.office is not None:
        yield cases.c.office == wanted.office
    if wanted.area is not None:
        yield within(cases.c.office, wanted.area)
    if wanted.helper is not None:
        yield cases.c.helper == wanted.helper
    if wanted.key_monitored is not None:
        yield cases.c.key_monitored.is_(True) if wanted.key_monitored else cases.c.key_monitored.is_not(True)
    if wanted.promise_overdue is not None:
        past = cases.c.promise_overdue_on.is_not(None)
        yield past if wanted.promise_overdue else ~past
    if wanted.opened_from is not None:
        yield cases.c.opened_on >= wanted.opened_from
    if wanted.opened_to is not None:
        yield cases.c.opened_on <= wanted.opened_to
