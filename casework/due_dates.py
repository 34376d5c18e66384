"""When a task is due (待办时限), by the name its kind gives in `casework/tasks.py`.

Most are the office's own limits (内部时限), as the pack's basis says; only the month's end of a follow-up is not.
"""

from collections.abc import Callable
from datetime import date

from casework.case import Case
from casework.ruling import Setting
from casework.working_days import count, last_working_day_of_month, next_working_day
from policies.schema import Policy
from policies.terms import Length, Term

_LENGTHS: dict[str, Callable[[Policy], Term[Length]]] = {
    "first_review": lambda p: p.review.first_review,
    "recheck": lambda p: p.review.recheck,
    "report_up": lambda p: p.review.report_up,
    "seal": lambda p: p.review.seal,
    "objection": lambda p: p.publicity.objection_sla,
    "guaranteed_post": lambda p: p.hardship.arrange_within,
    "appeal_decision": lambda p: p.exit.appeal_decision,
    "reach_member": lambda p: p.contact.member_within,
}


def due(name: str | None, case: Case, about: str | None, setting: Setting) -> tuple[date | None, bool]:
    """Return the due date and whether it is an internal limit; None when the kind has no limit."""
    if name is None:
        return None, True
    if name == "month_end" and about is not None:
        year, month = (int(part) for part in about.split("-"))
        return last_working_day_of_month(setting.calendar, year, month), False
    if name == "next_working_day":
        return next_working_day(setting.calendar, setting.today), True
    if name == "supplement":
        return next(s.until for s in case.supplements if s.open), setting.policy.review.supplement_wait.internal
    if name == "refusal_reason":
        refusal = next(r for r in case.refusals if r.refusal_id == about)
        term = setting.policy.refusal.reason_period
        ends = refusal.reasons_by or count(setting.calendar, setting.today, term.value, roll=True).ends
        return (next_working_day(setting.calendar, ends) if refusal.reasons_by else ends), True
    if name == "exit_decision" and case.exit_proposal is not None:
        limit = setting.policy.review.recheck
        return count(setting.calendar, case.exit_proposal.respond_by, limit.value, roll=True).ends, limit.internal
    if name == "report_up" and case.publicity is not None and case.publicity.over:
        return next_working_day(setting.calendar, case.publicity.ends_on), True
    if name == "plan_step":
        step = setting.policy.contingency.step(about or "")
        within = step.within if step else setting.policy.review.first_review.value
        return count(setting.calendar, setting.today, within, roll=True).ends, True
    term = _LENGTHS[name](setting.policy)
    return count(setting.calendar, setting.today, term.value, roll=True).ends, term.internal
