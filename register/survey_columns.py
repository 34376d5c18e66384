"""The columns of a survey sheet (调查表的列): which there must be, what each cell may say, and one line's facts.

One line at a time; what lines must be to each other is in `register/survey_sheet.py`.  Reasons never repeat a cell.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from casework.errors import SaidNo
from casework.household import Capacity, Hukou, Marital, Member, Relation, Track, WorkStatus
from casework.resident_id import ResidentId, read_resident_id
from register.survey import BadCell, SheetUnreadable, SurveyPerson
from register.survey_cells import Cell

HOUSEHOLD, OFFICE, SURVEYED_ON, BOOKLET = "户编号", "受理机构", "调查日期", "户口簿号"
NAME, RELATION, RESIDENT_ID, PHONE = "姓名", "与申请人关系", "身份证号", "手机"
COLUMNS = (
    *(HOUSEHOLD, OFFICE, SURVEYED_ON, BOOKLET, NAME, RELATION, RESIDENT_ID, "户口性质", "婚姻状况", "共同生活"),
    *(
        "劳动能力",
        "就业愿望",
        "就业失业状态",
        "职工类型",
        "月收入",
        "经营性收入",
        "投资性收入",
        "享受低保",
        "享受失业保险",
        PHONE,
    ),
)
OPTIONAL = frozenset({"职工类型", PHONE})

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class CellFault(Exception):
    """Why a cell cannot be taken; its text becomes the reason of a bad cell."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands in the sheet; a sheet may order them as it likes and have others besides."""

    places: dict[str, int]
    names: tuple[str, ...]
    _read: frozenset[int] = field(init=False, repr=False)
    _own: frozenset[int] = field(init=False, repr=False)
    _known: frozenset[int] = field(init=False, repr=False)
    _said: dict[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        read = frozenset(self.places.values())
        object.__setattr__(self, "_read", read)
        own = frozenset(place for place, name in enumerate(self.names) if name and place not in read)
        object.__setattr__(self, "_own", own)
        object.__setattr__(self, "_known", read | own)
        object.__setattr__(self, "_said", {place: column for column, place in self.places.items()})

    def name(self, place: int) -> str:
        """Return what to call a column in a reason, by its header or its number."""
        named = self.names[place] if place < len(self.names) else ""
        return named or f"第{place + 1}列"

    def fault(self, place: int, cell: Cell) -> str | None:
        """Return what is wrong with a cell by itself; a column of the sheet's own (序号、备注) is not looked at."""
        if place in self._read:
            return cell.fault
        return None if place in self._own or cell.blank else "多出的单元格（表头没有这一列）；请核对是否错位"

    def blank(self, cells: tuple[Cell, ...]) -> bool:
        """Say whether a line holds nothing outside the sheet's own columns: a running number filled too far down."""
        return all(cell.blank or place in self._own for place, cell in enumerate(cells))

    def faults(self, cells: tuple[Cell, ...]) -> dict[str, str]:
        """Return what is wrong with the cells of a line by themselves, by column; one that is read by what it says.

        However a sheet calls a column, a cell has one fault: whoever reads the column asks for it by that name.
        """
        known, said = self._known, self._said
        return {
            said.get(place) or self.name(place): fault
            for place, cell in enumerate(cells)
            if (cell.fault or place not in known) and (fault := self.fault(place, cell)) is not None
        }


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One line as far as it could be read; `facts` and `person` are there only when no cell of it is bad.

    `facts` is the member without its id and with the booklet's number as label: both are given by the household.
    """

    line: int
    household: str | None
    office: str | None
    surveyed_on: date | None
    booklet: str | None = field(repr=False)
    relation: Relation | None
    resident: ResidentId | None
    facts: Member | None = field(repr=False)
    person: SurveyPerson | None
    bad_cells: tuple[BadCell, ...]


def find_columns(header: tuple[Cell, ...]) -> Columns:
    """Return where the columns are; raises `SheetUnreadable` (sheet_columns) for missing and duplicate ones."""
    names = tuple(cell.text for cell in header)
    missing = tuple(column for column in COLUMNS if column not in names)
    if missing:
        raise SheetUnreadable(
            "sheet_columns", f"第1行缺少列：{'、'.join(missing)}；请核对表头和文件编码，未判断任何家庭", columns=missing
        )
    twice = tuple(column for column in COLUMNS if names.count(column) > 1)
    if twice:
        raise SheetUnreadable("sheet_columns", f"第1行有重复的列：{'、'.join(twice)}；未判断任何家庭", columns=twice)
    return Columns({column: names.index(column) for column in COLUMNS}, names)


def read_line(line: int, cells: tuple[Cell, ...], columns: Columns) -> SurveyLine:
    """Read one line; every cell that cannot be taken is named, not only the first."""
    faults = columns.faults(cells)

    def take(column: str, read: Callable[[Cell], T]) -> T | None:
        place = columns.places[column]
        cell = cells[place] if place < len(cells) else Cell("")
        if column in faults or (not cell.text and column in OPTIONAL):
            return None
        try:
            if not cell.text:
                raise CellFault("不能为空")
            return read(cell)
        except CellFault as fault:
            faults[column] = str(fault)
        except SaidNo as no:
            faults[column] = no.message
        return None

    household, office = take(HOUSEHOLD, _CODE_40), take(OFFICE, _CODE_20)
    surveyed_on, booklet = take(SURVEYED_ON, read_day), take(BOOKLET, _CODE_40)
    name, relation = take(NAME, read_name), take(RELATION, _RELATION)
    resident, phone = take(RESIDENT_ID, lambda cell: read_resident_id(cell.text)), take(PHONE, read_phone)
    hukou, marital = take("户口性质", _HUKOU), take("婚姻状况", _MARITAL)
    cohabiting, capacity = take("共同生活", _YES_OR_NO), take("劳动能力", _capacity)
    willing, status = take("就业愿望", _HAS_OR_NOT), take("就业失业状态", _STATUS)
    track, wage = take("职工类型", _track), take("月收入", _fen)
    business, investment = take("经营性收入", _fen), take("投资性收入", _fen)
    dibao, insurance = take("享受低保", _YES_OR_NO), take("享受失业保险", _YES_OR_NO)
    if resident and surveyed_on and resident.birth_date > surveyed_on:
        faults[RESIDENT_ID] = "身份证号中的出生日期晚于调查日期，请核对"

    facts = person = None
    if not faults:
        # Without a fault every cell above was read, the optional ones apart; pydantic would refuse a None anyway.
        assert resident is not None
        assert booklet is not None
        assert name is not None
        facts = Member.model_validate(
            {
                "member_id": "M1", "relation": relation, "sex": resident.sex, "birth_date": resident.birth_date,
                "booklet": booklet, "hukou": hukou, "marital": marital, "cohabiting": cohabiting,
                "capacity": capacity, "willing": willing, "status": status, "track": track, "wage_fen": wage,
                "business_income_fen": business, "investment_income_fen": investment, "dibao": dibao,
                "unemployment_insurance": insurance,
            }
        )  # fmt: skip
        person = SurveyPerson("M1", name, resident.number, phone, booklet)
    return SurveyLine(
        line, household, office, surveyed_on, booklet, relation, resident, facts, person,
        tuple(BadCell(line, column, reason) for column, reason in faults.items()),
    )  # fmt: skip


def read_one_of(words: type[E]) -> Callable[[Cell], E]:
    def read(cell: Cell) -> E:
        try:
            return words(cell.text)
        except ValueError:
            raise CellFault(f"应为下列之一：{'、'.join(words)}") from None

    return read


def _either(yes: str, no: str) -> Callable[[Cell], bool]:
    def read(cell: Cell) -> bool:
        if cell.text not in (yes, no):
            raise CellFault(f"应为“{yes}”或“{no}”")
        return cell.text == yes

    return read


_RELATION, _HUKOU = read_one_of(Relation), read_one_of(Hukou)
_MARITAL, _STATUS = read_one_of(Marital), read_one_of(WorkStatus)
_YES_OR_NO, _HAS_OR_NOT = _either("是", "否"), _either("有", "无")


def _capacity(cell: Cell) -> Capacity:
    return read_one_of(Capacity)(Cell(cell.text.removesuffix("劳动能力")))


def _track(cell: Cell) -> Track:
    """管理技术岗 is the 55 track as 干部 is."""
    return Track.CADRE if cell.text == "管理技术岗" else read_one_of(Track)(cell)


def read_text(cell: Cell, longest: int) -> str:
    text = cell.text
    if len(text) > longest:
        raise CellFault(f"超过{longest}个字")
    odd = not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text)
    if odd or "|" in text or "�" in text:
        raise CellFault("含有换行、不可见字符、乱码或“|”，请重新录入")
    if text.startswith(("=", "+", "-", "@", "'", "＝", "＋", "－", "＠")):
        raise CellFault("不能以 = + - @ ' 开头（表格软件会把它当作公式）")
    return text


def read_code(longest: int) -> Callable[[Cell], str]:
    def read(cell: Cell) -> str:
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?[Ee]\+[0-9]+", cell.text):
            raise CellFault("变成了科学计数，末尾数字已丢失；请把该列设为文本格式后重新录入")
        return read_text(cell, longest)

    return read


_CODE_20, _CODE_40 = read_code(20), read_code(40)


def read_name(cell: Cell) -> str:
    name = read_text(cell, 50)
    if not any(unicodedata.category(c)[0] in "LC" for c in name):
        raise CellFault("不像姓名，请核对")
    return name


def read_day(cell: Cell) -> date:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|年([0-9]{1,2})月)([0-9]{1,2})日?", cell.text)
    if match is None:
        if cell.serial is not None:
            return cell.serial
        raise CellFault("应为日期，如 2026-11-20")
    try:
        day = date(int(match[1]), int(match[2] or match[3] or match[4]), int(match[5]))
    except ValueError:
        raise CellFault("不是真实存在的日期") from None
    if not 2000 <= day.year <= 2099:
        raise CellFault("年份应在2000至2099之间")
    return day


def _fen(cell: Cell) -> int:
    """Yuan in the sheet, fen in the house."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", cell.text):
        raise CellFault("应为不小于0的金额（元，最多两位小数）；没有收入请填0")
    return int(Decimal(cell.text) * 100)


def read_phone(cell: Cell) -> str:
    if not re.fullmatch(r"1[0-9]{10}", cell.text):
        raise CellFault("应为11位手机号；没有请留空")
    return cell.text
