"""A changed calendar on the real engine: timers move, later decisions count on it, histories replay."""

from datetime import date

import pytest
from temporalio.worker import Replayer

from casework.commands.calendar_change import AdoptCalendar
from casework.decide import decide
from casework.errors import SaidNo
from casework.states import Role
from casework.times import end_of
from policies.calendar_model import Holiday, WorkCalendar, YearSchedule
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.case_file import write_event
from tests.engine_stack import KEYS, EngineStack
from tests.workflows.histories_of import histories_of
from tests.workflows.lives import CLERK, COUNTY, SECOND_COUNTY, WHOLE, on
from tests.workflows.people import put_household
from tests.workflows.playing import SLACK, play_on_engine
from tests.workflows.test_adopt import lost
from worker import sandboxed
from workflows import household_case
from workflows.household_case import HouseholdCaseWorkflow
from workflows.payload_codec import data_converter

pytestmark = pytest.mark.engine

POSTED = range(4)
"""The moves of a life until the notice is posted on 2026-09-30."""


def ninth_off() -> WorkCalendar:
    """Scenario 89: 2026-10-09 is a day off."""
    known = next(s for s in load_calendar().years if s.year == 2026)
    day = Holiday(name="国庆节", first=date(2026, 10, 9), last=date(2026, 10, 9))
    return load_calendar().with_schedule(
        YearSchedule.model_validate(known.model_copy(update={"holidays": (*known.holidays, day)}).model_dump())
    )


def adopting(key: str = "calendar") -> AdoptCalendar:
    return AdoptCalendar(command_id=key, calendar=ninth_off())


async def posted(stack: EngineStack) -> str:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, POSTED)
    await stack.until(case_id, on("10-10", 12))
    await stack.settled(case_id)
    return case_id


async def test_scenario_89_the_timer_moves_and_what_follows_counts_on_the_new_calendar(
    stack: EngineStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(household_case, "SHORT_CHAPTER", 0)
    case_id = await posted(stack)
    taken = await stack.cases.take(case_id, adopting())
    assert (await stack.cases.take(case_id, adopting())).seq == taken.seq  # the same key
    with pytest.raises(SaidNo) as no:
        await stack.cases.take(case_id, adopting("again"))
    assert no.value.code == "calendar_unchanged"

    await stack.until(case_id, on("10-12", 17))
    await stack.settled(case_id)
    assert stack.events(case_id)[-1].trigger == "adopt_calendar"
    with pytest.raises(SaidNo) as no:
        await stack.take(case_id, "report_up", CLERK)
    assert no.value.code == "publicity_not_over"
    await stack.until(case_id, on("10-13"))
    await stack.settled(case_id)
    adopted, ended = stack.events(case_id)[-2:]
    assert (adopted.trigger, adopted.by.role, ended.trigger) == ("adopt_calendar", Role.SYSTEM, "publicity_ended")
    assert abs(ended.at - end_of(date(2026, 10, 12))) < SLACK
    assert "2026-10-09（国庆节放假）" in {f.label: f.value for f in ended.why.facts}["不计日期"]

    await stack.take(case_id, "report_up", CLERK)
    await stack.take(case_id, "pass_recheck", COUNTY)
    await stack.take(case_id, "certify", SECOND_COUNTY)
    case = stack.case(case_id)
    chapters = await histories_of(stack.client, case_id)
    assert len(chapters) > 2  # the new calendar went into chapters after the one that took it over
    with pytest.raises(SaidNo) as no:
        await stack.cases.take(case_id, adopting("in a later chapter"))
    assert no.value.code == "calendar_unchanged"
    assert case.calendar_version == ninth_off().version
    replayer = Replayer(
        workflows=[HouseholdCaseWorkflow],
        workflow_runner=sandboxed(),
        data_converter=data_converter(KEYS.engine_key),
    )
    for history in chapters:
        await replayer.replay_workflow(history)


async def test_a_change_that_the_engine_lost_is_taken_over_with_its_calendar(stack: EngineStack) -> None:
    case_id = await posted(stack)
    last = stack.events(case_id)[-1]
    event = decide(last.case, adopting(), load_pack(WHOLE.pack), load_calendar(), on("10-10", 12))
    with stack.record.write() as work:
        write_event(work, event)

    assert (await stack.cases.take(case_id, adopting())).seq == event.seq
    await stack.until(case_id, on("10-13"))
    await stack.settled(case_id)
    assert [e.trigger for e in stack.events(case_id)[-2:]] == ["adopt_calendar", "publicity_ended"]
    ended = stack.events(case_id)[-1]
    assert "2026-10-09（国庆节放假）" in {f.label: f.value for f in ended.why.facts}["不计日期"]


async def test_a_change_decided_again_after_a_lost_step_counts_on_its_calendar(stack: EngineStack) -> None:
    case_id = await posted(stack)
    last = stack.events(case_id)[-1]
    gone = lost(stack, case_id, "raise_objection", on="2026-09-30", content="txt-" + "0" * 32)
    assert gone.seq == last.seq + 1
    assert (await stack.cases.take(case_id, adopting())).seq == gone.seq + 1
    case = stack.case(case_id)
    clock = case.clock("publicity")
    assert clock is not None
    assert (clock.due_on, len(case.objections)) == (date(2026, 10, 12), 1)
    with pytest.raises(SaidNo) as no:
        await stack.cases.take(case_id, adopting("again"))
    assert no.value.code == "calendar_unchanged"
