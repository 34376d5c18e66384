"""How pages say dates, limits and money (措辞).  Pure: "today" and the calendar come in.

A limit is said in working days and in a tone that a colour repeats: the words alone are enough.
"""

from dataclasses import dataclass
from datetime import date, datetime

from casework.times import SHANGHAI, in_words
from casework.working_days import working_days_between
from policies.calendar_model import WorkCalendar

_WEEK = "一二三四五六日"

SOON = 3
"""Working days from which a limit counts as near."""


@dataclass(frozen=True, slots=True)
class Due:
    """A limit as lists show it.  `tone`: overdue, today, soon, calm, paused or none; the words say the same."""

    words: str
    tone: str
    day: str


def day(value: date | None) -> str:
    """2026年9月30日（周三）; nothing is a dash."""
    return f"{in_words(value)}（周{_WEEK[value.weekday()]}）" if value else "—"


def short_day(value: date | None) -> str:
    """9月30日, for dense lists."""
    return f"{value.month}月{value.day}日" if value else "—"


def at(value: datetime | None) -> str:
    """2026年9月30日 10:02, Shanghai time."""
    if value is None:
        return "—"
    local = value.astimezone(SHANGHAI)
    return f"{in_words(local.date())} {local:%H:%M}"


def yuan(fen: int | None) -> str:
    """188000 → 1,880元; fen are shown only when there are some."""
    if fen is None:
        return "—"
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}元" if rest else f"{whole:,}元"


def due(
    due_on: date | None, today: date, calendar: WorkCalendar, *, overdue: bool = False, paused: bool = False
) -> Due:
    """Say a limit on a day.  `overdue` is the mark an event wrote; a day that has passed without it says so too."""
    if due_on is None:
        return Due("没有期限", "none", "")
    shown = day(due_on)
    if paused:
        return Due("暂停计算", "paused", shown)
    if due_on < today:
        late = working_days_between(calendar, due_on, today)
        return Due(f"已超期 {late} 个工作日" if late else "已过期限", "overdue", shown)
    if overdue:
        return Due("已超期", "overdue", shown)
    if due_on == today:
        return Due("今天到期", "today", shown)
    left = working_days_between(calendar, today, due_on)
    if left == 0:
        return Due("下一个工作日前到期", "soon", shown)
    return Due(f"还剩 {left} 个工作日", "soon" if left <= SOON else "calm", shown)
