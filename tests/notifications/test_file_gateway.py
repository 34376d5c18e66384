"""The file gateway: a readable inbox, one message per key, whole after kills and with several writers."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifications.gateways.file import FileGateway
from notifications.gateways.port import Absent, Accepted, Found, OutgoingSms

SMS = OutgoingSms(
    key="case-0001/7/promise_overdue/h07",
    notice="promise_overdue",
    to="帮扶责任人-h07",
    phone="13900000007",
    sign="万家灯火",
    text="220302004-2026-00012张*家庭的安置承诺已到期。",
    words=(),
    at=datetime(2026, 10, 23, 0, 5, tzinfo=UTC),
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def lines(inbox: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (inbox / "messages.jsonl").read_text(encoding="utf-8").splitlines() if line]


def test_the_helper_finds_the_message_as_it_would_arrive(tmp_path: Path, inbox: Path) -> None:
    outcome = FileGateway(tmp_path).send(replace(SMS, late=True))

    assert isinstance(outcome, Accepted)
    text = (inbox / "帮扶责任人-h07.txt").read_text(encoding="utf-8")
    assert text == (
        f"2026-10-23 08:05 发至139****0007（迟到） ［{outcome.gateway_id}］\n"
        "【万家灯火】220302004-2026-00012张*家庭的安置承诺已到期。\n\n"
    )
    (line,) = lines(inbox)
    assert (line["key"], line["parts"], line["late"]) == (SMS.key, 1, True)


def test_the_whole_phone_is_nowhere_in_the_inbox(tmp_path: Path, inbox: Path) -> None:
    FileGateway(tmp_path).send(SMS)

    for path in inbox.iterdir():
        assert SMS.phone not in path.name
        assert SMS.phone.encode() not in path.read_bytes()


def test_a_repeated_key_is_delivered_once_also_after_a_restart(tmp_path: Path, inbox: Path) -> None:
    first, other = FileGateway(tmp_path), FileGateway(tmp_path)

    outcomes = [gateway.send(SMS) for gateway in (first, other, first, FileGateway(tmp_path))]

    assert len(set(outcomes)) == 1
    assert len(lines(inbox)) == 1
    assert (inbox / "帮扶责任人-h07.txt").read_text(encoding="utf-8").count("【万家灯火】") == 1


def test_many_writers_at_once_lose_and_repeat_nothing(tmp_path: Path, inbox: Path) -> None:
    gateways = [FileGateway(tmp_path) for _ in range(4)]
    messages = [replace(SMS, key=f"case-{n:04}/1/x/h", to=f"帮扶责任人-h{n % 3}") for n in range(20)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda gateway: [gateway.send(m) for m in messages], gateways))

    assert sorted(str(line["key"]) for line in lines(inbox)) == sorted(m.key for m in messages)
    shown = "".join(p.read_text(encoding="utf-8") for p in inbox.glob("*.txt"))
    assert shown.count("【万家灯火】") == 20


def test_lookup_is_certain(tmp_path: Path) -> None:
    gateway = FileGateway(tmp_path)

    assert gateway.lookup(SMS) == Absent()
    gateway.send(SMS)

    assert isinstance(FileGateway(tmp_path).lookup(SMS), Found)
    assert not gateway.certain_after


def test_a_line_torn_by_a_kill_was_never_delivered_and_harms_no_later_one(tmp_path: Path, inbox: Path) -> None:
    FileGateway(tmp_path).send(replace(SMS, key="before"))
    log = inbox / "messages.jsonl"
    with log.open("ab") as torn:
        torn.write(b'{"key": "case-0001/7/promise_overdue/h07", "gate')

    assert FileGateway(tmp_path).lookup(SMS) == Absent()
    FileGateway(tmp_path).send(SMS)

    assert isinstance(FileGateway(tmp_path).lookup(SMS), Found)
    assert isinstance(FileGateway(tmp_path).lookup(replace(SMS, key="before")), Found)


def test_a_kill_between_the_two_files_is_mended_by_the_next_look(tmp_path: Path, inbox: Path) -> None:
    FileGateway(tmp_path).send(SMS)
    (inbox / "帮扶责任人-h07.txt").unlink()

    FileGateway(tmp_path).lookup(SMS)

    assert "【万家灯火】" in (inbox / "帮扶责任人-h07.txt").read_text(encoding="utf-8")


def test_a_label_cannot_leave_the_inbox(tmp_path: Path, inbox: Path) -> None:
    FileGateway(tmp_path).send(replace(SMS, to="../../outside/申请人"))

    assert [p.name for p in tmp_path.iterdir()] == ["inbox"]
    assert (inbox / "______outside_申请人.txt").exists()
