"""What a story is made from (案例的来源): a case's events, and every original value that must not survive in it.

Whole names and numbers are read here to be kept out; they are handed to the check and shown to nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from casework.events import CaseEvent
from records.case_files import full_case, history_of
from records.case_names import staff_names
from records.engine import Reading
from records.household_pages import whole_household
from records.scope import Scope
from records.tables_people import offices
from records.tables_vacancies import vacancies
from records.texts import texts_of
from register.story_check import Originals
from register.story_originals import in_events, originals_of


@dataclass(frozen=True, slots=True)
class Source:
    """A case's events with what tells whose it is."""

    events: Sequence[CaseEvent] = field(repr=False)
    originals: Originals


def source_of(work: Reading, scope: Scope, case_id: str) -> Source | None:
    """Return what a story of a case is made from; None outside the scope."""
    if full_case(work, scope, case_id) is None:
        return None
    events = tuple(history_of(work, case_id))
    household = whole_household(work, scope, case_id)
    found = in_events(events)
    people = household.persons if household else ()
    employers = select(vacancies.c.employer).where(vacancies.c.vacancy_id.in_(found.codes)).distinct()
    named = select(offices.c.name).where(offices.c.office.in_(found.codes))
    originals = originals_of(
        found,
        names=(person.name for person in people),
        numbers=(number or "" for person in people for number in (person.id_number, person.phone)),
        community=household.community if household else "",
        address=(household.address or "") if household else "",
        offices=work.connection.execute(named).scalars(),
        employers=work.connection.execute(employers).scalars(),
        staff=staff_names(work, found.accounts).values(),
        texts=texts_of(work, scope, case_id).values(),
    )
    return Source(events, originals)
