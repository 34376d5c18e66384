"""Scenario 90 with kills: whatever point of an attempt is the last, the message arrives exactly once."""

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifications.gateways.file import FileGateway
from notifications.outbox_port import MessageState, Settlement
from tests.notifications.lossy_carrier import Carrier, a_service, play_until_done
from tests.notifications.memory_outbox import MemoryOutbox
from tests.notifications.outbox_contract import CASE, NINE


class Killed(BaseException):
    """Stands for kill -9: nothing after it runs."""


@pytest.fixture
def store() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


KILL_POINTS = ("before_claim", "after_claim", "after_send", "after_settle")


class DyingOutbox:
    """Passes everything on, and is killed at one point of one attempt."""

    def __init__(self, inner: MemoryOutbox, point: str) -> None:
        self._inner = inner
        self._point = point
        self.due, self.still_wanted, self.address = inner.due, inner.still_wanted, inner.address
        self.hand_over = inner.hand_over

    def claim(self, key: str, attempt_id: str, now: datetime, gateway: str) -> bool:
        if self._point == "before_claim":
            raise Killed
        won = self._inner.claim(key, attempt_id, now, gateway)
        if self._point == "after_claim":
            raise Killed
        return won

    def settle(self, key: str, attempt_id: str | None, settlement: Settlement, now: datetime) -> bool:
        if self._point == "after_send":
            raise Killed
        written = self._inner.settle(key, attempt_id, settlement, now)
        if self._point == "after_settle":
            raise Killed
        return written


@pytest.mark.parametrize("point", KILL_POINTS)
@pytest.mark.parametrize("kind", ["carrier", "file"])
def test_scenario_90_killed_anywhere_it_arrives_exactly_once(
    store: MemoryOutbox, carrier: Carrier, tmp_path: Path, point: str, kind: str
) -> None:
    gateway = carrier if kind == "carrier" else FileGateway(tmp_path)
    key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)

    with pytest.raises(Killed):
        a_service(DyingOutbox(store, point), gateway).deliver(CASE, 7, NINE)
    if kind == "file":
        gateway = FileGateway(tmp_path)
    _, ended = play_until_done(a_service(store, gateway), 7, NINE)

    arrived = (
        len(carrier.phones)
        if kind == "carrier"
        else len((tmp_path / "inbox" / "messages.jsonl").read_text(encoding="utf-8").splitlines())
    )
    assert arrived == 1
    assert store.state(key) in (MessageState.SENT, MessageState.CONFIRMED)
    assert ended - NINE <= timedelta(minutes=15)


@pytest.mark.parametrize("points", list(itertools.product(KILL_POINTS, repeat=3)))
def test_killed_three_times_in_a_row_it_still_arrives_exactly_once(
    store: MemoryOutbox, carrier: Carrier, points: tuple[str, ...]
) -> None:
    store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    now = NINE

    for point in points:
        try:
            delivery = a_service(DyingOutbox(store, point), carrier).deliver(CASE, 7, now)
            now = delivery.retry_at or now
        except Killed:
            now += timedelta(minutes=11)
    play_until_done(a_service(store, carrier), 7, now)

    assert len(carrier.phones) == 1
