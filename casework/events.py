"""What happened: one event per accepted command, with its explanation and the case after it.

An event is all that the record lane needs for its one transaction, and all that is needed to start the case again.
"""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from casework.case import Case
from casework.clocks import Clock
from casework.explanation import Why
from casework.household import Facts
from casework.states import Actor, Role, State
from casework.tasks import Task


class ClosedTask(Facts):
    """A task this event ended; `done` is False when the event made it pointless."""

    task_id: str
    kind: str
    done: bool


class StoppedClock(Facts):
    """A clock this event ended before or at its due day."""

    key: str
    kind: str


class Channel(StrEnum):
    """How a notice reaches somebody (渠道)."""

    SMS = "sms"
    IN_APP = "in_app"

    @property
    def words(self) -> str:
        return {"sms": "短信", "in_app": "站内"}[self.value]


class NoticeDue(Facts):
    """A notice (通知) that this event calls for.  Words are facts without personal data, by name.

    `recipient` is an account id (helper), a member id (applicant), or the code of the office or area whose people of
    this role are meant; the record service resolves it to people.  An event of an earlier release knew SMS alone.
    """

    name: str
    role: Role | None
    recipient: str
    words: dict[str, str] = Field(default_factory=dict)
    not_before: datetime
    channels: tuple[Channel, ...] = (Channel.SMS,)


class CaseEvent(Facts):
    """Event `seq` of a case.  `at` is business time (UTC), `on` its legal date in Shanghai."""

    case_id: str
    seq: int
    trigger: str
    at: datetime
    on: date
    by: Actor
    command_id: str
    clock_offset: int
    source: State | None
    target: State
    why: Why
    about: str | None = None
    text_ids: tuple[str, ...] = ()
    opened: tuple[Task, ...] = ()
    closed: tuple[ClosedTask, ...] = ()
    started: tuple[Clock, ...] = ()
    stopped: tuple[StoppedClock, ...] = ()
    notices: tuple[NoticeDue, ...] = ()
    case: Case

    @property
    def sends(self) -> bool:
        """True when something of it has to be sent; what stands in an in-app list is there with the event."""
        return any(Channel.SMS in notice.channels for notice in self.notices)


class Receipt(Facts):
    """What the caller of a step is told when the event is on record."""

    case_id: str
    seq: int
    trigger: str
    state: State
    at: datetime
    by: Actor | None = None
    why: Why
    about: str | None = None
    opened: tuple[Task, ...] = ()
    closed: tuple[ClosedTask, ...] = ()
    notices: tuple[str, ...] = ()


def receipt(event: CaseEvent) -> Receipt:
    """Return the short answer for an event."""
    return Receipt(
        case_id=event.case_id,
        seq=event.seq,
        trigger=event.trigger,
        state=event.target,
        at=event.at,
        by=event.by,
        why=event.why,
        about=event.about,
        opened=event.opened,
        closed=event.closed,
        notices=tuple(n.name for n in event.notices),
    )
