"""Imports of sheets (导入批次): where each stands, its lines while they are needed, and the columns an office chose.

A batch goes reading → mapping → checking → checked → importing → (opening) → done; a sheet that cannot be read is
refused, one that nobody goes on with is dropped, and a done one may go undoing → undone.  What becomes of each of its
households is in `import_households.py`; nothing here reads a sheet.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from records.engine import Reading, Writing
from records.scope import Scope, of_offices
from records.tables_imports import import_batches, import_chunks, import_mappings
from records.upsert import insert_into

ChunkKind = Literal["file", "rows", "bad"]
FILE: ChunkKind = "file"
ROWS: ChunkKind = "rows"
BAD: ChunkKind = "bad"
ALL_CHUNKS = (FILE, ROWS, BAD)
RUNNING = ("reading", "checking", "importing", "opening", "undoing")
"""States in which the desk works on a batch by itself; a restart takes these up."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import.  `done` of `total` is the progress of the stage; `counts` is what the check and the import found."""

    batch_id: str
    kind: Literal["survey", "ledger"]
    office: str
    account: str
    state: str
    created_at: datetime
    changed_at: datetime
    done: int
    total: int
    lines: int
    header: tuple[str, ...]
    mapping: dict[str, Any]
    counts: dict[str, Any]
    open_cases: bool
    confirmed_at: datetime | None
    refused_code: str | None
    refused_words: str | None
    undone_by: str | None
    file_name: str = field(default="", repr=False)

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def waiting(self) -> bool:
        """Whether somebody has to go on with it."""
        return self.state in ("mapping", "checked")


_COLUMNS = tuple(import_batches.c[name] for name in Batch.__slots__)


def begin(
    work: Writing, *, kind: str, office: str, account: str, file_name: str, content: bytes, batch_id: str, now: datetime
) -> bool:
    """Keep a sheet that was handed in, sealed; False when this very request had begun it before."""
    row = {
        "batch_id": batch_id,
        "kind": kind,
        "office": office,
        "account": account,
        "state": "reading",
        "file_name": work.keys.seal_text(file_name[:200], f"import_batches.file_name:{batch_id}"),
        "created_at": now,
        "changed_at": now,
        **dict.fromkeys(("done", "total", "lines"), 0),
        "header": "[]",
        "mapping": "{}",
        "counts": "{}",
        "open_cases": False,
    }
    added = insert_into(work.connection, import_batches).on_conflict_do_nothing().returning(import_batches.c.batch_id)
    if work.connection.execute(added, row).first() is None:
        return False
    keep_chunk(work, batch_id, FILE, 0, content)
    return True


def new_batch_id() -> str:
    return str(uuid4())


def batch(work: Reading, scope: Scope, batch_id: str) -> Batch | None:
    """Return a batch; None outside the caller's area."""
    asked = select(*_COLUMNS).where(import_batches.c.batch_id == batch_id, of_offices(scope, import_batches.c.office))
    row = work.connection.execute(asked).first()
    return _opened(work, row) if row else None


def batch_by_id(work: Reading, batch_id: str) -> Batch | None:
    """Return a batch for the desk's own work on it.  No scope."""
    row = work.connection.execute(select(*_COLUMNS).where(import_batches.c.batch_id == batch_id)).first()
    return _opened(work, row) if row else None


def batches(work: Reading, scope: Scope, *, limit: int = 50) -> tuple[Batch, ...]:
    """Return the batches of the caller's area, the newest first."""
    asked = select(*_COLUMNS).where(of_offices(scope, import_batches.c.office))
    newest = asked.order_by(import_batches.c.created_at.desc(), import_batches.c.batch_id).limit(limit)
    return tuple(_opened(work, row) for row in work.connection.execute(newest))


def unfinished(work: Reading) -> tuple[str, ...]:
    """Return the batches a restart cut, the oldest first."""
    asked = select(import_batches.c.batch_id).where(import_batches.c.state.in_(RUNNING))
    return tuple(work.connection.execute(asked.order_by(import_batches.c.created_at)).scalars())


def idle_since(work: Reading, before: datetime, states: tuple[str, ...]) -> tuple[str, ...]:
    """Return the batches in some states that nobody has touched since."""
    asked = select(import_batches.c.batch_id).where(
        import_batches.c.state.in_(states), import_batches.c.changed_at < before
    )
    return tuple(work.connection.execute(asked.order_by(import_batches.c.batch_id)).scalars())


