"""Keeping what a form means for later (离线登记): without a connection, or for a household that is somebody else's now.

Nothing of a household is stored in the phone.  Without a connection the filled-in page stays open (`30-doorstep.js`)
and remembers only when it was to be sent; once sent it is an offline entry of that moment (scenario 81).  What cannot
be taken waits on the list of `offline.py`; for a household that was handed on it goes to whoever answers for it now.
"""

from datetime import UTC, datetime, timedelta

from casework.errors import Conflict
from console.doorstep.reading_jobs import AT_ONCE, LATER
from console.doorstep.taking import key_of
from console.doorstep.typed import NEW, Act, Planned
from console.forms import Form
from desk import offline_entries
from desk.case_client import EngineUnavailable
from desk.desk import Caller, Desk, off_loop

NOT_WORTH_SAYING = timedelta(minutes=2)
"""A connection that was away for a moment leaves no offline entry."""

LONGEST_AWAY = timedelta(days=30)
WAITS = "offline_entry_waiting"
SETTLED = "offline_entry_settled"


def noted_at(form: Form, now: datetime) -> datetime | None:
    """Return when the form was to be sent first, without a connection; None when it was not, or just now."""
    at = _instant(form.text("noted_at"), now)
    return at if at is not None and now - at > NOT_WORTH_SAYING else None


def filled_at(form: Form, now: datetime) -> datetime:
    """Return when the form was opened: the same each time it is sent, so that it is kept once."""
    return _instant(form.text("filled_at"), now) or now


def _instant(typed: str | None, now: datetime) -> datetime | None:
    if typed is None or not typed.isascii() or not typed.isdigit() or len(typed) > 11:
        return None
    at = datetime.fromtimestamp(int(typed), UTC)
    return at if timedelta(0) <= now - at < LONGEST_AWAY else None


async def keep_all(
    desk: Desk, caller: Caller, case_id: str, form: Form, planned: Planned, at: datetime, now: datetime
) -> tuple[str, ...]:
    """Keep every act as an entry of that moment and try each; return the ids of those that wait."""
    waiting: list[str] = []
    referral = ""
    for number, act in enumerate(planned.acts):
        kept = _readable(act, form) if NEW in act.values.values() and not referral else act.about(referral)
        try:
            entry = await offline_entries.sync(
                desk,
                caller,
                device_key=key_of(form, number),
                case_id=case_id,
                step=kept.trigger,
                recorded_at=at,
                content=kept.content,
                now=now,
            )
            referral = f"R{entry.seq}" if act.trigger == "record_referral" else referral
        except Conflict as no:
            if no.code not in (WAITS, SETTLED):
                raise
            if no.code == WAITS:
                waiting.append(str(no.details["entry_id"]))
        except EngineUnavailable:
            waiting.append("")
    return tuple(waiting)


async def hand_all_over(desk: Desk, caller: Caller, entries: tuple[str, ...], now: datetime) -> None:
    """Hand entries over to whoever answers for the household now."""
    for entry_id in entries:
        if entry_id:
            await off_loop(offline_entries.give, desk, caller, entry_id, now)


def _readable(act: Act, form: Form) -> Act:
    """Turn an answer to a job that is not on record into a contact that tells it: a draft must stand by itself."""
    said = dict((*AT_ONCE, *LATER)).get(form.text("answer") or "", "")
    note = f"推荐岗位时的答复：{said}。{form.text('statement') or ''}"
    on = act.values.get("on")
    return Act("record_contact", {"on": on, "channel": "visit", "outcome": "reached", "note": note})
