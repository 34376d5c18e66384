"""Offices at the desk (机构): the names and phones that notices, the board and the pages show.

An administrator keeps those of its own area.  A code is a division code: 2, 4, 6, 9 or 12 digits' worth.
"""

import re

from casework.errors import NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from records.offices import Office, offices_in, set_office
from records.scope import area_prefix

_CODE = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")
_PHONE = re.compile(r"[0-9][0-9 ()-]{5,28}[0-9]")
LONGEST_NAME = 80


def known(desk: Desk, caller: Caller) -> tuple[Office, ...]:
    """Return the offices of the caller's area that have a name."""
    with desk.record.read() as work:
        return offices_in(work, caller.area)


def keep(desk: Desk, caller: Caller, *, code: str, name: str, phone: str) -> Office:
    """Keep an office's name and phone, or replace them; raises `SaidNo` naming the field."""
    if caller.role is not Role.ADMINISTRATOR:
        raise NotYourStep("role_not_allowed", f"机构由管理员维护，您的角色是{caller.role.words}。")
    if not _CODE.fullmatch(code):
        raise SaidNo("office_code_wrong", "机构代码为6位（县）、9位（街道）或12位（社区）数字。", field="office")
    if not code.startswith(area_prefix(caller.area)):
        raise SaidNo("area_not_yours", "只能维护本辖区内的机构，请核对代码。", field="office")
    if not 2 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise SaidNo("office_name_wrong", f"请填写机构名称，2至{LONGEST_NAME}个字。", field="name")
    if not _PHONE.fullmatch(phone):
        raise SaidNo("office_phone_wrong", "请填写公开的办公电话，如 0434-3200000；不要填个人手机。", field="phone")
    office = Office(code, name, phone)
    with desk.record.write() as work:
        set_office(work, office)
    return office
