"""The menu (导航): which pages a role is offered, in order.  A page is protected by its route, not by its menu."""

from dataclasses import dataclass

from api.asking import STAFF
from casework.states import Role
from desk.desk import Caller


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    path: str
    words: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as a page shows it; `here` marks the page one is on."""

    path: str
    words: str
    here: bool


_ADMINISTRATOR = (Role.ADMINISTRATOR,)
_HELPER = (Role.HELPER,)

ENTRIES: tuple[Entry, ...] = (
    Entry("/doorstep", "今天", _HELPER),
    Entry("/doorstep/offline", "离线登记", _HELPER),
    Entry("/register/visits", "入户摸底", _HELPER),
    Entry("/county", "复核认定", (Role.REVIEWER,)),
    Entry("/supervision", "督导", (Role.SUPERVISOR,)),
    Entry("/inspections", "核查", (Role.SUPERVISOR, Role.REVIEWER)),
    Entry("/queue", "工作台", STAFF),
    Entry("/intake", "受理申请", (Role.CASEWORKER,)),
    Entry("/cases", "个案", STAFF),
    Entry("/imports", "表格导入", (Role.CASEWORKER, Role.SUPERVISOR)),
    Entry("/register", "普查底册", (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)),
    Entry("/vacancies", "岗位库", STAFF),
    Entry("/ledger", "台账", STAFF),
    Entry("/figures", "统计", (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)),
    Entry("/subsidies", "补贴和待遇", STAFF),
    Entry("/targets", "任务", STAFF),
    Entry("/applications", "网上申请", (Role.CASEWORKER,)),
    Entry("/applications/objections", "群众异议", (Role.CASEWORKER, Role.REVIEWER)),
    Entry("/stories", "典型案例", STAFF),
    Entry("/reports", "调度表", (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)),
    Entry("/administration", "管理首页", _ADMINISTRATOR),
    Entry("/administration/people", "账号", _ADMINISTRATOR),
    Entry("/administration/offices", "机构", _ADMINISTRATOR),
    Entry("/administration/absences", "请假与代办", (Role.SUPERVISOR, Role.ADMINISTRATOR)),
    Entry("/administration/policies", "办法", _ADMINISTRATOR),
    Entry("/administration/calendars", "工作日历", _ADMINISTRATOR),
    Entry("/administration/notices", "通知模板", _ADMINISTRATOR),
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
    return tuple(Shown(entry.path, entry.words, entry.path == here) for entry in mine)
