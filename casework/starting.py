"""How each kind of clock starts (时限起算) and what it rings.  The table says when; the dates come from the facts."""

from collections.abc import Callable
from datetime import date, timedelta

from casework.case_facts import RefusalStatus
from casework.clocks import Clock, Ring
from casework.contact_counts import failed_row
from casework.contact_counts import window_end as contact_window_end
from casework.follow_ups import first_job, stable_from
from casework.publicity import length_of
from casework.refusal_counts import window_end as refusal_window_end
from casework.ruling import Ruling, Setting
from casework.starting_exits import exit_effect
from casework.starting_lives import LIVES_CLOCK_WORDS, LIVES_STARTERS
from casework.starting_promise import OF_THE_PROMISE, PROMISE_CLOCK_WORDS
from casework.starting_review import supplement
from casework.times import MORNING, at_local, end_of, start_of
from casework.working_age import REFORM, next_date
from casework.working_days import is_provisional, next_working_day

Starter = Callable[[Ruling, Setting], tuple[Clock, ...]]


def publicity(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Rings at 24:00 of the last counted day (A8)."""
    notice = ruling.case.publicity
    if notice is None:
        return ()
    term = length_of(notice, setting)
    ring = Ring(at=notice.ends_at, trigger="publicity_ended")
    return (
        _clock(
            "publicity",
            None,
            notice.posted_on,
            str(term.value),
            notice.ends_on,
            term.basis,
            (ring,),
            notice.provisional,
        ),
    )


def refusal_window(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """The rolling month that begins with an unjustified refusal (A2)."""
    refusal = next((r for r in ruling.case.refusals if r.refusal_id == ruling.about), None)
    if refusal is None or refusal.status is not RefusalStatus.UNJUSTIFIED:
        return ()
    last = refusal_window_end(refusal.on, setting)
    term = setting.terms_on(refusal.on).refusal.window
    if end_of(last) <= setting.now:
        return ()
    ring = Ring(at=end_of(last), trigger="refusal_window_lapsed")
    return (_clock("refusal_window", ruling.about, refusal.on, str(term.value), last, term.basis, (ring,)),)


def contact_window(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """The rolling month that begins with a failed attempt (A6)."""
    contact = next((c for c in ruling.case.contacts if c.contact_id == ruling.about), None)
    if contact is None or contact not in failed_row(ruling.case):
        return ()
    last = contact_window_end(contact.on, setting)
    term = setting.terms_on(contact.on).contact.window
    if end_of(last) <= setting.now:
        return ()
    ring = Ring(at=end_of(last), trigger="contact_window_lapsed")
    return (_clock("contact_window", ruling.about, contact.on, str(term.value), last, term.basis, (ring,)),)


def exit_response(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """The household's time to answer a proposed exit (A7)."""
    proposal = ruling.case.exit_proposal
    if proposal is None or proposal.proposed_on != setting.today:
        return ()
    term = setting.policy.exit.response_period
    ring = Ring(at=end_of(proposal.respond_by), trigger="exit_response_ended")
    return (
        _clock(
            "exit_response",
            None,
            proposal.proposed_on,
            str(term.value),
            proposal.respond_by,
            term.basis,
            (ring,),
            proposal.provisional,
        ),
    )


def follow_up(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Rings on the first working day of the next month that needs a follow-up (A18)."""
    if not ruling.case.active_employments:
        return ()
    since = first_job(ruling.case).started_on
    start = max(since, setting.today.replace(day=1))
    first = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    day, ring = follow_up_ring(first, setting)
    term = setting.policy.followup.cadence
    return (
        _clock("follow_up", None, since, "每个日历月", day, term.basis, (ring,), is_provisional(setting.calendar, day)),
    )


def follow_up_ring(first: date, setting: Setting) -> tuple[date, Ring]:
    """Return the first working day of the month that begins on `first`, and the ring of that morning."""
    day = next_working_day(setting.calendar, first - timedelta(days=1))
    return day, Ring(at=at_local(day, MORNING), trigger="follow_up_month_began", label=first.isoformat()[:7])


def stability(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Where the pack exits on stable employment: the day from which the county may close (N5, scenario 64)."""
    if setting.policy.exit.on.value != "stable" or not ruling.case.active_employments:
        return ()
    term = setting.policy.stable.after
    since = first_job(ruling.case).started_on
    day = stable_from(ruling.case, setting)
    ring = Ring(at=start_of(day), trigger="stability_reached")
    return (_clock("stability", None, since, str(term.value), day, setting.policy.exit.on.basis, (ring,)),)


def member_date(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """One clock for each member (or for the one it is about) whose working age has still to begin or to end (A39)."""
    clocks = []
    whose = ruling.case.household.member(ruling.about or "")
    for member in (whose,) if whose else ruling.case.household.members:
        day = next_date(member, setting.today)
        if day is not None and member.member_id in ruling.case.standing.counted:
            ring = Ring(at=start_of(day), trigger="member_date_reached")
            clocks.append(_clock("member_date", member.member_id, member.birth_date, "年龄", day, REFORM, (ring,)))
    return tuple(clocks)


def _clock(
    kind: str,
    about: str | None,
    started_on: date,
    length: str,
    due_on: date,
    basis: str,
    rings: tuple[Ring, ...],
    provisional: bool = False,
) -> Clock:
    return Clock(
        kind=kind,
        about=about,
        started_on=started_on,
        length=length,
        due_on=due_on,
        provisional=provisional,
        basis=basis,
        rings=rings,
    )


STARTERS: dict[str, Starter] = {
    starter.__name__: starter
    for starter in (
        publicity,
        *OF_THE_PROMISE,
        refusal_window,
        contact_window,
        exit_response,
        exit_effect,
        follow_up,
        stability,
        member_date,
        supplement,
    )
} | LIVES_STARTERS

CLOCK_WORDS = {
    "publicity": "公示期",
    **PROMISE_CLOCK_WORDS,
    "refusal_window": "拒绝岗位计次窗口",
    "contact_window": "联系计次窗口",
    "exit_response": "陈述申辩期",
    "exit_effect": "退出申诉期",
    "follow_up": "按月回访",
    "stability": "稳定就业期",
    "member_date": "成员年龄变化",
    "supplement": "补正等待期",
} | LIVES_CLOCK_WORDS
