"""An imported sheet's lines checked and put together as households (逐行核对), however many there are.

Twice over the same lines: `LineCheck` is fed all of them, keeps little of each, and then knows which households are
blocked; `Households` is fed them again and hands out each good household when its last line has come.  What one line
may say is `survey_columns.py` for a survey and `sheet_ledger.py` for an old ledger; what lines must be to each other is
`survey_sheet.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from casework.place_names import ONLY_THE_COMMUNITY, community_name, names_a_door
from register.sheet_fields import ADDRESS, COMMUNITY, FIELDS, Kind, Mapped, plain_name
from register.sheet_passed import passed_over
from register.sheet_tidying import ReadAs, read_as, tidy_of
from register.survey import BadCell, SurveyHousehold
from register.survey_cells import Cell, text_cell
from register.survey_columns import RESIDENT_ID, CellFault, Columns, SurveyLine, read_line, read_text
from register.survey_sheet import bad_within, beside_unnumbered, household_of, same_person, unknown_places

Row = tuple[Cell, ...]
ReadLine = Callable[[int, Row, Columns], SurveyLine]
LineCheckMore = Callable[[SurveyLine], Iterable[BadCell]]

NOWHERE = 100_000
"""The place of a field that the sheet does not say: beyond every line."""
_EMPTY = Cell("")
LONGEST_COMMUNITY, LONGEST_ADDRESS = 60, 200


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a sheet, and how many lines each of its households has; line numbers are the sheet's own."""

    bad: dict[int, tuple[BadCell, ...]]
    blocked: frozenset[str]
    warnings: tuple[BadCell, ...]
    lengths: dict[str, int]
    read_as: tuple[tuple[ReadAs, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A household of the sheet, with what only the register keeps of it.

    `rows` are its lines as they stand, `read` the same as they were read.
    """

    surveyed: SurveyHousehold
    community: str
    address: str | None
    rows: tuple[Row, ...]
    read: tuple[Row, ...]


class Reading:
    """How the lines of one sheet are read: its columns, and what was said once for the whole."""

    def __init__(self, kind: Kind, mapped: Mapped, read: ReadLine = read_line) -> None:
        self.width = len(mapped.titles)
        self._said = tuple((name, text_cell(value)) for name, value in mapped.whole.items() if value)
        places = {field.name: NOWHERE for field in FIELDS[kind]} | dict(mapped.places)
        names = mapped.titles
        for number, (name, _) in enumerate(self._said):
            places[name] = self.width + number
            names = (*names, "")
        self.columns = Columns(places, names)
        self._read = read
        self._own = frozenset(range(self.width)) - frozenset(places.values())
        self._tidy = tuple(
            (place, f, tidy)
            for f, place in places.items()
            if place < NOWHERE and (tidy := tidy_of(f, plain_name(names[place])))
        )

    def row(self, cells: Row, noted: Counter[ReadAs] | None = None) -> Row:
        """Return a line as wide as the header, then what was said for the whole sheet, then what is too much.

        Its words are those the rules know; what was read as what is counted in `noted`.
        """
        padded = cells[: self.width] + (_EMPTY,) * (self.width - len(cells))
        row = [*padded, *(cell for _, cell in self._said), *cells[self.width :]]
        for place, field, tidy in self._tidy:
            was = row[place]
            if was.text and (now := tidy(was)) is not was:
                row[place] = now
                if noted is not None and now.fault is None:
                    noted[read_as(field, was, now)] += 1
        return tuple(row)

    def cell(self, row: Row, field: str) -> Cell:
        """Return what a line, as `row` returned it, says of a field."""
        place = self.columns.places[field]
        return row[place] if place < len(row) else _EMPTY

    def blank(self, cells: Row) -> bool:
        """Say whether a line holds nothing of the fields that the sheet says: a running number filled too far down."""
        return all(cell.blank or place in self._own for place, cell in enumerate(cells))

    def passed(self, cells: Row) -> str | None:
        """Say why a line is nobody's: empty for a blank one, words for a header again, a total, a note; None if not."""
        if self.blank(cells):
            return ""
        place = self.columns.places[RESIDENT_ID]
        return passed_over(cells, self.columns.names[: self.width], place)

    def line(self, number: int, row: Row) -> SurveyLine:
        """Read one line, as `row` returned it, the community and the address too."""
        found = self._read(number, row, self.columns)
        more = [
            BadCell(number, field, reason)
            for field, longest in ((COMMUNITY, LONGEST_COMMUNITY), (ADDRESS, LONGEST_ADDRESS))
            if (reason := self._wrong(row, field, longest)) is not None
        ]
        if not more:
            return found
        kept = [cell for cell in found.bad_cells if cell.column not in (COMMUNITY, ADDRESS)]
        return replace(found, facts=None, person=None, bad_cells=(*kept, *more))

    def named(self, bad: BadCell) -> BadCell:
        """Return a bad cell under the title that its column has in the sheet."""
        place = self.columns.places.get(bad.column, NOWHERE)
        title = self.columns.names[place] if place < self.width else ""
        return replace(bad, column=title or bad.column)

    def _wrong(self, row: Row, field: str, longest: int) -> str | None:
        cell = self.cell(row, field)
        if cell.fault:
            return cell.fault
        if not cell.text:
            return "不能为空" if field == COMMUNITY else None
        if field == COMMUNITY:
            cell = Cell(community_name(cell.text))
        try:
            read_text(cell, longest)
        except CellFault as fault:
            return str(fault)
        return ONLY_THE_COMMUNITY if field == COMMUNITY and names_a_door(cell.text) else None


_SHARED = ("household", "office", "surveyed_on", "booklet")
"""What a line mostly says as the line before it does; of many lines it is held once."""


class LineCheck:
    """The first time over the lines."""

    def __init__(self, reading: Reading, also: LineCheckMore = lambda _: ()) -> None:
        self._reading = reading
        self._also = also
        self._lines: list[SurveyLine] = []
        self._noted: Counter[ReadAs] = Counter()
        self._passed: list[BadCell] = []
        self._of: dict[str, list[SurveyLine]] = defaultdict(list)

    def feed(self, number: int, cells: Row) -> None:
        """Look at one line; keep of it what other lines must agree with."""
        if (passed := self._reading.passed(cells)) is not None:
            if passed:
                self._passed.append(BadCell(number, "整行", passed))
            return
        line = self._reading.line(number, self._reading.row(cells, self._noted))
        bad = (*line.bad_cells, *self._also(line))
        before = self._lines[-1] if self._lines else line
        same = {name: getattr(before, name) for name in _SHARED if getattr(before, name) == getattr(line, name)}
        light = replace(line, facts=None, person=None, bad_cells=bad, **same)
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
            warnings=tuple(map(self._reading.named, sorted((*unknown_places(self._lines), *shared, *self._passed)))),
            lengths={number: len(lines) for number, lines in self._of.items()},
            read_as=tuple(sorted(self._noted.items())),
        )


class Households:
    """The second time: the good households, each when its last line has come.

    What waits for its last line is held; in a sheet whose households stand together that is one.
    """

    def __init__(self, reading: Reading, found: Found) -> None:
        self._reading = reading
        self._found = found
        self._waiting: dict[str, list[tuple[SurveyLine, Row, Row]]] = defaultdict(list)

    def feed(self, number: int, cells: Row) -> Whole | tuple[BadCell, ...] | None:
        """Take one line: the household that is whole now, or what to correct in a line of one that is not taken.

        None for a line that is blank or of a household that waits on.  Lines that are good themselves belong to the
        sheet of errors too: the household comes back whole.
        """
        if self._reading.passed(cells) is not None:
            return None
        if number in self._found.bad:
            return self._found.bad[number]
        row = self._reading.row(cells)
        line = self._reading.line(number, row)
        if line.household is None or line.household in self._found.blocked:
            return ()
        waiting = self._waiting[line.household]
        waiting.append((line, row, cells))
        if len(waiting) < self._found.lengths[line.household]:
            return None
        del self._waiting[line.household]
        rows = tuple(row for _, row, _ in waiting)
        surveyed = household_of([line for line, _, _ in waiting])
        community, address = community_name(self._first(rows, COMMUNITY) or ""), self._first(rows, ADDRESS)
        return Whole(surveyed, community, address, tuple(cells for _, _, cells in waiting), rows)

    def _first(self, rows: tuple[Row, ...], field: str) -> str | None:
        return next((text for row in rows if (text := self._reading.cell(row, field).text)), None)
