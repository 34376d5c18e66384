"""Places of a vacancy held for referrals on their way (占用名额): between the desk's asking and the case's event.

The event of the referral takes the place over in its own transaction (`referrals.py`), a refused step gives it back
(`seen_requests.py`).  Whether a vacancy may be referred to at all is judged in `register/vacancy.py`.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select

from records.engine import Writing
from records.tables_vacancies import places_held, vacancies
from records.upsert import insert_into
from records.vacancies import READ, TAKEN, vacancy_from
from register.vacancy import Offered

HELD_FOR = timedelta(minutes=15)
"""How long a place is held for a request of which nothing more was heard.  内部规定."""

_HELD = (
    select(func.count())
    .where(
        places_held.c.vacancy_id == vacancies.c.vacancy_id,
        places_held.c.command_id != bindparam("mine"),
        places_held.c.held_at > bindparam("since"),
    )
    .correlate(vacancies)
    .scalar_subquery()
)
_LOCK = select(vacancies.c.vacancy_id).where(vacancies.c.vacancy_id == bindparam("vacancy_id")).with_for_update()
_ONE = select(*READ, (TAKEN + _HELD).label("taken")).where(vacancies.c.vacancy_id == bindparam("vacancy_id"))


def offered_now(work: Writing, vacancy_id: str, command_id: str, now: datetime) -> Offered | None:
    """Return a vacancy with the places that others have or hold; until the unit of work ends nobody else is told."""
    if work.connection.execute(_LOCK, {"vacancy_id": vacancy_id}).first() is None:
        return None
    asked = {"vacancy_id": vacancy_id, "mine": command_id, "since": now - HELD_FOR}
    row = work.connection.execute(_ONE, asked).one()
    return Offered(vacancy_from(row), row.taken)


def hold_place(work: Writing, vacancy_id: str, command_id: str, now: datetime) -> None:
    """Keep a place for a referral that is being asked for; places that were forgotten are given back on the way."""
    work.connection.execute(delete(places_held).where(places_held.c.held_at <= now - HELD_FOR))
    values = {"vacancy_id": vacancy_id, "held_at": now}
    added = insert_into(work.connection, places_held).values(values | {"command_id": command_id})
    work.connection.execute(added.on_conflict_do_update(index_elements=["command_id"], set_=values))


def free_place(work: Writing, command_id: str) -> None:
    """Give the place of a request back: its referral is on record, or was refused."""
    work.connection.execute(_FREE, {"mine": command_id})


_FREE = delete(places_held).where(places_held.c.command_id == bindparam("mine"))
