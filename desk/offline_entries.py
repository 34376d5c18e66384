"""Offline entries (离线登记) at the desk: keep, try as a step, hand over, adopt, discard (scenario 81).

What arrives is kept first and only then tried, with the rights its sender has now.  What is refused waits for a choice:
the sender tries again, hands it over to whoever answers for the case now, or discards it with a reason.  Whoever it is
handed over to sees a draft and takes the step in its own name; the event's why names who noted it, and when.
"""

from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from casework.commands import COMMANDS, OF_PEOPLE
from casework.commands.request import Offline
from casework.commands.review import Apply
from casework.errors import CaseworkError, Conflict, NotYourStep, SaidNo, StepNotInTable
from desk.bodies import Body, body_of
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound, or_not_found
from desk.step_checks import roles_of
from desk.steps import take_step
from records import case_files
from records.helper_loads import has_helped
from records.offline_entries import (
    EntryState,
    OfflineEntry,
    begin_taking,
    discard,
    entries_for,
    entry_for,
    hand_over,
    keep_entry,
    refused,
    taken,
)
from records.standing_in import standing_of

FAST_CLOCK = timedelta(minutes=10)
"""How far a device's clock may be ahead of the desk's."""

NO = (StepNotInTable, NotYourStep, SaidNo, Conflict, NotFound)
"""What leaves nothing behind in the case, so that the entry may wait for a choice."""

NOT_YOURS_NOW = "这户现在不由您办理（可能已改派，或代办已结束），这一步没有办理。"
KEPT = "记录已保存，不会丢失，请选择："


async def sync(
    desk: Desk,
    caller: Caller,
    *,
    device_key: str,
    case_id: str,
    step: str,
    recorded_at: datetime,
    content: dict[str, Any],
    now: datetime,
) -> OfflineEntry:
    """Keep what a device noted and try it; the same key of the device again is the same entry.

    Raises `Conflict` (`offline_entry_waiting` with the choices, `offline_entry_settled`) or what `take_step` raises
    while the engine or the record is away; the entry is kept in every case.
    """
    if step not in OF_PEOPLE or issubclass(COMMANDS[step], Apply):  # a case is opened at the window
        raise SaidNo("step_unknown", "没有这个步骤，请核对步骤代码。", field="step")
    if recorded_at > now + FAST_CLOCK and not desk.drill:
        raise SaidNo("recorded_in_future", "离线登记的时间晚于现在，请核对设备的时钟。", field="recorded_at")

    def keep() -> OfflineEntry:
        with desk.record.write() as work:
            return keep_entry(
                work,
                account=caller.account,
                device_key=device_key,
                case_id=case_id,
                step=step,
                recorded_at=recorded_at,
                content=content,
                now=now,
            )

    entry = await off_loop(keep)
    if entry.state is EntryState.TAKEN:
        return entry
    if entry.state in (EntryState.HANDED_OVER, EntryState.DISCARDED):
        raise _settled(entry)
    return await _take(desk, caller, entry, content, now)


async def adopt(
    desk: Desk, caller: Caller, entry_id: str, content: dict[str, Any] | None, now: datetime
) -> OfflineEntry:
    """Take the step of a waiting or handed-over entry in the caller's own name, with the content as noted or corrected.

    Raises as `sync` does, and `NotFound` for an entry that is not the caller's to see.
    """
    entry = await off_loop(_entry, desk, caller, entry_id)
    if entry.state is EntryState.TAKEN and entry.taken_by == caller.account:
        return entry
    if entry.state in (EntryState.TAKEN, EntryState.DISCARDED):
        raise _settled(entry)
    return await _take(desk, caller, entry, entry.content if content is None else content, now)


def give(desk: Desk, caller: Caller, entry_id: str, now: datetime) -> OfflineEntry:
    """Hand an entry of the caller's own over to whoever answers for the case now.

    Only somebody who had to do with the case on the day of the entry may: nobody puts drafts into others' cases.
    """
    with desk.record.write() as work:
        entry = _own(or_not_found(entry_for(work, caller.scope, entry_id), "离线记录"), caller)
        if entry.state is EntryState.HANDED_OVER:
            return entry
        standing = standing_of(work, caller.account).on(entry.recorded_on)
        seen = case_files.get(work, caller.scope, entry.case_id) is not None
        if not seen and not has_helped(work, entry.case_id, (caller.account, *standing)):
            raise NotFound
        if not hand_over(work, entry_id, now):
            raise _settled(entry)
        return or_not_found(entry_for(work, caller.scope, entry_id), "离线记录")


def drop(desk: Desk, caller: Caller, entry_id: str, reason: str, now: datetime) -> None:
    """Discard an entry with a reason: one's own while it waits, or one that was handed over to the caller."""
    with desk.record.write() as work:
        entry = or_not_found(entry_for(work, caller.scope, entry_id), "离线记录")
        if entry.state is EntryState.DISCARDED and entry.taken_by == caller.account:
            return
        handed = caller.role in roles_of(entry.step) and entry.handed_at is not None
        if entry.account != caller.account and not handed:
            raise NotFound("离线记录")
        states = (EntryState.WAITING, EntryState.HANDED_OVER)
        if not discard(work, entry_id, caller.account, reason, states, now):
            raise _settled(entry)


