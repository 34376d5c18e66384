"""How large the sheets of an uploaded workbook are (模板大小), told before the library that fills them opens them.

That library makes an object for every cell, also for each that a merged range hides: a file of a few kilobytes may name
billions.  One pass with expat; document type declarations are refused, a workbook has none.
"""

import zipfile
from xml.parsers import expat

from openpyxl.utils import range_boundaries

_PIECE = 1 << 16


class TooLarge(ValueError):
    """More cells than asked for, or a declaration that no workbook has."""


def require_small(book: zipfile.ZipFile, most_cells: int) -> None:
    """Raise `TooLarge` for a workbook whose parts hold or merge more cells than `most_cells`.

    Every part is looked at, whatever its name; what is no XML is passed over, for nobody reads it as a sheet.
    """
    cells = 0

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells
        local = name.rpartition(":")[2]
        if local == "c":
            cells += 1
        elif local == "mergeCell":
            cells += _covered(attributes.get("ref", ""))
        if cells > most_cells:
            raise TooLarge

    def doctype(*_said: object) -> None:
        raise TooLarge

    for part in book.infolist():
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.StartDoctypeDeclHandler = element, doctype
        with book.open(part) as there:
            try:
                while piece := there.read(_PIECE):
                    parser.Parse(piece, False)
            except expat.ExpatError:
                continue


def _covered(ref: str) -> int:
    left, top, right, bottom = (place or 0 for place in range_boundaries(ref))
    return (right - left + 1) * (bottom - top + 1)
