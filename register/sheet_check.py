"""An imported sheet's lines checked and put together as households (逐行核对), however many there are.

Twice over the same lines: `LineCheck` is fed all of them, keeps little of each, and then knows which households are
blocked; `Households` is fed them again and hands out each good household when its last line has come.  What one line
may say is `survey_columns.py` for a survey and `sheet_ledger.py` for an old ledger; what lines must be to each other is
`survey_sheet.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from register.sheet_fields import ADDRESS, COMMUNITY, FIELDS, Kind, Mapped
from register.survey import BadCell, SurveyHousehold
from register.survey_cells import Cell, text_cell
from register.survey_columns import CellFault, Columns, SurveyLine, read_line, read_text
from register.survey_sheet import bad_within, beside_unnumbered, household_of, same_person, unknown_places

Row = tuple[Cell, ...]
ReadLine = Callable[[int, Row, Columns], SurveyLine]
LineCheckMore = Callable[[SurveyLine], Iterable[BadCell]]

NOWHERE = 100_000
"""The place of a field that the sheet does not say: beyond every line."""
LONGEST_COMMUNITY, LONGEST_ADDRESS = 60, 200


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a sheet, and how many lines each of its households has; line numbers are the sheet's own."""

    bad: dict[int, tuple[BadCell, ...]]
    blocked: frozenset[str]
    warnings: tuple[BadCell, ...]
    lengths: dict[str, int]


@dataclass(frozen=True, slots=True)
class Whole:
    """A household of the sheet, with what only the register keeps of it; `rows` are its lines as they stand."""

    surveyed: SurveyHousehold
    community: str
    address: str | None
    rows: tuple[Row, ...]


class Reading:
    """How the lines of one sheet are read: its columns, and what was said once for the whole."""

    def __init__(self, kind: Kind, mapped: Mapped, read: ReadLine = read_line) -> None:
        self._width = len(mapped.titles)
        self._said = tuple((name, text_cell(value)) for name, value in mapped.whole.items() if value)
        places = {field.name: NOWHERE for field in FIELDS[kind]} | dict(mapped.places)
        names = mapped.titles
        for number, (name, _) in enumerate(self._said):
            places[name] = self._width + number
            names = (*names, "")
        self.columns = Columns(places, names)
        self._read = read

    def row(self, cells: Row) -> Row:
        """Return a line as wide as the header, then what was said for the whole sheet, then what is too much."""
        padded = cells[: self._width] + (Cell(""),) * (self._width - len(cells))
        return padded + tuple(cell for _, cell in self._said) + cells[self._width :]

    def cell(self, cells: Row, field: str) -> Cell:
        row, place = self.row(cells), self.columns.places[field]
        return row[place] if place < len(row) else Cell("")

    def blank(self, cells: Row) -> bool:
        """Say whether a line holds nothing of the fields that the sheet says: a running number filled too far down."""
        places = {place for place in self.columns.places.values() if place < self._width}
        return all(cell.blank for place, cell in enumerate(cells) if place in places or place >= self._width)

    def line(self, number: int, cells: Row) -> SurveyLine:
        """Read one line, the community and the address too; columns are named as the sheet names them."""
        found = self._read(number, self.row(cells), self.columns)
        more = [
            BadCell(number, field, reason)
            for field, longest in ((COMMUNITY, LONGEST_COMMUNITY), (ADDRESS, LONGEST_ADDRESS))
            if (reason := self._wrong(cells, field, longest)) is not None
        ]
        if not more:
            return found
        kept = [cell for cell in found.bad_cells if cell.column not in (COMMUNITY, ADDRESS)]
        return replace(found, facts=None, person=None, bad_cells=(*kept, *more))

    def named(self, bad: BadCell) -> BadCell:
        """Return a bad cell under the title that its column has in the sheet."""
        place = self.columns.places.get(bad.column, NOWHERE)
        title = self.columns.names[place] if place < self._width else ""
        return replace(bad, column=title or bad.column)

    def _wrong(self, cells: Row, field: str, longest: int) -> str | None:
        cell = self.cell(cells, field)
        if cell.fault:
            return cell.fault
        if not cell.text:
            return "不能为空" if field == COMMUNITY else None
        try:
            read_text(cell, longest)
        except CellFault as fault:
            return str(fault)
        return None


class LineCheck:
    """The first time over the lines."""

    def __init__(self, reading: Reading, also: LineCheckMore = lambda _: ()) -> None:
        self._reading = reading
        self._also = also
        self._lines: list[SurveyLine] = []
        self._of: dict[str, list[SurveyLine]] = defaultdict(list)

    def feed(self, number: int, cells: Row) -> None:
        """Look at one line; keep of it what other lines must agree with."""
        if self._reading.blank(cells):
            return
        line = self._reading.line(number, cells)
        light = replace(line, facts=None, person=None, bad_cells=(*line.bad_cells, *self._also(line)))
        self._lines.append(light)
        if light.household is not None:
            self._of[light.household].append(light)

    def found(self) -> Found:
        """Return what is wrong when all lines were seen."""
        bad = {cell for line in self._lines for cell in line.bad_cells}
        bad.update(bad_within(self._of))
        twice, shared = same_person(self._lines, self._of)
        bad.update(twice)
        wrong = {cell.line for cell in bad}
        blocked = {line.household for line in self._lines if line.line in wrong} | beside_unnumbered(self._lines)
        by_line: dict[int, list[BadCell]] = defaultdict(list)
        for cell in sorted(bad):
            by_line[cell.line].append(self._reading.named(cell))
        return Found(
            bad={line: tuple(cells) for line, cells in by_line.items()},
            blocked=frozenset(number for number in blocked if number is not None),
            warnings=tuple(map(self._reading.named, sorted((*unknown_places(self._lines), *shared)))),
            lengths={number: len(lines) for number, lines in self._of.items()},
        )


class Households:
    """The second time: the good households, each when its last line has come.

    What waits for its last line is held; in a sheet whose households stand together that is one.
    """

    def __init__(self, reading: Reading, found: Found) -> None:
        self._reading = reading
        self._found = found
        self._waiting: dict[str, list[tuple[SurveyLine, Row]]] = defaultdict(list)

    def feed(self, number: int, cells: Row) -> Whole | None:
        """Return the household that is whole now; None for lines that are blank, bad or of one that waits on."""
        if self._reading.blank(cells) or number in self._found.bad:
            return None
        line = self._reading.line(number, cells)
        if line.household is None or line.household in self._found.blocked:
            return None
        waiting = self._waiting[line.household]
        waiting.append((line, cells))
        if len(waiting) < self._found.lengths[line.household]:
            return None
        del self._waiting[line.household]
        rows = tuple(row for _, row in waiting)
        surveyed = household_of([line for line, _ in waiting])
        return Whole(surveyed, self._first(rows, COMMUNITY) or "", self._first(rows, ADDRESS), rows)

    def bad_row(self, number: int, cells: Row) -> tuple[BadCell, ...] | None:
        """Return what to correct in a line of a household that is not taken; None for a line of a good one.

        Lines that are good themselves belong to the sheet of errors too: the household comes back whole.
        """
        if self._reading.blank(cells):
            return None
        if number in self._found.bad:
            return self._found.bad[number]
        line = self._reading.line(number, cells)
        return () if line.household is None or line.household in self._found.blocked else None

    def _first(self, rows: tuple[Row, ...], field: str) -> str | None:
        return next((text for row in rows if (text := self._reading.cell(row, field).text)), None)
