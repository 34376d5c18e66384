"""The people of a case (家庭成员): masked, and whole for two minutes after somebody said why; each look is logged.

The whole data are only ever in the answer to who has just said why: not kept by the browser, not in an address.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from api.people import LOOKERS
from console.asking import Posted, Staff, for_roles
from console.case_pages.in_path import CaseInPath, Looker
from console.case_pages.reasons import choices, reason_in
from console.forms import Form, Mistake
from console.one_look import LASTS, grant, granted
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.looking import look_at_household
from records import case_files
from records.household_pages import masked_household, whole_household

router = APIRouter()


@router.get("/cases/{case_id}/people", **for_roles(STAFF))
def people(request: Request, case_id: CaseInPath, caller: Staff, desk: OurDesk, now: Now, shown: str = "") -> Response:
    """Masked; whole for two minutes after the look was logged, in the same session.  Reloading logs nothing."""
    whole = bool(shown) and caller.role in LOOKERS and granted(request, case_id, now)
    return _page(request, desk, caller, case_id, Form(), (), whole=whole, over=bool(shown) and not whole)


@router.post("/cases/{case_id}/people", **for_roles(LOOKERS))
async def look(
    request: Request, case_id: CaseInPath, caller: Looker, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Log who looks and why, and show it."""
    reason, mistakes = reason_in(form, caller.role)
    if mistakes:
        return await run_in_threadpool(_page, request, desk, caller, case_id, form, mistakes, 422)
    await run_in_threadpool(look_at_household, desk, caller, case_id, reason, now)
    answer = go(f"/cases/{case_id}/people?shown=1")
    grant(request, answer, case_id, now)
    return answer


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
    *,
    whole: bool = False,
    over: bool = False,
) -> Response:
    with desk.record.read() as work:
        household = or_not_found((whole_household if whole else masked_household)(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
    return page(
        request,
        "case_pages/people.html",
        title=f"家庭成员 {case_id}",
        status=status,
        case=case,
        household=household,
        members={member.member_id: member for member in case.household.members},
        form=form,
        mistakes=mistakes,
        reasons=choices(caller.role) if caller.role in LOOKERS else (),
        over=over,
        minutes=int(LASTS.total_seconds() // 60),
    )
