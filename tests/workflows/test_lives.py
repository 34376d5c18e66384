"""Scenarios 1, 11, 15, 16, 22, 31, 37, 58, 59 and 64 on the real engine, equal to the pure rules event for event."""

from datetime import date, datetime

import pytest

from casework.states import ExitReason, State
from tests.engine_stack import EngineStack
from tests.workflows.lives import LIAONING, LIVES, OVERDUE, REFUSALS, RELAPSE, STABLE, WHOLE, Life, on
from tests.workflows.people import put_household
from tests.workflows.playing import Played, differences, play_on_engine, play_pure

pytestmark = pytest.mark.engine


async def both(stack: EngineStack, life: Life) -> Played:
    """Play a life on engine and rules, and return the engine's once they agree."""
    case_id = put_household(stack.record, life.household)
    played = await play_on_engine(stack, life, case_id)
    pure = play_pure(life, case_id, clock_offset=played.case.clock_offset)
    assert played.refused == pure.refused == {n: move.no for n, move in enumerate(life.moves) if move.no}
    assert differences(pure.events, played.events) == []
    return played


def instants(played: Played, trigger: str) -> list[datetime]:
    return [event.at for event in played.of(trigger)]


async def test_1_and_11_a_whole_life(stack: EngineStack) -> None:
    played = await both(stack, WHOLE)
    assert instants(played, "publicity_ended") == [on("10-11", 0)]
    assert len(played.of("follow_up_month_began")) == 6
    assert played.case.state is State.EXITED
    assert played.case.exit is not None
    assert played.case.exit.reason is ExitReason.STABLE_EMPLOYMENT


async def test_22_reminders_and_overdue_at_their_instants(stack: EngineStack) -> None:
    played = await both(stack, OVERDUE)
    assert instants(played, "promise_reminder") == [on("10-15", 8), on("10-20", 8)]
    assert instants(played, "promise_overdue") == [on("10-23", 0)]


async def test_31_liaoning_counts_days_from_the_discovery(stack: EngineStack) -> None:
    played = await both(stack, LIAONING)
    promise = played.case.promise
    assert promise is not None
    assert promise.due_on == date(2026, 10, 8)
    assert instants(played, "promise_overdue") == [on("10-09", 0)]


async def test_58_and_59_relapse_within_the_follow_up(stack: EngineStack) -> None:
    played = await both(stack, RELAPSE)
    [lost] = played.of("record_job_loss")
    assert lost.target is State.ASSISTED
    [restored] = played.of("restore_certification")
    assert restored.case.promise is not None
    assert restored.case.promise.due_on == date(2026, 12, 23)
    [approved] = played.of("approve_elimination")
    assert approved.case.eliminated_on == date(2026, 10, 15)


async def test_64_the_national_pack_closes_when_the_job_is_kept(stack: EngineStack) -> None:
    played = await both(stack, STABLE)
    assert instants(played, "stability_reached") == [on("2027-04-15", 0)]
    assert played.case.exit is not None
    assert played.case.exit.on == date(2027, 4, 15)


async def test_37_and_49_refusals_end_a_case_by_the_county(stack: EngineStack) -> None:
    played = await both(stack, REFUSALS)
    assert played.case.exit is not None
    assert played.case.exit.reason is ExitReason.REFUSED_REFERRALS


async def test_15_and_16_objections(stack: EngineStack) -> None:
    played = await both(stack, LIVES[-1])
    assert played.case.exit is not None
    assert played.case.exit.reason is ExitReason.NOT_RECOGNISED


def test_the_comparison_sees_a_changed_fact() -> None:
    pure = play_pure(OVERDUE)
    [overdue] = pure.of("promise_overdue")
    moved = overdue.model_copy(update={"at": on("10-24", 0)})
    changed = [moved if event is overdue else event for event in pure.events]
    assert len(differences(pure.events, changed)) == 1
    assert differences(pure.events, pure.events[:-1])
