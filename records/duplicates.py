"""Whether a household is on record already (查重): the same people, the same phone, the same address.

Who is in an active case anywhere is found, for nobody may be in two; of a case outside the scope only that is told.
Everything else is looked for among the cases that the caller sees.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import or_, select

from casework.place_names import community_name
from casework.states import ExitReason, State
from records.engine import Reading
from records.household_pages import HouseholdPage, masked_household
from records.people import normal_id, normal_phone
from records.scope import Scope, visible
from records.tables import cases
from records.tables_people import households, persons, reservations


class Resemblance(StrEnum):
    """What is the same."""

    ACTIVE = "active"
    ALSO_THERE = "also_there"
    EARLIER = "earlier"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Sought:
    """One person of a household that is looked for: `place` counts from 1."""

    place: int
    id_number: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Match:
    """A case in which something is the same, and for whom of those sought.

    `page` shows its people masked; outside the scope it is None, and so is the number: the county knows whom to ask.
    """

    what: Resemblance
    places: tuple[int, ...]
    case_id: str | None
    state: State | None = None
    opened_on: date | None = None
    exit_on: date | None = None
    exit_reason: ExitReason | None = None
    page: HouseholdPage | None = None
    also: tuple[Resemblance, ...] = ()
    """What is the same besides."""


def matches_of(
    work: Reading, scope: Scope, sought: tuple[Sought, ...], address: str | None, community: str, now: datetime
) -> tuple[Match, ...]:
    """Return what resembles a household that is being taken in: first what forbids it, then what must be looked at."""
    index = {work.keys.blind_index("id_number", normal_id(s.id_number)): s.place for s in sought}
    held = _reserved(work, index, now)
    found = [_match(work, scope, Resemblance.ACTIVE, case_id, places) for case_id, places in held.items()]
    there: dict[tuple[Resemblance, str], dict[int, str]] = {}
    rows = work.connection.execute(
        select(cases.c.case_id, cases.c.state, persons.c.id_index, persons.c.member_id)
        .join(persons, persons.c.case_id == cases.c.case_id)
        .where(persons.c.id_index.in_(index), visible(scope))
        .order_by(cases.c.case_id)
    )
    for row in rows:
        place = index[row.id_index]
        if place in held.get(row.case_id, ()):
            continue
        what = Resemblance.EARLIER if row.state == State.EXITED.value else Resemblance.ALSO_THERE
        there.setdefault((what, row.case_id), {})[place] = row.member_id
    found += [_match(work, scope, what, case_id, tuple(places)) for (what, case_id), places in there.items()]
    for what, case_id, places in (*_same_phone(work, scope, sought), *_same_address(work, scope, address, community)):
        known = next((n for n, match in enumerate(found) if match.case_id == case_id), None)
        if known is None:
            found.append(_match(work, scope, what, case_id, places))
        elif what not in (found[known].what, *found[known].also):
            found[known] = replace(found[known], also=(*found[known].also, what))
    return tuple(sorted(found, key=lambda match: list(Resemblance).index(match.what)))


def _reserved(work: Reading, index: Mapping[str, int], now: datetime) -> dict[str, tuple[int, ...]]:
    """Return the cases that hold these people: case → places."""
    holds = or_(reservations.c.expires_at.is_(None), reservations.c.expires_at > now)
    asked = select(reservations.c.case_id, reservations.c.id_index).where(reservations.c.id_index.in_(index), holds)
    held: dict[str, tuple[int, ...]] = {}
    for row in work.connection.execute(asked.order_by(reservations.c.case_id)):
        held[row.case_id] = tuple(sorted((*held.get(row.case_id, ()), index[row.id_index])))
    return held


def _same_phone(
    work: Reading, scope: Scope, sought: tuple[Sought, ...]
) -> tuple[tuple[Resemblance, str, tuple[int, ...]], ...]:
    by_phone: dict[str, tuple[int, ...]] = {}
    for each in sought:
        if each.phone:
            index = work.keys.blind_index("phone", normal_phone(each.phone))
            by_phone[index] = (*by_phone.get(index, ()), each.place)
    rows = work.connection.execute(
        select(persons.c.case_id, persons.c.phone_index)
        .join(cases, cases.c.case_id == persons.c.case_id)
        .where(persons.c.phone_index.in_(by_phone), cases.c.state != State.EXITED.value, visible(scope))
        .distinct()
        .order_by(persons.c.case_id)
    )
    return tuple((Resemblance.PHONE, row.case_id, by_phone[row.phone_index]) for row in rows)


def _same_address(
    work: Reading, scope: Scope, address: str | None, community: str
) -> tuple[tuple[Resemblance, str, tuple[int, ...]], ...]:
    """Addresses are sealed: those of the community, however it was written, are opened and compared as people write."""
    if not address or not address.strip():
        return ()
    there = (households.c.address.is_not(None), cases.c.state != State.EXITED.value, visible(scope))
    of_case = cases.c.case_id == households.c.case_id
    known = work.connection.execute(select(households.c.community).join(cases, of_case).where(*there).distinct())
    alike = [name for name in known.scalars() if community_name(name) == community_name(community)]
    rows = work.connection.execute(
        select(households.c.case_id, households.c.address)
        .join(cases, of_case)
        .where(households.c.community.in_(alike), *there)
        .order_by(households.c.case_id)
    )
    wanted = _written(address)
    opened = ((row.case_id, work.keys.open_text(row.address, f"households.address:{row.case_id}")) for row in rows)
    return tuple((Resemblance.ADDRESS, case_id, ()) for case_id, there in opened if there and _written(there) == wanted)


def _written(address: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", address) if c.isalnum())


def _match(work: Reading, scope: Scope, what: Resemblance, case_id: str, places: tuple[int, ...]) -> Match:
    row = work.connection.execute(select(cases).where(cases.c.case_id == case_id, visible(scope))).first()
    if row is None:
        return Match(what, places, None)
    page = masked_household(work, scope, case_id)
    reason = ExitReason(row.exit_reason) if row.exit_reason else None
    state = State(row.state)
    return Match(what, places, case_id, state, row.opened_on, row.exit_on, reason, page)
