"""`wanjia pack` as an operator types it: a real process; a record for trials, the engine to move cases."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from records.engine import Record
from tests.engine_stack import KEYS, running, start_server
from tests.workflows.lives import WHOLE, on
from tests.workflows.people import put_household, put_staff
from tests.workflows.playing import play_on_engine

WANJIA = Path(sys.executable).with_name("wanjia")

DRAFT = """pack_id = "jilin-2021"
version = "2"
effective_from = 2026-10-09
parent = "jilin-2021@1"

[publicity]
length = { value = "5wd", basis = "《测试所设的修订》第一条" }

[promise]
length = { value = "15wd", basis = "《测试所设的修订》第二条" }
"""


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    """A home with a key, an empty record and a draft of a new version."""
    shutil.copy(sqlite_template, tmp_path / "record.db")
    (tmp_path / "key").write_text(bytes(range(32)).hex())
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "jilin-2021@2.toml").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def engine_address(tmp_path: Path) -> Iterator[str]:
    """A server of this test's own."""
    (tmp_path / "engine").mkdir()
    yield from start_server(tmp_path / "engine")


def typed(home: Path, *arguments: str, address: str = "127.0.0.1:1") -> "subprocess.CompletedProcess[str]":
    known = {"WANJIA_HOME": str(home), "TEMPORAL_ADDRESS": address, "WANJIA_DRILL": "1"}
    return subprocess.run(
        [WANJIA, "pack", *arguments], cwd=home, capture_output=True, text=True, timeout=120, env=os.environ | known
    )


def test_a_draft_is_checked_and_compared_without_a_record(home: Path) -> None:
    draft = str(home / "jilin-2021@2.toml")
    good = typed(home, "check", draft)
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "检查通过，可以使用。")
    said = typed(home, "diff", "jilin-2021", draft)
    assert said.returncode == 0
    assert "  公示期：3个工作日 → 5个工作日" in said.stdout
    assert "    新依据：《测试所设的修订》第二条" in said.stdout
    (home / "jilin-2021@2.toml").write_text(DRAFT.replace('"15wd"', '"15 wd"'), encoding="utf-8")
    bad = typed(home, "check", draft)
    assert bad.returncode == 2
    assert "错误　jilin-2021@2.toml 第10行　promise.length.value　时限应写作 3wd" in bad.stdout
    assert typed(home, "adopt", draft).returncode == 2
    assert "没有编号为 nowhere 的办法" in typed(home, "diff", "nowhere", "jilin-2021").stderr
    assert "jilin-2021@1　吉林省" in typed(home, "list").stdout


def test_without_open_cases_there_is_nothing_to_change(home: Path) -> None:
    draft = str(home / "jilin-2021@2.toml")
    for said in (typed(home, "impact", "jilin-2021", draft), typed(home, "adopt", draft, "--dry-run")):
        assert said.returncode == 0, said.stderr
        assert said.stdout.splitlines()[-1] == "没有等待改用它的未结束个案。"
    assert typed(home, "orders").stdout == "还没有采用过新版本的办法。\n"
    assert "没有管理员账号 nobody" in typed(home, "adopt", draft, "--by", "nobody").stderr


@pytest.mark.engine
@pytest.mark.timeout(240)
async def test_scenario_87_a_trial_lists_the_case_and_an_adoption_moves_it_once(
    home: Path, engine_address: str
) -> None:
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    put_staff(record)
    record.close()
    draft = str(home / "jilin-2021@2.toml")
    async with running(engine_address, home) as stack:
        posted = put_household(stack.record, WHOLE.household)
        await play_on_engine(stack, WHOLE, posted, range(4))
        await stack.until(posted, on("10-09", 12))
        helped = put_household(stack.record, WHOLE.household)
        await play_on_engine(stack, WHOLE, helped, range(11))
        early = put_household(stack.record, WHOLE.household)
        await play_on_engine(stack, WHOLE, early, range(1))
        for case_id in (posted, helped, early):
            await stack.settled(case_id)

        trial = await asyncio.to_thread(typed, home, "impact", "jilin-2021@1", draft)
        assert trial.returncode == 0, trial.stderr
        assert "日期或判断会改变（1户）：" in trial.stdout
        assert f"  {helped}　帮扶中　安置承诺 2026年" in trial.stdout
        assert f"  {posted}　公示中　公示期 已张贴的仍按3个工作日，至2026年10月10日" in trial.stdout
        assert trial.stdout.splitlines()[-1].startswith("共3户：日期或判断会改变1户，不变2户，不能改用0户。")
        assert {stack.case(c).pack_version for c in (posted, helped, early)} == {"1"}

        done = await asyncio.to_thread(typed, home, "adopt", draft, address=engine_address)
        assert done.returncode == 3, done.stderr  # one case has not reached the day
        assert "policies/packs 中没有 jilin-2021@2" in done.stdout
        assert "  已改用　2户\n" in done.stdout
        assert "  没有改成　1户\n" in done.stdout
        assert f"    {early}　办法jilin-2021@2自2026年10月9日起施行，在此之前不能采用。" in done.stdout
        await stack.until(early, on("10-09", 9))
        await stack.settled(early)
        again = await asyncio.to_thread(typed, home, "adopt", draft, address=engine_address)
        assert again.returncode == 0, again.stderr
        assert "  已改用　1户\n" in again.stdout
        for case_id in (posted, helped, early):
            await stack.settled(case_id)
            assert [e.trigger for e in stack.events(case_id)].count("adopt_policy") == 1
        orders = typed(home, "orders").stdout.splitlines()
        assert [line.split("　")[:3] for line in orders] == [
            ["第2号", "jilin-2021@2", "服务器操作员"],
            ["第1号", "jilin-2021@2", "服务器操作员"],
        ]
