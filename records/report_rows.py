"""The rows behind a number of the monthly report (数字对应的户): exactly those that `register/dispatch.py` counts.

Each number is a choice of kinds and of months, declared once in `BEHIND`.  Nothing about persons is in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from records.engine import Reading
from records.tables import cases
from records.tables_reports import movements
from register.dispatch import COUNTS
from register.movements import Kind

When = Literal["before", "own", "late", "ever"]
M = movements.c
CHANNEL = "channel_"
STOCK = tuple(kind for kind in Kind if kind.sign)
PLACED = (Kind.PLACED, Kind.PLACEMENT_WITHDRAWN)
MEMBERS = (Kind.MEMBER_EMPLOYED, Kind.MEMBER_WITHDRAWN)
ELIMINATED = (Kind.ELIMINATED, Kind.ELIMINATION_WITHDRAWN)
MINUS = (Kind.PLACEMENT_WITHDRAWN, Kind.MEMBER_WITHDRAWN)

BEHIND: Mapping[str, tuple[tuple[Kind, ...], When]] = {
    "opening": (STOCK, "before"),
    "closing": (STOCK, "ever"),
    "new": ((Kind.RECOGNISED,), "own"),
    "returned": ((Kind.RETURNED,), "own"),
    "transferred_in": ((Kind.TRANSFERRED_IN,), "own"),
    "transferred_out": ((Kind.TRANSFERRED_OUT,), "own"),
    "corrected": (STOCK, "late"),
    "eliminated": (ELIMINATED, "own"),
    "exited": ((Kind.EXITED,), "own"),
    "revoked": ((Kind.REVOKED,), "own"),
    "placed": (PLACED, "own"),
    "members": (MEMBERS, "own"),
    "members_corrected": (MEMBERS, "late"),
    "late_placements": (PLACED, "late"),
    "all_recognised": ((Kind.RECOGNISED,), "ever"),
    "all_revoked": ((Kind.REVOKED,), "ever"),
    "all_eliminated": (ELIMINATED, "ever"),
    "all_employed": (MEMBERS, "ever"),
}
assert BEHIND.keys() == {*COUNTS, "late_placements"}


@dataclass(frozen=True, slots=True)
class Row:
    """One movement that counts, `sign` of it; `seq` is the event it came with, `office` whose case it was then."""

    case_id: str
    office: str
    now_at: str
    kind: Kind
    seq: int
    on: date
    known_on: date
    member: str | None
    channel: str | None
    sign: int


def known(count: str) -> bool:
    """Say whether there is such a number."""
    return count in BEHIND or count.startswith(CHANNEL)


def rows_behind(
    work: Reading, area: str, month: str, count: str, *, offset: int = 0, limit: int = 50
) -> tuple[tuple[Row, ...], int]:
    """Return a page of the rows behind a number, and how many there are; a stock has one row a household."""
    kinds, when = BEHIND.get(count, (PLACED, "own"))
    conditions = [
        M.office.between(area, area + "~"),
        or_(M.other.is_(None), ~M.other.between(area, area + "~")),
        M.kind.in_([kind.value for kind in kinds]),
        _in_time(when, month),
    ]
    if count.startswith(CHANNEL):
        conditions.append(M.channel == count.removeprefix(CHANNEL))
    if count in ("opening", "closing"):
        conditions.append(_last_in(conditions))
    asked = select(movements, cases.c.office.label("now_at")).join(cases, cases.c.case_id == M.case_id)
    listed = asked.where(*conditions).order_by(M.case_id, M.number).offset(offset).limit(limit)
    total = work.connection.execute(select(func.count()).select_from(movements).where(*conditions)).scalar_one()
    return tuple(
        Row(r.case_id, r.office, r.now_at, kind, r.seq, r.on_day, r.known_on, r.member, r.channel, _sign(kind, kinds))
        for r in work.connection.execute(listed)
        for kind in (Kind(r.kind),)
    ), total


def _sign(kind: Kind, kinds: tuple[Kind, ...]) -> int:
    if kinds == ELIMINATED:
        return -kind.sign
    if not kind.sign:
        return -1 if kind in MINUS else 1
    return kind.sign if kinds == STOCK else 1


def _in_time(when: When, month: str) -> ColumnElement[bool]:
    match when:
        case "before":
            return M.month < month
        case "ever":
            return M.month <= month
        case "own":
            return and_(M.month == month, M.of_month == month)
        case "late":
            return and_(M.month == month, M.of_month < month)


def _last_in(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The last movement of each household that is inside then: what brought it in."""
    inner = (
        select(func.max(M.number))
        .where(*conditions)
        .group_by(M.case_id)
        .having(func.sum(M.stock) > 0)
        .add_columns(M.case_id)
        .subquery()
    )
    number, case_id = inner.c
    return select(case_id).where(case_id == M.case_id, number == M.number).correlate(movements).exists()
