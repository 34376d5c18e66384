"""Reading a layoff list (裁员名单), typed line by line or as a sheet: 姓名、身份证号、单位、离岗日期.  Pure.

Reasons never repeat a cell.  Matching is `layoffs.py`; nothing is written anywhere.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.errors import SaidNo
from casework.resident_id import read_resident_id
from register.survey import BadCell, SheetUnreadable
from register.survey_cells import Cell, Lines
from register.survey_sheet import read_sheet

NAME, RESIDENT_ID, EMPLOYER, LEAVES_ON = "姓名", "身份证号", "单位", "离岗日期"
NEEDED = (NAME, RESIDENT_ID, LEAVES_ON)
MOST = 5000
LONGEST = {NAME: 50, EMPLOYER: 100}

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?", re.ASCII)


@dataclass(frozen=True, slots=True)
class LaidOff:
    """One person of a list."""

    line: int
    employer: str
    leaves_on: date
    name: str = field(repr=False)
    id_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LayoffList:
    """A list as far as it could be read; with a bad cell none of it is taken."""

    people: tuple[LaidOff, ...]
    bad_cells: tuple[BadCell, ...]


def read_file(content: bytes, filename: str, employer: str) -> LayoffList:
    """Read a sheet; `employer` stands for a line without one.  Raises `SheetUnreadable`."""
    return _read(read_sheet(content, filename), employer)


def read_typed(text: str, employer: str) -> LayoffList:
    """Read lines of "name number day", separated by blanks, commas or tabs."""
    header = tuple(Cell(column) for column in NEEDED)
    body = []
    for line, typed in enumerate(text.splitlines(), 1):
        parts = [part for part in re.split(r"[\s,，;；、]+", typed.strip()) if part]
        if parts:
            body.append((line, tuple(Cell(part) for part in parts)))
    return _read(Lines(header, tuple(body)), employer)


def _read(sheet: Lines, employer: str) -> LayoffList:
    names = [cell.text for cell in sheet.header]
    missing = tuple(column for column in NEEDED if column not in names)
    if missing:
        raise SheetUnreadable("sheet_columns", f"第1行缺少列：{'、'.join(missing)}", columns=missing)
    if len(sheet.body) > MOST:
        raise SheetUnreadable("sheet_too_large", f"一张名单不超过{MOST}人，请拆分后再登记")
    places = {column: names.index(column) for column in (*NEEDED, EMPLOYER) if column in names}
    people: list[LaidOff] = []
    bad: list[BadCell] = []
    for line, cells in sheet.body:
        one, wrong = _person(line, cells, places, employer)
        bad += wrong
        if one is not None:
            people.append(one)
    bad += _twice(people)
    return LayoffList(tuple(people), tuple(sorted(bad)))


def _person(
    line: int, cells: tuple[Cell, ...], places: Mapping[str, int], employer: str
) -> tuple[LaidOff | None, list[BadCell]]:
    def cell(column: str) -> Cell:
        place = places.get(column, len(cells))
        return cells[place] if place < len(cells) else Cell("")

    bad = [BadCell(line, column, fault) for column in places if (fault := cell(column).fault)]
    name, told = cell(NAME).text, cell(EMPLOYER).text or employer
    if not name or len(name) > LONGEST[NAME] or not name.isprintable():
        bad.append(BadCell(line, NAME, "请填写姓名，不超过50个字"))
    if not told or len(told) > LONGEST[EMPLOYER] or not told.isprintable():
        bad.append(BadCell(line, EMPLOYER, "请填写单位，不超过100个字"))
    number = ""
    try:
        number = read_resident_id(cell(RESIDENT_ID).text).number
    except SaidNo as no:
        bad.append(BadCell(line, RESIDENT_ID, no.message))
    leaves = _day(cell(LEAVES_ON))
    if leaves is None:
        bad.append(BadCell(line, LEAVES_ON, "应为日期，如 2026-11-20；一行写姓名、身份证号、离岗日期"))
    if bad or leaves is None:
        return None, bad
    return LaidOff(line, told, leaves, name, number), []


def _day(cell: Cell) -> date | None:
    found = _DAY.fullmatch(cell.text)
    if found is None:
        return cell.serial
    try:
        year, month, day = (int(part) for part in found.groups() if part)
        return date(year, month, day) if 2000 <= year <= 2099 else None
    except ValueError:
        return None


def _twice(people: Iterable[LaidOff]) -> list[BadCell]:
    seen: dict[str, int] = {}
    bad = []
    for one in people:
        if one.id_number in seen:
            bad.append(BadCell(one.line, RESIDENT_ID, f"与第{seen[one.id_number]}行是同一个人，请只留一行"))
        seen.setdefault(one.id_number, one.line)
    return bad
