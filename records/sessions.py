"""Log-in sessions (会话): a random token that only its owner has; the record keeps its hash and can end it at once.

A session whose owner must still type a one-time code waits: it opens nothing.  Instants come in and are the clock of
the log-in desk.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex, token_urlsafe
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, insert, or_, select, update

from records.accounts import Account, account_of
from records.engine import Reading, Writing
from records.tables_people import sessions

LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=30)
WAITS = timedelta(minutes=10)
"""How long a right password waits for the one-time code."""

SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most this often, so that reading costs no write."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open session; `touch_due` asks the caller to call `touch`."""

    account: Account
    created_at: datetime
    expires_at: datetime
    touch_due: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as its owner sees it in the list; `current` is the one that asks."""

    public_id: str
    device: str
    created_at: datetime
    seen_at: datetime
    current: bool
    address: str = field(repr=False)


def start_session(
    work: Writing,
    account: str,
    now: datetime,
    lasts: timedelta = LASTS,
    *,
    device: str = "",
    address: str = "",
    waits: bool = False,
) -> str:
    """Return the token of a new session; it is never shown again.  Sessions long over are swept on the way."""
    work.connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    token, public_id = token_urlsafe(32), token_hex(8)
    row = {
        "token_hash": _hash(token),
        "account": account,
        "created_at": now,
        "expires_at": now + (WAITS if waits else lasts),
        "seen_at": now,
        "public_id": public_id,
        "device": device[:60],
        "address": work.keys.seal_text(address, _address_place(public_id)),
        "waits": waits,
    }
    work.connection.execute(insert(sessions), row)
    return token


def session_of(work: Reading, token: str, now: datetime, idle: timedelta = IDLE) -> Session | None:
    """Return the session of a token, or None when it is unknown, expired, idle too long or its account disabled."""
    return _session(work, token, now, idle, _OPENED)


def waiting_session(work: Reading, token: str, now: datetime) -> Session | None:
    """Return the session that waits for its one-time code, or None."""
    return _session(work, token, now, WAITS, _WAITING)


def sessions_of(work: Reading, account: str, token: str, now: datetime) -> tuple[SessionLine, ...]:
    """Return the open sessions of an account, the last used first."""
    rows = (
        select(sessions)
        .where(sessions.c.account == account, _open(), sessions.c.expires_at > now, sessions.c.seen_at > now - IDLE)
        .order_by(sessions.c.seen_at.desc(), sessions.c.token_hash)
    )
    here = _hash(token)
    return tuple(
        SessionLine(
            public_id=row.public_id or "",
            device=row.device or "其他程序",
            created_at=row.created_at,
            seen_at=row.seen_at,
            current=row.token_hash == here,
            address=work.keys.open_text(row.address, _address_place(row.public_id)) or "",
        )
        for row in work.connection.execute(rows)
    )


def touch(work: Writing, token: str, now: datetime) -> None:
    """Write down that a session is in use."""
    work.connection.execute(update(sessions).where(sessions.c.token_hash == _hash(token)).values(seen_at=now))


def end_session(work: Writing, token: str) -> None:
    """End one session (log out)."""
    work.connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def end_one(work: Writing, account: str, public_id: str) -> bool:
    """End the session of an account that its owner named; say whether there was one."""
    ended = delete(sessions).where(sessions.c.account == account, sessions.c.public_id == public_id)
    return bool(work.connection.execute(ended).rowcount)


def end_others(work: Writing, account: str, token: str) -> int:
    """End all sessions of an account but the one of this token; return how many."""
    ended = delete(sessions).where(sessions.c.account == account, sessions.c.token_hash != _hash(token))
    return work.connection.execute(ended).rowcount


def _session(work: Reading, token: str, now: datetime, idle: timedelta, kind: Select[Any]) -> Session | None:
    row = work.connection.execute(kind, {"this_token": _hash(token)}).first()
    if row is None or row.expires_at <= now or row.seen_at + idle <= now:
        return None
    account = account_of(work, row.account)
    if account is None or account.disabled:
        return None
    return Session(account, row.created_at, row.expires_at, now - row.seen_at >= SEEN_EVERY)


def _open() -> ColumnElement[bool]:
    return or_(sessions.c.waits.is_(None), sessions.c.waits.is_(False))


_OF_TOKEN = select(sessions).where(sessions.c.token_hash == bindparam("this_token"))
_OPENED = _OF_TOKEN.where(_open())
_WAITING = _OF_TOKEN.where(sessions.c.waits.is_(True))
"""Asked by every request, so they are put together once."""


def _address_place(public_id: str | None) -> str:
    return f"sessions.address:{public_id}"


def _hash(token: str) -> str:
    """A plain hash is enough here: the token is 32 random bytes."""
    return hashlib.sha256(token.encode()).hexdigest()
