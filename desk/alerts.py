"""What an administrator must be told of the installation (提示、告警) on a day.

An alert wants something done; a notice is only said.  Nothing here changes anything.
"""

from dataclasses import dataclass
from datetime import date

from policies.calendars import is_alert, missing_next_year
from records import calendars
from records.engine import Reading


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to know: a stable code, whether something must be done, since when, and what, in words."""

    code: str
    urgent: bool
    words: str
    what_to_do: str
    since: date | None = None


def alerts(work: Reading, on: date) -> tuple[Alert, ...]:
    """Return what there is to say on a day, the urgent first."""
    calendar = calendars.newest(work)
    found = []
    if (year := missing_next_year(calendar, on)) is not None:
        since = date(on.year, 11, 1)
        words = f"{year}年放假安排尚未导入，涉及该年的日期都是暂定的，不可逆的办理须人工核对日历。"
        what = "国务院办公厅通知公布后，在“工作日历”页导入放假安排（或用 wanjia calendar import）。"
        found.append(Alert("calendar_next_year_missing", is_alert(on), words, what, since if is_alert(on) else None))
    if waiting := calendars.lagging(work, calendar):
        words = f"还有{len(waiting)}户未结束的个案没有更新到现行工作日历（第{calendar.issue}号）。"
        what = "请在“工作日历”页接着更新（或用 wanjia calendar resume）。"
        found.append(Alert("calendar_cases_waiting", True, words, what))
    return tuple(sorted(found, key=lambda alert: not alert.urgent))
