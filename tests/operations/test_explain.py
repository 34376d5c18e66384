"""`wanjia explain` as somebody at a phone types it: a real process on a real record, with no service running."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from records.case_file import write_event
from records.engine import Record
from tests.engine_stack import KEYS
from tests.make import Life
from tests.workflows.people import NAMES, put_household

WANJIA = Path(sys.executable).with_name("wanjia")


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    """A home with a key and an empty record."""
    shutil.copy(sqlite_template, tmp_path / "record.db")
    (tmp_path / "key").write_text(bytes(range(32)).hex())
    (tmp_path / "key").chmod(0o600)
    return tmp_path


def explained(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    known = {"WANJIA_HOME": str(home), "TEMPORAL_ADDRESS": "127.0.0.1:1"}
    return subprocess.run(
        [WANJIA, "explain", *arguments], cwd=home, capture_output=True, text=True, timeout=120, env=os.environ | known
    )


def kept(home: Path, *, withdrawn: bool = False) -> str:
    """Keep a case posted on 2026-09-30; return its id."""
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    life = Life()
    case_id = put_household(record, life.household)
    life.do("2026-09-30", "apply", case_id=case_id, office=case_id.split("-")[0])
    life.do("2026-09-30", "accept_application")
    life.do("2026-09-30", "pass_first_review", compared_online=True)
    life.do("2026-09-30", "post_publicity")
    if withdrawn:
        life.do("2026-10-08", "withdraw")
    for event in life.events:
        with record.write() as work:
            write_event(work, event)
    record.close()
    return case_id


def test_a_running_case_is_told_without_a_name(home: Path) -> None:
    case_id = kept(home)
    told = explained(home, case_id)

    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(f"【目前】\n个案{case_id}，")
    assert "目前状态：公示中。" in told.stdout
    assert "【接下来】\n下一个到时：" in told.stdout
    assert "公示期到2026年10月10日24时止。\n" in told.stdout
    assert "不计：10月1日至7日国庆节放假。\n" in told.stdout
    assert not any(name in told.stdout for name in NAMES)

    one = explained(home, case_id, "--clock", "公示期")
    assert one.stdout.startswith("公示期到2026年10月10日24时止。\n")
    assert "成员年龄" not in one.stdout
    assert explained(home, case_id, "--clock", "publicity").stdout == one.stdout


def test_an_exited_case_is_told_too(home: Path) -> None:
    case_id = kept(home, withdrawn=True)
    told = explained(home, case_id)

    assert told.returncode == 0
    assert "已于2026年10月8日退出，原因：申请人撤回申请。" in told.stdout
    assert "【接下来】" not in told.stdout
    assert "公示期已于2026年10月8日结束" in explained(home, case_id, "--all").stdout


def test_an_unknown_case_or_clock_says_what_to_do(home: Path) -> None:
    case_id = kept(home)
    nobody = explained(home, "220302004-2026-99999")
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "档案里没有个案 220302004-2026-99999" in nobody.stderr
    assert "请核对后再试" in nobody.stderr
    clock = explained(home, case_id, "--clock", "promise")
    assert clock.returncode == 2
    assert "publicity（公示期）" in clock.stderr
    assert explained(home).returncode == 2
