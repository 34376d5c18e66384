"""How each notice of a case reached people (通知的送达): text messages with their state, in-app lines and readers.

To whom is said by account or member id, never by phone; nothing of the texts is here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from casework.messages import MessageState
from casework.states import Role
from records.case_files import get
from records.engine import Reading
from records.scope import Scope
from records.tables import messages
from records.tables_notices import inbox, inbox_reads


@dataclass(frozen=True, slots=True)
class Sent:
    """One text message.  `handled_by` told the addressee in another way, `note` says how."""

    key: str
    seq: int
    notice: str
    role: Role | None
    recipient: str
    instead_of: str | None
    state: MessageState
    planned_at: datetime
    settled_at: datetime | None
    late: bool
    attempts: int
    code: str | None
    gateway: str | None
    handled_by: str | None
    handled_at: datetime | None
    note: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToldInApp:
    """One line in the in-app inbox; `account` is None for whoever of the role sees the case."""

    seq: int
    notice: str
    role: Role
    account: str | None
    at: datetime
    read_by: tuple[tuple[str, datetime], ...]


def sent_of(work: Reading, scope: Scope, case_id: str) -> tuple[Sent, ...] | None:
    """Return the messages of a case, the newest first, or None outside the scope."""
    if get(work, scope, case_id) is None:
        return None
    rows = work.connection.execute(
        select(messages)
        .where(messages.c.case_id == case_id)
        .order_by(messages.c.seq.desc(), messages.c.place, messages.c.key)
    )
    same = ("key", "seq", "notice", "recipient", "instead_of", "planned_at", "settled_at", "late", "attempts", "code")
    return tuple(
        Sent(
            **{name: getattr(r, name) for name in (*same, "gateway", "handled_by", "handled_at")},
            role=Role(r.role) if r.role else None,
            state=MessageState(r.state),
            note=work.keys.open_text(r.handled_note, f"messages.handled_note:{r.key}"),
        )
        for r in rows
    )


def told_in_app(work: Reading, scope: Scope, case_id: str) -> tuple[ToldInApp, ...] | None:
    """Return what staff were told in the application about a case, the newest first, or None outside the scope."""
    if get(work, scope, case_id) is None:
        return None
    read: dict[str, list[tuple[str, datetime]]] = {}
    reads = (
        select(inbox_reads)
        .join(inbox, inbox.c.key == inbox_reads.c.key)
        .where(inbox.c.case_id == case_id)
        .order_by(inbox_reads.c.read_at)
    )
    for r in work.connection.execute(reads):
        read.setdefault(r.key, []).append((r.account, r.read_at))
    rows = work.connection.execute(
        select(inbox).where(inbox.c.case_id == case_id).order_by(inbox.c.seq.desc(), inbox.c.key)
    )
    return tuple(ToldInApp(r.seq, r.notice, Role(r.role), r.account, r.at, tuple(read.get(r.key, ()))) for r in rows)
