"""What was noted without a connection (离线登记) and could not be taken: try again, correct, hand over, discard."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.commands import COMMANDS
from casework.errors import CaseworkError, Conflict
from console import words
from console.asking import Helper, Posted, for_roles
from console.doorstep.entry_words import told_content
from console.doorstep.keeping import SETTLED, WAITS
from console.doorstep.kinds import KINDS
from console.doorstep.today import HELPERS
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go
from desk import offline_entries
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from records.offline_entries import OfflineEntry
from records.worklists import LONGEST_LIST

router = APIRouter()

NOTES = {
    "kept": "已存下，没有办成。请在下面选择怎样处理。",
    "given": "已移交给现在的帮扶责任人，由其接手办理。",
    "taken": "已办理。",
    "dropped": "已放弃，原因已记录。",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the list shows it."""

    entry_id: str
    case_id: str
    title: str
    noted: str
    state: str
    message: str
    content: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]
    correct: str


@router.get("/doorstep/offline", **for_roles(HELPERS))
def entries(
    request: Request, desk: OurDesk, caller: Helper, kept: str = "", given: str = "", taken: str = "", dropped: str = ""
) -> Response:
    """Show what still wants something done, one's own and what was handed over."""
    flags = {"kept": kept, "given": given, "taken": taken, "dropped": dropped}
    said = next((NOTES[name] for name, flag in flags.items() if flag), "")
    return _list(request, desk, caller, said)


@router.post("/doorstep/offline/{entry_id}/again", **for_roles(HELPERS))
async def again(request: Request, entry_id: str, desk: OurDesk, caller: Helper, now: Now) -> Response:
    """Take the step of an entry as it was noted: one's own again, or a colleague's in one's own name."""
    try:
        await offline_entries.adopt(desk, caller, entry_id, None, now)
    except (Conflict, EngineUnavailable, AcceptedNotRecorded) as no:
        return await off_loop(_refused, request, desk, caller, no)
    return go("/doorstep/offline?taken=1")


@router.post("/doorstep/offline/{entry_id}/hand-over", **for_roles(HELPERS))
def hand_over(request: Request, entry_id: str, desk: OurDesk, caller: Helper, now: Now) -> Response:
    try:
        offline_entries.give(desk, caller, entry_id, now)
    except Conflict as no:
        return _refused(request, desk, caller, no)
    return go("/doorstep/offline?given=1")


@router.post("/doorstep/offline/{entry_id}/discard", **for_roles(HELPERS))
async def discard(request: Request, entry_id: str, desk: OurDesk, caller: Helper, now: Now, form: Posted) -> Response:
    """Discard an entry; why is written down with it."""
    reason = form.text("reason")
    if reason is None:
        return await off_loop(_unexplained, request, desk, caller, entry_id, form)
    try:
        await off_loop(offline_entries.drop, desk, caller, entry_id, reason[:2000], now)
    except Conflict as no:
        return await off_loop(_refused, request, desk, caller, no)
    return go("/doorstep/offline?dropped=1")


def _refused(request: Request, desk: Desk, caller: Caller, no: CaseworkError) -> Response:
    if no.code == SETTLED:
        return go("/doorstep/offline")
    status = 409 if no.code == WAITS or isinstance(no, Conflict) else 503
    return _list(request, desk, caller, "", status, (Mistake(None, no.message),))


def _unexplained(request: Request, desk: Desk, caller: Caller, entry_id: str, form: Form) -> Response:
    if entry_id not in {entry.entry_id for entry in offline_entries.unsettled(desk, caller, LONGEST_LIST)}:
        raise NotFound("离线记录")
    mistake = Mistake(f"reason-{entry_id}", "请写明为什么放弃这条记录")
    return _list(request, desk, caller, "", 422, (mistake,), form)


def _list(
    request: Request,
    desk: Desk,
    caller: Caller,
    said: str,
    status: int = 200,
    mistakes: tuple[Mistake, ...] = (),
    form: Form | None = None,
) -> Response:
    found = offline_entries.unsettled(desk, caller, LONGEST_LIST)
    return page(
        request,
        "doorstep/offline.html",
        title="离线登记",
        status=status,
        said=said,
        mistakes=mistakes,
        form=form or Form(),
        lines=tuple(_line(entry, caller) for entry in found),
    )


def _line(entry: OfflineEntry, caller: Caller) -> Line:
    kind = next((kind for kind in KINDS.values() if kind.trigger == entry.step and kind.name != "answer"), None)
    choices = offline_entries.choices_of(entry, caller)
    may_correct = kind is not None and kind.name not in ("referral",) and {"retry", "adopt"} & set(choices)
    return Line(
        entry_id=entry.entry_id,
        case_id=entry.case_id,
        title=COMMANDS[entry.step].title,
        noted=words.at(entry.recorded_at),
        state=entry.state.words,
        message=entry.message or "",
        content=told_content(entry.content),
        choices=choices,
        correct=f"/doorstep/{entry.case_id}/{kind.name}?entry={entry.entry_id}" if may_correct and kind else "",
    )
