"""How the clocks of lives that go on start (时限起算): changes that take effect later, the rhythm of monitoring."""

from collections.abc import Callable
from datetime import timedelta

from casework.amending import CHANGED
from casework.clocks import Clock, Ring
from casework.ruling import Ruling, Setting
from casework.times import at_local, start_of
from casework.working_days import count, is_provisional, next_working_day

MORNING = 8


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


def monitoring(ruling: Ruling, setting: Setting) -> tuple[Clock, ...]:
    """Rings in the morning of the next working day by the rhythm, or of the announced layoff if that comes first."""
    watched = ruling.case.monitoring
    if watched is None:
        return ()
    rhythm = setting.policy.watchlist.rhythm
    last = count(setting.calendar, setting.today, rhythm.value, roll=False).ends
    if watched.alert_on is not None and setting.today < watched.alert_on < last:
        last = watched.alert_on
    day = last if watched.alert_on == last else next_working_day(setting.calendar, last - timedelta(days=1))
    return (
        Clock(
            kind="monitoring",
            started_on=setting.today,
            length=str(rhythm.value),
            due_on=day,
            provisional=is_provisional(setting.calendar, day),
            basis=rhythm.basis,
            rings=(Ring(at=at_local(day, MORNING), trigger="monitoring_visit_due"),),
        ),
    )


LIVES_STARTERS: dict[str, Callable[[Ruling, Setting], tuple[Clock, ...]]] = {
    "amendment": amendment,
    "monitoring": monitoring,
}

LIVES_CLOCK_WORDS = {"amendment": "家庭情况变更生效", "monitoring": "重点监控走访"}
