"""Where people are known (已知人员的去处): in households of the register, in open cases, in cases that are over.

Found by the blind index of their numbers, across all offices; what of it a caller may be told is the caller's matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from records.engine import Reading
from records.people import normal_id
from records.tables import cases
from records.tables_people import persons, reservations
from records.tables_register import known_persons


@dataclass(frozen=True, slots=True)
class Where:
    """Where a person is known: in households of the register, in a case that is not over, in cases that were."""

    households: tuple[str, ...] = ()
    active_case: str | None = None
    cases: tuple[str, ...] = ()


def where_known(work: Reading, id_numbers: Iterable[str]) -> dict[str, Where]:
    """Return where each of these people is known, by normalised number; whoever is nowhere is left out."""
    index = {work.keys.blind_index("id_number", normal_id(number)): normal_id(number) for number in id_numbers}
    found: dict[str, tuple[set[str], set[str], set[str]]] = {}
    sources: tuple[tuple[int, Select[Any]], ...] = (
        (0, select(known_persons.c.id_index, known_persons.c.household_id)),
        (1, select(reservations.c.id_index, reservations.c.case_id)),
        (2, select(persons.c.id_index, persons.c.case_id).join(cases, cases.c.case_id == persons.c.case_id)),
    )
    keys = sorted(index)
    for begun in range(0, len(keys), 500):
        some = keys[begun : begun + 500]
        for place, asked in sources:
            column = asked.selected_columns[0]
            for key, what in work.connection.execute(asked.where(column.in_(some))):
                found.setdefault(key, (set(), set(), set()))[place].add(what)
    return {
        index[key]: Where(tuple(sorted(known)), next(iter(active), None), tuple(sorted(were)))
        for key, (known, active, were) in found.items()
    }


def case_offices(work: Reading, case_ids: Iterable[str]) -> dict[str, str]:
    """Return the office of each of these cases."""
    wanted = sorted(set(case_ids))
    asked = select(cases.c.case_id, cases.c.office).where(cases.c.case_id.in_(wanted))
    return {row.case_id: row.office for row in work.connection.execute(asked)} if wanted else {}
