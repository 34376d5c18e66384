"""What a survey sheet (入户摸底排查表) becomes: households to judge, persons beside them, bad cells, and its errors.

Only shapes live here; reading is `register/survey_sheet.py`, judging `register/survey_judging.py`.  Personal data
(names, ID numbers, phones, booklet numbers) stays in `SurveyPerson`, apart from the facts that the rules look at.
"""

from dataclasses import dataclass, field
from datetime import date

from casework.errors import SaidNo
from casework.household import Household


@dataclass(frozen=True, slots=True)
class SurveyPerson:
    """Who a member id stands for.  Hidden from `repr`, so that no log line or traceback shows it."""

    member_id: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str | None = field(repr=False)
    booklet_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SurveyHousehold:
    """One household of the sheet, all of whose rows were good.

    `number` is its 户编号, `office` the 受理机构, `surveyed_on` the 调查日期; `persons` and `lines` (line 1 is the
    header) stand in the order of `household.members`.
    """

    number: str
    office: str
    surveyed_on: date
    household: Household
    persons: tuple[SurveyPerson, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class BadCell:
    """One cell that cannot be taken as it is.  `reason` says how to put it right and never repeats the cell."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """A sheet that could be read.  `blocked` are the 户编号 of households with a bad row: they are not judged."""

    households: tuple[SurveyHousehold, ...]
    blocked: tuple[str, ...]
    bad_cells: tuple[BadCell, ...]
    warnings: tuple[BadCell, ...]


class SheetUnreadable(SaidNo):
    """The sheet as a whole cannot be read: nothing is judged.

    Codes: sheet_empty, sheet_too_large, sheet_format, sheet_encoding, sheet_damaged, sheet_columns, sheet_ambiguous.
    """

    def __init__(self, code: str, message: str, *, columns: tuple[str, ...] = ()) -> None:
        super().__init__(code, message, field="sheet", details={"columns": list(columns)} if columns else None)
