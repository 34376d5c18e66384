"""What the queue's address asks for (筛选): shelves, kinds, states and limits as chosen, read for the record.

A limit is chosen in words (3个工作日内, 本周内); which dates those are depends on the day it is for a case, and in a
drill that is not everybody's.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from casework.states import Role, State
from casework.tasks import TASK_KINDS
from casework.times import local_date
from casework.working_days import next_working_day
from console.listing import Wanted
from console.words import SOON
from desk.desk import Caller
from policies.calendar_model import WorkCalendar
from records.engine import Reading
from records.queue import QueueFilter, Shelf, days_there, due_days

NAMES = ("shelf", "kind", "state", "due", "community")
KEPT = (*NAMES, "sort", "order")

DUE = (("overdue", "已超期"), ("soon", f"{SOON}个工作日内"), ("week", "本周内"))

_SHELVES = {
    Shelf.WORK: "待我办理",
    Shelf.MINE: "我的",
    Shelf.FREE: "未认领",
    Shelf.OVERDUE: "超期",
    Shelf.WAITING: "待他人办理",
    Shelf.ALL: "全部",
}
_BY_ROLE = {
    (Shelf.FREE, Role.CASEWORKER): "本街道未认领",
    (Shelf.FREE, Role.REVIEWER): "本县未认领",
    (Shelf.WAITING, Role.CASEWORKER): "待审批",
}

HINTS = {
    Shelf.WORK: "您领取的，和您这个角色还没有人领取的待办。",
    Shelf.MINE: "您已经领取的待办，连同您代办的同事所领取的。",
    Shelf.FREE: "您这个角色还没有人领取的待办。",
    Shelf.OVERDUE: "办理期限已过的待办，不论由谁领取。",
    Shelf.WAITING: "您范围内的个案正在等待其他角色办理的事项。",
    Shelf.ALL: "您范围内全部未办结的待办，不论角色和领取人。",
}


def shelf_words(shelf: Shelf, role: Role) -> str:
    """Return what a shelf is called for a role."""
    return _BY_ROLE.get((shelf, role), _SHELVES[shelf])


def shelf_of(wanted: Wanted) -> Shelf:
    chosen = wanted.get("shelf") or ""
    return Shelf(chosen) if chosen in set(Shelf) else Shelf.WORK


def filter_of(wanted: Wanted, calendar: WorkCalendar, days: Sequence[date], now: datetime) -> QueueFilter:
    """Return what the record is asked; what makes no sense is taken as not said.  `days`: see `days_of`."""
    windows = (
        {day: window(due, day, calendar) for day in days} if (due := wanted.get("due")) in ("soon", "week") else None
    )
    kind, state = wanted.get("kind"), wanted.get("state")
    return QueueFilter(
        shelf=shelf_of(wanted),
        kind=kind if kind in TASK_KINDS else None,
        state=State(state) if state in set(State) else None,
        community=wanted.get("community"),
        overdue=due == "overdue",
        due=None if windows is None else due_days(windows, now),
    )


def days_of(work: Reading, caller: Caller, now: datetime, *, drill: bool) -> tuple[date, ...]:
    """Return the days it is just now for the caller's cases: outside a drill, today."""
    return days_there(work, caller.scope, now) if drill else (local_date(now),)


def window(due: str, today: date, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the first and the last limit that a choice means on a day."""
    if due == "week":
        return today, today + timedelta(days=6 - today.weekday())
    last = today
    for _ in range(SOON + 1):
        last = next_working_day(calendar, last)
    return today, last - timedelta(days=1)


def kept_query(query: str) -> str:
    """Return the part of an address that a kept filter consists of, in one order, without what is unknown."""
    said = dict(parse_qsl(query))
    return urlencode({name: said[name][:80] for name in KEPT if said.get(name)})


def wanted_of(query: str) -> Wanted:
    """Return a kept filter as an address asks for it."""
    said = dict(parse_qsl(query))
    return Wanted(filters={name: said[name] for name in NAMES if name in said})
