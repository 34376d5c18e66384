"""Layoff lists (裁员名单) and whom they touch: kept sealed, matched by number with known households and open cases.

People stand for each other by their blind index alone; the alerts are drawn by `register/layoffs.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, insert, select

from casework.household import Household
from casework.states import State
from records.case_files import last_event
from records.engine import Reading, Writing
from records.people import normal_id
from records.scope import Scope, of_offices, visible, within
from records.tables import cases
from records.tables_people import persons
from records.tables_register import known_households, known_persons
from records.tables_surveys import layoff_lines, layoff_lists
from register.layoff_sheet import LaidOff
from register.layoffs import KnownHousehold, Layoff

AT_ONCE = 400
CITY = 4
"""Digits of a city's code: the labour market of a couple."""


@dataclass(frozen=True, slots=True)
class KeptList:
    """One list as lists show it."""

    list_id: str
    office: str
    employer: str
    source: str
    people: int
    account: str
    kept_at: datetime


_LIST = tuple(layoff_lists.c[name] for name in KeptList.__slots__)


def keep_list(work: Writing, kept: KeptList, people: Sequence[LaidOff]) -> bool:
    """Keep a list with its people; False when it is there already under this id."""
    if work.connection.execute(select(layoff_lists.c.list_id).where(layoff_lists.c.list_id == kept.list_id)).first():
        return False
    work.connection.execute(insert(layoff_lists), {name: getattr(kept, name) for name in KeptList.__slots__})
    rows = [_line(work, kept.list_id, place, one) for place, one in enumerate(people, 1)]
    for begun in range(0, len(rows), AT_ONCE):
        work.connection.execute(insert(layoff_lines), rows[begun : begun + AT_ONCE])
    return True


def lists_of(work: Reading, scope: Scope, limit: int = 200) -> tuple[KeptList, ...]:
    """Return the lists of the caller's offices, the newest first."""
    asked = select(*_LIST).where(of_offices(scope, layoff_lists.c.office)).order_by(layoff_lists.c.kept_at.desc())
    return tuple(KeptList(*row) for row in work.connection.execute(asked.limit(limit)))


def list_of(work: Reading, scope: Scope, list_id: str) -> KeptList | None:
    """Return a list; None outside the caller's offices."""
    asked = select(*_LIST).where(layoff_lists.c.list_id == list_id, of_offices(scope, layoff_lists.c.office))
    row = work.connection.execute(asked).first()
    return KeptList(*row) if row else None


def layoffs_known(work: Reading, scope: Scope, since: date) -> tuple[Layoff, ...]:
    """Return everybody who leaves work from a day on, by all lists of the caller's city together.

    A couple works where there is work: his list may be with another office than hers.  Only numbers are matched, and
    only households of the caller's own offices are looked up by them; the other office's list is not shown.
    """
    asked = (
        select(layoff_lines.c.id_index, layoff_lines.c.leaves_on)
        .join(layoff_lists, layoff_lists.c.list_id == layoff_lines.c.list_id)
        .where(within(layoff_lists.c.office, scope.area[:CITY]), layoff_lines.c.leaves_on >= since)
    )
    return tuple(Layoff(person=row[0], leaves_on=row[1]) for row in work.connection.execute(asked))


def people_on(work: Reading, list_id: str) -> frozenset[str]:
    """Return who is on a list, as `Layoff.person`.  For whoever may see the list, no scope."""
    asked = select(layoff_lines.c.id_index).where(layoff_lines.c.list_id == list_id)
    return frozenset(work.connection.execute(asked).scalars())


def households_touched(work: Reading, scope: Scope, people: Iterable[str]) -> tuple[KnownHousehold, ...]:
    """Return the known households without an open case, in the caller's area, of some of these people."""
    found: set[str] = set()
    for some in _some(people):
        asked: Select[Any] = (
            select(known_households.c.household_id)
            .join(known_persons, known_persons.c.household_id == known_households.c.household_id)
            .outerjoin(cases, cases.c.case_id == known_households.c.case_id)
            .where(known_persons.c.id_index.in_(some), of_offices(scope, known_households.c.office))
            .where(known_households.c.case_id.is_(None) | (cases.c.state == State.EXITED.value))
        )
        found |= set(work.connection.execute(asked).scalars())
    return tuple(_known(work, household_id) for household_id in sorted(found))


def cases_touched(work: Reading, scope: Scope, people: Iterable[str]) -> tuple[KnownHousehold, ...]:
    """Return the open cases that the caller may see, monitored or certified, of some of these people."""
    found: set[str] = set()
    for some in _some(people):
        asked = (
            select(persons.c.case_id)
            .join(cases, cases.c.case_id == persons.c.case_id)
            .where(persons.c.id_index.in_(some), cases.c.state != State.EXITED.value, visible(scope))
        )
        found |= set(work.connection.execute(asked).scalars())
    touched = []
    for case_id in sorted(found):
        event = last_event(work, case_id)
        if event is not None:
            there = select(persons.c.member_id, persons.c.id_index).where(persons.c.case_id == case_id)
            index = {row[0]: row[1] for row in work.connection.execute(there)}
            touched.append(KnownHousehold(household_id=case_id, household=event.case.household, people=index))
    return tuple(touched)


def _known(work: Reading, household_id: str) -> KnownHousehold:
    facts = work.connection.execute(
        select(known_households.c.facts).where(known_households.c.household_id == household_id)
    ).scalar_one()
    text = work.keys.open_text(facts, f"known_households.facts:{household_id}") or ""
    there = select(known_persons.c.member_id, known_persons.c.id_index).where(
        known_persons.c.household_id == household_id
    )
    people = {row[0]: row[1] for row in work.connection.execute(there)}
    return KnownHousehold(household_id=household_id, household=Household.model_validate_json(text), people=people)


def _line(work: Writing, list_id: str, place: int, one: LaidOff) -> dict[str, object]:
    row_id, number = f"{list_id}/{place}", normal_id(one.id_number)
    return {
        "list_id": list_id,
        "line": place,
        "employer": one.employer,
        "leaves_on": one.leaves_on,
        "name": work.keys.seal_text(one.name, f"layoff_lines.name:{row_id}"),
        "id_number": work.keys.seal_text(number, f"layoff_lines.id_number:{row_id}"),
        "id_index": work.keys.blind_index("id_number", number),
    }


def _some(people: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(people))
    return (wanted[begun : begun + AT_ONCE] for begun in range(0, len(wanted), AT_ONCE))
