"""Who may answer for households as a helper (帮扶责任人), and how much each has in hand.

Counts hold only what the caller may see: a load is no way to learn of another office's cases.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Integer, func, select
from sqlalchemy.sql.functions import coalesce

from casework.states import Role, State
from records.accounts import Account, accounts_in
from records.case_files import event_at
from records.engine import Reading
from records.responsible import responsible_for
from records.scope import SHORTEST_AREA, Scope, area_prefix, visible
from records.tables import cases, events, tasks

OPEN_CASE = cases.c.state != State.EXITED.value


@dataclass(frozen=True, slots=True)
class HelperLoad:
    """One helper with the open cases it answers for; `responsible` is who does its work on the day."""

    helper: Account
    open_cases: int
    overdue_promises: int
    open_tasks: int
    overdue_tasks: int
    responsible: str


def may_help(helper: Account, office: str) -> bool:
    """Say whether an account can be the helper of a household of this office."""
    return helper.role is Role.HELPER and not helper.disabled and office.startswith(area_prefix(helper.area))


def helpers_with_loads(work: Reading, scope: Scope, on: date) -> tuple[HelperLoad, ...]:
    """Return the helpers that can answer for the caller's office, or work in its area, with what they have in hand."""
    prefix = area_prefix(scope.area)
    wide = scope.area[:SHORTEST_AREA].ljust(6, "0")
    near = [
        a
        for a in accounts_in(work, wide, Role.HELPER)
        if prefix.startswith(area_prefix(a.area)) or a.area.startswith(prefix)
    ]
    cases_of = _cases(work, scope)
    tasks_of = _tasks(work, scope)
    return tuple(
        HelperLoad(
            a,
            *cases_of.get(a.account, (0, 0)),
            *tasks_of.get(a.account, (0, 0)),
            responsible_for(work, a.account, on),
        )
        for a in near
    )


def open_cases_of(work: Reading, helper: str) -> tuple[str, ...]:
    """Return the open cases a helper answers for, wherever they are.  For whoever closes its account, no scope."""
    found = select(cases.c.case_id).where(cases.c.helper == helper, OPEN_CASE).order_by(cases.c.case_id)
    return tuple(work.connection.execute(found).scalars())


def has_helped(work: Reading, case_id: str, who: Collection[str]) -> bool:
    """Say whether one of these accounts was ever the helper of a case.  For desks, no scope."""
    seqs = work.connection.execute(select(events.c.seq).where(events.c.case_id == case_id).order_by(events.c.seq))
    found = (event_at(work, case_id, seq) for seq in seqs.scalars().all())
    return any(event is not None and event.case.helper in who for event in found)


def _cases(work: Reading, scope: Scope) -> dict[str, tuple[int, int]]:
    overdue = cases.c.promise_overdue_on.is_not(None) & cases.c.promise_met_on.is_(None)
    counted = (
        select(cases.c.helper, func.count(), _count(overdue))
        .where(visible(scope), OPEN_CASE, cases.c.helper.is_not(None))
        .group_by(cases.c.helper)
    )
    return {row[0]: (row[1], row[2]) for row in work.connection.execute(counted)}


def _tasks(work: Reading, scope: Scope) -> dict[str, tuple[int, int]]:
    counted = (
        select(cases.c.helper, func.count(), _count(tasks.c.overdue))
        .join(tasks, tasks.c.case_id == cases.c.case_id)
        .where(visible(scope), tasks.c.closed_seq.is_(None), tasks.c.role == Role.HELPER.value)
        .where(cases.c.helper.is_not(None))
        .group_by(cases.c.helper)
    )
    return {row[0]: (row[1], row[2]) for row in work.connection.execute(counted)}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return coalesce(func.sum(condition.cast(Integer)), 0)
