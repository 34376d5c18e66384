"""The members' assistance plans at the desk (一人一策): who writes them, and the vacancies that match a member now.

A plan is written by the helper or the office; each saved version stays.  The signature is the case's own step.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.case import Case
from casework.errors import NotYourStep, SaidNo
from casework.household import Member
from casework.states import Role, State
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records import case_files
from records.engine import Reading
from records.plans import PlanVersion, newest_plans, save_plan
from records.policies import policy_of
from records.scope import Scope
from records.vacancies import pool_for
from register.matching import Matches, match, seeker_of
from register.plan import PREPARED, Plan, preparation_missing

WRITERS = (Role.CASEWORKER, Role.HELPER)


@dataclass(frozen=True, slots=True)
class MemberMatches:
    """What matches one member; `plan` is the number of the version it was judged by, None without one."""

    member_id: str
    matches: Matches
    plan: int | None = field(default=None)


def require_member(case: Case, member_id: str) -> Member:
    """Return a member who is in the household; another is not there."""
    return or_not_found(case.household.member(member_id), "成员")


def write_plan(
    desk: Desk, caller: Caller, case_id: str, member_id: str, plan: Plan, *, seen: int, key: str, now: datetime
) -> int:
    """Save a member's plan as the next version and return its number; the same request again changes nothing."""
    if caller.role not in WRITERS:
        raise NotYourStep("role_not_allowed", "帮扶方案由帮扶责任人和街道经办人填写。")
    with desk.record.write() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        member = require_member(case, member_id)
        if case.state is State.EXITED:
            raise SaidNo("case_exited", "本户个案已经结束，方案只能查看。")
        if preparation_missing(plan, member):
            raise SaidNo(
                "preparation_missing",
                "本成员享受低保或失业保险，帮扶措施中须至少安排一项职业介绍、职业培训或公益性劳动。",
                field="measures",
                clause=PREPARED,
            )
        return save_plan(
            work,
            case_id=case_id,
            member_id=member_id,
            plan=plan,
            seen=seen,
            after_seq=row.seq,
            account=caller.account,
            request_key=key,
            now=now,
        )


def matches_of(work: Reading, scope: Scope, case_id: str, member_id: str, today: date) -> MemberMatches:
    """Judge the open vacancies near a household for one member; `today` is the case's own day."""
    case = or_not_found(case_files.full_case(work, scope, case_id))
    return matched(work, case, (require_member(case, member_id).member_id,), today)[0]


def matched(work: Reading, case: Case, members: tuple[str, ...], today: date) -> tuple[MemberMatches, ...]:
    """Judge the open vacancies near a household for several members: the pool is read once."""
    terms = policy_of(work, case).refusal
    plans: dict[str, PlanVersion] = newest_plans(work, case.case_id)
    pool = pool_for(work, case.office, today)
    found = []
    for member_id in members:
        member = case.household.member(member_id)
        if member is not None:
            kept = plans.get(member_id)
            seeker = seeker_of(case, member, kept.plan if kept else None, terms, today)
            found.append(MemberMatches(member_id, match(seeker, pool, today), kept.number if kept else None))
    return tuple(found)
