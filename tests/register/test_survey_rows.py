"""What the cells and lines of a survey sheet may say, and what becomes of a household with a bad one."""

from datetime import date
from typing import Any

import pytest

from casework.household import Capacity, Relation, Sex, Track
from register.survey import Survey
from register.survey_sheet import read_survey

from .sheets import an_id, csv_bytes, row


def read(*rows: dict[str, Any]) -> Survey:
    return read_survey(csv_bytes(rows), "sheet.csv")


def bad(*rows: dict[str, Any]) -> list[tuple[int, str]]:
    return [(cell.line, cell.column) for cell in read(*rows).bad_cells]


SPOUSE = {"与申请人关系": "配偶"}


def test_a_good_household_is_facts_and_persons_apart() -> None:
    survey = read(
        row(1, 劳动能力="部分丧失劳动能力", 月收入="1200.5"),
        row(2, **SPOUSE, 户口簿号="HA4", 职工类型="管理技术岗", 手机="", 身份证号=an_id(2).lower()),
    )

    (surveyed,) = survey.households
    applicant, spouse = surveyed.household.members
    assert (surveyed.number, surveyed.office, surveyed.surveyed_on) == ("H1", "220302004", date(2026, 11, 20))
    assert surveyed.lines == (2, 3)
    assert (applicant.sex, applicant.birth_date, applicant.wage_fen) == (Sex.MALE, date(1985, 5, 5), 120050)
    assert applicant.capacity is Capacity.PARTIAL
    assert (spouse.member_id, spouse.relation, spouse.sex, spouse.track) == (
        "M2",
        Relation.SPOUSE,
        Sex.FEMALE,
        Track.CADRE,
    )
    assert (applicant.booklet, spouse.booklet) == ("B1", "B2")
    assert [person.booklet_number for person in surveyed.persons] == ["HA", "HA4"]
    assert [person.phone for person in surveyed.persons] == ["19900003517", None]
    assert survey.bad_cells == survey.warnings == ()


def test_personal_data_stays_out_of_facts_and_repr() -> None:
    (surveyed,) = read(row(1)).households
    person = surveyed.persons[0]

    shown = repr(surveyed) + repr(person) + surveyed.household.model_dump_json()

    for secret in (person.name, person.id_number, person.phone, "HA"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("户编号", ""),
        ("户编号", "H" * 41),
        ("户编号", "+H1"),
        ("户编号", "1.2E+10"),
        ("受理机构", ""),
        ("受理机构", "2.20302E+08"),
        ("调查日期", "2026-02-30"),
        ("调查日期", "20261120"),
        ("调查日期", "46346"),
        ("调查日期", "1926-11-20"),
        ("调查日期", "2026-11/20"),
        ("户口簿号", ""),
        ("姓名", " 　"),
        ("姓名", "张|三"),
        ("姓名", "=1+1"),
        ("姓名", "@SUM(A1)"),
        ("姓名", "+张三"),
        ("姓名", "-张三"),
        ("姓名", "张\u200b三"),
        ("姓名", "张\n三"),
        ("姓名", "张�"),
        ("姓名", "123"),
        ("姓名", "张" * 51),
        ("与申请人关系", "儿媳"),
        ("与申请人关系", ""),
        ("身份证号", "220000198505050010"),
        ("身份证号", "2.20000198505E+17"),
        ("身份证号", "'" + an_id(1)),
        ("身份证号", an_id(1, born="20261121")),
        ("户口性质", "非农"),
        ("婚姻状况", "复婚"),
        ("共同生活", "Y"),
        ("劳动能力", "无"),
        ("就业愿望", "是"),
        ("就业失业状态", "失业"),
        ("职工类型", "职员"),
        ("月收入", ""),
        ("月收入", "-1"),
        ("月收入", "1200.555"),
        ("月收入", "1,200"),
        ("月收入", "１２００"),
        ("月收入", "1e3"),
        ("经营性收入", "无"),
        ("投资性收入", "=A1"),
        ("享受低保", "0"),
        ("享受失业保险", ""),
        ("手机", "1990000351"),
        ("手机", "02990000351"),
    ],
)
def test_one_bad_cell_is_named_and_blocks_its_household_only(column: str, text: str) -> None:
    survey = read(
        row(1),
        row(3, **SPOUSE, **{column: text}) if column != "与申请人关系" else row(3, **{column: text}),
        row(5, 户编号="H2", 户口簿号="HB"),
    )

    assert [(cell.line, cell.column) for cell in survey.bad_cells] == [(3, column)]
    assert [surveyed.number for surveyed in survey.households] == ["H2"]
    assert survey.blocked == ("H1",)
    assert len(text) < 3 or text not in survey.bad_cells[0].reason


