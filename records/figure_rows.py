"""The rows behind a figure (数字对应的清单): cases, promises or tasks, by the very condition by which they are counted.

Nothing about persons is in them.  How long tasks have been open is here too: the rows behind a queue's age.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Row, Select, func, literal_column, select

from casework.states import Role, State
from records.engine import Reading
from records.figures import OPEN, Figure, Of, Period
from records.scope import CaseClock, Scope, of_offices, visible
from records.tables import cases, events, tasks
from records.tables_people import offices
from records.tables_promises import promises

UNHELPED = "-"
"""Stands for "nobody" where a list is narrowed to a helper."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A figure and what its list is narrowed to; None means all.  `area` is the beginning of office codes."""

    figure: Figure
    period: Period
    area: str | None = None
    helper: str | None = None
    kinds: tuple[str, ...] = ()
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row: the case, and of a promise or a task what tells it.  `day` is the figure's day."""

    case_id: str
    office: str
    state: State
    helper: str | None
    clock: CaseClock
    day: date | None
    due_on: date | None = None
    overdue_on: date | None = None
    met_on: date | None = None
    told: str | None = None
    number: int | None = None
    cause: str | None = None
    confirmed: bool | None = None
    promise: str | None = None
    kind: str | None = None
    role: Role | None = None
    title: str | None = None
    about: str | None = None
    task_id: str | None = None
    paused: bool | None = None
    overdue: bool | None = None
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """So many open tasks of a kind were opened on a day; `overdue` of them are marked."""

    kind: str
    opened_on: date
    tasks: int
    overdue: int


SORTS = ("day", "case_id", "office", "helper", "due_on", "urgent")
"""How a list may be sorted; `urgent` is for tasks: overdue first, then by limit."""

_OF_CASE = (
    cases.c.case_id,
    cases.c.office,
    cases.c.state,
    cases.c.helper,
    cases.c.clock_offset,
    cases.c.last_on,
)
_OF_PROMISE = (
    promises.c.due_on,
    promises.c.overdue_on,
    promises.c.met_on,
    promises.c.told,
    promises.c.number,
    promises.c.cause,
    promises.c.confirmed,
    promises.c.kind.label("promise"),
)
_OF_TASK = (
    tasks.c.due_on,
    tasks.c.kind,
    tasks.c.role,
    tasks.c.title,
    tasks.c.about,
    tasks.c.task_id,
    tasks.c.paused,
    tasks.c.overdue,
    tasks.c.claimed_by,
)


