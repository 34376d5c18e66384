"""Sheets made carelessly or with intent: names in two lines, hidden sheets, columns twice, rare characters."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from console.export import exported
from console.listing import Column
from desk.ledger_sheet import TITLES, write_sheet
from register import sheet_copy, sheet_scan
from register.sheet_fields import suggested
from register.survey import SheetUnreadable
from register.survey_columns import COLUMNS
from tests.register.sheets import csv_bytes, row, xlsx_bytes
from tests.register.test_sheets import code, opened, read

LIVE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1")


def test_names_of_columns_in_two_lines_are_read_as_one() -> None:
    def two_lines(_: Any, sheet: Any) -> None:
        sheet.insert_rows(2)
        for place, name in enumerate(COLUMNS, 1):
            if "收入" in name:
                sheet.cell(2, place, name)
                sheet.cell(1, place, None)
            else:
                sheet.merge_cells(start_row=1, end_row=2, start_column=place, end_column=place)
        sheet.cell(1, COLUMNS.index("月收入") + 1, "收入情况")

    content = xlsx_bytes([row(1), row(3, 户编号="H2")], two_lines)
    titles, lines, header = opened(content, "x.xlsx")
    assert titles == COLUMNS
    assert (header, [line for line, _ in lines]) == (2, [3, 4])
    found, households = read(content, "x.xlsx")
    assert not found.bad
    assert len(households) == 2


def test_a_hidden_sheet_is_not_read_and_the_only_one_is_refused() -> None:
    def hidden_copy(book: Any, sheet: Any) -> None:
        book.copy_worksheet(sheet).sheet_state = "veryHidden"

    assert len(read(xlsx_bytes([row(1)], hidden_copy), "x.xlsx")[1]) == 1

    def only_hidden(book: Any, sheet: Any) -> None:
        book.create_sheet("封面")["A1"] = "封面"
        sheet.sheet_state = "hidden"
        book.active = 1

    assert code(xlsx_bytes([row(1)], only_hidden), "x.xlsx") == "sheet_hidden"


def test_of_two_columns_with_one_name_none_is_taken_silently() -> None:
    titles = (*COLUMNS, "姓名")
    assert "姓名" not in suggested("survey", titles, {})
    assert suggested("survey", titles, {})["身份证号"] == COLUMNS.index("身份证号")


@pytest.mark.parametrize("name", ["张䶮", "王𬀪", "李㛃", "赵", "欧阳〇"])
def test_rare_characters_of_gb18030_come_in_whole(name: str) -> None:
    found, households = read(csv_bytes([row(1, 姓名=name)], "gb18030"))
    assert not found.bad
    assert households[0].surveyed.persons[0].name == name


def test_half_a_character_is_an_encoding_that_is_not_guessed() -> None:
    content = csv_bytes([row(1, 姓名="张三")], "gb18030")
    assert code(content.replace("张".encode("gb18030"), b"\xff"), "x.csv") == "sheet_encoding"


def test_a_name_with_a_lost_character_is_an_error_of_its_line() -> None:
    found, _ = read(csv_bytes([row(1, 姓名="张�")]))
    assert "乱码" in found.bad[2][0].reason


@pytest.mark.parametrize("text", LIVE)
def test_what_begins_like_a_formula_is_text_in_every_file(text: str) -> None:
    column: Column[list[str]] = Column("a", "姓名", lambda one: one[0])
    for kind in ("xlsx", "csv"):
        assert inert(bytes(exported("x", [column], [[text]], kind).body), kind, 1)
        out = io.BytesIO()

        write_sheet(out, kind, date(2026, 11, 20), [dict.fromkeys(TITLES) | {"姓名": text}])
        assert inert(out.getvalue(), kind, TITLES.index("姓名") + 1)


def inert(content: bytes, kind: str, place: int) -> bool:
    """Say whether the first line's cell is text for a spreadsheet program."""
    if kind == "csv":
        line = content.decode("utf-8-sig").splitlines()[1].split(",")
        return line[place - 1].strip('"').startswith("'")
    cell = openpyxl.load_workbook(io.BytesIO(content)).active.cell(2, place)
    return cell.data_type == "s"


def spoiled(_: Any, sheet: Any) -> None:
    sheet["O5"] = "=1+1"
    sheet["A14"] = "=A2"
    sheet.merge_cells("E18:E19")


@pytest.mark.parametrize("piece", [64, 1000, 1 << 18])
def test_a_long_sheet_is_read_in_slices_as_it_is_in_one(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    content = xlsx_bytes([row(n, 户编号=f"H{n}") for n in range(1, 31)], spoiled)
    whole = opened(content, "x.xlsx")
    assert len(whole[1]) == 30
    monkeypatch.setattr(sheet_scan, "SLICE_LINES", 4)
    monkeypatch.setattr(sheet_copy, "_PIECE", piece)
    assert len(sheet_copy.safe_copy(content).sheets[0].slices) == 8
    assert opened(content, "x.xlsx") == whole
    found, _ = read(content, "x.xlsx")
    assert sorted(found.bad) == [5, 14, 19]


@pytest.mark.parametrize("order", [(2, 4, 3), (2, 3, 3), (4, 3, 2)])
def test_lines_out_of_order_are_never_lost_by_slices(monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]) -> None:
    cells = {n: f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>姓名{n}</t></is></c></row>' for n in order}
    content = with_sheet("".join(cells[n] for n in order))
    whole = opened(content, "x.xlsx")[1]
    monkeypatch.setattr(sheet_scan, "SLICE_LINES", 1)
    try:
        assert opened(content, "x.xlsx")[1] == whole
    except SheetUnreadable as no:
        assert no.code == "sheet_damaged"  # noqa: PT017 - refused is as good as read whole


def with_sheet(rows: str) -> bytes:
    """Return a workbook whose sheet has these lines under one of names."""
    out = io.BytesIO()
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    made = f'<worksheet xmlns="{main}"><sheetData>{head}{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([]))) as good, zipfile.ZipFile(out, "w") as new:
        for entry in good.infolist():
            new.writestr(entry.filename, made if "sheet1" in entry.filename else good.read(entry))
    return out.getvalue()
