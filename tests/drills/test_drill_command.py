"""`wanjia drill`: its exit codes, its Chinese differences, its errors that name the step, and its documentation."""

from pathlib import Path

import pytest

from casework.commands import COMMANDS, OF_PEOPLE
from operations.cli import run
from operations.drill_checks import EXPECTATIONS
from operations.drill_file import (
    ABSENCE_WORDS,
    CALENDAR_WORDS,
    MEMBER_WORDS,
    NO_COMMANDS,
    OF_THE_SYSTEM,
    POLICY_WORDS,
    REACHABLE,
    STAFF,
    STEP_WORDS,
    TOP_WORDS,
)
from operations.drill_pure import text_fields

ROOT = Path(__file__).parents[2]
START = 'title = "试"\n[[step]]\non = 2026-09-30\ndo = "reach"\nwith = { state = "in_publicity" }\n'
AWAY = (
    START.replace("{", "{{").replace("}", "}}")
    + '[[step]]\non = 2026-10-01\nby = "helper1"\ndo = "absence"\nwith = {{ {} }}\n'
)


def drill(tmp_path: Path, text: str) -> int:
    path = tmp_path / "written.toml"
    path.write_text(text, encoding="utf-8")
    return run(["drill", str(path)])


def test_a_drill_that_holds_exits_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drill(tmp_path, START + 'expect = { state = "in_publicity" }\n') == 0
    assert "演练相符，共1步。" in capsys.readouterr().out


def test_a_difference_exits_one_and_says_what_was_expected_and_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = START + 'expect = { state = "certified", clocks = { publicity = 2026-10-05 }, proposal = "lost_contact" }\n'

    assert drill(tmp_path, text) == 1
    said = capsys.readouterr().err
    assert "第1步" in said
    assert "状态（state）：期望 certified，实际 in_publicity" in said
    assert "期望 publicity=2026-10-05，实际 publicity=2026-10-10" in said
    assert "退出建议（proposal）：期望 lost_contact，实际 无" in said


def test_a_no_that_nobody_expected_is_a_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = START + '[[step]]\non = 2026-10-01\nby = "caseworker1"\ndo = "report_up"\n'

    assert drill(tmp_path, text) == 1
    assert "本应办理，却不予办理（publicity_not_over）" in capsys.readouterr().err


