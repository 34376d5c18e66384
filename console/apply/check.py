"""Checking and handing in an online application (核对、提交、受理号), and taking it back.

Nothing is decided here: whether the household is eligible, and whether somebody is in another case, is the desk's to
say, so that nobody can ask this page about others.
"""

from datetime import datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, Conflict, SaidNo
from casework.times import local_date
from console.apply.asked import returned_with
from console.apply.progress import read_whole, sections_of
from console.apply.start import Visitor
from console.asking import FOR_EVERYBODY, Posted
from console.cookies import read as cookie
from console.forms import Form, Mistake, mistakes_of
from console.public.codes import PHONE
from console.public.limits import count_write
from console.rendering import page
from console.sending_on import go
from desk import drafts, online_applications, phone_codes
from desk.desk import Desk
from desk.draft_answers import HOME, Answers
from desk.errors import NotFound, TooManyTries
from desk.online_applications import ANSWER_WITHIN, files_key, whose
from records.evidence import APPLICATION, evidence_about
from records.offices import office_for
from records.phone_codes import PhoneVisit

router = APIRouter()


@router.get("/apply/{draft_id}/check", **FOR_EVERYBODY)
def check(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    return _page(request, desk, now, visit, draft_id, Form(), ())


@router.post("/apply/{draft_id}/check", **FOR_EVERYBODY)
async def submit(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor, form: Posted) -> Response:
    """Hand the application in, once; the receipt's number stands in no address."""
    try:
        receipt = await run_in_threadpool(_submit, request, desk, visit, draft_id, form, now)
    except (SaidNo, Conflict, TooManyTries) as no:
        status = 409 if isinstance(no, Conflict) else 422
        return await run_in_threadpool(_page, request, desk, now, visit, draft_id, form, _said(no), status)
    await run_in_threadpool(phone_codes.turn_to, desk, cookie(request, PHONE) or "", receipt)
    return go("/apply/received")


@router.get("/apply/received", **FOR_EVERYBODY)
def received(request: Request, desk: OurDesk, visit: Visitor) -> Response:
    """The receipt, and what happens next."""
    found = online_applications.own(desk, visit, visit.about or "")
    if found is None:
        return go("/apply/drafts")
    with desk.record.read() as work:
        office = office_for(work, found.application.office)
    return page(
        request,
        "apply/received.html",
        title="申请已提交",
        application=found.application,
        office=office,
        within=ANSWER_WITHIN.count,
    )


@router.post("/apply/withdraw", **FOR_EVERYBODY)
def withdraw(request: Request, desk: OurDesk, now: Now, visit: Visitor, form: Posted) -> Response:
    """Take back the application one is looking at; it needs a tick, because it cannot be undone."""
    receipt = form.text("receipt") or ""
    if form.text("sure") == "yes":
        online_applications.withdraw(desk, visit, receipt, now)
    phone_codes.turn_to(desk, cookie(request, PHONE) or "", receipt)
    return go("/follow/status")


def _submit(request: Request, desk: Desk, visit: PhoneVisit, draft_id: str, form: Form, now: datetime) -> str:
    try:
        draft = drafts.look(desk, whose(desk, visit), draft_id, now)
    except NotFound:
        return online_applications.submit(desk, visit, draft_id, 0, now)
    count_write(request, now)
    answers = Answers.of(draft.content)
    if read_whole(answers, local_date(now).isoformat()).mistakes or not answers.page(HOME).get("office"):
        raise SaidNo("not_complete", "还有内容没有填完或需要更正，见下面标出的各处，改好再提交。")
    if form.text("true") != "yes":
        raise SaidNo("not_confirmed", "请确认所填内容属实后再提交。", field="true")
    typed = form.typed("version")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    return online_applications.submit(desk, visit, draft_id, version, now)


def _said(no: CaseworkError) -> tuple[Mistake, ...]:
    return mistakes_of(no, ("true",))


def _page(
    request: Request,
    desk: Desk,
    now: datetime,
    visit: PhoneVisit,
    draft_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
) -> Response:
    draft = drafts.look(desk, whose(desk, visit), draft_id, now)
    answers = Answers.of(draft.content)
    read = read_whole(answers, local_date(now).isoformat())
    code = answers.page(HOME).get("office", "")
    with desk.record.read() as work:
        files = evidence_about(work, APPLICATION, files_key(work, draft_id))
        office = office_for(work, code) if code else None
        returned = returned_with(work, draft_id)
    return page(
        request,
        "apply/check.html",
        title="网上申请：核对",
        status=status,
        draft=draft,
        sections=sections_of(answers, read, draft_id),
        ready=not read.mistakes and bool(code),
        office=office,
        files=files,
        asked=returned.reasons if returned else {},
        form=form,
        mistakes=mistakes,
    )
