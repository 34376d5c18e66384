"""The record is away: what was accepted is answered later, everything else is refused, nothing is lost or twice."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from casework.errors import CaseworkError
from desk.case_client import AcceptedNotRecorded, CaseClient
from records.engine import Record, Writing
from records.errors import RecordUnavailable
from tests.engine_stack import KEYS, EngineStack, running
from tests.workflows import inbox
from tests.workflows.lives import CLERK, REFUSALS, TEXT, WHOLE, on
from tests.workflows.people import put_household
from tests.workflows.playing import differences, move_on_engine, play_on_engine, play_pure
from tests.workflows.test_replay import replayer
from workflows import record_port
from workflows.chapter import workflow_id

pytestmark = pytest.mark.engine


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock of a SQLite file from outside."""
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
    other.close()


async def midnight_is_to_come(stack: EngineStack, case_id: str) -> bool:
    now = await stack.clock.now(case_id, stack.case(case_id).clock_offset)
    assert now is not None
    return now < on("10-11", 0) + timedelta(seconds=1)


async def test_a_locked_record_delays_and_loses_nothing(engine_address: str, home: Path) -> None:
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS, busy_ms=200)
    async with running(engine_address, home, record=record) as stack:
        case_id = put_household(stack.record, WHOLE.household)
        await play_on_engine(stack, WHOLE, case_id, range(4))
        await inbox.delivered(record, case_id)
        await stack.until(case_id, on("10-10", 23, 59).replace(second=50))
        stack.cases = CaseClient(stack.client, record_within=0.5)
        objection = {"on": "2026-10-10", "content": TEXT}
        with locked(home / "record.db"):
            with pytest.raises(AcceptedNotRecorded):
                await stack.take(case_id, "raise_objection", CLERK, key="kept", **objection)
            with pytest.raises(CaseworkError) as no:
                await stack.take(case_id, "raise_objection", CLERK, key="other", **objection)
            assert no.value.code == "record_unavailable"
            with pytest.raises(AcceptedNotRecorded):
                await stack.take(case_id, "raise_objection", CLERK, key="kept", **objection)
            assert stack.case(case_id).seq == 4
            while await midnight_is_to_come(stack, case_id):  # it passes while the record is away
                await asyncio.sleep(0.2)
        stack.cases = CaseClient(stack.client, record_within=60)  # it is tried again every ten seconds
        assert (await stack.take(case_id, "raise_objection", CLERK, key="kept", **objection)).seq == 5
        await stack.until(case_id, on("10-11", 0, 1))
        await stack.settled(case_id)
        kept, ended = stack.events(case_id)[4:]
        assert (kept.trigger, kept.command_id) == ("raise_objection", "kept")
        assert (ended.trigger, ended.at) == ("publicity_ended", on("10-11", 0))
        after = await stack.take(case_id, "raise_objection", CLERK, key="other", **objection | {"on": "2026-10-11"})
        assert after.seq == 7


class ForgetfulRecord(Record):
    """Every third unit of work is written and then says it was not; every fifth is not written at all."""

    units = -1_000_000

    @contextmanager
    def write(self) -> Iterator[Writing]:
        self.units += 1
        number = self.units
        with super().write() as work:
            yield work
            if number > 0 and number % 5 == 0:
                raise RecordUnavailable
        if number > 0 and number % 3 == 0:
            raise RecordUnavailable


async def test_a_record_that_forgets_to_answer_holds_every_event_once(engine_address: str, home: Path) -> None:
    record = ForgetfulRecord(f"sqlite:///{home / 'record.db'}", KEYS)
    async with running(engine_address, home, record=record) as stack:
        case_id = put_household(record, REFUSALS.household)
        record.units = 0
        played = await play_on_engine(stack, REFUSALS, case_id)
        pure = play_pure(REFUSALS, case_id, clock_offset=played.case.clock_offset)
        assert differences(pure.events, played.events) == []
        await stack.until(case_id, on("10-27", 9))
        sent = await inbox.delivered(record, case_id)
        assert {message.state for message in sent} <= {"sent", "confirmed", "suppressed"}
        assert len(inbox.keys(home)) == len(set(inbox.keys(home)))
        assert record.units > 20


async def test_a_case_opened_while_the_record_is_away_is_opened_once(engine_address: str, home: Path) -> None:
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS, busy_ms=200)
    async with running(engine_address, home, record=record) as stack:
        case_id = put_household(record, WHOLE.household)
        stack.cases = CaseClient(stack.client, record_within=0.5)
        with locked(home / "record.db"), pytest.raises(AcceptedNotRecorded):
            await move_on_engine(stack, WHOLE, case_id, 0)
        stack.cases = CaseClient(stack.client, record_within=60)
        played = await play_on_engine(stack, WHOLE, case_id, range(3))
        assert [event.trigger for event in played.events] == ["apply", "accept_application", "pass_first_review"]


class SlowRecord(Record):
    """Writes when `slow` has passed (seconds)."""

    slow = 0.0

    @contextmanager
    def write(self) -> Iterator[Writing]:
        time.sleep(self.slow)
        with super().write() as work:
            yield work


@pytest.mark.parametrize("before", [0, 1], ids=["its first event", "a later one"])
async def test_a_case_whose_record_was_slow_is_taken_up_by_another_worker(
    engine_address: str, home: Path, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """What takes too long is told to a case in one way, and in another to the worker that takes the case up."""
    monkeypatch.setattr(record_port, "QUICK_RECORD", timedelta(seconds=0.3))
    record = SlowRecord(f"sqlite:///{home / 'record.db'}", KEYS)
    async with running(engine_address, home, record=record) as stack:
        case_id = put_household(record, WHOLE.household)
        if before:
            await play_on_engine(stack, WHOLE, case_id, range(before))
        record.slow = 1.5
        await play_on_engine(stack, WHOLE, case_id, [before])
        record.slow = 0
        await inbox.delivered(record, case_id)
    async with running(engine_address, home) as stack:
        played = await play_on_engine(stack, WHOLE, case_id, [before + 1])
        assert [event.trigger for event in played.events] == [move.do for move in WHOLE.moves[: before + 2]]
        chapter = await stack.client.get_workflow_handle(workflow_id(case_id)).fetch_history()
    asked = [event.marker_recorded_event_attributes for event in chapter.events]
    assert any(answer.HasField("failure") for answer in asked), "the first try ran out of time"
    await replayer().replay_workflow(chapter)
