"""From the bytes of an .xlsx sheet to lines of cells, without trusting the file.

calamine gives the values; formulas and errors are invisible to it (it returns the value last computed, or nothing), so
the sheet's XML is looked through for them first.  Before anything is inflated the sizes are checked, and calamine
only ever sees a copy made of the parts that passed: no zip bomb, no sheet that claims a million columns.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.parsers.expat import ExpatError

import python_calamine

from register.survey import SheetUnreadable
from register.survey_cells import MAX_COLUMNS, MAX_LINES, Cell, Lines, keep_lines, text_cell
from register.survey_xml import SheetMarks, scan_sheet, scan_workbook

MAX_PARTS = 2_000
MAX_INFLATED = 120 * 1024 * 1024
EXACT_DIGITS = 10**15
"""A spreadsheet keeps 15 digits of a number; anything longer has lost its end, silently."""
MERGED = "在合并单元格内；请取消合并，逐行填写"
SERIALS = range(36_526, 73_051)
"""Day numbers of the years 2000 to 2099 in the 1900 system."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    rows: list[list[object]]
    marks: SheetMarks
    merged: frozenset[tuple[int, int]]


def read_xlsx(content: bytes, first_column: str) -> Lines:
    """Read the one sheet whose line 1 has `first_column`; other sheets (填表说明) are left alone."""
    try:
        parts = _parts(content)
        workbook = scan_workbook(parts)
        scanned = {name: scan_sheet(parts[path]) for name, path in workbook.sheets}
        for marks in scanned.values():
            if marks.last_line > MAX_LINES or marks.last_column > MAX_COLUMNS:
                raise SheetUnreadable(
                    "sheet_too_large", f"工作表超过{MAX_LINES}行或{MAX_COLUMNS}列，请拆分或删去多余内容"
                )
        book = python_calamine.load_workbook(io.BytesIO(_copy(parts)))
        sheets = [_sheet(book.get_sheet_by_name(name), marks) for name, marks in scanned.items()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ExpatError, KeyError, ValueError) as why:
        raise SheetUnreadable("sheet_damaged", "文件不是完好的.xlsx工作簿（或已加密）；请用表格软件重新另存") from why
    except python_calamine.CalamineError as why:
        raise SheetUnreadable("sheet_damaged", "工作簿无法读取；请用表格软件重新另存为.xlsx") from why
    surveys = [sheet for sheet in sheets if sheet.rows and first_column in map(_stripped, sheet.rows[0])]
    if len(surveys) > 1:
        raise SheetUnreadable("sheet_ambiguous", f"工作簿中有{len(surveys)}张调查表，请每次只导入一张")
    chosen = surveys[0] if surveys else sheets[0]
    return keep_lines(_cells(chosen, workbook.epoch))


def _parts(content: bytes) -> dict[str, bytes]:
    """Inflate the XML parts, never more than `MAX_INFLATED` bytes in all."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [e for e in archive.infolist() if e.filename.lower().endswith((".xml", ".rels"))]
        if len(archive.infolist()) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_INFLATED:
            raise SheetUnreadable("sheet_too_large", "工作簿展开后过大，请删去多余内容后再导入")
        for entry in entries:
            name = posixpath.normpath(entry.filename.lstrip("/"))
            if name in parts or entry.flag_bits & 0x1:
                raise zipfile.BadZipFile
            parts[name] = archive.read(entry)
    return parts


def _copy(parts: dict[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return copy.getvalue()


def _sheet(sheet: python_calamine.CalamineSheet, marks: SheetMarks) -> _Sheet:
    rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    ranges = [
        (top, left, min(bottom, len(rows) - 1), min(right, MAX_COLUMNS))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in ranges) > MAX_LINES * MAX_COLUMNS:
        raise ValueError("merged cells overlap")
    merged = frozenset(
        (line + 1, column + 1)
        for top, left, bottom, right in ranges
        for line in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (line, column) != (top, left)
    )
    return _Sheet(rows, marks, merged)


def _cells(sheet: _Sheet, epoch: date) -> list[tuple[Cell, ...]]:
    height = max(len(sheet.rows), sheet.marks.last_line)
    width = max([sheet.marks.last_column, *map(len, sheet.rows[:1])])
    lines = []
    for line in range(1, height + 1):
        values = sheet.rows[line - 1] if line <= len(sheet.rows) else []
        blank_line = not any(_stripped(value) for value in values)
        lines.append(
            tuple(
                cell_of(
                    values[column - 1] if column <= len(values) else "",
                    sheet.marks.fault(line, column)
                    or (MERGED if not blank_line and (line, column) in sheet.merged else None),
                    epoch,
                )
                for column in range(1, width + 1)
            )
        )
    return lines


def cell_of(value: object, fault: str | None, epoch: date) -> Cell:
    if fault is not None:
        return Cell("", fault)
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("", "是逻辑值；请改为文字")
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return Cell(value.date().isoformat(), None if midnight else "带有时刻；请只填日期")
    if isinstance(value, date):
        return Cell(value.isoformat())
    if isinstance(value, (int, float)):
        return _number(value, epoch)
    return Cell("", "不是文字、数字或日期")


def _number(value: float, epoch: date) -> Cell:
    if not abs(value) < EXACT_DIGITS:
        return Cell("", "是数值格式，超过15位的末尾数字已丢失；请把该列设为文本格式后重新录入")
    if value != int(value):
        return Cell(repr(value))
    day = int(value)
    return Cell(str(day), serial=epoch + timedelta(days=day) if day in SERIALS else None)


def _stripped(value: object) -> str:
    return str(value).strip()
