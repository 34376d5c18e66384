"""Reading a survey sheet (入户摸底排查表), .csv or .xlsx, into households that may be judged.

The lines of one 户编号 belong together wherever they stand.  A household with any bad line is blocked: leaving one
member out would change the answer.  Judging is `register/survey_judging.py`; nothing is written anywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePath

from casework.household import Household, Relation
from register.survey import BadCell, SheetUnreadable, Survey, SurveyHousehold
from register.survey_cells import MAX_BYTES, Lines, read_csv
from register.survey_columns import (
    HOUSEHOLD,
    OFFICE,
    RELATION,
    RESIDENT_ID,
    SURVEYED_ON,
    Columns,
    SurveyLine,
    find_columns,
    read_line,
)
from register.survey_xlsx import read_xlsx

MAX_MEMBERS = 30

Households = dict[str, list[SurveyLine]]


def _silent(done: int, total: int) -> None:
    """Tell nobody how far the reading is."""


def read_survey(content: bytes, filename: str, *, progress: Callable[[int, int], None] = _silent) -> Survey:
    """Read a sheet; the ending of `filename` says how.  `progress` is called with lines done and lines in all.

    Raises `SheetUnreadable` when nothing can be judged: empty, too large, damaged, or a column missing or twice.
    """
    sheet = _read(content, filename)
    columns = find_columns(sheet.header)
    _refuse_header_faults(sheet, columns)
    lines = []
    for done, (number, cells) in enumerate(sheet.body, start=1):
        lines.append(read_line(number, cells, columns))
        progress(done, len(sheet.body))

    households: Households = defaultdict(list)
    for line in lines:
        if line.household is not None:
            households[line.household].append(line)
    bad = {cell for line in lines for cell in line.bad_cells}
    bad.update(_bad_within(households))
    bad.update(_same_person(lines))
    bad_lines = {cell.line for cell in bad}
    blocked = {line.household for line in lines if line.line in bad_lines} | _beside_unnumbered(lines)
    return Survey(
        households=tuple(_household(rows) for number, rows in households.items() if number not in blocked),
        blocked=tuple(number for number in households if number in blocked),
        bad_cells=tuple(sorted(bad, key=lambda cell: (cell.line, _place(cell.column, columns)))),
        warnings=tuple(
            BadCell(line.line, RESIDENT_ID, warning)
            for line in lines
            if line.resident
            for warning in line.resident.warnings
        ),
    )


def _read(content: bytes, filename: str) -> Lines:
    ending = PurePath(filename).suffix.lower()
    if not content:
        raise SheetUnreadable("sheet_empty", "文件是空的")
    if len(content) > MAX_BYTES:
        raise SheetUnreadable("sheet_too_large", f"文件超过{MAX_BYTES // 1024 // 1024}MB，请拆分后再导入")
    if ending == ".csv":
        return read_csv(content)
    if ending == ".xlsx":
        return read_xlsx(content, HOUSEHOLD)
    raise SheetUnreadable("sheet_format", "只接受.csv和.xlsx；旧版.xls请另存为.xlsx")


def _refuse_header_faults(sheet: Lines, columns: Columns) -> None:
    faulty = tuple(columns.name(place) for place, cell in enumerate(sheet.header) if cell.fault)
    if faulty:
        raise SheetUnreadable(
            "sheet_columns", f"第1行的列名不能是公式或合并单元格：{'、'.join(faulty)}", columns=faulty
        )


def _bad_within(households: Households) -> Iterable[BadCell]:
    """Check what the lines of one household must be to each other."""
    for rows in households.values():
        first = rows[0]
        if first.relation not in (None, Relation.APPLICANT):
            yield BadCell(first.line, RELATION, "每户的第一行应是申请人（本人）；请核对户编号和顺序")
        for row in rows[1:]:
            if row.relation is Relation.APPLICANT:
                yield BadCell(row.line, RELATION, "一户只能有一名本人；请核对户编号")
            if None not in (row.surveyed_on, first.surveyed_on) and row.surveyed_on != first.surveyed_on:
                yield BadCell(row.line, SURVEYED_ON, f"与本户第{first.line}行的调查日期不一致")
            if None not in (row.office, first.office) and row.office != first.office:
                yield BadCell(row.line, OFFICE, f"与本户第{first.line}行的受理机构不一致")
        for row in rows[MAX_MEMBERS:]:
            yield BadCell(row.line, HOUSEHOLD, f"一户超过{MAX_MEMBERS}人，请核对户编号")


def _same_person(lines: list[SurveyLine]) -> Iterable[BadCell]:
    """Find ID numbers that stand on more than one line, in one household or in two."""
    by_number: dict[str, list[SurveyLine]] = defaultdict(list)
    for line in lines:
        if line.resident is not None:
            by_number[line.resident.number].append(line)
    for rows in by_number.values():
        for row in rows if len(rows) > 1 else ():
            others = "、".join(str(other.line) for other in rows if other is not row)
            yield BadCell(row.line, RESIDENT_ID, f"同一身份证号还出现在第{others}行；一人在一张表中只能出现一次")


def _beside_unnumbered(lines: list[SurveyLine]) -> set[str | None]:
    """Return the households to which a line without a usable 户编号 may belong.

    Such a line is somebody's member, and judging without it could change the answer: the household of the line before
    (unless this is an applicant's line, which begins one) and those with the same booklet are not judged.
    """
    touched: set[str | None] = set()
    booklets: set[str] = set()
    before: str | None = None
    for line in lines:
        if line.household is not None:
            before = line.household
            continue
        if line.relation is not Relation.APPLICANT:
            touched.add(before)
        else:
            before = None
        if line.booklet is not None:
            booklets.add(line.booklet)
    return touched | {line.household for line in lines if line.booklet in booklets}


def _household(rows: list[SurveyLine]) -> SurveyHousehold:
    """Give member ids in sheet order and replace booklet numbers by labels that identify nobody."""
    first = rows[0]
    labels: dict[str, str] = {}
    members, persons = [], []
    for position, row in enumerate(rows, start=1):
        assert row.facts is not None  # blocked otherwise
        assert row.person is not None
        label = labels.setdefault(row.facts.booklet, f"B{len(labels) + 1}")
        members.append(row.facts.model_copy(update={"member_id": f"M{position}", "booklet": label}))
        persons.append(replace(row.person, member_id=f"M{position}"))
    assert first.household is not None
    assert first.office is not None
    assert first.surveyed_on is not None
    return SurveyHousehold(
        number=first.household,
        office=first.office,
        surveyed_on=first.surveyed_on,
        household=Household(members=tuple(members)),
        persons=tuple(persons),
        lines=tuple(row.line for row in rows),
    )


def _place(column: str, columns: Columns) -> int:
    return columns.places.get(column, len(columns.names))
