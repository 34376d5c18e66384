"""What the XML of an .xlsx workbook says that its values do not: where formulas and errors stand, how far it reaches.

One pass with expat over each sheet, keeping positions only.  Document type declarations are refused: a workbook has
none, and they are how XML bombs are made.
"""

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from register.survey_cells import FORMULA, MAX_COLUMNS, MAX_LINES

WORKBOOK = "xl/workbook.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
ERROR_VALUE = "是错误值（如#N/A）；请改为实际内容"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
MAX_RANGES = 200
"""Each cell is held against each range; a survey has no array formulas at all."""
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets by name with their parts, in order, and the day from which bare day numbers count."""

    sheets: tuple[tuple[str, str], ...]
    epoch: date
    hidden: frozenset[str] = frozenset()
    """Names of sheets that nobody sees who opens the workbook."""


@dataclass(slots=True)
class SheetMarks:
    """Positions (line, column), both from 1, that must not be believed, and the last ones with anything in them."""

    last_line: int = 0
    last_column: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    formula_ranges: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: set[tuple[int, int]] = field(default_factory=set)

    def fault(self, line: int, column: int) -> str | None:
        """Return why the cell must not be believed, or None."""
        if (line, column) in self.formulas or any(
            top <= line <= bottom and left <= column <= right for top, left, bottom, right in self.formula_ranges
        ):
            return FORMULA
        return ERROR_VALUE if (line, column) in self.errors else None

    def reach(self, line: int, column: int) -> None:
        """Remember that this cell holds something."""
        self.last_line = max(self.last_line, line)
        self.last_column = max(self.last_column, column)


def scan_workbook(parts: dict[str, bytes]) -> Workbook:
    """Return the sheets a workbook lists.  Raises KeyError or ValueError for a workbook that does not hold together."""
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []
    hidden: set[str] = set()
    epoch = EPOCH_1900

    def link(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes["Target"]
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[attributes["Id"]] = posixpath.normpath(path)

    def sheet(name: str, attributes: dict[str, str]) -> None:
        nonlocal epoch
        if name == "sheet":
            link_id = next(value for key, value in attributes.items() if key.rpartition(" ")[2] == "id")
            named.append((attributes["name"], link_id))
            if attributes.get("state", "visible") != "visible":
                hidden.add(attributes["name"])
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = EPOCH_1904

    _parse(parts[WORKBOOK_LINKS], link)
    _parse(parts[WORKBOOK], sheet)
    sheets = tuple((name, targets[link_id]) for name, link_id in named if "worksheets/" in targets[link_id])
    if not sheets or len(dict(sheets)) != len(sheets):
        raise ValueError("no worksheet, or two of one name")
    return Workbook(sheets, epoch, frozenset(hidden))


def scan_sheet(part: bytes | Iterable[bytes]) -> SheetMarks:
    """Return where formulas and error values stand in a worksheet part, whole or as it is inflated."""
    marks = SheetMarks()
    line = column = 0

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal line, column
        if name == "row":
            line, column = int(attributes.get("r", line + 1)), 0
        elif name == "c":
            line, column = position_of(attributes["r"]) if "r" in attributes else (line, column + 1)
            if attributes.get("t") == "e":
                marks.errors.add((line, column))
                marks.reach(line, column)
        elif name in ("v", "is"):
            marks.reach(line, column)
        elif name == "f":
            marks.reach(line, column)
            marks.formulas.add((line, column))
            if "ref" in attributes and attributes.get("t") in ("array", "dataTable"):
                marks.formula_ranges.append(area_of(attributes["ref"]))
                if len(marks.formula_ranges) > MAX_RANGES:
                    raise ValueError("too many array formulas")

    _parse(part, element)
    return marks


def _parse(part: bytes | Iterable[bytes], element: Callable[[str, dict[str, str]], None]) -> None:
    """Call `element` with the local name and the attributes of every element."""

    def start(name: str, attributes: dict[str, str]) -> None:
        element(name.rpartition(" ")[2], attributes)

    def doctype(*_: object) -> None:
        raise ValueError("document type declaration")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    for piece in (part,) if isinstance(part, bytes) else part:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def position_of(reference: str) -> tuple[int, int]:
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError("bad cell reference")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def area_of(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    top, left = position_of(first)
    bottom, right = position_of(last or first)
    return top, left, min(bottom, MAX_LINES), min(right, MAX_COLUMNS)
