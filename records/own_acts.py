"""What an account did (本人办理记录): its events and its looks at personal data, the newest first.

Its own acts may be read by their doer without a scope: they stay its own when the case has moved elsewhere.  Only what
the list needs is read; the case itself is not.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from records.engine import Reading
from records.household_pages import View, view_of
from records.tables import events
from records.tables_people import view_log


@dataclass(frozen=True, slots=True)
class Act:
    """One step an account took."""

    case_id: str
    seq: int
    at: datetime
    trigger: str
    acting_for: str | None


@dataclass(frozen=True, slots=True)
class Acts:
    rows: tuple[Act, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Looks:
    rows: tuple[View, ...] = field(repr=False)
    total: int


def acts_of(work: Reading, account: str, *, offset: int, limit: int) -> Acts:
    """Return a page of the steps an account took."""
    mine = events.c.account == account
    total = work.connection.execute(select(func.count()).select_from(events).where(mine)).scalar_one()
    columns = (events.c.case_id, events.c.seq, events.c.at, events.c.trigger, events.c.acting_for)
    rows = select(*columns).where(mine).order_by(events.c.at.desc(), events.c.case_id, events.c.seq.desc())
    return Acts(tuple(Act(*row) for row in work.connection.execute(rows.offset(offset).limit(limit))), total)


def looks_of(work: Reading, account: str, *, offset: int, limit: int) -> Looks:
    """Return a page of the looks of an account at personal data."""
    mine = view_log.c.account == account
    total = work.connection.execute(select(func.count()).select_from(view_log).where(mine)).scalar_one()
    rows = select(view_log).where(mine).order_by(view_log.c.at.desc(), view_log.c.view_id.desc())
    found = work.connection.execute(rows.offset(offset).limit(limit))
    return Looks(tuple(view_of(work, row) for row in found), total)