def move(work: Writing, batch_id: str, was: str, state: str, now: datetime, **more: Any) -> bool:
    """Bring a batch from one state to the next; False when it has left that state meanwhile (a second click)."""
    for name in ("header", "mapping", "counts"):
        if name in more:
            more[name] = json.dumps(more[name], ensure_ascii=False)
    at = (import_batches.c.batch_id == batch_id) & (import_batches.c.state == was)
    values = {"done": 0, "total": 0, **more, "state": state, "changed_at": now}
    return work.connection.execute(update(import_batches).where(at).values(**values)).rowcount == 1


def progressed(work: Writing, batch_id: str, done: int, total: int) -> None:
    """Say how far the stage under way is."""
    at = import_batches.c.batch_id == batch_id
    work.connection.execute(update(import_batches).where(at).values(done=done, total=total))


def refused(work: Writing, batch_id: str, code: str, words: str, now: datetime) -> None:
    """A sheet that cannot be taken at all: nothing of it is kept but the words."""
    at = import_batches.c.batch_id == batch_id
    values = {"state": "refused", "refused_code": code[:40], "refused_words": words, "changed_at": now}
    work.connection.execute(update(import_batches).where(at).values(**values))
    drop_chunks(work, batch_id, FILE, ROWS, BAD)


def keep_chunk(work: Writing, batch_id: str, kind: ChunkKind, number: int, content: bytes) -> None:
    """Keep a part of a sheet, packed and sealed; a repeat replaces it."""
    at = {"batch_id": batch_id, "kind": kind, "number": number}
    sealed = work.keys.pack(content, f"import_chunks.content:{batch_id}/{kind}/{number}")
    drop = delete(import_chunks).where(*(import_chunks.c[name] == value for name, value in at.items()))
    work.connection.execute(drop)
    work.connection.execute(insert(import_chunks), at | {"content": sealed})


def chunk(work: Reading, batch_id: str, kind: ChunkKind, number: int) -> bytes | None:
    """Return one part of a sheet, None when there is none."""
    asked = select(import_chunks.c.content).where(
        import_chunks.c.batch_id == batch_id, import_chunks.c.kind == kind, import_chunks.c.number == number
    )
    sealed = work.connection.execute(asked).scalar_one_or_none()
    return None if sealed is None else work.keys.unpack(sealed, f"import_chunks.content:{batch_id}/{kind}/{number}")


def chunks(work: Reading, batch_id: str, kind: ChunkKind) -> Iterator[bytes]:
    """Return the parts of a sheet in their order, one at a time."""
    number = 0
    while (content := chunk(work, batch_id, kind, number)) is not None:
        yield content
        number += 1


def drop_chunks(work: Writing, batch_id: str, *kinds: ChunkKind) -> None:
    """Forget what is no longer needed of a sheet."""
    at = (import_chunks.c.batch_id == batch_id) & import_chunks.c.kind.in_(kinds)
    work.connection.execute(delete(import_chunks).where(at))


def remembered(work: Reading, office: str, kind: str) -> dict[str, str]:
    """Return under which titles an office's sheets said what, by field."""
    asked = select(import_mappings.c.content).where(import_mappings.c.office == office, import_mappings.c.kind == kind)
    content = work.connection.execute(asked).scalar_one_or_none()
    return dict(json.loads(content)) if content else {}


def remember(work: Writing, office: str, kind: str, titles: Mapping[str, str], now: datetime) -> None:
    """Remember under which titles an office's sheets say what; fields that this sheet does not have stay."""
    content = json.dumps(remembered(work, office, kind) | dict(titles), ensure_ascii=False)
    row = {"office": office, "kind": kind, "content": content, "changed_at": now}
    known = insert_into(work.connection, import_mappings).on_conflict_do_update(
        index_elements=["office", "kind"], set_={"content": content, "changed_at": now}
    )
    work.connection.execute(known, row)


def _opened(work: Reading, row: Any) -> Batch:
    values = dict(row._mapping)
    for name in ("mapping", "counts"):
        values[name] = json.loads(values[name])
    values["header"] = tuple(json.loads(values["header"]))
    sealed = values.pop("file_name")
    name = work.keys.open_text(sealed, f"import_batches.file_name:{values['batch_id']}") or ""
    return Batch(**values, file_name=name)
