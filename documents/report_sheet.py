"""The monthly report as a sheet (调度表): an office's own .xlsx with placeholders filled in, or a plain .csv.

A template says `{{month}}`, `{{area}}`, `{{drawn_up}}` and the code or title of any column, as `{{opening}}`; a line
with `{{part}}` (the name of a part) is repeated for each part, with that part's numbers.  What may be written in
Chinese (`NAMED`) and in full width means the same.  Cells with nothing but a
placeholder become numbers.  What was uploaded is only read with its sizes checked; formulas of the template stay.
"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.sheet_size import TooLarge, require_small

LARGEST = 2 * 1024 * 1024
MOST_INFLATED = 20 * 1024 * 1024
MOST_CELLS = 20_000
MOST_NAMED = 20
PART = "part"
_TOO_MANY = "模板的表格过大（超过2万个单元格，合并的也算），请删去多余的行和列。"
_PLACE = re.compile(r"[{｛]{2}\s*([^{}｛｝]*?)\s*[}｝]{2}")
NAMED: Mapping[str, str] = {"统计月份": "month", "填报地区": "area", "数据时点": "drawn_up", "下级地区": PART}

Words = Mapping[str, str | int]


class BadTemplate(ValueError):
    """An uploaded template that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a sheet says: words and numbers of the whole, and of each part, by placeholder."""

    whole: Words
    parts: Sequence[Words]


def check_template(content: bytes, known: Sequence[str]) -> tuple[str, ...]:
    """Return the placeholders of a template; raises `BadTemplate` for what cannot be filled."""
    cells = (cell for sheet in _opened(content) for row in sheet.iter_rows() for cell in row)
    names = {name: cell.coordinate for cell in cells for name in _names(cell)}
    if not names:
        raise BadTemplate("模板中没有占位符。请在要填数字的单元格写 {{opening}} 这样的栏目编号。")
    if strange := sorted(names.keys() - {*known, "month", "area", "drawn_up", PART})[:MOST_NAMED]:
        said = "、".join(f"{name[:40] or '空的'}（{names[name]}格）" for name in strange)
        raise BadTemplate(f"模板中有不认识的占位符：{said}。请按本页所列的占位符书写。")
    return tuple(sorted(names))


def fill(content: bytes, filled: Filled) -> bytes:
    """Return the template filled in."""
    book = _book(content)
    for sheet in book.worksheets:
        _repeat_line(sheet, filled.parts)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and _names(cell):
                    cell.value = _said(cell.value, filled.whole)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def default_template(title: str, columns: Sequence[tuple[str, str]], basis: str) -> bytes:
    """Return the project's own template: a title, a line of headings, a line for each part, and the sum."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "调度表"
    last = len(columns) + 1
    sheet.append([title])
    sheet.append(["统计月份：{{month}}　　填报地区：{{area}}　　数据时点：{{drawn_up}}"])
    sheet.append(["地区", *(words for _, words in columns)])
    sheet.append(["{{part}}", *(f"{{{{{code}}}}}" for code, _ in columns)])
    sheet.append(["合计", *(f"{{{{{code}}}}}" for code, _ in columns)])
    sheet.append([basis])
    line = Side(style="thin", color="808080")
    for number in (1, 2, 6):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=last)
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row in sheet.iter_rows(min_row=3, max_row=5, max_col=last):
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.font = Font(bold=cell.row != 4)
    sheet.column_dimensions["A"].width = 24
    for number in range(2, last + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 11
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(columns: Sequence[tuple[str, str]], filled: Filled) -> bytes:
    """Return the plain sheet: a line for each part and the sum; with a byte-order mark, for Excel."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["统计月份", "地区", *(words for _, words in columns)])
    lines = [*filled.parts, {**filled.whole, PART: f"{filled.whole['area']}合计"}]
    writer.writerows([filled.whole["month"], line[PART], *(line[code] for code, _ in columns)] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _names(cell: object) -> list[str]:
    value = getattr(cell, "value", None)
    return [NAMED.get(name, name) for name in _PLACE.findall(value)] if isinstance(value, str) else []


def _said(text: str, words: Words) -> str | int:
    if (only := _PLACE.fullmatch(text.strip())) is not None and (name := NAMED.get(only[1], only[1])) in words:
        return words[name]
    return _PLACE.sub(lambda found: str(words.get(NAMED.get(found[1], found[1]), found[0])), text)


def _repeat_line(sheet: Worksheet, parts: Sequence[Words]) -> None:
    """Write the line of the parts once for each; what stands below moves down, merged cells too."""
    rows = (row for row in sheet.iter_rows() if any(PART in _names(cell) for cell in row))
    line = next(rows, None)
    if line is None:
        return
    at, more = line[0].row, max(len(parts), 1) - 1
    pattern = [(cell.column, cell.value, copy(cell._style)) for cell in line]
    below = [area for area in sheet.merged_cells.ranges if area.min_row > at]
    if more:
        for area in below:
            sheet.unmerge_cells(str(area))
        sheet.move_range(
            f"A{at + 1}:{get_column_letter(sheet.max_column)}{max(sheet.max_row, at + 1)}", rows=more, translate=True
        )
        for area in below:
            area.shift(row_shift=more)
            sheet.merge_cells(str(area))
    for place in range(max(len(parts), 1)):
        words = parts[place] if parts else {}
        for column, value, style in pattern:
            cell = sheet.cell(at + place, column)
            cell.value = _said(value, words) if isinstance(value, str) else value
            cell._style = copy(style)


def _opened(content: bytes) -> list[Worksheet]:
    return list(_book(content).worksheets)


def _book(content: bytes) -> Workbook:
    if len(content) > LARGEST:
        raise BadTemplate("模板超过2MB，请删去多余内容后再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_INFLATED:
                raise BadTemplate("模板展开后过大，请删去多余内容后再上传。")
            require_small(parts, MOST_CELLS)
        book = load_workbook(io.BytesIO(content))
    except BadTemplate:
        raise
    except TooLarge:
        raise BadTemplate(_TOO_MANY) from None
    except Exception as why:  # whatever the library says of a damaged file, the person is told one thing
        raise BadTemplate("文件不是完好的 .xlsx 工作簿，请用表格软件另存为 .xlsx 后再上传。") from why
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > MOST_CELLS:
        raise BadTemplate(_TOO_MANY)
    return book
