"""Worklists (待办清单): whose open tasks, who has claimed which, and what is overdue in an area.

Tasks open and close only with events (`case_file.py`); a claim is a transaction of its own and binds nobody but other
claimants.  "Overdue" is a mark an event wrote; nothing here compares a date with a clock.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, not_, or_, select, true, update

from casework.errors import Conflict
from casework.states import Role, State
from casework.times import SHANGHAI
from records.case_files import CaseRow, case_row_of
from records.engine import Reading, Writing
from records.scope import CaseClock, Scope, of_offices, visible
from records.tables import cases, tasks

LONGEST_LIST = 500


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as lists show it.  `task_id` is the global id, case_id/local id; `internal` limits are 内部时限.

    `closed_for`: in whose stead it was closed; `acting_for`: in whose stead the caller would act; `clock` is the
    case's, `helper` its helper.
    """

    task_id: str
    case_id: str
    kind: str
    role: Role
    office: str
    about: str | None
    title: str | None
    opened_on: date
    opened_seq: int
    due_on: date | None
    internal: bool
    overdue: bool
    paused: bool | None
    closed_seq: int | None
    closed_at: datetime | None
    closed_by: str | None
    closed_for: str | None
    done: bool | None
    claimed_by: str | None
    claimed_at: datetime | None
    version: int
    helper: str | None
    clock: CaseClock
    acting_for: str | None

    @property
    def local_id(self) -> str:
        """The id within the case, as its events name it."""
        return self.task_id[len(self.case_id) + 1 :]


def my_tasks(
    work: Reading, scope: Scope, limit: int = LONGEST_LIST, *, of: Collection[str] | None = None
) -> tuple[TaskRow, ...]:
    """Return the open tasks of the caller's role in its scope that nobody else has claimed, and those it has claimed.

    With them come those that an absent colleague has claimed; while the caller is away itself its own are on the
    substitute's list and not on this one.  Overdue first, then by due day.  `of`: of these cases alone.
    """
    mine = open_in(scope).where(or_(claimed(scope), free(scope)), not_away(scope))
    return _rows(work, scope, mine if of is None else mine.where(tasks.c.case_id.in_(of)), limit)


def overdue_tasks(work: Reading, scope: Scope, limit: int = LONGEST_LIST) -> tuple[TaskRow, ...]:
    """Return all open tasks in scope, of any role, that an event marked overdue."""
    return _rows(work, scope, open_in(scope).where(tasks.c.overdue.is_(True)), limit)


def overdue_promises(work: Reading, scope: Scope, limit: int = LONGEST_LIST) -> tuple[CaseRow, ...]:
    """Return the cases in scope past their promise and still without a job: what a supervisor answers for."""
    rows = (
        select(cases)
        .where(visible(scope), cases.c.promise_overdue_on.is_not(None), cases.c.promise_met_on.is_(None))
        .where(cases.c.state != State.EXITED.value)
        .order_by(cases.c.promise_due_on, cases.c.case_id)
        .limit(limit)
    )
    return tuple(case_row_of(row) for row in work.connection.execute(rows))


def tasks_of(work: Reading, scope: Scope, case_id: str, *, closed: bool = False) -> tuple[TaskRow, ...] | None:
    """Return the tasks of a case, open ones or also the closed ones; None outside the scope."""
    seen = select(cases.c.case_id).where(cases.c.case_id == case_id, visible(scope))
    if work.connection.execute(seen).first() is None:
        return None
    wanted = with_cases().where(tasks.c.case_id == case_id)
    return _rows(work, scope, wanted if closed else wanted.where(tasks.c.closed_seq.is_(None)), LONGEST_LIST)


def task(work: Reading, scope: Scope, task_id: str) -> TaskRow | None:
    """Return one task, open or closed, or None outside the scope."""
    row = work.connection.execute(with_cases().where(tasks.c.task_id == task_id, visible(scope))).first()
    return task_row_of(row, scope) if row else None


def claim(work: Writing, scope: Scope, task_id: str, now: datetime) -> TaskRow | None:
    """Claim an open task for the caller; claiming it again changes nothing.  None outside the scope.

    A substitute claims for the absent colleague, so that the task is the colleague's again afterwards.
    Raises `Conflict`: `task_claimed` or `task_closed`, saying by whom and when.
    """
    seen = task(work, scope, task_id)
    if seen is None:
        return None
    mine = (
        update(tasks)
        .where(tasks.c.task_id == task_id, tasks.c.closed_seq.is_(None), tasks.c.claimed_by.is_(None))
        .values(claimed_by=seen.acting_for or scope.account, claimed_at=now, version=tasks.c.version + 1)
    )
    work.connection.execute(mine)
    row = _again(work, scope, task_id)
    if row.closed_seq is not None:
        raise task_closed(row)
    if row.claimed_by not in (scope.account, row.acting_for):
        raise task_claimed(row)
    return row


