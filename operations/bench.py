"""`wanjia bench` (`make bench`): the real life against a bare one on one server, written into `docs/benchmarks.md`.

What is measured is in the other `bench_*.py`; here is the order, and how much of each.
"""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from casework.times import SHANGHAI
from operations.bench_history import chapters_of, replay_two_years, weigh
from operations.bench_life import standard_life
from operations.bench_lives import compare
from operations.bench_parts import measure_parts
from operations.bench_stack import Bench, measured_stack
from operations.bench_steps import measure_steps
from operations.bench_table import Figures, put_into, tables
from operations.children import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    lives: int = 40
    rounds: int = 3
    in_flight: int = 20
    callers: tuple[int, ...] = (1, 10, 50)
    steps: int = 300
    months: int = 24
    times: int = 20


TINY = Extent(lives=2, rounds=1, in_flight=2, callers=(1, 2), steps=6, months=3, times=2)


def bench(
    out: Annotated[Path, typer.Option(help="写入哪个文件（两个标记之间）。")] = DOCUMENT,
    tiny: Annotated[bool, typer.Option("--tiny", help="只跑几户，看能不能跑通；数字没有意义。")] = False,
) -> int:
    """测速：标准个案与空流程在同一服务器上轮流跑，结果写进 docs/benchmarks.md。"""
    figures = asyncio.run(measure(TINY if tiny else Extent()))
    command = "wanjia bench --tiny" if tiny else "make bench"
    put_into(out, figures, command)
    typer.echo(tables(figures, command))
    _say(f"已写入 {out.name}。")
    return 0


async def measure(extent: Extent) -> Figures:
    """Measure everything, one thing after the other, on one stack."""
    _say("启动一套临时的系统……")
    async with measured_stack() as stack:
        return await stack.stack.while_alive(_measured(stack, extent))


async def _measured(bench: Bench, extent: Extent) -> Figures:
    lives = await compare(bench, lives=extent.lives, rounds=extent.rounds, in_flight=extent.in_flight, say=_say)
    real = await chapters_of(bench.sealed, lives.real[-1].ids[0])
    bare = await chapters_of(bench.plain, lives.bare[-1].ids[0])
    steps = await measure_steps(bench, callers=extent.callers, steps=extent.steps, say=_say)
    memory = bench.memory()
    _say("重放……")
    replay = await replay_two_years(bench, months=extent.months)
    _say("单项……")
    parts = await measure_parts(real, bench.sealed.data_converter, times=extent.times)
    today = datetime.now(UTC).astimezone(SHANGHAI).date()
    return Figures(today, standard_life(), lives, steps, memory, weigh(real), weigh(bare), replay, parts)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
