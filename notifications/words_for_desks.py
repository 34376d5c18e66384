"""The words (用词) of notices about work: to people at a desk, and to helpers about what others decided.

How words are filled and spoken is in `words.py`.
"""

from dataclasses import dataclass
from datetime import date

from notifications.words import NoticeWords


@dataclass(frozen=True, slots=True)
class OfACase(NoticeWords):
    """Nothing beside the case: what to do is in the text and in the case."""

    household: str


@dataclass(frozen=True, slots=True)
class TaskOpened(OfACase):
    """`step` opened `tasks`; `due` says until when, as in 期限10月12日."""

    step: str
    tasks: str
    due: str


@dataclass(frozen=True, slots=True)
class TaskOverdue(OfACase):
    task: str
    due_on: date


@dataclass(frozen=True, slots=True)
class TaskOverdueSupervisor(TaskOverdue):
    doer: str


@dataclass(frozen=True, slots=True)
class ApplicationDeclined(OfACase):
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectionLogged(OfACase):
    on: date


@dataclass(frozen=True, slots=True)
class SupplementLapsed(OfACase):
    """`papers` did not come within the longest wait (A29)."""

    papers: str


@dataclass(frozen=True, slots=True)
class HelperRelieved(OfACase):
    """`helper` is the new one."""

    helper: str


@dataclass(frozen=True, slots=True)
class ExitToDecide(OfACase):
    """The household may answer until `respond_by`; the county decides by `decide_by`, an internal limit."""

    reason: str
    respond_by: date
    decide_by: str


@dataclass(frozen=True, slots=True)
class HouseholdAnswered(OfACase):
    respond_by: date


@dataclass(frozen=True, slots=True)
class ExitResponseOver(HouseholdAnswered):
    """`answered` says whether the household did; `decide`, until when to decide: an internal limit."""

    answered: str
    decide: str


@dataclass(frozen=True, slots=True)
class HelpEnded(OfACase):
    reason: str
    exited_on: date


@dataclass(frozen=True, slots=True)
class EliminationRejected(OfACase):
    """`then` is what follows, as in 帮扶继续，待县级恢复认定."""

    then: str


@dataclass(frozen=True, slots=True)
class PromiseRunsAgain(OfACase):
    promise_due: date


@dataclass(frozen=True, slots=True)
class MemberAgeChanged(OfACase):
    """`standing` says whether the member is now among those to be helped."""

    member: str
    on: date
    standing: str


@dataclass(frozen=True, slots=True)
class HelperNotReached(OfACase):
    """The notice titled `about` did not reach the helper; the supervisor passes it on (A44)."""

    helper: str
    about: str
