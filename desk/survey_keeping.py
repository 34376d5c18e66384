"""What a round keeps of a household that was met (走访所见): judged by the policy on the day of the visit.

For `survey_results.py` (by page) and `survey_sheets.py` (by sheet).
"""

from dataclasses import replace
from datetime import date, datetime

from casework.errors import SaidNo
from desk.desk import Caller
from desk.errors import or_not_found
from desk.register import policy_at
from desk.survey_rounds import A_ROUND, A_VISIT, may_tell, still_open
from policies.schema import Policy
from records.engine import Writing
from records.known_households import Known, KnownPerson, keep
from records.survey_rounds import Round, round_of
from records.survey_visits import Visit, visit_of
from register.knowing import judged
from register.survey import SurveyHousehold


def open_visit(work: Writing, caller: Caller, visit_id: str, on: date, today: date) -> tuple[Round, Visit]:
    """Return a visit the caller may tell of, with its round, which is still open."""
    visit = or_not_found(visit_of(work, caller.scope, visit_id), A_VISIT)
    one = or_not_found(round_of(work, caller.scope, visit.round_id), A_ROUND)
    if visit.assignee not in caller.scope.hands:
        may_tell(work, caller, one)
    still_open(one)
    check_day(on, today)
    return one, visit


def check_day(on: date, today: date) -> None:
    """Raise `SaidNo` for a visit that is still to come."""
    if on > today:
        raise SaidNo("day_in_future", "走访日期不能晚于今天。", field="visited_on")


def keep_met(work: Writing, caller: Caller, one: Round, known: Known, on: date, now: datetime) -> str:
    """Keep a household as it was met on a day, judged by the policy of that day."""
    fresh = as_met(one, known, policy_at(one.office, on), on, source="visit")
    return keep(work, fresh, account=caller.account, now=now)[0]


def as_met(one: Round, known: Known, policy: Policy, on: date, *, source: str) -> Known:
    """Return a household as it was met on a day, judged."""
    found = judged(known.household, policy, on)
    return replace(
        known,
        source=source,
        surveyed_on=on,
        outcome=found.assessment.outcome.value,
        reason=found.assessment.reason.value,
        watch=found.watch,
        pack_id=policy.pack_id,
        base_members=len(found.assessment.base),
        round_id=one.round_id,
    )


def known_from(one: Round, surveyed: SurveyHousehold, number: str, community: str, address: str | None) -> Known:
    """Return a surveyed household for the register, not judged yet."""
    return Known(
        office=one.office,
        community=community,
        number=number,
        source="visit",
        surveyed_on=surveyed.surveyed_on,
        outcome="",
        reason="",
        pack_id="",
        base_members=0,
        household=surveyed.household,
        persons=people_in(surveyed),
        address=address,
    )


def people_in(surveyed: SurveyHousehold) -> tuple[KnownPerson, ...]:
    """Return the people of a surveyed household as the register keeps them."""
    return tuple(KnownPerson(p.member_id, p.name, p.id_number, p.phone, p.booklet_number) for p in surveyed.persons)
