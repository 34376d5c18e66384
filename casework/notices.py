"""Who is told what by a notice (通知), how, and with which facts.  Texts, gateways and quiet hours: `notifications`.

The words that go with each are in `notice_words.py`.  Adding a notice: its name in a row of the table, its addressees
here, its words there; channels follow from the role unless a set below says otherwise.  That a task has opened is told
without being named (`task_notices.py`).
"""

from enum import StrEnum

from casework.case import Case
from casework.events import Channel, NoticeDue
from casework.notice_words import WORDS
from casework.ruling import Ruling, Setting
from casework.states import Actor, Role
from casework.step import Step
from casework.task_notices import tasks_told
from casework.tasks import Task

__all__ = ["ADDRESSEES", "BY_SMS_ALONE", "BY_SMS_TOO", "IN_APP_ALONE", "WORDS", "Whom", "channels_of", "notices_due"]


class Whom(StrEnum):
    """An addressee who is not simply the helper or the people of a role."""

    DOER = "doer"
    """办理人: whoever does the kind of task that the event is about."""
    FORMER_HELPER = "former_helper"
    """原帮扶责任人, when another one takes over."""
    FORMER_OFFICE = "former_office"
    """原机构的督导人员, when the case goes to another office."""


Addressee = Role | Whom | None

ADDRESSEES: dict[str, tuple[Addressee, ...]] = {
    "household_changed_staff": (Role.HELPER,),
    "case_transferred_staff": (Role.HELPER, Role.CASEWORKER, Role.SUPERVISOR),
    "assistance_opened_staff": (Role.CASEWORKER, Role.SUPERVISOR),
    "case_transferred_away": (Whom.FORMER_OFFICE,),
    "elimination_withdrawn_staff": (Role.HELPER, Role.SUPERVISOR),
    "helper_assigned": (Role.HELPER,),
    "helper_takes_over": (Role.HELPER,),
    "services_lagging": (Role.HELPER,),
    "promise_due_soon": (Role.HELPER,),
    "promise_overdue": (Role.HELPER,),
    "promise_overdue_supervisor": (Role.SUPERVISOR,),
    "promise_escalated_county": (Role.SUPERVISOR,),
    "promise_escalated_city": (Role.SUPERVISOR,),
    "promise_suspended": (None, Role.HELPER),
    "promise_resumed": (None, Role.HELPER),
    "relocation_due_soon": (Role.HELPER,),
    "relocation_overdue": (Role.HELPER, Role.SUPERVISOR),
    "unsteady_job": (Role.HELPER, Role.SUPERVISOR),
    "guaranteed_post_owed": (Role.REVIEWER, Role.SUPERVISOR),
    "follow_up_due": (Role.HELPER,),
    "job_loss_reported": (Role.HELPER, Role.SUPERVISOR),
    "returned_to_office": (Role.CASEWORKER,),
    "special_situation_recognised": (Role.CASEWORKER,),
    "application_declined": (Role.CASEWORKER,),
    "objection_logged": (Role.SUPERVISOR,),
    "supplement_lapsed": (Whom.DOER,),
    "helper_relieved": (Whom.FORMER_HELPER,),
    "household_answered": (Role.REVIEWER,),
    "exit_response_over": (Role.REVIEWER,),
    "exit_rejected": (Role.HELPER,),
    "help_ended": (Role.HELPER,),
    "elimination_rejected": (Role.HELPER,),
    "promise_runs_again": (Role.HELPER,),
    "member_age_changed": (Role.CASEWORKER,),
    "task_overdue": (Whom.DOER,),
    "promise_moved": (Role.HELPER,),
    "task_overdue_supervisor": (Role.SUPERVISOR,),
    "appeal_to_decide": (Role.SUPERVISOR,),
    "help_pauses": (Role.HELPER,),
    "help_resumes": (Role.HELPER,),
}
"""Who is told; a notice not named here goes to the applicant (None: a member of the household)."""

BY_SMS_TOO = frozenset(
    {
        "promise_overdue_supervisor",
        "promise_escalated_county",
        "promise_escalated_city",
        "relocation_overdue",
        "job_loss_reported",
        "exit_to_decide",
        "exit_response_over",
    }
)
"""Notices that people at a desk get by SMS as well, because a legal deadline hangs on them."""

IN_APP_ALONE = frozenset({"help_ended"})
"""Notices that a helper reads at the next log-in: nothing has to be done today."""

BY_SMS_ALONE = frozenset({"helper_relieved", "case_transferred_away"})
"""Notices to people who no longer see the case in the application."""

OFFICE, COUNTY, CITY = 12, 6, 4
"""Digits of an office's code, of its county's, whose reviewers see all its offices, and of its city's."""

AREAS = {"promise_escalated_county": COUNTY, "promise_escalated_city": CITY, "guaranteed_post_owed": COUNTY}
"""Notices that go to the supervisors of a wider area than the office's own."""


def channels_of(name: str, role: Role | None) -> tuple[Channel, ...]:
    """Return how a notice reaches a role: households by SMS, helpers both ways, people at a desk in the application."""
    if role is None or name in BY_SMS_ALONE:
        return (Channel.SMS,)
    by_sms = name in BY_SMS_TOO or (role is Role.HELPER and name not in IN_APP_ALONE)
    return (Channel.SMS, Channel.IN_APP) if by_sms else (Channel.IN_APP,)


def notices_due(
    row: Step, before: Case | None, ruling: Ruling, opened: tuple[Task, ...], by: Actor, setting: Setting, after: Case
) -> tuple[NoticeDue, ...]:
    """Return the notices of a step: those its row names, and one to whoever has to do a task that it opened.

    There is one for each addressee there is; none instead of a helper not yet named.
    """
    due = []
    for name in (n for n in row.notices if n not in ruling.unsaid):
        words = dict(WORDS[name](before, ruling, setting))
        for whom in ADDRESSEES.get(name, (None,)):
            role = _role(whom, before, ruling)
            recipient = _recipient(whom, role, before, after, AREAS.get(name, OFFICE))
            if recipient is not None:
                due.append(_notice(name, role, recipient, words, setting))
    told = frozenset(notice.role for notice in due)
    for name, doer, words in tasks_told(opened, told, after, row.trigger, by, setting):
        recipient = _recipient(doer, doer, before, after, OFFICE)
        if recipient is not None:
            due.append(_notice(name, doer, recipient, words, setting))
    return tuple(due)


def _notice(name: str, role: Role | None, recipient: str, words: dict[str, str], setting: Setting) -> NoticeDue:
    channels = channels_of(name, role)
    return NoticeDue(name=name, role=role, recipient=recipient, words=words, not_before=setting.now, channels=channels)


def _role(whom: Addressee, before: Case | None, ruling: Ruling) -> Role | None:
    if whom is Whom.FORMER_HELPER:
        return Role.HELPER
    if whom is Whom.FORMER_OFFICE:
        return Role.SUPERVISOR
    if whom is Whom.DOER:
        task = (before or ruling.case).task(ruling.about or "")
        return task.role if task else Role.CASEWORKER
    assert whom is None or isinstance(whom, Role)
    return whom


def _recipient(whom: Addressee, role: Role | None, before: Case | None, case: Case, area: int) -> str | None:
    if role is None:
        return case.household.applicant.member_id
    if whom is Whom.FORMER_HELPER:
        former = before.helper if before else None
        return former if former != case.helper else None
    if whom is Whom.FORMER_OFFICE:
        return before.office if before else None
    if role is Role.HELPER:
        return case.helper
    return case.office[: COUNTY if role is Role.REVIEWER else area]
