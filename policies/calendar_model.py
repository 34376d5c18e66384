"""The working calendar (工作日历) as data: schedules by year, regional ones, what is known of other years.

The model is carried into workflows, so it is small and frozen and never loaded there; `calendars.py` loads it from
the TOML files.  Counting on it is in `casework/working_days.py`.
"""

import hashlib
from collections import Counter
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


def _check_days(year: int, holidays: tuple[Holiday, ...], workdays: tuple[date, ...]) -> None:
    """Refuse what no notice says; the message names every day that is wrong."""
    off = [day for holiday in holidays for day in holiday.days]
    listed = Counter(off) + Counter(workdays)
    wrong = []
    for day in sorted(listed):
        if day in off and day in workdays:
            wrong.append(f"{day} 既放假又上班")
        elif listed[day] > 1:
            wrong.append(f"{day} 重复列出")
        if not _belongs(day, year):
            wrong.append(f"{day} 不是 {year} 年的日期（上一年只能写12月）")
        if day in workdays and day.weekday() < 5:
            wrong.append(f"{day} 列为调休上班日，应是周六或周日")
    if wrong:
        raise ValueError("；".join(wrong))


class YearSchedule(Frozen):
    """The State Council's notice for one year: days off, make-up workdays (调休上班日), and their document."""

    year: Year
    source: Annotated[str, Field(min_length=4, max_length=120)]
    issued: date
    holidays: Annotated[tuple[Holiday, ...], Field(min_length=1)]
    workdays: tuple[date, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "YearSchedule":
        _check_days(self.year, self.holidays, self.workdays)
        return self


class RegionalSchedule(Frozen):
    """Days off, and make-up workdays, that one area alone has in a year (地方放假安排), e.g. 三月三 in Guangxi.

    They lie over the national schedule: where both speak of a day, the area's word holds.  A schedule without a day
    takes back an earlier one of the same area and year.
    """

    area: Annotated[str, Field(pattern=r"^[0-9]{2,12}$")]
    year: Year
    source: Annotated[str, Field(min_length=4, max_length=120)]
    issued: date
    holidays: tuple[Holiday, ...]
    workdays: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "RegionalSchedule":
        _check_days(self.year, self.holidays, self.workdays)
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

    `overlays` are the schedules of all areas, which nobody counts on; `for_area` puts those of one area into force,
    as `regional`.  `issue` is the number under which the record keeps a calendar that was imported (0: of the files).
    """

    years: tuple[YearSchedule, ...]
    fixed: tuple[FixedHoliday, ...]
    statutory: tuple[Holiday, ...]
    declared_missing: tuple[Year, ...] = ()
    regional: tuple[RegionalSchedule, ...] = ()
    overlays: tuple[RegionalSchedule, ...] = ()
    issue: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _consistent(self) -> "WorkCalendar":
        published = [schedule.year for schedule in self.years]
        if published != sorted(set(published)):
            raise ValueError("放假安排应按年份排列，每年一份")
        if set(published) & set(self.declared_missing):
            raise ValueError("已有放假安排的年份不能再声明为未公布")
        for schedules in (self.regional, self.overlays):
            if list(schedules) != sorted({_place(s): s for s in schedules}.values(), key=_place):
                raise ValueError("地方放假安排应按地区和年份排列，每地每年一份")
        return self

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, so that a revised calendar can never pass for another."""
        left_out = {"issue", *(name for name in ("regional", "overlays") if not getattr(self, name))}
        return hashlib.sha256(self.model_dump_json(exclude=left_out).encode()).hexdigest()

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
    def regional_days(self) -> dict[date, str | None]:
        """What this calendar's area alone has: the name of a day off, None for a make-up workday."""
        days: dict[date, str | None] = {}
        for schedule in self.regional:  # the larger area first, so that the smaller one's word is the last
            days |= {day: holiday.name for holiday in schedule.holidays for day in holiday.days}
            days |= dict.fromkeys(schedule.workdays)
        return days

    @cached_property
    def fixed_days(self) -> dict[tuple[int, int], str]:
        """The name of each fixed statutory holiday by month and day; it counts in unpublished years only."""
        return {(holiday.month, holiday.day): holiday.name for holiday in self.fixed}

    @cached_property
    def working_days(self) -> dict[int, tuple[int, ...]]:
        """The working days of the years that were counted in, as ordinals; filled by who counts."""
        return {}

    def with_schedule(self, schedule: YearSchedule | RegionalSchedule) -> "WorkCalendar":
        """Return the calendar with one year's schedule put in or replaced: a notice was published or corrected."""
        if isinstance(schedule, RegionalSchedule):
            others = {_place(s): s for s in self.overlays} | {_place(schedule): schedule}
            return self._but(overlays=tuple(others[place] for place in sorted(others)))
        years = {s.year: s for s in self.years} | {schedule.year: schedule}
        return self._but(
            years=tuple(years[year] for year in sorted(years)),
            declared_missing=tuple(y for y in self.declared_missing if y != schedule.year),
        )

    def for_area(self, area: str, kept: "WorkCalendar | None" = None) -> "WorkCalendar":
        """Return the calendar that holds in an area: the nation's with the schedules of the areas it lies in.

        `kept` is the calendar in force there: what this one does not say of the area anew stays.
        """
        own = {_place(s): s for s in kept.regional} if kept else {}
        own |= {_place(s): s for s in (*self.regional, *self.overlays)}
        regional = tuple(own[place] for place in sorted(own) if area.startswith(own[place].area))
        if regional == self.regional and not self.overlays:
            return self
        return self._but(regional=regional, overlays=())

    def issued(self, number: int) -> "WorkCalendar":
        """Return the calendar under its number in the record."""
        return self if number == self.issue else self._but(issue=number)

    def _but(self, **changed: object) -> "WorkCalendar":
        """Return another calendar; a copy would keep what was worked out of this one."""
        return WorkCalendar.model_validate({name: getattr(self, name) for name in type(self).model_fields} | changed)


def _place(schedule: RegionalSchedule) -> tuple[int, str, int]:
    """How regional schedules are ordered: the larger area first."""
    return len(schedule.area), schedule.area, schedule.year
