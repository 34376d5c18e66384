"""How the clocks of the review start (审核阶段的时限起算): the longest wait for papers."""

from casework.clocks import Clock, Ring
from casework.ruling import Ruling, Setting
from casework.supplements import awaited
from casework.times import end_of


def supplement(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Rings at 24:00 of the last day to wait for papers (A29)."""
    waiting = awaited(ruling.case)
    if waiting is None:
        return ()
    term = setting.policy.review.supplement_wait
    return (
        Clock(
            kind="supplement",
            started_on=waiting.asked_on,
            length=str(term.value),
            due_on=waiting.until,
            provisional=waiting.provisional,
            basis=term.basis,
            rings=(Ring(at=end_of(waiting.until), trigger="supplement_lapsed"),),
        ),
    )
