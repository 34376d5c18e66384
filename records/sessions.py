"""Log-in sessions (会话): a random token that only its owner has; the record keeps its hash and can end it at once.

Instants come in and are the clock of the log-in desk.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import delete, insert, select, update

from records.accounts import Account, account_of
from records.engine import Reading, Writing
from records.tables_people import sessions

LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most this often, so that reading costs no write."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open session; `touch_due` asks the caller to call `touch`."""

    account: Account
    created_at: datetime
    expires_at: datetime
    touch_due: bool


def start_session(work: Writing, account: str, now: datetime, lasts: timedelta = LASTS) -> str:
    """Return the token of a new session; it is never shown again.  Sessions long over are swept on the way."""
    work.connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    token = token_urlsafe(32)
    row = {
        "token_hash": _hash(token),
        "account": account,
        "created_at": now,
        "expires_at": now + lasts,
        "seen_at": now,
    }
    work.connection.execute(insert(sessions), row)
    return token


def session_of(work: Reading, token: str, now: datetime, idle: timedelta = IDLE) -> Session | None:
    """Return the session of a token, or None when it is unknown, expired, idle too long or its account disabled."""
    row = work.connection.execute(select(sessions).where(sessions.c.token_hash == _hash(token))).first()
    if row is None or row.expires_at <= now or row.seen_at + idle <= now:
        return None
    account = account_of(work, row.account)
    if account is None or account.disabled:
        return None
    return Session(account, row.created_at, row.expires_at, now - row.seen_at >= SEEN_EVERY)


def touch(work: Writing, token: str, now: datetime) -> None:
    """Write down that a session is in use."""
    work.connection.execute(update(sessions).where(sessions.c.token_hash == _hash(token)).values(seen_at=now))


def end_session(work: Writing, token: str) -> None:
    """End one session (log out)."""
    work.connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    """A plain hash is enough here: the token is 32 random bytes."""
    return hashlib.sha256(token.encode()).hexdigest()
