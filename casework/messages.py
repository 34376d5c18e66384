"""Messages (短信) between the record, which plans them with an event, and the notification service, which sends them.

Only the shapes live here, because both rooms need them and neither may import the other.  A message is a row under a
unique key.  Its life:

    planned → sending → sent → confirmed | failed          planned → suppressed | failed
                 ↓  ↘ planned (certainly not taken: later, or by the other gateway)
              doubtful → sent | confirmed | failed | planned (looked up: certainly not there) | unknown

`unknown` is final: nobody could find out, and a person has to.  Only a receipt that comes late may still settle it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageState(StrEnum):
    """How far a message is."""

    PLANNED = "planned"
    SENDING = "sending"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    SUPPRESSED = "suppressed"

    @property
    def open(self) -> bool:
        """True while the service still has something to do."""
        return self in (MessageState.PLANNED, MessageState.SENDING, MessageState.DOUBTFUL)

    @property
    def words(self) -> str:
        """What a screen shows."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    MessageState.PLANNED: "待发",
    MessageState.SENDING: "发送中",
    MessageState.DOUBTFUL: "核实中",
    MessageState.UNKNOWN: "无法确认",
    MessageState.SENT: "已发出",
    MessageState.CONFIRMED: "已送达",
    MessageState.FAILED: "未送达",
    MessageState.SUPPRESSED: "不再需要",
}


def message_key(case_id: str, seq: int, notice: str, recipient: str) -> str:
    """Return the unique key of a message; `recipient` is an account, member or area id, never a name or a phone."""
    return f"{case_id}/{seq}/{notice}/{recipient}"


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """One open row.  `planned_at` is when the notice was due, `not_before` when it may be tried (again).

    `attempt_id`, `attempted_at` and `gateway` are those of the last claim; instants are business time in UTC.
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
    gateway: str | None = None


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

    `code` is stable and free of personal data.  `not_before` goes with `planned` and `doubtful`.
    `late` is true when the message went out more than an hour after it should have.
    """

    state: MessageState
    code: str = ""
    note: str = ""
    gateway_id: str = ""
    parts: int = 0
    late: bool = False
    not_before: datetime | None = None
