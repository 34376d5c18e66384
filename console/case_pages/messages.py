"""The notices of a case (通知): to whom, when, how far each is, and what to do about one that did not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from api.messages import TO_DO
from casework.errors import Conflict
from casework.messages import MessageState
from console.asking import Posted, Staff, for_roles
from console.case_pages.in_path import HANDLERS, CaseInPath, Handler
from console.case_pages.said import People
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.handling import handle_message
from desk.receipts import title_of
from records import case_files
from records.case_names import masked_names, staff_names
from records.delivery import Sent, ToldInApp, sent_of, told_in_app

router = APIRouter()

LEAST, MOST = 4, 200

STATE_TONES: Mapping[MessageState, str] = {
    MessageState.PLANNED: "info",
    MessageState.SENDING: "info",
    MessageState.DOUBTFUL: "warn",
    MessageState.UNKNOWN: "bad",
    MessageState.SENT: "good",
    MessageState.CONFIRMED: "good",
    MessageState.FAILED: "bad",
    MessageState.SUPPRESSED: "calm",
}
MEANS: Mapping[MessageState, str] = {
    MessageState.PLANNED: "到时发出；夜间不发短信的，次日早上发。",
    MessageState.SENDING: "正在交给运营商。",
    MessageState.DOUBTFUL: "运营商没有答复，系统正在核实是否收下，不会重复发送。",
    MessageState.SENT: "运营商已收下，尚无送达回执。",
    MessageState.CONFIRMED: "运营商回执：已送到手机。",
    MessageState.SUPPRESSED: "发出之前事情已经过去，没有发送。",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the page shows it; `to_do` is empty unless a person has to see to it."""

    sent: Sent
    title: str
    whom: str
    instead_of: str
    tone: str
    means: str
    to_do: str
    handled: str


@router.get("/cases/{case_id}/messages", **for_roles(STAFF))
def messages(request: Request, case_id: CaseInPath, caller: Staff, desk: OurDesk) -> Response:
    """Text messages first, then what staff were told in the application."""
    return _page(request, desk, caller, case_id, Form(), ())


@router.post("/cases/{case_id}/messages", **for_roles(HANDLERS))
async def handled(
    request: Request, case_id: CaseInPath, caller: Handler, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Note who was told in another way, and how."""
    key, note = form.text("key") or "", form.text("note") or ""
    mistakes: tuple[Mistake, ...] = ()
    if len(note) < LEAST or len(note) > MOST or not note.isprintable():
        mistakes = (Mistake(_field(key), f"请写明谁、怎样告知了收件人，{LEAST}到{MOST}个字，写在一行内"),)
    elif not key.startswith(f"{case_id}/"):
        or_not_found(None, "需要处理的短信")
    else:
        try:
            await run_in_threadpool(handle_message, desk, caller, key, note, now)
        except Conflict as first:
            mistakes = (Mistake(None, first.message),)
    if mistakes:
        return await run_in_threadpool(_page, request, desk, caller, case_id, form, mistakes, 422)
    return go(f"/cases/{case_id}/messages")


def _field(key: str) -> str:
    """Return the id of the field of a message's note: its place on the page stands for its key."""
    return "note-" + "".join(c if c.isalnum() else "-" for c in key)


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
) -> Response:
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        sent, told = sent_of(work, caller.scope, case_id) or (), told_in_app(work, caller.scope, case_id) or ()
        accounts = {name for each in sent for name in (each.recipient, each.instead_of, each.handled_by)}
        accounts |= {each.account for each in told} | {who for each in told for who, _ in each.read_by}
        people = People(case, masked_names(work, case_id), staff_names(work, accounts))
    return page(
        request,
        "case_pages/messages.html",
        title=f"通知 {case_id}",
        status=status,
        case_id=case_id,
        lines=[_shown(each, people) for each in sent],
        told=[_told(each, people) for each in told],
        field=_field,
        form=form,
        mistakes=mistakes,
        handles=caller.role in HANDLERS,
    )


def _shown(sent: Sent, people: People) -> Shown:
    to_do = TO_DO.get(sent.state, "") if sent.handled_by is None else ""
    handled_by = f"{people.account(sent.handled_by)}已用其他方式告知：{sent.note}" if sent.handled_by else ""
    return Shown(
        sent=sent,
        title=title_of(sent.notice),
        whom=_whom(sent, people),
        instead_of=people.account(sent.instead_of) if sent.instead_of else "",
        tone="calm" if sent.handled_by else STATE_TONES[sent.state],
        means=MEANS.get(sent.state, ""),
        to_do=to_do,
        handled=handled_by,
    )


def _whom(sent: Sent, people: People) -> str:
    if sent.role is None:
        return people.member(sent.recipient)
    return f"{sent.role.words} {people.account(sent.recipient)}"


def _told(told: ToldInApp, people: People) -> tuple[object, str, str, str]:
    whom = f"{told.role.words} {people.account(told.account)}" if told.account else f"能看到本案的{told.role.words}"
    read_by = "、".join(people.account(who) for who, _ in told.read_by)
    return told.at, title_of(told.notice), whom, f"{read_by}已看" if read_by else "还没有人看过"
