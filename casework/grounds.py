"""The grounds of exit that are counted (计次达到的退出情形): which stands, which is gone, which was weighed already.

What the county has decided once does not propose again by itself: it needs one more refusal or attempt (`weighed`).
"""

from dataclasses import dataclass
from datetime import date

from casework import contact_counts, refusal_counts
from casework.case import Case
from casework.ruling import Setting
from casework.states import ExitReason, State
from casework.working_age import Age, is_working_age

HELPED = (State.CERTIFIED, State.ASSISTED)
RECOGNISED = (*HELPED, State.EMPLOYED)
COUNTED = (ExitReason.REFUSED_REFERRALS, ExitReason.LOST_CONTACT, ExitReason.NO_BASE_MEMBER)
"""Grounds that the case itself shows: when they are gone, what was proposed or decided on them is withdrawn."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A counted ground that stands and was not weighed yet; `about` is the member who reached it."""

    reason: ExitReason
    about: str | None = None


def unweighed(case: Case, setting: Setting) -> Ground | None:
    """Return the ground on which an exit has to be proposed now, or None."""
    terms = setting.policy.grounds
    if case.state in HELPED and terms.refused_referrals.value and (who := _refusing(case, setting)) is not None:
        return Ground(ExitReason.REFUSED_REFERRALS, who)
    if case.state in HELPED and terms.lost_contact.value and _unreachable(case, setting):
        return Ground(ExitReason.LOST_CONTACT)
    if case.state in RECOGNISED and terms.no_base_member.value and _nobody(case, setting):
        return Ground(ExitReason.NO_BASE_MEMBER)
    return None


def gone(case: Case, reason: ExitReason, setting: Setting) -> bool:
    """Say whether the facts of a counted ground do not hold any more; a ground that people stated is never gone so."""
    if reason is ExitReason.REFUSED_REFERRALS:
        return not refusal_counts.reached_by(case, setting)
    if reason is ExitReason.LOST_CONTACT:
        return not contact_counts.lost(case, setting)
    return reason is ExitReason.NO_BASE_MEMBER and bool(case.standing.base)


def weigh(case: Case, *reasons: ExitReason) -> Case:
    """Return the case with what is counted now for these grounds marked as weighed; the counts themselves stay."""
    ids: list[str] = []
    if ExitReason.REFUSED_REFERRALS in reasons:
        ids += [r.refusal_id for r in case.refusals if r.judged_by is not None]
    if ExitReason.LOST_CONTACT in reasons:
        ids += [c.contact_id for c in case.contacts]
    if ExitReason.NO_BASE_MEMBER in reasons:
        ids.append(ExitReason.NO_BASE_MEMBER.value)
    return case.model_copy(update={"weighed": tuple(sorted({*case.weighed, *ids}))})


def _refusing(case: Case, setting: Setting) -> str | None:
    """Return the member whose full window holds a refusal that was not weighed."""
    for member in refusal_counts.reached_by(case, setting):
        for window in refusal_counts.full_windows(case, member, setting):
            if any(r.refusal_id not in case.weighed for r in window):
                return member
    return None


def _unreachable(case: Case, setting: Setting) -> bool:
    return any(
        contact_counts.enough(window, setting) and any(c.contact_id not in case.weighed for c in window)
        for window in contact_counts.windows(case, setting)
    )


def _nobody(case: Case, setting: Setting) -> bool:
    """Only what is sure: with a woman's track unknown the age is asked for first, never chosen silently."""
    if case.standing.base or ExitReason.NO_BASE_MEMBER.value in case.weighed:
        return False
    return not any(unknown_age(case, m, setting.today) for m in case.standing.counted)


def unknown_age(case: Case, member_id: str, on: date) -> bool:
    """Say whether a member's age is unknown on a day because her track is."""
    member = case.household.member(member_id)
    return member is not None and is_working_age(member, on).age is Age.UNKNOWN_TRACK
