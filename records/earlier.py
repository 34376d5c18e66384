"""The earlier cases of people who apply (以往个案): found by who they are, told by case and exit alone (A19, A20).

A person's old exits count wherever they happened, so there is no scope here; nothing about persons leaves this file.
"""

from sqlalchemy import select

from casework.reentry_facts import EarlierCase
from casework.states import ExitReason, State
from records.engine import Reading
from records.people import normal_id
from records.tables import cases
from records.tables_people import persons


def earlier_cases(work: Reading, people: dict[str, str]) -> tuple[EarlierCase, ...]:
    """Return the ended cases of these people (member id → ID number), the oldest exit first."""
    mine = {work.keys.blind_index("id_number", normal_id(number)): member for member, number in people.items()}
    rows = work.connection.execute(
        select(cases.c.case_id, cases.c.exit_reason, cases.c.exit_on, persons.c.id_index)
        .join(persons, persons.c.case_id == cases.c.case_id)
        .where(persons.c.id_index.in_(mine), cases.c.state == State.EXITED.value)
        .order_by(cases.c.exit_on, cases.c.case_id, persons.c.position)
    ).all()
    found: dict[str, EarlierCase] = {}
    for row in rows:
        known = found.get(row.case_id)
        members = (*(known.members if known else ()), mine[row.id_index])
        found[row.case_id] = EarlierCase(
            case_id=row.case_id, exit_reason=ExitReason(row.exit_reason), exit_on=row.exit_on, members=members
        )
    return tuple(found.values())
