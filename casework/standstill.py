"""Between a decided exit and its effect (退出生效前): help and promise stand still, and a lifted decision restores all.

What stands still are the office's clocks and tasks, with a pause on each (`casework/clocks.py`).  The household's own
dates go on: birthdays, and the rolling months of refusals and attempts, because a month that stood still would hold
more of them.  When the decision is lifted each working day since it is made good; the household loses none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from casework.case import Case
from casework.case_facts import Promise, RefusalStatus
from casework.clocks import Clock, Move, Pause, Ring
from casework.commands import Command, SystemCommand
from casework.commands.assistance import JudgeRefusal, RecordContact
from casework.commands.employment import RecordEmployment
from casework.errors import SaidNo
from casework.exit_facts import ExitDecided
from casework.grounds import COUNTED
from casework.lost_days import WORKING_DAYS, made_good_days
from casework.promise_terms import Run, relocated_run_of, run_of, with_pauses
from casework.ruling import Setting
from casework.starting_promise import promise_rings, relocation_rings
from casework.states import ExitReason
from casework.tasks import Task
from casework.times import MORNING, at_local, end_of, in_words, local_date
from casework.working_days import is_provisional, next_working_day
from policies.terms import Length

STANDS_STILL = "退出决定未生效，帮扶暂停"
MADE_GOOD = "退出决定撤销，补足暂停的日子"
GO_ON = frozenset({"exit_effect", "refusal_window", "contact_window", "member_date", "amendment", "exit_response"})
"""Clocks that do not stand still: the household's own dates, and the ends of its own times."""

EXIT_TASKS = frozenset({"decide_appeal", "confirm_exit_effect"})
STILL_TAKEN = frozenset(
    {
        *("raise_appeal", "uphold_appeal", "dismiss_appeal", "confirm_exit_effect"),
        *("amend_household", "add_member", "remove_member"),
    }
)
"""Steps that a decided exit does not hold up: the appeal, and what happens in the family all the same."""

_DAY = timedelta(days=1)


def require_not_decided(case: Case, command: Command, setting: Setting) -> None:
    """Say no to a person's step that cannot be taken while a decided exit waits for its effect."""
    decided = case.exit_decided
    if decided is None or isinstance(command, SystemCommand) or command.trigger in STILL_TAKEN:
        return
    if _answers(case, decided, command):
        return
    until = f"{in_words(decided.takes_effect_on)}起生效" if _effect_runs(case) else "正在复查，尚未生效"
    raise SaidNo(
        "exit_decided",
        f"本户的退出已由县级决定（{in_words(decided.decided_on)}），{until}，其间帮扶和各项时限暂停，不能办理这一步。"
        "家庭不服的，请在申诉期内登记申诉；原有拒绝补来正当理由证明的，可改认定。",
        field="exit_decided",
        clause=setting.policy.exit.appeal_period.basis,
    )


def _effect_runs(case: Case) -> bool:
    return case.clock("exit_effect") is not None


def _answers(case: Case, decided: ExitDecided, command: Command) -> bool:
    """Say whether a step may take the ground away: a reason proven late, a household reached, a job (A5, A12)."""
    if isinstance(command, JudgeRefusal):
        return command.justified
    if isinstance(command, RecordContact):
        return decided.reason is ExitReason.LOST_CONTACT and command.outcome == "reached"
    return isinstance(command, RecordEmployment) and decided.reason in COUNTED


def stand_still(case: Case, setting: Setting) -> Case:
    """Return the case with promise, clocks and tasks of the office paused from today; what is paused so stays so."""
    pause = Pause(first=setting.today, why=STANDS_STILL, clause=setting.policy.exit.appeal_period.basis)

    def paused(promise: Promise, run: Run) -> Promise:
        if _stands(promise.pauses):
            return promise
        return promise.model_copy(update={"pauses": (*promise.pauses, pause)})

    case = _with_promises(case, paused, setting)
    clocks = tuple(
        c if c.kind in GO_ON or _stands(c.pauses) else c.model_copy(update={"pauses": (*c.pauses, pause)})
        for c in case.clocks
    )
    tasks = tuple(
        t
        if t.kind in EXIT_TASKS or t.overdue or _stands(t.pauses)
        else t.model_copy(update={"pauses": (*t.pauses, pause)})
        for t in case.tasks
    )
    return case.model_copy(update={"clocks": clocks, "tasks": tasks})


