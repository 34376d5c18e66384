"""Files of the ledger that are made in the background (台账文件): who asked for what, how far it is, the sealed parts.

A file goes (logging →) making → ready, or failed; it is its owner's alone and is dropped after a day.  Making it is
`desk/ledger_files.py`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from records.engine import Reading, Writing
from records.household_pages import log_view
from records.ledger_pages import LedgerFilter
from records.scope import Scope
from records.tables_exports import ledger_file_parts as parts
from records.tables_exports import ledger_files as files
from records.tables_people import view_log
from records.upsert import insert_into

LOOKED = "ledger"
"""What the view log calls a household in a file with whole names."""

RUNNING = ("logging", "making")
A_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """One file.  `done` of `total` counts households while looks are logged, lines while it is made."""

    file_id: str
    account: str
    area: str
    kind: str
    asked: LedgerFilter
    state: str
    done: int
    total: int
    size: int
    parts: int
    created_at: datetime
    why: str | None
    reason: str | None = field(repr=False)

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def whole(self) -> bool:
        return self.reason is not None


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for; with a reason, names are whole."""

    kind: str
    asked: LedgerFilter
    total: int
    reason: str | None = field(default=None, repr=False)


def order_file(work: Writing, file_id: str, account: str, area: str, order: Order, now: datetime) -> None:
    """Note that a file is wanted; the same request twice is one."""
    said = asdict(order.asked) | {"day": order.asked.day.isoformat()}
    row = {
        "file_id": file_id,
        "account": account,
        "area": area,
        "kind": order.kind,
        "asked": json.dumps(said, ensure_ascii=False),
        "reason": work.keys.seal_text(order.reason, f"ledger_files.reason:{file_id}"),
        "state": "logging" if order.reason else "making",
        "total": order.total,
        "created_at": now,
        **dict.fromkeys(("done", "size", "parts"), 0),
    }
    work.connection.execute(insert_into(work.connection, files).on_conflict_do_nothing(), row)


def ledger_file(work: Reading, file_id: str) -> LedgerFile | None:
    """Return a file.  No scope: the desk asks whose it is."""
    row = work.connection.execute(select(files).where(files.c.file_id == file_id)).first()
    return _opened(work, row) if row else None


def files_of(work: Reading, account: str, area: str, since: datetime) -> tuple[LedgerFile, ...]:
    """Return what somebody asked for since then, the newest first."""
    mine = (files.c.account == account, files.c.area == area, files.c.created_at > since)
    rows = work.connection.execute(select(files).where(*mine).order_by(files.c.created_at.desc()).limit(20))
    return tuple(_opened(work, row) for row in rows)


def unfinished_files(work: Reading) -> tuple[str, ...]:
    """Return the files that a restart cut, the oldest first."""
    asked = select(files.c.file_id).where(files.c.state.in_(RUNNING)).order_by(files.c.created_at)
    return tuple(work.connection.execute(asked).scalars())


def told_file(work: Writing, file_id: str, **said: Any) -> None:
    """Write down how far a file is."""
    work.connection.execute(update(files).where(files.c.file_id == file_id).values(**said))


def begin_again(work: Writing, of: LedgerFile) -> bool:
    """Have a file that failed made anew; False when it is under way or ready."""
    this = (files.c.file_id == of.file_id, files.c.state == "failed")
    values = {"state": "logging" if of.whole else "making", "done": 0, "why": None}
    return work.connection.execute(update(files).where(*this).values(**values)).rowcount == 1


def log_looks(work: Writing, scope: Scope, of: LedgerFile, case_ids: Sequence[str]) -> None:
    """Write a line of the view log for each of these households, as at the time the file was asked for."""
    for case_id in case_ids:
        log_view(work, scope, case_id, what=LOOKED, reason=of.reason or "", now=of.created_at)


def logged_looks(work: Reading, of: LedgerFile) -> frozenset[str]:
    """Return the households whose line of the view log for this file is written."""
    mine = (view_log.c.account == of.account, view_log.c.at == of.created_at, view_log.c.what == LOOKED)
    return frozenset(work.connection.execute(select(view_log.c.case_id).where(*mine)).scalars())


def keep_part(work: Writing, file_id: str, number: int, content: bytes) -> None:
    """Keep a part of a file, sealed; a repeat replaces it."""
    this = (parts.c.file_id == file_id, parts.c.number == number)
    work.connection.execute(delete(parts).where(*this))
    sealed = work.keys.seal(content, f"ledger_file_parts.content:{file_id}/{number}")
    work.connection.execute(parts.insert(), {"file_id": file_id, "number": number, "content": sealed})


def part_of(work: Reading, file_id: str, number: int) -> bytes | None:
    """Return a part of a file; None when it is gone."""
    asked = select(parts.c.content).where(parts.c.file_id == file_id, parts.c.number == number)
    sealed = work.connection.execute(asked).scalar_one_or_none()
    return None if sealed is None else work.keys.open(sealed, f"ledger_file_parts.content:{file_id}/{number}")


def drop_files(work: Writing, before: datetime) -> None:
    """Forget the files that were asked for before then."""
    old = select(files.c.file_id).where(files.c.created_at <= before)
    work.connection.execute(delete(parts).where(parts.c.file_id.in_(old)))
    work.connection.execute(delete(files).where(files.c.created_at <= before))


def _opened(work: Reading, row: Any) -> LedgerFile:
    said = json.loads(row.asked)
    values = dict(row._mapping) | {"asked": LedgerFilter(**said | {"day": date.fromisoformat(said["day"])})}
    values["reason"] = work.keys.open_text(row.reason, f"ledger_files.reason:{row.file_id}")
    return LedgerFile(**values)