def release(work: Writing, scope: Scope, task_id: str) -> TaskRow | None:
    """Give a claim back.  None outside the scope; raises `Conflict` as `claim` does when it is not the caller's."""
    seen = task(work, scope, task_id)
    if seen is None:
        return None
    holders = (scope.account, seen.acting_for)
    mine = (
        update(tasks)
        .where(tasks.c.task_id == task_id, tasks.c.closed_seq.is_(None), tasks.c.claimed_by.in_(holders))
        .values(claimed_by=None, claimed_at=None, version=tasks.c.version + 1)
    )
    work.connection.execute(mine)
    row = _again(work, scope, task_id)
    if row.closed_seq is not None:
        raise task_closed(row)
    if row.claimed_by is not None:
        raise task_claimed(row)
    return row


def release_all(work: Writing, account: str) -> None:
    """Give back every open task an account has claimed: a claim whose owner has left would bind the others for ever."""
    work.connection.execute(
        update(tasks)
        .where(tasks.c.claimed_by == account, tasks.c.closed_seq.is_(None))
        .values(claimed_by=None, claimed_at=None, version=tasks.c.version + 1)
    )


def task_claimed(row: TaskRow) -> Conflict:
    """Return the error that tells who has claimed a task."""
    return Conflict(
        "task_claimed",
        f"这项待办已由账号 {row.claimed_by} 于{_local(row.claimed_at)}领取，需由其释放后才能领取。",
        details={"by": row.claimed_by or "", "at": row.claimed_at.isoformat() if row.claimed_at else ""},
    )


def task_closed(row: TaskRow) -> Conflict:
    """Return the error that tells who ended a task, when, and with which event."""
    details: dict[str, str | list[str]] = {
        "by": row.closed_by or "",
        "at": row.closed_at.isoformat() if row.closed_at else "",
        "seq": str(row.closed_seq),
    }
    if row.closed_for is not None:
        details["acting_for"] = row.closed_for
    whose = f"{row.closed_by} 代 {row.closed_for}" if row.closed_for else row.closed_by
    return Conflict(
        "task_closed",
        f"这项待办已由账号 {whose} 于{_local(row.closed_at)}办结（第{row.closed_seq}号事件）。",
        details=details,
    )


def claimed(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a task is claimed by the caller, or by a colleague for whom it stands in."""
    theirs = (and_(tasks.c.claimed_by == s.account, s.during.cases) for s in scope.stands_in)
    return or_(tasks.c.claimed_by == scope.account, *theirs)


def free(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a task is for the caller's role and claimed by nobody."""
    unclaimed = func.coalesce(tasks.c.claimed_by, "") == ""  # by no index: most of all tasks are
    return and_(tasks.c.role == scope.role.value, unclaimed)


def not_away(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that the caller is not absent itself on the day it is for the case."""
    return not_(or_(*(away.cases for away in scope.away))) if scope.away else true()


def open_in(scope: Scope) -> Select[Any]:
    """Return the open tasks of the cases in scope, of any role.

    A task carries its case's office, so that an index answers "open, of these offices" without looking at cases.

    A helper's few cases are found first: without that SQLite walks through every open task there is.
    """
    opened = with_cases().where(tasks.c.closed_seq.is_(None))
    if scope.role is Role.HELPER:
        opened = opened.where(tasks.c.case_id.in_(select(cases.c.case_id).where(visible(scope)).correlate(None)))
    return opened.where(of_offices(scope, tasks.c.office), visible(scope))


def counted_in(scope: Scope) -> Select[Any]:
    """Return the same tasks by their numbers alone: cases are looked at only where it depends on them who sees what."""
    if scope.role is Role.HELPER or scope.stands_in or scope.away:
        return open_in(scope).with_only_columns(tasks.c.task_id)
    return select(tasks.c.task_id).where(tasks.c.closed_seq.is_(None), of_offices(scope, tasks.c.office))


def with_cases() -> Select[Any]:
    """Tasks with what their case says about whose they are."""
    of_case = (cases.c.helper, cases.c.clock_offset, cases.c.last_on)
    return select(tasks, *of_case).join(cases, cases.c.case_id == tasks.c.case_id)


def _rows(work: Reading, scope: Scope, wanted: Select[Any], limit: int) -> tuple[TaskRow, ...]:
    """Order by overdue, due day (tasks without one last) and id, the same on both databases."""
    ordered = wanted.order_by(tasks.c.overdue.desc(), tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.task_id)
    return tuple(task_row_of(row, scope) for row in work.connection.execute(ordered.limit(limit)))


def _again(work: Reading, scope: Scope, task_id: str) -> TaskRow:
    return task_row_of(work.connection.execute(with_cases().where(tasks.c.task_id == task_id)).one(), scope)


def task_row_of(row: Row[Any], scope: Scope) -> TaskRow:
    """Return the plain row of a list."""
    read = row._mapping
    values = {name: read[name] for name in _READ}
    clock = CaseClock(row.clock_offset, row.last_on)
    acting_for = scope.acting_for(row.helper, row.claimed_by, clock)
    return TaskRow(**values | {"role": Role(row.role), "clock": clock, "acting_for": acting_for})


_READ = tuple(field.name for field in fields(TaskRow) if field.name not in ("clock", "acting_for"))
"""What stands in the row under its own name."""


def _local(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y年%m月%d日%H:%M") if at else ""
