"""The rows behind a statistic (统计数字的明细): by the very condition by which they are counted, in order of cases.

Nothing tells who somebody is: a member is its number in the case.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select

from casework.states import State
from records.engine import Reading
from records.scope import Scope
from records.statistics import COMPARED, THEN, Asked, Of, Statistic, at_certification, narrowed
from records.tables_ledger import ledger_households as h
from records.tables_ledger import ledger_members as m
from records.tables_subsidies import member_jobs as j
from records.tables_subsidies import member_marks as k


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """A row: the household as on the day, and the member and job it is about; incomes are fen a month of all heads."""

    case_id: str
    office: str
    state: State
    day: date | None
    member: str | None
    channel: str | None
    before_fen: int | None = None
    before_heads: int | None = None
    now_fen: int | None = None
    now_heads: int | None = None


def statistic_rows(
    work: Reading, scope: Scope, asked: Asked, this: Statistic, *, offset: int = 0, limit: int | None = None
) -> tuple[tuple[StatisticRow, ...], int]:
    """Return the rows of a statistic, or some of them, and how many there are in all."""
    counted = narrowed(select(func.count()), this.of, scope, asked).where(this.when(asked))
    total = work.connection.execute(counted).scalar_one()
    query = narrowed(select(*_SHAPES[this.of]), this.of, scope, asked).where(this.when(asked))
    if this is COMPARED:
        query = _with_incomes(scope, asked, this)
    query = query.order_by(h.c.case_id, *_ORDERS[this.of]).offset(offset).limit(limit)
    return tuple(_row(row) for row in work.connection.execute(query)), total


_NONE = literal(None)
_HOUSEHOLD = (h.c.case_id, h.c.office, h.c.state)
_SHAPES: dict[Of, tuple[ColumnElement[Any], ...]] = {
    Of.HOUSEHOLDS: (*_HOUSEHOLD, h.c.eliminated_on.label("day"), _NONE.label("member"), _NONE.label("channel")),
    Of.MEMBERS: (*_HOUSEHOLD, m.c.employed_on.label("day"), m.c.member_id.label("member"), m.c.channel),
    Of.PLACEMENTS: (*_HOUSEHOLD, j.c.started_on.label("day"), j.c.member, j.c.channel),
    Of.MARKED: (*_HOUSEHOLD, k.c.since.label("day"), k.c.member, _NONE.label("channel")),
}
_ORDERS: dict[Of, tuple[ColumnElement[Any], ...]] = {
    Of.HOUSEHOLDS: (),
    Of.MEMBERS: (m.c.member_id,),
    Of.PLACEMENTS: (j.c.started_on, j.c.job),
    Of.MARKED: (k.c.member,),
}


def _with_incomes(scope: Scope, asked: Asked, this: Statistic) -> Select[*tuple[Any, ...]]:
    then = at_certification.c
    money = (then.before_fen, then.members.label("before_heads"), h.c.now_fen, h.c.members.label("now_heads"))
    query = narrowed(select(*_SHAPES[this.of], *money), this.of, scope, asked)
    return query.join(at_certification, THEN).where(this.when(asked))


def _row(row: Row[Any]) -> StatisticRow:
    said = dict(row._mapping)
    return StatisticRow(**said | {"state": State(said["state"])})
