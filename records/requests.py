"""Requests already seen (幂等键): the same key by the same account is the same request, or a mistake.

A key is remembered in the unit of work of what it asked for; the answer itself is read from the record again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from casework.errors import Conflict
from records.engine import Writing
from records.tables_people import requests
from records.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Remembered:
    """`first`: new; `same`: repeat; `different`: the key was used for another body.  `case_id` is the first one's."""

    what: Literal["first", "same", "different"]
    case_id: str | None


def remember(
    work: Writing, *, account: str, key: str, request_hash: str, now: datetime, case_id: str | None = None
) -> Remembered:
    """Remember a request or say that it was seen before."""
    row = {"account": account, "key": key, "request_hash": request_hash, "case_id": case_id, "at": now}
    added = insert_into(work.connection, requests).on_conflict_do_nothing().returning(requests.c.key)
    if work.connection.execute(added, row).first() is not None:
        return Remembered("first", case_id)
    seen = work.connection.execute(select(requests).where(requests.c.account == account, requests.c.key == key)).one()
    return Remembered("same" if seen.request_hash == request_hash else "different", seen.case_id)


def key_used_for_another() -> Conflict:
    """Return the error for a key that came again with another body."""
    return Conflict(
        "idempotency_key_reused", "同一请求号已用于另一份内容，请换一个新的请求号。", field="Idempotency-Key"
    )
