"""Words and shapes of other people's sheets: what is clear is read and counted, what is not is refused in words."""

import io
import zipfile

import pytest

from register.sheet_book import open_sheet
from register.sheet_check import Found, Households, LineCheck, Reading, Whole
from register.sheet_fields import Mapped, score, suggested
from register.sheet_ledger import ledger_reader, told
from register.sheet_tidying import ReadAs, tidy_of
from register.sheet_words import READ_AS, UNCLEAR
from register.survey import SheetUnreadable
from register.survey_cells import Cell, text_cell
from register.survey_columns import COLUMNS
from tests.records.test_known_households import NOW
from tests.register.sheets import an_id, csv_bytes, row
from tests.register.test_sheets import read


def tidied(field: str, text: str) -> Cell:
    tidy = tidy_of(field)
    assert tidy is not None
    return tidy(text_cell(text))


@pytest.mark.parametrize(
    ("field", "written", "text"),
    [
        ("调查日期", "2026.3.5", "2026-03-05"),
        ("调查日期", "2026年3月5日", "2026-03-05"),
        ("调查日期", "2026/03/05 00:00:00", "2026-03-05"),
        ("调查日期", "20260305", "2026-03-05"),
        ("调查日期", "２０２６．３．５", "2026-03-05"),
        ("认定日期", "2026年3月", "2026-03"),
        ("身份证号", "'220000198505050011", "220000198505050011"),
        ("身份证号", "２２００００１９８５０５０５００１ｘ", "22000019850505001x"),
        ("身份证号", "220000 19850505 0011’", "220000198505050011"),
        ("手机", "138-0000-0000", "13800000000"),
        ("手机", "+86 138 0000 0000", "13800000000"),
        ("手机", "008613800000000", "13800000000"),
        ("手机", "无", ""),
        ("姓名", "张　三", "张三"),
        ("姓名", "欧阳 㐖", "欧阳㐖"),
        ("姓名", "John Smith", "John Smith"),
        ("月收入", "2,200.50元", "2200.50"),
        ("月收入", "￥800", "800"),
        ("月收入", "无", "0"),
        ("户编号", "'００１", "001"),
        ("户编号", "①", "①"),
        ("与申请人关系", "妻子", "配偶"),
        ("与申请人关系", "长 子", "儿子"),
        ("享受低保", "√", "是"),
        ("就业愿望", "Ｙ", "有"),
        ("劳动能力", "无", "完全丧失"),
        ("就业失业状态", "失业（未登记）", "失业未登记"),
    ],
)
def test_what_is_clear_is_read(field: str, written: str, text: str) -> None:
    cell = tidied(field, written)
    assert (cell.text, cell.fault) == (text, None)


