"""Instants and legal dates.  Instants are aware UTC datetimes; legal dates are Asia/Shanghai dates (A45).

Nothing here reads a clock: every instant comes in as an argument.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has kept one offset without summer time since 1992, so a fixed offset is exact for every date we handle."""

_ISO_DAY = re.compile(r"(?<![0-9-])(\d{4})-(\d{2})-(\d{2})(?![0-9-])")

MORNING = 8
"""Reminders ring at 08:00, when the quiet hours end."""


def local_date(instant: datetime) -> date:
    """Return the legal date of an instant: a day ends at 24:00 in Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Return the instant (UTC) at which a legal date begins, 00:00 in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def in_words(day: date) -> str:
    """Return a legal date as people read it: 2026年10月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_in_words(month: str) -> str:
    """Return a month "2026-11" as people read it: 2026年11月."""
    return f"{month[:4]}年{int(month[5:7])}月"


def end_of(day: date) -> datetime:
    """Return the instant (UTC) at which a legal date ends, its 24:00 in Shanghai (民法典 203)."""
    return start_of(day + timedelta(days=1))


def at_local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant (UTC) of a wall-clock time in Shanghai on a legal date."""
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


def dated(text: str) -> str:
    """Return a text in which days written 2026-11-25 read 2026年11月25日; numbers of cases and posts stay."""
    return _ISO_DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)
