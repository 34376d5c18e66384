"""The rows behind a number of the monthly report (数字对应的户): exactly those that `register/dispatch.py` counts.

A count is a choice of kinds and of months, declared once in `BEHIND`; a column is counts added and taken away.  What
was taken back within the same number is not listed, so the signs of a list always add up to its number, and a list
without anything taken away is as long as its number.  Nothing about persons is in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select, union_all

from records.engine import Reading
from records.tables import cases
from records.tables_reports import movements
from register.dispatch import COUNTS
from register.movements import Kind
from register.report_columns import CHANNEL, LATE_CHANNEL

When = Literal["before", "own", "late", "ever", "after"]
Terms = tuple[tuple[int, str], ...]
"""Counts that are added (1) or taken away (−1)."""

M = movements.c
LATE = "late"
"""What became known this month of earlier ones; narrowed to a row of the corrections."""
SINCE = "since"
"""What moved after the month's end, until now."""
STOCK = tuple(kind for kind in Kind if kind.sign)
PLACED = (Kind.PLACED, Kind.PLACEMENT_WITHDRAWN)
MEMBERS = (Kind.MEMBER_EMPLOYED, Kind.MEMBER_WITHDRAWN)
ELIMINATED = (Kind.ELIMINATED, Kind.ELIMINATION_WITHDRAWN)
_MINUS = [Kind.PLACEMENT_WITHDRAWN.value, Kind.MEMBER_WITHDRAWN.value, Kind.ELIMINATION_WITHDRAWN.value]
_SAME: Mapping[tuple[Kind, ...], tuple[ColumnElement[Any], ...]] = {
    STOCK: (M.case_id,),
    ELIMINATED: (M.case_id, M.on_day),
    PLACED: (M.case_id, M.job),
    MEMBERS: (M.case_id, M.member),
}
"""By what one sees that a withdrawal takes back just this."""

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
    "all_recognised": ((Kind.RECOGNISED,), "ever"),
    "all_revoked": ((Kind.REVOKED,), "ever"),
    "all_eliminated": (ELIMINATED, "ever"),
    "all_employed": (MEMBERS, "ever"),
    LATE: (tuple(Kind), "late"),
    SINCE: (STOCK, "after"),
}
assert BEHIND.keys() == {*COUNTS, LATE, SINCE}


@dataclass(frozen=True, slots=True)
class Behind:
    """Which number: of an area, or of exactly one `office` in it; `sign` leaves those that add or take away alone.

    `fact`, `of` and `channel` narrow `late` to one row of the corrections.
    """

    area: str
    month: str
    terms: Terms
    office: str | None = None
    sign: int | None = None
    fact: Kind | None = None
    of: str | None = None
    channel: str | None = None


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the rows; `plus` rows add and `minus` rows take away, whatever the sign that was asked for."""

    rows: tuple[Row, ...]
    plus: int
    minus: int

    @property
    def number(self) -> int:
        return self.plus - self.minus


def known(count: str) -> bool:
    """Say whether there is such a count."""
    return count in BEHIND or count.startswith((CHANNEL, LATE_CHANNEL))


def rows_behind(work: Reading, asked: Behind, *, offset: int = 0, limit: int = 50) -> Listed:
    """Return a page of the rows behind a number, and how many add and take away; a stock has one row a household."""
    terms = [_term(asked, sign, count) for sign, count in asked.terms]
    found = (union_all(*terms) if len(terms) > 1 else terms[0]).subquery()
    tallied = select(found.c.sign, func.count()).group_by(found.c.sign)
    signs = {row[0]: row[1] for row in work.connection.execute(tallied)}
    here = and_(found.c.case_id == M.case_id, found.c.number == M.number)
    listed = select(movements, cases.c.office.label("now_at"), found.c.sign).join(found, here)
    listed = listed.join(cases, cases.c.case_id == M.case_id)
    if asked.sign is not None:
        listed = listed.where(found.c.sign == asked.sign)
    page = listed.order_by(M.case_id, M.number).offset(offset).limit(limit)
    rows = tuple(
        Row(r.case_id, r.office, r.now_at, Kind(r.kind), r.seq, r.on_day, r.known_on, r.member, r.channel, r.sign)
        for r in work.connection.execute(page)
    )
    return Listed(rows, signs.get(1, 0), signs.get(-1, 0))


def _term(asked: Behind, times: int, count: str) -> Select[Any]:
    """Select the rows of one count: number of the movement and sign."""
    late = count.startswith(LATE_CHANNEL)
    kinds, when = BEHIND.get(count, (PLACED, "late" if late else "own"))
    conditions = [_where(asked), _in_time(when, asked.month), M.kind.in_([kind.value for kind in kinds])]
    if late or count.startswith(CHANNEL):
        conditions.append(M.channel == count.removeprefix(LATE_CHANNEL if late else CHANNEL))
    if count == LATE:
        conditions += _of_a_correction(asked)
    same = _SAME.get(kinds)
    if same is None:
        return select(M.case_id, M.number, literal(times).label("sign")).where(*conditions)
    sign: ColumnElement[int] = M.stock if kinds == STOCK else case((M.kind.in_(_MINUS), -1), else_=1)
    return _not_taken_back(select(M.case_id, M.number, sign.label("sign")).where(*conditions), same, sign, times)


def _not_taken_back(
    chosen: Select[Any], same: tuple[ColumnElement[Any], ...], sign: ColumnElement[int], times: int
) -> Select[Any]:
    """Leave out what was taken back: of what adds and takes away the same, only the newest rows of its net are left."""
    net = func.sum(sign).over(partition_by=same)
    place = func.row_number().over(partition_by=(*same, sign), order_by=M.number.desc())
    ranked: Subquery = chosen.add_columns(net.label("net"), place.label("place")).subquery()
    left = ranked.c
    return select(left.case_id, left.number, (left.sign * times).label("sign")).where(
        left.place <= left.net * left.sign
    )


def _where(asked: Behind) -> ColumnElement[bool]:
    """A transfer within the area is none of it; every transfer leads out of an office or into it."""
    if asked.office is not None:
        return M.office == asked.office
    end = asked.area + "~"
    return and_(M.office.between(asked.area, end), or_(M.other.is_(None), ~M.other.between(asked.area, end)))


def _of_a_correction(asked: Behind) -> list[ColumnElement[bool]]:
    if asked.fact is None or asked.of is None:
        return []
    channel = M.channel.is_(None) if asked.channel is None else M.channel == asked.channel
    return [M.kind == asked.fact.value, M.of_month == asked.of, channel]


def _in_time(when: When, month: str) -> ColumnElement[bool]:
    match when:
        case "before":
            return M.month < month
        case "ever":
            return M.month <= month
        case "after":
            return M.month > month
        case "own":
            return and_(M.month == month, M.of_month == month)
        case "late":
            return and_(M.month == month, M.of_month < month)
