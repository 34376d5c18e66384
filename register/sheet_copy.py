"""A workbook's safe copy (工作簿的副本): every part looked through piece by piece, long sheets cut into slices.

A workbook is never inflated whole.  What passes is packed again as a workbook of this file's own making, in which a
long sheet is several: calamine holds one of them at a time.  Reading their lines is `sheet_book.py`.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO
from xml.sax.saxutils import quoteattr

import python_calamine

from register.sheet_scan import SheetScan
from register.survey import SheetUnreadable
from register.survey_cells import MAX_COLUMNS
from register.survey_xlsx import MAX_PARTS
from register.survey_xml import EPOCH_1904, WORKBOOK, WORKBOOK_LINKS, SheetMarks, scan_workbook

MOST_LINES = 200_000
"""A province's survey has some hundred thousand lines; more are imported in parts."""
MOST_INFLATED = 500 * 1024 * 1024
MOST_AT_ONCE = 100 * 1024 * 1024
"""Parts other than sheets are held whole: texts, styles, links."""

_PIECE = 1 << 18
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """One sheet: whether it is hidden, what must not be believed, and its slices with the line each begins at."""

    hidden: bool
    marks: SheetMarks
    slices: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BookCopy:
    """The copy: a book to get the slices from, the day from which day numbers count, the sheets in their order."""

    book: python_calamine.CalamineWorkbook
    epoch: date
    sheets: tuple[SheetCopy, ...]


def safe_copy(content: bytes) -> BookCopy:
    """Look through all parts while copying them; nothing is held inflated but small parts."""
    copy, copied, left = io.BytesIO(), dict[str, SheetCopy](), MOST_INFLATED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {posixpath.normpath(e.filename.lstrip("/")): e for e in archive.infolist()}
        if len(archive.infolist()) > MAX_PARTS:
            raise SheetUnreadable("sheet_too_large", "工作簿内容过多，请删去多余内容后再导入。")
        if len(entries) != len(archive.infolist()) or any(e.flag_bits & 0x1 for e in entries.values()):
            raise zipfile.BadZipFile
        workbook = scan_workbook({name: _whole(archive, entries[name]) for name in (WORKBOOK, WORKBOOK_LINKS)})
        sheets = {path: (place, name) for place, (name, path) in enumerate(workbook.sheets)}
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            for path, entry in entries.items():
                if not path.lower().endswith((".xml", ".rels")) or path in (WORKBOOK, WORKBOOK_LINKS):
                    continue
                left -= entry.file_size
                if left < 0:
                    raise _too_large()
                if path in sheets:
                    place, name = sheets[path]
                    marks, slices = _copied(archive, entry, out, place)
                    copied[name] = SheetCopy(name in workbook.hidden, marks, slices)
                elif not path.startswith("xl/worksheets/"):
                    out.writestr(path, _whole(archive, entry))
            ordered = tuple(copied[name] for name, _ in workbook.sheets)
            _listed(out, [name for sheet in ordered for name, _ in sheet.slices], workbook.epoch)
    copy.seek(0)
    return BookCopy(python_calamine.load_workbook(copy), workbook.epoch, ordered)


def _copied(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, out: zipfile.ZipFile, place: int
) -> tuple[SheetMarks, tuple[tuple[str, int], ...]]:
    """Copy a sheet while it is looked through; a slice ends where the next one's first line begins."""
    scan, slices, written, held = SheetScan(), [(f"s{place}", 1)], 0, b""
    with archive.open(entry) as there:
        here: IO[bytes] = out.open(_part(slices[0][0]), "w", force_zip64=True)
        try:
            for piece in _pieces(there):
                scan.feed(piece)
                data = held + piece
                for offset, line in scan.cuts():
                    here.write(data[: offset - written])
                    here.write(scan.ending)
                    here.close()
                    slices.append((f"s{place}-{len(slices)}", line))
                    here = out.open(_part(slices[-1][0]), "w", force_zip64=True)
                    here.write(scan.beginning)
                    data, written = data[offset - written :], offset
                # A tag may begin in this piece and end in the next, where it is found: one piece is kept back.
                ready = len(data) - len(piece) if piece else len(data)
                if ready > 0:
                    here.write(data[:ready])
                    data, written = data[ready:], written + ready
                held = data
        finally:
            here.close()
    marks = scan.marks
    if marks.last_line > MOST_LINES:
        raise too_long()
    if marks.last_column > MAX_COLUMNS:
        raise too_wide()
    return marks, tuple(slices)


def _pieces(there: IO[bytes]) -> Iterator[bytes]:
    while piece := there.read(_PIECE):
        yield piece
    yield b""


def _part(name: str) -> str:
    return f"xl/worksheets/{name}.xml"


def _listed(out: zipfile.ZipFile, names: list[str], epoch: date) -> None:
    """Write the list of the slices as that of the workbook's sheets."""
    sheets = "".join(f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='rId{n}'/>" for n, name in enumerate(names, 1))
    counts = "<workbookPr date1904='1'/>" if epoch == EPOCH_1904 else "<workbookPr/>"
    head = f"<workbook xmlns='{_MAIN}' xmlns:r='{_OFFICE}'>"
    out.writestr(WORKBOOK, f"{head}{counts}<sheets>{sheets}</sheets></workbook>")
    links = "".join(
        f"<Relationship Id='rId{n}' Type='{_OFFICE}/worksheet' Target='worksheets/{name}.xml'/>"
        for n, name in enumerate(names, 1)
    )
    out.writestr(WORKBOOK_LINKS, f"<Relationships xmlns='{_LINKS}'>{links}</Relationships>")


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > MOST_AT_ONCE:
        raise _too_large()
    return archive.read(entry)


def _too_large() -> SheetUnreadable:
    return SheetUnreadable("sheet_too_large", "工作簿展开后过大，请删去多余内容后再导入。")


def too_long() -> SheetUnreadable:
    return SheetUnreadable("sheet_too_large", f"表格超过{MOST_LINES}行，请拆分后再导入。")


def too_wide() -> SheetUnreadable:
    return SheetUnreadable("sheet_too_large", f"表格超过{MAX_COLUMNS}列，请删去右边多余的列后再导入。")
