"""Online applications at the desk (网上申请): the list, one of them, going on with it as at the counter, returning it.

Accepting is not a button of its own: "去受理" opens the counter's check page with everything filled in, so that no
household comes in by a weaker door.  Reading one is written down.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, Conflict, SaidNo
from casework.masking import mask_name
from casework.states import Role
from casework.times import local_date
from console import words
from console.apply.progress import read_whole, sections_of
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.sending_on import go
from desk import online_applications
from desk.desk import Caller, Desk
from documents.file_kinds import KINDS
from records.calendars import newest_for
from records.online_applications import STATES, SUBMITTED, Application, application_counts, applications_at
from records.public_objections import RECEIVED, objection_counts

router = APIRouter()

ROLES = (Role.CASEWORKER,)
LIST = "/applications"
REASON = "reason:"
WORDS_OF = {
    "submitted": "提交",
    "looked": "查看",
    "taken": "开始受理",
    "returned": "退回更正",
    "accepted": "受理",
    "withdrawn": "申请人撤回",
}


@router.get(LIST, **for_roles(ROLES))
def applications(request: Request, caller: Caseworker, desk: OurDesk, now: Now) -> Response:
    """Applications to my office, those due first before the others."""
    asked = wanted(request, sorts=(), filters=("state",))
    state = asked.get("state") if asked.get("state") in STATES else SUBMITTED
    today = local_date(now)
    with desk.record.read() as work:
        counts = application_counts(work, caller.scope)
        objections = objection_counts(work, caller.scope)[RECEIVED]
        found = applications_at(work, caller.scope, state or SUBMITTED)
        calendar = newest_for(work, caller.area)

    def due(row: Application) -> words.Due:
        return words.due(row.due_on, today, calendar) if row.state == SUBMITTED else words.Due("—", "none", "")

    listing: Listing[Application] = Listing(
        name="网上申请",
        path=LIST,
        columns=(
            Column("receipt", "受理号", lambda r: r.receipt, link=lambda r: f"{LIST}/{r.receipt}"),
            Column("who", "申请人", lambda r: mask_name(r.applicant)),
            Column("people", "人数", lambda r: str(r.people), number=True),
            Column("at", "提交时间", lambda r: words.at(r.submitted_at)),
            Column("due", "答复期限（内部）", lambda r: due(r).words, tone=lambda r: due(r).tone),
            Column("on", "在办", lambda r: "已开始受理" if r.desk_draft and not r.case_id else r.case_id or "—"),
        ),
        rows=found[asked.offset : asked.offset + SIZE],
        total=len(found),
        wanted=asked,
        empty="没有待受理的网上申请。" if state == SUBMITTED else "这里还没有申请。",
        exports=False,
    )
    tabs = [(key, label, counts[key], key == state) for key, label in STATES.items()]
    return page(
        request, "public/applications.html", title="网上申请", listing=listing, tabs=tabs, objections=objections
    )


@router.get(LIST + "/{receipt}", **for_roles(ROLES))
def one_application(request: Request, receipt: str, caller: Caseworker, desk: OurDesk, now: Now) -> Response:
    return _page(request, desk, caller, receipt, now, Form(), ())


@router.post(LIST + "/{receipt}/take", **for_roles(ROLES))
async def take(request: Request, receipt: str, caller: Caseworker, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Go on with it as at the counter."""
    try:
        draft_id = await run_in_threadpool(online_applications.go_on_with, desk, caller, receipt, now)
    except Conflict as no:
        return await _again(request, desk, caller, receipt, now, form, no)
    return go(f"/intake/{draft_id}/check")


@router.post(LIST + "/{receipt}/return", **for_roles(ROLES))
async def give_back(
    request: Request, receipt: str, caller: Caseworker, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Return it with what is to be corrected."""
    reasons = {name.removeprefix(REASON): said[:500] for name, said in form.pairs if name.startswith(REASON)}
    try:
        await run_in_threadpool(online_applications.give_back, desk, caller, receipt, reasons, now)
    except (SaidNo, Conflict) as no:
        return await _again(request, desk, caller, receipt, now, form, no)
    return go(f"{LIST}/{receipt}")


async def _again(
    request: Request, desk: Desk, caller: Caller, receipt: str, now: Now, form: Form, no: CaseworkError
) -> Response:
    status = 409 if isinstance(no, Conflict) else 422
    return await run_in_threadpool(_page, request, desk, caller, receipt, now, form, mistakes_of(no), status)


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    receipt: str,
    now: Now,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
) -> Response:
    opened = online_applications.read_application(desk, caller, receipt, now)
    application, today = opened.application, local_date(now)
    with desk.record.read() as work:
        limit = words.due(application.due_on, today, newest_for(work, application.office))
    read = read_whole(opened.answers, today.isoformat())
    return page(
        request,
        "public/one_application.html",
        title="一份网上申请",
        status=status,
        application=application,
        sections=sections_of(opened.answers, read) if opened.answers.pages else (),
        files=opened.files,
        acts=opened.acts,
        kinds=KINDS,
        states=STATES,
        words_of=WORDS_OF,
        due=limit,
        form=form,
        mistakes=mistakes,
    )
