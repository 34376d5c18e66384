"""What a delivery receipt (短信回执) does to a message row: it moves forward, whatever is repeated or out of order.

Delivered is the last word, from any attempt.  Not delivered counts only for the attempt the row is about; a helper's
message that was not delivered falls to the supervisors in the same transaction (A44).  Unknown ids change nothing.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row, select, update

from casework.messages import MessageState
from records.engine import Writing
from records.fallback import pass_on
from records.tables import cases, messages

MAY_FAIL = tuple(
    state.value for state in (MessageState.SENDING, MessageState.DOUBTFUL, MessageState.SENT, MessageState.UNKNOWN)
)
LAST_WORDS = (MessageState.CONFIRMED.value, MessageState.SUPPRESSED.value)


class Receipt(Protocol):
    """One receipt as the notification service reads it."""

    @property
    def key(self) -> str: ...
    @property
    def gateway_id(self) -> str: ...
    @property
    def delivered(self) -> bool: ...
    @property
    def code(self) -> str: ...


def apply_receipts(
    work: Writing, gateway: str, receipts: Iterable[Receipt], title_of: Callable[[str], str], now: datetime
) -> tuple[str, ...]:
    """Write receipts down; return the cases in which somebody else has to be told now.  `now` is the desk's clock."""
    to_tell = []
    for receipt in receipts:
        row = _row(work, gateway, receipt)
        if row is None:
            continue
        at = now + timedelta(seconds=row.clock_offset or 0)
        if receipt.delivered:
            _settle(work, row, MessageState.CONFIRMED, receipt.code, at)
        elif _of_this_attempt(row, gateway, receipt):
            _settle(work, row, MessageState.FAILED, receipt.code or "not_delivered", at)
            if pass_on(work, row.key, title_of, at):
                to_tell.append(row.case_id)
    return tuple(dict.fromkeys(to_tell))


def _row(work: Writing, gateway: str, receipt: Receipt) -> Row[Any] | None:
    """By our key where the carrier echoes it, else by its own id of a message that went to this carrier."""
    wanted = select(messages, cases.c.clock_offset).outerjoin(cases, cases.c.case_id == messages.c.case_id)
    if receipt.key:
        return work.connection.execute(wanted.where(messages.c.key == receipt.key).limit(1)).first()
    mine = wanted.where(messages.c.gateway_id == receipt.gateway_id, messages.c.gateway == gateway)
    return work.connection.execute(mine.limit(1)).first()


def _of_this_attempt(row: Row[Any], gateway: str, receipt: Receipt) -> bool:
    if row.state not in MAY_FAIL or row.gateway not in (None, gateway):
        return False
    return not row.gateway_id or not receipt.gateway_id or row.gateway_id == receipt.gateway_id


def _settle(work: Writing, row: Row[Any], state: MessageState, code: str, at: datetime) -> None:
    """A message nobody ever tried cannot have arrived."""
    if row.state in LAST_WORDS or row.attempts == 0:
        return
    settled = update(messages).where(messages.c.key == row.key, messages.c.state == row.state)
    work.connection.execute(settled.values(state=state.value, code=code or None, not_before=None, settled_at=at))
