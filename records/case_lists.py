"""The list of cases (个案清单) as people page through it: more filters than the API's, sorted, counted by the database.

One case and the plain page in the order of numbers are in `case_files.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from casework.states import Role, State
from records.case_files import CaseFilter, CaseRow, case_row_of, conditions
from records.engine import Reading
from records.scope import Scope, visible
from records.tables import cases
from records.tables_people import households

MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the list is narrowed to; None means all.

    `promise_broken`: past its promise and still without a job.  `exit_decided`: an exit that is not in effect yet.
    """

    plain: CaseFilter = field(default_factory=CaseFilter)
    community: str | None = None
    promise_broken: bool = False
    exit_proposed: bool = False
    exit_decided: bool = False
    special_hardship: bool = False
    open_only: bool = False


def list_page(
    work: Reading,
    scope: Scope,
    wanted: ListFilter,
    *,
    sort: str = "case",
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[CaseRow, ...]:
    """Return one page; `sort` is case, opened, promise or state.  Cases without a promise come last either way."""
    order = [column.desc() if descending else column for column in (*_ORDERS[sort], cases.c.case_id)]
    if sort == "promise":
        order.insert(0, cases.c.promise_due_on.is_(None))
    rows = work.connection.execute(_filtered(scope, wanted).order_by(*order).offset(offset).limit(limit))
    return tuple(case_row_of(row) for row in rows)


def list_count(work: Reading, scope: Scope, wanted: ListFilter) -> int:
    """Return how many cases the filter finds."""
    return int(work.connection.execute(_filtered(scope, wanted).with_only_columns(func.count())).scalar_one())


def helpers_in(work: Reading, scope: Scope) -> tuple[str, ...]:
    """Return the helpers of a caseworker's or a reviewer's cases, to choose from; nothing where they are many."""
    if scope.role not in (Role.CASEWORKER, Role.REVIEWER):
        return ()
    named = select(cases.c.helper).where(visible(scope), cases.c.helper.is_not(None)).distinct()
    found = work.connection.execute(named.order_by(cases.c.helper).limit(MOST_CHOICES + 1)).scalars().all()
    return tuple(found) if len(found) <= MOST_CHOICES else ()


def _filtered(scope: Scope, wanted: ListFilter) -> Select[Any]:
    found = select(cases).where(visible(scope), *_conditions(wanted))
    if wanted.community is not None:
        found = found.join(households, households.c.case_id == cases.c.case_id)
        found = found.where(households.c.community == wanted.community)
    return found


def _conditions(wanted: ListFilter) -> Iterator[ColumnElement[bool]]:
    yield from conditions(wanted.plain)
    if wanted.promise_broken:
        yield cases.c.promise_overdue_on.is_not(None)
        yield cases.c.promise_met_on.is_(None)
    for asked, column in (
        (wanted.exit_proposed, cases.c.exit_proposed),
        (wanted.exit_decided, cases.c.exit_decided),
        (wanted.special_hardship, cases.c.special_hardship),
    ):
        if asked:
            yield column.is_(True)
    if wanted.open_only or wanted.promise_broken or wanted.exit_decided:
        yield cases.c.state != State.EXITED.value


_ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "case": (),
    "opened": (cases.c.opened_on,),
    "promise": (cases.c.promise_due_on,),
    "state": (case({state.value: n for n, state in enumerate(State)}, value=cases.c.state),),
}
SORTS = tuple(_ORDERS)
