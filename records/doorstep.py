"""The households a helper answers for (帮扶户), a page at a time with their cases; and when one went to somebody else.

Whose they are is said in `scope.py`; what is to be done for each is worked out by the page from the case itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, false, func, or_, select

from casework.case import Case
from casework.states import Role, State
from records.case_files import CaseRow, case_row_of, event_at, full_cases
from records.engine import Reading
from records.scope import Scope, visible
from records.tables import cases, events, tasks

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Helped:
    """A household in the caller's care: `acting_for` is the absent colleague whose it is.

    `away`: it is the caller's own, but the caller is absent on the day it is for the case.
    """

    row: CaseRow
    case: Case
    acting_for: str | None
    away: bool


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A household that was somebody's: when another helper was named, and by whom.

    `at` is None when nobody else was named: standing in for its helper is over.
    """

    at: datetime | None
    by: str | None


def how_many_helped(work: Reading, scope: Scope) -> int:
    """Return how many open cases the caller helps."""
    return work.connection.execute(select(func.count()).select_from(cases).where(*_helped(scope))).scalar_one()


def helped_households(work: Reading, scope: Scope, *, offset: int = 0, limit: int = A_PAGE) -> tuple[Helped, ...]:
    """Return a page of the open cases the caller helps, with what is known of each.

    First those past a limit, then those whose plan is not signed, then by the next limit; those that somebody else sees
    to while the caller is away come last.  How urgent each is exactly, the page finds in the case.
    """
    asked = _most_urgent_first(scope).offset(offset).limit(limit)
    rows = [case_row_of(row) for row in work.connection.execute(asked)]
    wholes = full_cases(work, scope, [row.case_id for row in rows])
    return tuple(
        Helped(
            row,
            wholes[row.case_id],
            scope.acting_for(row.helper, None, row.clock),
            row.helper == scope.account and any(during.holds(row.clock) for during in scope.away),
        )
        for row in rows
        if row.case_id in wholes
    )


def helped_ending(work: Reading, scope: Scope, ending: str) -> tuple[str, ...]:
    """Return the open cases the caller helps whose ids end like this; of many the first two."""
    asked = select(cases.c.case_id).where(*_helped(scope), cases.c.case_id.endswith(ending, autoescape=True))
    return tuple(work.connection.execute(asked.order_by(cases.c.case_id).limit(2)).scalars())


def _helped(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return visible(scope), cases.c.state != State.EXITED.value


def _most_urgent_first(scope: Scope) -> Select[Any]:
    mine = select(cases.c.case_id).where(*_helped(scope)).correlate(None)
    limits = (
        select(
            tasks.c.case_id,
            func.max(tasks.c.overdue.cast(Integer)).label("overdue"),
            func.min(tasks.c.due_on).label("due_on"),
        )
        .where(tasks.c.case_id.in_(mine), tasks.c.closed_seq.is_(None), tasks.c.role == Role.HELPER.value)
        .where(tasks.c.paused.is_not(True))
        .group_by(tasks.c.case_id)
        .subquery()
    )
    unkept = cases.c.promise_met_on.is_(None)
    promise, task = cases.c.promise_due_on, limits.c.due_on
    late = or_(limits.c.overdue == 1, and_(unkept, cases.c.promise_overdue_on.is_not(None)))
    due = case(
        (or_(promise.is_(None), cases.c.promise_met_on.is_not(None)), task),
        (or_(task.is_(None), promise < task), promise),
        else_=task,
    )
    away = and_(cases.c.helper == scope.account, or_(false(), *(during.cases for during in scope.away)))
    return (
        select(cases)
        .join(limits, limits.c.case_id == cases.c.case_id, isouter=True)
        .where(*_helped(scope))
        .order_by(
            case((away, 1), else_=0),
            case((late, 0), (cases.c.state == State.CERTIFIED.value, 1), else_=2),
            due.is_(None),
            due,
            cases.c.case_id,
        )
    )


def handed_on(work: Reading, case_id: str, accounts: Collection[str]) -> HandedOn | None:
    """Return how a household ceased to be one of these accounts'; None when it never was.  For desks, no scope."""
    changes = (
        select(events.c.seq, events.c.at, events.c.account)
        .where(events.c.case_id == case_id, events.c.trigger.in_(("assign_helper", "transfer_case")))
        .order_by(events.c.seq)
    )
    had, left = False, None
    for row in work.connection.execute(changes).all():
        event = event_at(work, case_id, row.seq)
        if event is not None and event.case.helper in accounts:
            had, left = True, None
        elif had and left is None:
            left = HandedOn(row.at, row.account)
    return (left or HandedOn(None, None)) if had else None
