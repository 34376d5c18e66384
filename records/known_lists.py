"""Lists of known households (普查底册): narrowed, sorted, with masked names; and which of them became a case.

Only what the caller's `Scope` reaches.  One household and its people are in `known_households.py`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select, update

from casework.masking import mask_name
from records.communities import spellings
from records.engine import Reading, Writing
from records.known_households import KnownRow, listed, seen_by
from records.people import normal_id
from records.scope import Scope
from records.tables_people import reservations
from records.tables_register import known_households, known_persons

SORTS: Mapping[str, Any] = {
    "surveyed_on": known_households.c.surveyed_on,
    "number": known_households.c.number,
    "community": known_households.c.community,
    "office": known_households.c.office,
}
AT_ONCE = 500


def narrowed(
    *,
    area: str | None = None,
    community: str | None = None,
    outcome: str | None = None,
    mark: str | None = None,
    surveyed_before: date | None = None,
    numbers: Iterable[str] | None = None,
) -> Select[Any]:
    """Return the select of a list.  `mark`: no_case, case, watch or couple; `numbers` are household ids."""
    asked = listed(area, outcome=outcome, without_case=mark == "no_case")
    if community:
        asked = asked.where(known_households.c.community.in_(spellings(community)))
    if mark == "case":
        asked = asked.where(known_households.c.case_id.is_not(None))
    if mark == "watch":
        asked = asked.where(known_households.c.watch.is_not(None), known_households.c.case_id.is_(None))
    if mark == "couple":
        asked = asked.where(known_households.c.one_at_work.is_(True))
    if surveyed_before is not None:
        asked = asked.where(known_households.c.surveyed_on < surveyed_before)
    if numbers is not None:
        asked = asked.where(known_households.c.household_id.in_(sorted(numbers)))
    return asked


def sorted_page(
    work: Reading, scope: Scope, asked: Select[Any], *, sort: str, descending: bool, offset: int, limit: int
) -> tuple[KnownRow, ...]:
    """Return one page of a list in the wanted order; the same order every time."""
    by = SORTS[sort].desc() if descending else SORTS[sort]
    ordered = asked.where(seen_by(scope)).order_by(by, known_households.c.office, known_households.c.number)
    return tuple(KnownRow(*row) for row in work.connection.execute(ordered.offset(offset).limit(limit)))


def first_names(work: Reading, household_ids: Iterable[str]) -> dict[str, str]:
    """Return the masked name of the first person of each household.  For rows the caller has seen, no scope."""
    found: dict[str, str] = {}
    for ids in _some(household_ids):
        asked = select(known_persons.c.household_id, known_persons.c.member_id, known_persons.c.name).where(
            known_persons.c.household_id.in_(ids), known_persons.c.position == 1
        )
        for row in work.connection.execute(asked):
            place = f"known_persons.name:{row.household_id}/{row.member_id}"
            found[row.household_id] = mask_name(work.keys.open_text(row.name, place) or "")
    return found


def communities_of(work: Reading, scope: Scope, area: str | None = None, limit: int = 300) -> tuple[str, ...]:
    """Return the communities that have known households, in the caller's area or a part of it."""
    asked = listed(area).with_only_columns(known_households.c.community).where(seen_by(scope)).distinct()
    return tuple(work.connection.execute(asked.order_by(known_households.c.community).limit(limit)).scalars())


def households_of(work: Reading, scope: Scope, id_number: str) -> tuple[str, ...]:
    """Return the known households, in the caller's area, of the person with exactly this number."""
    index = work.keys.blind_index("id_number", normal_id(id_number))
    asked = (
        select(known_persons.c.household_id)
        .join(known_households, known_households.c.household_id == known_persons.c.household_id)
        .where(known_persons.c.id_index == index, seen_by(scope))
        .distinct()
        .limit(20)
    )
    return tuple(work.connection.execute(asked.order_by(known_persons.c.household_id)).scalars())


def numbers_taken(work: Reading, office: str, numbers: Iterable[str]) -> frozenset[str]:
    """Return which of these 户编号 an office has given already.  For the office's own sheets, no scope."""
    found: set[str] = set()
    for some in _some(numbers):
        asked = select(known_households.c.number).where(
            known_households.c.office == office, known_households.c.number.in_(some)
        )
        found |= set(work.connection.execute(asked).scalars())
    return frozenset(found)


def offices_knowing(work: Reading, id_numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the offices in whose register these people stand: where a household belongs (N3).  No scope."""
    index = [work.keys.blind_index("id_number", normal_id(number)) for number in id_numbers]
    asked = (
        select(known_households.c.office)
        .join(known_persons, known_persons.c.household_id == known_households.c.household_id)
        .where(known_persons.c.id_index.in_(index))
        .distinct()
        .order_by(known_households.c.office)
    )
    return tuple(work.connection.execute(asked).scalars()) if index else ()


def opened_for(work: Writing, case_id: str) -> None:
    """Say of the households whose first person is reserved for a case that it was opened for them."""
    reserved = select(reservations.c.id_index).where(reservations.c.case_id == case_id)
    first = select(known_persons.c.household_id).where(
        known_persons.c.position == 1, known_persons.c.id_index.in_(reserved)
    )
    of_it = known_households.c.household_id.in_(first) & known_households.c.case_id.is_distinct_from(case_id)
    values = {"case_id": case_id, "version": known_households.c.version + 1}
    work.connection.execute(update(known_households).where(of_it).values(**values))


def _some(ids: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(ids))
    return (wanted[begun : begun + AT_ONCE] for begun in range(0, len(wanted), AT_ONCE))
