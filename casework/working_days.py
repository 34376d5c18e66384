"""Counting days on the working calendar (工作日计算).  Pure: calendar and length in, dates and reasons out.

民法典 200–204: the first day is not counted; a month ends on the corresponding day, or on the month's last day; a
last day that is a day off moves to the next working day where the rule says so (`roll`).  The calendar's data live in
`policies`.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from policies.calendar_model import WorkCalendar
from policies.terms import Length, Unit

_DAY = timedelta(days=1)
_WEEKEND = {5: "周六", 6: "周日"}
_UNPUBLISHED = "放假安排尚未公布"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was passed over, and why, in Chinese."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer of a count.

    `counted` are the days of the length itself, as many as it says; `skipped` the days off passed over, also those over
    which a last day moved.  `provisional`: a date that needed working-day knowledge lies in a year without a schedule.
    """

    ends: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    provisional: bool


def count(calendar: WorkCalendar, start: date, length: Length, *, roll: bool) -> Counted:
    """Count a length from `start`, which is itself not counted (民法典 201).

    `roll` moves a last day that is a day off to the next working day (203); a count of working days always ends on one.
    Without `roll` a window of days or months needs no calendar and is never provisional.
    """
    if length.unit is Unit.WORKING_DAYS:
        return _count_working_days(calendar, start, length.count)
    months = length.unit is Unit.MONTHS
    nominal = add_months(start, length.count) if months else start + timedelta(days=length.count)
    counted = tuple(_days_after(start, until=nominal))
    if not roll:
        return Counted(ends=nominal, counted=counted, skipped=(), provisional=False)
    ends, skipped = nominal, []
    while (reason := reason_off(calendar, ends)) is not None:
        skipped.append(Skipped(ends, reason))
        ends += _DAY
    looked_at = (*(s.day for s in skipped), ends)
    return Counted(ends, counted, tuple(skipped), provisional=not _published(calendar, looked_at))


def lengthen_only(standing: date, recounted: Counted) -> Counted:
    """Keep a standing end when a recount after a calendar change ends earlier: a publicity may only lengthen (A37)."""
    return recounted if recounted.ends >= standing else replace(recounted, ends=standing)


def add_months(start: date, months: int) -> date:
    """Return the corresponding day some months later, or the last day of a month that has none (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def reason_off(calendar: WorkCalendar, day: date) -> str | None:
    """Say in Chinese why a day is a day off; None when it is a working day."""
    if day in calendar.regional_days:
        regional = calendar.regional_days[day]
        return None if regional is None else f"{regional}（本地区放假）"
    weekend = _WEEKEND.get(day.weekday())
    if day.year in calendar.published:
        if day in calendar.made_up:
            return None
        holiday = calendar.off.get(day)
        return f"{holiday}放假" if holiday else weekend
    names = {name: None for name in (calendar.fixed_days.get((day.month, day.day)), calendar.off.get(day)) if name}
    if names:
        return f"{'、'.join(names)}（法定节假日，{_UNPUBLISHED}）"
    return f"{weekend}（{_UNPUBLISHED}）" if weekend else None


def is_working(calendar: WorkCalendar, day: date) -> bool:
    """Say whether a day is a working day; in an unpublished year as far as the statute tells."""
    return reason_off(calendar, day) is None


def is_provisional(calendar: WorkCalendar, day: date) -> bool:
    """Say whether the day lies in a year without a published schedule."""
    return day.year not in calendar.published


def next_working_day(calendar: WorkCalendar, day: date) -> date:
    """Return the first working day strictly after a day."""
    return _step(calendar, day, _DAY)


def previous_working_day(calendar: WorkCalendar, day: date) -> date:
    """Return the last working day strictly before a day."""
    return _step(calendar, day, -_DAY)


def working_days_before(calendar: WorkCalendar, day: date, n: int) -> date:
    """Return the n-th working day strictly before a day; the day itself for 0."""
    for _ in range(n):
        day = previous_working_day(calendar, day)
    return day


def nth_working_day_of_month(calendar: WorkCalendar, year: int, month: int, n: int) -> date:
    """Return the n-th working day of a month: the month's end before it is day 0 (A34).

    Raises ValueError when the month has fewer.
    """
    day = date(year, month, 1) - _DAY
    for _ in range(n):
        day = next_working_day(calendar, day)
    if n < 1 or (day.year, day.month) != (year, month):
        raise ValueError(f"{year}-{month:02} has no working day number {n}")
    return day


def last_working_day_of_month(calendar: WorkCalendar, year: int, month: int) -> date:
    """Return the last working day of a month."""
    return previous_working_day(calendar, date(year, month, monthrange(year, month)[1]) + _DAY)


def working_days_between(calendar: WorkCalendar, after: date, until: date) -> int:
    """Count the working days after one day up to and including another; 0 when `until` is not later."""
    if until <= after:
        return 0
    first, last = after.toordinal(), until.toordinal()
    years = (_working_days_of(calendar, year) for year in range(after.year, until.year + 1))
    return sum(bisect_right(days, last) - bisect_right(days, first) for days in years)


def _working_days_of(calendar: WorkCalendar, year: int) -> tuple[int, ...]:
    """Return the working days of a year in order; worked out once for a calendar, lists count on it row by row."""
    known = calendar.working_days.get(year)
    if known is None:
        days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))
        known = tuple(day.toordinal() for day in days if is_working(calendar, day))
        calendar.working_days[year] = known
    return known


def _count_working_days(calendar: WorkCalendar, start: date, n: int) -> Counted:
    counted: list[date] = []
    skipped: list[Skipped] = []
    day = start
    while len(counted) < n:
        day += _DAY
        reason = reason_off(calendar, day)
        if reason is None:
            counted.append(day)
        else:
            skipped.append(Skipped(day, reason))
    passed = (*counted, *(s.day for s in skipped))
    return Counted(day, tuple(counted), tuple(skipped), provisional=not _published(calendar, passed))


def _published(calendar: WorkCalendar, days: tuple[date, ...]) -> bool:
    return {day.year for day in days} <= calendar.published


def _days_after(start: date, *, until: date) -> Iterator[date]:
    for ordinal in range(start.toordinal() + 1, until.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _step(calendar: WorkCalendar, day: date, by: timedelta) -> date:
    day += by
    while not is_working(calendar, day):
        day += by
    return day
