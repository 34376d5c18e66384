"""Seeing to a message that did not arrive (短信人工处理): who told the addressee in another way, and how."""

from datetime import datetime

from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records.unsettled import mark_handled


def handle_message(desk: Desk, caller: Caller, key: str, note: str, now: datetime) -> None:
    """Note that somebody was told; the same person again changes nothing.

    Raises `NotFound` outside the scope or for a message that needs nobody, `SaidNo` (note_missing), `Conflict`
    (message_handled) when a colleague was first.
    """
    with desk.record.write() as work:
        done = mark_handled(work, caller.scope, key, note, now)
    or_not_found(True if done else None, "需要处理的短信")
