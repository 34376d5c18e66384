"""From the bytes of a .csv sheet to lines of cells; the shape of a cell that .csv and .xlsx share; the size limits.

Nothing here knows the columns of a survey.  A cell that must not be believed (a formula, a number that lost digits)
carries its `fault` along; the reader of the columns turns it into a bad cell.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date

from register.survey import SheetUnreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_LINES = 50_000
"""A county's survey has some thousand rows; more than this is a mistake or an attack."""
MAX_COLUMNS = 60

FORMULA = "是公式；请粘贴为数值（纯文本）后再导入"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text without surrounding blanks; `serial` is the date if a bare number should stand for one."""

    text: str
    fault: str | None = None
    serial: date | None = None

    @property
    def blank(self) -> bool:
        return not self.text and self.fault is None


@dataclass(frozen=True, slots=True)
class Lines:
    """A sheet: the cells of line 1, and the other lines that are not blank, with their numbers."""

    header: tuple[Cell, ...]
    body: tuple[tuple[int, tuple[Cell, ...]], ...]


def text_cell(text: str) -> Cell:
    """Return a cell for text; what begins with "=" would be run as a formula by a spreadsheet program."""
    text = text.strip()
    return Cell(text, FORMULA if text.startswith(("=", "＝")) else None)


def keep_lines(rows: list[tuple[Cell, ...]]) -> Lines:
    """Return the sheet without its blank lines."""
    if not rows or all(cell.blank for cell in rows[0]):
        raise SheetUnreadable("sheet_empty", "表格是空的，或第1行不是表头；第1行应是列名")
    body = tuple((line, row) for line, row in enumerate(rows[1:], start=2) if not all(cell.blank for cell in row))
    return Lines(rows[0], body)


def read_csv(content: bytes) -> Lines:
    """Read a .csv in UTF-8 (with or without BOM) or GB18030 (which covers GBK and GB2312), separated by commas."""
    rows: list[tuple[Cell, ...]] = []
    try:
        for line, row in enumerate(csv.reader(io.StringIO(_decode(content), newline=""), strict=True), start=1):
            if line > MAX_LINES:
                raise SheetUnreadable("sheet_too_large", f"表格超过{MAX_LINES}行，请拆分后再导入")
            rows.append(tuple(_csv_cell(text, line) for text in row))
    except csv.Error:
        raise SheetUnreadable(
            "sheet_damaged", f"第{len(rows) + 1}行起无法读取：引号没有成对，或单元格过长；请用表格软件重新另存为CSV"
        ) from None
    return keep_lines(rows)


def _csv_cell(text: str, line: int) -> Cell:
    if ("\n" in text or "\r" in text) and "," in text:
        # A stray quote swallows whole lines: members of households that would then be judged without them.
        raise SheetUnreadable("sheet_damaged", f"第{line}行有未成对的引号，吞并了其后的行；请用表格软件重新另存为CSV")
    return text_cell(text)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise SheetUnreadable("sheet_encoding", "CSV文件不是文本，或编码为UTF-16；请另存为“CSV UTF-8”或.xlsx")
    has_bom = content.startswith(b"\xef\xbb\xbf")
    for encoding in ("utf-8-sig",) if has_bom else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable("sheet_encoding", "CSV文件的文字编码已损坏；请另存为“CSV UTF-8”或.xlsx")
