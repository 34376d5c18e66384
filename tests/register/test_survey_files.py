"""What kinds of files a survey sheet may be, and what is refused before anything is judged."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from register import survey_cells, survey_xlsx
from register.survey import SheetUnreadable, Survey
from register.survey_columns import COLUMNS
from register.survey_sheet import read_survey

from .sheets import an_id, csv_bytes, row, sample_rows, xlsx_bytes

SPOUSE = {"与申请人关系": "配偶"}


def refused(content: bytes, name: str) -> str:
    with pytest.raises(SheetUnreadable) as said:
        read_survey(content, name)
    assert said.value.message
    return said.value.code


def found(survey: Survey) -> list[tuple[int, str]]:
    return [(cell.line, cell.column) for cell in survey.bad_cells]


def workbook(*rows: dict[str, Any], change: Any = None) -> Survey:
    return read_survey(xlsx_bytes(rows, change), "表.XLSX")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_csv_encodings_give_the_same_survey(encoding: str) -> None:
    rows = sample_rows()

    survey = read_survey(csv_bytes(rows, encoding), "a.csv")

    assert survey == read_survey(xlsx_bytes(rows), "a.xlsx")
    assert (len(survey.households), survey.bad_cells) == (120, ())
    assert [p.name for h in survey.households for p in h.persons] == [r["姓名"] for r in rows]


def test_columns_may_stand_in_any_order_with_others_besides() -> None:
    header = ["备注", *reversed(COLUMNS)]

    survey = read_survey(csv_bytes([row(1, 备注="无")], header=header), "a.csv")

    assert len(survey.households) == 1


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named_and_nothing_is_judged(column: str) -> None:
    content = csv_bytes([row(1)], header=[c for c in COLUMNS if c != column])

    with pytest.raises(SheetUnreadable) as said:
        read_survey(content, "a.csv")

    assert said.value.code == "sheet_columns"
    assert said.value.details == {"columns": [column]}


def test_a_column_twice_is_refused() -> None:
    assert refused(csv_bytes([row(1)], header=[*COLUMNS, "姓名"]), "a.csv") == "sheet_columns"


def test_a_formula_in_a_column_of_the_sheets_own_harms_nothing() -> None:
    """A running number (序号) is often a formula, and no household is judged by it."""
    numbered, below = row(1, 序号="=ROW()-1"), dict.fromkeys(COLUMNS, "") | {"序号": "=ROW()-1"}

    def number(book: Any, sheet: Any) -> None:
        for line, text in enumerate(("序号", "=ROW()-1", "=ROW()-1"), start=1):
            sheet.cell(line, len(COLUMNS) + 1).value = text

    for survey in (
        read_survey(csv_bytes([numbered, below], header=["序号", *COLUMNS]), "a.csv"),
        read_survey(xlsx_bytes([row(1)], number), "a.xlsx"),
    ):
        assert survey.bad_cells == ()
        assert len(survey.households) == 1


def test_extra_cells_are_bad_and_blank_ones_are_not() -> None:
    lines = csv_bytes([row(1), row(3, 户编号="H2"), row(5, 户编号="H3")], "utf-8").decode().splitlines()
    lines[1] += ",多出"
    lines[2] += ",,"
    lines.insert(2, "," * 19)
    lines.insert(2, "")

    survey = read_survey("\r\n".join(lines).encode(), "a.csv")

    assert found(survey) == [(2, "第21列")]
    assert [(h.number, h.lines) for h in survey.households] == [("H2", (5,)), ("H3", (6,))]


def test_short_lines_miss_what_they_miss() -> None:
    lines = csv_bytes([row(1), row(3, 户编号="H2")], "utf-8").decode().splitlines()
    lines[1] = lines[1].rpartition(",")[0]
    lines[2] = lines[2].rpartition(",")[0].rpartition(",")[0]

    assert found(read_survey("\n".join(lines).encode(), "a.csv")) == [(3, "享受失业保险")]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "sheet_empty"),
        (b"", "a.xlsx", "sheet_empty"),
        (b"\r\n\r\n", "a.csv", "sheet_empty"),
        (b"\xef\xbb\xbf" + "户编号".encode("gb18030"), "a.csv", "sheet_encoding"),
        (b"\xff\xff\xff", "a.csv", "sheet_encoding"),
        ("户编号".encode("utf-16"), "a.csv", "sheet_encoding"),
        (csv_bytes([row(1)]), "a.xls", "sheet_format"),
        (csv_bytes([row(1)]), "a", "sheet_format"),
        (csv_bytes([row(1)]), "a.xlsx", "sheet_damaged"),
        (xlsx_bytes([row(1)]), "a.csv", "sheet_encoding"),
        (xlsx_bytes([row(1)])[:-30], "a.xlsx", "sheet_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xlsx", "sheet_damaged"),
        (csv_bytes([row(1)]) + b'"H2,220', "a.csv", "sheet_damaged"),
        (b"x" * (survey_cells.MAX_BYTES + 1), "a.csv", "sheet_too_large"),
        (b"a\n" * (survey_cells.MAX_LINES + 1), "a.csv", "sheet_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(content: bytes, name: str, code: str) -> None:
    assert refused(content, name) == code


def test_a_stray_pair_of_quotes_does_not_swallow_members() -> None:
    lines = csv_bytes([row(1), row(3, **SPOUSE), row(5, 户编号="H2")], "utf-8").decode().split("\r\n")
    lines[1] = lines[1].replace("甲丙", '"甲丙')
    lines[2] = lines[2].replace("甲戊", '甲戊"')

    assert refused("\r\n".join(lines).encode(), "a.csv") == "sheet_damaged"


def test_xlsx_dates_serials_and_whole_numbers_are_taken_as_they_are_meant() -> None:
    survey = workbook(
        row(1, 调查日期=date(2026, 11, 20), 月收入=1200, 手机=19900003517, 户编号=7, 受理机构=220302004),
        row(3, 调查日期=46346, 月收入=1200.5, 户编号="8"),
        row(5, 调查日期=datetime.combine(date(2026, 11, 20), time()), 户编号="9", 手机=None),
    )

    assert survey.bad_cells == ()
    assert [h.number for h in survey.households] == ["7", "8", "9"]
    assert {h.surveyed_on for h in survey.households} == {date(2026, 11, 20)}
    assert [h.household.applicant.wage_fen for h in survey.households] == [120000, 120050, 0]
    assert survey.households[0].persons[0].phone == "19900003517"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("身份证号", int(an_id(5)[:17] + "0")),
        ("身份证号", 2.2e17),
        ("调查日期", datetime.combine(date(2026, 11, 20), time(8, 30))),
        ("调查日期", 46346.5),
        ("调查日期", 3),
        ("共同生活", True),
        ("月收入", -1),
        ("月收入", date(2026, 11, 20)),
        ("月收入", "=1+1"),
        ("手机", 1.9900003517e15),
        ("职工类型", "=A1"),
        ("姓名", "#N/A"),
    ],
)
def test_xlsx_cells_that_must_not_be_believed_are_bad(column: str, value: Any) -> None:
    survey = workbook(row(1), row(5, **SPOUSE, **{column: value}), row(7, 户编号="H2"))

    assert found(survey) == [(3, column)]
    assert [h.number for h in survey.households] == ["H2"]


def test_a_formula_with_a_remembered_value_is_a_formula() -> None:
    """A file saved by a spreadsheet program keeps the last value beside the formula."""
    content = xlsx_bytes([row(1), row(5, **SPOUSE, 月收入="=1+1")])
    with_value = rewritten(content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v />", b"<v>2</v>"))

    assert found(read_survey(with_value, "a.xlsx")) == [(3, "月收入")]
    shared = rewritten(
        with_value, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<f>1+1</f>", b'<f t="shared" si="0"/>')
    )
    assert found(read_survey(shared, "a.xlsx")) == [(3, "月收入")]


def test_every_cell_of_an_array_formula_is_a_formula() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet["O2"] = ArrayFormula("O2:O3", "=A1:A2")
        sheet["O3"] = 5

    assert found(workbook(row(1), row(3, **SPOUSE), change=change)) == [(2, "月收入"), (3, "月收入")]


def test_merged_cells_are_bad_but_for_the_first() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.merge_cells("N2:N3")

    survey = workbook(row(1), row(3, **SPOUSE), row(5, 户编号="H2"), change=change)

    assert found(survey) == [(3, "职工类型")]


def test_other_sheets_are_left_alone_and_two_surveys_are_refused() -> None:
    def notes_first(book: Any, _: Any) -> None:
        book.create_sheet("填表说明", 0).append(["请逐行填写"])

    def second(book: Any, sheet: Any) -> None:
        book.copy_worksheet(sheet)

    assert len(workbook(row(1), change=notes_first).households) == 1
    assert refused(xlsx_bytes([row(1)], second), "a.xlsx") == "sheet_ambiguous"


def rewritten(content: bytes, part: str, change: Any) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return copy.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = rewritten(xlsx_bytes([row(1)]), "xl/styles.xml", lambda _: b"<a>" + b" " * survey_xlsx.MAX_INFLATED)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("inflated"))

    assert len(bomb) < 1_000_000
    assert refused(bomb, "a.xlsx") == "sheet_too_large"


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="XFD1048576"', "sheet_too_large"),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="ZZZZ9"', "sheet_damaged"),
        ("xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "sheet_damaged"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"", "sheet_damaged"),
        ("xl/workbook.xml", b"<sheet ", b"<paper ", "sheet_damaged"),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml", "sheet_damaged"),
    ],
)
def test_tampered_workbooks_are_refused(part: str, old: bytes, new: bytes, code: str) -> None:
    assert refused(rewritten(xlsx_bytes([row(1)]), part, lambda xml: xml.replace(old, new, 1)), "a.xlsx") == code


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_typed_error(content: bytes) -> None:
    refused(content, "a.csv")
    refused(content, "a.xlsx")
    refused(b"PK\x03\x04" + content, "a.xlsx")
