"""The in-app inbox (站内通知): what staff are told in the application, who sees which line, and what they have read.

Lines of a case are written with its event (`notice_rows.py`).  A line is an account's own, or of whoever of a role sees
the case; what is out of sight is not there.  While a colleague is away, the substitute sees the colleague's lines too.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, union_all

from casework.states import Role
from records.engine import Reading, Writing
from records.looked_up import looked_up
from records.notice_rows import sealed_words
from records.responsible import responsible_for
from records.scope import Scope, visible
from records.tables import cases
from records.tables_delegation import absences
from records.tables_notices import inbox, inbox_reads
from records.upsert import insert_into

LONGEST_PAGE = 100
ALERT_TEXT = "text"
"""The word of a line that no event of a case has written: what it says."""
ALERT_LINK = "link"
"""Where to act upon such a line."""


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One line.  `words` are those of the event and those looked up now; `account` is the colleague it was for."""

    key: str
    case_id: str | None
    seq: int | None
    notice: str
    role: Role
    account: str | None
    at: datetime
    read_at: datetime | None
    words: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of lines, unread ones first, the newest before the older; `unread` and `total` count all lines."""

    lines: tuple[InboxLine, ...]
    unread: int
    total: int


def my_lines(
    work: Reading,
    scope: Scope,
    on: date,
    looked_up_words: Callable[[str], frozenset[str]],
    *,
    unread_only: bool = False,
    offset: int = 0,
    limit: int = LONGEST_PAGE,
) -> InboxPage:
    """Return the lines a caller sees on a day."""
    rows = _mine(work, scope, on)
    read = inbox_reads.c.read_at
    unread_there = work.connection.execute(_counted(rows.where(read.is_(None)))).scalar_one()
    total = work.connection.execute(_counted(rows)).scalar_one()
    wanted = rows.where(read.is_(None)) if unread_only else rows
    ordered = wanted.order_by(read.is_not(None), inbox.c.at.desc(), inbox.c.key).offset(offset).limit(limit)
    lines = tuple(_line(work, row, looked_up_words) for row in work.connection.execute(ordered).all())
    return InboxPage(lines, unread_there, total)


def unread(work: Reading, scope: Scope, on: date) -> int:
    """Return how many lines the caller has not read."""
    rows = _mine(work, scope, on).where(inbox_reads.c.read_at.is_(None))
    return int(work.connection.execute(_counted(rows)).scalar_one())


def mark_read(work: Writing, scope: Scope, on: date, keys: tuple[str, ...] | None, now: datetime) -> int:
    """Mark lines (None: all) read by the caller; what it does not see is left alone.  Return how many were unread."""
    unread = _mine(work, scope, on).where(inbox_reads.c.read_at.is_(None))
    if keys is not None:
        unread = unread.where(inbox.c.key.in_(keys))
    rows = [{"key": row.key, "account": scope.account, "read_at": now} for row in work.connection.execute(unread).all()]
    if rows:
        work.connection.execute(insert_into(work.connection, inbox_reads).on_conflict_do_nothing(), rows)
    return len(rows)


def put_alert(work: Writing, key: str, notice: str, text: str, now: datetime) -> None:
    """Tell all administrators something that belongs to no case, once per key."""
    row = {
        "key": key,
        "notice": notice,
        "role": Role.ADMINISTRATOR.value,
        "words": sealed_words(work.keys, {ALERT_TEXT: text}, key),
        "at": now,
    }
    work.connection.execute(insert_into(work.connection, inbox).on_conflict_do_nothing(), row)


def put_line(
    work: Writing,
    key: str,
    account: str | None,
    role: Role,
    title: str,
    text: str,
    now: datetime,
    *,
    case_id: str | None = None,
    link: str | None = None,
) -> None:
    """Tell one account something in words of its own, once per key; `link` is where to act upon it.

    Without an account it is told to whoever of the role sees the case.
    """
    assert account or case_id, key
    words = sealed_words(work.keys, {ALERT_TEXT: text} | ({ALERT_LINK: link} if link else {}), key)
    row = {"key": key, "notice": title, "role": role.value, "account": account, "words": words, "at": now}
    told = insert_into(work.connection, inbox).on_conflict_do_nothing()
    work.connection.execute(told, row | {"case_id": case_id})


def _counted(rows: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(rows.order_by(None).subquery())


def _mine(work: Reading, scope: Scope, on: date) -> Select[Any]:
    """A line of a case counts only while the caller sees the case; a line of an area follows the case when it moves."""
    read = and_(inbox_reads.c.key == inbox.c.key, inbox_reads.c.account == scope.account)
    found = select(inbox, inbox_reads.c.read_at).outerjoin(inbox_reads, read)
    if scope.role is Role.ADMINISTRATOR:
        return found.where(inbox.c.role == scope.role.value, inbox.c.case_id.is_(None))
    own = inbox.c.account.in_(answers_for(work, scope.account, on))
    pooled = and_(inbox.c.account.is_(None), inbox.c.role == scope.role.value)
    in_sight = exists().where(cases.c.case_id == inbox.c.case_id, visible(scope))
    return found.where(
        inbox.c.key.in_(
            union_all(_keys(own, or_(inbox.c.case_id.is_(None), in_sight)), _keys(pooled, _of_cases(scope, in_sight)))
        )
    )


def _keys(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Each part of the lines is found by an index of its own; both in one condition would be found by none."""
    return select(inbox.c.key).where(*conditions)


def _of_cases(scope: Scope, in_sight: ColumnElement[bool]) -> ColumnElement[bool]:
    """An office's or a county's lines are found from its cases; those of no supervisor by name are few anywhere."""
    if scope.role is Role.SUPERVISOR:
        return in_sight
    return inbox.c.case_id.in_(select(cases.c.case_id).where(visible(scope)))


def answers_for(work: Reading, account: str, on: date) -> tuple[str, ...]:
    """Return the accounts whose work is an account's on a day: its own, and those of absent colleagues (A44)."""
    away = select(absences.c.account).where(
        absences.c.cancelled_at.is_(None), absences.c.first <= on, absences.c.last >= on
    )
    others = work.connection.execute(away.distinct().order_by(absences.c.account)).scalars().all()
    return (account, *(a for a in others if a != account and responsible_for(work, a, on) == account))


def _line(work: Reading, row: Row[Any], looked_up_words: Callable[[str], frozenset[str]]) -> InboxLine:
    words: dict[str, str] = json.loads(work.keys.open(row.words, f"inbox.words:{row.key}"))
    if row.case_id is not None:
        for name in sorted(looked_up_words(row.notice)):
            words[name] = looked_up(work, name, row.case_id)
    return InboxLine(row.key, row.case_id, row.seq, row.notice, Role(row.role), row.account, row.at, row.read_at, words)
