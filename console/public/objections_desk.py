"""Objections from the public at the desk (群众异议): the list, one of them, registering it or answering it.

Reading one is logged.  Registering is the step `raise_objection` of the case; who objects is never told the household.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, Conflict, NotYourStep, SaidNo, StepNotInTable
from casework.states import Role
from console import words
from console.asking import OpenTo, Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.sending_on import go
from desk import public_objections
from desk.case_client import EngineUnavailable
from desk.desk import Caller, Desk
from documents.file_kinds import KINDS
from records.public_objections import RECEIVED, STATES, PublicObjection, objection_counts, objections_to_handle

router = APIRouter()

OFFICE_ROLES = (Role.CASEWORKER, Role.REVIEWER)
AtOffice = Annotated[Caller, Depends(OpenTo(OFFICE_ROLES))]
LIST = "/applications/objections"
TONES = {"received": "soon", "registered": "calm", "declined": "none"}


@router.get(LIST, **for_roles(OFFICE_ROLES))
def objections(request: Request, caller: AtOffice, desk: OurDesk) -> Response:
    """Objections against cases in sight, those to be handled first."""
    asked = wanted(request, sorts=(), filters=("state",))
    state = asked.get("state") if asked.get("state") in STATES else RECEIVED
    with desk.record.read() as work:
        counts = objection_counts(work, caller.scope)
        found = objections_to_handle(work, caller.scope, state)
    listing: Listing[PublicObjection] = Listing(
        name="群众异议",
        path=LIST,
        columns=(
            Column("receipt", "受理号", lambda r: r.receipt, link=lambda r: f"{LIST}/{r.receipt}"),
            Column("at", "提交时间", lambda r: words.at(r.filed_at)),
            Column("case", "个案", lambda r: r.case_id, link=lambda r: f"/cases/{r.case_id}"),
            Column("who", "反映人", lambda r: "匿名" if r.anonymous else "实名"),
            Column("state", "状态", lambda r: STATES[r.state], tone=lambda r: TONES[r.state]),
            Column("by", "办理人", lambda r: r.handled_by or "—"),
        ),
        rows=found[asked.offset : asked.offset + SIZE],
        total=len(found),
        wanted=asked,
        empty="没有待处理的异议。群众在公示栏提交的异议会出现在这里。" if state == RECEIVED else "这里还没有异议。",
        exports=False,
    )
    tabs = [(key, label, counts[key], key == state) for key, label in STATES.items()]
    return page(request, "public/objections.html", title="群众异议", listing=listing, tabs=tabs)


@router.get(LIST + "/{receipt}", **for_roles(OFFICE_ROLES))
def one_objection(request: Request, receipt: str, caller: AtOffice, desk: OurDesk, now: Now) -> Response:
    return _page(request, desk, caller, receipt, now, Form(), ())


@router.post(LIST + "/{receipt}/register", **for_roles(OFFICE_ROLES))
async def register(request: Request, receipt: str, caller: AtOffice, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Make it an objection of the case."""
    if form.text("checkable") not in ("yes", "no"):
        wrong = (Mistake("checkable", "请选择是否有可以核查的具体事实"),)
        return await run_in_threadpool(_page, request, desk, caller, receipt, now, form, wrong, 422)
    try:
        await public_objections.register_objection(
            desk,
            caller,
            receipt,
            checkable=form.text("checkable") == "yes",
            concerns=form.text("concerns"),
            now=now,
        )
    except (SaidNo, Conflict, NotYourStep, StepNotInTable, EngineUnavailable) as no:
        return await _again(request, desk, caller, receipt, now, form, no)
    return go(f"{LIST}/{receipt}")


@router.post(LIST + "/{receipt}/decline", **for_roles(OFFICE_ROLES))
async def decline(request: Request, receipt: str, caller: AtOffice, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Answer it without registering."""
    try:
        await public_objections.decline_objection(desk, caller, receipt, form.text("reason") or "", now)
    except (SaidNo, Conflict) as no:
        return await _again(request, desk, caller, receipt, now, form, no)
    return go(f"{LIST}/{receipt}")


async def _again(
    request: Request, desk: Desk, caller: Caller, receipt: str, now: Now, form: Form, no: CaseworkError
) -> Response:
    status = 409 if isinstance(no, Conflict | StepNotInTable) else 503 if isinstance(no, EngineUnavailable) else 422
    wrong = mistakes_of(no, ("checkable", "concerns", "reason"))
    return await run_in_threadpool(_page, request, desk, caller, receipt, now, form, wrong, status)


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
    opened = public_objections.read_objection(desk, caller, receipt, now)
    return page(
        request,
        "public/one_objection.html",
        title="一件群众异议",
        status=status,
        objection=opened.objection,
        files=opened.files,
        kinds=KINDS,
        states=STATES,
        form=form,
        mistakes=mistakes,
    )
