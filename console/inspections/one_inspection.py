"""One inspection (一次核查): what is looked into, findings, circulars, talks and follow-ups; closing it."""

from collections.abc import Callable
from datetime import date, datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from console.asking import Posted, Supervisor, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.inspections.all_inspections import KINDS
from console.inspections.asked import ONLY, READERS, ROOT, IdInPath, Reader, area_names
from console.rendering import page
from console.sending_on import go
from console.staff_words import named
from console.supervision.area import view_of
from console.typed_values import Unreadable, day
from desk import inspections as acts
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records import inspections
from register.inspection_file import RecordKind, Result, overdue

router = APIRouter(prefix=ROOT + "/of")

FIELDS = ("kind", "on_day", "due_on", "whom", "text", "done_on", "done_text", "place", "result", "conclusion")
RECORD_KINDS = tuple((kind.value, kind.words) for kind in RecordKind)
Act = Callable[[Desk, Caller, str, Form, date, datetime], None]
RESULTS = tuple((result.value, result.words) for result in Result)


@router.get("/{inspection_id}", **for_roles(READERS))
def one(request: Request, desk: OurDesk, now: Now, caller: Reader, inspection_id: IdInPath) -> Response:
    return _page(request, desk, caller, now, inspection_id, Form(), ())


@router.get("/{inspection_id}/print", **for_roles(READERS))
def printed(request: Request, desk: OurDesk, now: Now, caller: Reader, inspection_id: IdInPath) -> Response:
    """The record on paper, with room for signatures."""
    return _page(request, desk, caller, now, inspection_id, Form(), (), template="inspections/print.html")


@router.post("/{inspection_id}/records", **for_roles(ONLY))
async def note(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, inspection_id: IdInPath, form: Posted
) -> Response:
    return await _act(request, desk, caller, now, inspection_id, form, _note)


@router.post("/{inspection_id}/done", **for_roles(ONLY))
async def put_right(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, inspection_id: IdInPath, form: Posted
) -> Response:
    return await _act(request, desk, caller, now, inspection_id, form, _put_right)


@router.post("/{inspection_id}/close", **for_roles(ONLY))
async def close(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, inspection_id: IdInPath, form: Posted
) -> Response:
    return await _act(request, desk, caller, now, inspection_id, form, _close)


async def _act(
    request: Request, desk: Desk, caller: Caller, now: datetime, inspection_id: str, form: Form, act: Act
) -> Response:
    """Do one of the three; what is wrong is said on the same page, with what was typed."""
    mistakes: tuple[Mistake, ...]
    try:
        await run_in_threadpool(_with_day, request, desk, caller, now, inspection_id, form, act)
    except _Unread as no:
        mistakes = (no.mistake,)
    except CaseworkError as error:
        if error.code == "not_found":
            raise
        mistakes = mistakes_of(error, FIELDS)
    else:
        return go(f"{ROOT}/of/{inspection_id}")
    return await run_in_threadpool(_page, request, desk, caller, now, inspection_id, form, mistakes)


class _Unread(Exception):
    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.words)
        self.mistake = mistake


def _with_day(
    request: Request, desk: Desk, caller: Caller, now: datetime, inspection_id: str, form: Form, act: Act
) -> None:
    with desk.record.read() as work:
        or_not_found(inspections.get(work, caller.scope, inspection_id), "核查")
        today = view_of(request, work, desk, caller, now).today
    act(desk, caller, inspection_id, form, today, now)


def _note(desk: Desk, caller: Caller, inspection_id: str, form: Form, today: date, now: datetime) -> None:
    kind = form.text("kind") or ""
    if kind not in {k.value for k in RecordKind}:
        raise _Unread(Mistake("kind", "请选择记录的种类"))
    noted = acts.Noted(
        kind=RecordKind(kind),
        on_day=_day(form, "on_day", "日期"),
        due_on=_day(form, "due_on", "整改期限") if form.text("due_on") else None,
        whom=form.text("whom"),
        text=form.text("text"),
    )
    acts.note(desk.record, caller, inspection_id, noted, form.key, today=today, now=now)


def _put_right(desk: Desk, caller: Caller, inspection_id: str, form: Form, today: date, _: datetime) -> None:
    place = form.text("place") or ""
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        raise _Unread(Mistake("place", "请选择已整改的问题"))
    on = _day(form, "done_on", "整改日期")
    acts.put_right(desk.record, caller, inspection_id, int(place), on=on, text=form.text("done_text"), today=today)


def _close(desk: Desk, caller: Caller, inspection_id: str, form: Form, today: date, _: datetime) -> None:
    acts.close(
        desk.record,
        caller,
        inspection_id,
        result=form.text("result"),
        conclusion=form.text("conclusion"),
        today=today,
    )


def _day(form: Form, name: str, words: str) -> date:
    try:
        return date.fromisoformat(day(form.text(name) or ""))
    except Unreadable as no:
        raise _Unread(Mistake(name, f"{words}{no.words}")) from None


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: datetime,
    inspection_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    template: str = "inspections/one.html",
) -> Response:
    with desk.record.read() as work:
        found = or_not_found(inspections.get(work, caller.scope, inspection_id), "核查")
        today = view_of(request, work, desk, caller, now).today
        area = area_names(work, {found.row.area})[found.row.area]
        hands = {found.row.opened_by, found.row.closed_by, *(r.account for r in found.records)}
        staff = {who: named(work, who) for who in {*hands, *(r.done_by for r in found.records)} if who}
    row = found.row
    return page(
        request,
        template,
        title=f"核查 {row.number}",
        status=422 if mistakes else 200,
        found=found,
        row=row,
        area=area,
        origin=KINDS.get(row.kind or "", "另行开展"),
        item=f"{ROOT}/items/{row.kind}/{row.subject}" if row.kind else None,
        staff=staff,
        late=overdue(row.due_on, row.closed_on, today),
        today=today.isoformat(),
        kinds=RECORD_KINDS,
        results=RESULTS,
        findings=[(str(r.place), f"第{r.place}条：{r.text[:40]}") for r in found.records if _open_finding(r)],
        acts=caller.role.value == "supervisor" and row.closed_on is None,
        own=caller.account in hands,
        form=form,
        mistakes=mistakes,
    )


def _open_finding(record: inspections.Recorded) -> bool:
    return record.kind is RecordKind.FINDING and record.done_on is None
