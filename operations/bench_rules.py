"""`wanjia bench-rules` (`make bench-rules`): how fast the rules alone decide, written into `docs/benchmarks.md`.

Random lives are stored once and decided twice, under a policy and under a version of it with other terms, in one run.
"""

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated

import typer

from casework.case import Case
from casework.decide import decide
from casework.errors import CaseworkError
from casework.times import SHANGHAI
from casework.timetable import fall_due
from operations.docs import between
from operations.random_lives import random_lives
from operations.stored_lives import store, stored
from operations.what_if import Comparison, compare
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids
from policies.schema import Policy
from policies.terms import Length

MARK = "rules"
DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
PACK = "jilin-2021"
STEPS = 30
"""Steps tried in each life."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of the processor for each decision, accepted and refused; the what-if; how many lives and steps."""

    taken: list[float]
    refused: list[float]
    what_if: Comparison
    lives: int
    steps: int


def bench_rules(
    count: Annotated[int, typer.Option(min=2, max=1_000_000, help="多少户。")] = 10_000,
    out: Annotated[Path, typer.Option(help="写入哪个文件（两个标记之间）。")] = DOCUMENT,
) -> int:
    """测速：规则判断一次要多久；一万户随机个案换一个办法重新判断，每秒多少次。"""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder) / "lives.jsonl.gz", count)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    out.write_text(between(text, MARK, table(figures, count)), encoding="utf-8")
    typer.echo(table(figures, count))
    return 0


def measure(path: Path, count: int) -> Figures:
    """Store so many lives, decide a tenth of them step by step with a watch, and all of them under two policies."""
    calendar, policy = load_calendar(), load_pack(PACK)
    store(path, random_lives(count, [policy], calendar, steps=STEPS))
    taken: list[float] = []
    refused: list[float] = []
    steps = 0
    for number, life in enumerate(stored(path)):
        steps += len(life.tried)
        if number % 10:
            continue
        case: Case | None = None
        for step in life.tried:
            if case is not None:
                case, _ = fall_due(case, policy, calendar, step.at)
            began = time.process_time()
            try:
                case = decide(case, step.command, policy, calendar, step.at).case
            except CaseworkError:
                refused.append(time.process_time() - began)
            else:
                taken.append(time.process_time() - began)
    return Figures(taken, refused, compare(path, policy, other_terms(policy)), count, steps)


def other_terms(policy: Policy) -> Policy:
    """Return the policy with a promise of 15 working days and an exit proposal at the second refusal."""
    promise = policy.promise.length.model_copy(update={"value": Length.parse("15wd")})
    twice = policy.refusal.threshold.model_copy(update={"value": 2})
    return policy.model_copy(
        update={
            "promise": policy.promise.model_copy(update={"length": promise}),
            "refusal": policy.refusal.model_copy(update={"threshold": twice}),
        }
    )


def table(figures: Figures, count: int) -> str:
    """Return the figures as Markdown."""
    today = datetime.now(UTC).astimezone(SHANGHAI).date()
    found = figures.what_if
    rows = [
        ("`decide()`, a step that is taken", _spread(figures.taken)),
        ("`decide()`, a step that is refused", _spread(figures.refused)),
        ("Lives stored, steps tried in them", f"{figures.lives:,}, {figures.steps:,}"),
        ("What if: decisions under two policies", f"{found.decisions:,} in {found.seconds:.0f} s of one processor"),
        ("What if: decisions a second, one process", f"{found.per_second:,.0f}"),
        ("What if: lives that end otherwise", f"{found.otherwise:,} of {found.lives:,}"),
    ]
    lines = [
        f"Measured on {today} by `wanjia bench-rules --count {count}`, pack {PACK} (the model test also lives under "
        f"the other {len(pack_ids()) - 1} packs).\n",
        "| The rules alone | |",
        "|---|---:|",
        *(f"| {name} | {value} |" for name, value in rows),
    ]
    return "\n".join(lines)


def _spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "–"
    return f"median {median(seconds) * 1e6:.0f} µs, p99 {quantiles(seconds, n=100)[98] * 1e6:.0f} µs"
