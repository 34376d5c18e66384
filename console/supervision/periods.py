"""Periods of figures (统计期间) as addresses name them: 2026-10 a month, 2026-Q4 a quarter, 2026 a year.

Pure: the day from which "this month" is meant comes in.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from records.figures import Period

EARLIEST, LATEST = 2000, 2100
KINDS = (("month", "按月"), ("quarter", "按季"), ("year", "按年"))

_NAMED = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})|-Q(?P<quarter>[1-4]))?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A period with its name in addresses and in words."""

    kind: str
    year: int
    number: int

    @property
    def name(self) -> str:
        match self.kind:
            case "month":
                return f"{self.year}-{self.number:02d}"
            case "quarter":
                return f"{self.year}-Q{self.number}"
        return str(self.year)

    @property
    def words(self) -> str:
        match self.kind:
            case "month":
                return f"{self.year}年{self.number}月"
            case "quarter":
                return f"{self.year}年第{self.number}季度"
        return f"{self.year}年"

    @property
    def days(self) -> Period:
        first_month, last_month = self._months()
        last = date(self.year, last_month, monthrange(self.year, last_month)[1])
        return Period(date(self.year, first_month, 1), last)

    def moved(self, by: int) -> "Chosen":
        """Return the period before or after."""
        in_year = {"month": 12, "quarter": 4}.get(self.kind, 1)
        year, number = divmod(self.year * in_year + self.number - 1 + by, in_year)
        return Chosen(self.kind, year, number + 1)

    def as_kind(self, kind: str) -> "Chosen":
        """Return the month, quarter or year in which this period ends."""
        return around(self.days.last, kind)

    def _months(self) -> tuple[int, int]:
        match self.kind:
            case "month":
                return self.number, self.number
            case "quarter":
                return self.number * 3 - 2, self.number * 3
        return 1, 12


def around(day: date, kind: str) -> Chosen:
    """Return the month, quarter or year a day lies in."""
    match kind:
        case "month":
            return Chosen(kind, day.year, day.month)
        case "quarter":
            return Chosen(kind, day.year, (day.month + 2) // 3)
    return Chosen("year", day.year, 1)


def chosen(name: str | None, today: date) -> Chosen:
    """Return the period an address names; this month when it names none that makes sense."""
    found = _NAMED.fullmatch(name or "")
    if found is None or not EARLIEST <= int(found["year"]) <= LATEST:
        return around(today, "month")
    if found["month"]:
        month = int(found["month"])
        return Chosen("month", int(found["year"]), month) if 1 <= month <= 12 else around(today, "month")
    if found["quarter"]:
        return Chosen("quarter", int(found["year"]), int(found["quarter"]))
    return Chosen("year", int(found["year"]), 1)


def months_until(day: date, count: int) -> tuple[Chosen, ...]:
    """Return so many months in order, the last one the day's."""
    last = around(day, "month")
    return tuple(last.moved(-back) for back in range(count - 1, -1, -1))
