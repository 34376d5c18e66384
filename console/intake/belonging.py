"""Where the people of a draft belong (应由哪里受理): the offices in whose register (普查底册) they stand (N3).

And what the office's own communities are called, so that one is not typed in two ways.
"""

from collections.abc import Iterator

from casework.errors import SaidNo
from casework.resident_id import read_resident_id
from desk.desk import Caller, Desk
from desk.draft_answers import Answers, person_page
from desk.register import offices_for
from records.known_lists import communities_of
from records.offices import Office
from records.queue import communities_in


def proposed_offices(desk: Desk, caller: Caller, answers: Answers) -> tuple[Office, ...]:
    """Return the other offices that know somebody of the household; nothing of what they know is told."""
    return offices_for(desk, _numbers(answers), caller)


def communities_here(desk: Desk, caller: Caller) -> tuple[str, ...]:
    """Return the communities the office knows, from its cases and its register, to choose from while typing."""
    with desk.record.read() as work:
        return tuple(sorted({*communities_in(work, caller.scope), *communities_of(work, caller.scope)}))


def _numbers(answers: Answers) -> Iterator[str]:
    """Return the ID numbers that can be read so far."""
    for key in answers.people:
        try:
            yield read_resident_id(answers.page(person_page(key)).get("id_number", "")).number
        except SaidNo:
            continue
