"""Judging the households of a survey sheet by a policy, and the two tables an office gets back.

The tables are text for a file, with names of people in them: whoever asks for one must be allowed to see them.  The
rule itself is `casework/eligibility.py`.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from casework.eligibility import Assessment, assess
from policies.schema import Policy
from register.survey import BadCell, SurveyHousehold

RESULT_COLUMNS = ("household", "outcome", "reason", "counted_members", "base_members")
ERROR_COLUMNS = ("line", "column", "reason")
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What the policy makes of one household on its survey date; the names stand in the order of the sheet."""

    household: str
    assessment: Assessment
    counted_names: tuple[str, ...] = field(repr=False)
    base_names: tuple[str, ...] = field(repr=False)


def judge(surveyed: SurveyHousehold, policy: Policy) -> SurveyResult:
    """Judge one household on its 调查日期."""
    names = {person.member_id: person.name for person in surveyed.persons}
    assessment = assess(surveyed.household, policy, surveyed.surveyed_on)
    return SurveyResult(
        household=surveyed.number,
        assessment=assessment,
        counted_names=tuple(names[member_id] for member_id in assessment.counted),
        base_names=tuple(names[member_id] for member_id in assessment.base),
    )


def results_table(results: Iterable[SurveyResult]) -> str:
    """Return the results as CSV text, one line per household, names joined by "|".

    No cell can be run as a formula: the reader of the sheet refuses numbers and names that begin like one.
    """
    return _table(
        RESULT_COLUMNS,
        (
            (
                result.household,
                result.assessment.outcome.value,
                result.assessment.reason.value,
                SEPARATOR.join(result.counted_names),
                SEPARATOR.join(result.base_names),
            )
            for result in results
        ),
    )


def errors_table(bad_cells: Iterable[BadCell]) -> str:
    """Return the bad cells as CSV text, one line per cell; line 1 of a sheet is its header."""
    return _table(ERROR_COLUMNS, ((str(cell.line), _plain(cell.column), cell.reason) for cell in bad_cells))


def _plain(column: str) -> str:
    """A column beyond the known ones is named by the sheet's own header: do not let it be run as a formula."""
    return column if column[:1].isalnum() else f"列“{column}”"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