def unsettled(desk: Desk, caller: Caller, limit: int) -> tuple[OfflineEntry, ...]:
    """Return the caller's own entries and the drafts handed over to it that still want something done."""
    with desk.record.read() as work:
        return entries_for(work, caller.scope, limit)


def choices_of(entry: OfflineEntry, caller: Caller) -> tuple[str, ...]:
    """Return what the caller may do with an entry: retry, hand_over, adopt, discard."""
    if entry.state is EntryState.WAITING:
        return ("retry", "hand_over", "discard") if entry.account == caller.account else ()
    if entry.state is EntryState.HANDED_OVER:
        if entry.account == caller.account:
            return ("discard",)
        return ("adopt", "discard") if caller.role in roles_of(entry.step) else ()
    if entry.state is EntryState.TAKING and entry.taken_by == caller.account:
        return ("adopt",) if entry.handed_at else ("retry",)
    return ()


async def _take(
    desk: Desk, caller: Caller, entry: OfflineEntry, content: dict[str, Any], now: datetime
) -> OfflineEntry:
    if not await off_loop(_begin, desk, caller, entry.entry_id):
        raise Conflict("offline_entry_being_taken", "这条离线记录正由另一人办理，请稍后刷新查看。")
    seq = await off_loop(_already, desk, caller, entry)
    if seq is None:
        try:
            noted = Offline(account=entry.account, on=entry.recorded_on)
            body = _body(entry.step, content)
            done = await take_step(
                desk, caller, entry.case_id, entry.step, body, entry.entry_id, offline=noted, now=now
            )
            seq = done.seq
        except NO as no:
            raise (await off_loop(_waits, desk, caller, entry, no)) from None
    await off_loop(_taken, desk, caller, entry.entry_id, seq, now)
    return await off_loop(_entry, desk, caller, entry.entry_id)


def _begin(desk: Desk, caller: Caller, entry_id: str) -> bool:
    with desk.record.write() as work:
        return begin_taking(work, entry_id, caller.account)


def _already(desk: Desk, caller: Caller, entry: OfflineEntry) -> int | None:
    """Return the event an earlier try became, whose answer was lost; the caller may have lost the case since."""
    with desk.record.read() as work:
        event = case_files.event_by_command(work, entry.case_id, f"{caller.account}:{entry.entry_id}")
    return event.seq if event else None


def _taken(desk: Desk, caller: Caller, entry_id: str, seq: int, now: datetime) -> None:
    with desk.record.write() as work:
        taken(work, entry_id, caller.account, seq, now)


def _waits(desk: Desk, caller: Caller, entry: OfflineEntry, no: CaseworkError) -> Conflict:
    """Write the refusal down and return it with the choices."""
    message = NOT_YOURS_NOW if isinstance(no, NotFound) else no.message
    with desk.record.write() as work:
        refused(work, entry, caller.account, no.code, message)
        entry = or_not_found(entry_for(work, caller.scope, entry.entry_id), "离线记录")
    choices = choices_of(entry, caller)
    return Conflict(
        "offline_entry_waiting",
        f"{message}{KEPT}{'、'.join(CHOICE_WORDS[choice] for choice in choices)}。",
        field=no.field,
        clause=no.clause,
        details={"entry_id": entry.entry_id, "refused": no.code, "choices": list(choices)},
    )


CHOICE_WORDS = {
    "retry": "更正后再办理",
    "hand_over": "移交给现在的责任人",
    "adopt": "接手办理",
    "discard": "写明原因后放弃",
}


def _settled(entry: OfflineEntry) -> Conflict:
    details: dict[str, str | list[str]] = {"entry_id": entry.entry_id, "state": entry.state.value}
    if entry.seq is not None:
        details["seq"] = str(entry.seq)
    return Conflict("offline_entry_settled", f"这条离线记录{entry.state.words}，不必再办。", details=details)


def _own(entry: OfflineEntry, caller: Caller) -> OfflineEntry:
    if entry.account != caller.account:
        raise NotFound("离线记录")
    return entry


def _entry(desk: Desk, caller: Caller, entry_id: str) -> OfflineEntry:
    with desk.record.read() as work:
        return or_not_found(entry_for(work, caller.scope, entry_id), "离线记录")


def _body(step: str, content: dict[str, Any]) -> Body:
    """Return the body of the step; what was noted may have been wrong, and is kept all the same."""
    try:
        return body_of(step).model_validate(content)
    except ValidationError as error:
        names = list(dict.fromkeys(str(problem["loc"][0]) for problem in error.errors() if problem["loc"]))
        known = [name for name in names if name in body_of(step).model_fields]
        words = "、".join(known) or "有该步骤没有的项"
        raise SaidNo(
            "content_wrong", f"离线登记的内容有误（{words}），请更正。", field=next(iter(known), None)
        ) from None
