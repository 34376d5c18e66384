"""A household looks at its own case (查询进度): found by number and phone together, and by neither alone.

A number that does not exist and one that belongs to somebody else are the same "no", found by the same question.  What
is read here is for the household: the case, and what it has been told so far.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from casework.case import Case
from casework.explanation import Why
from records.case_files import last_event
from records.engine import Reading
from records.scope import CaseClock
from records.tables import cases
from records.tables_people import households, persons
from records.timeline import events_of


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as its household may see it; `applicant` is the applicant's name, whole: mask it before it is shown."""

    case: Case
    clock: CaseClock
    community: str
    applicant: str


@dataclass(frozen=True, slots=True)
class ToldHousehold:
    """Something the household was told: by which notices, on which day of the case, and why."""

    on: date
    notices: tuple[str, ...]
    why: Why


def case_of_phone(work: Reading, case_id: str, phone_index: str) -> OwnCase | None:
    """Return a case to somebody who has shown that a phone of its household is theirs, else None.

    Whoever has left the household (分户、离婚) sees what becomes of it no more.
    """
    row = work.connection.execute(
        select(cases.c.case_id, cases.c.clock_offset, cases.c.last_on, households.c.community)
        .join(persons, persons.c.case_id == cases.c.case_id)
        .join(households, households.c.case_id == cases.c.case_id)
        .where(cases.c.case_id == case_id, persons.c.phone_index == phone_index, persons.c.left_on.is_(None))
        .limit(1)
    ).first()
    event = last_event(work, row.case_id) if row else None
    if row is None or event is None:
        return None
    return OwnCase(event.case, CaseClock(row.clock_offset, row.last_on), row.community, _applicant(work, case_id))


def told_household(work: Reading, case_id: str) -> tuple[ToldHousehold, ...]:
    """Return what the household of a case was told, the newest first."""
    told = []
    for event in events_of(work, case_id):
        names = tuple(notice.name for notice in event.notices if notice.role is None)
        if names:
            told.append(ToldHousehold(event.on, names, event.why))
    return tuple(reversed(told))


def _applicant(work: Reading, case_id: str) -> str:
    first = select(persons.c.name, persons.c.member_id).where(persons.c.case_id == case_id)
    row = work.connection.execute(first.order_by(persons.c.position).limit(1)).one()
    return work.keys.open_text(row.name, f"persons.name:{case_id}/{row.member_id}") or ""
