"""Clocks (时限) of a case: started by what, due when, and the rings a timer must ring.  Counting is in `working_days`.

A ring is a command nobody typed: at its instant the workflow asks `decide` with the ring's trigger.
"""

from datetime import date, datetime

from casework.household import Facts


class Ring(Facts):
    """At this instant (UTC) this trigger falls due."""

    at: datetime
    trigger: str
    label: str = ""


class Pause(Facts):
    """Days on which a clock or a task did not count (暂停), both included; `last` is None while it still pauses."""

    first: date
    last: date | None = None
    why: str
    clause: str


class Move(Facts):
    """A due day that changed (改期): when it was changed, from which day to which, and why in one Chinese clause."""

    on: date
    was: date
    now: date
    why: str
    clause: str


class Clock(Facts):
    """A running clock.  `about` is the member, refusal or month it belongs to; `due_on` is the last legal day.

    `pauses` and `moves` are its whole history, the earliest first: with them a clock explains its day by itself.

    `started_seq` is the event that started it: with it no two clocks of a case ever ring under one name.
    """

    kind: str
    about: str | None = None
    started_on: date
    length: str
    due_on: date
    provisional: bool
    basis: str
    rings: tuple[Ring, ...]
    started_seq: int = 0
    pauses: tuple[Pause, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def paused(self) -> bool:
        """True while a pause has no end yet: nothing rings then."""
        return any(pause.last is None for pause in self.pauses)

    @property
    def first_due_on(self) -> date:
        """The due day before anything moved it."""
        return self.moves[0].was if self.moves else self.due_on

    @property
    def key(self) -> str:
        return self.kind if self.about is None else f"{self.kind}:{self.about}"

    def after(self, ring: Ring) -> "Clock":
        """Return the clock with this ring rung."""
        return self.model_copy(update={"rings": tuple(r for r in self.rings if r != ring)})
