"""What a supervisor's page is about (统计范围): the area and its parts by name, the period, and addresses of lists.

An address never widens anything: an area outside the caller's own is taken as not said, and every read has its scope.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.requests import Request

from casework.times import local_date
from console.supervision.periods import Chosen, chosen
from desk.desk import Caller, Desk
from records.engine import Reading
from records.figure_rows import known_areas, newest_day
from records.figures import Counts, Figure, totals
from records.scope import area_prefix

LIST = "/supervision/list"
LONGEST_CODE = 12


@dataclass(frozen=True, slots=True)
class View:
    """Area (the beginning of office codes), its name, the period, the day it is, and where the page is."""

    path: str
    own: str
    prefix: str
    name: str
    period: Chosen
    today: date

    @property
    def area(self) -> str | None:
        """The area for an address; None for the caller's whole."""
        return None if self.prefix == self.own else self.prefix

    def address(self, **changed: str | None) -> str:
        """Return this page's address with something changed."""
        return with_query(self.path, {"period": self.period.name, "area": self.area, **changed})

    def rows(self, figure: str, *, area: str | None = None, **more: str | None) -> str:
        """Return the address of the rows behind a figure."""
        return with_query(LIST, {"figure": figure, "period": self.period.name, "area": area or self.area, **more})


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the address of exactly its rows; None where there are none."""

    number: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the area with its figures; `link` looks into the part, where it has parts itself."""

    name: str
    link: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures by part, with totals where they are the rows of one list."""

    caption: str
    titles: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None


def view_of(request: Request, work: Reading, desk: Desk, caller: Caller, now: datetime) -> View:
    """Read what a page is about from its address."""
    today = local_date(now)
    if desk.drill:  # cases live on days of their own
        today = newest_day(work, caller.scope, today)
    own = area_prefix(caller.area)
    wanted = request.query_params.get("area", "")
    inside = wanted.isdigit() and wanted.isascii() and wanted.startswith(own) and len(wanted) <= LONGEST_CODE
    prefix = wanted if inside else own
    names = known_areas(work, (prefix,))
    period = chosen(request.query_params.get("period"), today)
    return View(request.url.path, own, prefix, names.get(prefix, prefix), period, today)


def table_of(view: View, caption: str, figures: Sequence[Figure], counts: Counts, names: Mapping[str, str]) -> Table:
    """Return figures as a table whose every number leads to its rows."""
    sums = totals(counts)
    lines = tuple(
        Line(
            names.get(part, part),
            view.address(area=part) if len(part) < 9 and part != view.prefix else None,
            tuple(cell(view, f, counts[part].get(f.code, 0), part) for f in figures),
        )
        for part in sorted(counts)
    )
    total = Line("合计", None, tuple(cell(view, f, sums.get(f.code, 0), None) for f in figures))
    return Table(caption, tuple(f.words for f in figures), lines, total)


def cell(view: View, figure: Figure, number: int, part: str | None) -> Cell:
    return Cell(number, view.rows(figure.code, area=part) if number else None)


def with_query(path: str, query: Mapping[str, str | None]) -> str:
    said = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(said)}" if said else path
