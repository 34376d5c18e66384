"""The words (用词) of notices about lives that go on (变更、转移、监控、撤销消除); see `words.py`."""

from dataclasses import dataclass, field
from datetime import date

from notifications.words import IN_FULL, NoticeWords


@dataclass(frozen=True, slots=True)
class HouseholdChanged(NoticeWords):
    """A change of the household is on file; what it is, is not for a text message."""

    changed_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class EliminationWithdrawn(NoticeWords):
    """A job was found not to be real; how to object is in the template."""

    withdrawn_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class CaseTransferred(NoticeWords):
    """`office_phone` is the new office's."""

    moved_on: date


@dataclass(frozen=True, slots=True)
class HouseholdChangedStaff(NoticeWords):
    household: str
    changed_on: date


@dataclass(frozen=True, slots=True)
class EliminationWithdrawnStaff(NoticeWords):
    """`then` is what follows, as in JobLossReported."""

    household: str
    helper: str
    then: str


@dataclass(frozen=True, slots=True)
class CaseTransferredStaff(NoticeWords):
    household: str
    moved_on: date


@dataclass(frozen=True, slots=True)
class CaseTransferredAway(NoticeWords):
    """For those who no longer see the case: its number and where it went."""

    moved_on: date
    to_office: str


@dataclass(frozen=True, slots=True)
class MonitoringOpened(NoticeWords):
    opened_on: date


@dataclass(frozen=True, slots=True)
class MonitoringEnded(NoticeWords):
    ended_on: date


@dataclass(frozen=True, slots=True)
class AssistanceOpened(NoticeWords):
    """Nobody of a monitored household works any more; nothing is recognised yet."""

    opened_on: date = field(metadata=IN_FULL)


@dataclass(frozen=True, slots=True)
class AssistanceOpenedStaff(NoticeWords):
    household: str
    opened_on: date
