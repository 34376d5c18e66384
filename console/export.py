"""A list as a file (导出): the same columns and the same rows as on the page, as .csv or .xlsx.

What begins like a formula is text: a name must never run in somebody's spreadsheet.  Nothing is exported whole that is
masked on the page.
"""

import csv
import io
from collections.abc import Iterable
from typing import TypeVar

import xlsxwriter
from starlette.responses import Response

from console.listing import Column
from desk.errors import NotFound

R = TypeVar("R")

MOST_ROWS = 150_000

_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(name: str, columns: Iterable[Column[R]], rows: Iterable[R], kind: str) -> Response:
    """Return a file of rows.  `name` is ASCII and tells of nobody; an unknown `kind` is not found."""
    shown = tuple(columns)
    lines = ([column.text(row) for column in shown] for row in rows)
    titles = [column.title for column in shown]
    match kind:
        case "csv":
            content, media = _csv(titles, lines), "text/csv; charset=utf-8"
        case "xlsx":
            content, media = _xlsx(titles, lines), _XLSX
        case _:
            raise NotFound("文件")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=media, headers=headers)


def inert(value: str) -> str:
    """Return a cell of a .csv that no spreadsheet takes for a formula."""
    return "'" + value if value.startswith(_LIVE) else value


def _csv(titles: list[str], lines: Iterable[list[str]]) -> bytes:
    """With a byte-order mark: without it the office's Excel shows Chinese as rubbish."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([inert(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(titles: list[str], lines: Iterable[list[str]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(titles) - 1), 18)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    for number, line in enumerate(lines, 1):
        for column, cell in enumerate(line):
            sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()
