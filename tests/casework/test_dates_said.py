"""Dates that people state: how far ahead they may lie, and that no rule breaks or lingers over a strange one."""

import time
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from casework.commands import COMMANDS, OF_PEOPLE, Command
from casework.dates_said import AHEAD, BEFORE_THE_CASE, DATE_WORDS
from casework.decide import decide
from casework.errors import CaseworkError, SaidNo
from casework.household import WorkStatus
from casework.times import dated
from operations.random_lives import RandomLife, random_life
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids
from tests.casework.promises import promise_of, suspended
from tests.make import CLERK, COUNTY, Life, a_member

STRANGE = tuple(map(date.fromisoformat, ("0001-01-01", "1990-01-01", "2100-12-31", "9999-12-31")))
AT_MOST = 1.0
"""Seconds; the engine gives a case two."""


def dates_of(command: type[Command]) -> list[str]:
    return [name for name, info in command.model_fields.items() if "datetime.date" in repr(info.annotation)]


def test_every_date_of_a_step_has_its_words() -> None:
    stated = {name for trigger in OF_PEOPLE for name in dates_of(COMMANDS[trigger])}
    assert stated == set(DATE_WORDS)
    assert set(AHEAD) | BEFORE_THE_CASE <= stated


def no(life: Life, when: str, trigger: str, **fields: Any) -> SaidNo:
    with pytest.raises(SaidNo) as said:
        life.do(when, trigger, COUNTY, **fields)
    return said.value


@pytest.mark.parametrize(("until", "right"), [("2027-10-20", True), ("2027-10-21", False), ("9999-12-31", False)])
def test_a_suspension_ends_within_a_year_or_has_no_end_yet(until: str, right: bool) -> None:
    life = Life().assisted()
    if right:
        suspended(life, "2026-10-20", "2026-10-12", until)
        assert promise_of(life).due_on > date(2027, 10, 20)
        return
    given = {"ground": "illness", "member": "M1", "since": date(2026, 10, 12), "until": date.fromisoformat(until)}
    said = no(life, "2026-10-20", "suspend_promise", **given)
    assert (said.code, said.field) == ("date_too_far", "until")
    assert "到时再登记恢复" in said.message
    suspended(life, "2026-10-20", "2026-10-12", None)
    assert promise_of(life).paused


def test_a_promise_resumes_within_a_year() -> None:
    life = Life().assisted()
    suspended(life, "2026-10-20", "2026-10-12", None)
    said = no(life, "2026-10-21", "resume_promise", until=date(9999, 12, 31))
    assert (said.code, said.field) == ("date_too_far", "until")
    life.do("2026-10-21", "resume_promise", COUNTY, until=date(2027, 10, 21))
    assert not promise_of(life).paused


def test_an_announced_layoff_lies_within_a_year() -> None:
    works = a_member(status=WorkStatus.EMPLOYED_BY_UNIT, wage_fen=300000)
    given = {"cause": "layoff", "alert_on": date(2027, 10, 21), "jobs": [{"member": "M1"}]}
    with pytest.raises(SaidNo) as said:
        Life(works).do("2026-10-20", "open_monitoring", CLERK, applied_on=date(2026, 10, 20), **given)
    assert (said.value.code, said.value.field) == ("date_too_far", "alert_on")


def test_a_job_was_not_changed_tomorrow() -> None:
    works = a_member(status=WorkStatus.FLEXIBLE, wage_fen=30000)
    job = {"member": "M1", "changed_on": [date(2026, 10, 21)]}
    with pytest.raises(SaidNo) as said:
        Life(works).do(
            "2026-10-20", "open_monitoring", applied_on=date(2026, 10, 20), cause="low_or_unstable", jobs=[job]
        )
    assert (said.value.code, said.value.field) == ("job_change_in_future", "jobs")


@pytest.mark.parametrize("pack", pack_ids())
def test_no_rule_breaks_or_lingers_over_a_strange_date(pack: str) -> None:
    """Whatever was once taken is asked again, at its moment, with one date after the other replaced."""
    policy, calendar, asked = load_pack(pack), load_calendar(), set()

    def again(life: RandomLife, events: list[Any]) -> None:
        done = life.tried[-1]
        names = [name for name in dates_of(type(done.command)) if done.event is not None]
        for name in names:
            for day in STRANGE:
                command = done.command.model_copy(update={name: day, "command_id": "strange", "task_id": None})
                begun = time.process_time()
                with suppress(CaseworkError):
                    decide(before.get("case"), command, policy, calendar, done.at)
                assert time.process_time() - begun < AT_MOST, (command.trigger, name, day)
                asked.add((command.trigger, name))
        before["case"] = life.case

    for seed in range(25):
        before: dict[str, Any] = {}
        random_life(seed, policy, calendar, see=again)
    assert len(asked) > 15, asked


def test_days_in_a_stored_fact_are_read_in_chinese() -> None:
    kept = "2026-11-05、2026-11-26；个案220302004-2026-00012，岗位V-2026-11-25-1"
    assert dated(kept) == "2026年11月5日、2026年11月26日；个案220302004-2026-00012，岗位V-2026-11-25-1"
