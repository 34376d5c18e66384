"""What a step did, or would do (办理结果), in words for a page: the reason, the clocks, the tasks, who is told.

The same for an event of the record and for one that was only foreseen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casework.clock_changes import clock_changes
from casework.clock_history import Happened
from casework.clocks import Clock
from casework.commands import COMMANDS
from casework.events import ClosedTask, NoticeDue, StoppedClock
from casework.explanation import Why
from casework.states import Actor, Role, State
from casework.tasks import TASK_KINDS, Task
from console.steps.choosing import People
from console.words import day
from notifications.catalog import NOTICES
from records.accounts import account_of
from records.engine import Reading
from records.offices import office_for


class Event(Happened, Protocol):
    """What is asked of an event, recorded or foreseen."""

    @property
    def by(self) -> Actor: ...
    @property
    def source(self) -> State | None: ...
    @property
    def why(self) -> Why: ...
    @property
    def opened(self) -> tuple[Task, ...]: ...
    @property
    def closed(self) -> tuple[ClosedTask, ...]: ...
    @property
    def notices(self) -> tuple[NoticeDue, ...]: ...
    @property
    def started(self) -> tuple[Clock, ...]: ...
    @property
    def stopped(self) -> tuple[StoppedClock, ...]: ...
    @property
    def on(self) -> date: ...


LONG = 80
"""Characters beyond which a fact (the days of a count, one by one) is shown only to whoever asks."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a page tells it."""

    title: str
    says: str
    facts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    clause: str
    moves: str
    clocks: tuple[str, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    notices: tuple[str, ...]
    ends: bool


def told(work: Reading, event: Event, before: tuple[Happened, ...], people: People) -> Told:
    """Tell an event; `before` are the events that came before it, for what became of the clocks."""
    facts = [(fact.label, fact.value) for fact in event.why.facts]
    return Told(
        title=COMMANDS[event.trigger].title,
        says=event.why.says,
        facts=tuple(fact for fact in facts if len(fact[1]) <= LONG),
        details=tuple(fact for fact in facts if len(fact[1]) > LONG),
        clause=event.why.clause,
        moves=_moves(event),
        clocks=clock_changes((*before, event)).get(event.seq, ()),
        opened=tuple(_opened(task) for task in event.opened),
        closed=tuple(TASK_KINDS[task.kind].words for task in event.closed if task.done),
        notices=tuple(_notice(work, notice, people) for notice in event.notices),
        ends=event.target is State.EXITED,
    )


def _moves(event: Event) -> str:
    if event.source is None or event.source is event.target:
        return f"个案状态不变，仍为“{event.target.words}”。"
    return f"个案由“{event.source.words}”变为“{event.target.words}”。"


def _opened(task: Task) -> str:
    name = task.title or TASK_KINDS[task.kind].words
    limit = f"，{day(task.due_on)}前办结{'（内部时限）' if task.internal else ''}" if task.due_on else ""
    return f"{name}：由{task.role.words}办理{limit}"


def _notice(work: Reading, notice: NoticeDue, people: People) -> str:
    known = NOTICES.get(notice.name)
    how = "、".join(channel.words for channel in notice.channels)
    return f"{_whom(work, notice, people)}：{known.title if known else notice.name}（{how}）"


def _whom(work: Reading, notice: NoticeDue, people: People) -> str:
    if notice.role is None:
        return f"申请人 {people.words(notice.recipient)}"
    if notice.role is Role.HELPER:
        account = account_of(work, notice.recipient)
        return f"{notice.role.words} {(account.name if account else '') or notice.recipient}"
    office = office_for(work, notice.recipient)
    return f"{office.name if office else notice.recipient}的{notice.role.words}"
