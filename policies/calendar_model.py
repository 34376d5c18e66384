"""The working calendar (工作日历) as data: published schedules by year, and what is known of other years.

The model is carried into workflows, so it is small and frozen and never loaded there; `calendars.py` loads it from
the TOML files.  Counting on it is in `casework/working_days.py`.
"""

import hashlib
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from policies.terms import Frozen

Year = Annotated[int, Field(ge=1949, le=2200)]


class Holiday(Frozen):
    """Days off in a row under one name, both ends included."""

    name: Annotated[str, Field(min_length=1, max_length=20)]
    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "Holiday":
        if not self.first <= self.last <= self.first + timedelta(days=30):
            raise ValueError(f"{self.name}的起止日期不对：{self.first} 至 {self.last}")
        return self

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the row."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def _belongs(day: date, year: int) -> bool:
    """A notice may reach back into the December before it: 元旦 2023 began on 2022-12-31."""
    return day.year == year or (day.year == year - 1 and day.month == 12)


class YearSchedule(Frozen):
    """The State Council's notice for one year: days off, make-up workdays (调休上班日), and their document."""

    year: Year
    source: Annotated[str, Field(min_length=4, max_length=120)]
    issued: date
    holidays: Annotated[tuple[Holiday, ...], Field(min_length=1)]
    workdays: tuple[date, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "YearSchedule":
        off = [day for holiday in self.holidays for day in holiday.days]
        if len(off) != len(set(off)) or len(self.workdays) != len(set(self.workdays)):
            raise ValueError(f"{self.year} 年有日期重复列出")
        if set(off) & set(self.workdays):
            raise ValueError(f"{self.year} 年有日期既放假又上班")
        if not all(_belongs(day, self.year) for day in (*off, *self.workdays)):
            raise ValueError(f"{self.year} 年的安排里有别的年份的日期")
        if any(day.weekday() < 5 for day in self.workdays):
            raise ValueError(f"{self.year} 年的调休上班日应是周六或周日")
        return self


class FixedHoliday(Frozen):
    """A statutory holiday with the same date every year (元旦、劳动节、国庆节)."""

    name: Annotated[str, Field(min_length=1, max_length=20)]
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=28)]


class WorkCalendar(Frozen):
    """What is known of working days.

    A year with a schedule in `years` is published.  Any other is provisional: weekends, `fixed` holidays and the
    `statutory` ones that follow the moon or the sun, without make-up days, which only the notice can give.
    """

    years: tuple[YearSchedule, ...]
    fixed: tuple[FixedHoliday, ...]
    statutory: tuple[Holiday, ...]
    declared_missing: tuple[Year, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "WorkCalendar":
        published = [schedule.year for schedule in self.years]
        if published != sorted(set(published)):
            raise ValueError("放假安排应按年份排列，每年一份")
        if set(published) & set(self.declared_missing):
            raise ValueError("已有放假安排的年份不能再声明为未公布")
        return self

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, so that a revised calendar can never pass for another."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def version(self) -> str:
        """The last published year and the head of the hash, e.g. 2026-1a2b3c4d."""
        last = self.years[-1].year if self.years else 0
        return f"{last}-{self.sha256[:8]}"

    @cached_property
    def published(self) -> frozenset[int]:
        """The years whose schedule is published."""
        return frozenset(schedule.year for schedule in self.years)

    @cached_property
    def off(self) -> dict[date, str]:
        """The name of the holiday of each scheduled day off, and of each known statutory one of unpublished years."""
        named = {d: h.name for h in self.statutory if h.first.year not in self.published for d in h.days}
        return named | {
            d: holiday.name for schedule in self.years for holiday in schedule.holidays for d in holiday.days
        }

    @cached_property
    def made_up(self) -> frozenset[date]:
        """The make-up workdays (调休上班日)."""
        return frozenset(day for schedule in self.years for day in schedule.workdays)

    @cached_property
    def fixed_days(self) -> dict[tuple[int, int], str]:
        """The name of each fixed statutory holiday by month and day; it counts in unpublished years only."""
        return {(holiday.month, holiday.day): holiday.name for holiday in self.fixed}

    def with_schedule(self, schedule: YearSchedule) -> "WorkCalendar":
        """Return the calendar with one year's schedule put in or replaced: a notice was published or corrected."""
        others = tuple(s for s in self.years if s.year != schedule.year)
        return WorkCalendar(
            years=tuple(sorted((*others, schedule), key=lambda s: s.year)),
            fixed=self.fixed,
            statutory=self.statutory,
            declared_missing=tuple(y for y in self.declared_missing if y != schedule.year),
        )
