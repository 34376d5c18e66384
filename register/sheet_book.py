"""From the bytes of a workbook or text sheet to its lines one by one (逐行读取), however long it is.

A workbook is read from its safe copy (`sheet_copy.py`), slice by slice.  The sheet is the one whose first lines hold
the most names that are known.  What the columns mean is in `sheet_fields.py`.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise, zip_longest
from pathlib import PurePath
from xml.parsers.expat import ExpatError

import python_calamine

from register.sheet_copy import MOST_LINES, BookCopy, SheetCopy, safe_copy, too_long, too_wide
from register.survey import SheetUnreadable
from register.survey_cells import MAX_COLUMNS, Cell, text_cell
from register.survey_xlsx import MERGED, cell_of
from register.survey_xml import SheetMarks

__all__ = ["LARGEST", "MOST_LINES", "Row", "Sheet", "open_sheet"]

LARGEST = 40 * 1024 * 1024
HEADER_WITHIN = 10
"""A title and notes may stand above the header."""

Row = tuple[Cell, ...]
Score = Callable[[Row], int]

_OLD = b"\xd0\xcf\x11\xe0"
DAMAGED = "sheet_damaged"
_UNSOUND = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(ExpatError, KeyError, ValueError, python_calamine.CalamineError),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header with its line number, and the lines under it that are not blank, with theirs; to be read once."""

    header_line: int
    header: Row
    body: Iterator[tuple[int, Row]]


def open_sheet(content: bytes, filename: str, score: Score) -> Sheet:
    """Open a sheet.  `score` tells how many names of columns a line holds; none: there is no header.

    Raises `SheetUnreadable` now, or while the body is read: sheet_empty, sheet_too_large, sheet_format, sheet_encoding,
    sheet_damaged, sheet_locked, sheet_old, sheet_ambiguous, sheet_hidden, sheet_columns.
    """
    if not content:
        raise SheetUnreadable("sheet_empty", "文件是空的，请核对后重新选择。")
    if len(content) > LARGEST:
        raise SheetUnreadable("sheet_too_large", f"文件超过{LARGEST // 1024 // 1024}MB，请拆分后再导入。")
    if content.startswith(_OLD):
        if _LOCKED in content:
            raise SheetUnreadable("sheet_locked", "工作簿加了打开密码，请在表格软件中去掉密码、另存后再导入。")
        raise SheetUnreadable("sheet_old", "这是旧版工作簿（.xls），改文件名没有用；请在表格软件中另存为.xlsx。")
    ending = PurePath(filename).suffix.lower()
    if content.startswith(b"PK\x03\x04"):
        if _OPEN_DOCUMENT in content[:200]:
            raise SheetUnreadable("sheet_format", "这是.ods表格，改文件名没有用；请在表格软件中另存为.xlsx。")
        return _one_of_book(content, score)
    if content.lstrip()[:200].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise SheetUnreadable("sheet_format", "这是网页格式的文件，不是表格；请在表格软件中另存为.xlsx。")
    if ending in (".csv", ".txt", ".tsv"):
        return _headed(_csv_rows(content), score)
    if ending == ".xlsx":
        raise SheetUnreadable("sheet_damaged", "文件不是完好的.xlsx工作簿，请用表格软件重新另存。")
    raise SheetUnreadable("sheet_format", "只接受.xlsx和.csv，请在表格软件中另存后再导入。")


def _headed(rows: Iterator[tuple[int, Row]], score: Score) -> Sheet:
    """Find the header in the first lines: the one with the most known names."""
    first: list[tuple[int, Row]] = []
    for line, row in rows:
        first.append((line, row))
        if line >= HEADER_WITHIN:
            break
    if not first:
        raise SheetUnreadable("sheet_empty", "表格是空的；第一行应是列名。")
    best = max(first, key=lambda one: score(one[1]))
    # Names may stand in two lines: 收入情况 over 月收入, and 姓名 in a cell merged with the one under it.
    for (_, upper), (below, lower) in pairwise(first):
        both = tuple(under if under.text else over for over, under in zip_longest(upper, lower, fillvalue=Cell("")))
        if score(both) > score(best[1]):
            best = (below, both)
    if score(best[1]) == 0:
        raise SheetUnreadable(
            "sheet_columns",
            f"前{HEADER_WITHIN}行没有找到列名（如姓名、身份证号）；请核对表头和文件编码，没有写入任何内容。",
        )

    def body() -> Iterator[tuple[int, Row]]:
        yield from ((line, row) for line, row in first if line > best[0])
        yield from rows

    return Sheet(best[0], best[1], body())


