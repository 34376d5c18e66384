"""How refusals are counted (计次): the rolling month of each, the fullest, who is at the threshold, who was warned.

Nothing is decided here; the steps are in `refusals.py`.
"""

from datetime import date

from casework.case import Case
from casework.case_facts import Refusal, RefusalStatus
from casework.former_terms import Terms
from casework.ruling import Setting
from casework.working_days import count


def window_end(start: date, setting: Setting) -> date:
    """Return the last day of the rolling window that begins with a refusal; a holiday does not extend it (A2)."""
    return _end(start, setting.terms_on(start), setting)


def _end(start: date, terms: Terms, setting: Setting) -> date:
    return count(setting.calendar, start, terms.refusal.window.value, roll=False).ends


def counted(case: Case, member: str, setting: Setting) -> tuple[Refusal, ...]:
    """Return the member's refusals that count, by date; pending and justified ones never do (A5).

    Where the locality speaks of registered unemployed members, a refusal before the registration does not count (A3).
    """
    mine = [
        r
        for r in case.refusals
        if r.member == member
        and r.status is RefusalStatus.UNJUSTIFIED
        and not r.set_aside
        and (r.registered or not setting.terms_on(r.on).refusal.registered_only.value)
    ]
    return tuple(sorted(mine, key=lambda r: (r.on, int(r.refusal_id[1:]))))


def windows(case: Case, member: str, setting: Setting) -> list[tuple[Refusal, ...]]:
    """Return, for every counted refusal of a member, those in the rolling window that begins with it."""
    mine = counted(case, member, setting)
    return [tuple(r for r in mine if first.on <= r.on <= window_end(first.on, setting)) for first in mine]


def threshold(window: tuple[Refusal, ...], setting: Setting) -> int:
    """Return how many refusals make a window full: the most that any rule valid on one of its days asks for (A36)."""
    terms = setting.terms_over(r.on for r in window) or (setting.policy,)
    return max(t.refusal.threshold.value for t in terms)


def is_full(window: tuple[Refusal, ...], setting: Setting) -> bool:
    """Say whether a window is full under every rule that was valid on one of its days."""

    def by(terms: Terms) -> bool:
        last = _end(window[0].on, terms, setting)
        return sum(r.on <= last for r in window) >= terms.refusal.threshold.value

    return bool(window) and all(by(terms) for terms in setting.terms_over(r.on for r in window))


def full_windows(case: Case, member: str, setting: Setting) -> list[tuple[Refusal, ...]]:
    """Return the windows of a member that are full."""
    return [w for w in windows(case, member, setting) if is_full(w, setting)]


def largest_window(case: Case, member: str, setting: Setting) -> tuple[Refusal, ...]:
    """Return the most refusals of a member that fall into one rolling window; a full one before others."""
    found = windows(case, member, setting)
    return max(found, key=lambda window: (is_full(window, setting), len(window)), default=())


def reached_by(case: Case, setting: Setting) -> tuple[str, ...]:
    """Return the members at the threshold: any, or all of the base or nobody; members are never summed (A3)."""
    base = case.standing.base
    full = {m: found for m in base if (found := full_windows(case, m, setting))}
    return () if _all_must(full, setting) and len(full) < len(base) else tuple(full)


def _all_must(full: dict[str, list[tuple[Refusal, ...]]], setting: Setting) -> bool:
    """Say whether all members must refuse by one of the rules valid on the days that were counted."""
    days = [r.on for found in full.values() for window in found for r in window]
    return any(t.refusal.scope.value == "all_members" for t in setting.terms_over(days))


def warned_in_time(case: Case, member: str, setting: Setting) -> bool:
    """Say whether a warning stood after the second and before the last refusal of a full window (scenario 49)."""
    given = [w.on for w in case.warnings if w.member == member]
    return any(
        window[setting.terms_on(window[-1].on).refusal.warning_at.value - 1].on <= day < window[-1].on
        for window in full_windows(case, member, setting)
        for day in given
    )


def warned_for_next(case: Case, member: str, setting: Setting) -> bool:
    """Say whether a warning stands that the next refusal would come after: the fullest window, and one more."""
    window = largest_window(case, member, setting)
    at = setting.terms_on(window[-1].on).refusal.warning_at.value if window else 1
    return len(window) >= at and any(w.member == member and w.on >= window[at - 1].on for w in case.warnings)


def to_be_warned(case: Case, setting: Setting) -> tuple[str, ...]:
    """Return the members near or at the threshold whose next refusal no warning stands before (scenario 49)."""

    def near(member: str) -> bool:
        window = largest_window(case, member, setting)
        return bool(window) and len(window) >= setting.terms_on(window[-1].on).refusal.warning_at.value

    return tuple(m for m in case.standing.base if near(m) and not warned_for_next(case, m, setting))


def rests_on(case: Case, setting: Setting) -> tuple[Refusal, ...]:
    """Return the refusals on which an exit may rest: those in the full windows of the members at the threshold."""
    found = (r for m in reached_by(case, setting) for w in full_windows(case, m, setting) for r in w)
    return tuple({r.refusal_id: r for r in found}.values())


def judges(case: Case, setting: Setting) -> tuple[str, ...]:
    """Return the hands that judged the refusals on which an exit may rest."""
    hands = (r.judged_by for r in rests_on(case, setting))
    return tuple(dict.fromkeys(hand for hand in hands if hand is not None))


def may_exit(case: Case, setting: Setting) -> bool:
    """Say whether those at the threshold were warned in time: all of them where all must refuse, else any."""
    reached = reached_by(case, setting)
    warned = [warned_in_time(case, m, setting) for m in reached]
    full = {m: full_windows(case, m, setting) for m in reached}
    return all(warned) if _all_must(full, setting) else any(warned)