@pytest.mark.parametrize(
    ("field", "written", "why"),
    [
        ("就业失业状态", "失业", "是否办理失业登记"),
        ("就业失业状态", "待业", "是否办理失业登记"),
        ("与申请人关系", "户主", "不一定是申请人"),
        ("婚姻状况", "单身", "未婚、离异或丧偶"),
        ("享受低保", "1", "含义不同"),
        ("调查日期", "2026年3月", "没有日"),
        ("调查日期", "26.3.5", "看不出"),
        ("调查日期", "3/5/2026", "看不出"),
        ("调查日期", "46100", "日期序号"),
        ("调查日期", "20260230", "不是真实存在"),
        ("认定日期", "2026.2.30", "不是真实存在"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_reason(field: str, written: str, why: str) -> None:
    assert why in (tidied(field, written).fault or "")


@pytest.mark.parametrize(
    ("field", "written"),
    [("手机", "13800000000/13900000000"), ("手机", "0431-8888888"), ("月收入", "2千"), ("月收入", "2000-3000"),
     ("月收入", "-5"), ("身份证号", "2200001985****0011"), ("共同生活", "大概"), ("调查日期", "去年")],
)  # fmt: skip
def test_what_means_nothing_known_is_an_error_of_its_line(field: str, written: str) -> None:
    found, households = read(csv_bytes([row(1, **{field: written})]))
    assert [cell.column for cell in found.bad[2]] == [field]
    assert households == []


def test_every_word_is_read_as_one_its_column_takes_and_none_is_both_clear_and_unclear() -> None:
    assert set(READ_AS) <= set(COLUMNS)
    for field, words in READ_AS.items():
        assert not set(words) & set(UNCLEAR.get(field, ()))
        for written, meaning in words.items():
            assert tidied(field, written).text == meaning, (field, written)
            found, _ = read(csv_bytes([row(1), row(2, **{"户编号": "H2", field: meaning})]))
            assert not [cell for cell in found.bad.get(3, ()) if "应为" in cell.reason], (field, meaning)


def test_what_was_read_as_what_is_counted_without_personal_data() -> None:
    rows = [
        row(1, 享受低保="×", 调查日期="2026.11.20", 手机="199-0000-3517", 身份证号=f"'{an_id(1)}"),
        row(2, 户编号="H2", 户口簿号="K2", 享受低保="×", 姓名="甲 乙"),
    ]
    found, households = read(csv_bytes(rows))
    assert not found.bad
    assert dict(found.read_as) == {
        ReadAs("享受低保", "×", "否"): 2,
        ReadAs("调查日期", "2026.03.05", "年-月-日"): 1,
        ReadAs("手机", "带空格、横线、全角字符或+86", "去掉后读取"): 1,
        ReadAs("身份证号", "带空格、引号、全角字符", "去掉后读取"): 1,
        ReadAs("姓名", "带空格、引号、全角字符", "去掉后读取"): 1,
    }
    assert households[0].surveyed.persons[0].id_number == an_id(1)
    assert [cell.text for cell in households[1].rows[0] if " " in cell.text] == ["甲 乙"]


def test_an_old_ledger_may_know_a_month_only() -> None:
    titles = ("户号", "姓名", "与户主关系", "身份证", "认定时间", "退出时间")
    mapped = Mapped(titles, suggested("ledger", titles, {}), {"受理机构": "220302004", "社区": "向阳社区"})
    reading = Reading("ledger", mapped, ledger_reader(NOW.date()))
    cells = tuple(map(text_cell, ("1", "甲乙", "申请人", an_id(1), "2019年3月", "2021.12.1")))
    check = LineCheck(reading)
    check.feed(2, cells)
    found: Found = check.found()
    one = Households(reading, found).feed(2, cells)
    assert isinstance(one, Whole)
    assert told(one.read, reading.columns, reading.width) == {"认定日期": "2019-03", "退出日期": "2021-12-01"}


@pytest.mark.parametrize("title", ["与户主关系", "与户主的关系", " 与户主 关系* ", "户主关系（必填）"])
def test_the_head_of_a_household_is_its_applicant_where_the_column_says_so(title: str) -> None:
    found = relations(title, ("户主", "妻子", "长子"), ("本人", "配偶"))
    assert not found.bad
    assert dict(found.read_as)[ReadAs("与申请人关系", "户主", "本人")] == 1


@pytest.mark.parametrize("title", ["与申请人关系", "关系", "与申请人关系（户主填本人）"])
def test_the_head_of_a_household_is_nobody_known_in_another_column(title: str) -> None:
    found = relations(title, ("户主", "妻子"), ("本人", "配偶"))
    assert [cell.reason for cell in found.bad[2]] == [UNCLEAR["与申请人关系"]["户主"]]
    assert found.blocked == {"H1"}


def test_a_household_with_a_head_and_an_applicant_is_asked_about() -> None:
    found = relations("与户主关系", ("户主", "本人"), ("户主", "长女"))
    assert [cell.reason for cell in found.bad[3]] == ["一户只能有一名本人（或户主）；请核对户编号"]
    assert found.blocked == {"H1"}


def blank(**cells: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), **cells}


NOTES = ("注：本表由社区填写", "填表人：刘某", "审核人（签字）： 陈某", "单位（盖章）：", "小 计", "备注:以实际为准")


@pytest.mark.parametrize("words", [*NOTES, "零就业家庭摸底排查表（续）"])
def test_what_stands_under_a_table_is_nobody_and_is_told(words: str) -> None:
    found, households = read(csv_bytes([row(1), blank(户编号=words)]))
    assert not found.bad
    assert [household.surveyed.number for household in households] == ["H1"]
    assert [(told.line, told.column) for told in found.warnings if told.column == "整行"] == [(3, "整行")]


def test_a_total_and_the_header_printed_again_are_nobody() -> None:
    total, again = blank(户编号="合计", 姓名="2人", 月收入="=SUM(A1:A2)"), dict(zip(COLUMNS, COLUMNS, strict=True))
    second = row(2, 户编号="H2", 户口簿号="K2")
    found, households = read(csv_bytes([row(1), again, second, total]))
    assert not found.bad
    assert [household.surveyed.number for household in households] == ["H1", "H2"]
    assert [told.line for told in found.warnings if told.column == "整行"] == [3, 5]


@pytest.mark.parametrize(
    "cells",
    [
        *(row(2, 户编号="合计"), row(2, 户编号="注：一"), blank(户编号="H1"), blank(姓名="甲乙")),
        blank(户编号="H1", 姓名="审核人：陈某"),
    ],
)  # fmt: skip
def test_what_could_be_somebody_is_not_passed_over(cells: dict[str, str]) -> None:
    found, _ = read(csv_bytes([row(1), cells]))
    assert not [told for told in found.warnings if told.column == "整行"]
    assert 3 in found.bad or cells["身份证号"]


def test_a_cell_has_one_reason_however_its_column_is_called() -> None:
    titles = tuple({"就业失业状态": "就业状况", "月收入": "工资收入"}.get(name, name) for name in COLUMNS)
    check = LineCheck(Reading("survey", Mapped(titles, suggested("survey", titles, {}), {"社区": "向阳社区"})))
    cells = row(1, 就业失业状态="失业", 月收入="=1+1")
    check.feed(2, tuple(text_cell(str(cells[name])) for name in COLUMNS))
    assert [(bad.column, bad.reason[:3]) for bad in check.found().bad[2]] == [
        ("就业状况", "没有说"),
        ("工资收入", "是公式"),
    ]


def relations(title: str, *households: tuple[str, ...]) -> Found:
    """Return what is found in a sheet whose column of relations is called so; each household's lines follow."""
    titles = tuple(title if name == "与申请人关系" else name for name in COLUMNS)
    mapped = Mapped(titles, suggested("survey", titles, {}), {"社区": "向阳社区"})
    check, line = LineCheck(Reading("survey", mapped)), 2
    for number, written in enumerate(households, 1):
        for relation in written:
            cells = row(line, 户编号=f"H{number}", 户口簿号=f"K{number}", 与申请人关系=relation)
            check.feed(line, tuple(text_cell(str(cells[name])) for name in COLUMNS))
            line += 1
    return check.found()


def test_a_sheet_of_another_program_is_called_what_it_is_and_one_parted_by_tabs_is_read() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(SheetUnreadable, match=r"这是\.ods表格"):
        open_sheet(book.getvalue(), "摸底.xlsx", lambda cells: len(cells))
    sheet = open_sheet("姓名\t户编号\n甲乙\tH1\n".encode(), "摸底.tsv", lambda cells: score("survey", cells))
    assert [[cell.text for cell in cells] for _, cells in sheet.body] == [["甲乙", "H1"]]