def _csv_rows(content: bytes) -> Iterator[tuple[int, Row]]:
    text = _decoded(content)
    head = text[: text.find("\n") + 1 or 2000]
    separator = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    line = 0
    try:
        for line, row in enumerate(reader, start=1):
            if line > MOST_LINES:
                raise too_long()
            if len(row) > MAX_COLUMNS:
                raise too_wide()
            if any("\n" in cell and separator in cell for cell in row):
                # A stray quote swallows whole lines: members of households that would then be judged without them.
                raise SheetUnreadable(
                    "sheet_damaged", f"第{line}行有未成对的引号，吞并了其后的行；请用表格软件重新另存为CSV。"
                )
            cells = tuple(text_cell(cell) for cell in row)
            if not all(cell.blank for cell in cells):
                yield line, cells
    except csv.Error:
        raise SheetUnreadable(
            "sheet_damaged", f"第{line + 1}行起无法读取：引号没有成对，或单元格过长；请用表格软件重新另存为CSV。"
        ) from None


def _decoded(content: bytes) -> str:
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    marked = next((encoding for mark, encoding in marks.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetUnreadable("sheet_encoding", "文字编码已损坏或不能识别；请另存为“CSV UTF-8”或.xlsx后再导入。")


def _one_of_book(content: bytes, score: Score) -> Sheet:
    try:
        copy = safe_copy(content)
        found: list[tuple[int, Sheet]] = []
        unseen = 0
        for one in copy.sheets:
            try:
                sheet = _headed(_sound(_book_rows(copy, one)), score)
            except SheetUnreadable as no:
                if no.code == DAMAGED:
                    raise
                continue
            if one.hidden:
                unseen += 1
            else:
                found.append((score(sheet.header), sheet))
    except _UNSOUND as why:
        raise SheetUnreadable(DAMAGED, "文件不是完好的.xlsx工作簿（或已加密）；请用表格软件重新另存。") from why
    if not found and unseen:
        raise SheetUnreadable("sheet_hidden", "带列名的工作表是隐藏的；请取消隐藏、核对内容后再导入。")
    if not found:
        raise SheetUnreadable("sheet_empty", "工作簿中没有带列名（如姓名、身份证号）的工作表，没有写入任何内容。")
    most = max(points for points, _ in found)
    best = [sheet for points, sheet in found if points * 2 > most]
    if len(best) > 1:
        raise SheetUnreadable("sheet_ambiguous", f"工作簿中有{len(best)}张这样的表，请每次只导入一张。")
    return best[0]


def _book_rows(copy: BookCopy, sheet: SheetCopy) -> Iterator[tuple[int, Row]]:
    marks = sheet.marks
    merged = _merged(copy.book.get_sheet_by_name(sheet.slices[-1][0]))  # the last slice says them, for the whole sheet
    ends = (*(begins for _, begins in sheet.slices[1:]), marks.last_line + 1)
    for (name, begins), ends_before in zip(sheet.slices, ends, strict=True):
        if begins > ends_before:
            raise ValueError("lines out of order")
        rows = _values(copy.book.get_sheet_by_name(name), begins)
        for line in range(begins, ends_before):
            # A formula that was never computed has no value, also beyond the last line and column that have one.
            values = next(rows, [])[: MAX_COLUMNS + 1]
            values += [""] * (marks.last_column - len(values))
            cells = _cells(line, values, marks, merged, copy.epoch)
            if not all(cell.blank for cell in cells):
                yield line, cells


def _sound(rows: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Pass the lines on; what is found damaged only later is told as what is found at once."""
    try:
        yield from rows
    except _UNSOUND as why:
        raise SheetUnreadable(DAMAGED, "工作簿无法读取；请用表格软件重新另存为.xlsx。") from why


def _values(sheet: python_calamine.CalamineSheet, begins: int) -> Iterator[list[object]]:
    for row in islice(sheet.iter_rows(), begins - 1, None) if sheet.start is not None else ():
        yield list(row)


def _cells(line: int, values: list[object], marks: SheetMarks, merged: frozenset[tuple[int, int]], epoch: date) -> Row:
    if not (marks.formulas or marks.formula_ranges or marks.errors or merged):
        return tuple(text_cell(value) if isinstance(value, str) else cell_of(value, None, epoch) for value in values)
    blank = all(value == "" for value in values)
    return tuple(
        cell_of(value, marks.fault(line, column) or (None if blank or (line, column) not in merged else MERGED), epoch)
        for column, value in enumerate(values, start=1)
    )


def _merged(sheet: python_calamine.CalamineSheet) -> frozenset[tuple[int, int]]:
    """Return the cells that a merged range hides: all but its first."""
    found: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        bottom, right = min(bottom, MOST_LINES), min(right, MAX_COLUMNS)
        if len(found) + (bottom - top + 1) * (right - left + 1) > MOST_LINES * 4:
            raise SheetUnreadable("sheet_too_large", "合并单元格过多，请取消合并、逐行填写后再导入。")
        found.update((line + 1, column + 1) for line in range(top, bottom + 1) for column in range(left, right + 1))
        found.discard((top + 1, left + 1))
    return frozenset(found)
