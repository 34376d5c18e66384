"""The record holds what the engine lost (both died together): it is adopted, and what waited is decided anew."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from casework.commands import COMMANDS
from casework.decide import decide
from casework.errors import StepNotInTable
from casework.events import CaseEvent
from casework.states import State
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.case_file import write_event
from records.last_changed import last_changed
from tests.engine_stack import EngineStack
from tests.workflows import inbox
from tests.workflows.lives import CLERK, HELPER, SECOND_CLERK, TEXT, WHOLE, on
from tests.workflows.people import put_household
from tests.workflows.playing import play_on_engine
from worker import compare_with_record

pytestmark = pytest.mark.engine


def lost(stack: EngineStack, case_id: str, trigger: str, key: str = "lost", **facts: object) -> CaseEvent:
    """Put an event on record of which the engine knows nothing, at the case's own time: a notice of one that were dated
    ahead would wait until then, and a case that has exited with it.
    """
    last = stack.events(case_id)[-1]
    now = max(last.at, datetime.now(UTC) + timedelta(seconds=last.case.clock_offset))
    command = COMMANDS[trigger].model_validate({"command_id": key, "by": SECOND_CLERK, **facts})
    event = decide(last.case, command, load_pack(WHOLE.pack), load_calendar(), now)
    with stack.record.write() as work:
        write_event(work, event)
    return event


async def helped(stack: EngineStack) -> str:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(11))
    return case_id


CALL = {"on": "2026-10-15", "channel": "phone", "outcome": "reached"}


async def test_a_step_that_is_still_right_follows_the_lost_one(stack: EngineStack) -> None:
    case_id = await helped(stack)
    gone = lost(stack, case_id, "record_contact", **CALL)
    assert (await stack.take(case_id, "record_contact", HELPER, key="mine", **CALL)).seq == gone.seq + 1
    assert [e.command_id for e in stack.events(case_id)[-2:]] == ["lost", "mine"]
    assert len(stack.case(case_id).contacts) == 2
    assert (await stack.take(case_id, "record_contact", HELPER, key="lost", **CALL)).seq == gone.seq


async def test_a_step_that_the_lost_one_forbids_is_refused(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(1))
    gone = lost(stack, case_id, "withdraw", statement=TEXT)
    with pytest.raises(StepNotInTable) as no:
        await stack.take(case_id, "accept_application", CLERK)
    assert no.value.code == "step_not_allowed"
    assert stack.case(case_id).seq == gone.seq
    assert await stack.client.get_workflow_handle(f"household-case/{case_id}").result() == "withdrawn"


async def test_many_lost_events_are_adopted_with_their_clocks_and_notices(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(1))
    lost(stack, case_id, "accept_application", "lost-1")
    lost(stack, case_id, "pass_first_review", "lost-2", compared_online=True, visited_on="2026-09-28")
    lost(stack, case_id, "post_publicity", "lost-3", posted_on="2026-09-28")
    with pytest.raises(StepNotInTable):
        await stack.take(case_id, "raise_objection", CLERK, on="2026-09-28", content=TEXT)
    assert await stack.cases.catch_up(case_id, 4)
    assert not await stack.cases.catch_up(case_id, 4)
    objection = await stack.take(case_id, "raise_objection", CLERK, on="2026-09-28", content=TEXT)
    assert objection.seq == 5
    await stack.until(case_id, on("10-09", 9))
    await stack.settled(case_id)
    sent = await inbox.delivered(stack.record, case_id)
    assert [(m.notice, m.state) for m in sent] == [("application_received", "sent"), ("publicity_started", "sent")]
    assert stack.case(case_id).state is State.IN_PUBLICITY
    assert [(e.trigger, e.at) for e in stack.events(case_id)[5:]] == [("publicity_ended", on("10-09", 0))]


async def test_a_request_decided_twice_is_what_the_record_says(stack: EngineStack) -> None:
    """The first decision reached the record, the engine forgot it, the second came a little later."""
    case_id = await helped(stack)
    gone = lost(stack, case_id, "record_contact", "same", **CALL)
    assert (await stack.take(case_id, "record_contact", SECOND_CLERK, key="same", **CALL)).seq == gone.seq
    await stack.take(case_id, "record_contact", HELPER, **CALL)
    events = stack.events(case_id)
    assert events[gone.seq - 1] == gone
    assert events[-1].case.contacts[:-1] == gone.case.contacts


async def test_a_starting_worker_finds_what_was_lost(stack: EngineStack) -> None:
    """Nobody asks again, yet the clock of the lost step runs."""
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(3))
    lost(stack, case_id, "post_publicity", posted_on="2026-09-29")
    await compare_with_record(stack.client, stack.record)
    await stack.settled(case_id)
    await stack.until(case_id, on("10-10", 9))
    await stack.settled(case_id)
    assert stack.events(case_id)[-1].trigger == "publicity_ended"


async def test_the_cases_that_changed_last_are_compared(stack: EngineStack) -> None:
    first, second = (put_household(stack.record, WHOLE.household) for _ in range(2))
    await play_on_engine(stack, WHOLE, first, range(3))
    await asyncio.sleep(1.1)
    await play_on_engine(stack, WHOLE, second, range(1))
    with stack.record.read() as work:
        assert last_changed(work, 1) == (first,)
        assert last_changed(work, 5) == (first, second)
