"""Following one's own case (查询进度): a number and a phone, a code, and then what concerns this household alone.

Asking never tells whether a number exists: the code goes out in any case, and the page afterwards says the same of a
number that is not there and of one that belongs to somebody else.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.case_facts import ObjectionStatus
from casework.errors import CaseworkError, SaidNo
from casework.masking import mask_name
from console.apply.progress import heading_of
from console.asking import FOR_EVERYBODY, Posted
from console.cookies import read
from console.forms import Form, Mistake
from console.public.applications_desk import WORDS_OF
from console.public.codes import PHONE, ask_for_code, refused, visitor
from console.public.limits import count_look
from console.public.own_case import story_of
from console.rendering import page
from console.sending_on import go
from desk import phone_codes
from desk.draft_answers import Answers
from desk.errors import TooManyTries
from desk.following import FollowedApplication, FollowedCase, FollowedObjection, follow, plain_number
from notifications.catalog import NOTICES
from records.online_applications import ACCEPTED, LOOKED, RETURNED, SUBMITTED, TAKEN, WITHDRAWN
from records.public_objections import DECLINED, RECEIVED

router = APIRouter()

BECAME = {
    None: "已登记，正在调查。",
    ObjectionStatus.OPEN: "已登记，正在调查。",
    ObjectionStatus.NOT_BLOCKING: "已登记。没有可以核查的具体事实，不影响该户办理。",
    ObjectionStatus.DISMISSED: "已查清：反映的情况不成立。",
    ObjectionStatus.UPHELD: "已查清：反映的情况属实，该户不予认定或提出退出。",
    ObjectionStatus.CORRECTED: "已查清：有关情况已更正，并重新核查或公示。",
}

OF_APPLICATION = {
    SUBMITTED: "已提交，等待受理机构答复。",
    RETURNED: "受理机构请您更正后重新提交。",
    ACCEPTED: "已受理。",
    WITHDRAWN: "已撤回，不再办理。",
}


@router.get("/follow", **FOR_EVERYBODY)
def follow_page(request: Request, desk: OurDesk, now: Now) -> Response:
    count_look(request, now)
    return _page(request, Form(), (), known=visitor(request, desk, now) is not None)


@router.post("/follow", **FOR_EVERYBODY)
async def follow_asked(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Send a code, or with a phone that was shown already go on at once."""
    number = plain_number(form.text("number"))
    known = await run_in_threadpool(visitor, request, desk, now)
    mistakes = () if number else (Mistake("number", "请填写个案编号或受理号"),)
    if known is not None and not form.text("phone"):
        if mistakes:
            return _page(request, form, mistakes, 422, known=True)
        await run_in_threadpool(phone_codes.turn_to, desk, read(request, PHONE) or "", number)
        return go("/follow/status")
    try:
        phone_codes.mobile(form.text("phone"))
    except SaidNo as no:
        mistakes = (*mistakes, *refused(no))
    if mistakes:
        return _page(request, form, mistakes, 422, known=known is not None)
    try:
        return await ask_for_code(request, desk, now, form, "follow", number)
    except (SaidNo, TooManyTries, phone_codes.CodeNotSent) as no:
        return _page(request, form, refused(no), _status(no), known=known is not None)


@router.get("/follow/status", **FOR_EVERYBODY)
def status(request: Request, desk: OurDesk, now: Now) -> Response:
    """What the number and the phone together let one see."""
    count_look(request, now)
    visit = visitor(request, desk, now)
    if visit is None:
        return go("/follow")
    if not visit.about:
        return go("/follow")
    found = follow(desk, visit)
    if isinstance(found, FollowedCase):
        case, today = found.own.case, found.own.clock.day(now)
        return page(
            request,
            "public/own_case.html",
            title="我的进度",
            case=case,
            story=story_of(case, today, found.calendar),
            applicant=mask_name(found.own.applicant),
            community=found.own.community,
            office=found.office,
            told=[(told, [NOTICES[name].title for name in told.notices]) for told in found.told],
        )
    if isinstance(found, FollowedObjection):
        objection = found.objection
        said = {RECEIVED: "已收到，还没有处理。", DECLINED: "没有登记调查。"}.get(objection.state) or BECAME[
            found.became
        ]
        return page(
            request,
            "public/own_objection.html",
            title="异议的结果",
            objection=objection,
            said=said,
            office=found.office,
        )
    if isinstance(found, FollowedApplication):
        return _application(request, found)
    return page(request, "public/nothing_found.html", title="没有找到", status=404)


def _application(request: Request, found: FollowedApplication) -> Response:
    answers = Answers.of(found.application.content)
    returned = next((act for act in reversed(found.acts) if act.what == RETURNED), None)
    reasons = returned.reasons if returned else {}
    return page(
        request,
        "public/own_application.html",
        title="网上申请的进度",
        application=found.application,
        applicant=mask_name(found.application.applicant),
        said=OF_APPLICATION[found.application.state],
        reasons=[("其他" if name == "other" else heading_of(answers, name), words) for name, words in reasons.items()],
        acts=[act for act in found.acts if act.what not in (LOOKED, TAKEN)],
        words_of=WORDS_OF,
        office=found.office,
    )


def _status(no: CaseworkError) -> int:
    return 429 if isinstance(no, TooManyTries) else 503 if isinstance(no, phone_codes.CodeNotSent) else 422


def _page(
    request: Request, form: Form, mistakes: tuple[Mistake, ...], status: int = 200, *, known: bool = False
) -> Response:
    return page(
        request, "public/follow.html", title="查询进度", status=status, form=form, mistakes=mistakes, known=known
    )
