"""The mode belongs to the home: a mark makes it one for drills, and a real record is never drilled on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework.states import Role
from operations.drill_home import MARK, clear, is_marked, mark, settle_mode
from operations.key_file import make_home
from operations.settings import Settings, SettingsError, load_settings
from records.accounts import create_account
from records.crypto import load_keys
from records.engine import Record
from records.migrations import upgrade


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(_env_file=None, wanjia_home=tmp_path / "home")


def _give_it_a_real_account(settings: Settings) -> None:
    make_home(settings)
    record = Record(settings.record_url, load_keys(settings.key_path))
    upgrade(record.engine)
    create_account(
        record,
        account="wang",
        password="long enough",
        role=Role.ADMINISTRATOR,
        area="220000",
        name="王",
        phone=None,
        now=datetime(2026, 9, 1, tzinfo=UTC),
    )
    record.close()


def test_a_new_home_in_drill_mode_is_marked_and_stays_a_drill(settings: Settings) -> None:
    said: list[str] = []

    first = settle_mode(settings.model_copy(update={"wanjia_drill": True}), said.append)
    later = settle_mode(settings, said.append)

    assert first.wanjia_drill
    assert later.wanjia_drill
    assert said == ["这是演练数据目录，按演练方式启动。"]


def test_a_home_without_a_mark_stays_as_the_settings_say(settings: Settings) -> None:
    assert settle_mode(settings, pytest.fail) is settings
    assert not settings.wanjia_home.exists()


def test_a_real_record_is_never_drilled_on(settings: Settings) -> None:
    _give_it_a_real_account(settings)

    with pytest.raises(SettingsError, match="不能用作演练"):
        settle_mode(settings.model_copy(update={"wanjia_drill": True}), pytest.fail)

    assert not is_marked(settings)


def test_the_mark_is_for_one_record_only(settings: Settings) -> None:
    mark(settings)

    assert is_marked(settings)
    assert not is_marked(settings.model_copy(update={"database_url": "postgresql+psycopg://db/real"}))


def test_a_drill_never_sends_real_messages(settings: Settings) -> None:
    mark(settings)
    said: list[str] = []

    drill = settle_mode(settings.model_copy(update={"wanjia_sms_gateway": "aliyun"}), said.append)

    assert drill.wanjia_sms_gateway == "file"
    assert "演练方式不发真短信：本次改用文件收件箱。" in said


def test_clearing_removes_what_a_stack_left_and_nothing_else(settings: Settings) -> None:
    mark(settings)
    home = settings.wanjia_home
    (home / "temporal.db-wal").write_bytes(b"x")
    (home / "mine.txt").write_text("kept", encoding="utf-8")

    clear(settings)

    assert [path.name for path in home.iterdir()] == ["mine.txt"]


def test_a_home_without_the_mark_is_never_cleared(settings: Settings) -> None:
    _give_it_a_real_account(settings)

    with pytest.raises(SettingsError, match="不会清空"):
        clear(settings)

    assert (settings.wanjia_home / "record.db").exists()
    assert not (settings.wanjia_home / MARK).exists()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://x@127.0.0.1:1/x"])
def test_a_database_that_is_away_is_said_in_words(settings: Settings, url: str) -> None:
    make_home(settings)
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        mark(settings.model_copy(update={"database_url": url}))
    assert not is_marked(settings)
