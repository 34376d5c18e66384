"""Targets (任务指标) of areas and persons, and what counts towards each, counted from the record with its rows (N18).

Each measure is one select; the number and its list ask the same one.  A person's households are those whose helper the
person is; a person's visits those the person told of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, literal, not_, or_, select, update

from casework.errors import Conflict
from casework.states import Role
from records.engine import Reading, Writing
from records.scope import Scope, area_prefix, of_offices, visible, within
from records.survey_visits import NOBODY
from records.tables import cases
from records.tables_subsidies import member_jobs, subsidy_applications, targets
from records.tables_surveys import survey_visits
from records.upsert import insert_into
from register.targets import Days

AREA, PERSON = "area", "person"
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Target:
    """One target; `about` is a division code or an account."""

    target_id: str
    whose: str
    about: str
    measure: str
    period: str
    number: int
    area: str
    account: str
    version: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One row that counts: a case with what of it, or a visit."""

    case_id: str | None
    office: str
    on: date
    what: str


def _of(target: Target, office: Any, person: Any) -> ColumnElement[bool]:
    return within(office, target.about) if target.whose == AREA else person == target.about


def _cases(target: Target, days: Days, day: Any, *more: ColumnElement[bool]) -> Select[Any]:
    asked = select(cases.c.case_id, cases.c.office, day.label("on"), literal("").label("what"))
    return asked.where(_of(target, cases.c.office, cases.c.helper), day.between(days.first, days.last), *more)


def _certified(target: Target, days: Days) -> Select[Any]:
    return _cases(target, days, cases.c.certified_on)


def _eliminated(target: Target, days: Days) -> Select[Any]:
    """An elimination that was withdrawn with a revoked certification is none."""
    kept = or_(cases.c.exit_reason.is_(None), cases.c.exit_reason != "revoked")
    return _cases(target, days, cases.c.eliminated_on, kept)


def _employed(target: Target, days: Days) -> Select[Any]:
    """Each member once, by the first job of the period."""
    j = member_jobs.c
    first = func.min(j.started_on)
    asked = select(j.case_id, cases.c.office, first.label("on"), j.member.label("what"))
    asked = asked.join(cases, cases.c.case_id == j.case_id).where(_of(target, cases.c.office, cases.c.helper))
    asked = asked.where(not_(j.rejected), j.started_on.between(days.first, days.last))
    return asked.group_by(j.case_id, cases.c.office, j.member)


def _subsidies(target: Target, days: Days) -> Select[Any]:
    """What was taken back as a whole is none."""
    a = subsidy_applications.c
    asked = select(a.case_id, cases.c.office, a.decided_on.label("on"), a.kind.label("what"))
    asked = asked.join(cases, cases.c.case_id == a.case_id).where(_of(target, cases.c.office, cases.c.helper))
    asked = asked.where(or_(a.stop_code.is_(None), a.stop_code.not_in(("revoked", "job_rejected"))))
    return asked.where(a.state.in_(("approved", "ended", "stopped")), a.decided_on.between(days.first, days.last))


def _visits(target: Target, days: Days) -> Select[Any]:
    """Where nobody was at home, one goes again: no visit yet."""
    v = survey_visits.c
    asked = select(v.case_id, v.office, v.visited_on.label("on"), v.number.label("what"))
    return asked.where(_of(target, v.office, v.told_by), v.visited_on.between(days.first, days.last), v.state != NOBODY)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a target may be set for."""

    words: str
    unit: str
    rows: Callable[[Target, Days], Select[Any]]


MEASURES: Mapping[str, Measure] = {
    "certified": Measure("认定家庭", "户", _certified),
    "eliminated": Measure("消除零就业家庭", "户", _eliminated),
    "employed": Measure("成员实现就业", "人", _employed),
    "subsidies": Measure("落实补贴政策", "项", _subsidies),
    "visits": Measure("入户摸底走访", "户", _visits),
}

_FIELDS = tuple(targets.c[name] for name in Target.__slots__)


def keep(work: Writing, target: Target, now: datetime) -> None:
    """Set a target, or set it anew for the same area or person, measure and period."""
    row = {name: getattr(target, name) for name in Target.__slots__} | {"kept_at": now, "version": 1}
    added = insert_into(work.connection, targets).on_conflict_do_nothing().returning(targets.c.target_id)
    if work.connection.execute(added, row).first() is not None:
        return
    t = targets.c
    same = (t.whose == target.whose, t.about == target.about, t.measure == target.measure, t.period == target.period)
    anew = {"number": target.number, "account": target.account, "kept_at": now, "version": t.version + 1}
    work.connection.execute(update(targets).where(*same).values(anew))


def drop(work: Writing, target: Target) -> None:
    """Take a target away.  Raises Conflict when it was changed meanwhile."""
    t = targets.c
    gone = delete(targets).where(t.target_id == target.target_id, t.version == target.version)
    if work.connection.execute(gone).rowcount != 1:
        raise Conflict("target_changed", "这项任务刚被修改或取消，请刷新后再看。")


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a caller sees a target: its own, its area's, and that of the areas above."""
    t = targets.c
    own = (t.whose == PERSON) & (t.about == scope.account)
    if scope.role is Role.HELPER:
        return own
    prefix = area_prefix(scope.area)
    above = [prefix[:n] for n in (2, 4, 6, 9) if n < len(prefix)]
    here = or_(within(t.about, scope.area), t.about.in_(above)) & (t.whose == AREA)
    if scope.role is Role.SUPERVISOR:
        return or_(own, here, (t.whose == PERSON) & within(t.area, scope.area))
    return or_(own, here)


def listed(work: Reading, scope: Scope, period: str | None = None) -> tuple[Target, ...]:
    """Return the targets a caller sees, areas first."""
    asked = select(*_FIELDS).where(seen_by(scope))
    if period:
        asked = asked.where(targets.c.period == period)
    ordered = asked.order_by(targets.c.period.desc(), targets.c.whose, targets.c.about, targets.c.measure)
    return tuple(Target(*row) for row in work.connection.execute(ordered.limit(LONGEST)))


def one(work: Reading, scope: Scope, target_id: str) -> Target | None:
    """Return a target; None when the caller does not see it."""
    row = work.connection.execute(select(*_FIELDS).where(targets.c.target_id == target_id, seen_by(scope))).first()
    return Target(*row) if row else None


def done(work: Reading, target: Target, days: Days) -> int:
    """Count what counts towards a target."""
    rows = MEASURES[target.measure].rows(target, days).subquery()
    return work.connection.execute(select(func.count()).select_from(rows)).scalar_one()


def rows_of(
    work: Reading, scope: Scope, target: Target, days: Days, *, offset: int = 0, limit: int = 50
) -> tuple[tuple[Counted, ...], int]:
    """Return a page of what counts, in the caller's scope, and how many of it there are."""
    rows = MEASURES[target.measure].rows(target, days)
    if target.measure == "visits":
        mine = of_offices(scope, survey_visits.c.office)
        rows = rows.where(mine if scope.role is not Role.HELPER else survey_visits.c.told_by == scope.account)
    else:
        rows = rows.where(visible(scope))
    inner = rows.subquery()
    total = work.connection.execute(select(func.count()).select_from(inner)).scalar_one()
    ordered = select(inner).order_by(inner.c.on, inner.c.case_id, inner.c.what).offset(offset).limit(limit)
    return tuple(Counted(*row) for row in work.connection.execute(ordered)), total
