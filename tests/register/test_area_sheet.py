"""Sheets of area numbers: every bad line is told, and then nothing is taken."""

import io
from datetime import date

import openpyxl
import pytest

from register.area_sheet import COLUMNS, AreaLine, BadNumbers, read_numbers

HEAD = ",".join(COLUMNS)


def read(*lines: str, encoding: str = "utf-8") -> tuple[AreaLine, ...]:
    return read_numbers("\r\n".join((HEAD, *lines)).encode(encoding), "a.csv", "2203", "2026-09")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_is_read(encoding: str) -> None:
    assert read("220302004,2026-09,40,有", "220302005,2026年9月,0,无", encoding=encoding) == (
        AreaLine("220302004", "2026-09", 40, True),
        AreaLine("220302005", "2026-09", 0, False),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("22030,2026-09,1,有", "第2行地区代码应为6位、9位或12位数字"),
        ("220102001,2026-09,1,有", "第2行地区代码不在您的管辖范围内"),
        ("220302004,2026-13,1,有", "第2行月份写作 2026-09 或 2026年9月"),
        ("220302004,2026-10,1,有", "第2行月份还没有结束，只填已结束的月份"),
        ("220302004,2026-09,-1,有", "第2行登记失业人数应为整数，没有的填0"),
        ("220302004,2026-09,1,也许", "第2行有无平台填“有”或“无”"),
        ("２２０３０２,2026-09,1,有", "第2行地区代码应为6位、9位或12位数字"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_taken(line: str, words: str) -> None:
    with pytest.raises(BadNumbers) as refused:
        read(line, "220302005,2026-09,3,有")
    assert refused.value.mistakes == (words,)


def test_the_same_month_twice_an_empty_sheet_and_a_workbook_are_refused() -> None:
    for raw in (b"", HEAD.encode(), b"PK\x03\x04", b"\xff\xfe\x00"):
        with pytest.raises(BadNumbers):
            read_numbers(raw, "a.csv", "2203", "2026-09")
    with pytest.raises(BadNumbers, match="bad") as refused:
        read("220302004,2026-09,1,有", "220302004,2026年9月,2,有")
    assert "第3行" in refused.value.mistakes[0]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_with_its_numbers_dates_and_columns_in_any_order() -> None:
    head = ["月份", "地区代码", "备注", "有无平台", "登记失业人数"]
    raw = workbook(head, [date(2026, 9, 1), 220302004, "街道报", "有", 40], ["2026年8月", "220302005", None, None, 0])
    assert read_numbers(raw, "数字.xlsx", "2203", "2026-09") == (
        AreaLine("220302004", "2026-09", 40, True),
        AreaLine("220302005", "2026-08", 0, True),
    )
    for wrong in (
        workbook(["月份", "地区代码"], ["2026-09", "220302004"]),
        workbook(list(COLUMNS), ["220302004", "2026-09", "=1+1", "有"]),
        workbook(list(COLUMNS), ["220302004", "2026-09", 1.5, "有"]),
    ):
        with pytest.raises(BadNumbers) as refused:
            read_numbers(wrong, "数字.xlsx", "2203", "2026-09")
        assert all(words for words in refused.value.mistakes)
