"""How the words of a table row become open tasks, running clocks and notices on the case after a ruling.

Kinds that belong to a member, a refusal, an objection, a job or a month (`PER_SUBJECT`) are opened and closed for
their subject only; the others exist at most once per case.
"""

from collections.abc import Callable
from dataclasses import dataclass

from casework import objection_waits
from casework.breach import breach_undecided, relocation_breach_undecided
from casework.case import Case
from casework.clocks import Clock
from casework.contingency import role_of, title_of
from casework.due_dates import due
from casework.escalation import climbing
from casework.events import ClosedTask, StoppedClock
from casework.hardship import post_owed
from casework.ruling import Ruling, Setting
from casework.standstill import stand_still
from casework.starting import STARTERS
from casework.states import State
from casework.steadiness import unsteady_unhandled
from casework.supplements import pause_at_opening
from casework.table import Step
from casework.tasks import TASK_KINDS, Task

PER_SUBJECT = frozenset(
    {
        "decide_objection",
        "review_certification",
        "judge_hit",
        "register_unemployed",
        "update_plan",
        "judge_refusal",
        "reach_member",
        "issue_warning",
        "approve_elimination",
        "follow_up",
        "refusal_window",
        "contact_window",
        "member_date",
        "contingency_step",
    }
)


WHILE: dict[str, Callable[[Case], bool]] = {
    "handle_overdue": breach_undecided,
    "assign_helper": lambda case: case.helper is None,
    "handle_relocation_overdue": relocation_breach_undecided,
    "handle_unsteady_job": unsteady_unhandled,
    "arrange_guaranteed_post": post_owed,
}
"""Kinds that a row opens only when this holds after the ruling, and closes only when it does not."""


def _more_to_tell(case: Case) -> bool:
    clock = case.clock("escalation")
    return climbing(case.promise) and clock is not None and bool(clock.rings)


GOES_ON_WHILE: dict[str, Callable[[Case], bool]] = {"escalation": _more_to_tell}
"""Clocks that a row stops only when this does not hold after the ruling."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What a row did beside moving the case."""

    case: Case
    opened: tuple[Task, ...]
    closed: tuple[ClosedTask, ...]
    started: tuple[Clock, ...]
    stopped: tuple[StoppedClock, ...]


def apply(row: Step, ruling: Ruling, task_id: str | None, seq: int, setting: Setting) -> Effects:
    """Return the case with the row's tasks and clocks applied; an exited case keeps none."""
    case = ruling.case
    target = row.target or case.state
    closing = {t.task_id: t for t in case.tasks if target is State.EXITED or _closes(row, ruling, t)}
    begun = [c for kind in row.starts for c in STARTERS[kind](ruling, setting)]
    going_on = {c.key for c in begun if _goes_on(c, case)}
    stopping = {
        c.key: c for c in case.clocks if target is State.EXITED or (_stops(row, ruling, c) and c.key not in going_on)
    }
    case = case.model_copy(
        update={
            "state": target,
            "tasks": tuple(t for t in case.tasks if t.task_id not in closing),
            "clocks": tuple(c for c in case.clocks if c.key not in stopping),
        }
    )
    opened = _opened(row, ruling, case, seq, setting)
    fresh = [c for c in begun if c.key not in going_on]
    known = {*stopping, *(c.key for c in begun)}
    moved = [c for c in ruling.moved if c.key not in known]
    started = tuple(c.model_copy(update={"started_seq": seq}) for c in (*fresh, *moved))
    replaced = {c.key for c in started}
    case = case.model_copy(
        update={
            "tasks": (*case.tasks, *opened),
            "clocks": (*(c for c in case.clocks if c.key not in replaced), *started),
        }
    )
    if case.exit_decided is not None:  # what begins meanwhile stands still as well
        case = stand_still(case, setting)
    named = frozenset(row.closes)
    closed = tuple(
        ClosedTask(task_id=t.task_id, kind=t.kind, done=t.task_id == task_id or _done(row, t, named))
        for t in closing.values()
    )
    stopped = tuple(StoppedClock(key=c.key, kind=c.kind) for c in stopping.values() if c.key not in replaced)
    return Effects(case, opened, closed, started, stopped)


def _done(row: Step, task: Task, named: frozenset[str]) -> bool:
    """A task is done when the step is one of those that complete its kind; otherwise it became pointless."""
    return row.trigger in TASK_KINDS[task.kind].steps and (task.kind in named or row.target is State.EXITED)


def _closes(row: Step, ruling: Ruling, task: Task) -> bool:
    if task.kind not in row.closes or (task.kind in WHILE and WHILE[task.kind](ruling.case)):
        return False
    return task.kind not in PER_SUBJECT or task.about in _subjects(f"closes:{task.kind}", task.kind, row, ruling)


def _goes_on(clock: Clock, case: Case) -> bool:
    """Say whether a clock that a row starts is the one that runs already: the same dates and rings, nothing new."""
    return any(clock == running.model_copy(update={"started_seq": 0}) for running in case.clocks)


def _stops(row: Step, ruling: Ruling, clock: Clock) -> bool:
    if clock.kind not in row.stops or (clock.kind in GOES_ON_WHILE and GOES_ON_WHILE[clock.kind](ruling.case)):
        return False
    return clock.about is None or clock.about in _subjects(f"stops:{clock.kind}", clock.kind, row, ruling)


def _subjects(key: str, kind: str, row: Step, ruling: Ruling) -> tuple[str | None, ...]:
    if key in ruling.each:
        return ruling.each[key]
    if row.target in (State.ASSISTED,) and kind in ("approve_elimination", "follow_up"):
        return tuple(t.about for t in ruling.case.tasks_of(kind))
    return (ruling.about,)


def _opened(row: Step, ruling: Ruling, case: Case, seq: int, setting: Setting) -> tuple[Task, ...]:
    opened = []
    for kind in row.opens:
        if kind in WHILE and not WHILE[kind](ruling.case):
            continue
        subjects = ruling.each.get(kind, (ruling.about,)) if kind in PER_SUBJECT else (None,)
        for about in subjects:
            if any(t.kind == kind and t.about == about for t in case.tasks):
                continue
            due_on, internal = due(TASK_KINDS[kind].due, case, about, setting)
            opened.append(
                Task(
                    task_id=f"T{seq}-{kind}" + (f"-{about}" if about else ""),
                    kind=kind,
                    role=role_of(kind, about, setting.policy) or ruling.roles.get(kind, TASK_KINDS[kind].role),
                    title=title_of(kind, about, setting.policy),
                    about=about,
                    opened_on=setting.today,
                    opened_seq=seq,
                    due_on=due_on,
                    internal=internal,
                    pauses=pause_at_opening(kind, case, setting)
                    + objection_waits.pause_at_opening(kind, case, setting),
                )
            )
    return tuple(opened)