@pytest.mark.parametrize("text", ["2026-11-20", "2026/11/20", "2026年11月20日", " 2026-11-20 "])
def test_dates_as_spreadsheet_programs_write_them(text: str) -> None:
    (surveyed,) = read(row(1, 调查日期=text)).households

    assert surveyed.surveyed_on == date(2026, 11, 20)


def test_every_bad_cell_of_a_line_is_named_in_the_order_of_the_columns() -> None:
    assert bad(row(1, 手机="1", 姓名="", 月收入="x")) == [(2, "姓名"), (2, "月收入"), (2, "手机")]


def test_the_first_line_is_the_applicant_and_the_only_one() -> None:
    assert bad(row(1, **SPOUSE), row(3)) == [(2, "与申请人关系"), (3, "与申请人关系")]
    assert bad(row(1), row(3)) == [(3, "与申请人关系")]


def test_lines_of_one_household_belong_together_wherever_they_stand() -> None:
    survey = read(row(1), row(3, 户编号="H2"), row(5, **SPOUSE))

    assert [(h.number, h.lines) for h in survey.households] == [("H1", (2, 4)), ("H2", (3,))]


def test_survey_date_and_office_are_one_per_household() -> None:
    assert bad(row(1), row(3, **SPOUSE, 调查日期="2026-11-21")) == [(3, "调查日期")]
    assert bad(row(1), row(3, **SPOUSE, 受理机构="220302005")) == [(3, "受理机构")]


def test_one_person_stands_once_in_a_sheet() -> None:
    twice = read(row(1), row(3, 户编号="H2"), row(5, 户编号="H3"), row(7, 户编号="H3", **SPOUSE, 身份证号=an_id(1)))

    assert [(cell.line, cell.column) for cell in twice.bad_cells] == [(2, "身份证号"), (5, "身份证号")]
    assert "第5行" in twice.bad_cells[0].reason
    assert [surveyed.number for surveyed in twice.households] == ["H2"]
    assert bad(row(1), row(1, **SPOUSE)) == [(2, "身份证号"), (3, "身份证号")]


def test_a_parent_elsewhere_may_belong_to_the_households_of_several_children() -> None:
    """A27: a deemed member may appear in a sibling's household: a warning, the county decides."""
    mother = {"与申请人关系": "母亲", "身份证号": an_id(2), "户口簿号": "HM"}
    brothers = [row(1), row(2, **mother), row(3, 户编号="H2", 户口簿号="HB"), row(4, 户编号="H2", **mother)]

    survey = read(*brothers)
    assert survey.bad_cells == ()
    assert [h.number for h in survey.households] == ["H1", "H2"]
    assert [(cell.line, cell.column) for cell in survey.warnings] == [(3, "身份证号"), (5, "身份证号")]
    assert "第5行" in survey.warnings[0].reason

    her_own = row(5, 户编号="H3", 户口簿号="HM", 身份证号=an_id(2))
    assert bad(*brothers, her_own) == []
    assert bad(*brothers, her_own, row(6, 户编号="H4", 户口簿号="HM", 身份证号=an_id(2))) == [
        (line, "身份证号") for line in (3, 5, 6, 7)
    ]
    at_home = row(4, 户编号="H2", **(mother | {"户口簿号": "HB"}))
    assert bad(*brothers[:3], at_home) == []
    assert bad(*brothers[:2], row(3, **mother)) == [(3, "身份证号"), (4, "身份证号")]


def test_a_line_without_household_blocks_the_one_it_may_belong_to() -> None:
    survey = read(
        row(1), row(3, **SPOUSE, 户编号=""), row(5, 户编号="H2", 户口簿号="HB"), row(7, 户编号="", 户口簿号="HC"),
        row(9, 户编号="H3", 户口簿号="HD"), row(11, 户编号="H4", 户口簿号="HC"),
    )  # fmt: skip

    assert [(cell.line, cell.column) for cell in survey.bad_cells] == [(3, "户编号"), (5, "户编号")]
    assert [surveyed.number for surveyed in survey.households] == ["H2", "H3"]


def test_more_than_thirty_lines_are_not_one_household() -> None:
    many = [row(1)] + [row(order, 与申请人关系="儿子") for order in range(2, 32)]

    assert bad(*many) == [(32, "户编号")]


def test_an_unknown_province_is_a_warning_and_does_not_block() -> None:
    survey = read(row(1, 身份证号=an_id(1, place="990000")))

    assert len(survey.households) == 1
    assert [(cell.line, cell.column) for cell in survey.warnings] == [(2, "身份证号")]


def test_relation_and_sex_may_contradict() -> None:
    assert bad(row(1), row(3, 与申请人关系="母亲")) == []
