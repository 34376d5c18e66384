"""What one working calendar says otherwise than another (日历对照): the days, in the words of a notice.  Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from casework.household import Facts
from casework.working_days import reason_off
from policies.calendar_model import RegionalSchedule, WorkCalendar, YearSchedule


class ChangedDay(Facts):
    """One day that is a working day in one calendar and a day off in the other.

    `before` and `after` say why it is off; None is a working day.  `area` is set when only that area is concerned.
    """

    day: date
    before: str | None
    after: str | None
    area: str | None = None

    @property
    def words(self) -> str:
        """As people read it: 2026-10-09（周五） 上班 → 国庆节放假."""
        return f"{self.day}（{WEEKDAYS[self.day.weekday()]}） {self.before or '上班'} → {self.after or '上班'}"


WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def changed_days(
    old: WorkCalendar, new: WorkCalendar, schedule: YearSchedule | RegionalSchedule
) -> tuple[ChangedDay, ...]:
    """Return the days that a schedule, put into the old calendar as the new one has it, makes otherwise.

    A year that was not published is compared with what was assumed of it.
    """
    area = schedule.area if isinstance(schedule, RegionalSchedule) else None
    if area is not None:
        old, new = old.for_area(area), new.for_area(area)
    found = []
    for day in _days(schedule.year):
        before, after = reason_off(old, day), reason_off(new, day)
        if (before is None) != (after is None):
            found.append(ChangedDay(day=day, before=before, after=after, area=area))
    return tuple(found)


def _days(year: int) -> Iterable[date]:
    """The days of a year and of the December before it, into which a notice may reach back."""
    first = date(year - 1, 12, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
