"""How the clocks of lives that go on start (时限起算): changes that take effect later, the rhythm of monitoring."""

from collections.abc import Callable

from casework.amending import CHANGED
from casework.clocks import Clock, Ring
from casework.ruling import Ruling, Setting
from casework.times import start_of


def amendment(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Rings at 0:00 of the day from which a change that was told before holds (A39)."""
    waiting = next((a for a in ruling.case.amendments if a.amendment_id == ruling.about and a.pending), None)
    if waiting is None:
        return ()
    day = waiting.effective_on
    return (
        Clock(
            kind="amendment",
            about=waiting.amendment_id,
            started_on=setting.today,
            length="至生效日",
            due_on=day,
            provisional=False,
            basis=CHANGED,
            rings=(Ring(at=start_of(day), trigger="amendment_took_effect"),),
        ),
    )


LIVES_STARTERS: dict[str, Callable[[Ruling, Setting], tuple[Clock, ...]]] = {"amendment": amendment}

LIVES_CLOCK_WORDS = {"amendment": "家庭情况变更生效"}
