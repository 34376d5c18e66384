"""What reached people: the inbox of the `file` gateway and the message rows of the record, for the engine's tests."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from records.engine import Record
from records.tables import messages

OPEN = {"planned", "sending", "doubtful"}


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox."""

    key: str
    notice: str
    state: str
    code: str | None
    late: bool
    attempts: int


def lines(home: Path) -> list[dict[str, Any]]:
    """Return every message in the inbox, in the order it arrived."""
    log = home / "inbox" / "messages.jsonl"
    return [json.loads(line) for line in log.read_text("utf-8").splitlines() if line] if log.exists() else []


def keys(home: Path) -> list[str]:
    """Return the keys of the messages in the inbox; a key that is there twice was sent twice."""
    return [line["key"] for line in lines(home)]


def rows(record: Record, case_id: str) -> list[Message]:
    """Return the message rows of a case in the order of their events."""
    columns = (
        messages.c.key,
        messages.c.notice,
        messages.c.state,
        messages.c.code,
        messages.c.late,
        messages.c.attempts,
    )
    wanted = select(*columns).where(messages.c.case_id == case_id).order_by(messages.c.seq, messages.c.place)
    with record.read() as work:
        return [
            Message(r.key, r.notice, r.state, r.code, bool(r.late), r.attempts) for r in work.connection.execute(wanted)
        ]


async def delivered(record: Record, case_id: str, seconds: float = 60) -> list[Message]:
    """Wait until no message of a case is open any more, and return all."""
    for _ in range(int(seconds / 0.05)):
        found = rows(record, case_id)
        if found and not any(message.state in OPEN for message in found):
            return found
        await asyncio.sleep(0.05)
    raise TimeoutError(f"messages of {case_id} are still open: {found}")
