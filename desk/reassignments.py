"""Reassignment (改派) of one household or of many: every row is a step of its own, with its own reason and result.

Rows are taken in order, and each remembers its own key, so that the same list sent again after a cut goes on where it
was.  What one row is refused for concerns no other row; when the engine or the record is away the rest is left for the
next time.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from casework.errors import CaseworkError, SaidNo
from desk.bodies import Body, body_of
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk
from desk.steps import take_step
from records.errors import RecordUnavailable
from records.helper_loads import HelperLoad, helpers_with_loads

MOST_ROWS = 200
STEP = "assign_helper"


class Outcome(StrEnum):
    """What became of a row."""

    DONE = "done"
    REFUSED = "refused"
    PENDING = "pending"
    NOT_TRIED = "not_tried"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Outcome.DONE: "已改派",
    Outcome.REFUSED: "不予办理",
    Outcome.PENDING: "已受理，正在写入记录",
    Outcome.NOT_TRIED: "尚未办理",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One household, its new helper, and why."""

    case_id: str
    helper: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row: the number of its event, or the no."""

    row: Row
    outcome: Outcome
    seq: int | None = None
    no: CaseworkError | None = None


async def reassign(desk: Desk, caller: Caller, rows: Sequence[Row], key: str, now: datetime) -> tuple[RowResult, ...]:
    """Give each household its new helper; raises `SaidNo` (case_repeated) before anything is done."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if row.case_id in seen:
            raise SaidNo(
                "case_repeated", f"个案 {row.case_id} 在清单中出现两次，请只留一行。", field=f"rows[{number}].case_id"
            )
        seen.add(row.case_id)
    return tuple([result async for result in _results(desk, caller, rows, key, now)])


async def _results(
    desk: Desk, caller: Caller, rows: Sequence[Row], key: str, now: datetime
) -> AsyncIterator[RowResult]:
    away: CaseworkError | None = None
    for row in rows:
        if away is not None:
            yield RowResult(row, Outcome.NOT_TRIED, no=away)
            continue
        try:
            done = await take_step(desk, caller, row.case_id, STEP, _body(row), _key(key, row), now=now)
            yield RowResult(row, Outcome.DONE, seq=done.seq)
        except AcceptedNotRecorded as pending:
            yield RowResult(row, Outcome.PENDING, no=pending)
        except (EngineUnavailable, RecordUnavailable) as gone:
            away = gone
            yield RowResult(row, Outcome.NOT_TRIED, no=gone)
        except CaseworkError as no:
            yield RowResult(row, Outcome.REFUSED, no=no)


def _key(key: str, row: Row) -> str:
    """Return the row's own key: the same list sent again, even shortened or in another order, repeats its rows."""
    return f"row-{sha256(f'{key}:{row.case_id}'.encode()).hexdigest()[:40]}"


def _body(row: Row) -> Body:
    return body_of(STEP).model_validate({"helper": row.helper, "reason": row.reason})


def helper_loads(desk: Desk, caller: Caller, on: date) -> tuple[HelperLoad, ...]:
    """Return the helpers of the caller's office or area with what they have in hand on a day."""
    with desk.record.read() as work:
        return helpers_with_loads(work, caller.scope, on)
