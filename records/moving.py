"""A case that goes to another office (转移): what the record does beside the rows of case and tasks.

Claims of people who no longer see the case are given back with the event, so that nobody holds what others must do.
"""

from sqlalchemy import select, update

from casework.events import CaseEvent
from casework.states import Role
from records.engine import Reading, Writing
from records.scope import COUNTY
from records.tables import tasks
from records.tables_people import accounts, households


def follow_office(work: Writing, event: CaseEvent) -> None:
    """Give back the old office's claims, and let the household's row name the new office."""
    if event.trigger != "transfer_case" or not event.case.transfers:
        return
    case, last = event.case, event.case.transfers[-1]
    mine = households.update().where(households.c.case_id == event.case_id)
    work.connection.execute(mine.values(office=case.office))
    held = (tasks.c.case_id == event.case_id, tasks.c.closed_seq.is_(None), tasks.c.claimed_by.is_not(None))
    released = update(tasks).where(*held)
    if case.helper is not None:
        released = released.where(tasks.c.claimed_by != case.helper)
    if last.from_office[:COUNTY] == last.to_office[:COUNTY]:
        released = released.where(tasks.c.role != Role.REVIEWER.value)
    work.connection.execute(released.values(claimed_by=None, claimed_at=None, version=tasks.c.version + 1))


def somebody_works_at(work: Reading, office: str) -> bool:
    """Say whether an office has a caseworker who may log in: a case must not go where nobody sees it."""
    there = select(accounts.c.account).where(
        accounts.c.area == office, accounts.c.role == Role.CASEWORKER.value, accounts.c.disabled.is_(False)
    )
    return work.connection.execute(there.limit(1)).first() is not None
