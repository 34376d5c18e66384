"""The visit list as a sheet (走访表.xlsx): the survey sheet's own columns prefilled, to be filled in and read back.

Every cell is text, so that numbers keep their digits and nothing runs as a formula.  Names stand whole in it: it is
made after a logged reason only, and its file name tells nothing.
"""

import io
from collections.abc import Iterable, Iterator

import xlsxwriter

from casework.household import Capacity, Hukou, Marital, Relation, Track, WorkStatus
from records.known_households import Known
from records.survey_rounds import Round
from records.survey_visits import Visit
from register.survey import SurveyPerson
from register.survey_columns import HOUSEHOLD, OFFICE
from register.survey_rows import COMMUNITY, NOT_MET, RESULT, SHEET_COLUMNS, Row, rows_of

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOICES = {
    "与申请人关系": [r.value for r in Relation],
    "户口性质": [h.value for h in Hukou],
    "婚姻状况": [m.value for m in Marital],
    "共同生活": ["是", "否"],
    "劳动能力": [c.value for c in Capacity],
    "就业愿望": ["有", "无"],
    "就业失业状态": [s.value for s in WorkStatus],
    "职工类型": [t.value for t in Track],
    "享受低保": ["是", "否"],
    "享受失业保险": ["是", "否"],
    RESULT: ["未变", "有变", *NOT_MET],
}


def visit_sheet(one: Round, households: Iterable[tuple[Visit, Known]], communities: Iterable[str]) -> bytes:
    """Return the workbook: known households first, then blank lines for those that are found."""
    rows = [row for visit, known in households for row in _rows(visit, known)]
    rows += _free(one, tuple(communities))
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("走访表")
    head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 5)
    sheet.set_column(0, len(SHEET_COLUMNS) - 1, 12, text)
    sheet.set_column(6, 6, 21, text)
    for place, column in enumerate(SHEET_COLUMNS):
        sheet.write_string(0, place, column, head)
        if column in CHOICES and len(rows):
            sheet.data_validation(1, place, len(rows), place, {"validate": "list", "source": CHOICES[column]})
    for line, row in enumerate(rows, 1):
        for place, column in enumerate(SHEET_COLUMNS):
            sheet.write_string(line, place, row.get(column, ""), text)
    book.close()
    return out.getvalue()


def _rows(visit: Visit, known: Known) -> Iterator[Row]:
    people = [SurveyPerson(p.member_id, p.name, p.id_number, p.phone, p.booklet or "") for p in known.persons]
    return rows_of(visit.number, visit.office, visit.community, known.household.members, people)


def _free(one: Round, communities: tuple[str, ...]) -> Iterator[Row]:
    """Lines with a number of their own; a household of several people repeats its number."""
    for n in range(1, one.free_lines + 1):
        community = communities[0] if len(communities) == 1 else ""
        yield {HOUSEHOLD: f"新{one.round_id[:6]}-{n}", OFFICE: one.office, COMMUNITY: community}
