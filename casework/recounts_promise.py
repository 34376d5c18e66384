"""What a changed calendar does to the clocks around the promise (承诺、棚改回迁、逐级督办、限期稳定).  A37, A38."""

from dataclasses import replace
from datetime import timedelta

from casework.breach import proposed_cause
from casework.case import Case
from casework.case_facts import Promise
from casework.clocks import Clock, Ring
from casework.escalation import climbing, rungs_left
from casework.promise_terms import Run, relocated_run_of, run_of
from casework.recount import Recount, Span, move, moved
from casework.ruling import Setting
from casework.starting import CLOCK_WORDS
from casework.starting_promise import escalation_rings, of_promise, promise_rings, relocation_rings
from casework.steadiness import deadline
from casework.times import end_of
from casework.working_days import Counted


def promise(case: Case, setting: Setting) -> Recount:
    """It follows the day of the law, not to a day that has passed; what was surely met or missed stays."""
    current = case.promise
    if current is not None and on_a_guess(current):
        run = run_of(current, setting)
        changed, recount = _judged_again(current, case, setting, run, "promise")
        clocks = _again("promise", changed, run, promise_rings(changed, setting))
        return replace(recount, case=recount.case.model_copy(update={"promise": changed}), clocks=clocks)
    if current is None or current.overdue_on is not None or case.eliminated_on is not None:
        return Recount(case)
    changed, exact = _anew(current, setting, run_of(current, setting))
    clock = _clock(case.clock("promise"), changed, promise_rings(changed, setting), setting)
    span = Span("promise", current.due_on, current.provisional, exact)
    return span.recount(case, {"promise": changed}, clock, changed.due_on, exact.provisional, _kept(current))


def relocation(case: Case, setting: Setting) -> Recount:
    """As the main promise."""
    moved_back = case.relocation
    if moved_back is not None and on_a_guess(moved_back.promise):
        run = relocated_run_of(moved_back.promise, setting)
        changed, recount = _judged_again(moved_back.promise, case, setting, run, "relocation_promise")
        update: dict[str, object] = {"relocation": moved_back.model_copy(update={"promise": changed})}
        clocks = _again("relocation_promise", changed, run, relocation_rings(changed, setting))
        return replace(recount, case=recount.case.model_copy(update=update), clocks=clocks)
    if moved_back is None or not moved_back.promise.running:
        return Recount(case)
    current = moved_back.promise
    changed, exact = _anew(current, setting, relocated_run_of(current, setting))
    clock = _clock(case.clock("relocation_promise"), changed, relocation_rings(changed, setting), setting)
    span = Span("relocation_promise", current.due_on, current.provisional, exact)
    update = {"relocation": moved_back.model_copy(update={"promise": changed})}
    return span.recount(case, update, clock, changed.due_on, exact.provisional, _kept(current))


def escalation(case: Case, setting: Setting) -> Recount:
    """The rungs still to come are counted anew from the day the ladder started; what was told stays told."""
    clock, current = case.clock("escalation"), case.promise
    if clock is None or current is None or not climbing(current):
        return Recount(case)
    left = rungs_left(current, clock.started_on, setting, clock.pauses)
    known = {ring.label: ring for ring in clock.rings}
    anew = escalation_rings(current, clock.started_on, setting, clock.pauses)
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


def on_a_guess(current: Promise) -> bool:
    """Say whether a promise was called overdue on a provisional day and no supervisor has confirmed why (A38)."""
    return current.overdue_on is not None and current.provisional and current.cause_confirmed_by is None


def _judged_again(current: Promise, case: Case, setting: Setting, run: Run, kind: str) -> tuple[Promise, Recount]:
    """Judge an overdue of a provisional day by the day of the law: it may be taken back, never made worse.

    The promise goes on when its day lies ahead, and was kept when somebody worked by then.
    """
    exact = run.counted(setting, current.started_on, current.pauses).counted
    ends = max(current.due_on, exact.ends)
    update: dict[str, object] = {
        "due_on": ends,
        "provisional": exact.provisional,
        "moves": (*current.moves, *move(current.due_on, ends, setting.today)),
    }
    kept = ends >= setting.today if current.met_on is None else current.met_on <= ends
    update["overdue_on"] = None if kept else ends + timedelta(days=1)
    if kept:
        update["cause"] = None
    changed = current.model_copy(update=update)
    span = Span(kind, current.due_on, current.provisional, exact)
    recount = span.recount(case, {}, None, ends, exact.provisional, "已按暂定日期判为超期，不提前")
    if kept:
        recount = replace(recount, said=(*recount.said, f"{CLOCK_WORDS[kind]}按暂定日期判为超期，现予撤销"))
    elif not changed.provisional:
        changed = changed.model_copy(update={"cause": proposed_cause(case, changed, setting)})
    return changed, recount


def _again(kind: str, changed: Promise, run: Run, rings: tuple[Ring, ...]) -> tuple[Clock, ...]:
    """Return the clock of a promise that goes on after its overdue was taken back."""
    return (of_promise(kind, changed, run.length, rings),) if changed.running else ()


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
