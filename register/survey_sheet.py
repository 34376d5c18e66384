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
    return survey_of(read_sheet(content, filename), progress=progress)


def survey_of(sheet: Lines, *, progress: Callable[[int, int], None] = _silent) -> Survey:
    """Read the lines of a sheet, from a file or typed into a page, as `read_survey` does."""
    columns = find_columns(sheet.header)
    _refuse_header_faults(sheet, columns)
    lines = []
    body = [(number, cells) for number, cells in sheet.body if not columns.blank(cells)]
    for done, (number, cells) in enumerate(body, start=1):
        lines.append(read_line(number, cells, columns))
        progress(done, len(body))

    households: Households = defaultdict(list)
    for line in lines:
        if line.household is not None:
            households[line.household].append(line)
    bad = {cell for line in lines for cell in line.bad_cells}
    bad.update(bad_within(households))
    twice, shared = same_person(lines, households)
    bad.update(twice)
    bad_lines = {cell.line for cell in bad}
    blocked = {line.household for line in lines if line.line in bad_lines} | beside_unnumbered(lines)
    return Survey(
        households=tuple(household_of(rows) for number, rows in households.items() if number not in blocked),
        blocked=tuple(number for number in households if number in blocked),
        bad_cells=tuple(sorted(bad, key=lambda cell: (cell.line, _place(cell.column, columns)))),
        warnings=tuple(sorted((*unknown_places(lines), *shared))),
    )


def read_sheet(content: bytes, filename: str) -> Lines:
    """Return the lines of a file as they stand; raises `SheetUnreadable`."""
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


def bad_within(households: Households) -> Iterable[BadCell]:
    """Check what the lines of one household must be to each other."""
    for rows in households.values():
        first = rows[0]
        if first.relation not in (None, Relation.APPLICANT):
            yield BadCell(first.line, RELATION, "每户的第一行应是申请人（本人）；请核对户编号和顺序")
        for row in rows[1:]:
            if row.relation is Relation.APPLICANT:
                yield BadCell(row.line, RELATION, "一户只能有一名本人（或户主）；请核对户编号")
            if None not in (row.surveyed_on, first.surveyed_on) and row.surveyed_on != first.surveyed_on:
                yield BadCell(row.line, SURVEYED_ON, f"与本户第{first.line}行的调查日期不一致")
            if None not in (row.office, first.office) and row.office != first.office:
                yield BadCell(row.line, OFFICE, f"与本户第{first.line}行的受理机构不一致")
        for row in rows[MAX_MEMBERS:]:
            yield BadCell(row.line, HOUSEHOLD, f"一户超过{MAX_MEMBERS}人，请核对户编号")


def unknown_places(lines: list[SurveyLine]) -> Iterable[BadCell]:
    for line in lines:
        for warning in line.resident.warnings if line.resident else ():
            yield BadCell(line.line, RESIDENT_ID, warning)


def same_person(lines: list[SurveyLine], households: Households) -> tuple[list[BadCell], list[BadCell]]:
    """Return (bad cells, warnings) of ID numbers that stand on more than one line.

    A parent of another booklet may belong to the households of several children (A27): that is a warning for the
    county, as long as no household has the person twice and at most one has the person in the applicant's booklet.
    """
    bad: list[BadCell] = []
    warnings: list[BadCell] = []
    by_number: dict[str, list[SurveyLine]] = defaultdict(list)
    for line in lines:
        if line.resident is not None:
            by_number[line.resident.number].append(line)
    for rows in by_number.values():
        if len(rows) == 1:
            continue
        of_several = {row.household for row in rows}
        at_home = [row for row in rows if not _parent_elsewhere(row, households)]
        allowed = len(of_several) == len(rows) and len(at_home) <= 1
        for row in rows:
            others = "、".join(str(other.line) for other in rows if other is not row)
            if allowed:
                words = f"同一身份证号还出现在第{others}行：不在申请人户口簿上的父母可计入几个子女的家庭，请县级留意"
            else:
                words = f"同一身份证号还出现在第{others}行；一人在一张表中只能出现一次"
            (warnings if allowed else bad).append(BadCell(row.line, RESIDENT_ID, words))
    return bad, warnings


def _parent_elsewhere(row: SurveyLine, households: Households) -> bool:
    """Say whether the line is the applicant's father or mother, with a booklet that is not the applicant's."""
    if row.household is None or row.relation not in (Relation.FATHER, Relation.MOTHER):
        return False
    home = households[row.household][0].booklet
    return None not in (row.booklet, home) and row.booklet != home


def beside_unnumbered(lines: list[SurveyLine]) -> set[str | None]:
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


def household_of(rows: list[SurveyLine]) -> SurveyHousehold:
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
