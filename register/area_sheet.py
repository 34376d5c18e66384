"""The sheet of area numbers (登记失业人数表, .csv or .xlsx): read, each bad line told by number and reason.  Pure.

Columns: 地区代码, 月份, 登记失业人数, 有无平台.  Workbooks and encodings are answered by the reader of imports
(`sheet_book.py`).  Nothing is taken when a line is bad.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from register.sheet_book import open_sheet
from register.survey import SheetUnreadable
from register.survey_cells import Cell

COLUMNS = ("地区代码", "月份", "登记失业人数", "有无平台")
MOST_ROWS = 5000
MOST_MISTAKES = 20

_AREA = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
_MONTH = re.compile(r"(20\d{2})(?:-|/|年)(0?[1-9]|1[0-2])月?", re.ASCII)
_NUMBER = re.compile(r"\d{1,8}", re.ASCII)
PLATFORM = {"有": True, "无": False, "是": True, "否": False, "": True}


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One good line."""

    area: str
    month: str
    registered_unemployed: int
    platform: bool


class BadNumbers(Exception):
    """Lines that cannot be taken, each told with what to do; none was taken."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("bad numbers")
        self.mistakes = mistakes


def read_numbers(raw: bytes, name: str, own_prefix: str, last_month: str) -> tuple[AreaLine, ...]:
    """Return the lines of a sheet, of areas that begin like the caller's and months that are over.

    Raises `BadNumbers` with every mistake, up to twenty.
    """
    rows = _rows(raw, name)
    found: dict[tuple[str, str], AreaLine] = {}
    mistakes: list[str] = []
    for number, cells in rows:
        try:
            line = read_line(cells, own_prefix, last_month)
        except BadNumbers as bad:
            mistakes += [f"第{number}行{words}" for words in bad.mistakes]
            continue
        if (line.area, line.month) in found:
            mistakes.append(f"第{number}行与前面的行是同一地区同一月份，请只留一行")
        found[line.area, line.month] = line
    if mistakes:
        more = f"还有{len(mistakes) - MOST_MISTAKES}处" if len(mistakes) > MOST_MISTAKES else ""
        raise BadNumbers(*mistakes[:MOST_MISTAKES], *([more] if more else []))
    if not found:
        raise BadNumbers("表里没有数据行，请填写后再导入")
    return tuple(found.values())


def read_line(cells: Sequence[str], own_prefix: str, last_month: str) -> AreaLine:
    """Return one line as typed: area, month, number and platform.  Raises `BadNumbers` with each mistake."""
    area, month, number, platform = cells
    mistakes = []
    if not _AREA.fullmatch(area):
        mistakes.append("地区代码应为6位、9位或12位数字")
    elif not area.startswith(own_prefix):
        mistakes.append("地区代码不在您的管辖范围内")
    said = _MONTH.fullmatch(month)
    whole = f"{said[1]}-{int(said[2]):02d}" if said else ""
    if not said:
        mistakes.append("月份写作 2026-09 或 2026年9月")
    elif whole > last_month:
        mistakes.append("月份还没有结束，只填已结束的月份")
    plain = number.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        mistakes.append("登记失业人数应为整数，没有的填0")
    if platform not in PLATFORM:
        mistakes.append("有无平台填“有”或“无”")
    if mistakes:
        raise BadNumbers(*mistakes)
    return AreaLine(area, whole, int(plain), PLATFORM[platform])


def _rows(raw: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Return the lines under the header with their numbers; a month that Excel made a date is a month again."""
    try:
        sheet = open_sheet(raw, name, lambda row: sum(cell.text.strip() in COLUMNS for cell in row))
        header = [cell.text.strip() for cell in sheet.header]
        missing = [title for title in COLUMNS if header.count(title) != 1]
        if missing:
            raise BadNumbers(f"第一行应有这些列，各一次：{'，'.join(COLUMNS)}")
        places = [header.index(title) for title in COLUMNS]
        rows: list[tuple[int, list[str]]] = []
        for line, row in sheet.body:
            if len(rows) == MOST_ROWS:
                raise BadNumbers(f"一次最多导入{MOST_ROWS}行，请分次导入")
            cells = [row[place] if place < len(row) else Cell("") for place in places]
            both = list(zip(COLUMNS, cells, strict=True))
            faulty = [f"第{line}行“{title}”{cell.fault}" for title, cell in both if cell.fault]
            if faulty:
                raise BadNumbers(*faulty)
            rows.append((line, [_said(title, cell) for title, cell in both]))
    except SheetUnreadable as no:
        raise BadNumbers(no.message) from None
    return rows


def _said(title: str, cell: Cell) -> str:
    if cell.serial is not None and title == COLUMNS[1]:
        return f"{cell.serial.year}-{cell.serial.month:02d}"
    text = cell.text.strip().lstrip("'")
    if title == COLUMNS[1] and (day := re.fullmatch(r"(20\d{2}-\d{2})-01(?: 00:00:00)?", text)):
        return day[1]
    return text
