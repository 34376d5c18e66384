"""The households a helper answers for (帮扶户), each with its case, in two reads; and when one went to somebody else.

Whose they are is said in `scope.py`; what is to be done for each is worked out by the page from the case itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from casework.case import Case
from casework.events import CaseEvent
from casework.states import State
from records.case_files import CaseRow, case_row_of, event_at
from records.engine import Reading
from records.scope import Scope, visible
from records.tables import cases, events

MOST_HOUSEHOLDS = 300


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


def helped_households(work: Reading, scope: Scope, limit: int = MOST_HOUSEHOLDS) -> tuple[Helped, ...]:
    """Return the open cases the caller may see, by id, with what is known of each."""
    here = (visible(scope), cases.c.state != State.EXITED.value)
    rows = work.connection.execute(select(cases).where(*here).order_by(cases.c.case_id).limit(limit))
    found = {row.case_id: case_row_of(row) for row in rows}
    wholes = (
        select(events.c.case_id, events.c.seq, events.c.whole)
        .join(cases, and_(cases.c.case_id == events.c.case_id, cases.c.seq == events.c.seq))
        .where(*here)
        .order_by(cases.c.case_id)
        .limit(limit)
    )
    told = {
        row.case_id: CaseEvent.model_validate_json(work.keys.unpack(row.whole, f"events.whole:{row.case_id}/{row.seq}"))
        for row in work.connection.execute(wholes)
    }
    return tuple(
        Helped(
            row,
            told[case_id].case,
            scope.acting_for(row.helper, None, row.clock),
            row.helper == scope.account and any(during.holds(row.clock) for during in scope.away),
        )
        for case_id, row in found.items()
        if case_id in told
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
