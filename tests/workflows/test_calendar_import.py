"""A correction imported while cases are open (scenarios 14, 89): each is moved once, through a killed worker."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.commands.calendar_change import AdoptCalendar
from casework.errors import CaseworkError
from casework.states import Role
from casework.times import end_of
from desk.calendar_runs import Moved, bring_one, move_cases
from desk.calendars import import_change, read_change, touched
from desk.case_client import CaseClient
from operations.rebuild import chapter_from
from policies.calendars import HERE, load_calendar
from policies.packs import load_pack
from records import calendars
from records.case_files import last_event
from records.engine import Record
from tests.engine_stack import EngineStack, running
from tests.workflows.lives import WHOLE, on
from tests.workflows.people import put_household
from tests.workflows.playing import SLACK, play_on_engine

pytestmark = pytest.mark.engine

POSTED = range(4)
CASES = 20


def ninth_off() -> str:
    """The published year with 2026-10-09 as one more day off, as a file would have it (scenario 89)."""
    text = (HERE / "holidays" / "2026.toml").read_text(encoding="utf-8")
    row = '{ name = "国庆节", first = 2026-10-09, last = 2026-10-09 },\n]'
    changed = text.replace("]", row, 1).replace("issued = 2025-11-04", "issued = 2026-10-08")
    assert changed != text
    return changed


def imported(record: Record, text: str) -> None:
    change = read_change(record, text, "2026.toml")
    import_change(record, change, by="admin", area=None, now=datetime.now(UTC))


async def moved_by(stack: EngineStack, *, patience: float = 8.0) -> Moved:
    return await move_cases(
        stack.record,
        CaseClient(stack.client, accept_within=patience),
        ordered_by="admin",
        clock=lambda: datetime.now(UTC),
        pause=0.2,
    )


async def several_posted(stack: EngineStack, number: int) -> list[str]:
    """Open cases whose notice was posted on 2026-09-30, at noon of 2026-10-08."""

    async def one() -> str:
        case_id = put_household(stack.record, WHOLE.household)
        await play_on_engine(stack, WHOLE, case_id, POSTED)
        await stack.until(case_id, on("10-08", 12))
        await stack.settled(case_id)
        return case_id

    return [await one() for _ in range(number)]


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_scenario_89_twenty_open_cases_are_moved_once_each_though_the_worker_is_killed_in_the_middle(
    engine_address: str, home: Path
) -> None:
    async with running(engine_address, home) as stack:
        case_ids = await several_posted(stack, CASES)
        imported(stack.record, ninth_off())
        run = asyncio.create_task(moved_by(stack))
        while sum(stack.case(c).calendar_issue == 1 for c in case_ids) < CASES // 4:
            await asyncio.sleep(0.01)
        run.cancel()  # the process that sends dies with the worker, whatever is in hand
        await asyncio.gather(run, return_exceptions=True)
    async with running(engine_address, home) as stack:
        with stack.record.read() as work:
            waiting = calendars.lagging(work, calendars.newest(work))
        assert 0 < len(waiting) < CASES
        outcome = await moved_by(stack, patience=25.0)
        assert (outcome.failed, outcome.issue) == ({}, 1)
        assert (await moved_by(stack)).moved == 0
        for case_id in case_ids:
            await stack.settled(case_id)
            adopted = [e for e in stack.events(case_id) if e.trigger == "adopt_calendar"]
            assert len(adopted) == 1
            assert adopted[0].by.role is Role.SYSTEM
            assert "更新人 admin" in [f"{f.label} {f.value}" for f in adopted[0].why.facts]
            clock = stack.case(case_id).clock("publicity")
            assert clock is not None
            assert (clock.first_due_on, clock.due_on) == (date(2026, 10, 10), date(2026, 10, 12))
        first, last = case_ids[0], case_ids[-1]
        for case_id in (first, last):
            await stack.until(case_id, on("10-12", 23))
            await stack.settled(case_id)
            assert stack.events(case_id)[-1].trigger == "adopt_calendar"  # nothing rang at the old instant
            await stack.until(case_id, on("10-13"))
            await stack.settled(case_id)
            ended = stack.events(case_id)[-1]
            assert ended.trigger == "publicity_ended"
            assert abs(ended.at - end_of(date(2026, 10, 12))) < SLACK


async def test_scenario_89_the_preview_says_what_the_run_then_does_and_a_late_older_issue_is_refused(
    stack: EngineStack,
) -> None:
    (case_id,) = await several_posted(stack, 1)
    change = read_change(stack.record, ninth_off(), "2026.toml")
    assert [(d.day, d.before, d.after) for d in change.days] == [(date(2026, 10, 9), None, "国庆节放假")]
    found = touched(stack.record, change.calendar, datetime.now(UTC))
    assert [(t.case_id, "公示期 2026年10月10日 → 2026年10月12日" in t.moves) for t in found] == [(case_id, True)]

    imported(stack.record, ninth_off())
    await moved_by(stack)
    clock = stack.case(case_id).clock("publicity")
    assert clock is not None
    assert clock.due_on == date(2026, 10, 12)

    late = load_calendar().with_schedule(change.calendar.years[0]).issued(0)
    with pytest.raises(CaseworkError) as no:
        await stack.cases.take(case_id, AdoptCalendar(command_id="late", calendar=late))
    assert no.value.code == "calendar_older"
    assert (await moved_by(stack)).moved == 0


async def test_scenario_14_a_regional_day_off_moves_the_cases_of_its_area_alone(stack: EngineStack) -> None:
    """An invented schedule of an invented area: 2026-10-09 and its make-up Sunday hold there only."""
    (case_id,) = await several_posted(stack, 1)
    text = 'area = "{}"\nyear = 2026\nsource = "测试用的地方放假安排"\nissued = 2026-10-01\n'
    text += 'holidays = [{{ name = "测试节", first = 2026-10-09, last = 2026-10-09 }}]\n'
    imported(stack.record, text.format("45"))
    assert (await moved_by(stack)).moved == 0
    assert stack.case(case_id).calendar_issue == 0

    imported(stack.record, text.format("2203"))
    assert (await moved_by(stack)).moved == 1
    clock = stack.case(case_id).clock("publicity")
    assert clock is not None
    assert clock.due_on == date(2026, 10, 12)

    imported(stack.record, ninth_off().replace("2026-10-09", "2026-12-31"))  # a national revision keeps the region's
    assert (await moved_by(stack)).moved == 1
    await stack.until(case_id, on("10-13"))
    await stack.settled(case_id)
    ended = stack.events(case_id)[-1]
    assert ended.trigger == "publicity_ended"
    assert "2026-10-09（测试节（本地区放假））" in {f.label: f.value for f in ended.why.facts}["不计日期"]


async def test_a_case_opened_on_the_old_calendar_while_the_new_one_came_is_brought_up_to_it(stack: EngineStack) -> None:
    imported(stack.record, ninth_off())
    (case_id,) = await several_posted(stack, 1)  # as a desk that had read the calendar just before
    assert stack.case(case_id).calendar_issue == 0

    await bring_one(stack.record, stack.cases, case_id, datetime.now(UTC))
    await bring_one(stack.record, stack.cases, case_id, datetime.now(UTC))
    assert stack.case(case_id).calendar_issue == 1
    assert [e.trigger for e in stack.events(case_id)].count("adopt_calendar") == 1
    with stack.record.read() as work:
        assert calendars.lagging(work, calendars.newest(work)) == ()


async def test_a_case_is_started_again_on_its_own_calendar(stack: EngineStack) -> None:
    (case_id,) = await several_posted(stack, 1)
    imported(stack.record, ninth_off())
    await moved_by(stack)
    with stack.record.read() as work:
        event = last_event(work, case_id)
        assert event is not None
        own = calendars.calendar_of(work, event.case)
    assert own is not None
    assert (own.version, own.issue) == (event.case.calendar_version, 1)
    chapter = chapter_from(event, (), datetime.now(UTC), load_pack("jilin-2021"), own)
    assert chapter.calendar.made_up == own.made_up