def _with_promises(case: Case, changed: Callable[[Promise, Run], Promise], setting: Setting) -> Case:
    """Return the case with each running promise changed, unless it stands still as it is to stand."""
    update: dict[str, object] = {}
    main, own = case.promise, case.relocation
    if main is not None and main.running:
        update["promise"] = changed(main, run_of(main, setting))
    if own is not None and own.promise.running:
        promise = changed(own.promise, relocated_run_of(own.promise, setting))
        update["relocation"] = own.model_copy(update={"promise": promise})
    return case.model_copy(update=update)


def lift(case: Case, setting: Setting) -> tuple[Case, tuple[Clock, ...]]:
    """Return the case without its decided exit, each date moved by the days lost, and the clocks that moved.

    The day of the decision is lost, the day of the lifting is not: nothing falls due before people can act again.
    """
    decided = case.exit_decided
    assert decided is not None
    last = setting.today - _DAY
    clause = setting.policy.exit.appeal_period.basis

    def goes_on(promise: Promise, run: Run) -> Promise:
        if not _stands(promise.pauses):
            return promise
        return with_pauses(promise, _ended(promise.pauses, last)[0], setting, MADE_GOOD, clause, run)

    appeals = tuple(a.model_copy(update={"decided_on": a.decided_on or setting.today}) for a in case.appeals)
    case = _with_promises(case.model_copy(update={"exit_decided": None, "appeals": appeals}), goes_on, setting)
    clocks = tuple(_clock_goes_on(c, case, last, setting) for c in case.clocks)
    moved = tuple(new for old, new in zip(case.clocks, clocks, strict=True) if old != new)
    tasks = tuple(_task_goes_on(t, last, setting) for t in case.tasks)
    stood = _Standstill(decided.decided_on, last)
    refusals = tuple(
        r.model_copy(update={"reasons_by": _later(r.reasons_by, stood.days(()), setting)})
        if r.status is RefusalStatus.PENDING and r.reasons_by is not None
        else r
        for r in case.refusals
    )
    return case.model_copy(update={"clocks": clocks, "tasks": tasks, "refusals": refusals}), moved


@dataclass(frozen=True, slots=True)
class _Standstill:
    """The days that were lost, both ends included; none when the decision was lifted on its own day."""

    first: date
    last: date

    def days(self, others: tuple[Pause, ...]) -> tuple[date, ...]:
        """Return the lost days without those that another pause takes, which are made good when that one ends."""
        days = (self.first + n * _DAY for n in range((self.last - self.first).days + 1))
        return tuple(d for d in days if not any(p.first <= d and (p.last is None or d <= p.last) for p in others))


def _stands(pauses: tuple[Pause, ...]) -> bool:
    return any(p.last is None and p.why == STANDS_STILL for p in pauses)


def _ended(pauses: tuple[Pause, ...], last: date) -> tuple[tuple[Pause, ...], tuple[date, ...]]:
    """Return the pauses with this standstill's ended, and the days it took; one that took none leaves no trace."""
    mine = next((p for p in pauses if p.last is None and p.why == STANDS_STILL), None)
    others = tuple(p for p in pauses if p is not mine)
    if mine is None or mine.first > last:
        return others, ()
    return (*others, mine.model_copy(update={"last": last})), _Standstill(mine.first, last).days(others)


def _later(day: date, lost: tuple[date, ...], setting: Setting, length: Length = WORKING_DAYS) -> date:
    """Return a last day moved by the days lost; one that had passed before stays."""
    return day if not lost or day < lost[0] else made_good_days(setting.calendar, day, lost, length)


