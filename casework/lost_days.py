"""Days that a pause took from a term (暂停、损失的日子), and the last day that makes them good.  Pure, as all counting.

A term in working days gets back each working day of the pause, one in days or months each day; a day that two pauses
share is lost once.  Days before the term began, or after it had run out, took nothing from it.  A pause without an end
takes nothing yet: what it took is known when it ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casework.clocks import Pause
from casework.working_days import Counted, Skipped, count, is_provisional, reason_off
from policies.calendar_model import WorkCalendar
from policies.terms import Length, Unit

WORKING_DAYS = Length(count=1, unit=Unit.WORKING_DAYS)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extended:
    """A count over pauses; `lost` are the days made good."""

    counted: Counted
    lost: tuple[date, ...] = ()

    @property
    def ends(self) -> date:
        return self.counted.ends


def made_good(
    calendar: WorkCalendar, due: date, first: date, last: date, length: Length = WORKING_DAYS, *, rolls: bool = False
) -> date:
    """Return the day on which a term that would end on `due` ends when the days `first`…`last` did not count.

    `length` only says the unit in which the term runs.  Use `count_over` where the term's beginning and all its pauses
    are known: it also explains the dates and never counts a day twice.
    """
    paused = _paused((Pause(first=first, last=last, why="", clause=""),))
    reached, _ = _moved_on(calendar, due, min(first, due) - _DAY, length.unit, paused)
    return _rolled(calendar, reached, paused) if rolls else reached


def made_good_days(
    calendar: WorkCalendar, due: date, lost: Iterable[date], length: Length = WORKING_DAYS, *, rolls: bool = False
) -> date:
    """Return the day on which a term that would end on `due` ends when just these days did not count."""
    paused = dict.fromkeys(lost, "")
    if not paused:
        return due
    reached, _ = _moved_on(calendar, due, min(due, *paused) - _DAY, length.unit, paused)
    return _rolled(calendar, reached, paused) if rolls else reached


def count_over(
    calendar: WorkCalendar, start: date, length: Length, *, roll: bool, pauses: Iterable[Pause] = ()
) -> Extended:
    """Count a length from `start` (itself not counted) over the days of the pauses whose end is known."""
    paused = _paused(pauses)
    if not paused:
        return Extended(count(calendar, start, length, roll=roll))
    nominal = count(calendar, start, length, roll=False).ends
    reached, lost = _moved_on(calendar, nominal, start, length.unit, paused)
    ends = _rolled(calendar, reached, paused) if roll else reached
    working = length.unit is Unit.WORKING_DAYS
    counted: list[date] = []
    skipped: list[Skipped] = []
    for day in _days(start + _DAY, ends):
        off = reason_off(calendar, day) if working or day > reached else None
        if off is None and day not in paused:
            counted.append(day)
        else:
            skipped.append(Skipped(day, off or paused[day]))
    looked_at = _days(start + _DAY if working else reached, ends) if working or roll else ()
    provisional = any(is_provisional(calendar, day) for day in looked_at)
    own = tuple(day for day in counted if day <= reached)
    return Extended(Counted(ends, own, tuple(skipped), provisional), lost)


def paused_days(pauses: Iterable[Pause]) -> frozenset[date]:
    """Return the days of the pauses whose end is known."""
    return frozenset(_paused(pauses))


def _moved_on(
    calendar: WorkCalendar, due: date, start: date, unit: Unit, paused: dict[date, str]
) -> tuple[date, tuple[date, ...]]:
    """Move `due` on by the days lost after `start`; days that it comes to lie on may be lost themselves."""

    def counts(day: date) -> bool:
        return unit is not Unit.WORKING_DAYS or reason_off(calendar, day) is None

    lost = [day for day in _days(start + _DAY, due) if day in paused and counts(day)]
    owed = len(lost)
    while owed:
        due += _DAY
        if counts(due) and due in paused:
            lost.append(due)
        elif counts(due):
            owed -= 1
    return due, tuple(lost)


def _rolled(calendar: WorkCalendar, day: date, paused: dict[date, str]) -> date:
    """A last day that is a day off moves to the next working day (民法典 203) that is not paused."""
    while reason_off(calendar, day) is not None or day in paused:
        day += _DAY
    return day


def _paused(pauses: Iterable[Pause]) -> dict[date, str]:
    """Return each paused day with the reason of the first pause that takes it."""
    found: dict[date, str] = {}
    for pause in pauses:
        for day in _days(pause.first, pause.last) if pause.last else ():
            found.setdefault(day, f"暂停：{pause.why}")
    return found


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