def test_a_yes_where_a_no_was_expected_is_a_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = START + '[[step]]\non = 2026-10-12\nby = "caseworker1"\ndo = "report_up"\nexpect = { refused = "x" }\n'

    assert drill(tmp_path, text) == 1
    assert "实际 已办理" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = \n", "第1行第9列附近不合 TOML 写法"),
        ('title = "试"\nstep = [', "缺少引号或括号，请补上"),
        ('title = "无步骤"\n', "没有步骤"),
        (START + '[[step]]\non = 2026-10-01\ndo = "fly"\n', "第2步：没有“fly”"),
        (START + '[[step]]\non = 2026-10-01\nby = "nobody"\ndo = "report_up"\n', "第2步：by 须为工作人员"),
        (START + '[[step]]\non = 2026-09-01\ndo = "wait"\n', "第2步的时间早于第1步"),
        (START + '[[step]]\non = "明天"\ndo = "wait"\n', "第2步：时间须写作"),
        (START + '[[step]]\non = 2026-10-01\ndo = "wait"\nexpect = { colour = 1 }\n', "第2步的 expect：不认识“colour”"),
        (START + '[[step]]\non = 2026-10-01\ndo = "publicity_ended"\n', "时限届满不用写"),
        (
            START + '[[step]]\non = 2026-10-01\nby = "caseworker1"\ndo = "raise_objection"\nwith = { colour = 1 }\n',
            "第2步的 with：不认识“colour”",
        ),
        (
            START + '[[step]]\non = 2026-10-01\nby = "caseworker1"\ndo = "dismiss_objection"\n',
            "第2步（dismiss_objection）：objection 缺少或写错",
        ),
        (
            START
            + '[[step]]\non = 2026-10-01\nby = "caseworker1"\ndo = "dismiss_objection"\nwith = { objection = "@o" }\n',
            "前面没有用 as 命名过“o”",
        ),
        ('household = [{ id = "M1" }]\n' + START, "household 第1名成员"),
        ("household = []\n" + START, "household 须有1至30名成员，现有0名"),
        ('scenarios = ["一"]\n' + START, "scenarios 须写情形编号"),
        (START.replace('"reach"', '["reach"]'), "do 的写法不对"),
        (START + 'by = ["caseworker1"]\n', "by 的写法不对"),
        (START + "as = 5\n", "as 的写法不对"),
        (AWAY.format('substitute = "caseworker1", first = 2026-10-12, last = 2026-10-16'), "须为与 helper1 同一角色"),
        (AWAY.format('substitute = "helper1", first = 2026-10-12, last = 2026-10-16'), "另一名工作人员"),
        (AWAY.format('substitute = "helper2", first = 2026-10-16, last = 2026-10-12'), "last 不早于 first"),
        (AWAY.format('substitute = "helper2", first = 2026-10-12'), "first、last 须写日期"),
        (AWAY.format("until = 2026-10-12"), "第2步的 with：不认识“until”"),
        (START + '[[step]]\non = 2026-10-01\ndo = "wait"\nwith = { days = 1 }\n', "第2步的 with：不认识“days”"),
        (START.replace("state =", "discovered = 2026-09-01, state ="), "第1步的 with：不认识“discovered”"),
        ('[staff]\nclock = "system"\n' + START.partition("\n")[2], "staff：clock 的角色须为"),
    ],
)
def test_a_bad_file_exits_two_and_names_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    assert drill(tmp_path, text) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("no_notices = ['exit_propose']", "no_notices 里没有“exit_propose”，可用的有：application_received、"),
        ("no_events = ['promise_over']", "no_events 里没有“promise_over”"),
        ("events = [5]", "events 里没有“5”"),
        ("events = ['publicity_over 2026-10-11']", "events 里没有“publicity_over 2026-10-11”"),
        ("clocks = { promisse = false }", "clocks 里没有“promisse”"),
        ("due = { report = false }", "due 里没有“report”"),
        ("promise = { end = false }", "promise 里没有“end”"),
        ("refusals = { M9 = 0 }", "refusals 里没有“M9”，可用的有：M1、M2。"),
        ("exit = 'moved'", "exit 里没有“moved”"),
        ("state = 'accepted'", "state 里没有“accepted”"),
        ("clocks = 'promise'", "clocks 应写作 { 名称 = 值 }"),
        ("notices = { certified = true }", "notices 不能写作"),
    ],
)
def test_an_expectation_that_could_never_fail_is_an_error_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expect: str, words: str
) -> None:
    assert drill(tmp_path, START + f"expect = {{ {expect} }}\n") == 2
    assert f"第1步的 expect：{words}" in capsys.readouterr().err


def test_a_missing_file_exits_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["drill", str(tmp_path / "none.toml")]) == 2
    assert "没有文件" in capsys.readouterr().err


def test_every_word_of_the_vocabulary_is_documented() -> None:
    documented = (ROOT / "docs" / "drills.md").read_text(encoding="utf-8")
    steps = [*NO_COMMANDS, *OF_THE_SYSTEM, *OF_PEOPLE]
    words = [
        *TOP_WORDS,
        *STEP_WORDS,
        *MEMBER_WORDS,
        *EXPECTATIONS,
        *STAFF,
        *REACHABLE,
        *ABSENCE_WORDS,
        *CALENDAR_WORDS,
        *POLICY_WORDS,
        *steps,
    ]

    assert [word for word in words if f"`{word}`" not in documented] == []


def test_free_text_fields_are_found_by_their_type() -> None:
    assert text_fields(COMMANDS["record_refusal"]) == ("statement",)
    assert text_fields(COMMANDS["propose_exit"]) == ("statement",)
    assert text_fields(COMMANDS["record_referral"]) == ()
