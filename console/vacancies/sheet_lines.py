"""Reading a sheet of vacancies (岗位表), .csv or .xlsx, into entries; wrong cells with line, column and reason.

The bytes are read by the same reader as survey sheets (`register/survey_cells.py`): formulas, merged cells, bombs and
strange encodings are answered there.  Nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from console.typed_values import day
from console.vacancies.reading import LABELS, entry_of, values_of
from desk.vacancies import Entry, same_job
from register.plan import single
from register.survey import SheetUnreadable
from register.survey_cells import MAX_BYTES, Cell, Lines, read_csv
from register.survey_xlsx import read_xlsx
from register.vacancy import CHANNEL_WORDS, DEMAND_WORDS, EDUCATION_WORDS

MOST_LINES = 5_000
FIRST = LABELS["employer"]
COLUMNS = {label: name for name, label in LABELS.items()}
NEEDED = ("employer", "title", "channel", "posts", "pay_fen", "area")
CODES: Mapping[str, Mapping[str, str]] = {
    "channel": {words: code for code, words in CHANNEL_WORDS.items()},
    "education": {words: code for code, words in EDUCATION_WORDS.items()},
}
DEMANDS = {words: code for code, words in DEMAND_WORDS.items()}


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One cell to correct."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a sheet holds: the entries of the right lines, and the wrong lines cell by cell with their own text."""

    header: tuple[str, ...]
    entries: tuple[tuple[int, Entry], ...]
    wrong: tuple[WrongCell, ...]
    bad: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(content: bytes, filename: str, areas: Mapping[str, str]) -> SheetRead:
    """Read a sheet; `areas` are the codes of places one may enter for.  Raises `SheetUnreadable`."""
    sheet = _lines(content, filename)
    places = _places(sheet.header)
    if len(sheet.body) > MOST_LINES:
        raise SheetUnreadable("sheet_too_large", f"一次最多导入{MOST_LINES}行，请拆分后再导入")
    if not sheet.body:
        raise SheetUnreadable("sheet_empty", "表中没有岗位，第1行是列名，从第2行起每行一个岗位")
    entries: list[tuple[int, Entry]] = []
    wrong: list[WrongCell] = []
    bad: list[tuple[int, tuple[str, ...]]] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in sheet.body:
        entry, found = _line(line, cells, places, areas)
        before = seen.setdefault(same_job(entry.vacancy), line) if entry else line
        if before != line:
            found = [WrongCell(line, LABELS["title"], f"与第{before}行是同一岗位，请合并人数后只留一行")]
        if entry is not None and not found:
            entries.append((line, entry))
        else:
            wrong += found
            bad.append((line, tuple(cell.serial.isoformat() if cell.serial else cell.text for cell in cells)))
    header = tuple(cell.text.strip() for cell in sheet.header)
    return SheetRead(header, tuple(entries), tuple(wrong), tuple(bad))


def _lines(content: bytes, filename: str) -> Lines:
    ending = PurePath(filename).suffix.lower()
    if not content:
        raise SheetUnreadable("sheet_empty", "文件是空的")
    if len(content) > MAX_BYTES:
        raise SheetUnreadable("sheet_too_large", f"文件超过{MAX_BYTES // 1024 // 1024}MB，请拆分后再导入")
    if ending == ".csv":
        return read_csv(content)
    if ending == ".xlsx":
        return read_xlsx(content, FIRST)
    raise SheetUnreadable("sheet_format", "只接受.csv和.xlsx；旧版.xls请另存为.xlsx")


def _places(header: tuple[Cell, ...]) -> dict[str, int]:
    """Return where each known column stands; others are left alone."""
    names = [COLUMNS.get(cell.text.strip()) for cell in header]
    missing = [LABELS[name] for name in NEEDED if name not in names]
    if missing:
        raise SheetUnreadable("sheet_columns", f"第1行缺少这些列：{'、'.join(missing)}；列名须与模板一致")
    twice = [LABELS[name] for name in set(names) if name is not None and names.count(name) > 1]
    if twice:
        raise SheetUnreadable("sheet_columns", f"第1行有重复的列：{'、'.join(sorted(twice))}")
    return {name: place for place, name in enumerate(names) if name is not None}


def _line(
    line: int, cells: tuple[Cell, ...], places: Mapping[str, int], areas: Mapping[str, str]
) -> tuple[Entry | None, list[WrongCell]]:
    given: dict[str, str | None] = {}
    faults: dict[str, str] = {}
    for name, place in places.items():
        cell = cells[place] if place < len(cells) else Cell("")
        if cell.fault:
            faults[name] = cell.fault
        given[name] = _said(name, cell) or None
    demands = tuple(DEMANDS.get(word, word) for word in single(given.pop("demands", None) or ""))
    values, wrong = values_of(given, demands)
    wrong |= faults
    if "area" in values and values["area"] not in areas:
        wrong["area"] = f"“{values['area']}”不是您管辖范围内的地区代码，请填机构或县（市、区）的代码"
    entry, mistakes = entry_of(values, wrong)
    return entry, [WrongCell(line, LABELS.get(m.field or "", ""), m.words) for m in mistakes]


def _said(name: str, cell: Cell) -> str:
    """Return a cell as the form would have it: words of a closed list as their code, a date number as its day."""
    if cell.serial is not None and name in ("open_from", "open_until"):
        return day(cell.serial.isoformat())
    return CODES.get(name, {}).get(cell.text, cell.text)
