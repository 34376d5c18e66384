"""Setting targets (下达任务): by a supervisor, for areas and persons of the own area."""

from datetime import datetime

from casework.errors import NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.subsidies import key_of
from records import targets
from records.accounts import account_of
from records.scope import area_prefix
from records.targets import AREA, MEASURES, PERSON, Target
from register.targets import days_of

MOST = 100_000


def set_target(
    desk: Desk,
    caller: Caller,
    *,
    whose: str,
    about: str,
    measure: str,
    period: str,
    number: int,
    key: str,
    now: datetime,
) -> None:
    """Set a target, or another number for one that stands."""
    if caller.role is not Role.SUPERVISOR:
        raise NotYourStep("not_setting", "任务由督导人员下达。")
    if measure not in MEASURES:
        raise SaidNo("measure_unknown", "请选择任务内容。", field="measure")
    if days_of(period) is None:
        raise SaidNo("period_unreadable", "期间应写作 2026（全年）或 2026-11（一个月）。", field="period")
    if not 1 <= number <= MOST:
        raise SaidNo("number_out_of_range", f"目标数应为1至{MOST}的整数。", field="number")
    with desk.record.write() as work:
        if whose == PERSON:
            person = account_of(work, about)
            if person is None or not _within(caller, person.area):
                raise SaidNo("person_unknown", "辖区内没有这个账号，请核对。", field="about")
        elif whose != AREA or not _within(caller, about):
            raise SaidNo("area_outside", "请填写您辖区内的区划或机构代码。", field="about")
        code = area_prefix(about) if whose == AREA else about
        made = Target(key_of(caller, key), whose, code, measure, period, number, caller.area, caller.account, 1)
        targets.keep(work, made, now)


def cancel(desk: Desk, caller: Caller, target_id: str) -> None:
    """Take a target away; a supervisor of the area it was set in may."""
    with desk.record.write() as work:
        target = targets.one(work, caller.scope, target_id)
        if target is None:
            raise NotFound("任务")
        if caller.role is not Role.SUPERVISOR or not _within(caller, target.area):
            raise NotYourStep("not_setting", "这项任务由上级下达，须由上级取消。")
        targets.drop(work, target)


def _within(caller: Caller, area: str) -> bool:
    return area.isascii() and area.isdigit() and area_prefix(area).startswith(area_prefix(caller.area))
