"""From what is typed to an application and back: nothing is lost on the way, and every mistake is on its field."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.household import Capacity, Hukou, Marital, Relation, Track, WorkStatus
from casework.resident_id import check_character
from console.questions.reading import (
    page_of_field,
    read_application,
    read_day,
    read_id_number,
    read_page,
    read_yuan,
)
from console.questions.writing import answers_of, in_yuan
from desk.draft_answers import Answers, Opening, PageChanged
from desk.intake_form import HIGHEST_FEN, ApplicationForm

NOW = datetime(2026, 9, 18, 2, tzinfo=UTC)

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
FEN = st.integers(0, HIGHEST_FEN)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1930, 1, 1), date(2026, 1, 1)))
    first = f"220302{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_character(first)


@st.composite
def members(draw: st.DrawFn, relation: Relation | None = None) -> dict[str, Any]:
    return {
        "name": draw(st.sampled_from(["张三", "欧阳娜娜", "阿卜杜拉·艾山", "𠮷野"])),
        "id_number": draw(id_numbers()),
        "relation": (relation or draw(st.sampled_from([r for r in Relation if r is not Relation.APPLICANT]))).value,
        "booklet": draw(st.sampled_from(["A", "B", "户主 2"])),
        "hukou": draw(st.sampled_from(Hukou)).value,
        "marital": draw(st.sampled_from(Marital)).value,
        "cohabiting": draw(st.booleans()),
        "capacity": draw(st.sampled_from(Capacity)).value,
        "willing": draw(st.booleans()),
        "status": draw(st.sampled_from(WorkStatus)).value,
        "track": draw(st.sampled_from([None, *[t.value for t in Track]])),
        "wage_fen": draw(FEN),
        "business_income_fen": draw(FEN),
        "investment_income_fen": draw(FEN),
        "dibao": draw(st.booleans()),
        "unemployment_insurance": draw(st.booleans()),
        "phone": draw(st.sampled_from([None, "19900000001", "13800138000"])),
    }


@st.composite
def applications(draw: st.DrawFn) -> ApplicationForm:
    others = draw(st.lists(members(), max_size=4))
    return ApplicationForm.model_validate(
        {
            "office": draw(st.sampled_from([None, "220302004"])),
            "community": draw(st.sampled_from(["向阳社区", "红旗村"])),
            "address": draw(st.sampled_from([None, "向阳街12号楼3单元401室"])),
            "applied_on": draw(DAYS).isoformat(),
            "discovered_on": draw(st.none() | DAYS.map(date.isoformat)),
            "relocated_on": draw(st.none() | DAYS.map(date.isoformat)),
            "members": [draw(members(Relation.APPLICANT)), *others],
        }
    )


@given(applications())
def test_any_application_comes_back_from_its_draft(form: ApplicationForm) -> None:
    answers = answers_of(form, by="cw", now=NOW)
    kept = Answers.of(answers.content)
    assert kept == answers
    read = read_application(kept)
    assert read.mistakes == ()
    assert read.form == form


TYPED = st.dictionaries(
    st.sampled_from(
        ["name", "id_number", "phone", "status", "wage_fen", "willing", "applied_on", "community", "track"]
    ),
    st.text(max_size=30),
)


@given(home=TYPED, who=TYPED, work=TYPED)
def test_whatever_is_typed_is_kept_and_never_breaks_the_reading(
    home: dict[str, str], who: dict[str, str], work: dict[str, str]
) -> None:
    answers = Answers()
    for page, fields in (("home", home), ("person/m1", who), ("work/m1", work)):
        answers = answers.saved(page, fields, by="cw", now=NOW)
    kept = Answers.of(answers.content)
    assert kept.page("home") == home
    assert kept.page("person/m1") == who
    assert kept.page("work/m1") == work
    read = read_application(kept)
    assert (read.form is None) == bool(read.mistakes)


@given(FEN)
def test_yuan_are_exact(fen: int) -> None:
    assert read_yuan(in_yuan(fen)) == fen
    assert read_yuan(f"{fen // 100:,}.{fen % 100:02d} 元") == fen


@pytest.mark.parametrize("typed", ["-1", "1.234", "一千", "1e3", "1000000000001", "．5", "1..2"])
def test_what_is_no_amount_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        read_yuan(typed)


@pytest.mark.parametrize("typed", ["2026-9-3", "2026.09.03", "2026年9月3日", " ２０２６-09-03 ", "2026/9/3"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == date(2026, 9, 3)


@pytest.mark.parametrize("typed", ["2026-02-30", "26-9-3", "昨天", "2026-13-01", "20260903x"])
def test_what_is_no_day_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ValueError, match="日期"):
        read_day(typed)


def test_an_id_number_may_be_typed_in_groups_and_full_width() -> None:
    first = "22030219850312101"
    number = first + check_character(first)
    for typed in (
        f" {number[:6]} {number[6:14]} {number[14:]} ",
        number.translate({48 + n: 0xFF10 + n for n in range(10)}),
    ):
        assert read_id_number(typed).number == number


def test_each_mistake_is_on_its_field() -> None:
    _, wrong = read_page("person/m2", {"name": "张3", "id_number": "123", "phone": "12345", "relation": "邻居"})
    said = {m.field: m.words for m in wrong}
    assert "不能有数字" in said["name"]
    assert "现为3位" in said["id_number"]
    assert "11位手机号" in said["phone"]
    assert said["relation"] == "与申请人关系不是可选的一项，请重新选择"
    assert said["marital"] == "请选择婚姻状况"
    assert "relation" not in {m.field for m in read_page("person/m1", {})[1]}
    _, wrong = read_page("home", {"community": "向阳社区3号楼", "applied_on": "1850-01-01"})
    said = {m.field: m.words for m in wrong}
    assert "门牌" in said["community"]
    assert "日期过早" in said["applied_on"]


def test_a_field_of_the_form_is_found_on_its_page() -> None:
    answers = Answers().saved("person/m1", {}, by="a", now=NOW).saved("person/m7", {}, by="a", now=NOW)
    assert page_of_field("members[1].id_number", answers) == ("person/m7", "id_number")
    assert page_of_field("members[0].status", answers) == ("work/m1", "status")
    assert page_of_field("community", answers) == ("home", "community")
    assert page_of_field("members[5].name", answers) is None
    assert page_of_field("members", answers) is None
    assert page_of_field(None, answers) is None


def test_the_second_tab_learns_of_the_first_and_a_key_is_never_used_twice() -> None:
    answers = Answers().saved("home", {"community": "甲"}, by="a", now=NOW, seen=0)
    with pytest.raises(PageChanged) as stopped:
        answers.saved("home", {"community": "乙"}, by="b", now=NOW, seen=0)
    assert stopped.value.stored == {"community": "甲"}
    assert stopped.value.stamp.by == "a"
    assert answers.saved("home", {"community": "甲"}, by="b", now=NOW, seen=0).stamp("home").saves == 2
    two = answers.saved("person/m2", {"name": "李四"}, by="a", now=NOW)
    gone = two.without_person("m2", by="a", now=NOW)
    assert gone.people == ("m1",)
    assert gone.next_person == "m3"
    assert gone.without_person("m1", by="a", now=NOW) == gone
    with pytest.raises(PageChanged):
        gone.saved("person/m2", {"name": "李四"}, by="b", now=NOW, seen=1)


def test_a_page_that_keeps_itself_never_stands_in_its_own_way() -> None:
    def typed(words: str) -> dict[str, str]:
        return {"community": words}

    def kept(answers: Answers, words: str, opening: Opening, seen: int = 0) -> Answers:
        return answers.saved("home", typed(words), by="a", now=NOW, seen=seen, opening=opening)

    one = kept(Answers(), "甲", Opening("tab", 1))
    two = kept(one, "甲乙", Opening("tab", 2))  # its answer to the first was lost, so it has seen nothing yet
    with pytest.raises(PageChanged):
        kept(two, "甲", Opening("tab", 1))  # the first comes once more, late
    sent = kept(two, "甲乙丙", Opening("tab"))
    with pytest.raises(PageChanged):
        kept(sent, "甲乙", Opening("tab", 3), seen=2)  # kept before the button, arriving after it
    other = kept(sent, "丁", Opening("other"), seen=3)
    with pytest.raises(PageChanged):
        kept(other, "甲乙丙丁", Opening("tab"), seen=3)
    with pytest.raises(PageChanged):
        kept(other, "戊", Opening(""), seen=0)
    assert Answers.of(other.content) == other
