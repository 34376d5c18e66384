"""Whose step it is with a monthly report (调度表的审核、签发、上报、接收): a county's, or the roll-up of a level above.

Three people stand behind every report: who reviewed it, who signed it off, who takes it over one level above.  A
roll-up is its supervisors'; above the province nobody works here, so a third person of the province locks it when
the ministry has it.  What the numbers say against a step is in `monthly_reports.py`.
"""

from collections.abc import Mapping

from casework.states import Role
from desk.desk import Caller
from records.monthly_reports import Report
from records.scope import COUNTY, area_prefix

PROVINCE = 2
AFTER: Mapping[str, str] = {
    "drawn_up": "reviewed",
    "reviewed": "signed",
    "signed": "submitted",
    "submitted": "locked",
}
STANDINGS: Mapping[str, str] = {
    "drawn_up": "待审核",
    "reviewed": "待签发",
    "signed": "待上报",
    "submitted": "已上报，待上级接收",
    "locked": "已锁定",
    "returned": "已退回更正",
}
ACTS: Mapping[str, str] = {
    "reviewed": "审核",
    "signed": "签发",
    "submitted": "上报",
    "locked": "接收并锁定",
    "returned": "退回更正",
}
_OPEN_TO: Mapping[str, tuple[Role, ...]] = {
    "reviewed": (Role.REVIEWER,),
    "signed": (Role.REVIEWER, Role.SUPERVISOR),
    "submitted": (Role.REVIEWER, Role.SUPERVISOR),
    "locked": (Role.SUPERVISOR,),
    "returned": (Role.REVIEWER, Role.SUPERVISOR),
}


def reports(area: str) -> bool:
    """Say whether an area submits a report of its own: a county, a city, a province; not an office."""
    return len(area) <= COUNTY


def refusal(caller: Caller, area: str, act: str, report: Report | None) -> str | None:
    """Return why a caller may not do it, whatever the numbers."""
    roles = _OPEN_TO[act] if len(area) == COUNTY else (Role.SUPERVISOR,)
    if caller.role not in roles:
        return f"{ACTS[act]}不是您的职责，请由{'或'.join(role.words for role in roles)}办理。"
    above = caller.role is Role.SUPERVISOR and len(area_prefix(caller.area)) < len(area)
    if act == "locked" and not above and len(area) > PROVINCE:
        return f"接收并锁定由{'市级或省级' if len(area) == COUNTY else '省级'}督导人员办理。"
    by = report.by if report else {}
    if act == "signed" and by.get("reviewed") == caller.account:
        return "审核的人不能签发，请由另一人签发。"
    if act == "locked" and caller.account in (by.get("reviewed"), by.get("signed"), by.get("submitted")):
        return "参与审核、签发、上报的人不能接收，请由另一人接收。"
    return None
