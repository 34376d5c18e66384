"""Sheets of any shape and origin: header found, columns told by name, what must not be believed answered in words."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from register import sheet_copy
from register.sheet_book import MOST_LINES, Row, open_sheet
from register.sheet_check import Found, Households, LineCheck, Reading, Whole
from register.sheet_fields import Mapped, plain_name, score, suggested
from register.survey import SheetUnreadable
from register.survey_columns import COLUMNS
from tests.register.sheets import SAMPLES, csv_bytes, row, xlsx_bytes


def opened(content: bytes, name: str) -> tuple[tuple[str, ...], list[tuple[int, Row]], int]:
    sheet = open_sheet(content, name, lambda one: score("survey", one))
    return tuple(cell.text for cell in sheet.header), list(sheet.body), sheet.header_line


def read(content: bytes, name: str = "x.csv", **whole: str) -> tuple[Found, list[Whole]]:
    titles, lines, _ = opened(content, name)
    mapped = Mapped(titles, suggested("survey", titles, {}), {"社区": "向阳社区", **whole})
    assert mapped.missing("survey") == ()
    reading = Reading("survey", mapped)
    check = LineCheck(reading)
    for line, cells in lines:
        check.feed(line, cells)
    found = check.found()
    households = Households(reading, found)
    return found, [one for line, cells in lines if isinstance(one := households.feed(line, cells), Whole)]


def code(content: bytes, name: str) -> str:
    with pytest.raises(SheetUnreadable) as no:
        opened(content, name)
    return no.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_sheet_is_read_in_every_usual_encoding(encoding: str) -> None:
    _, found = read(csv_bytes([row(1, 姓名="张䶮")], encoding))
    assert [one.surveyed.persons[0].name for one in found] == ["张䶮"]


def test_text_separated_by_tabs_is_read() -> None:
    content = csv_bytes([row(1)], "utf-16").decode("utf-16").replace(",", "\t").encode("utf-16")
    assert len(read(content)[1]) == 1


def test_the_sample_gives_its_households_line_by_line() -> None:
    found, households = read((SAMPLES / "survey-jilin.csv").read_bytes())
    assert not found.bad
    assert len(households) == 120
    assert sum(len(one.rows) for one in households) == 289


def test_a_title_above_the_header_is_passed_over_and_lines_keep_their_numbers() -> None:
    def title(_: Any, sheet: Any) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "向阳街道入户摸底排查表"
        sheet.merge_cells("A1:T1")

    content = xlsx_bytes([row(1), row(2, 户编号="H2", 月收入="两千")], title)
    titles, lines, header = opened(content, "x.xlsx")
    assert titles == COLUMNS
    assert (header, [line for line, _ in lines]) == (3, [4, 5])
    found, _ = read(content, "x.xlsx")
    assert {line: [cell.column for cell in cells] for line, cells in found.bad.items()} == {5: ["月收入"]}


def test_columns_are_told_by_their_other_names_and_by_what_the_office_chose() -> None:
    titles = ("家庭 编号", "*公民身份号码：", "成员姓名（必填）", "备用", "联系电话")
    assert suggested("survey", titles, {"住址": "备用"}) == {
        "户编号": 0,
        "身份证号": 1,
        "姓名": 2,
        "住址": 3,
        "手机": 4,
    }
    assert plain_name("是否共同 生活（是/否）") == "是否共同生活"


def test_what_holds_for_the_whole_sheet_is_typed_once() -> None:
    header = [name for name in COLUMNS if name not in ("受理机构", "调查日期")]
    content = csv_bytes([row(1)], header=header)
    _, households = read(content, 受理机构="220302004", 调查日期="2026-11-20")
    assert (households[0].surveyed.office, households[0].community) == ("220302004", "向阳社区")


def test_a_community_that_leads_to_a_door_is_named_before_it_gets_as_far_as_the_board() -> None:
    found, households = read(csv_bytes([row(1)]), 社区="向阳社区3号楼")
    assert households == []
    [(_, [cell])] = found.bad.items()
    assert cell.column == "社区"
    assert "只写到社区（村）" in cell.reason


def test_a_number_that_lost_digits_a_formula_an_error_and_a_merged_cell_are_named() -> None:
    def spoil(_: Any, sheet: Any) -> None:
        sheet["G2"] = 220000198505050011
        sheet["G2"].number_format = "0"
        sheet["O3"] = "=1+1"
        sheet["O4"] = "#N/A"
        sheet["O4"].data_type = "e"
        sheet.merge_cells("E5:E6")

    rows = [row(n, 户编号=f"H{n}") for n in range(1, 6)]
    found, households = read(xlsx_bytes(rows, spoil), "x.xlsx")
    reasons = {line: [(cell.column, cell.reason) for cell in cells] for line, cells in found.bad.items()}
    assert "超过15位" in reasons[2][0][1]
    assert "公式" in reasons[3][0][1]
    assert "错误值" in reasons[4][0][1]
    assert "合并单元格" in reasons[6][0][1]
    assert [one.surveyed.number for one in households] == ["H4"]


def test_a_formula_that_was_never_computed_is_no_blank_line() -> None:
    def spoil(_: Any, sheet: Any) -> None:
        sheet["A3"] = "=A2"

    found, households = read(xlsx_bytes([row(1)], spoil), "x.xlsx")
    assert list(found.bad) == [3]
    assert len(households) == 0 or households[0].surveyed.number == "H1"


def test_a_date_cell_is_a_date() -> None:
    _, households = read(xlsx_bytes([row(1, 调查日期=date(2026, 11, 20))]), "x.xlsx")
    assert households[0].surveyed.surveyed_on.isoformat() == "2026-11-20"


def test_of_several_sheets_the_one_with_the_columns_is_read() -> None:
    def more(book: Any, _: Any) -> None:
        book.create_sheet("填表说明", 0)["A1"] = "姓名一栏与身份证一致"

    assert opened(xlsx_bytes([row(1)], more), "x.xlsx")[0] == COLUMNS

    def twice(book: Any, sheet: Any) -> None:
        book.copy_worksheet(sheet)

    assert code(xlsx_bytes([row(1)], twice), "x.xlsx") == "sheet_ambiguous"


def test_a_workbook_is_known_by_its_content_whatever_it_is_called() -> None:
    assert opened(xlsx_bytes([row(1)]), "x.csv")[0] == COLUMNS


@pytest.mark.parametrize(
    ("content", "name", "wanted"),
    [
        (b"", "x.csv", "sheet_empty"),
        (b"\n\n", "x.csv", "sheet_empty"),
        (b"a,b\n1,2\n", "x.csv", "sheet_columns"),
        (b"\xff\x80\x81\x20\xff", "x.csv", "sheet_encoding"),
        (b"PK\x03\x04garbage", "x.xlsx", "sheet_damaged"),
        (b"name", "x.xlsx", "sheet_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600, "x.xlsx", "sheet_old"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "x.xlsx", "sheet_locked"),
        (b"<html><table>", "x.xls", "sheet_format"),
        (b"name", "x.pdf", "sheet_format"),
        ('姓名,身份证号\n"张,三\n'.encode(), "x.csv", "sheet_damaged"),
        (("姓名," + ",".join("x" * 70)).encode(), "x.csv", "sheet_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(content: bytes, name: str, wanted: str) -> None:
    assert code(content, name) == wanted


def test_too_many_columns_and_lines_are_refused_before_calamine_sees_them() -> None:
    def wide(_: Any, sheet: Any) -> None:
        sheet.cell(1, 16_000, "x")

    assert code(xlsx_bytes([row(1)], wide), "x.xlsx") == "sheet_too_large"

    def long(_: Any, sheet: Any) -> None:
        sheet.cell(MOST_LINES + 5, 1, "x")

    assert code(xlsx_bytes([row(1)], long), "x.xlsx") == "sheet_too_large"


def test_a_zip_bomb_is_never_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_bytes([row(1)]))) as good,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for entry in good.infolist():
            out.writestr(entry, good.read(entry) + (b" " * 3_000_000 if "sheet1" in entry.filename else b""))
    monkeypatch.setattr(sheet_copy, "MOST_INFLATED", 1_000_000)
    assert code(bomb.getvalue(), "x.xlsx") == "sheet_too_large"
    assert len(bomb.getvalue()) < 50_000


def test_an_empty_workbook_says_so() -> None:
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    assert code(content.getvalue(), "x.xlsx") == "sheet_empty"


def test_a_bad_line_keeps_its_whole_household_out_and_the_others_in() -> None:
    rows = [row(1), row(3, 与申请人关系="配偶", 月收入="x"), row(5, 户编号="H2")]
    found, households = read(csv_bytes(rows))
    assert found.blocked == {"H1"}
    assert [one.surveyed.number for one in households] == ["H2"]


def test_a_community_of_a_sheet_has_one_name_however_it_is_written() -> None:
    for written in ("向阳 第２社区", "向阳第2社区", "向阳　第2 社区"):
        assert [one.community for one in read(csv_bytes([row(1)]), 社区=written)[1]] == ["向阳第2社区"]
