"""Who waits for a guaranteed post (托底安置未匹配): the upper level's list, those whom nothing fits first."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from console.asking import OpenTo, for_roles
from console.rendering import page
from console.vacancies.pool import HERE, pay_words
from desk.desk import Caller
from desk.point_to_point import AT_ONCE, waiting_members
from records.case_names import masked_names
from records.figure_rows import known_areas

router = APIRouter()

UPPER = (Role.REVIEWER, Role.SUPERVISOR)
Upper = Annotated[Caller, Depends(OpenTo(UPPER))]


@router.get(HERE + "/unmatched", **for_roles(UPPER))
def unmatched(request: Request, desk: OurDesk, now: Now, caller: Upper) -> Response:
    with desk.record.read() as work:
        waiting, households = waiting_members(work, caller, now)
        offices = known_areas(work, tuple({each.office for each in waiting}))
        names = {case_id: masked_names(work, case_id) for case_id in {each.case_id for each in waiting}}
    return page(
        request,
        "vacancies/unmatched.html",
        title="托底安置未匹配",
        waiting=[
            (each, names[each.case_id].get(each.member_id, ""), offices.get(each.office, each.office))
            for each in waiting
        ],
        without=sum(each.best is None for each in waiting),
        households=households,
        most=AT_ONCE,
        arranges=caller.role is Role.REVIEWER,
        pay=pay_words,
    )
