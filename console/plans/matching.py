"""Vacancies that match a member (人岗匹配): what may be put to it, what may not, and why; one click from a referral."""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.states import Role, State
from console.asking import Staff, for_roles
from console.plans.pages import HERE, CaseId, MemberId, may_write
from console.rendering import page
from console.steps.choosing import people_of
from console.vacancies.pool import left_words, pay_words
from desk.errors import or_not_found
from desk.plans import matches_of
from records import case_files
from records.plans import newest_plans

router = APIRouter()

SHOWN, OUT = 20, 50
STEP = {Role.CASEWORKER: "record_referral", Role.HELPER: "record_referral", Role.REVIEWER: "arrange_guaranteed_post"}
"""The step by which each role puts a job to a member; others only look."""


@router.get(HERE + "/{member_id}/matches", **for_roles(STAFF))
def matches(request: Request, case_id: CaseId, member_id: MemberId, desk: OurDesk, now: Now, caller: Staff) -> Response:
    with desk.record.read() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        people = people_of(work, caller.scope, case)
        today: date = row.clock.day(now)
        found = matches_of(work, caller.scope, case_id, member_id, today)
        kept = newest_plans(work, case_id).get(member_id)
    over = case.state is State.EXITED
    step = None if over else STEP.get(caller.role)
    return page(
        request,
        "plans/matches.html",
        title=f"匹配岗位 {case_id}",
        case=case,
        member_id=member_id,
        called=people.words(member_id),
        version=kept,
        suggested=found.matches.suggested[:SHOWN],
        total=len(found.matches.suggested),
        excluded=found.matches.excluded[:OUT],
        out=len(found.matches.excluded),
        step=f"/cases/{case_id}/steps/{step}?member={member_id}&vacancy=" if step else None,
        writes=may_write(caller, case),
        over=over,
        step_words="安排这个岗位" if step == "arrange_guaranteed_post" else "推荐这个岗位",
        left=left_words,
        pay=pay_words,
        today=today,
    )
