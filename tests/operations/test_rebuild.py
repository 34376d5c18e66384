"""The engine's store is disposable: with it gone, every open case goes on from the record."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from casework.household import Household, Marital, Member, Relation, Sex, WorkStatus
from casework.states import Actor, Role, State
from casework.times import at_local
from desk.case_client import EngineUnavailable
from operations.rebuild import chapter_from, rebuild
from policies.calendars import load_calendar
from records.case_files import last_event
from records.policies import policy_of
from tests.engine_stack import SLOW_MACHINE, running, start_server
from workflows.chapter import TASK_QUEUE, workflow_id

DESK = Actor(account="desk", role=Role.CASEWORKER)
HOUSEHOLD = Household(
    members=(
        Member(
            member_id="M1",
            relation=Relation.APPLICANT,
            sex=Sex.MALE,
            birth_date=date(1980, 5, 1),
            booklet="A",
            marital=Marital.SINGLE,
            status=WorkStatus.REGISTERED_UNEMPLOYED,
        ),
    )
)


@pytest.mark.engine
async def test_cases_go_on_after_the_engines_store_is_lost(tmp_path: Path) -> None:
    """房屋设计：引擎的存储可以丢弃，未结束的个案都能按记录恢复。"""
    for folder in ("first", "second", "home"):
        (tmp_path / folder).mkdir()
    servers = [start_server(tmp_path / "first"), start_server(tmp_path / "second")]
    first, second = (next(server) for server in servers)
    try:
        async with running(first, tmp_path / "home") as stack:
            case_id = await stack.open("220302004", HOUSEHOLD, at_local(date(2026, 9, 28), 9), DESK)
            await stack.take(case_id, "accept_application", DESK)
            await stack.until(case_id, at_local(date(2026, 9, 30), 9))
            await stack.take(case_id, "pass_first_review", DESK, compared_online=True, visited_on=date(2026, 9, 28))
            await stack.take(case_id, "post_publicity", DESK, posted_on=date(2026, 9, 30))
            before = stack.case(case_id)

        async with running(second, tmp_path / "home") as stack:
            started = await rebuild(stack.client, stack.record, Console(quiet=True))
            again = await rebuild(stack.client, stack.record, Console(quiet=True))
            await stack.until(case_id, at_local(date(2026, 10, 12), 9))  # or later: the drill's clock was in the store
            await stack.take(case_id, "report_up", DESK)
            after = stack.case(case_id)
            events = [(e.trigger, e.on) for e in stack.events(case_id)]
    finally:
        for server in servers:
            next(server, None)

    assert (started, again) == ((1, 0), (0, 1))
    assert after.publicity is not None
    assert before.publicity is not None
    assert after.publicity.ends_on == before.publicity.ends_on == date(2026, 10, 10)
    assert after.state is State.IN_PUBLICITY
    assert ("publicity_ended", date(2026, 10, 11)) in events
    assert events[-1][0] == "report_up"
    assert len(events) == len(set(events))


@pytest.mark.engine
async def test_after_an_upgrade_every_case_goes_on_from_the_record(tmp_path: Path) -> None:
    """A case that the engine keeps in the form of an earlier release stands still until it is started afresh."""
    for folder in ("engine", "home"):
        (tmp_path / folder).mkdir()
    server = start_server(tmp_path / "engine")
    try:
        async with running(next(server), tmp_path / "home") as stack:
            case_id = await stack.open("220302004", HOUSEHOLD, at_local(date(2026, 9, 28), 9), DESK)
            handle = stack.client.get_workflow_handle(workflow_id(case_id))
            await handle.terminate()
            with stack.record.read() as work:
                event = last_event(work, case_id)
                assert event is not None
                policy, calendar = policy_of(work, event.case), load_calendar()
            old = chapter_from(event, (), datetime.now(UTC), policy, calendar).model_dump(mode="json")
            del old["policy"]["watchlist"], old["policy"]["exit"]["appeal_period"]
            await stack.client.start_workflow("HouseholdCase", old, id=handle.id, task_queue=TASK_QUEUE)

            plain = await rebuild(stack.client, stack.record, Console(quiet=True))
            stack.cases._accept_within = 2.0
            with pytest.raises(EngineUnavailable):
                await stack.take(case_id, "accept_application", DESK)
            afresh = await rebuild(stack.client, stack.record, Console(quiet=True), afresh=True)
            stack.cases._accept_within = SLOW_MACHINE
            await stack.take(case_id, "accept_application", DESK, key="again")
            events = [(e.seq, e.trigger) for e in stack.events(case_id)]
    finally:
        next(server, None)

    assert (plain, afresh) == ((0, 1), (1, 0))
    assert events == [(1, "apply"), (2, "accept_application")]
