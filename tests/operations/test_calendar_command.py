"""`wanjia calendar` as an operator types it: a real process, a real record; the engine is needed to move cases only."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from operations.calendar_words import status_lines
from policies.calendar_model import Holiday, YearSchedule
from policies.calendars import HERE, load_calendar
from records.engine import Record
from tests.engine_stack import KEYS, running, start_server
from tests.workflows.lives import WHOLE, on
from tests.workflows.people import put_household, put_staff
from tests.workflows.playing import play_on_engine

WANJIA = Path(sys.executable).with_name("wanjia")


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    """A home with a key and an empty record."""
    shutil.copy(sqlite_template, tmp_path / "record.db")
    (tmp_path / "key").write_text(bytes(range(32)).hex())
    (tmp_path / "key").chmod(0o600)
    return tmp_path


@pytest.fixture
def engine_address(tmp_path: Path) -> Iterator[str]:
    """A server of this test's own."""
    (tmp_path / "engine").mkdir()
    yield from start_server(tmp_path / "engine")


def typed(home: Path, *arguments: str, address: str = "127.0.0.1:1") -> "subprocess.CompletedProcess[str]":
    known = {"WANJIA_HOME": str(home), "TEMPORAL_ADDRESS": address}
    return subprocess.run(
        [WANJIA, "calendar", *arguments], cwd=home, capture_output=True, text=True, timeout=120, env=os.environ | known
    )


def corrected(home: Path, issued: str = "2026-10-08") -> Path:
    """The year 2026 with one more day off."""
    text = (HERE / "holidays" / "2026.toml").read_text(encoding="utf-8")
    row = '{ name = "国庆节", first = 2026-10-09, last = 2026-10-09 },\n]'
    path = home / "2026-corrected.toml"
    path.write_text(text.replace("]", row, 1).replace("2025-11-04", issued), encoding="utf-8")
    return path


def test_a_dry_run_changes_nothing_and_an_import_is_kept_once(home: Path) -> None:
    file = str(corrected(home))
    dry = typed(home, "import", file, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "新增放假1天：\n  2026-10-09（周五） 上班 → 国庆节放假\n" in dry.stdout
    assert "没有未结束的个案因此改期。" in dry.stdout
    assert "尚未导入过" in typed(home, "status").stdout

    done = typed(home, "import", file)
    assert done.returncode == 0, done.stderr
    assert "已保存为第1号工作日历" in done.stdout
    assert "现行工作日历：第1号" in typed(home, "status").stdout
    again = typed(home, "import", file)
    assert (again.returncode, again.stderr.strip()) == (2, "2026年的放假安排与现行工作日历完全相同，无需导入。")
    older = typed(home, "import", str(corrected(home, "2026-10-01")))
    assert older.returncode == 2
    assert "是旧的安排，不能导入" in older.stderr


def test_a_file_that_cannot_be_used_is_said_with_its_lines(home: Path) -> None:
    path = corrected(home)
    path.write_text(path.read_text(encoding="utf-8").replace("2026-10-10]", "2026-10-12]"), encoding="utf-8")
    wrong = typed(home, "import", str(path))
    assert wrong.returncode == 2
    assert "第14行" in wrong.stderr
    assert "2026-10-12 列为调休上班日，应是周六或周日" in wrong.stderr
    assert "没有这个文件" in typed(home, "import", "nowhere.toml").stderr
    assert "没有管理员账号 nobody" in typed(home, "import", str(path), "--by", "nobody").stderr


def test_status_asks_for_the_next_year_from_november() -> None:
    calendar = load_calendar()

    def said(day: date) -> str:
        return status_lines(calendar, (), (), calendar, day)[-1]

    assert "一般11月公布" in said(date(2026, 10, 31))
    assert "已到公布的时候，请尽快导入" in said(date(2026, 11, 1))
    new_year = Holiday(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 1))
    known = calendar.with_schedule(
        YearSchedule(year=2027, source="测试所设", issued=date(2026, 11, 5), holidays=(new_year,), workdays=())
    )
    assert "尚未导入，" not in "".join(status_lines(known, (), (), calendar, date(2026, 11, 1)))


@pytest.mark.engine
async def test_scenario_89_an_import_at_the_command_line_moves_the_open_cases(home: Path, engine_address: str) -> None:
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    put_staff(record)
    record.close()
    async with running(engine_address, home) as stack:
        case_id = put_household(stack.record, WHOLE.household)
        await play_on_engine(stack, WHOLE, case_id, range(4))
        await stack.until(case_id, on("10-08", 12))
        await stack.settled(case_id)

        away = await asyncio.to_thread(typed, home, "resume", address="127.0.0.1:1")
        assert (away.returncode, "已更新0户" in away.stdout) == (0, True)
        done = await asyncio.to_thread(typed, home, "import", str(corrected(home)), address=engine_address)
        assert done.returncode == 0, done.stderr
        assert f"  {case_id}　公示期 2026年10月10日 → 2026年10月12日" in done.stdout
        assert "已更新1户，没有更新0户。" in done.stdout
        clock = stack.case(case_id).clock("publicity")
        assert clock is not None
        assert clock.due_on == date(2026, 10, 12)
        again = await asyncio.to_thread(typed, home, "resume", address=engine_address)
        assert "已更新0户" in again.stdout
