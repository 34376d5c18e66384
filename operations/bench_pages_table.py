"""The tables of `wanjia bench-pages`: what was measured, in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from casework.times import SHANGHAI
from operations.children import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"
MARK = "pages"


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind of page: seconds until its last byte."""

    words: str
    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Weight:
    """Compressed bytes on the wire: the page alone, and with everything it brings the first time."""

    words: str
    page: int
    whole: int


@dataclass(frozen=True, slots=True)
class PageFigures:
    database: str
    measured: tuple[Measured, ...]
    weights: tuple[Weight, ...]


def table(figures: Sequence[PageFigures], households: int, requests: int, callers: int) -> str:
    """Return the tables; times of both databases side by side."""
    day = datetime.now(UTC).astimezone(SHANGHAI).date()
    lines = [
        f"Measured on {day} by `wanjia bench-pages --households {households} --requests {requests}`: {households:,} "
        f"households on record, {callers} callers at a time, one server process, the callers on the same machine. "
        "Times are of the whole answer as a caller sees it.",
        "",
        "| Page | " + " | ".join(f"{each.database} median | p95" for each in figures) + " |",
        "|---|" + "---:|---:|" * len(figures),
    ]
    for place, kind in enumerate(figures[0].measured):
        times = " | ".join(f"{_ms(f.measured[place].median)} | {_ms(f.measured[place].p95)}" for f in figures)
        lines.append(f"| {kind.words} | {times} |")
    lines += ["", "| Page, compressed | alone | with all it brings, first visit |", "|---|---:|---:|"]
    lines += [f"| {each.words} | {_kb(each.page)} | {_kb(each.whole)} |" for each in figures[0].weights]
    return "\n".join(lines)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} kB"
