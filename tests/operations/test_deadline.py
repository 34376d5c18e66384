"""`wanjia deadline` as a person or a script runs it: JSON alone on stdout, Chinese on stderr, exit 0 or 2."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from operations.cli import run

WANJIA = Path(sys.executable).with_name("wanjia")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["deadline", *arguments]) == 0
    answered: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answered


def test_the_installed_command_answers_scenario_1() -> None:
    done = subprocess.run(
        [WANJIA, "deadline", "--from", "2026-09-30", "--working-days", "3"],
        capture_output=True, timeout=120, check=False, env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8")) == {
        "ends": "2026-10-10",
        "counted": ["2026-10-08", "2026-10-09", "2026-10-10"],
        "skipped": [{"date": f"2026-10-0{n}", "reason": "国庆节放假"} for n in range(1, 8)],
        "provisional": False,
    }


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [
        ("--from 2026-09-18 --working-days 20", "2026-10-22"),
        ("--from 2026-09-18 --calendar-days 20", "2026-10-08"),
        ("--from 2026-08-03 --calendar-days 60", "2026-10-08"),
        ("--from 2026-08-03 --calendar-days 60 --no-roll", "2026-10-02"),
        ("--from 2026-01-31 --months 1", "2026-02-28"),
        ("--from 2026-09-01 --months 1", "2026-10-08"),
        ("--from 2026-09-01 --months 1 --no-roll", "2026-10-01"),
        ("--months=001 --from=2024-01-31 --no-roll", "2024-02-29"),
    ],
)
def test_days_and_months_roll_unless_told_otherwise(
    capsys: pytest.CaptureFixture[str], arguments: str, ends: str
) -> None:
    assert answer(capsys, *arguments.split())["ends"] == ends


def test_scenario_10_is_provisional_and_says_so_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["deadline", "--from", "2026-12-30", "--working-days", "3"])

    captured = capsys.readouterr()
    assert code == 0
    assert (json.loads(captured.out)["ends"], json.loads(captured.out)["provisional"]) == ("2027-01-05", True)
    assert "尚未公布" in captured.err


def test_a_window_that_needs_no_calendar_is_never_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "--from", "2026-12-31", "--months", "1", "--no-roll")["provisional"] is False
    assert answer(capsys, "--from", "2026-12-31", "--months", "1")["provisional"] is True


FROM = "--from 2026-09-30"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("deadline", "缺少选项 --from"),
        ("deadline --working-days 3", "缺少选项 --from"),
        (f"deadline {FROM}", "只给出一个时限"),
        (f"deadline {FROM} --working-days 3 --months 1", "只给出一个时限"),
        (f"deadline {FROM} --working-days 3 --working-days 3", "只给出一个时限"),
        (f"deadline {FROM} {FROM} --working-days 3", "起算日只能给出一个"),
        (f"deadline {FROM} --working-days 0", "至少为 1"),
        (f"deadline {FROM} --months -1", "至少为 1"),
        (f"deadline {FROM} --working-days 2601", "最长为 2600"),
        (f"deadline {FROM} --calendar-days {'9' * 5000}", "最长为 3660"),
        (f"deadline {FROM} --months 100000000", "最长为 120"),
        (f"deadline {FROM} --working-days three", "不是整数"),
        (f"deadline {FROM} --working-days 1.5", "不是整数"),
        (f"deadline {FROM} --working-days ３", "不是整数"),
        (f"deadline {FROM} --working-days", "--working-days 的写法不对"),
        (f"deadline {FROM} --working-days 3 four", "多了参数 four"),
        (f"deadline {FROM} --weeks 3", "没有选项 --weeks"),
        ("deadline --from 2026-02-30 --months 1", "不是日期"),
        ("deadline --from 20260930 --months 1", "不是日期"),
        ("deadline --from 2026-W40-3 --months 1", "不是日期"),
        ("deadline --from 9999-12-31 --months 1", "年份应在"),
        ("deadline --from  --months 1", "不是日期"),
        ("deadlines", "没有命令 deadlines"),
        ("--version", "没有选项 --version"),
        ("", "请写明命令"),
    ],
)
def test_wrong_usage_is_exit_2_with_chinese_words_and_nothing_on_stdout(
    capsys: pytest.CaptureFixture[str], arguments: str, words: str
) -> None:
    code = run(arguments.split(" ") if arguments else [])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert words in captured.err
    assert "Traceback" not in captured.err
    assert not re.search(r"\b(Usage|Error|Invalid|Missing|Try|No such)\b", captured.err)


@pytest.mark.parametrize("arguments", [["--help"], ["deadline", "--help"]])
def test_the_help_is_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 0

    captured = capsys.readouterr()
    assert "用法：" in captured.out
    assert not re.search(r"Usage|Options|Show this|required|Commands", captured.out)
