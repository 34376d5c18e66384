"""Vacancies suggested on the page of a referral (推荐建议): for each member without work the best three."""

from dataclasses import dataclass
from datetime import date

from casework.case import Case
from console.steps.choosing import People
from console.steps.prefilled import OF_A_VACANCY
from desk.plans import matched
from records.engine import Reading
from register.matching import Suggested

BEST = 3


@dataclass(frozen=True, slots=True)
class ForMember:
    """The best vacancies for one member; `total` is how many fit, `way` the page with all of them."""

    member_id: str
    called: str
    best: tuple[Suggested, ...]
    total: int
    way: str


def suggestions(work: Reading, trigger: str, case: Case, people: People, today: date) -> tuple[ForMember, ...]:
    """Return the suggestions for the members who are to be helped; none on the page of another step."""
    if trigger not in OF_A_VACANCY:
        return ()
    at_work = {job.member for job in case.employments if job.active}
    members = tuple(m for m in case.standing.base if m not in at_work)
    return tuple(
        ForMember(
            found.member_id,
            people.words(found.member_id),
            found.matches.suggested[:BEST],
            len(found.matches.suggested),
            f"/cases/{case.case_id}/plans/{found.member_id}/matches",
        )
        for found in matched(work, case, members, today)
    )
