"""Who is told what by a notice (通知), and with which facts.  Texts, gateways and quiet hours are in `notifications`.

The words that go with each are in `notice_words.py`.
"""

from casework.case import Case
from casework.events import NoticeDue
from casework.notice_words import WORDS
from casework.ruling import Ruling, Setting
from casework.states import Role

__all__ = ["ADDRESSEES", "WORDS", "notices_due"]

ADDRESSEES: dict[str, tuple[Role | None, ...]] = {
    "helper_assigned": (Role.HELPER,),
    "helper_takes_over": (Role.HELPER,),
    "services_lagging": (Role.HELPER,),
    "promise_due_soon": (Role.HELPER,),
    "promise_overdue": (Role.HELPER,),
    "promise_overdue_supervisor": (Role.SUPERVISOR,),
    "follow_up_due": (Role.HELPER,),
    "job_loss_reported": (Role.HELPER, Role.SUPERVISOR),
}
"""Who is told; a notice not named here goes to the applicant (None: a member of the household)."""


def notices_due(
    names: tuple[str, ...], before: Case | None, ruling: Ruling, setting: Setting, state_after: Case
) -> tuple[NoticeDue, ...]:
    """Return the notices of a step, one for each addressee there is; none instead of a helper not yet named."""
    due = []
    for name in names:
        words = dict(WORDS[name](before, ruling, setting))
        for role in ADDRESSEES.get(name, (None,)):
            recipient = _recipient(role, state_after)
            if recipient is not None:
                due.append(NoticeDue(name=name, role=role, recipient=recipient, words=words, not_before=setting.now))
    return tuple(due)


def _recipient(role: Role | None, case: Case) -> str | None:
    if role is None:
        return case.household.applicant.member_id
    if role is Role.HELPER:
        return case.helper
    return case.office
