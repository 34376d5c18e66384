"""Scenario 90: a worker that stops and another that replays; the same request sent again; two people at one task."""

import asyncio
from pathlib import Path

import pytest

from casework.case import Taken
from casework.errors import Conflict
from casework.events import Channel
from casework.states import State
from tests.engine_stack import EngineStack, running
from tests.workflows import inbox
from tests.workflows.lives import CLERK, SECOND_CLERK, WHOLE, on
from tests.workflows.people import put_household
from tests.workflows.playing import command_of, differences, play_on_engine, play_pure
from workflows import household_case

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def many_chapters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn the page with every change of state, so that requests meet it often."""
    monkeypatch.setattr(household_case, "SHORT_CHAPTER", 0)


POSTED = range(4)
"""The moves of case 1 up to the posting."""


async def test_90_a_new_worker_goes_on_with_case_1(engine_address: str, home: Path) -> None:
    async with running(engine_address, home) as first:
        case_id = put_household(first.record, WHOLE.household)
        await play_on_engine(first, WHOLE, case_id, POSTED)
        await inbox.delivered(first.record, case_id)
    async with running(engine_address, home) as second:
        played = await play_on_engine(second, WHOLE, case_id, range(4, 10))
        pure = play_pure(WHOLE, case_id, clock_offset=played.case.clock_offset)
        assert differences(pure.events[: len(played.events)], played.events) == []
        assert [e.at for e in played.of("publicity_ended")] == [on("10-11", 0)]
        assert played.refused == {4: "publicity_not_over"}
        await inbox.delivered(second.record, case_id)
    assert sorted(inbox.keys(home)) == sorted(
        f"{case_id}/{event.seq}/{notice.name}/{notice.recipient}"
        for event in played.events
        for notice in event.notices
        if Channel.SMS in notice.channels
    )


async def test_the_same_request_again_is_one_event(engine_address: str, home: Path) -> None:
    async with running(engine_address, home) as first:
        case_id = put_household(first.record, WHOLE.household)
        await play_on_engine(first, WHOLE, case_id, POSTED)
        posted = command_of(WHOLE, 3, None, case_id)
        same_chapter = await first.cases.take(case_id, command_of(WHOLE, 2, None, case_id))
        assert same_chapter.seq == 3
        assert (await first.cases.take(case_id, posted)).seq == 4  # the page turned with the posting
    async with running(engine_address, home) as second:
        assert (await second.cases.take(case_id, posted)).seq == 4
        assert (await second.cases.take(case_id, command_of(WHOLE, 1, None, case_id))).seq == 2
        assert (await second.begin(command_of(WHOLE, 0, None, case_id), WHOLE.start, WHOLE.pack)).seq == 1  # type: ignore[arg-type]
        assert second.case(case_id).seq == 4


async def test_a_request_older_than_the_case_remembers_is_found_on_record(stack: EngineStack) -> None:
    """A case remembers its last 40 commands; the record remembers all."""
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(12))
    call = {"on": "2026-10-15", "channel": "phone", "outcome": "reached"}
    first = await stack.take(case_id, "record_contact", CLERK, key="first-call", **call)
    for number in range(41):
        await stack.take(case_id, "record_contact", CLERK, key=f"call-{number}", **call)
    before = stack.case(case_id)
    assert before.taken_seq("first-call") is None
    waiting = asyncio.create_task(stack.take(case_id, "record_contact", CLERK, key="first-call", **call))
    other = await stack.take(case_id, "record_contact", CLERK, key="last-call", **call)
    assert await waiting == first
    assert other.seq == stack.case(case_id).seq == before.seq + 1
    assert len({e.command_id for e in stack.events(case_id)}) == before.seq + 1


async def test_an_application_sent_again_after_the_exit_does_not_live_twice(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    opening = command_of(WHOLE, 0, None, case_id)
    opened = await stack.begin(opening, WHOLE.start, WHOLE.pack)  # type: ignore[arg-type]
    await stack.take(case_id, "withdraw", CLERK, statement="txt-" + "0" * 32)
    handle = stack.client.get_workflow_handle(f"household-case/{case_id}")
    assert await handle.result() == "withdrawn"
    assert await stack.begin(opening, WHOLE.start, WHOLE.pack) == opened  # type: ignore[arg-type]
    assert await handle.result() == "withdrawn"
    assert stack.case(case_id).seq == 2


async def test_two_people_at_one_task(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(2))
    [task] = stack.case(case_id).tasks_of("first_review")
    review = {"task_id": task.task_id, "compared_online": True, "visited_on": "2026-09-28"}
    asked = [stack.take(case_id, "pass_first_review", by, **review) for by in (CLERK, SECOND_CLERK)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    [won] = [answer for answer in answers if isinstance(answer, Taken)]
    [lost] = [answer for answer in answers if isinstance(answer, Conflict)]
    assert lost.code == "task_closed"
    assert stack.case(case_id).seq == won.seq == 3


async def test_steps_at_the_turn_of_a_page_are_neither_lost_nor_twice(stack: EngineStack) -> None:
    """Many steps at once around every change of state: each is answered, and each is one event."""
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(9))
    assert stack.case(case_id).state is State.CERTIFIED
    call = {"on": "2026-10-15", "channel": "phone", "outcome": "reached"}

    async def calls(lane: int) -> list[int]:
        return [
            (await stack.take(case_id, "record_contact", CLERK, key=f"{lane}-{number}", **call)).seq
            for number in range(12)
        ]

    async def turns() -> None:
        await stack.take(case_id, "sign_plan", CLERK, signed_on="2026-10-15", plan="txt-" + "0" * 32)

    lanes = [asyncio.create_task(calls(lane)) for lane in range(4)]
    await asyncio.sleep(0.05)
    await turns()
    seqs = [seq for lane in await asyncio.gather(*lanes) for seq in lane]
    assert len(set(seqs)) == len(seqs) == 48
    events = stack.events(case_id)
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert {e.command_id for e in events if e.trigger == "record_contact"} == {
        f"{a}-{b}" for a in range(4) for b in range(12)
    }


async def test_a_case_that_ended_takes_no_step(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(1))
    await stack.take(case_id, "withdraw", CLERK, statement="txt-" + "0" * 32)
    await stack.client.get_workflow_handle(f"household-case/{case_id}").result()
    with pytest.raises(Conflict) as no:
        await stack.take(case_id, "accept_application", CLERK)
    assert no.value.code == "case_not_running"
