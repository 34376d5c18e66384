"""The frame of the workflow: chapters, exit, a moved clock on the wrong worker, an opening that the rules refuse."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError, WorkflowHistory

from casework.errors import CaseworkError, SaidNo
from records.case_files import last_event
from records.people import RESERVED_FOR, expire_reservations
from tests.engine_stack import EngineStack, running
from tests.workflows.histories_of import histories_of
from tests.workflows.lives import CLERK, OVERDUE, WHOLE
from tests.workflows.people import put_household
from tests.workflows.playing import command_of, play_on_engine
from workflows import household_case

pytestmark = pytest.mark.engine


def lengths(histories: list[WorkflowHistory]) -> list[int]:
    return [len(history.events) for history in histories]


async def test_a_chapter_ends_with_a_change_of_state(stack: EngineStack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(household_case, "SHORT_CHAPTER", 0)
    case_id = put_household(stack.record, WHOLE.household)
    played = await play_on_engine(stack, WHOLE, case_id)
    turned = sum(event.source is not None and event.source is not event.target for event in played.events)
    chapters = await histories_of(stack.client, case_id)
    assert len(chapters) == turned  # the last one ends with the exit
    assert max(lengths(chapters)) < 250


async def test_chapters_are_neither_short_nor_long(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id)
    chapters = await histories_of(stack.client, case_id)
    assert all(
        household_case.SHORT_CHAPTER < length < household_case.SHORT_CHAPTER + 100 for length in lengths(chapters[:-1])
    )
    assert len(chapters) == 2
    assert await stack.client.get_workflow_handle(f"household-case/{case_id}").result() == "stable_employment"


async def test_a_long_chapter_ends_without_a_change_of_state(
    stack: EngineStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(household_case, "LONG_CHAPTER", 60)
    case_id = put_household(stack.record, OVERDUE.household)
    await play_on_engine(stack, OVERDUE, case_id, range(10))
    before = len(await histories_of(stack.client, case_id))
    for number in range(40):
        await stack.take(
            case_id, "record_contact", CLERK, key=f"c{number}", on="2026-09-18", channel="phone", outcome="reached"
        )
    chapters = await histories_of(stack.client, case_id)
    assert len(chapters) > before + 2
    assert max(lengths(chapters)) < 90
    assert stack.case(case_id).seq == len(stack.events(case_id)) == 11 + 40


async def test_a_moved_clock_needs_a_worker_that_plays_drills(engine_address: str, home: Path) -> None:
    async with running(engine_address, home, drill=False) as stack:
        case_id = put_household(stack.record, WHOLE.household)
        with pytest.raises(CaseworkError) as no:
            await stack.begin(command_of(WHOLE, 0, None, case_id), WHOLE.start, WHOLE.pack)  # type: ignore[arg-type]
        assert no.value.code == "drill_clock_refused"
        handle = stack.client.get_workflow_handle(f"household-case/{case_id}")
        with pytest.raises(WorkflowFailureError):
            await handle.result()
        with stack.record.read() as work:
            assert last_event(work, case_id) is None
        real = put_household(stack.record, WHOLE.household)
        opening = command_of(WHOLE, 0, None, real).model_copy(update={"applied_on": datetime.now(UTC).date()})
        assert (await stack.begin(opening, datetime.now(UTC), WHOLE.pack)).seq == 1  # type: ignore[arg-type]
        assert stack.case(real).clock_offset == 0


async def test_an_opening_whose_people_were_freed_is_refused_for_good(stack: EngineStack) -> None:
    """受理前登记已过期的，须重新提出申请；不留下没有家庭成员资料的个案。"""
    case_id = put_household(stack.record, WHOLE.household)
    with stack.record.write() as work:
        expire_reservations(work, datetime(2026, 9, 1, tzinfo=UTC) + 2 * RESERVED_FOR)

    with pytest.raises(CaseworkError) as no:
        await stack.begin(command_of(WHOLE, 0, None, case_id), WHOLE.start, WHOLE.pack)  # type: ignore[arg-type]

    assert no.value.code == "registration_expired"
    with stack.record.read() as work:
        assert last_event(work, case_id) is None


async def test_an_opening_that_the_rules_refuse_is_answered_and_leaves_nothing(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    opening = command_of(WHOLE, 0, None, case_id)
    with pytest.raises(SaidNo) as no:
        await stack.begin(opening, WHOLE.start - timedelta(days=2), WHOLE.pack)  # type: ignore[arg-type]
    assert no.value.code == "date_in_future"
    handle = stack.client.get_workflow_handle(f"household-case/{case_id}")
    with pytest.raises(WorkflowFailureError):
        await handle.result()
    assert (await handle.describe()).status is WorkflowExecutionStatus.FAILED
    assert (await stack.begin(opening, WHOLE.start, WHOLE.pack)).seq == 1  # type: ignore[arg-type]
