"""Figures of an area (督导数字), counted in SQL within the caller's scope.

Each figure is one condition, declared once in `FIGURES`: counting it here and listing its rows in `figure_rows.py` ask
the same condition, so a number always equals its list.  Periods are legal days, both included, and come in; "overdue"
is a mark that an event wrote, and nothing here compares a limit with a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, and_, extract, func, or_, select, true
from sqlalchemy.sql.functions import coalesce

from casework.rows.promise import BREACHES
from casework.states import Role, State
from records.engine import Reading
from records.scope import Scope, of_offices, visible
from records.tables import cases, tasks
from records.tables_promises import promises

OPEN = cases.c.state != State.EXITED.value
OPEN_TASK = tasks.c.closed_seq.is_(None)
"""Every figure of tasks is one of open ones."""
MISSED = promises.c.overdue_on.is_not(None)
KEPT = promises.c.met_on.is_not(None)


class Of(StrEnum):
    """What a figure counts."""

    CASES = "cases"
    PROMISES = "promises"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from which to which something happened, both included."""

    first: date
    last: date

    def holds(self, day: Column[date]) -> ColumnElement[bool]:
        return day.between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: what it counts, when a row is one of it, and the day a list shows beside the row.

    With `during` only those count whose day of that column lies in the period; the others say how things stand.
    """

    code: str
    words: str
    of: Of
    when: ColumnElement[bool]
    day: Column[Any]
    during: Column[Any] | None = None

    def holds(self, period: Period) -> ColumnElement[bool]:
        """Return the condition on a row."""
        return self.when if self.during is None else and_(period.holds(self.during), self.when)


def _now(code: str, words: str, of: Of, when: ColumnElement[bool], day: Column[Any]) -> Figure:
    return Figure(code, words, of, when, day)


def _happened(code: str, words: str, day: Column[Any]) -> Figure:
    return Figure(code, words, Of.CASES, true(), day, day)


def _promised(code: str, words: str, when: ColumnElement[bool]) -> Figure:
    """A figure of the promises that fell due in the period."""
    return Figure(code, words, Of.PROMISES, when, promises.c.due_on, promises.c.due_on)


STATES = tuple(
    _now(f"state_{state.value}", state.words, Of.CASES, cases.c.state == state.value, cases.c.opened_on)
    for state in State
    if state is not State.EXITED
)
NOW = (
    _now("open", "在办个案", Of.CASES, OPEN, cases.c.opened_on),
    *STATES,
    _now(
        "overdue_now",
        "承诺超期未兑现",
        Of.CASES,
        and_(OPEN, cases.c.promise_overdue_on.is_not(None), cases.c.promise_met_on.is_(None)),
        cases.c.promise_overdue_on,
    ),
    _now("monitored", "重点监控", Of.CASES, and_(OPEN, cases.c.key_monitored.is_(True)), cases.c.opened_on),
    _now("exit_proposed", "退出待决定", Of.CASES, and_(OPEN, cases.c.exit_proposed.is_(True)), cases.c.opened_on),
    _now("objection", "异议未处理", Of.CASES, and_(OPEN, cases.c.objection_open.is_(True)), cases.c.opened_on),
)
FLOW = (
    _happened("opened", "新立个案", cases.c.opened_on),
    _happened("certified", "认定", cases.c.certified_on),
    _happened("eliminated", "消除", cases.c.eliminated_on),
    _happened("exited", "退出", cases.c.exit_on),
)
OUTCOMES = (
    _promised("kept", "按期兑现", and_(KEPT, ~MISSED)),
    _promised("late", "超期后兑现", and_(KEPT, MISSED)),
    _promised("missed", "超期未兑现", and_(MISSED, ~KEPT, OPEN)),
    _promised("missed_ended", "超期后退出", and_(MISSED, ~KEPT, ~OPEN)),
    _promised("running", "期限未到或暂停", and_(~MISSED, ~KEPT, OPEN)),
    _promised("ended", "未到期即退出", and_(~MISSED, ~KEPT, ~OPEN)),
)
"""What became of the promises that fell due: each is in exactly one of these."""

CAUSES = (
    _promised(
        "agency_failed", "工作未到位（已确认）", and_(MISSED, promises.c.confirmed, promises.c.cause == "agency_failed")
    ),
    _promised(
        "client_declined",
        "家庭未做到不挑不拣（已确认）",
        and_(MISSED, promises.c.confirmed, promises.c.cause == "client_declined"),
    ),
    _promised(
        "cause_unknown",
        "已确认，原因未留存",
        and_(MISSED, promises.c.confirmed, promises.c.cause.is_(None)),
    ),
    _promised("unconfirmed", "原因未确认", and_(MISSED, ~promises.c.confirmed)),
)
"""Why promises were missed: each missed one is in exactly one of these."""

DUE = _promised("due", "到期的承诺", true())
ALL_MISSED = _promised("all_missed", "超期的承诺", MISSED)
TASKS = (
    _now("tasks", "未办结的待办", Of.TASKS, OPEN_TASK, tasks.c.opened_on),
    _now(
        "overdue_tasks",
        "超期的待办",
        Of.TASKS,
        and_(OPEN_TASK, tasks.c.overdue.is_(True)),
        tasks.c.due_on,
    ),
)
UNCONFIRMED = _now(
    "to_confirm",
    "超期原因待确认",
    Of.TASKS,
    and_(OPEN_TASK, tasks.c.kind.in_(BREACHES)),
    tasks.c.opened_on,
)
"""Each missed promise opens a task that ends with the confirmation."""

FIGURES: Mapping[str, Figure] = {
    f.code: f for f in (*NOW, *FLOW, DUE, ALL_MISSED, *OUTCOMES, *CAUSES, UNCONFIRMED, *TASKS)
}

LEVELS = {2: 4, 4: 6}
"""How long the codes are into which an area's figures are split: a province by cities, a city by counties, the rest by
office."""

Counts = dict[str, dict[str, int]]
"""Area (the beginning of office codes, or an office) → figure → number."""


def split_at(prefix: str) -> int | None:
    """Return how many digits tell the parts of an area apart; None: its offices."""
    return LEVELS.get(len(prefix))


def counted(work: Reading, scope: Scope, figures: Iterable[Figure], period: Period, prefix: str) -> Counts:
    """Count figures by the parts of an area that begins like this; parts without any row are left out.

    Figures of the same rows are counted in one scan.
    """
    found: Counts = {}
    groups: dict[tuple[Of, Column[Any] | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.of, figure.during), []).append(figure)
    for group in groups.values():
        _add(found, work, scope, group, period, prefix)
    return found


def totals(counts: Counts) -> dict[str, int]:
    """Return the sum of each figure over all parts."""
    summed: dict[str, int] = {}
    for row in counts.values():
        for code, number in row.items():
            summed[code] = summed.get(code, 0) + number
    return summed


def _add(found: Counts, work: Reading, scope: Scope, figures: list[Figure], period: Period, prefix: str) -> None:
    first = figures[0]
    office = tasks.c.office if first.of is Of.TASKS else cases.c.office
    length = split_at(prefix)
    part = func.substr(office, 1, length) if length else office
    if len(figures) == 1:
        query = select(part, func.count()).where(first.holds(period))
    else:
        query = select(part, *(coalesce(func.sum(figure.when.cast(Integer)), 0) for figure in figures))
        query = query.where(or_(*(figure.when for figure in figures)))
        if first.during is not None:
            query = query.where(period.holds(first.during))
    if first.of is Of.TASKS:
        query = query.where(OPEN_TASK)  # for the index: it is within each figure's own condition, but not at hand there
    if prefix:
        query = query.where(office.between(prefix, prefix + "~"))
    for row in work.connection.execute(_from(first.of, query, scope).group_by(part)):
        here = found.setdefault(row[0], {})
        for figure, number in zip(figures, row[1:], strict=True):
            here[figure.code] = number


def _from(of: Of, query: Any, scope: Scope) -> Any:
    """Join what is counted with its case, which says whether the caller may see it."""
    match of:
        case Of.CASES:
            return query.select_from(cases).where(visible(scope))
        case Of.PROMISES:
            joined = promises.join(cases, cases.c.case_id == promises.c.case_id)
            return query.select_from(joined).where(visible(scope))
        case Of.TASKS:
            if scope.role is not Role.HELPER:
                return query.select_from(tasks).where(of_offices(scope, tasks.c.office))
            return query.select_from(tasks.join(cases)).where(visible(scope))


def by_month(work: Reading, scope: Scope, figure: Figure, period: Period, prefix: str) -> dict[tuple[int, int], int]:
    """Count what happened month by month, for a line; months without any row are left out."""
    year, month = extract("year", figure.day), extract("month", figure.day)
    query = _from(figure.of, select(year, month, func.count()), scope).where(figure.holds(period))
    if prefix:
        query = query.where(cases.c.office.between(prefix, prefix + "~"))
    rows = work.connection.execute(query.group_by(year, month))
    return {(int(row[0]), int(row[1])): row[2] for row in rows}
