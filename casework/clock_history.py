"""Where each clock of a case began and ended (时限的起止), read from its events.  Pure; words: `clock_story.py`.

A clock that a row of the table starts is a new one, even under a name that runs already (each month's follow-up); one
that a rule only moved or paused is the same clock with other dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casework.case import Case
from casework.clocks import Clock
from casework.events import StoppedClock
from casework.states import State
from casework.table import rows_of


class Happened(Protocol):
    """What is asked of an event, whole or as a timeline keeps it."""

    @property
    def seq(self) -> int: ...
    @property
    def trigger(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def target(self) -> State: ...
    @property
    def started(self) -> tuple[Clock, ...]: ...
    @property
    def stopped(self) -> tuple[StoppedClock, ...]: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """The event at which a clock began or ended."""

    seq: int
    trigger: str
    on: date


@dataclass(frozen=True, slots=True)
class ClockLife:
    """One clock from its first event on; `clock` is as its last event left it, `ended` None while it runs."""

    clock: Clock
    began: Mark
    ended: Mark | None = None


def lives_of(events: Iterable[Happened], case: Case) -> tuple[ClockLife, ...]:
    """Return every clock a case ever had, the earliest begun first; the running ones as they stand now."""
    running: dict[str, ClockLife] = {}
    over: list[ClockLife] = []
    for event in events:
        mark = Mark(event.seq, event.trigger, event.on)
        for stopped in event.stopped:
            _end(running, over, stopped.key, mark)
        for clock in event.started:
            known = running.get(clock.key)
            if known is not None and _moved(event.trigger, clock, known.clock):
                running[clock.key] = ClockLife(clock, known.began)
                continue
            _end(running, over, clock.key, mark)
            running[clock.key] = ClockLife(clock, mark)
        if event.target is State.EXITED:
            for key in tuple(running):
                _end(running, over, key, mark)
    now = {clock.key: clock for clock in case.clocks}
    still = [ClockLife(now.get(key, life.clock), life.began) for key, life in running.items()]
    return tuple(sorted((*over, *still), key=lambda life: (life.began.seq, life.clock.key)))


def _moved(trigger: str, clock: Clock, known: Clock) -> bool:
    """Say whether the event only gave a running clock other dates."""
    if clock.started_on != known.started_on:
        return False
    remembers = (len(clock.moves), len(clock.pauses)) > (len(known.moves), len(known.pauses))
    return remembers or not any(clock.kind in row.starts for row in rows_of(trigger))


def _end(running: dict[str, ClockLife], over: list[ClockLife], key: str, mark: Mark) -> None:
    if (known := running.pop(key, None)) is not None:
        over.append(ClockLife(known.clock, known.began, mark))
