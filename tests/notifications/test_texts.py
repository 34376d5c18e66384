"""Every notice of the catalogue: its template, its words, its length, and what must never be in it."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

import notifications
from casework.states import ExitReason
from notifications.catalog import NOTICES, Notice, NoticeUnknown, notice_named
from notifications.rendering import (
    DEFAULT_SIGN,
    NoticeUnrenderable,
    carrier_template,
    environment,
    render,
    signed,
    template_source,
)
from notifications.sms_parts import code_units, count_parts
from notifications.words import NoticeWords, Words, WordsWrong, one_line, spoken, words_from

LONGEST = {
    "case_no": "220302004-2026-00012",
    "office_phone": "0434-31234567-8001",
    "household": "𠮷*家庭",
    "helper": "阿卜杜热西提·买买提艾力",
    "reason": max((*(reason.words for reason in ExitReason), "1个月内无正当理由拒绝推荐就业3次以上"), key=len),
    "clause": "《吉林省零就业家庭认定办法》（吉人社联字〔2021〕102号）第十一条第二款",
    "missing": "；".join(f"{who}职业指导1次、技能培训信息1次、推荐岗位3次" for who in ("本人（M1）", "配偶（M2）")),
    "promise": "力争2026年10月22日前（含当日）帮助家中至少一人就业",
    "then": "原承诺2026年10月22日到期，继续计算",
    "papers": "户口簿、身份证、婚姻证明、失业登记材料、收入证明、健康证明、在校证明、待遇证明、签字的表格、其他材料",
    "moved": "公示期由2026年10月10日改为2026年10月12日；补正等待期由2026年10月10日改为2026年10月12日",
    "goes_on": "帮扶恢复，帮助就业的期限到2026年10月22日",
    "effect": "认定撤销，已领补贴依规追回，2026年10月22日起生效",
    "window": "1个月",
    "counted": "12",
    "threshold": "12",
    "days_left": "20",
    "step": "记录退出陈述申辩并提交有关材料",
    "tasks": "签订帮扶方案（一人一策）、办理失业登记、指定帮扶责任人、认定拒绝岗位有无正当理由、发出拒绝岗位书面提醒",
    "due": "最早一项期限12月31日",
    "task": "认定拒绝岗位有无正当理由",
    "doer": "县级复核人员",
    "about": "帮扶对象家庭情况变更",
    "decide_by": "2026年12月31日",
    "answered": "家庭已陈述申辩，意见见系统",
    "member": "外祖母（M10）",
    "standing": "不计入需援助成员",
    "code": "482173",
    "minutes": "10",
}
NOTICE_LIST = list(NOTICES.values())


def longest_words(notice: Notice) -> Words:
    given_words = {f.name: LONGEST.get(f.name, "2026-12-31") for f in fields(notice.words)}
    return words_from(notice.words, given_words)


@pytest.mark.parametrize("notice", NOTICE_LIST, ids=lambda n: n.name)
def test_every_notice_fits_in_three_parts_with_its_longest_words(notice: Notice) -> None:
    text = signed(DEFAULT_SIGN, render(notice, longest_words(notice)))

    assert count_parts(text) <= 3, (code_units(text), text)
    assert text.startswith("【万家灯火】")
    assert text.endswith("。")
    assert "\n" not in text


@pytest.mark.parametrize("notice", NOTICE_LIST, ids=lambda n: n.name)
def test_a_template_places_each_word_of_its_notice_and_nothing_else(notice: Notice) -> None:
    source = template_source(notice.name)
    assert source is not None

    tree = environment().parse(source)

    used = {name.name for name in tree.find_all(nodes.Name)}
    assert used == {f.name for f in fields(notice.words)}
    allowed = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
    assert all(isinstance(node, allowed) for node in tree.find_all(nodes.Node))


@pytest.mark.parametrize("notice", NOTICE_LIST, ids=lambda n: n.name)
def test_the_text_to_register_with_a_carrier_is_the_text_we_send(notice: Notice) -> None:
    words = longest_words(notice)
    registered = carrier_template(notice)

    for name, said in spoken(words).items():
        registered = registered.replace(f"${{{name}}}", said)

    assert registered == render(notice, words)


def test_every_template_folder_belongs_to_a_notice() -> None:
    package = Path(str(notifications.__file__)).parent

    assert {folder.name for folder in (package / "templates").iterdir()} == set(NOTICES)


ABOUT_SOMETHING = [notice for notice in NOTICE_LIST if notice.name != "phone_code"]


@pytest.mark.parametrize("notice", ABOUT_SOMETHING, ids=lambda n: n.name)
def test_every_notice_names_the_case_and_whom_to_call(notice: Notice) -> None:
    text = render(notice, longest_words(notice))

    assert LONGEST["case_no"] in text
    assert LONGEST["office_phone"] in text


def test_a_helper_reads_what_to_do_and_by_when() -> None:
    notice = notice_named("promise_due_soon")
    words = words_from(
        notice.words,
        {
            "case_no": "220302004-2026-00012",
            "household": "张*家庭",
            "promise_due": "2026-10-22",
            "days_left": "5",
            "office_phone": "0434-3123456",
        },
    )

    text = signed(DEFAULT_SIGN, render(notice, words))

    assert text == (
        "【万家灯火】220302004-2026-00012张*家庭的安置承诺10月22日到期，还剩5个工作日，尚未兑现。"
        "请抓紧落实岗位并登记，有困难今日致电0434-3123456。"
    )
    assert count_parts(text) == 2


def test_what_a_household_may_keep_as_a_proof_is_dated_with_the_year() -> None:
    notice = notice_named("exit_proposed")

    assert spoken(longest_words(notice))["respond_by"] == "2026年12月31日"
    assert spoken(longest_words(notice_named("follow_up_due")))["due_on"] == "12月31日"


def test_event_words_and_looked_up_words_are_all_the_words() -> None:
    overdue = notice_named("promise_overdue_supervisor")

    assert overdue.event_words == {"promise_due"}
    assert overdue.looked_up_words == {"case_no", "household", "helper", "office_phone"}
    for notice in NOTICE_LIST:
        assert notice.recipients


GIVEN = {"case_no": "1", "office_phone": "2", "household": "张*家庭", "promise_due": "2026-10-22", "days_left": "5"}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"days_left": None}, "word_missing", "days_left"),
        ({"address": "某路1号"}, "word_unknown", "address"),
        ({"days_left": "-5"}, "word_malformed", "days_left"),
        ({"days_left": "５"}, "word_malformed", "days_left"),
        ({"promise_due": "10月22日"}, "word_malformed", "promise_due"),
        ({"household": "\u200b\n"}, "word_malformed", "household"),
        ({"household": "长" * 61}, "word_malformed", "household"),
    ],
)
def test_words_must_be_exactly_the_words_of_the_notice(change: dict[str, str | None], code: str, field: str) -> None:
    given_words = {name: text for name, text in {**GIVEN, **change}.items() if text is not None}

    with pytest.raises(WordsWrong) as no:
        words_from(notice_named("promise_due_soon").words, given_words)

    assert (no.value.code, no.value.field) == (code, field)
    assert "某路" not in no.value.message


def test_words_of_another_notice_are_refused() -> None:
    with pytest.raises(NoticeUnrenderable):
        render(notice_named("certified"), longest_words(notice_named("promise_overdue")))
    with pytest.raises(NoticeUnknown):
        notice_named("no_such_notice")


@pytest.mark.parametrize("evil", ["{{ 7*7 }}", "{% raw %}", "${case_no}", "<script>", "=1+1"])
def test_a_word_that_looks_like_code_stays_inert(evil: str) -> None:
    notice = notice_named("promise_overdue")
    given_words = {name: text for name, text in GIVEN.items() if name != "days_left"} | {"household": evil}

    assert evil in render(notice, words_from(notice.words, given_words))


def test_names_of_minorities_and_rare_characters_stay_whole() -> None:
    assert one_line("阿卜杜热西提·买买提") == "阿卜杜热西提·买买提"
    assert one_line("𠮷") == "𠮷"
    assert one_line("张\r\n三\u202e\u200b 四\x00") == "张 三 四"


@given(st.text(max_size=60))
def test_no_word_brings_a_line_break_or_control_character_into_a_message(word: str) -> None:
    cleaned = one_line(word)

    assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]", cleaned) is None
    assert one_line(cleaned) == cleaned
    assert spoken(NoticeWords(case_no=word, office_phone="1"))["case_no"] == cleaned


def test_dates_are_read_as_dates() -> None:
    words = words_from(notice_named("promise_due_soon").words, GIVEN)

    assert getattr(words, "promise_due", None) == date(2026, 10, 22)
    assert getattr(words, "days_left", None) == 5


def test_a_task_that_quotes_something_is_quoted_with_single_marks_inside() -> None:
    notice = notice_named("task_overdue")
    given_words = {f.name: LONGEST.get(f.name, "2026-12-31") for f in fields(notice.words)}
    words = words_from(notice.words, given_words | {"task": "拟定“点对点”推荐岗位清单"})
    assert "待办“拟定‘点对点’推荐岗位清单”期限" in render(notice, words)
