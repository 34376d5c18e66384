"""The work queue (工作台): the open tasks a caller may see, narrowed, sorted, counted and paged by the database.

Which tasks are whose is said in `worklists.py`; here are the shelves a queue is laid out on.  Nothing compares a
deadline with a clock: "overdue" is what an event wrote, and the days of a limit come in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from casework.states import Role, State
from records.engine import Reading
from records.scope import CaseClock, During, Scope, of_offices, visible
from records.standing_in import Period
from records.tables import cases, tasks
from records.tables_people import households
from records.worklists import TaskRow, claimed, counted_in, free, not_away, open_in, task_row_of, with_cases

MOST_COMMUNITIES = 200


class Shelf(StrEnum):
    """What a caller looks at: its whole list, what it has claimed, what nobody has, what is late, what others do."""

    WORK = "work"
    MINE = "mine"
    FREE = "free"
    OVERDUE = "overdue"
    WAITING = "waiting"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DueDays:
    """For cases for which it is one of some days now: the limits from one day to another, both included."""

    during: During
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue is narrowed to; None means all.  `due` without days finds nothing."""

    shelf: Shelf = Shelf.WORK
    kind: str | None = None
    state: State | None = None
    community: str | None = None
    overdue: bool = False
    due: tuple[DueDays, ...] | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A task with the state its case is in."""

    task: TaskRow
    state: State


def queue_page(
    work: Reading,
    scope: Scope,
    wanted: QueueFilter,
    *,
    sort: str = "due",
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[QueueRow, ...]:
    """Return one page; `sort` is due, opened or case.  Overdue tasks come first by due day, those without one last.

    The page's tasks are found by an index first, and only they are read.
    """
    order = _ORDERS[sort](descending)
    found = _filtered(scope, wanted).order_by(*order).offset(offset).limit(limit).correlate(None)
    listed = with_cases().add_columns(cases.c.state).where(tasks.c.task_id.in_(found))
    return tuple(_row(row, scope) for row in work.connection.execute(listed.order_by(*order)))


def queue_count(work: Reading, scope: Scope, wanted: QueueFilter) -> int:
    """Return how many tasks the filter finds."""
    found = _filtered(scope, wanted).with_only_columns(func.count())
    return int(work.connection.execute(found).scalar_one())


def shelf_counts(work: Reading, scope: Scope, shelves: Sequence[Shelf]) -> dict[Shelf, int]:
    """Return how many tasks lie on each of some shelves, not narrowed further; the record is asked once."""
    if not shelves:
        return {}
    counts = (func.count().filter(and_(true(), *_SHELVES[shelf](scope))) for shelf in shelves)
    row = work.connection.execute(counted_in(scope).with_only_columns(*counts)).one()
    return {shelf: int(number) for shelf, number in zip(shelves, row, strict=True)}


def communities_in(work: Reading, scope: Scope) -> tuple[str, ...]:
    """Return the communities of a caseworker's or a helper's cases, to choose from; nothing where they are many."""
    named = select(households.c.community).where(households.c.community != "").distinct()
    if scope.role is Role.HELPER:
        named = named.join(cases, cases.c.case_id == households.c.case_id).where(visible(scope))
    elif scope.role is Role.CASEWORKER:
        named = named.where(of_offices(scope, households.c.office))
    else:
        return ()
    found = work.connection.execute(named.order_by(households.c.community).limit(MOST_COMMUNITIES + 1)).scalars().all()
    return tuple(found) if len(found) <= MOST_COMMUNITIES else ()


def days_there(work: Reading, scope: Scope, now: datetime) -> tuple[date, ...]:
    """Return the days it is just now for the open cases in scope.  Outside a drill: today, unasked."""
    clocks = select(cases.c.clock_offset, cases.c.last_on).where(visible(scope), cases.c.state != State.EXITED.value)
    found = work.connection.execute(clocks.distinct())
    return tuple(sorted({CaseClock(row.clock_offset, row.last_on).day(now) for row in found}))


def due_days(windows: Mapping[date, tuple[date, date]], now: datetime) -> tuple[DueDays, ...]:
    """Return, for each day it may be for a case, the limits wanted on that day."""
    during = ((Period("", day, day).during(now, None), window) for day, window in windows.items())
    return tuple(DueDays(d, first, last) for d, (first, last) in during if d is not None)


def _filtered(scope: Scope, wanted: QueueFilter) -> Select[Any]:
    of_case = wanted.state is not None or wanted.due is not None
    found = (open_in(scope).with_only_columns(tasks.c.task_id) if of_case else counted_in(scope)).where(
        *_SHELVES[wanted.shelf](scope)
    )
    if wanted.kind is not None:
        found = found.where(tasks.c.kind == wanted.kind)
    if wanted.state is not None:
        found = found.where(cases.c.state == wanted.state.value)
    if wanted.overdue:
        found = found.where(tasks.c.overdue.is_(True))
    if wanted.due is not None:
        windows = (and_(d.during.cases, tasks.c.due_on.between(d.first, d.last)) for d in wanted.due)
        counting = and_(tasks.c.overdue.is_(False), tasks.c.paused.is_not(True))
        found = found.where(counting, or_(false(), *windows))
    if wanted.community is not None:
        found = found.join(households, households.c.case_id == tasks.c.case_id)
        found = found.where(households.c.community == wanted.community)
    return found


def _own_role(scope: Scope) -> ColumnElement[bool]:
    """A supervisor answers for what is late, whoever does it; others see what their role does."""
    return true() if scope.role is Role.SUPERVISOR else tasks.c.role == scope.role.value


def _others(scope: Scope) -> ColumnElement[bool]:
    """What an office waits for is decided by the county or the supervisor; others wait for any other role."""
    if scope.role is Role.CASEWORKER:
        return tasks.c.role.in_((Role.REVIEWER.value, Role.SUPERVISOR.value))
    return tasks.c.role != scope.role.value


_Conditions = tuple[ColumnElement[bool], ...]

_SHELVES: dict[Shelf, Callable[[Scope], _Conditions]] = {
    Shelf.WORK: lambda scope: (or_(claimed(scope), free(scope)), not_away(scope)),
    Shelf.MINE: lambda scope: (claimed(scope), not_away(scope)),
    Shelf.FREE: lambda scope: (free(scope), not_away(scope)),
    Shelf.OVERDUE: lambda scope: (tasks.c.overdue.is_(True), _own_role(scope)),
    Shelf.WAITING: lambda scope: (_others(scope),),
    Shelf.ALL: lambda _: (),
}


def _by_due(descending: bool) -> tuple[ColumnElement[Any], ...]:
    if descending:
        return (tasks.c.overdue, tasks.c.due_on.is_(None), tasks.c.due_on.desc(), tasks.c.task_id.desc())
    return (tasks.c.overdue.desc(), tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.task_id)


def _by_opened(descending: bool) -> tuple[ColumnElement[Any], ...]:
    return _turned((tasks.c.opened_on, tasks.c.task_id), descending)


def _by_case(descending: bool) -> tuple[ColumnElement[Any], ...]:
    return _turned((tasks.c.case_id, tasks.c.task_id), descending)


def _turned(columns: tuple[ColumnElement[Any], ...], descending: bool) -> tuple[ColumnElement[Any], ...]:
    return tuple(column.desc() for column in columns) if descending else columns


_ORDERS = {"due": _by_due, "opened": _by_opened, "case": _by_case}
SORTS = tuple(_ORDERS)


def _row(row: Any, scope: Scope) -> QueueRow:
    values = row._mapping
    state = State(values["state"])
    return QueueRow(task_row_of(row, scope), state)
