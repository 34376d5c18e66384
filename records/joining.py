"""People who join or leave a household while its case runs (家庭成员增减): kept and reserved, confirmed, set free.

The person goes on record before the command; the reservation is held for a while and confirmed with the event, as at
intake (`people.py`).  A person who left keeps the row, and returns under the same member id.
"""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from casework.events import CaseEvent
from records.engine import Writing
from records.people import RESERVED_FOR, PersonEntry, in_active_case, normal_id, person_row
from records.person_index import forget_person, index_people
from records.scope import Scope
from records.tables_people import households, persons, reservations
from records.upsert import insert_into


def member_id_for(work: Writing, case_id: str, id_number: str) -> str:
    """Return the member id that this person had in the case, or the next one; two who join at once take turns."""
    work.connection.execute(select(households.c.case_id).where(households.c.case_id == case_id).with_for_update())
    index = work.keys.blind_index("id_number", normal_id(id_number))
    mine = select(persons.c.member_id).where(persons.c.case_id == case_id, persons.c.id_index == index)
    had = work.connection.execute(mine).scalar_one_or_none()
    if had is not None:
        return str(had)
    last = select(func.max(persons.c.position)).where(persons.c.case_id == case_id)
    return f"M{(work.connection.execute(last).scalar_one() or 0) + 1}"


def keep_joining(work: Writing, case_id: str, entry: PersonEntry, *, scope: Scope, now: datetime) -> None:
    """Keep the person and hold the reservation; raises `Conflict` (`person_in_active_case`)."""
    row = person_row(work, case_id, int(entry.member_id[1:]), entry)
    if not entry.deemed:
        held = {"id_index": row["id_index"], "case_id": case_id, "expires_at": now + RESERVED_FOR}
        work.connection.execute(
            delete(reservations).where(reservations.c.id_index == row["id_index"], reservations.c.expires_at <= now)
        )
        work.connection.execute(insert_into(work.connection, reservations).values(held).on_conflict_do_nothing())
        whose = select(reservations.c.case_id).where(reservations.c.id_index == row["id_index"])
        if work.connection.execute(whose).scalar_one() != case_id:
            raise in_active_case(work, {1: row["id_index"]}, scope, field="person.id_number")
    same = (persons.c.case_id == case_id, persons.c.member_id == entry.member_id)
    if not work.connection.execute(update(persons).where(*same).values(**row)).rowcount:
        work.connection.execute(insert(persons), row)
    index_people(work, case_id, ((entry.member_id, entry.name),))


def forget_joining(work: Writing, case_id: str, id_number: str, known: frozenset[str]) -> None:
    """Forget a person whose joining was refused and who never was a member; who is or was one (`known`), stays."""
    index = work.keys.blind_index("id_number", normal_id(id_number))
    here = (persons.c.case_id == case_id, persons.c.id_index == index)
    member_id = work.connection.execute(select(persons.c.member_id).where(*here)).scalar_one_or_none()
    if member_id is None or member_id in known:
        return
    mine = (reservations.c.case_id == case_id, reservations.c.id_index == index)
    work.connection.execute(delete(reservations).where(*mine, reservations.c.expires_at.is_not(None)))
    forget_person(work, case_id, str(member_id))
    work.connection.execute(delete(persons).where(*here))


def follow_household(work: Writing, event: CaseEvent) -> None:
    """Confirm the reservation of whoever joined with this event, free that of whoever left."""
    if event.trigger not in ("add_member", "remove_member") or not event.case.amendments:
        return
    member_id = event.case.amendments[-1].member
    index = select(persons.c.id_index).where(persons.c.case_id == event.case_id, persons.c.member_id == member_id)
    mine = (reservations.c.case_id == event.case_id, reservations.c.id_index.in_(index))
    there = event.case.household.member(member_id)
    this = (persons.c.case_id == event.case_id, persons.c.member_id == member_id)
    gone_on = event.on if there is None or there.left_on is not None else None
    work.connection.execute(update(persons).where(*this).values(left_on=gone_on))
    if there is None:
        work.connection.execute(delete(reservations).where(*mine))
    else:
        work.connection.execute(update(reservations).where(*mine).values(expires_at=None))
