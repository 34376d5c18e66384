"""Households past their promise (承诺超期督办): since when, which levels were told, who holds the task, who helps.

For whoever supervises: nothing about persons.  "Overdue" is what an event wrote.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from casework.states import State
from records.engine import Reading
from records.figures import FIGURES
from records.promises import MAIN
from records.scope import CaseClock, Scope, visible
from records.tables import cases, tasks
from records.tables_promises import promises

OVERDUE = FIGURES["overdue_now"]


@dataclass(frozen=True, slots=True)
class Escalation:
    """One household: `told` are the levels that were told so far, in order; `held_by` has claimed the task."""

    case_id: str
    office: str
    state: State
    helper: str | None
    clock: CaseClock
    due_on: date
    overdue_on: date
    told: tuple[str, ...]
    cause: str | None
    confirmed: bool
    task_id: str | None
    held_by: str | None


def escalations(
    work: Reading, scope: Scope, area: str | None = None, *, offset: int = 0, limit: int = 50
) -> tuple[tuple[Escalation, ...], int]:
    """Return households past their promise, the longest first, and how many there are."""
    matching = [visible(scope), OVERDUE.when]
    if area:
        matching.append(cases.c.office.between(area, area + "~"))
    total = work.connection.execute(select(func.count()).select_from(cases).where(*matching)).scalar_one()
    missed = and_(
        promises.c.case_id == cases.c.case_id,
        promises.c.kind == MAIN,
        promises.c.overdue_on.is_not(None),
        promises.c.met_on.is_(None),
    )
    handled = and_(tasks.c.case_id == cases.c.case_id, tasks.c.kind == "handle_overdue", tasks.c.closed_seq.is_(None))
    query = (
        select(
            *(cases.c.case_id, cases.c.office, cases.c.state, cases.c.helper, cases.c.clock_offset, cases.c.last_on),
            *(cases.c.promise_due_on, cases.c.promise_overdue_on),
            *(promises.c.told, promises.c.cause, promises.c.confirmed, tasks.c.task_id, tasks.c.claimed_by),
        )
        .select_from(cases.outerjoin(promises, missed).outerjoin(tasks, handled))
        .where(*matching)
        .order_by(cases.c.promise_overdue_on, cases.c.case_id)
        .limit(limit)
        .offset(offset)
    )
    return tuple(_escalation(row) for row in work.connection.execute(query)), total


def _escalation(row: Any) -> Escalation:
    return Escalation(
        case_id=row.case_id,
        office=row.office,
        state=State(row.state),
        helper=row.helper,
        clock=CaseClock(row.clock_offset, row.last_on),
        due_on=row.promise_due_on,
        overdue_on=row.promise_overdue_on,
        told=tuple(row.told.split(",")) if row.told else (),
        cause=row.cause,
        confirmed=bool(row.confirmed),
        task_id=row.task_id[len(row.case_id) + 1 :] if row.task_id else None,
        held_by=row.claimed_by,
    )
