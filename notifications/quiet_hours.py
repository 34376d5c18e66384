"""When a notice may be sent (免打扰时段).  Pure: the instant comes in, the instant comes out; nothing waits here."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from casework.times import SHANGHAI


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Nothing is sent from `starts` (included) to `ends` (excluded), wall clock in Shanghai, across midnight."""

    starts: time = time(21)
    ends: time = time(8)

    def __post_init__(self) -> None:
        if self.starts <= self.ends:
            raise ValueError("quiet hours run across midnight: `starts` must be later in the day than `ends`")


QUIET_HOURS = QuietHours()
"""21:00–08:00, 内部规定: no document sets it."""


def send_after(now: datetime, policy: QuietHours = QUIET_HOURS) -> datetime:
    """Return `now` itself outside the quiet hours, else the instant (UTC) at which they end."""
    local = now.astimezone(SHANGHAI)
    wall = local.time()
    if policy.ends <= wall < policy.starts:
        return now
    day = local.date() if wall < policy.ends else local.date() + timedelta(days=1)
    return datetime.combine(day, policy.ends, SHANGHAI).astimezone(UTC)
