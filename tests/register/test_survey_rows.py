"""The sheet of a visit list: prefilled lines come back as the same household; who was not visited is left alone."""

from register.survey_rows import COMMUNITY, RESULT, SHEET_COLUMNS, rows_of, split_visited
from register.survey_sheet import read_sheet, read_survey, survey_of
from tests.register.sheets import csv_bytes, csv_text, row, xlsx_bytes

DAY = "2026-11-20"


def the_sheet(*changes: dict[str, str]) -> bytes:
    """A household as it goes out, once for each change made to its lines."""
    [one] = read_survey(csv_bytes([row(1)]), "a.csv").households
    rows = []
    for n, change in enumerate(changes):
        [line] = rows_of(f"H{n}", one.office, "向阳社区", one.household.members, one.persons)
        rows.append(line | {"身份证号": row(2 * n + 1)["身份证号"]} | change)
    return csv_text(SHEET_COLUMNS, [[line[column] for column in SHEET_COLUMNS] for line in rows])


def test_a_prefilled_line_with_a_day_is_the_same_household() -> None:
    [one] = read_survey(csv_bytes([row(1)]), "a.csv").households
    asked, beside = split_visited(read_sheet(the_sheet({"调查日期": DAY}), "a.csv"))
    survey = survey_of(asked)
    assert survey.bad_cells == ()
    assert survey.households[0].household == one.household
    assert beside["H0"].community == "向阳社区"


def test_who_was_not_visited_or_not_met_is_not_read() -> None:
    content = the_sheet({"调查日期": DAY}, {}, {RESULT: "搬走", "调查日期": DAY, "月收入": "不知道"})
    asked, beside = split_visited(read_sheet(content, "a.csv"))
    assert [household.number for household in survey_of(asked).households] == ["H0"]
    assert {number: each.result for number, each in beside.items()} == {"H0": "", "H1": "", "H2": "搬走"}


def test_a_new_member_without_a_day_is_an_error_and_not_left_out() -> None:
    content = the_sheet({"调查日期": DAY, "户编号": "H9"}, {"户编号": "H9", "与申请人关系": "兄弟"})
    asked, _ = split_visited(read_sheet(content, "a.csv"))
    assert [cell.column for cell in survey_of(asked).bad_cells] == ["调查日期"]


def test_a_sheet_without_the_own_columns_is_read_as_ever() -> None:
    asked, beside = split_visited(read_sheet(xlsx_bytes([row(1)]), "a.xlsx"))
    assert survey_of(asked).bad_cells == ()
    assert [each.community for each in beside.values()] == [""]
    assert COMMUNITY not in [cell.text for cell in asked.header]
