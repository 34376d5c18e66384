"""How the clocks around the promise start (承诺、棚改回迁、逐级督办、限期稳定) and what they ring; see `starting.py`.

Each is made anew from the facts whenever a row starts it, with the pauses and moves the promise remembers; where
nothing about it is new, the running one goes on (`effects.py`).
"""

from datetime import date, timedelta

from casework import escalation as ladder
from casework import steadiness
from casework.case_facts import Promise
from casework.clocks import Clock, Pause, Ring
from casework.lost_days import count_over, paused_days
from casework.promise_terms import relocated_run_of, run_of
from casework.ruling import Ruling, Setting
from casework.times import MORNING, at_local, end_of
from casework.working_days import is_working
from policies.terms import Length, Term


def promise(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Rings some working days before the end, half-way for the services, and at 24:00 of the last day (J19)."""
    current = ruling.case.promise
    if current is None or not current.running:
        return ()
    return (of_promise("promise", current, run_of(current, setting).length, promise_rings(current, setting)),)


def promise_rings(current: Promise, setting: Setting) -> tuple[Ring, ...]:
    """Return what a promise rings from now on; what lies in the past is left out.

    While it stands still nothing rings, and nothing is left out: what has still to ring is known when it goes on.
    """
    rings = list(_reminders(current, setting, "promise_reminder"))
    after = setting.policy.promise.services_check_after.value
    check = count_over(setting.calendar, current.started_on, after, roll=True, pauses=current.pauses).ends
    if check < current.due_on:
        rings.append(Ring(at=at_local(check, MORNING), trigger="services_checked"))
    rings = [r for r in rings if current.paused or r.at > setting.now]
    return tuple(sorted((*rings, _end("promise_overdue", current.due_on, setting)), key=lambda r: r.at))


def relocation_promise(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """The promise of a household moved back after shanty-town renewal, beside the main one (L3)."""
    case = ruling.case
    if case.relocation is None or case.promise is None or not case.relocation.promise.running:
        return ()
    current = case.relocation.promise
    length = relocated_run_of(current, setting).length
    return (of_promise("relocation_promise", current, length, relocation_rings(current, setting)),)


def relocation_rings(current: Promise, setting: Setting) -> tuple[Ring, ...]:
    """Return what the promise of a relocated household rings from now on."""
    rings = [r for r in _reminders(current, setting, "relocation_reminder") if current.paused or r.at > setting.now]
    return tuple(sorted((*rings, _end("relocation_overdue", current.due_on, setting)), key=lambda r: r.at))


def escalation(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """One ring for each level of the ladder that was not told yet, counted from the day on which it starts."""
    current = ruling.case.promise
    if current is None or not ladder.climbing(current):
        return ()
    left = ladder.rungs_left(current, setting.today, setting)
    if not left:
        return ()
    return (
        Clock(
            kind="escalation",
            started_on=setting.today,
            length="、".join(str(r.after) for r in setting.policy.escalation.rungs.value if r.after) or "当日",
            due_on=max((counted.ends for _, counted in left if counted), default=setting.today),
            provisional=any(counted.provisional for _, counted in left if counted),
            basis=setting.policy.escalation.rungs.basis,
            rings=escalation_rings(current, setting.today, setting),
        ),
    )


def escalation_rings(
    current: Promise, since: date, setting: Setting, pauses: tuple[Pause, ...] = ()
) -> tuple[Ring, ...]:
    """Return the rungs that are left; one without a length, or whose morning has passed, rings now."""
    return tuple(
        Ring(
            at=max(setting.now, at_local(counted.ends, MORNING)) if counted else setting.now,
            trigger="promise_escalated",
            label=level,
        )
        for level, counted in ladder.rungs_left(current, since, setting, pauses)
    )


def stabilisation(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Until when the household's work should have become steady, where the pack sets a limit (scenario 65)."""
    term, running = setting.policy.steady.deadline, steadiness.deadline(ruling.case, setting)
    if term is None or running is None or ruling.case.unsteady is not None:
        return ()
    start, counted = running
    ring = _end("stabilisation_overdue", counted.ends, setting)
    before = ruling.case.clock("stabilisation")
    return (
        Clock(
            kind="stabilisation",
            started_on=start,
            length=str(term.value),
            due_on=counted.ends,
            provisional=counted.provisional,
            basis=term.basis,
            rings=(ring,),
            pauses=before.pauses if before else (),
            moves=before.moves if before else (),
        ),
    )


def of_promise(kind: str, current: Promise, length: Term[Length], rings: tuple[Ring, ...]) -> Clock:
    return Clock(
        kind=kind,
        started_on=current.started_on,
        length=str(length.value),
        due_on=current.due_on,
        provisional=current.provisional,
        basis=length.basis,
        rings=rings,
        pauses=current.pauses,
        moves=current.moves,
    )


def _reminders(current: Promise, setting: Setting, trigger: str) -> tuple[Ring, ...]:
    """The mornings of some working days before the end; days that do not count for the promise are none."""
    out = paused_days(current.pauses)
    rings = []
    for n in setting.policy.promise.remind_before.value:
        day, left = current.due_on, n
        while left:
            day -= timedelta(days=1)
            left -= is_working(setting.calendar, day) and day not in out
        rings.append(Ring(at=at_local(day, MORNING), trigger=trigger, label=str(n)))
    return tuple(rings)


def _end(trigger: str, day: date, setting: Setting) -> Ring:
    """24:00 of the last day; a clock that starts when that has passed rings at once, never back in time."""
    return Ring(at=max(end_of(day), setting.now), trigger=trigger)


OF_THE_PROMISE = (promise, relocation_promise, escalation, stabilisation)

PROMISE_CLOCK_WORDS = {
    "promise": "安置承诺",
    "relocation_promise": "棚改回迁安置承诺",
    "escalation": "超期逐级督办",
    "stabilisation": "限期稳定就业",
}
