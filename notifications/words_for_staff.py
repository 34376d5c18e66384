"""The words (用词) of the notices that staff receive; how words are filled and spoken is in `words.py`."""

from dataclasses import dataclass
from datetime import date

from notifications.words import NoticeWords


@dataclass(frozen=True, slots=True)
class HelperAssigned(NoticeWords):
    household: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class HelperTakesOver(NoticeWords):
    """A helper is named while no promise is running: the household is employed, overdue, or awaits restoration."""

    household: str


@dataclass(frozen=True, slots=True)
class ServicesLagging(NoticeWords):
    """`missing` names what is still to be done, as in 本人（M1）职业指导1次、推荐岗位2次."""

    household: str
    missing: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class PromiseDueSoon(NoticeWords):
    """`days_left` is counted in working days."""

    household: str
    promise_due: date
    days_left: int


@dataclass(frozen=True, slots=True)
class PromiseOverdue(NoticeWords):
    household: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class PromiseOverdueSupervisor(NoticeWords):
    household: str
    helper: str
    promise_due: date


@dataclass(frozen=True, slots=True)
class FollowUpDue(NoticeWords):
    household: str
    due_on: date


@dataclass(frozen=True, slots=True)
class JobLossReported(NoticeWords):
    """`then` is what follows: 待县级恢复认定, or that the promise which was never met goes on."""

    household: str
    helper: str
    lost_on: date
    then: str


@dataclass(frozen=True, slots=True)
class HelpPauses(NoticeWords):
    household: str
    effect_on: date


@dataclass(frozen=True, slots=True)
class HelpResumes(NoticeWords):
    """`then` is what the helper has to go on with: the promise's new day, or the open tasks."""

    household: str
    then: str


@dataclass(frozen=True, slots=True)
class AppealToDecide(NoticeWords):
    household: str
    review_by: date
