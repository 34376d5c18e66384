"""Beginning to apply (网上申请): what it takes, a phone and its code, and the drafts and applications of that phone."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import NotYourStep, SaidNo
from console.apply.progress import address
from console.asking import FOR_EVERYBODY, Posted
from console.forms import Form, Mistake
from console.public.codes import ask_for_code, refused, visitor
from console.public.limits import count_look
from console.rendering import page
from console.sending_on import go
from desk import drafts, online_applications, phone_codes
from desk.draft_answers import APPLICANT, Answers, person_page
from desk.errors import TooManyTries
from desk.online_applications import whose
from records.online_applications import STATES, applications_of_phone
from records.phone_codes import PhoneVisit

router = APIRouter()

MOST_DRAFTS = 5


class NoVisit(NotYourStep):
    """The phone has not been shown, or too long ago; the draft is kept."""

    def __init__(self) -> None:
        super().__init__("phone_not_shown", "手机验证已过期，请重新验证；以前保存过的都在。")


def at_the_door(request: Request, desk: OurDesk, now: Now) -> PhoneVisit:
    """Return who is applying; raises `NoVisit` when no phone was shown."""
    found = visitor(request, desk, now)
    if found is None:
        raise NoVisit
    return found


Visitor = Annotated[PhoneVisit, Depends(at_the_door)]


@router.get("/apply", **FOR_EVERYBODY)
def apply_page(request: Request, desk: OurDesk, now: Now) -> Response:
    count_look(request, now)
    known = visitor(request, desk, now) is not None
    return go("/apply/drafts") if known else _page(request, Form(), ())


@router.post("/apply", **FOR_EVERYBODY)
async def apply_asked(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Send a code to the phone."""
    try:
        return await ask_for_code(request, desk, now, form, "apply", None)
    except TooManyTries as no:
        return _page(request, form, refused(no), 429)
    except phone_codes.CodeNotSent as no:
        return _page(request, form, refused(no), 503)
    except SaidNo as no:
        return _page(request, form, refused(no), 422)


@router.get("/apply/drafts", **FOR_EVERYBODY)
def my_applications(request: Request, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    return _mine(request, desk, now, visit, ())


@router.post("/apply/drafts", **FOR_EVERYBODY)
def begin(request: Request, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    """Begin a draft; the phone that was shown is the applicant's until another is typed."""
    mine = whose(desk, visit)
    if len(drafts.all_of(desk, mine, now)) >= MOST_DRAFTS:
        wrong = (Mistake(None, f"没有提交的申请最多保存{MOST_DRAFTS}份，请接着填已有的，或删去不要的。"),)
        return _mine(request, desk, now, visit, wrong, 422)
    draft = drafts.start(desk, mine, now)
    return go(address(draft.draft_id, person_page(APPLICANT)))


@router.post("/apply/{draft_id}/discard", **FOR_EVERYBODY)
async def discard(draft_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    """Delete a draft that was never handed in."""
    await run_in_threadpool(online_applications.discard, desk, visit, draft_id, now)
    return go("/apply/drafts")


def _mine(
    request: Request, desk: OurDesk, now: Now, visit: PhoneVisit, mistakes: tuple[Mistake, ...], status: int = 200
) -> Response:
    with desk.record.read() as work:
        handed_in = applications_of_phone(work, visit.phone_index)
    returned = {each.draft_id for each in handed_in}
    writing = [
        (draft, Answers.of(draft.content))
        for draft in drafts.all_of(desk, whose(desk, visit), now)
        if draft.draft_id not in returned
    ]
    return page(
        request,
        "apply/mine.html",
        title="我的网上申请",
        status=status,
        writing=[(d, a.page(person_page(APPLICANT)).get("name", "").strip(), len(a.people)) for d, a in writing],
        handed_in=handed_in,
        states=STATES,
        form=Form(),
        mistakes=mistakes,
    )


def _page(request: Request, form: Form, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(request, "apply/start.html", title="网上申请", status=status, form=form, mistakes=mistakes)
