"""Which steps lead a case on to its next state (下一步), read from the step table.  Pure; nothing is named here.

The states stand in the order of the trade; from a state the way ahead is the steps that reach the next one, and before
them those that open their tasks.  What leads out of every recognised state alike is an end, not the way ahead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from casework.states import Role, State
from casework.step import RECOGNISED
from casework.table import TABLE, Step
from casework.tasks import TASK_KINDS


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step of the way ahead: the kinds of task it ends, and whether those are open from the state's first day."""

    trigger: str
    kinds: tuple[str, ...]
    from_the_start: bool


def next_state(state: State) -> State | None:
    """Return the state that follows in the order of the trade, None after the last."""
    order = tuple(State)
    at = order.index(state) + 1
    return order[at] if at < len(order) else None


@cache
def reachable(state: State) -> tuple[State, ...]:
    """Return the other states that the table can lead to from here, in the order of the trade."""
    found = {row.target for row in TABLE if state in row.source and row.target not in (None, state)}
    return tuple(each for each in State if each in found)


@cache
def way_ahead(state: State) -> tuple[Ahead, ...]:
    """Return the steps of people from a state to the next, the earlier first."""
    wanted = next_state(state)
    found: list[str] = []
    new = [row.trigger for row in TABLE if _leads(row, state, wanted)]
    while new:
        new = [trigger for trigger in dict.fromkeys(new) if trigger not in found]
        found = [*new, *found]
        new = [row.trigger for kind in _ended_by(new) for row in _openers(kind, state)]
    return tuple(Ahead(trigger, _ended_by((trigger,)), _from_the_start(trigger, state)) for trigger in found)


def done(step: Ahead, open_kinds: frozenset[str], later: Iterable[Ahead]) -> bool:
    """Say whether a step of the way ahead lies behind: its task is not open any more, or one after it is."""
    if not step.kinds or open_kinds.intersection(step.kinds):
        return False
    return step.from_the_start or any(open_kinds.intersection(other.kinds) for other in later)


def _leads(row: Step, state: State, wanted: State | None) -> bool:
    onwards = state in row.source and row.target is wanted and wanted is not None
    return onwards and Role.SYSTEM not in row.who and row.source != RECOGNISED


def _ended_by(triggers: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of task that a row of these steps closes as done, whatever other step may close them too."""
    return tuple(
        kind for kind, about in TASK_KINDS.items() if set(triggers) & set(about.steps) and _main(kind, triggers)
    )


def _main(kind: str, triggers: Iterable[str]) -> bool:
    """Say whether a kind's first step is among these: what merely ends it too (初审 ends 线上比对) does not count."""
    return TASK_KINDS[kind].steps[0] in triggers


def _openers(kind: str, state: State) -> Iterable[Step]:
    ends_a_task = {step for about in TASK_KINDS.values() for step in about.steps}
    for row in TABLE:
        if kind in row.opens and state in row.source and row.target in (None, state) and row.trigger in ends_a_task:
            yield row


def _from_the_start(trigger: str, state: State) -> bool:
    kinds = _ended_by((trigger,))
    return any(row.target is state and state not in row.source and set(kinds) & set(row.opens) for row in TABLE)
