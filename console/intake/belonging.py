"""Where the people of a draft belong (应由哪里受理): the offices in whose register (普查底册) they stand (N3)."""

from collections.abc import Iterator

from casework.errors import SaidNo
from casework.resident_id import read_resident_id
from desk.desk import Caller, Desk
from desk.draft_answers import Answers, person_page
from desk.register import offices_for
from records.offices import Office


def proposed_offices(desk: Desk, caller: Caller, answers: Answers) -> tuple[Office, ...]:
    """Return the other offices that know somebody of the household; nothing of what they know is told."""
    return offices_for(desk, _numbers(answers), caller)


def _numbers(answers: Answers) -> Iterator[str]:
    """Return the ID numbers that can be read so far."""
    for key in answers.people:
        try:
            yield read_resident_id(answers.page(person_page(key)).get("id_number", "")).number
        except SaidNo:
            continue
