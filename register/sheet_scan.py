"""One look through a sheet's XML as it is inflated (逐段扫描): what must not be believed, and where it may be cut.

The same findings as `survey_xml.scan_sheet`, faster, for sheets of any length; and every some thousand lines the place
where a line begins, so that the sheet can be read in slices.  Nothing is kept but positions and the sheet's beginning.
"""

import re
from xml.parsers import expat

from register.survey_xml import MAX_RANGES, SheetMarks, area_of, position_of

SLICE_LINES = 10_000
LONGEST_BEGINNING = 1 << 20
"""What stands before the first line (columns, views); a sheet with more is not cut."""
_UTF8 = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml[^>]*?(?:encoding=[\"'](?:utf-8|UTF-8)[\"'][^>]*)?\?>|[A-Za-z])")


class SheetScan:
    """Fed with the pieces of one sheet, an empty one at the end; raises ExpatError or ValueError for a damaged one."""

    def __init__(self) -> None:
        self.marks = SheetMarks()
        self.beginning = b""
        self.ending = b""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _doctype
        self._line = self._column = self._row_line = 0
        self._lines = 0
        self._local: dict[str, str] = {}
        self._letters: dict[str, int] = {}
        self._cuts: list[tuple[int, int]] = []
        self._cut_once = False
        self._whole: bool | None = None
        """Whether the sheet must stay in one piece; None while nothing of it was seen."""

    def feed(self, piece: bytes) -> None:
        if self._whole is None:
            self._whole = _UTF8.match(piece) is None
        if not self._lines:
            self.beginning += piece
            self._whole = self._whole or len(self.beginning) > LONGEST_BEGINNING + len(piece)
        self._parser.Parse(piece, not piece)

    def cuts(self) -> list[tuple[int, int]]:
        """Return, once each, the places found so far: the byte where a line begins, and its number."""
        found, self._cuts = self._cuts, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self._local.get(name)
        if kind is None:
            kind = self._local[name] = name.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes)
        elif kind in ("v", "is"):
            self._reach()
        elif kind == "row":
            self._row(attributes)
        elif kind == "f":
            self._reach()
            self._formula(attributes)
        elif kind in ("worksheet", "sheetData") and not self._lines:
            self.ending = f"</{name}>".encode() + self.ending

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._unordered()
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._letters.get(letters)
            if column is None:
                self._line, self._column = position_of(reference)
                if len(letters) <= 3:
                    self._letters[letters] = self._column
            else:
                line = int(reference[len(letters) :])
                if line < 1:
                    raise ValueError("bad cell reference")
                self._line, self._column = line, column
            if self._line != self._row_line:
                self._unordered()
        if attributes.get("t") == "e":
            self.marks.errors.add((self._line, self._column))
            self._reach()

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        before, self._column = self._row_line, 0
        self._line = self._row_line = int(number) if number else self._line + 1
        if number and self._line <= before:
            self._unordered()
        if not self._lines:
            self.beginning = self.beginning[: self._parser.CurrentByteIndex]
        elif number and self._lines % SLICE_LINES == 0 and not self._whole:
            self._cut_once = True
            self._cuts.append((self._parser.CurrentByteIndex, self._line))
        self._lines += 1

    def _unordered(self) -> None:
        """Lines that do not follow each other by their numbers are read in one piece only."""
        if self._cut_once:
            raise ValueError("lines out of order in a long sheet")
        self._whole = True

    def _formula(self, attributes: dict[str, str]) -> None:
        self.marks.formulas.add((self._line, self._column))
        if "ref" in attributes and attributes.get("t") in ("array", "dataTable"):
            self.marks.formula_ranges.append(area_of(attributes["ref"]))
            if len(self.marks.formula_ranges) > MAX_RANGES:
                raise ValueError("too many array formulas")

    def _reach(self) -> None:
        if self._line > self.marks.last_line:
            self.marks.last_line = self._line
        if self._column > self.marks.last_column:
            self.marks.last_column = self._column


def _doctype(*_: object) -> None:
    raise ValueError("document type declaration")