def _clock_goes_on(clock: Clock, case: Case, last: date, setting: Setting) -> Clock:
    if not _stands(clock.pauses):
        return clock
    pauses, lost = _ended(clock.pauses, last)
    clock = clock.model_copy(update={"pauses": pauses})
    if clock.kind == "follow_up":
        day, rings = _next_month(clock, setting)
        return _moved(clock, day, rings, setting)
    if clock.kind == "stability":  # the job was held all the while
        return clock.model_copy(update={"rings": tuple(_not_past(r, setting) for r in clock.rings)})
    if (promise := _promise_of(clock, case)) is not None:
        told = {"pauses": promise.pauses, "moves": promise.moves, "provisional": promise.provisional}
        rings = _left_of(clock, promise, setting)
        return clock.model_copy(update={"due_on": promise.due_on, "rings": rings, **told})
    length = _unit(clock)
    due = _later(clock.due_on, lost, setting, length)
    ends = end_of(clock.due_on)
    rings = tuple(
        r.model_copy(update={"at": end_of(due)})
        if r.at == ends
        else _not_past(_shifted(r, lost, setting, length), setting)
        for r in clock.rings
    )
    return _moved(clock, due, rings, setting)


def _left_of(clock: Clock, promise: Promise, setting: Setting) -> tuple[Ring, ...]:
    """Return what the clock of a promise has still to ring, counted from the day on which it now ends."""
    count_anew = promise_rings if clock.kind == "promise" else relocation_rings
    waiting = {(ring.trigger, ring.label) for ring in clock.rings}
    return tuple(r for r in count_anew(promise, setting) if (r.trigger, r.label) in waiting)


def _promise_of(clock: Clock, case: Case) -> Promise | None:
    if clock.kind == "relocation_promise":
        return case.relocation.promise if case.relocation else None
    return case.promise if clock.kind == "promise" else None


def _unit(clock: Clock) -> Length:
    try:
        return Length.parse(clock.length)
    except ValueError:
        return WORKING_DAYS


def _shifted(ring: Ring, lost: tuple[date, ...], setting: Setting, length: Length) -> Ring:
    """Return the ring at the same hour of the moved day; 24:00 belongs to the day that ends."""
    day = local_date(ring.at - timedelta(microseconds=1))
    return ring.model_copy(update={"at": ring.at + (_later(day, lost, setting, length) - day)})


def _not_past(ring: Ring, setting: Setting) -> Ring:
    """What should have rung while all stood still rings on the next working morning."""
    if ring.at > setting.now:
        return ring
    return ring.model_copy(update={"at": at_local(next_working_day(setting.calendar, setting.today), MORNING)})


def _next_month(clock: Clock, setting: Setting) -> tuple[date, tuple[Ring, ...]]:
    """A month that began meanwhile is asked for on the next working morning, if that is still in it (A18)."""
    if not clock.rings or clock.rings[0].at > setting.now:
        return clock.due_on, clock.rings
    first = setting.today.replace(day=1)
    day = next_working_day(setting.calendar, setting.today)
    if day.month == first.month:
        ring = clock.rings[0].model_copy(update={"at": at_local(day, MORNING), "label": first.isoformat()[:7]})
        return day, (ring,)
    label = day.isoformat()[:7]
    day = next_working_day(setting.calendar, day.replace(day=1) - _DAY)
    return day, (clock.rings[0].model_copy(update={"at": at_local(day, MORNING), "label": label}),)


def _moved(clock: Clock, due: date, rings: tuple[Ring, ...], setting: Setting) -> Clock:
    update: dict[str, object] = {"due_on": due, "rings": rings}
    if due != clock.due_on:
        clause = setting.policy.exit.appeal_period.basis
        move = Move(on=setting.today, was=clock.due_on, now=due, why=MADE_GOOD, clause=clause)
        update |= {
            "moves": (*clock.moves, move),
            "provisional": clock.provisional or is_provisional(setting.calendar, due),
        }
    return clock.model_copy(update=update)


def _task_goes_on(task: Task, last: date, setting: Setting) -> Task:
    if not _stands(task.pauses):
        return task
    pauses, lost = _ended(task.pauses, last)
    due = None if task.due_on is None else _later(task.due_on, lost, setting)
    moves = task.moves
    if task.due_on is not None and due is not None and due != task.due_on:
        clause = setting.policy.exit.appeal_period.basis
        moves += (Move(on=setting.today, was=task.due_on, now=due, why=MADE_GOOD, clause=clause),)
    return task.model_copy(update={"pauses": pauses, "due_on": due, "moves": moves})
