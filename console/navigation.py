"""The menu (导航): which pages a role is offered, in order.  A page is protected by its route, not by its menu.

What is opened every day stands in the first line; the rest is under a heading that opens without a script, so that the
menu takes two lines of a phone.
"""

from dataclasses import dataclass
from itertools import groupby

from api.asking import STAFF
from casework.states import Role
from desk.desk import Caller


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `under` is the heading it stands under, "" for the first line."""

    path: str
    words: str
    roles: tuple[Role, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as a page shows it; `here` marks the page one is on.  A heading has no path, but the lines under it."""

    path: str
    words: str
    here: bool
    below: tuple["Shown", ...] = ()


_ADMINISTRATOR = (Role.ADMINISTRATOR,)
_HELPER = (Role.HELPER,)
_READERS = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)

FROM_PUBLIC, KNOWING, HELPING, COUNTING, RULES = "群众来件", "摸底登记", "就业帮扶", "统计上报", "办法和日历"

ENTRIES: tuple[Entry, ...] = (
    Entry("/doorstep", "今天", _HELPER),
    Entry("/doorstep/offline", "离线登记", _HELPER),
    Entry("/county", "复核认定", (Role.REVIEWER,)),
    Entry("/supervision", "督导", (Role.SUPERVISOR,)),
    Entry("/queue", "工作台", STAFF),
    Entry("/intake", "受理申请", (Role.CASEWORKER,)),
    Entry("/cases", "个案", STAFF),
    Entry("/inspections", "核查", (Role.SUPERVISOR, Role.REVIEWER)),
    Entry("/applications", "网上申请", (Role.CASEWORKER,), FROM_PUBLIC),
    Entry("/applications/objections", "群众异议", (Role.CASEWORKER, Role.REVIEWER), FROM_PUBLIC),
    Entry("/register/visits", "入户摸底", _HELPER, KNOWING),
    Entry("/imports", "表格导入", (Role.CASEWORKER, Role.SUPERVISOR), KNOWING),
    Entry("/register", "普查底册", _READERS, KNOWING),
    Entry("/vacancies", "岗位库", STAFF, HELPING),
    Entry("/subsidies", "补贴和待遇", STAFF, HELPING),
    Entry("/stories", "典型案例", STAFF, HELPING),
    Entry("/ledger", "台账", STAFF, COUNTING),
    Entry("/figures", "统计", _READERS, COUNTING),
    Entry("/targets", "任务", STAFF, COUNTING),
    Entry("/reports", "调度表", _READERS, COUNTING),
    Entry("/administration", "管理首页", _ADMINISTRATOR),
    Entry("/administration/people", "账号", _ADMINISTRATOR),
    Entry("/administration/offices", "机构", _ADMINISTRATOR),
    Entry("/administration/absences", "请假与代办", (Role.SUPERVISOR, Role.ADMINISTRATOR)),
    Entry("/administration/policies", "办法", _ADMINISTRATOR, RULES),
    Entry("/administration/calendars", "工作日历", _ADMINISTRATOR, RULES),
    Entry("/administration/notices", "通知模板", _ADMINISTRATOR, RULES),
    Entry("/administration/health", "运行状况", _ADMINISTRATOR),
)
"""In the order of the menu.  The first page of each role is `FIRST` in `home.py`."""


def menu_for(caller: Caller | None, path: str) -> tuple[Shown, ...]:
    """Return the menu of a caller; the longest entry that begins the path is where one is."""
    if caller is None or caller.person.must_change:
        return ()
    mine = [entry for entry in ENTRIES if caller.role in entry.roles]
    under = [entry.path for entry in mine if path == entry.path or path.startswith(entry.path + "/")]
    here = max(under, key=len, default=None)
    found: list[Shown] = []
    for heading, entries in groupby(mine, lambda entry: entry.under):
        lines = tuple(Shown(entry.path, entry.words, entry.path == here) for entry in entries)
        if heading and len(lines) > 1:
            found.append(Shown("", heading, any(line.here for line in lines), lines))
        else:
            found += lines
    return tuple(found)
