"""The register of inspections (核查台账): the list with what is overdue, its file, and opening one."""

from datetime import date, datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from console import words
from console.asking import Posted, Supervisor, for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake, mistakes_of
from console.inspections.asked import ONLY, READERS, ROOT, Reader, area_names
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.sending_on import go
from console.staff_words import named
from console.supervision.area import view_of
from console.typed_values import Unreadable, day
from desk import inspections as acts
from desk import radar
from desk.desk import Caller, Desk
from records import inspections
from records.inspections import InspectionRow
from records.scope import area_prefix
from register.inspection_file import overdue
from register.radar_items import Item, Kind

router = APIRouter(prefix=ROOT)

FILTERS = ("state",)
STATES = (("open", "未办结"), ("overdue", "超期未办结"), ("closed", "已办结"))
FIELDS = ("area", "about", "inspectors", "due_on")
KINDS = {kind.value: kind.words for kind in Kind}


@router.get("/all", **for_roles(READERS))
def listed(request: Request, desk: OurDesk, now: Now, caller: Reader) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    return page(
        request,
        "inspections/all.html",
        title="核查台账",
        listing=_listing(request, desk, caller, now, asked, SIZE),
        states=STATES,
        supervises=caller.role.value == "supervisor",
    )


@router.get("/all/export.{kind}", **for_roles(READERS))
def export(request: Request, desk: OurDesk, now: Now, caller: Reader, kind: str) -> Response:
    listing = _listing(request, desk, caller, now, wanted(request, sorts=(), filters=FILTERS), MOST_ROWS)
    return exported(listing.name, listing.columns, listing.rows, kind)


@router.get("/new", **for_roles(ONLY))
def ask(request: Request, desk: OurDesk, now: Now, caller: Supervisor, kind: str = "", subject: str = "") -> Response:
    """Ask what is to be looked into; from an item, its reason stands in the form already."""
    return _form(request, desk, caller, now, Form(), kind, subject)


@router.post("/new", **for_roles(ONLY))
async def open_one(request: Request, desk: OurDesk, now: Now, caller: Supervisor, form: Posted) -> Response:
    kind, subject = form.text("kind") or "", form.text("subject") or ""
    try:
        due_on = date.fromisoformat(day(form.text("due_on") or ""))
    except Unreadable as no:
        mistakes: tuple[Mistake, ...] = (Mistake("due_on", f"办结期限{no.words}"),)
        return await run_in_threadpool(_form, request, desk, caller, now, form, kind, subject, mistakes)
    try:
        made = await run_in_threadpool(_opened, request, desk, caller, now, form, due_on)
    except CaseworkError as error:
        if error.code == "not_found":
            raise
        mistakes = mistakes_of(error, FIELDS)
        return await run_in_threadpool(_form, request, desk, caller, now, form, kind, subject, mistakes)
    return go(f"{ROOT}/of/{made}")


def _opened(request: Request, desk: Desk, caller: Caller, now: datetime, form: Form, due_on: date) -> str:
    today, item = _item(request, desk, caller, now, form.text("kind") or "", form.text("subject") or "")
    opening = acts.Opening(
        area=form.text("area") or "",
        about=form.text("about"),
        inspectors=form.text("inspectors"),
        due_on=due_on,
        kind=item.kind.value if item else None,
        subject=item.subject if item else None,
        digest=item.digest if item else None,
    )
    return acts.open_inspection(desk.record, caller, opening, form.key, today)


def _item(
    request: Request, desk: Desk, caller: Caller, now: datetime, kind: str, subject: str
) -> tuple[date, Item | None]:
    with desk.record.read() as work:
        today = view_of(request, work, desk, caller, now).today
        shown = radar.one_item(work, caller.scope, today, kind, subject) if kind or subject else None
    return today, shown.item if shown else None


def _form(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: datetime,
    form: Form,
    kind: str,
    subject: str,
    mistakes: tuple[Mistake, ...] = (),
) -> Response:
    today, item = _item(request, desk, caller, now, kind, subject)
    if item and not form.pairs:
        form = Form.with_values({"area": item.office, "about": f"{item.kind.words}：{item.says}"})
    return page(
        request,
        "inspections/new.html",
        title="开展核查",
        status=422 if mistakes else 200,
        item=item,
        own=area_prefix(caller.area),
        today=today.isoformat(),
        form=form,
        mistakes=mistakes,
    )


def _listing(
    request: Request, desk: Desk, caller: Caller, now: datetime, asked: Wanted, limit: int
) -> Listing[InspectionRow]:
    with desk.record.read() as work:
        today = view_of(request, work, desk, caller, now).today
        rows, total = inspections.page(
            work, caller.scope, state=asked.get("state"), today=today, offset=asked.offset, limit=limit
        )
        names = area_names(work, {row.area for row in rows})
        staff = {who: named(work, who) for row in rows for who in (row.opened_by, row.closed_by) if who}

    def due(row: InspectionRow) -> str:
        if row.closed_on is not None:
            return f"{words.day(row.closed_on)}办结"
        return f"{words.day(row.due_on)}{'，已超期' if overdue(row.due_on, row.closed_on, today) else ''}"

    columns: tuple[Column[InspectionRow], ...] = (
        Column("number", "编号", lambda r: r.number, lambda r: f"{ROOT}/of/{r.inspection_id}"),
        Column("area", "地区或机构", lambda r: names[r.area]),
        Column("kind", "来由", lambda r: KINDS.get(r.kind or "", "另行开展")),
        Column("opened", "开展", lambda r: f"{words.day(r.opened_on)} {staff[r.opened_by]}"),
        Column(
            *("due", "办结期限", due),
            tone=lambda r: "overdue" if overdue(r.due_on, r.closed_on, today) else "",
        ),
        Column("result", "结论", lambda r: r.result.words if r.result else "—"),
        Column("closed", "办结人", lambda r: staff[r.closed_by] if r.closed_by else "—"),
    )
    empty = "还没有核查。可以从一条线索开展，也可以另行开展。"
    return Listing("inspections-all", f"{ROOT}/all", columns, rows, total, asked, empty)
