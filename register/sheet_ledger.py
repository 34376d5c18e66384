"""Reading a line of an old ledger (旧台账): who was helped, and what the paper or the former system still knows.

An old ledger says nothing of the facts that the rules look at (labour capacity, marriage, income), so nothing here is
ever judged: what a `Member` must have stands at its plainest value, and `sheet` readers mark the household as not
judged.  What it does say is kept as it was written (`Told`).
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from casework.errors import SaidNo
from casework.household import Marital, Member, Relation, WorkStatus
from casework.resident_id import read_resident_id
from register.sheet_fields import CERTIFIED_ON, CHANNEL, EMPLOYER, EXITED_ON, HELPER, REMARK, STATE
from register.survey import BadCell, SurveyPerson
from register.survey_cells import Cell
from register.survey_columns import (
    BOOKLET,
    HOUSEHOLD,
    NAME,
    OFFICE,
    PHONE,
    RELATION,
    RESIDENT_ID,
    CellFault,
    Columns,
    SurveyLine,
    read_code,
    read_day,
    read_name,
    read_one_of,
    read_phone,
    read_text,
)

TOLD = (CERTIFIED_ON, STATE, HELPER, CHANNEL, EMPLOYER, EXITED_ON, REMARK)
_DAYS = (CERTIFIED_ON, EXITED_ON)
_MUST = (HOUSEHOLD, OFFICE, NAME, RELATION, RESIDENT_ID)
LONGEST = 200

_CODE_20, _CODE_40, _RELATION = read_code(20), read_code(40), read_one_of(Relation)

T = TypeVar("T")


def ledger_reader(day: date) -> Callable[[int, tuple[Cell, ...], Columns], SurveyLine]:
    """Return the reader of lines; `day` is when the ledger is taken in, for it was true at no day one could name."""

    def read(line: int, cells: tuple[Cell, ...], columns: Columns) -> SurveyLine:
        return _read(line, cells, columns, day)

    return read


def _read(line: int, cells: tuple[Cell, ...], columns: Columns, day: date) -> SurveyLine:
    """Read one line; every cell that cannot be taken is named."""
    faults = columns.faults(cells)

    def take(field: str, reads: Callable[[Cell], T]) -> T | None:
        place = columns.places.get(field, len(cells))
        cell = cells[place] if place < len(cells) else Cell("")
        if field in faults or (not cell.text and field not in _MUST):
            return None
        try:
            if not cell.text:
                raise CellFault("不能为空")
            return reads(cell)
        except CellFault as fault:
            faults[field] = str(fault)
        except SaidNo as no:
            faults[field] = no.message
        return None

    household, office, name = take(HOUSEHOLD, _CODE_40), take(OFFICE, _CODE_20), take(NAME, read_name)
    relation, phone = take(RELATION, _RELATION), take(PHONE, read_phone)
    resident = take(RESIDENT_ID, lambda cell: read_resident_id(cell.text))
    booklet = take(BOOKLET, _CODE_40) or "-"
    for field in TOLD:
        if field in _DAYS:
            take(field, _when)
        else:
            take(field, lambda cell: read_text(cell, LONGEST))
    facts = person = None
    if not faults:
        assert resident is not None
        assert name is not None
        facts = Member.model_validate(
            {
                "member_id": "M1", "relation": relation, "sex": resident.sex, "birth_date": resident.birth_date,
                "booklet": booklet, "marital": Marital.SINGLE, "status": WorkStatus.UNREGISTERED_UNEMPLOYED,
            }
        )  # fmt: skip
        person = SurveyPerson("M1", name, resident.number, phone, booklet)
    return SurveyLine(
        line, household, office, day, booklet, relation, resident, facts, person,
        tuple(BadCell(line, column, reason) for column, reason in faults.items()),
    )  # fmt: skip


def told(rows: tuple[tuple[Cell, ...], ...], columns: Columns, width: int) -> dict[str, str]:
    """Return what the lines of one household say of its past, each as its first line says it; days as in ISO."""
    found: dict[str, str] = {}
    for field in TOLD:
        place = columns.places.get(field, width)
        for row in rows:
            cell = row[place] if place < min(width, len(row)) else Cell("")
            if cell.text and field not in found:
                found[field] = _when(cell) if field in _DAYS else cell.text
    return found


def _when(cell: Cell) -> str:
    """Return a day, or a month where an old ledger knows no more: it is shown, never reckoned with."""
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", cell.text):
        return cell.text
    return read_day(cell).isoformat()
