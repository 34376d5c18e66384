"""A new version of a policy on the real engine: moved once each, by the record's word, through breaks (87, A36)."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casework.commands.policy_change import AdoptPolicy
from casework.decide import decide
from casework.errors import SaidNo
from casework.states import Role
from casework.times import end_of
from desk.case_client import CaseClient
from desk.policies import impact, order_adoption
from desk.policy_runs import Adopted, adopt
from operations.rebuild import chapter_from
from policies.calendars import load_calendar
from policies.packs import load_pack
from policies.schema import Policy
from records.case_file import write_event
from records.policies import keep_policy, policy_of
from records.policy_orders import orders, waiting_for
from tests.casework.test_policy_change import FIVE_DAYS, revised
from tests.engine_stack import EngineStack, running
from tests.workflows.lives import CLERK, WHOLE, on
from tests.workflows.people import put_household
from tests.workflows.playing import SLACK, play_on_engine
from workflows import household_case

pytestmark = pytest.mark.engine

REVIEWED, POSTED, HELPED = range(3), range(4), range(11)


def ordered(stack: EngineStack, policy: Policy) -> int:
    return order_adoption(stack.record, policy, by="admin", area=None, now=datetime.now(UTC))


async def adopted_by(stack: EngineStack, number: int, *, patience: float = 8.0) -> Adopted:
    cases = CaseClient(stack.client, accept_within=patience)
    return await adopt(stack.record, cases, number, clock=lambda: datetime.now(UTC), pause=0.2)


async def a_case(stack: EngineStack, moves: range, until: datetime) -> str:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, moves)
    await stack.until(case_id, until)
    await stack.settled(case_id)
    return case_id


def due(stack: EngineStack, case_id: str, kind: str) -> date:
    clock = stack.case(case_id).clock(kind)
    assert clock is not None
    return clock.due_on


async def test_scenario_87_what_is_posted_keeps_three_days_and_what_is_posted_then_uses_five(
    stack: EngineStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(household_case, "SHORT_CHAPTER", 0)
    before = await a_case(stack, POSTED, on("10-09", 9))
    after = await a_case(stack, REVIEWED, on("10-09", 9))
    trial = impact(stack.record, FIVE_DAYS, datetime.now(UTC))
    assert {c.case_id: bool(c.keeps) for c in trial.cases} == {before: True, after: False}
    assert trial.changing == ()
    with stack.record.read() as work:
        assert stack.case(before).pack_version == "1"
        assert orders(work) == ()

    outcome = await adopted_by(stack, ordered(stack, FIVE_DAYS))
    assert (outcome.done, outcome.passed_over, outcome.failed) == (2, 0, {})
    assert (await adopted_by(stack, ordered(stack, FIVE_DAYS))).done == 0
    with pytest.raises(SaidNo) as no:
        await stack.cases.take(before, AdoptPolicy(command_id="again", policy=FIVE_DAYS))
    assert no.value.code == "policy_unchanged"

    await stack.take(after, "post_publicity", CLERK, posted_on="2026-10-09")
    assert (due(stack, before, "publicity"), due(stack, after, "publicity")) == (date(2026, 10, 10), date(2026, 10, 15))
    for case_id, ends in ((before, date(2026, 10, 10)), (after, date(2026, 10, 15))):
        await stack.until(case_id, on(f"10-{ends.day + 1}"))
        await stack.settled(case_id)
        ended = stack.events(case_id)[-1]
        assert ended.trigger == "publicity_ended"
        assert abs(ended.at - end_of(ends)) < SLACK
        await stack.take(case_id, "report_up", CLERK)
        assert stack.case(case_id).pack_hash == FIVE_DAYS.short_hash
    told = [e for e in stack.events(before) if e.trigger == "adopt_policy"]
    assert [(e.by.role, "决定采用人 admin" in [f"{f.label} {f.value}" for f in e.why.facts]) for e in told] == [
        (Role.SYSTEM, True)
    ]


async def test_a_promise_that_ends_earlier_rings_at_its_new_instant(stack: EngineStack) -> None:
    case_id = await a_case(stack, HELPED, on("10-15", 12))
    first = due(stack, case_id, "promise")
    shorter = revised({"promise.length": "16wd"})
    (affected,) = impact(stack.record, shorter, datetime.now(UTC)).changing
    assert affected.case_id == case_id
    assert affected.moves[0].startswith("安置承诺 2026年")
    await adopted_by(stack, ordered(stack, shorter))
    new = due(stack, case_id, "promise")
    assert new < first
    await stack.until(case_id, on(f"{new:%m-%d}", 23))
    await stack.settled(case_id)
    assert "promise_overdue" not in [e.trigger for e in stack.events(case_id)]
    await stack.until(case_id, end_of(new) + timedelta(hours=1))
    await stack.settled(case_id)
    overdue = next(e for e in stack.events(case_id) if e.trigger == "promise_overdue")
    assert abs(overdue.at - end_of(new)) < SLACK


async def test_an_adoption_that_the_engine_forgot_is_taken_over_with_its_policy(stack: EngineStack) -> None:
    case_id = await a_case(stack, REVIEWED, on("10-09", 9))
    last = stack.events(case_id)[-1]
    command = AdoptPolicy(command_id="lost", policy=FIVE_DAYS, ordered_by="admin")
    event = decide(last.case, command, load_pack(WHOLE.pack), load_calendar(), on("10-09", 9))
    with stack.record.write() as work:
        keep_policy(work, FIVE_DAYS, datetime.now(UTC), "admin")
        write_event(work, event)
    await stack.take(case_id, "post_publicity", CLERK, posted_on="2026-10-09")
    assert [e.trigger for e in stack.events(case_id)[-2:]] == ["adopt_policy", "post_publicity"]
    assert due(stack, case_id, "publicity") == date(2026, 10, 15)
    with stack.record.read() as work:
        policy = policy_of(work, stack.case(case_id))
    assert policy == FIVE_DAYS  # no file has this version
    again = chapter_from(stack.events(case_id)[-1], (), datetime.now(UTC), policy, load_calendar())
    assert again.policy.label == "jilin-2021@2"


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_every_open_case_is_moved_once_though_the_run_and_the_worker_are_cut(
    engine_address: str, home: Path
) -> None:
    number = 12
    async with running(engine_address, home) as stack:
        case_ids = [await a_case(stack, POSTED, on("10-09", 9)) for _ in range(number)]
        order = ordered(stack, FIVE_DAYS)
        run = asyncio.create_task(adopted_by(stack, order))
        while sum(stack.case(c).pack_version == "2" for c in case_ids) < number // 4:
            await asyncio.sleep(0.01)
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
    async with running(engine_address, home) as stack:
        with stack.record.read() as work:
            waiting = waiting_for(work, FIVE_DAYS)
            (known,) = orders(work)
        assert 0 < len(waiting) < number
        assert (known.number, known.ordered_by, known.sha256) == (order, "admin", FIVE_DAYS.sha256)
        outcome = await adopted_by(stack, order, patience=25.0)
        assert outcome.failed == {}
        with stack.record.read() as work:
            (known,) = orders(work)
        assert (known.waiting, known.failed) == (0, 0)
        for case_id in case_ids:
            await stack.settled(case_id)
            assert [e.trigger for e in stack.events(case_id)].count("adopt_policy") == 1
            assert stack.case(case_id).pack_version == "2"
