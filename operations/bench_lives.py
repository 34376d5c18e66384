"""Cases per second: standard lives against bare ones on the same server, in turns, so that both meet the same weather.

Both are driven alike: the same number in flight, the same moves of the clock, one update after the other.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median
from uuid import uuid4

from temporalio.client import WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from operations.bench_bare import QUEUE, BareLife, BarePlan
from operations.bench_life import OFFICE, START, opening_chapter, standard_life
from operations.bench_stack import Bench
from workflows.chapter import workflow_id

_NUMBERS = count(1)
Play = Callable[[Bench, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of lives of one kind: how long it took and what CPU it cost, in seconds; `ids` are its cases."""

    lives: int
    seconds: float
    cpu: dict[str, float]
    ids: tuple[str, ...]

    @property
    def rate(self) -> float:
        return self.lives / self.seconds


@dataclass(frozen=True, slots=True)
class Comparison:
    """All batches of both kinds, in the order they were played."""

    real: tuple[Batch, ...]
    bare: tuple[Batch, ...]
    in_flight: int

    @property
    def ratio(self) -> float:
        """How many times a bare life one real life costs, by the medians."""
        return median(b.rate for b in self.bare) / median(b.rate for b in self.real)


async def compare(bench: Bench, *, lives: int, rounds: int, in_flight: int, say: Callable[[str], None]) -> Comparison:
    """Play `rounds` times a batch of real and a batch of bare lives, after one small batch of each to warm up."""
    for play in (play_real, play_bare):
        await _batch(bench, play, min(lives, 4), in_flight)
    real, bare = [], []
    for number in range(rounds):
        say(f"个案一生，第 {number + 1}/{rounds} 轮……")
        real.append(await _batch(bench, play_real, lives, in_flight))
        bare.append(await _batch(bench, play_bare, lives, in_flight))
    return Comparison(tuple(real), tuple(bare), in_flight)


async def _batch(bench: Bench, play: Play, lives: int, in_flight: int) -> Batch:
    gate = asyncio.Semaphore(in_flight)
    ids = tuple(f"{OFFICE}-2026-{next(_NUMBERS):05d}" for _ in range(lives))

    async def one(case_id: str) -> None:
        async with gate:
            await play(bench, case_id)

    cpu, began = bench.cpu(), time.perf_counter()
    await asyncio.gather(*(one(case_id) for case_id in ids))
    seconds, after = time.perf_counter() - began, bench.cpu()
    return Batch(lives, seconds, {name: after[name] - cpu[name] for name in cpu}, ids)


async def play_real(bench: Bench, case_id: str, steps: int | None = None) -> None:
    """Play one standard life through the case client, to its exit or its first `steps` steps."""
    life = standard_life()
    first, *others = life.fresh(case_id, uuid4().hex)[:steps]
    chapter = opening_chapter(first)
    await bench.cases.open(chapter)
    now = START
    for step, command in zip(life.steps[1:], others, strict=False):
        if step.at - now > timedelta(minutes=1):
            await bench.clock.until(case_id, step.at, chapter.clock_offset)
            now = step.at
        await bench.cases.take(case_id, command)


async def play_bare(bench: Bench, case_id: str) -> None:
    """Play one bare life with the same steps, rings and moves of the clock."""
    life = standard_life()
    plan = BarePlan([((ring.at - START).total_seconds(), ring.notices) for ring in life.rings], len(life.steps))
    offset = round((START - datetime.now(UTC)) / timedelta(seconds=1))
    start = WithStartWorkflowOperation(
        BareLife.run,
        plan,
        id=workflow_id(case_id),
        task_queue=QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    await bench.plain.execute_update_with_start_workflow(
        BareLife.step, life.steps[0].notices, start_workflow_operation=start
    )
    handle = await start.workflow_handle()
    now = START
    for step in life.steps[1:]:
        if step.at - now > timedelta(minutes=1):
            await bench.clock.until(case_id, step.at, offset)
            now = step.at
        await handle.execute_update(BareLife.step, step.notices)
