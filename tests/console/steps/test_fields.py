"""The fields of every step: words for each, every example can be typed, and what people type is understood."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.step_paths import STEP_PATHS
from casework.table import rows_of
from console.forms import Form
from console.steps.choice_words import CHOSEN_FROM, EMPTY, OPEN_ENDED
from console.steps.choices import SOURCES
from console.steps.field_hints import HINTS, MUST_ANSWER, NEEDED_WHEN, NO_ANSWER, TICKS
from console.steps.field_words import LABELS
from console.steps.fields import Kind, StepField, fields_of, walk
from console.steps.forms_shown import CONTROLS, with_rows
from console.steps.reading import read, rows_typed, typed
from console.steps.weighty import WEIGHTY
from console.typed_values import Unreadable, amount, amount_in_words, count, day
from desk.bodies import body_of, example_of

EVERY = pytest.mark.parametrize("trigger", STEP_PATHS)
ALL = [(trigger, field) for trigger in STEP_PATHS for field in walk(fields_of(trigger))]
CODE = re.compile(r"\b(true|false|null|JSON|None|fen|[a-z]{2,}_[a-z_]+)\b|代码|对象|列表|单位：分|为分")


@EVERY
def test_the_example_of_a_step_can_be_typed_and_arrives_as_it_is(trigger: str) -> None:
    body = body_of(trigger).model_validate(example_of(trigger))
    found = read(trigger, Form(typed(trigger, body)))
    assert found.mistakes == ()
    assert found.body == body


@EVERY
def test_an_empty_form_says_what_is_missing_field_by_field(trigger: str) -> None:
    found = read(trigger, Form())
    wanted = {field.name for field in fields_of(trigger) if field.required and field.kind is not Kind.GROUP}
    said = {mistake.field for mistake in found.mistakes}
    assert wanted <= said
    assert not [mistake.words for mistake in found.mistakes if CODE.search(mistake.words) or mistake.field is None]


def test_every_field_is_called_something_in_chinese() -> None:
    for trigger, field in ALL:
        assert re.search("[一-鿿]", field.label), f"{trigger}.{field.path} has no label"
        for words in (field.label, field.hint, field.empty, *(said for _, said in field.options)):
            assert not CODE.search(words), f"{trigger}.{field.path}: {words}"


def test_every_choice_has_words_and_every_amount_says_its_unit() -> None:
    for trigger, field in ALL:
        if field.kind in (Kind.CHOICE, Kind.SEVERAL):
            assert field.options or field.choice in SOURCES, f"{trigger}.{field.path} offers nothing"
            assert not [said for _, said in field.options if not re.search("[一-鿿]", said)], f"{trigger}.{field.path}"
        assert (field.kind is Kind.MONEY) == field.label.endswith("（元）"), f"{trigger}.{field.path}"


def test_no_words_are_left_over() -> None:
    known = {key for trigger, f in ALL for key in (f"{trigger}.{f.path}", f.path, f.path.rpartition(".")[2])}
    known |= set(STEP_PATHS) | {"member.several"}
    for words in (LABELS, HINTS, NO_ANSWER, CHOSEN_FROM, NEEDED_WHEN, TICKS, MUST_ANSWER):
        assert not set(words) - known
    assert set(EMPTY) == set(SOURCES) - OPEN_ENDED


def test_no_field_is_called_like_a_control_of_the_page() -> None:
    assert not CONTROLS & {field.name for _, field in ALL}
    assert not [name for _, field in ALL if "-" in (name := field.name)]


def test_what_ends_a_case_is_looked_at_first() -> None:
    ends = {t for t in STEP_PATHS if any(row.target and row.target.value == "exited" for row in rows_of(t))}
    assert ends <= WEIGHTY
    assert set(STEP_PATHS) >= WEIGHTY


@pytest.mark.parametrize(
    ("given_", "fen"),
    [("1880", 188000), ("1,880.50", 188050), ("１８８０", 188000), ("￥1880元", 188000), ("0", 0), ("1880.5", 188050)],
)
def test_amounts_are_typed_in_yuan(given_: str, fen: int) -> None:
    assert amount(given_) == fen


@pytest.mark.parametrize("wrong", ["1.8万", "-1", "1880.505", "18,80", "一千", "1e3", "1880元整", ""])
def test_what_is_no_amount_is_said_to_be_none(wrong: str) -> None:
    with pytest.raises(Unreadable, match="单位是元"):
        amount(wrong)


@given(st.integers(0, 10**10))
def test_an_amount_comes_back_as_it_was(fen: int) -> None:
    assert amount(amount_in_words(fen)) == fen


DAYS = ("2026-09-30", "2026年9月30日", "2026/9/30", "20260930", "2026.9.30", "２０２６年９月３０日", "2026-9-30")


@pytest.mark.parametrize("written", DAYS)
def test_dates_are_read_as_people_write_them(written: str) -> None:
    assert day(written) == "2026-09-30"


@pytest.mark.parametrize("wrong", ["9月30日", "2026-13-01", "2026-02-30", "30/9/2026", "昨天", "202609301"])
def test_what_is_no_date_is_said_to_be_none(wrong: str) -> None:
    with pytest.raises(Unreadable):
        day(wrong)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_comes_back_as_it_was(one: date) -> None:
    assert day(f"{one.year}年{one.month}月{one.day}日") == day(f"{one:%Y%m%d}") == one.isoformat()


@pytest.mark.parametrize("wrong", ["12.5", "十二", "-1", "1234567"])
def test_a_count_is_a_whole_number(wrong: str) -> None:
    with pytest.raises(Unreadable):
        count(wrong)


@given(st.lists(st.tuples(st.sampled_from([f for _, f in ALL]), st.text(max_size=30)), max_size=12), st.data())
def test_whatever_is_typed_is_answered_in_words(pairs: list[tuple[StepField, str]], data: st.DataObject) -> None:
    trigger = data.draw(st.sampled_from(list(STEP_PATHS)))
    form = Form(tuple((field.path.replace(".", "-0-"), value) for field, value in pairs))
    found = read(trigger, form)
    assert (found.body is None) == bool(found.mistakes)
    assert not [mistake for mistake in found.mistakes if CODE.search(mistake.words)]


def test_a_row_with_nothing_but_its_keys_is_left_out_and_mistakes_name_the_row_typed() -> None:
    pairs = [("results-0-source", "register"), ("results-0-member", "M1")]
    pairs += [("results-1-source", "tax"), ("results-1-member", "M1"), ("results-1-result", "clear")]
    pairs += [("results-2-source", "tax"), ("results-2-result", "clear"), ("results-2-reference", "编号")]
    found = read("record_comparison", Form(tuple(pairs)))
    assert {m.field: m.words for m in found.mistakes} == {
        "results-2-member": "第3行“成员”没有选，请选一项",
        "results-2-reference": "第3行“查询编号”只能用数字、字母和 . _ : / -，请对照来源的查询结果",
    }
    fine = read("record_comparison", Form(tuple(pairs[:5])))
    assert fine.body is not None
    assert [row["source"].value for row in fine.body.model_dump()["results"]] == ["tax"]
    rows = next(field for field in fields_of("record_comparison") if field.kind is Kind.ROWS)
    assert rows_typed(Form(tuple(pairs)), rows) == 3


def test_a_button_answers_the_rows_that_are_open_and_no_other() -> None:
    rows = [("register", "M1", "hit", ""), ("register", "M2", "", ""), ("tax", "M1", "", "SW-1"), ("", "", "", "")]
    parts = ("source", "member", "result", "reference")
    typed = {f"results-{n}-{part}": row[at] for n, row in enumerate(rows) for at, part in enumerate(parts)}
    filled = with_rows("record_comparison", Form.with_values(typed | {"_rest": "results"}))
    assert [filled.many(f"results-{n}-result") for n in range(4)] == [("hit",), ("clear",), ("clear",), ()]
    assert filled.text("results-2-reference") == "SW-1"
    assert filled.text("_rest") is None
    assert with_rows("record_visit", Form.with_values({"_rest": "results"})).pairs == ()


def test_whoever_was_reached_must_be_said() -> None:
    fields = {"on": "2026-10-12", "channel": "phone"}
    failed = read("record_contact", Form.with_values(fields | {"outcome": "failed"}))
    assert failed.body is not None
    reached = read("record_contact", Form.with_values(fields | {"outcome": "reached"}))
    assert [mistake.field for mistake in reached.mistakes] == ["answered"]


def test_what_is_pasted_for_a_new_member_is_read_as_at_the_counter() -> None:
    typed = {
        "cause": "correction",
        "happened_on": "2026-11-20",
        "reason": "漏报孙女。",
        "person-name": "阿里 • 木",
        "person-id_number": " 110105 ２０１４１２３１　002x ",
        "person-relation": "孙女",
        "person-booklet": "ａ ",
        "person-hukou": "城镇",
        "person-marital": "未婚",
        "person-status": "在校学生",
        "person-phone": "+86 138 0431 7788",
    }
    answered = dict.fromkeys(("cohabiting", "willing", "dibao", "unemployment_insurance"), "no")
    form = Form.with_values(
        typed | {"person-capacity": "有"} | {f"person-{name}": said for name, said in answered.items()}
    )
    found = read("add_member", form)
    assert found.body is not None, found.mistakes
    person = found.body.model_dump()["person"]
    assert person["id_number"].upper() == "11010520141231002X"
    assert (person["booklet"], person["phone"]) == ("A", "13804317788")
    assert person["name"] == "阿里·木"
