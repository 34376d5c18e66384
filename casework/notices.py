"""Who is told what by a notice (通知), and with which facts.  Texts, gateways and quiet hours are in `notifications`.

Words are facts without personal data; the names of the words are those of the notice's template.
"""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.due_dates import due as due_date
from casework.events import NoticeDue
from casework.exits import ground
from casework.refusal_counts import largest_window
from casework.ruling import Ruling, Setting
from casework.services import missing_services
from casework.states import ExitReason, Role
from casework.working_days import working_days_between

Words = Mapping[str, str]


def _promise_due(case: Case) -> str:
    return case.promise.due_on.isoformat() if case.promise else ""


def _days_left(ruling: Ruling, setting: Setting) -> str:
    assert ruling.case.promise is not None
    return str(working_days_between(setting.calendar, setting.today, ruling.case.promise.due_on))


def _missing(ruling: Ruling, setting: Setting) -> str:
    rows = missing_services(ruling.case, setting.policy)
    return "；".join(f"{ruling.case.member_words(m)}{w}" for m, w in rows)[:60]


def _refusal_warning(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    window = largest_window(ruling.case, ruling.about or "", setting)
    terms = setting.policy.refusal
    return {
        "counted": str(len(window)),
        "threshold": str(terms.threshold.value),
        "window": terms.window.value.words,
        "clause": _short(terms.threshold.basis),
    }


def _exit_proposed(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    proposal = ruling.case.exit_proposal
    assert proposal is not None
    return {
        "reason": proposal.reason.words,
        "clause": _short(ground(proposal.reason, setting.policy)),
        "respond_by": proposal.respond_by.isoformat(),
    }


def _withdrawn(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    assert before is not None
    assert before.exit_proposal is not None
    return {"reason": before.exit_proposal.reason.words}


def _exit_decided(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    reason = ruling.ended or ExitReason.OTHER
    return {
        "reason": reason.words,
        "clause": _short(ground(reason, setting.policy)),
        "exited_on": setting.today.isoformat(),
    }


def _publicity(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    notice = ruling.case.publicity
    assert notice is not None
    return {"posted_on": notice.posted_on.isoformat(), "ends_on": notice.ends_on.isoformat()}


def _lost(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    lost = max(e.ended_on for e in ruling.case.employments if e.ended_on)
    return {"lost_on": lost.isoformat()}


def _follow_up(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    day, _ = due_date("month_end", ruling.case, ruling.about, setting)
    assert day is not None
    return {"due_on": day.isoformat()}


def _short(clause: str) -> str:
    """Return the first document and clause without what it says; an SMS has no room for all."""
    return clause.split("；", 1)[0].split("：", 1)[0][:60]


WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "application_received": lambda b, r, s: {"received_on": s.today.isoformat()},
    "publicity_started": _publicity,
    "not_recognised": lambda b, r, s: {"reason": r.why.says.rstrip("。")[:60], "clause": _short(r.why.clause)},
    "certified": lambda b, r, s: {"certified_on": s.today.isoformat(), "promise_due": _promise_due(r.case)},
    "helper_assigned": lambda b, r, s: {"promise_due": _promise_due(r.case)},
    "helper_takes_over": lambda b, r, s: {},
    "services_lagging": lambda b, r, s: {"missing": _missing(r, s), "promise_due": _promise_due(r.case)},
    "promise_due_soon": lambda b, r, s: {"promise_due": _promise_due(r.case), "days_left": _days_left(r, s)},
    "promise_overdue": lambda b, r, s: {"promise_due": _promise_due(r.case)},
    "promise_overdue_supervisor": lambda b, r, s: {"promise_due": _promise_due(r.case)},
    "refusal_warning": _refusal_warning,
    "exit_proposed": _exit_proposed,
    "exit_proposal_withdrawn": _withdrawn,
    "exit_decided": _exit_decided,
    "employment_confirmed": lambda b, r, s: {
        "employed_on": r.case.eliminated_on.isoformat() if r.case.eliminated_on else ""
    },
    "follow_up_due": _follow_up,
    "job_loss_reported": _lost,
    "restored": lambda b, r, s: {"restored_on": s.today.isoformat(), "promise_due": _promise_due(r.case)},
}

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
