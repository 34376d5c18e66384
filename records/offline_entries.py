"""Offline entries (离线登记): what staff noted without a connection, kept until it is a step or discarded.

Nothing that arrives is lost: it is kept before the step is tried.  `taking` marks an entry somebody is trying to turn
into a step just now, so that two people never make two steps of it; the same person may try again.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select, update

from casework.times import local_date
from records.engine import Reading, Writing
from records.requests import key_used_for_another
from records.scope import Scope, visible
from records.tables import cases
from records.tables_delegation import offline_entries
from records.upsert import insert_into


class EntryState(StrEnum):
    """Where an entry stands."""

    WAITING = "waiting"
    TAKING = "taking"
    HANDED_OVER = "handed_over"
    TAKEN = "taken"
    DISCARDED = "discarded"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    EntryState.WAITING: "未办理，待处理",
    EntryState.TAKING: "正在办理",
    EntryState.HANDED_OVER: "已移交，待接手",
    EntryState.TAKEN: "已办理",
    EntryState.DISCARDED: "已放弃",
}


@dataclass(frozen=True, slots=True)
class OfflineEntry:
    """One entry.  `code` and `message` are the last refusal; `taken_by` whoever takes it or has taken it."""

    entry_id: str
    account: str
    device_key: str
    case_id: str
    step: str
    recorded_at: datetime
    received_at: datetime
    state: EntryState
    content: dict[str, Any] = field(repr=False)
    code: str | None = None
    message: str | None = None
    handed_at: datetime | None = None
    taken_by: str | None = None
    seq: int | None = None
    settled_at: datetime | None = None
    reason: str | None = field(default=None, repr=False)

    @property
    def recorded_on(self) -> date:
        return local_date(self.recorded_at)


def keep_entry(
    work: Writing,
    *,
    account: str,
    device_key: str,
    case_id: str,
    step: str,
    recorded_at: datetime,
    content: dict[str, Any],
    now: datetime,
) -> OfflineEntry:
    """Keep an entry, or return the one kept under this key of the device.

    Raises `Conflict` (idempotency_key_reused) when the key came with something else before.
    """
    whole = json.dumps([case_id, step, recorded_at.isoformat(), content], ensure_ascii=False, sort_keys=True)
    entry_id = entry_id_of(work, account, device_key)
    digest = work.keys.digest(whole.encode())
    sealed = json.dumps(content, ensure_ascii=False).encode()
    row = {
        "entry_id": entry_id,
        "account": account,
        "device_key": device_key,
        "case_id": case_id,
        "step": step,
        "recorded_at": recorded_at,
        "received_at": now,
        "digest": digest,
        "content": work.keys.seal(sealed, f"offline_entries.content:{entry_id}"),
        "state": EntryState.WAITING.value,
    }
    work.connection.execute(insert_into(work.connection, offline_entries).on_conflict_do_nothing(), row)
    kept = work.connection.execute(select(offline_entries).where(offline_entries.c.entry_id == entry_id)).one()
    if kept.digest != digest:
        raise key_used_for_another()
    return _entry(work, kept)


def entry_id_of(work: Reading, account: str, device_key: str) -> str:
    """Return the id that what a device noted under its own key has, or would have."""
    return f"off-{work.keys.blind_index('offline entry', account + chr(0) + device_key)[:32]}"


def entry_for(work: Reading, scope: Scope, entry_id: str) -> OfflineEntry | None:
    """Return an entry that is the caller's own, or one handed over in a case the caller sees; else None."""
    row = work.connection.execute(_for(scope).where(offline_entries.c.entry_id == entry_id)).first()
    return _entry(work, row) if row else None


def entries_for(work: Reading, scope: Scope, limit: int) -> tuple[OfflineEntry, ...]:
    """Return the entries that still want something done, the caller's own and those handed over, the oldest first."""
    unsettled = offline_entries.c.state.not_in((EntryState.TAKEN.value, EntryState.DISCARDED.value))
    wanted = _for(scope).where(unsettled).order_by(offline_entries.c.recorded_at, offline_entries.c.entry_id)
    return tuple(_entry(work, row) for row in work.connection.execute(wanted.limit(limit)))


def begin_taking(work: Writing, entry_id: str, account: str) -> bool:
    """Mark that an account tries to take the step; False when somebody else does, or the entry is settled."""
    free = offline_entries.c.state.in_((EntryState.WAITING.value, EntryState.HANDED_OVER.value))
    mine = and_(offline_entries.c.state == EntryState.TAKING.value, offline_entries.c.taken_by == account)
    return _move(work, entry_id, or_(free, mine), state=EntryState.TAKING.value, taken_by=account)


def refused(work: Writing, entry: OfflineEntry, account: str, code: str, message: str) -> None:
    """Write why the step was refused; the entry waits again where it waited before."""
    _move(
        work,
        entry.entry_id,
        _taking(account),
        state=(EntryState.HANDED_OVER if entry.handed_at else EntryState.WAITING).value,
        taken_by=None,
        code=code,
        message=work.keys.seal(message.encode(), f"offline_entries.message:{entry.entry_id}"),
    )


def taken(work: Writing, entry_id: str, account: str, seq: int, now: datetime) -> None:
    """Write that the entry has become event `seq`."""
    cleared = {"code": None, "message": None}
    _move(work, entry_id, _taking(account), state=EntryState.TAKEN.value, seq=seq, settled_at=now, **cleared)


def hand_over(work: Writing, entry_id: str, now: datetime) -> bool:
    """Hand a waiting entry over to whoever answers for the case now; False when it does not wait."""
    waiting = offline_entries.c.state == EntryState.WAITING.value
    return _move(work, entry_id, waiting, state=EntryState.HANDED_OVER.value, handed_at=now)


def discard(work: Writing, entry_id: str, by: str, reason: str, states: Collection[EntryState], now: datetime) -> bool:
    """Discard an entry with a reason; False when it is in none of these states."""
    sealed = work.keys.seal(reason.encode(), f"offline_entries.reason:{entry_id}")
    there = offline_entries.c.state.in_([state.value for state in states])
    return _move(work, entry_id, there, state=EntryState.DISCARDED.value, taken_by=by, reason=sealed, settled_at=now)


def _for(scope: Scope) -> Select[Any]:
    """A left join: an entry of a case that is not there stays with whoever sent it."""
    handed = and_(offline_entries.c.handed_at.is_not(None), visible(scope))
    joined = offline_entries.outerjoin(cases, cases.c.case_id == offline_entries.c.case_id)
    return select(offline_entries).select_from(joined).where(or_(offline_entries.c.account == scope.account, handed))


def _taking(account: str) -> Any:
    return and_(offline_entries.c.state == EntryState.TAKING.value, offline_entries.c.taken_by == account)


def _move(work: Writing, entry_id: str, condition: Any, **values: Any) -> bool:
    moved = update(offline_entries).where(offline_entries.c.entry_id == entry_id, condition).values(**values)
    return work.connection.execute(moved).rowcount == 1


def _entry(work: Reading, row: Row[Any]) -> OfflineEntry:
    def opened(name: str) -> str | None:
        return work.keys.open_text(getattr(row, name), f"offline_entries.{name}:{row.entry_id}")

    values = {name: value for name, value in row._mapping.items() if name != "digest"}
    values["state"] = EntryState(row.state)
    values["content"] = json.loads(opened("content") or "{}")
    values["message"], values["reason"] = opened("message"), opened("reason")
    return OfflineEntry(**values)
