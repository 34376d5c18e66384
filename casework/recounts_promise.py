"""What a changed calendar does to the clocks around the promise (承诺、棚改回迁、逐级督办、限期稳定).  A37, A38."""

from casework.case import Case
from casework.case_facts import Promise
from casework.clocks import Clock, Ring
from casework.escalation import climbing, rungs_left
from casework.promise_terms import Run, relocated_run_of, run_of
from casework.recount import Recount, Span, move, moved
from casework.ruling import Setting
from casework.starting_promise import escalation_rings, promise_rings, relocation_rings
from casework.steadiness import deadline
from casework.times import end_of
from casework.working_days import Counted


def promise(case: Case, setting: Setting) -> Recount:
    """It follows the day of the law, not to a day that has passed; what was met or missed is never judged otherwise."""
    current = case.promise
    if current is None or current.overdue_on is not None or case.eliminated_on is not None:
        return Recount(case)
    changed, exact = _anew(current, setting, run_of(current, setting))
    clock = _clock(case.clock("promise"), changed, promise_rings(changed, setting), setting)
    span = Span("promise", current.due_on, current.provisional, exact)
    return span.recount(case, {"promise": changed}, clock, changed.due_on, exact.provisional, _kept(current))


def relocation(case: Case, setting: Setting) -> Recount:
    """As the main promise."""
    moved_back = case.relocation
    if moved_back is None or not moved_back.promise.running:
        return Recount(case)
    current = moved_back.promise
    changed, exact = _anew(current, setting, relocated_run_of(current, setting))
    clock = _clock(case.clock("relocation_promise"), changed, relocation_rings(changed, setting), setting)
    span = Span("relocation_promise", current.due_on, current.provisional, exact)
    update: dict[str, object] = {"relocation": moved_back.model_copy(update={"promise": changed})}
    return span.recount(case, update, clock, changed.due_on, exact.provisional, _kept(current))


def escalation(case: Case, setting: Setting) -> Recount:
    """The rungs still to come are counted anew from the day the ladder started; what was told stays told."""
    clock, current = case.clock("escalation"), case.promise
    if clock is None or current is None or not climbing(current):
        return Recount(case)
    left = rungs_left(current, clock.started_on, setting)
    known = {ring.label: ring for ring in clock.rings}
    anew = escalation_rings(current, clock.started_on, setting)
    rings = tuple(r if r.at > setting.now else known[r.label] for r in anew if r.label in known)
    due = max((c.ends for _, c in left if c), default=clock.due_on)
    provisional = any(c.provisional for _, c in left if c)
    span = Span("escalation", clock.due_on, clock.provisional, None)
    return span.recount(case, {}, moved(clock, due, provisional, rings, setting.today), due, provisional, "")


def steadying(case: Case, setting: Setting) -> Recount:
    """The last day by which work should have become steady; a day that has passed stays."""
    clock, running = case.clock("stabilisation"), deadline(case, setting)
    if clock is None or running is None or running[1].ends < setting.today:
        return Recount(case)
    ends, provisional = running[1].ends, running[1].provisional
    ring = Ring(at=end_of(ends), trigger="stabilisation_overdue")
    span = Span("stabilisation", clock.due_on, clock.provisional, None)
    return span.recount(case, {}, moved(clock, ends, provisional, (ring,), setting.today), ends, provisional, "")


def _anew(current: Promise, setting: Setting, run: Run) -> tuple[Promise, Counted]:
    """Count over the promise's pauses; a met promise is not shortened, nor any moved to a day that has passed."""
    exact = run.counted(setting, current.started_on, current.pauses).counted
    settled = current.met_on is not None or exact.ends < setting.today
    ends = max(current.due_on, exact.ends) if settled else exact.ends
    changed = current.model_copy(
        update={
            "due_on": ends,
            "provisional": exact.provisional,
            "target_on": run.target(setting, current.started_on, current.pauses),
            "moves": (*current.moves, *move(current.due_on, ends, setting.today)),
        }
    )
    return changed, exact


def _clock(clock: Clock | None, changed: Promise, rings: tuple[Ring, ...], setting: Setting) -> Clock | None:
    if clock is None:
        return None
    waiting = {(ring.trigger, ring.label) for ring in clock.rings}
    still = tuple(r for r in rings if (r.trigger, r.label) in waiting)
    return moved(clock, changed.due_on, changed.provisional, still, setting.today)


def _kept(current: Promise) -> str:
    return "承诺已实现，不提前" if current.met_on else "该日已过，不提前"


RECOUNTED_HERE = (promise, relocation, escalation, steadying)
