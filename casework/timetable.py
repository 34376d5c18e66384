"""What falls due next in a case, and the command for it.  The workflow's timer and drills both ask here."""

from datetime import datetime

from casework.case import Case
from casework.clocks import Clock, Ring
from casework.commands import COMMANDS, Deadline
from casework.decide import decide
from casework.errors import CaseworkError
from casework.events import CaseEvent
from casework.states import State
from casework.times import end_of
from policies.calendar_model import WorkCalendar
from policies.schema import Policy


def next_due(case: Case) -> datetime | None:
    """Return the earliest instant at which something falls due, or None; never before the case's last event."""
    earliest = _earliest(case)
    return earliest if earliest is None or case.last_at is None else max(earliest, case.last_at)


def _earliest(case: Case) -> datetime | None:
    """Return the earliest instant that is written on a clock or a task, which a pause may have left in the past."""
    if case.state is State.EXITED:
        return None
    rings = [ring.at for clock in _counting(case) for ring in clock.rings]
    tasks = [end_of(t.due_on) for t in case.tasks if t.due_on is not None and not t.overdue and not t.paused]
    return min((*rings, *tasks), default=None)


def _counting(case: Case) -> tuple[Clock, ...]:
    return tuple(clock for clock in case.clocks if not clock.paused)


def due_command(case: Case, now: datetime) -> tuple[Deadline, Case] | None:
    """Return the earliest deadline that has fallen due, with the case whose clock has been rung; None if there is none.

    The command's id is made of the case and what fell due, so that the same deadline never counts twice.
    """
    at = _earliest(case)
    if at is None or at > now:
        return None
    for clock in _counting(case):
        for ring in clock.rings:
            if ring.at == at:
                rung = tuple(c.after(ring) if c.key == clock.key else c for c in case.clocks)
                return _command(case, ring, clock.about, f"{clock.key}-{clock.started_seq}"), case.model_copy(
                    update={"clocks": rung}
                )
    open_tasks = (t for t in case.tasks if t.due_on is not None and not t.overdue and not t.paused)
    task = next(t for t in open_tasks if t.due_on is not None and end_of(t.due_on) == at)
    ring = Ring(at=at, trigger="task_overdue")
    return _command(case, ring, task.task_id, task.task_id), case


def fall_due(
    case: Case, policy: Policy, calendar: WorkCalendar, now: datetime
) -> tuple[Case, tuple[tuple[Deadline, CaseEvent], ...]]:
    """Decide every deadline up to `now`, the earliest first, each at the instant at which it fell due.

    A deadline means what it meant at its instant, however late a timer rang: a step that comes after it is decided on
    the case that it left.  Returns the case and the events; a ring without effect any more leaves none.
    """
    events: list[tuple[Deadline, CaseEvent]] = []
    while (due := due_command(case, now)) is not None:
        at = next_due(case)
        assert at is not None
        command, rung = due
        try:
            event = decide(rung, command, policy, calendar, at)
        except CaseworkError:
            if rung == case:  # a refused deadline that is not used up would fall due for ever
                raise
            case = rung
            continue
        events.append((command, event))
        case = event.case
    return case, tuple(events)


def _command(case: Case, ring: Ring, about: str | None, key: str) -> Deadline:
    kind = COMMANDS[ring.trigger]
    assert issubclass(kind, Deadline)
    return kind(
        command_id=f"due-{case.case_id}-{ring.trigger}-{key}-{ring.label}-{ring.at:%Y%m%d%H%M}",
        about=about,
        label=ring.label,
    )
