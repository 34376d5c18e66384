"""The people of a household (家庭成员): taken in, reserved, found again, shown masked.

Everything that tells who somebody is lives here and nowhere else.  Intake reserves each person under a unique key in
the same transaction that gives the case its number, so nobody is in two active cases; the case file confirms the
reservation with the first event and frees it with the exit.  Who may see whole data is logged in `view_log`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from casework.errors import Conflict
from casework.times import local_date
from records.engine import Reading, Writing
from records.person_index import index_people
from records.requests import key_used_for_another, remember
from records.scope import Scope, visible
from records.tables import cases
from records.tables_lists import person_index
from records.tables_people import case_counters, free_texts, households, persons, requests, reservations
from records.upsert import insert_into

RESERVED_FOR = timedelta(hours=24)
"""How long intake holds people for a case whose first event never reaches the record.  内部规定."""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One person as typed.  A `deemed` member (视同成员) may appear in a sibling's case too and is not reserved."""

    member_id: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)
    deemed: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdEntry:
    """A household as typed at intake; the first person is the applicant.  `community` is shown on the public board."""

    office: str
    community: str
    persons: tuple[PersonEntry, ...]
    address: str | None = field(default=None, repr=False)


def register_household(
    work: Writing, entry: HouseholdEntry, *, scope: Scope, key: str, request_hash: str, now: datetime
) -> str:
    """Give a household its case number, reserve its people and keep their data; return the case id.

    The same key with the same body returns the same case id.  Raises `Conflict` (`idempotency_key_reused`,
    `person_in_active_case`, `person_twice`): leave the unit of work by it.
    """
    seen = remember(work, account=scope.account, key=key, request_hash=request_hash, now=now)
    if seen.what == "different":
        raise key_used_for_another()
    if seen.what == "same" and seen.case_id is not None:
        return seen.case_id
    case_id = _next_case_id(work, entry.office, local_date(now).year)
    _reserve(work, case_id, entry.persons, scope, now)
    _keep(work, case_id, entry, scope.account, now)
    work.connection.execute(
        requests.update().where(requests.c.account == scope.account, requests.c.key == key).values(case_id=case_id)
    )
    return case_id


def expire_reservations(work: Writing, now: datetime) -> tuple[str, ...]:
    """Free people whose case never came on record, and forget what intake kept of them; return those case ids.

    The household's row stays behind without an address: by it the record knows a case that comes too late (`expired`).
    """
    over = delete(reservations).where(reservations.c.expires_at <= now)
    freed = set(work.connection.execute(over.returning(reservations.c.case_id)).scalars())
    # A case on record only loses whoever was to join it and never did.
    there = select(cases.c.case_id).where(cases.c.case_id.in_(freed))
    orphans = tuple(sorted(freed - set(work.connection.execute(there).scalars()))) if freed else ()
    if orphans:
        for table in (persons, person_index, free_texts, requests):
            work.connection.execute(delete(table).where(table.c.case_id.in_(orphans)))
        emptied = households.update().where(households.c.case_id.in_(orphans))
        work.connection.execute(emptied.values(address=None, community=""))
    return orphans


def expired(work: Reading, case_id: str) -> bool:
    """Say whether a household was taken in, but its people were freed again before its case came on record."""
    there = select(persons.c.case_id).where(persons.c.case_id == households.c.case_id).exists()
    asked = select(households.c.case_id).where(households.c.case_id == case_id, ~there)
    return work.connection.execute(asked).first() is not None


def normal_id(id_number: str) -> str:
    """Return an ID number as it is stored and indexed: without spaces, a final x as X."""
    return "".join(id_number.split()).upper()


