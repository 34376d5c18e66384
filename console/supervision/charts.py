"""Charts (图) as plain numbers for the SVG macros of `components/charts.html`: bars, stacked bars, lines.

Everything is worked out here: positions, labels, the words that a reader of screens hears.  Each chart has its table
beside it on the page, made of the same `Series`.  Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
LABEL = 150
ROW, GAP = 26, 8
NUMBER = 56
PATTERNS = ("solid", "lines", "dots", "cross", "light", "empty")
"""How parts of a bar are told apart without colour; a legend names each."""


@dataclass(frozen=True, slots=True)
class Series:
    """One set of numbers: the words of each place, and the number there, with the address of its rows."""

    words: str
    numbers: tuple[int, ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One drawn rectangle: where, how wide, which pattern, and what it stands for."""

    x: float
    y: float
    width: float
    pattern: str
    number: int
    words: str
    inside: bool


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar with its label and total."""

    label: str
    y: float
    pieces: tuple[Piece, ...]
    total: int
    total_x: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, whole or stacked."""

    title: str
    says: str
    height: int
    rows: tuple[BarRow, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its points, its marks (round or square) and its pattern of dashes."""

    words: str
    points: tuple[Point, ...]
    mark: str

    @property
    def path(self) -> str:
        return " ".join(f"{p.x:.1f},{p.y:.1f}" for p in self.points)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over months."""

    title: str
    says: str
    height: int
    lines: tuple[Line, ...]
    labels: tuple[Point, ...]
    top: int


def bars(title: str, places: Sequence[str], series: Sequence[Series]) -> Bars:
    """Return lying bars, one for each place; several series are stacked.  All numbers stand in `says` too."""
    totals = [sum(one.numbers[place] for one in series) for place in range(len(places))]
    most = max(totals, default=0) or 1
    room = WIDTH - LABEL - NUMBER
    rows = []
    for place, label in enumerate(places):
        y, x = place * (ROW + GAP), float(LABEL)
        pieces = []
        for order, one in enumerate(series):
            number = one.numbers[place]
            width = room * number / most
            if number:
                words = f"{label} {one.words} {number}"
                pieces.append(Piece(x, y, width, PATTERNS[order % len(PATTERNS)], number, words, width >= 26))
            x += width
        rows.append(BarRow(label, y, tuple(pieces), totals[place], x + 6))
    legend = tuple((PATTERNS[n % len(PATTERNS)], one.words) for n, one in enumerate(series)) if len(series) > 1 else ()
    return Bars(title, _says(places, series), len(places) * (ROW + GAP), tuple(rows), legend)


def lines(title: str, places: Sequence[str], series: Sequence[Series]) -> Lines:
    """Return lines over places from left to right."""
    top = max((number for one in series for number in one.numbers), default=0) or 1
    left, right, base, high = 36, WIDTH - 20, 190, 20
    step = (right - left) / max(1, len(places) - 1)
    drawn = tuple(
        Line(
            one.words,
            tuple(
                Point(left + step * n, base - (base - high) * number / top, number, f"{places[n]} {one.words} {number}")
                for n, number in enumerate(one.numbers)
            ),
            ("round", "square", "turned")[order % 3],
        )
        for order, one in enumerate(series)
    )
    labels = tuple(Point(left + step * n, base + 20, 0, label) for n, label in enumerate(places))
    return Lines(title, _says(places, series), base + 34, drawn, labels, top)


def _says(places: Sequence[str], series: Sequence[Series]) -> str:
    told = (
        f"{label}：" + "，".join(f"{one.words}{one.numbers[n]}" for one in series) for n, label in enumerate(places)
    )
    return "；".join(told) + "。"
