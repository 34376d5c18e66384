"""The words (用词) of the notices that a household receives; how words are filled and spoken is in `words.py`."""

from dataclasses import dataclass, field
from datetime import date

from notifications.words import IN_FULL, NoticeWords


@dataclass(frozen=True, slots=True)
class ApplicationReceived(NoticeWords):
    received_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class PublicityStarted(NoticeWords):
    """`ends_on` is the last counted day; it stays up until its 24:00 (J5)."""

    posted_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Certified(NoticeWords):
    """`promise` says until when the office means to find work; counted from discovery that day may have passed."""

    certified_on: date = field(metadata=IN_FULL)
    promise: str


@dataclass(frozen=True, slots=True)
class NotRecognised(NoticeWords):
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class RefusalWarning(NoticeWords):
    """`counted` unjustified refusals of one member stand; at `threshold` within `window` an exit is proposed."""

    counted: int
    threshold: int
    window: str
    clause: str


@dataclass(frozen=True, slots=True)
class ExitProposed(NoticeWords):
    reason: str
    clause: str
    respond_by: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class ExitProposalWithdrawn(NoticeWords):
    reason: str


@dataclass(frozen=True, slots=True)
class ExitDecided(NoticeWords):
    reason: str
    clause: str
    exited_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class ExitAppealable(NoticeWords):
    """`effect` says from when the exit holds, of a revocation also what it takes back; `appeal_by` is the last day."""

    reason: str
    clause: str
    effect: str
    appeal_by: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class ExitDecisionLifted(NoticeWords):
    reason: str
    goes_on: str


@dataclass(frozen=True, slots=True)
class AppealReceived(NoticeWords):
    raised_on: date = field(metadata=IN_FULL)
    review_by: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class AppealDismissed(NoticeWords):
    reason: str
    clause: str
    exited_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class EmploymentConfirmed(NoticeWords):
    employed_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class Restored(NoticeWords):
    restored_on: date = field(metadata=IN_FULL)
    promise_due: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(NoticeWords):
    on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class PublicityInterrupted(NoticeWords):
    on: date


@dataclass(frozen=True, slots=True)
class SupplementAsked(NoticeWords):
    """`papers` says what to bring in general words; the office waits until 24:00 of `until` (A29)."""

    papers: str
    until: date = field(metadata=IN_FULL)
