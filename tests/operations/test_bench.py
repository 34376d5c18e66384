"""The benchmark in its smallest size: every figure comes out and the tables are written.  No times are asserted."""

from pathlib import Path

import pytest

from casework.times import SHANGHAI
from operations.bench import TINY, measure
from operations.bench_life import standard_life
from operations.bench_table import Figures, put_into
from operations.cli import run

pytestmark = [pytest.mark.engine, pytest.mark.timeout(480)]


@pytest.fixture(scope="module")
async def figures() -> Figures:
    return await measure(TINY)


def test_the_standard_life_is_what_the_benchmark_promises() -> None:
    life = standard_life()

    assert [event.seq for event in life.events] == list(range(1, len(life.events) + 1))
    assert len(life.events) == len(life.steps) + len(life.rings)
    assert len(life.steps) >= 25
    assert len(life.rings) >= 8
    assert life.events[-1].case.exit is not None
    assert life.events[-1].case.exit.reason == "stable_employment"


async def test_real_and_bare_do_the_same(figures: Figures) -> None:
    updates = "workflow_execution_update_completed"

    assert figures.real.events[updates] == figures.bare.events[updates] == len(figures.life.steps)
    at_night = [e for e in figures.life.events if e.sends and not 8 <= e.at.astimezone(SHANGHAI).hour < 21]
    asked_again = figures.real.events["activity_task_completed"] - figures.bare.events["activity_task_completed"]
    assert asked_again == len(at_night)  # what falls due at midnight is asked for at once and again at eight
    assert figures.real.events["marker_recorded"] == figures.bare.events["marker_recorded"]
    instants = {ring.at for ring in figures.life.rings}
    assert figures.bare.events["timer_fired"] == len(instants)
    assert figures.real.events["timer_fired"] >= len(instants)


async def test_every_figure_comes_out_and_is_written_between_the_marks(figures: Figures, tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text("before\n\n<!-- bench:begin -->\nold\n<!-- bench:end -->\n\nafter\n", encoding="utf-8")

    put_into(document, figures, "make bench")

    written = document.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "old" not in written
    for heading in (
        "One life",
        "One action",
        "History in the engine",
        "Resident memory",
        "Parts of a step",
        "Where one",
    ):
        assert f"### {heading}" in written
    assert "nan" not in written
    assert min(*(batch.rate for batch in (*figures.lives.real, *figures.lives.bare)), figures.lives.ratio) > 0
    assert all(latency.p99 >= latency.p50 > 0 for latency in (*figures.steps.bare, *figures.steps.http))
    assert min(figures.memory.values()) > 10_000_000
    assert min(figures.replay.whole, figures.replay.last, figures.parts.decide, figures.parts.record) > 0


def test_the_rules_alone_are_measured_into_their_own_marks(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# 头\n\n<!-- bench:begin -->\n旧\n<!-- bench:end -->\n", encoding="utf-8")

    assert run(["bench-rules", "--count", "4", "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "旧" in text
    assert "What if: decisions a second" in text
    assert "of 4 |" in text
