"""Messages a person has to see to (待人工处理的短信): nobody knows whether they arrived, or they did not.

They stand here until somebody has told the addressee in another way and said so.  A helper's message that reached the
substitute or a supervisor instead is none of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, select, update

from casework.errors import Conflict, SaidNo
from casework.messages import MessageState
from casework.states import Role
from records.engine import Reading, Writing
from records.scope import Scope, visible
from records.tables import cases, messages

LONGEST_LIST = 500
SEEN_TO_BY_NOBODY = (MessageState.UNKNOWN.value, MessageState.FAILED.value)
REACHED = (MessageState.SENT.value, MessageState.CONFIRMED.value)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One message: whom it was for by id, never a phone; `state` is unknown or failed."""

    key: str
    case_id: str
    seq: int
    notice: str
    role: Role | None
    recipient: str
    instead_of: str | None
    state: MessageState
    code: str | None
    gateway: str | None
    planned_at: datetime
    settled_at: datetime | None


def unsettled(work: Reading, scope: Scope, limit: int = LONGEST_LIST) -> tuple[Unsettled, ...]:
    """Return the unsettled messages of the cases in scope, the oldest first."""
    ordered = _wanted(scope).order_by(messages.c.planned_at, messages.c.key).limit(limit)
    return tuple(_shown(row) for row in work.connection.execute(ordered))


def mark_handled(work: Writing, scope: Scope, key: str, note: str, now: datetime) -> bool:
    """Note who told the addressee, when and how; False outside the scope or for a message that needs nobody.

    Marking it again by the same person changes nothing; raises `Conflict` (message_handled) for somebody else.
    """
    if not note.strip():
        raise SaidNo("note_missing", "请写明怎样告知了收件人。", field="note")
    row = work.connection.execute(
        select(messages)
        .join(cases, cases.c.case_id == messages.c.case_id)
        .where(messages.c.key == key, messages.c.state.in_(SEEN_TO_BY_NOBODY), visible(scope))
    ).first()
    if row is None:
        return False
    handled = (
        update(messages)
        .where(messages.c.key == key, messages.c.handled_by.is_(None))
        .values(
            handled_by=scope.account,
            handled_at=now,
            handled_note=work.keys.seal_text(note, f"messages.handled_note:{key}"),
        )
    )
    if work.connection.execute(handled).rowcount == 1:
        return True
    by = work.connection.execute(select(messages.c.handled_by).where(messages.c.key == key)).scalar_one()
    if by != scope.account:
        raise Conflict("message_handled", f"这条短信已由账号 {by} 处理，请刷新清单。", details={"by": by})
    return True


def _wanted(scope: Scope) -> Select[Any]:
    return (
        select(messages)
        .join(cases, cases.c.case_id == messages.c.case_id)
        .where(
            messages.c.state.in_(SEEN_TO_BY_NOBODY),
            messages.c.handled_by.is_(None),
            visible(scope),
            ~_reached_somebody_else(),
        )
    )


def _reached_somebody_else() -> ColumnElement[bool]:
    """A later row of the same event for the same person, which arrived."""
    other = messages.alias("other")
    for_whom = messages.c.instead_of
    same_person = (other.c.instead_of == messages.c.recipient) | (other.c.instead_of == for_whom)
    return exists().where(
        other.c.case_id == messages.c.case_id,
        other.c.seq == messages.c.seq,
        other.c.place == messages.c.place,
        other.c.key != messages.c.key,
        same_person,
        other.c.state.in_(REACHED),
    )


def _shown(row: Row[Any]) -> Unsettled:
    return Unsettled(
        key=row.key,
        case_id=row.case_id,
        seq=row.seq,
        notice=row.notice,
        role=Role(row.role) if row.role else None,
        recipient=row.recipient,
        instead_of=row.instead_of,
        state=MessageState(row.state),
        code=row.code,
        gateway=row.gateway,
        planned_at=row.planned_at,
        settled_at=row.settled_at,
    )
