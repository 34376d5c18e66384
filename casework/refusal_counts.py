"""How refusals are counted (计次): the rolling month of each, the fullest, who is at the threshold, who was warned.

Nothing is decided here; the steps are in `refusals.py`.
"""

from datetime import date

from casework.case import Case
from casework.case_facts import Refusal, RefusalStatus
from casework.ruling import Setting
from casework.working_days import count


def window_end(start: date, setting: Setting) -> date:
    """Return the last day of the rolling window that begins with a refusal; a holiday does not extend it (A2)."""
    return count(setting.calendar, start, setting.policy.refusal.window.value, roll=False).ends


def counted(case: Case, member: str, setting: Setting) -> tuple[Refusal, ...]:
    """Return the member's refusals that count, by date; pending and justified ones never do (A5).

    Where the locality speaks of registered unemployed members, a refusal before the registration does not count (A3).
    """
    only = setting.policy.refusal.registered_only.value
    mine = [
        r
        for r in case.refusals
        if r.member == member and r.status is RefusalStatus.UNJUSTIFIED and (r.registered or not only)
    ]
    return tuple(sorted(mine, key=lambda r: (r.on, int(r.refusal_id[1:]))))


def windows(case: Case, member: str, setting: Setting) -> list[tuple[Refusal, ...]]:
    """Return, for every counted refusal of a member, those in the rolling window that begins with it."""
    mine = counted(case, member, setting)
    return [tuple(r for r in mine if first.on <= r.on <= window_end(first.on, setting)) for first in mine]


def largest_window(case: Case, member: str, setting: Setting) -> tuple[Refusal, ...]:
    """Return the most refusals of a member that fall into one rolling window."""
    return max(windows(case, member, setting), key=len, default=())


def reached_by(case: Case, setting: Setting) -> tuple[str, ...]:
    """Return the members at the threshold: any, or all of the base or nobody; members are never summed (A3)."""
    terms = setting.policy.refusal
    base = case.standing.base
    reached = tuple(m for m in base if len(largest_window(case, m, setting)) >= terms.threshold.value)
    return () if terms.scope.value == "all_members" and len(reached) < len(base) else reached


def warned_in_time(case: Case, member: str, setting: Setting) -> bool:
    """Say whether a warning stood after the second and before the last refusal of a full window (scenario 49)."""
    terms = setting.policy.refusal
    full = [w for w in windows(case, member, setting) if len(w) >= terms.threshold.value]
    given = [w.on for w in case.warnings if w.member == member]
    return any(window[terms.warning_at.value - 1].on <= day < window[-1].on for window in full for day in given)


def may_exit(case: Case, setting: Setting) -> bool:
    """Say whether those at the threshold were warned in time: all of them where all must refuse, else any."""
    reached = reached_by(case, setting)
    warned = [warned_in_time(case, m, setting) for m in reached]
    return all(warned) if setting.policy.refusal.scope.value == "all_members" else any(warned)
