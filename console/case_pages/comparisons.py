"""What other offices' registers answered (线上比对的原始答复): shown for two minutes to who has said why; logged."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.review_facts import ComparisonOutcome, Source
from console.asking import Posted, for_roles
from console.case_pages.in_path import COMPARERS, CaseInPath, Comparer
from console.case_pages.reasons import choices, reason_in
from console.case_pages.said import People
from console.forms import Form, Mistake
from console.one_look import LASTS, grant, granted
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.looking import look_at_comparisons
from records import case_files
from records.case_names import masked_names, staff_names
from records.comparisons import answers_in_sight

router = APIRouter()


@router.get("/cases/{case_id}/comparisons", **for_roles(COMPARERS))
def comparisons(
    request: Request, case_id: CaseInPath, caller: Comparer, desk: OurDesk, now: Now, shown: str = ""
) -> Response:
    """The form that asks why; the answers for two minutes after the look was logged, in the same session."""
    seen = bool(shown) and granted(request, _what(case_id), now)
    return _page(request, desk, caller, case_id, Form(), (), seen=seen, over=bool(shown) and not seen)


@router.post("/cases/{case_id}/comparisons", **for_roles(COMPARERS))
async def look(
    request: Request, case_id: CaseInPath, caller: Comparer, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Log who looks and why, and show it."""
    reason, mistakes = reason_in(form, caller.role)
    if mistakes:
        return await run_in_threadpool(_page, request, desk, caller, case_id, form, mistakes, 422)
    await run_in_threadpool(look_at_comparisons, desk, caller, case_id, reason, now)
    answer = go(f"/cases/{case_id}/comparisons?shown=1")
    grant(request, answer, _what(case_id), now)
    return answer


def _what(case_id: str) -> str:
    """Return what is granted: a look at the answers is none at the people."""
    return f"{case_id}/comparisons"


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
    *,
    seen: bool = False,
    over: bool = False,
) -> Response:
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        found = answers_in_sight(work, caller.scope, case_id) or () if seen else ()
        names = masked_names(work, case_id)
        staff = staff_names(work, (one.account for one in found))
    people = People(case, names, staff)
    answers = [
        (
            Source(one.source).words,
            people.member(one.member),
            ComparisonOutcome(one.result).words,
            one,
            people.account(one.account),
        )
        for one in found
    ]
    return page(
        request,
        "case_pages/comparisons.html",
        title=f"线上比对 {case_id}",
        status=status,
        case_id=case_id,
        answers=answers,
        seen=seen,
        form=form,
        mistakes=mistakes,
        reasons=choices(caller.role),
        over=over,
        minutes=int(LASTS.total_seconds() // 60),
    )
