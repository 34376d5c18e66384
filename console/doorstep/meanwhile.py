"""What changed while a helper was filling in a form (期间的变化): who did what, and when; and that the day is another.

A form is stopped once for what somebody else did, for a change of the case's state, for the same step by the helper
itself (a second window), and for a form of another day; it goes on with "仍然保存".  Nobody's work is passed over, and
nothing typed is lost.
"""

from dataclasses import dataclass

from casework.commands import COMMANDS
from casework.states import Role
from console import words
from console.doorstep.at_hand import AtHand
from console.forms import Form
from console.typed_values import day_or_none
from desk.desk import Caller, Desk
from records.applicants import staff_names
from records.offline_entries import entry_id_of
from records.timeline import TimelineEvent, timeline

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: when, who did it, what it was."""

    at: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What to look at before a form is saved; `mark` says that this very state was looked at."""

    mark: str
    changes: tuple[Change, ...] = ()
    more: int = 0
    opened_on: str = ""
    today: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.changes or self.opened_on)


def meanwhile(desk: Desk, caller: Caller, hand: AtHand, form: Form, trigger: str) -> Meanwhile:
    """Return what happened since the form was opened; nothing once it was looked at and nothing more has happened."""
    mark = f"{hand.row.seq}.{hand.today.isoformat()}"
    if form.text("checked") == mark:
        return Meanwhile(mark)
    opened_on = day_or_none(form.text("filled_on"))
    late = opened_on if opened_on is not None and opened_on < hand.today else None
    with desk.record.read() as work:
        seen = _seq(form.text("seen"), hand.row.seq)
        events = [] if seen >= hand.row.seq else timeline(work, caller.scope, hand.case.case_id) or ()
        since = [event for event in events if event.seq > seen]
        own = {f"{caller.account}:{key}" for key in (form.key, entry_id_of(work, caller.account, form.key))}
        names = staff_names(work, {event.by.account for event in since})
    if any(event.command_id in own for event in since):  # sent twice: the step answers as it did the first time
        return Meanwhile(mark)
    if not any(_matters(event, caller, trigger) for event in since):
        since = []
    told = tuple(_change(event, caller, names) for event in since[-MOST_SHOWN:])
    return Meanwhile(mark, told, len(since) - len(told), words.day(late) if late else "", words.day(hand.today))


def _matters(event: TimelineEvent, caller: Caller, trigger: str) -> bool:
    if event.source is not event.target:
        return True
    if event.by.account == caller.account:
        return event.trigger == trigger
    return event.by.role is not Role.SYSTEM


def _change(event: TimelineEvent, caller: Caller, names: dict[str, str]) -> Change:
    by = event.by
    who = "您本人" if by.account == caller.account else names.get(by.account) or by.account
    who = "系统（时限）" if by.role is Role.SYSTEM else f"{who}（{by.role.words}）"
    return Change(words.at(event.at), who, f"{COMMANDS[event.trigger].title}：{event.why.says}")


def _seq(typed: str | None, now: int) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 9 else now
