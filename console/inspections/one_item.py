"""One thing that looks wrong (一条线索): the rule, the facts counted, the clause; dismissing it, or inspecting it."""

from datetime import datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from console.asking import Posted, Supervisor, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.inspections.asked import ONLY, READERS, ROOT, Reader, SubjectInPath, area_names
from console.inspections.items import address_of, object_of
from console.rendering import page
from console.sending_on import go
from console.staff_words import named
from console.supervision.area import view_of
from desk import radar
from desk.desk import Caller, Desk
from records.inspections import about_item
from records.radar import dismissals_of, listed_since

router = APIRouter(prefix=ROOT + "/items")

FIELDS = ("reason",)


@router.get("/{kind}/{subject}", **for_roles(READERS))
def item(request: Request, desk: OurDesk, now: Now, caller: Reader, kind: str, subject: SubjectInPath) -> Response:
    return _page(request, desk, caller, now, kind, subject, Form())


@router.post("/{kind}/{subject}", **for_roles(ONLY))
async def dismiss(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, kind: str, subject: SubjectInPath, form: Posted
) -> Response:
    """Dismiss it for the facts the page showed; sent twice it is dismissed once."""
    try:
        await run_in_threadpool(_dismiss, request, desk, caller, now, kind, subject, form)
    except CaseworkError as error:
        if error.code == "not_found":
            raise
        mistakes = mistakes_of(error, FIELDS)
        return await run_in_threadpool(_page, request, desk, caller, now, kind, subject, form, mistakes)
    return go(f"{ROOT}/items/{kind}/{subject}")


def _dismiss(request: Request, desk: Desk, caller: Caller, now: datetime, kind: str, subject: str, form: Form) -> None:
    with desk.record.read() as work:
        today = view_of(request, work, desk, caller, now).today
    radar.dismiss(
        desk.record,
        caller,
        today,
        kind=kind,
        subject=subject,
        digest=form.text("digest") or "",
        reason=form.text("reason"),
        now=now,
    )


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: datetime,
    kind: str,
    subject: str,
    form: Form,
    mistakes: tuple[Mistake, ...] = (),
) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        shown = radar.one_item(work, caller.scope, view.today, kind, subject)
        found = shown.item
        names = area_names(work, {found.office})
        since = listed_since(work, (found.key,)).get(found.key)
        history = [(each, named(work, each.account)) for each in dismissals_of(work, caller.scope, kind, subject)]
        inspections = about_item(work, caller.scope, kind, subject)
    return page(
        request,
        "inspections/item.html",
        title=f"核查线索：{found.kind.words}",
        status=422 if mistakes else 200,
        item=found,
        why=found.why,
        shown=shown,
        about=object_of(shown),
        address=address_of(shown),
        area=names[found.office],
        listed_since=since,
        history=history,
        inspections=inspections,
        supervises=caller.role.value == "supervisor",
        form=form,
        mistakes=mistakes,
    )