def rows_behind(
    work: Reading,
    scope: Scope,
    wanted: Narrowed,
    *,
    sort: str = "day",
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[tuple[FigureRow, ...], int]:
    """Return a page of the rows behind a figure, and how many there are in all."""
    table, _ = _shape(wanted.figure.of)
    counted = select(func.count()).select_from(table).where(*_conditions(wanted, scope))
    total = work.connection.execute(counted).scalar_one()
    if not limit or not total:
        return (), total
    return first_rows(work, scope, wanted, sort=sort, descending=descending, offset=offset, limit=limit), total


def first_rows(
    work: Reading,
    scope: Scope,
    wanted: Narrowed,
    *,
    sort: str = "day",
    descending: bool = False,
    offset: int = 0,
    limit: int,
) -> tuple[FigureRow, ...]:
    """Return a page of the rows behind a figure, for a page that has counted them."""
    figure = wanted.figure
    table, more = _shape(figure.of)
    listed = select(*_OF_CASE, figure.day.label("day"), *more).select_from(table).where(*_conditions(wanted, scope))
    ordered = _ordered(listed, figure, sort, descending).limit(limit).offset(offset)
    return tuple(_row(row) for row in work.connection.execute(ordered))


def open_ages(work: Reading, scope: Scope, area: str | None = None) -> tuple[Age, ...]:
    """Return how many open tasks of each kind were opened on each day, by kind and day."""
    overdue = func.sum(tasks.c.overdue.cast(Integer))
    query = (
        select(tasks.c.kind, tasks.c.opened_on, func.count(), overdue)
        .where(tasks.c.closed_seq.is_(None), of_offices(scope, tasks.c.office))
        .group_by(tasks.c.kind, tasks.c.opened_on)
        .order_by(tasks.c.kind, tasks.c.opened_on)
    )
    if area:
        query = query.where(tasks.c.office.between(area, area + "~"))
    return tuple(Age(*row) for row in work.connection.execute(query))


def open_by_kind(work: Reading, scope: Scope, role: Role) -> dict[str, tuple[int, int]]:
    """Return how many open tasks of a role there are of each kind, and how many of them are overdue."""
    query = (
        select(tasks.c.kind, func.count(), func.sum(tasks.c.overdue.cast(Integer)))
        .where(tasks.c.closed_seq.is_(None), tasks.c.role == role.value, of_offices(scope, tasks.c.office))
        .group_by(tasks.c.kind)
    )
    return {row[0]: (row[1], row[2]) for row in work.connection.execute(query)}


def with_conflicts(work: Reading, scope: Scope, limit: int) -> tuple[str, ...]:
    """Return the open cases in which somebody declared to keep away (回避), or was declared to have to."""
    declared = select(events.c.case_id).where(events.c.trigger == literal_column("'declare_conflict'")).distinct()
    query = select(cases.c.case_id).where(cases.c.case_id.in_(declared), visible(scope), OPEN)
    return tuple(work.connection.execute(query.order_by(cases.c.case_id).limit(limit)).scalars())


def newest_day(work: Reading, scope: Scope, today: date) -> date:
    """Return today, or in a drill the latest day that any case in scope has come to."""
    last = work.connection.execute(select(func.max(cases.c.last_on)).where(visible(scope))).scalar_one()
    return max(today, last or today)


def known_areas(work: Reading, codes: tuple[str, ...]) -> dict[str, str]:
    """Return the names of areas and offices by the codes that figures give them; one without a name is left out."""
    padded = {code: code.ljust(6, "0") for code in codes}  # 2203 and its own offices' 220300 are called alike
    asked = select(offices.c.office, offices.c.name).where(offices.c.office.in_(set(padded.values())))
    names: dict[str, str] = {row.office: row.name for row in work.connection.execute(asked)}
    return {code: names[office] for code, office in padded.items() if office in names}


def _shape(of: Of) -> tuple[Any, tuple[ColumnElement[Any], ...]]:
    match of:
        case Of.CASES:
            return cases, (cases.c.promise_due_on.label("due_on"), cases.c.promise_overdue_on.label("overdue_on"))
        case Of.PROMISES:
            return promises.join(cases, cases.c.case_id == promises.c.case_id), _OF_PROMISE
        case Of.TASKS:
            return tasks.join(cases, cases.c.case_id == tasks.c.case_id), _OF_TASK


def _conditions(wanted: Narrowed, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return visible(scope), wanted.figure.holds(wanted.period), *_narrowed(wanted, scope)


def _narrowed(wanted: Narrowed, scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.area:
        found.append(cases.c.office.between(wanted.area, wanted.area + "~"))
    if wanted.helper == UNHELPED:
        found.append(cases.c.helper.is_(None))
    elif wanted.helper:
        found.append(cases.c.helper == wanted.helper)
    if wanted.figure.of is Of.TASKS:
        found.append(of_offices(scope, tasks.c.office))
        if wanted.area:
            found.append(tasks.c.office.between(wanted.area, wanted.area + "~"))
        if wanted.kinds:
            found.append(tasks.c.kind.in_(wanted.kinds))
        if wanted.role:
            found.append(tasks.c.role == wanted.role.value)
    return found


def _ordered(listed: Select[Any], figure: Figure, sort: str, descending: bool) -> Select[Any]:
    """Rows without a day come last, whichever the order, the same on both databases."""
    keys: dict[str, Column[Any]] = {"day": figure.day, "office": cases.c.office, "helper": cases.c.helper}
    if sort == "due_on":
        keys["due_on"] = {Of.CASES: cases.c.promise_due_on, Of.PROMISES: promises.c.due_on, Of.TASKS: tasks.c.due_on}[
            figure.of
        ]
    last = tasks.c.task_id if figure.of is Of.TASKS else cases.c.case_id
    if sort == "urgent" and figure.of is Of.TASKS:
        return listed.order_by(tasks.c.overdue.desc(), tasks.c.due_on.is_(None), tasks.c.due_on, last)
    key = keys.get(sort, last)
    order = [key.is_(None), key.desc() if descending else key.asc()]
    if figure.of is Of.PROMISES:
        return listed.order_by(*order, last, promises.c.kind, promises.c.number)
    return listed.order_by(*order, last)


def _row(row: Row[Any]) -> FigureRow:
    values = dict(row._mapping)
    values["state"] = State(values["state"])
    if values.get("role"):
        values["role"] = Role(values["role"])
    values["clock"] = CaseClock(values.pop("clock_offset"), values.pop("last_on"))
    return FigureRow(**values)
