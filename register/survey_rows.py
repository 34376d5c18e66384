"""A known household as lines of a survey sheet (排查表的行), prefilled for a visit, that can be read back.  Pure.

Besides the sheet's own columns it has two (社区、走访结果) that `survey_sheet.py` leaves alone and a round reads.  The
day of the survey stays empty: a line without it was not visited.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casework.household import Member
from register.survey import SurveyPerson
from register.survey_cells import Cell, Lines
from register.survey_columns import BOOKLET, COLUMNS, HOUSEHOLD, NAME, OFFICE, PHONE, RELATION, RESIDENT_ID, SURVEYED_ON

COMMUNITY, RESULT = "社区", "走访结果"
SHEET_COLUMNS = (*COLUMNS, COMMUNITY, RESULT)

NOT_MET: Mapping[str, str] = {"搬走": "moved", "无人在家": "nobody", "拒访": "refused"}
"""What may stand under 走访结果 of a household that was not asked about anything."""

Row = dict[str, str]


def rows_of(
    number: str, office: str, community: str, members: Sequence[Member], persons: Sequence[SurveyPerson]
) -> Iterator[Row]:
    """Return the lines of a household, without the day of the survey."""
    for member, person in zip(members, persons, strict=True):
        yield {
            HOUSEHOLD: number,
            OFFICE: office,
            SURVEYED_ON: "",
            BOOKLET: person.booklet_number or member.booklet,
            NAME: person.name,
            RELATION: member.relation.value,
            RESIDENT_ID: person.id_number,
            **facts_of(member),
            PHONE: person.phone or "",
            COMMUNITY: community,
            RESULT: "",
        }


def facts_of(member: Member) -> Row:
    """Return what a sheet says of somebody's life and work."""
    return {
        "户口性质": member.hukou.value,
        "婚姻状况": member.marital.value,
        "共同生活": _yes(member.cohabiting),
        "劳动能力": member.capacity.value,
        "就业愿望": "有" if member.willing else "无",
        "就业失业状态": member.status.value,
        "职工类型": member.track.value if member.track else "",
        "月收入": in_yuan(member.wage_fen),
        "经营性收入": in_yuan(member.business_income_fen),
        "投资性收入": in_yuan(member.investment_income_fen),
        "享受低保": _yes(member.dibao),
        "享受失业保险": _yes(member.unemployment_insurance),
    }


def in_yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def as_lines(rows: Iterable[Mapping[str, str]]) -> Lines:
    """Return typed rows as the lines of a sheet; line 1 is the header."""
    header = tuple(Cell(column) for column in COLUMNS)
    body = tuple(
        (line, tuple(Cell(" ".join(row.get(column, "").split())) for column in COLUMNS))
        for line, row in enumerate(rows, 2)
    )
    return Lines(header, body)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a round reads of one household beside the sheet's own columns."""

    community: str
    result: str
    surveyed_on: str
    line: int


def split_visited(sheet: Lines) -> tuple[Lines, dict[str, Beside]]:
    """Return the lines of the households that were asked, and what stands beside each household of the sheet.

    A household without a day of survey on any of its lines was not visited, or not met; it is not judged.
    """
    names = [cell.text for cell in sheet.header]
    places = {column: names.index(column) for column in SHEET_COLUMNS if column in names}

    def text(cells: tuple[Cell, ...], column: str) -> str:
        place = places.get(column, len(cells))
        return cells[place].text if place < len(cells) else ""

    beside: dict[str, Beside] = {}
    for line, cells in sheet.body:
        number, was = text(cells, HOUSEHOLD), beside.get(text(cells, HOUSEHOLD))
        found = Beside(text(cells, COMMUNITY), text(cells, RESULT), text(cells, SURVEYED_ON), line)
        beside[number] = found if was is None else _together(was, found)
    asked = {n for n, b in beside.items() if not n or (b.surveyed_on and b.result not in NOT_MET)}
    body = tuple((line, cells) for line, cells in sheet.body if text(cells, HOUSEHOLD) in asked)
    return replace(sheet, body=body), {number: b for number, b in beside.items() if number}


def _together(was: Beside, more: Beside) -> Beside:
    """The first line of a household that says something counts."""
    return Beside(
        was.community or more.community, was.result or more.result, was.surveyed_on or more.surveyed_on, was.line
    )


def _yes(value: bool) -> str:
    return "是" if value else "否"
