"""The words (用词) of the notices around the promise: suspension, ladder, relocation, steady work, guaranteed posts."""

from dataclasses import dataclass
from datetime import date

from notifications.words import NoticeWords


@dataclass(frozen=True, slots=True)
class PromiseSuspended(NoticeWords):
    """`then` says what becomes of the due day: 到期日为2026年11月6日, or that it is counted again after."""

    then: str


@dataclass(frozen=True, slots=True)
class PromiseResumed(NoticeWords):
    then: str


@dataclass(frozen=True, slots=True)
class PromiseEscalated(NoticeWords):
    """To a level further up: the promise was missed and is still not met."""

    household: str
    helper: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class RelocationDueSoon(NoticeWords):
    household: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class RelocationOverdue(NoticeWords):
    household: str
    helper: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class UnsteadyJob(NoticeWords):
    household: str
    helper: str
    due_on: date


@dataclass(frozen=True, slots=True)
class GuaranteedPostOwed(NoticeWords):
    household: str
    within: str
