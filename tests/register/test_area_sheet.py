"""Sheets of area numbers: every bad line is told, and then nothing is taken."""

import pytest

from register.area_sheet import COLUMNS, AreaLine, BadNumbers, read_numbers

HEAD = ",".join(COLUMNS)


def read(*lines: str, encoding: str = "utf-8") -> tuple[AreaLine, ...]:
    return read_numbers("\r\n".join((HEAD, *lines)).encode(encoding), "2203", "2026-09")


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
            read_numbers(raw, "2203", "2026-09")
    with pytest.raises(BadNumbers, match="bad") as refused:
        read("220302004,2026-09,1,有", "220302004,2026年9月,2,有")
    assert "第3行" in refused.value.mistakes[0]
