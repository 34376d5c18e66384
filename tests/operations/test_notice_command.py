"""`wanjia notice`: every notice is listed, and shown as it arrives, also in the words of a case."""

from pathlib import Path

import pytest

from casework.events import Channel, NoticeDue
from casework.states import Role
from notifications.catalog import NOTICES
from operations.cli import run
from records.engine import Record
from records.migrations import upgrade
from tests.conftest import KEYS
from tests.records.made import AT, CASE, NAME, PHONE, a_case, a_promise, an_event, registered
from tests.records.test_case_file import write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WANJIA_HOME", str(tmp_path))
    (tmp_path / "key").write_text(bytes(range(32)).hex() + "\n", "ascii")
    (tmp_path / "key").chmod(0o600)
    record = Record(f"sqlite:///{tmp_path / 'record.db'}", KEYS)
    upgrade(record.engine)
    registered(record)
    words = {"promise_due": "2026-10-30", "days_left": "4"}
    due = NoticeDue(
        name="promise_due_soon", role=Role.HELPER, recipient="h07", words=words, not_before=AT,
        channels=(Channel.SMS, Channel.IN_APP),
    )  # fmt: skip
    write(record, an_event(1, a_case(helper="h07", promise=a_promise()), notices=(due,)))
    record.close()
    return tmp_path


def test_all_are_listed_with_their_parts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(NOTICES)
    assert "promise_due_soon\t安置承诺即将到期\t帮扶责任人（短信＋站内）\t2条" in lines


def test_one_is_shown_as_it_arrives(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "preview", "promise_due_soon"]) == 0

    out = capsys.readouterr().out
    assert "短信条数：2条" in out
    assert "用词：样例用词" in out
    assert "【万家灯火】220302004-2026-00012张*家庭的安置承诺10月22日到期，还剩5个工作日" in out


def test_a_case_gives_its_own_words_masked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "preview", "promise_due_soon", "--case", CASE]) == 0

    out = capsys.readouterr().out
    assert f"用词：个案 {CASE} 第1号事件的用词" in out
    assert "这次发给：帮扶责任人 h07" in out
    assert f"【万家灯火】{CASE}欧*家庭的安置承诺10月30日到期，还剩4个工作日" in out
    assert NAME not in out
    assert PHONE not in out
    assert run(["notice", "preview", "certified", "--case", CASE]) == 0
    assert "本案还没有发过这条通知" in capsys.readouterr().out


def test_what_is_not_there_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "preview", "nonsense"]) == 2
    assert "wanjia notice list" in capsys.readouterr().err
    assert run(["notice", "preview", "certified", "--case", "220302004-2026-09999"]) == 2
    assert "请核对编号" in capsys.readouterr().err
