"""Who waits for a guaranteed post (点对点托底安置, N11, J17): special hardship, and what fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.case import Case
from casework.hardship import GROUND_WORDS, post_owed
from desk.desk import Caller
from records.case_files import full_case
from records.case_lists import ListFilter, list_page
from records.engine import Reading
from records.plans import newest_plans
from records.policies import policy_of
from records.vacancies import CITY, pool_for
from register.matching import Suggested, match, seeker_of
from register.vacancy import Offered

AT_ONCE = 25
"""Households that are matched for one page."""
MOST = 500


@dataclass(frozen=True, slots=True)
class WaitingMember:
    """A member to whom a post is owed: the best match, or none; `number` is how many fit."""

    case_id: str
    office: str
    member_id: str
    ground: str
    planned: bool
    best: Suggested | None
    number: int


def waiting_members(work: Reading, caller: Caller, now: datetime) -> tuple[Sequence[WaitingMember], int]:
    """Return members whom a guaranteed post is owed, those without any match first, and how many households there are.

    Of more households than fit on a page the ones marked first are judged.
    """
    found, owed = [], 0
    pools: dict[tuple[str, object], tuple[Offered, ...]] = {}
    for row in list_page(work, caller.scope, ListFilter(special_hardship=True, open_only=True), limit=MOST):
        case = full_case(work, caller.scope, row.case_id)
        if case is None or not post_owed(case):
            continue
        owed += 1
        if owed > AT_ONCE:
            continue
        today = row.clock.day(now)
        place = (case.office[:CITY], today)
        if place not in pools:
            pools[place] = pool_for(work, case.office, today)
        plans = newest_plans(work, case.case_id)
        terms = policy_of(work, case).refusal
        for member_id in _jobless(case):
            member = case.household.member(member_id)
            assert member is not None
            kept = plans.get(member_id)
            fits = match(seeker_of(case, member, kept.plan if kept else None, terms, today), pools[place], today)
            best = fits.suggested[0] if fits.suggested else None
            ground = GROUND_WORDS.get(case.hardship.ground, case.hardship.ground) if case.hardship else ""
            found.append(
                WaitingMember(case.case_id, case.office, member_id, ground, kept is not None, best, len(fits.suggested))
            )
    return sorted(found, key=lambda waiting: (waiting.best is not None, waiting.case_id, waiting.member_id)), owed


def _jobless(case: Case) -> tuple[str, ...]:
    at_work = {job.member for job in case.employments if job.active}
    return tuple(m for m in case.standing.base if m not in at_work)
