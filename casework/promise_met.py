"""What meets a promise (承诺实现): work, or in some localities a suitable job offered.  A11.

Both days are kept with the promise; the pack says which of them counts.
"""

from datetime import date, timedelta

from casework.case import Case
from casework.case_facts import Promise, Referral
from casework.promise_terms import gone_on, relocated_run_of
from casework.ruling import Setting
from casework.times import in_words

NOT_MISSED: dict[str, object] = {"overdue_on": None, "cause": None, "cause_confirmed_by": None, "told": ()}
"""What a promise forgets when it turns out not to have been missed; the events keep all of it."""


def judged(promise: Promise, setting: Setting) -> Promise:
    """Return the promise with the day that met it by this locality's measure, its overdue record put right (A11)."""
    by_offer = setting.terms_under(promise.under).promise.met_by.value == "job_offered"
    days = [promise.employed_on, promise.offered_on if by_offer else None]
    met = min((day for day in days if day is not None), default=None)
    update: dict[str, object] = {"met_on": met}
    if met is not None and met <= promise.due_on:
        update |= NOT_MISSED
    return promise.model_copy(update=update)


def suspension_over(case: Case, since: date, setting: Setting, why: str) -> Case:
    """Return the case with an open suspension ended on the day before `since`: what was promised has come about.

    It ends for the promise of a relocated household as well, which goes on until the work is steady.
    """
    last, clause = since - timedelta(days=1), setting.policy.suspension.grounds.basis
    update: dict[str, object] = {
        "suspensions": tuple(
            s if s.until is not None else s.model_copy(update={"until": last})
            for s in case.suspensions
            if s.until is not None or s.since <= last
        )
    }
    if case.promise is not None and case.promise.paused:
        update["promise"] = gone_on(case.promise, last, setting, why, clause)
    if case.relocation is not None and case.relocation.promise.paused:
        own = case.relocation.promise
        again = gone_on(own, last, setting, why, clause, relocated_run_of(own, setting))
        update["relocation"] = case.relocation.model_copy(update={"promise": again})
    return case.model_copy(update=update)


def offered(case: Case, referral: Referral, setting: Setting) -> tuple[Case, str]:
    """The first suitable job put to a member and delivered is remembered, and meets the promise where the pack says so.

    Returns the case and what to add to the explanation, or "".
    """
    promise = case.promise
    if promise is None or not (referral.suitable and referral.delivered) or referral.on < promise.started_on:
        return case, ""
    if promise.offered_on is not None and promise.offered_on <= referral.on:
        return case, ""
    changed = judged(promise.model_copy(update={"offered_on": referral.on}), setting)
    if changed.met_on is not None and promise.paused:
        case = suspension_over(case, changed.met_on, setting, "已提供合适岗位")
        assert case.promise is not None
        changed = judged(case.promise.model_copy(update={"offered_on": referral.on}), setting)
    case = case.model_copy(update={"promise": changed})
    if promise.met_on is not None or changed.met_on is None:
        return case, ""
    if changed.overdue_on is not None:
        return case, f"；已提供合适岗位，但承诺已于{in_words(promise.due_on)}到期，记为超期后实现"
    return case, "；已在承诺期限内提供合适岗位，承诺实现" + ("，原记超期更正" if promise.overdue_on else "")
