"""How the clock of a decided exit starts (退出申诉期起算); the other clocks are in `starting.py`."""

from casework.clocks import Clock, Ring
from casework.ruling import Ruling, Setting
from casework.times import end_of


def exit_effect(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """The household's time to appeal, from the day of the decision; at its 24:00 the exit takes effect (A7)."""
    decided = ruling.case.exit_decided
    if decided is None:
        return ()
    term = setting.policy.exit.appeal_period
    return (
        Clock(
            kind="exit_effect",
            started_on=decided.decided_on,
            length=str(term.value),
            due_on=decided.appeal_by,
            provisional=decided.provisional,
            basis=term.basis,
            rings=(Ring(at=end_of(decided.appeal_by), trigger="exit_effective"),),
        ),
    )
