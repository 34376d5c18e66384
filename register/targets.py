"""Targets and progress (任务和进度): which period a target is for, how far it is, and whether it keeps pace.  Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PERIOD = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """A year or a month: its days, both included."""

    first: date
    last: date
    words: str

    def passed(self, on: date) -> int:
        """Return how many of its days are over or begun on a day."""
        return max(0, min((on - self.first).days + 1, self.length))

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


def days_of(period: str) -> Days | None:
    """Read "2026" or "2026-11"; None when it is neither."""
    if not _PERIOD.fullmatch(period):
        return None
    year = int(period[:4])
    if len(period) == 4:
        return Days(date(year, 1, 1), date(year, 12, 31), f"{year}年")
    month = int(period[5:])
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), f"{year}年{month}月")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a target is on a day: `behind` when less is done than the days that have passed ask for."""

    target: int
    done: int
    expected: int
    over: bool

    @property
    def percent(self) -> int:
        return self.done * 100 // self.target

    @property
    def met(self) -> bool:
        return self.done >= self.target

    @property
    def behind(self) -> bool:
        return not self.met and self.done < self.expected

    @property
    def words(self) -> str:
        """已完成; 未完成 (the period is over); 落后进度; 按进度进行."""
        if self.met:
            return "已完成"
        if self.over:
            return f"未完成，差{self.target - self.done}"
        return f"落后进度，到今天应有{self.expected}" if self.behind else "按进度进行"


def progress(target: int, done: int, days: Days, on: date) -> Progress:
    """Judge a target on a day; what is expected by then is rounded down."""
    return Progress(target, done, target * days.passed(on) // days.length, on > days.last)
