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


class Clock(Facts):
    """A running clock.  `about` is the member, refusal or month it belongs to; `due_on` is the last legal day.

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

    @property
    def key(self) -> str:
        return self.kind if self.about is None else f"{self.kind}:{self.about}"

    def after(self, ring: Ring) -> "Clock":
        """Return the clock with this ring rung."""
        return self.model_copy(update={"rings": tuple(r for r in self.rings if r != ring)})