def normal_phone(phone: str) -> str:
    """Return a phone number as it is indexed: digits only, without the country code."""
    digits = "".join(c for c in phone if c.isascii() and c.isdigit())
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def _next_case_id(work: Writing, office: str, year: int) -> str:
    """Return the office's next number of the year; on PostgreSQL this also lines up intakes of one office."""
    added = insert_into(work.connection, case_counters).values(office=office, year=year, last=1)
    counted = added.on_conflict_do_update(
        index_elements=["office", "year"], set_={"last": case_counters.c.last + 1}
    ).returning(case_counters.c.last)
    return f"{office}-{year}-{work.connection.execute(counted).scalar_one():05d}"


def _reserve(work: Writing, case_id: str, entries: tuple[PersonEntry, ...], scope: Scope, now: datetime) -> None:
    """Reserve everybody or nobody.  Rows go in by key order, so that two intakes cannot wait for each other."""
    by_index: dict[str, int] = {}
    for position, entry in enumerate(entries, start=1):
        if not entry.deemed:
            index = work.keys.blind_index("id_number", normal_id(entry.id_number))
            if index in by_index:
                raise Conflict(
                    "person_twice",
                    f"第{by_index[index]}位和第{position}位成员的公民身份号码相同，请核对。",
                    field=f"members[{position - 1}].id_number",
                )
            by_index[index] = position
    if not by_index:
        return
    expire_reservations(work, now)
    rows = [{"id_index": index, "case_id": case_id, "expires_at": now + RESERVED_FOR} for index in sorted(by_index)]
    added = insert_into(work.connection, reservations).values(rows).on_conflict_do_nothing()
    taken = set(by_index) - set(work.connection.execute(added.returning(reservations.c.id_index)).scalars())
    if taken:
        raise in_active_case(work, {by_index[index]: index for index in taken}, scope)


def in_active_case(work: Writing, taken: dict[int, str], scope: Scope, *, field: str | None = None) -> Conflict:
    """Say which members are in another active case, and which case only to somebody who may see that case."""
    positions = sorted(taken)
    shown = sorted(
        work.connection.execute(
            select(reservations.c.case_id)
            .join(cases, cases.c.case_id == reservations.c.case_id)
            .where(reservations.c.id_index.in_(taken.values()), visible(scope))
            .distinct()
        ).scalars()
    )
    where = f"（个案 {'、'.join(shown)}）" if shown else ""
    who = "、".join(f"第{position}位" for position in positions)
    return Conflict(
        "person_in_active_case",
        f"{who}成员已在另一户未结束的个案中{where}，同一人不能同时申请两户。",
        field=field or f"members[{positions[0] - 1}].id_number",
        details={"positions": [str(p) for p in positions], "cases": shown},
    )


def _keep(work: Writing, case_id: str, entry: HouseholdEntry, account: str, now: datetime) -> None:
    keys = work.keys
    work.connection.execute(
        insert(households),
        {
            "case_id": case_id,
            "office": entry.office,
            "community": entry.community,
            "address": keys.seal_text(entry.address, f"households.address:{case_id}"),
            "account": account,
            "registered_at": now,
        },
    )
    rows = [person_row(work, case_id, position, person) for position, person in enumerate(entry.persons, start=1)]
    work.connection.execute(insert(persons), rows)
    index_people(work, case_id, ((person.member_id, person.name) for person in entry.persons))


def person_row(work: Writing, case_id: str, position: int, person: PersonEntry) -> dict[str, Any]:
    """Return the sealed row of one person."""
    keys, row_id, number = work.keys, f"{case_id}/{person.member_id}", normal_id(person.id_number)
    return {
        "case_id": case_id,
        "member_id": person.member_id,
        "position": position,
        "name": keys.seal_text(person.name, f"persons.name:{row_id}"),
        "id_number": keys.seal_text(number, f"persons.id_number:{row_id}"),
        "phone": keys.seal_text(person.phone, f"persons.phone:{row_id}"),
        "id_index": keys.blind_index("id_number", number),
        "phone_index": keys.blind_index("phone", normal_phone(person.phone)) if person.phone else None,
    }
