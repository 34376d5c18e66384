"""Messages (短信) between the record, which plans them with an event, and the notification service, which sends them.

Only the shapes live here, because both rooms need them and neither may import the other.  A message is a row under a
unique key.  Its life:

    planned → sending → sent → confirmed | failed          planned → suppressed | failed
                 ↓  ↘ planned (certainly not taken: later)
              unknown → sent | confirmed | failed | planned (looked up: certainly not there)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageState(StrEnum):
    """How far a message is."""

    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    SUPPRESSED = "suppressed"

    @property
    def open(self) -> bool:
        """True while the service still has something to do."""
        return self in (MessageState.PLANNED, MessageState.SENDING, MessageState.UNKNOWN)


def message_key(case_id: str, seq: int, notice: str, recipient: str) -> str:
    """Return the unique key of a message; `recipient` is an account, member or area id, never a name or a phone."""
    return f"{case_id}/{seq}/{notice}/{recipient}"


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """One open row.  `planned_at` is when the notice was due, `not_before` when it may be tried (again).

    `attempt_id` and `attempted_at` are those of the last claim; instants are business time in UTC.
    """

    key: str
    case_id: str
    seq: int
    notice: str
    state: MessageState
    planned_at: datetime
    not_before: datetime | None = None
    attempt_id: str | None = None
    attempted_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom and what to write, looked up at the moment of sending.

    `to` labels the recipient without personal data (as in 帮扶责任人-h07); `phone` is None when none is known.
    `words` are all words of the notice as text: those the event brought (ISO dates, digits) and those looked up.
    """

    to: str
    phone: str | None
    sign: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of an attempt: the row's new state and what to remember with it.

    `code` is stable and free of personal data.  `not_before` goes with `planned` and `unknown`.
    `late` is true when the message went out more than an hour after it should have.
    """

    state: MessageState
    code: str = ""
    note: str = ""
    gateway_id: str = ""
    parts: int = 0
    late: bool = False
    not_before: datetime | None = None
