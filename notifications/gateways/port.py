"""What a gateway (短信通道) is asked and what it may answer.  No gateway lives here; `outbox.py` is the only caller.

A gateway never waits and tries again by itself: it says what happened, and the outbox decides.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """One message on its way.  `key` names it for ever: the same key is the same message, however often it is tried.

    `to` labels the recipient without personal data (role and id); `phone` is whole and goes to the gateway alone.
    `words` are the spoken words by name, for carriers that keep the template; `text` is the body without its sign.
    `at` is the business time of this attempt.
    """

    key: str
    notice: str
    to: str
    phone: str
    sign: str
    text: str
    words: tuple[tuple[str, str], ...]
    at: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has taken the message and answers for its delivery."""

    gateway_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway will never take this message; a person must look at it."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The gateway certainly did not take the message now; it may later, not before `wait` has passed."""

    code: str
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether the gateway took the message: it must be looked up before it is sent again."""

    code: str


SendOutcome = Accepted | Refused | Unavailable | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The gateway has the message; `delivered` is None while it is under way."""

    gateway_id: str
    delivered: bool | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """The gateway does not have the message (yet): see `SmsGateway.certain_after`."""


LookupOutcome = Found | Absent | Unavailable


class SmsGateway(Protocol):
    """A way to send a text message and to ask later what became of it."""

    @property
    def certain_after(self) -> timedelta:
        """How long after an attempt `Absent` may be trusted; zero where the gateway knows at once."""
        ...

    def send(self, message: OutgoingSms) -> SendOutcome:
        """Try once to hand `message` over."""
        ...

    def lookup(self, message: OutgoingSms) -> LookupOutcome:
        """Say whether the gateway has a message with this key; `message.at` is the time of the attempt in question."""
        ...
