"""Stored histories of this release replay on today's code, and its timers are still set to the same instants."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from policies.packs import load_pack
from policies.schema import Policy
from tests.engine_stack import KEYS
from tests.workflows.dues import HISTORIES, dues_of, stem, stored_dues
from tests.workflows.lives import LIVES, OVERDUE, Life
from tests.workflows.playing import play_pure
from worker import sandboxed
from workflows.household_case import HouseholdCaseWorkflow
from workflows.payload_codec import data_converter

CHAPTERS = sorted(path for path in HISTORIES.glob("life-*.json") if "dues" not in path.name)
SKEW = timedelta(seconds=5)


def replayer() -> Replayer:
    return Replayer(
        workflows=[HouseholdCaseWorkflow],
        workflow_runner=sandboxed(),
        data_converter=data_converter(KEYS.engine_key),
    )


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json("household-case/stored", path.read_text("utf-8"))


def test_every_life_has_its_histories() -> None:
    assert {path.name.split(".")[0] for path in CHAPTERS} == {stem(life) for life in LIVES}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
async def test_a_stored_chapter_replays(path: Path) -> None:
    await replayer().replay_workflow(history(path))


@pytest.mark.parametrize("life", LIVES, ids=stem)
def test_what_falls_due_is_what_fell_due(life: Life) -> None:
    assert dues_of(play_pure(life).events) == stored_dues(life)


@pytest.mark.parametrize("life", LIVES, ids=stem)
def test_the_stored_timers_ring_at_what_falls_due(life: Life) -> None:
    """Every timer of the stored chapters rings when the rules of today say that something is due, or at eight."""
    events = play_pure(life).events
    offset = None
    due = {datetime.fromisoformat(str(row[2])) for row in dues_of(events) if row[2]}
    found = 0
    for path in (path for path in CHAPTERS if path.name.startswith(stem(life) + ".")):
        chapter = history(path)
        if offset is None:
            offset = life.start - chapter.events[0].event_time.ToDatetime(UTC)
        for event in chapter.events:
            if event.HasField("timer_started_event_attributes"):
                length = event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
                rings = event.event_time.ToDatetime(UTC) + length + offset
                found += 1
                midnight = (rings + timedelta(hours=12)).replace(hour=0, minute=0, second=0)
                at_eight = abs(rings - midnight) < SKEW  # 08:00 in Shanghai
                assert at_eight or any(abs(rings - instant) < SKEW for instant in due), (path.name, rings)
    assert found > 5


def test_a_changed_length_is_caught() -> None:
    """The planted change: a promise of 30 working days instead of 20."""
    plain = load_pack(OVERDUE.pack).model_dump(mode="json")
    plain["promise"]["length"]["value"] = "30wd"
    longer = Policy.model_validate(plain)
    assert dues_of(play_pure(OVERDUE).events) == stored_dues(OVERDUE)
    assert dues_of(play_pure(OVERDUE, policy=longer).events) != stored_dues(OVERDUE)


async def test_a_changed_order_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other planted change: a workflow that sets no timer."""
    from workflows import household_case

    monkeypatch.setattr(household_case, "next_due", lambda _: None)
    with pytest.raises(Exception, match=r"(?i)nondetermin"):
        await replayer().replay_workflow(history(HISTORIES / f"{stem(OVERDUE)}.1.json"))


def test_what_is_stored_is_sealed() -> None:
    for path in CHAPTERS:
        whole = path.read_text("utf-8")
        json.loads(whole)
        assert "1980-03-07" not in whole
        assert "household" not in whole.replace("household-case", "")
