"""Searching at the desk (查找): what a text means, and who may look for people by what.

A supervisor answers for numbers and needs no names (`LOOKERS` of the API says the same): it searches by case number,
and by a whole ID number or phone that somebody gave it, never by name.
"""

import re
import unicodedata
from datetime import datetime

from casework.errors import NotYourStep, SaidNo
from casework.resident_id import check_character, read_resident_id
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records import person_search
from records.engine import Reading
from records.name_spellings import normal_name, normal_pinyin
from records.person_search import By, Hit, Search, Sought

LONGEST = 60
NAME_LOOKERS = (Role.CASEWORKER, Role.REVIEWER, Role.HELPER)

BY_WORDS = {
    By.NUMBER: "个案编号",
    By.ENDING: "个案编号末尾",
    By.ID_NUMBER: "公民身份号码",
    By.PHONE: "手机号",
    By.NAME: "姓名",
    By.PINYIN: "姓名拼音",
}

_CASE = re.compile(r"([0-9]{6,12})-([0-9]{4})-([0-9]{5})")
_UNHYPHENED = re.compile(r"([0-9]{6}|[0-9]{9}|[0-9]{12})(20[0-9]{2})([0-9]{5})")
_PHONE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")


def understood(text: str) -> Sought:
    """Return what a text looks for.  Raises `SaidNo` (search_empty, search_unclear, invalid_resident_id …)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    packed = re.sub(r"[\s]+", "", plain).upper().replace("—", "-").replace("–", "-")
    if not packed or len(packed) > LONGEST:
        raise SaidNo("search_empty", f"请填写要查找的内容，不超过{LONGEST}个字。", field="wanted")
    if _CASE.fullmatch(packed):
        return Sought(By.NUMBER, packed)
    if phone := _PHONE.fullmatch(packed.replace("-", "")):
        return Sought(By.PHONE, phone[1])
    if re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", packed):
        return _long_number(packed)
    if re.fullmatch(r"[0-9-]+", packed):
        return Sought(By.ENDING, packed)
    if re.search(r"[0-9]", packed):
        raise SaidNo("search_unclear", _UNCLEAR, field="wanted")
    if packed.isascii():
        if spelt := normal_pinyin(plain):
            return Sought(By.PINYIN, spelt)
        raise SaidNo("search_unclear", _UNCLEAR, field="wanted")
    if name := normal_name(plain):
        return Sought(By.NAME, name)
    raise SaidNo("search_unclear", _UNCLEAR, field="wanted")


_UNCLEAR = "没有看懂要找什么：姓名请只写汉字或拼音，编号、身份证号和手机号请只写数字。"


def begin(desk: Desk, caller: Caller, text: str | None, now: datetime) -> str:
    """Begin a search and return its id.  Raises `SaidNo`, or `NotYourStep` (search_by_name)."""
    check(caller, understood(text or ""))
    with desk.record.write() as work:
        return person_search.begin_search(work, caller.account, (text or "").strip(), now)


def check(caller: Caller, sought: Sought) -> None:
    """Raise `NotYourStep` when the caller's role does not look for people by name."""
    if sought.by in (By.NAME, By.PINYIN) and caller.role not in NAME_LOOKERS:
        raise NotYourStep(
            "search_by_name", f"{caller.role.words}按个案编号、身份证号或手机号查找，不按姓名查找。", field="wanted"
        )


def begun(work: Reading, caller: Caller, search_id: str, now: datetime) -> Search:
    """Return a search of the caller's own; raises `NotFound` when it is over."""
    return or_not_found(person_search.search_of(work, caller.account, search_id, now), "查找结果")


def log(
    desk: Desk, caller: Caller, search_id: str, page: int, sought: Sought, hits: tuple[Hit, ...], now: datetime
) -> None:
    """Write down whose cases a search by a person showed; a number names a case, and tells nothing new."""
    if sought.of_a_person and hits:
        reason = f"按{BY_WORDS[sought.by]}查找"
        with desk.record.write() as work:
            ids = [hit.case.case_id for hit in hits]
            person_search.log_found(work, caller.scope, search_id, page, ids, reason, now)


def _long_number(digits: str) -> Sought:
    """Fifteen digits are an ID number of before 1999; a case number without its strokes may be as long as a new one."""
    if len(digits) == 15:
        widened = f"{digits[:6]}19{digits[6:]}"
        return Sought(By.ID_NUMBER, widened + check_character(widened))
    try:
        return Sought(By.ID_NUMBER, read_resident_id(digits).number)
    except SaidNo as error:
        case = _UNHYPHENED.fullmatch(digits)
        if case is None or error.code == "resident_id_check_digit":  # somebody's birthday stands in it
            raise
        return Sought(By.NUMBER, "-".join(case.groups()))
