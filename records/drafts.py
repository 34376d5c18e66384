"""Drafts of applications (申请草稿): kept as typed and sealed, found by whoever may go on with them, swept when old.

`content` is whatever JSON the desk keeps (`desk/draft_answers.py` gives it its shape).  Every read takes a `Whose`:
a caseworker's own drafts and those of the same office, or the drafts of one member of the public and nobody else's.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update

from casework.errors import Conflict
from records.engine import Reading, Writing
from records.people import normal_id
from records.tables_drafts import draft_moves, drafts
from records.upsert import insert_into

KEPT = timedelta(days=90)
"""How long a draft is kept after it was last saved.  内部规定."""


class DraftKind(StrEnum):
    """Where a draft is written: at the counter, or at home by the household itself."""

    DESK = "desk"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose drafts are looked at.  `owner` is an account, or for the public an index that tells nobody who it is
    (`public_owner`); with an `office` the drafts of its colleagues are there too.
    """

    kind: DraftKind
    owner: str
    office: str | None = None

    @property
    def theirs(self) -> ColumnElement[bool]:
        mine = drafts.c.owner == self.owner
        found = mine if self.office is None else or_(mine, drafts.c.office == self.office)
        return and_(drafts.c.kind == self.kind.value, found)


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft.  `case_id` is the case it became: then `content` is empty."""

    draft_id: str
    kind: DraftKind
    owner: str
    office: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str
    case_id: str | None
    content: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DraftMove:
    """Somebody took over a colleague's draft."""

    at: datetime
    from_owner: str
    to_owner: str


def public_owner(work: Reading, secret: str) -> str:
    """Return under which name the drafts of a member of the public are kept; the secret itself is kept nowhere."""
    return work.keys.blind_index("draft owner", secret)


def start_draft(
    work: Writing, whose: Whose, content: dict[str, Any], now: datetime, *, once: str | None = None
) -> Draft:
    """Keep a new draft, or return the one that was started under the key `once`; drafts that are too old go now."""
    sweep_drafts(work, now)
    draft_id = token_hex(16)
    if once is not None:
        draft_id = work.keys.blind_index("draft", f"{whose.kind}\x00{whose.owner}\x00{once}")[:32]
        if (begun := draft_for(work, whose, draft_id, now)) is not None:
            return begun
    row: dict[str, Any] = {
        "draft_id": draft_id,
        "kind": whose.kind.value,
        "owner": whose.owner,
        "office": whose.office,
        "version": 1,
        "content": _sealed(work, draft_id, content),
        "created_at": now,
        "updated_at": now,
        "updated_by": whose.owner,
        "case_id": None,
    }
    work.connection.execute(insert_into(work.connection, drafts).on_conflict_do_nothing(), row)
    return Draft(**{**row, "kind": whose.kind, "content": content})


def draft_for(work: Reading, whose: Whose, draft_id: str, now: datetime, *, lock: bool = False) -> Draft | None:
    """Return a draft; None when it is not theirs, or too old.  `lock` lets two writers take turns on PostgreSQL."""
    asked = select(drafts).where(drafts.c.draft_id == draft_id, whose.theirs, drafts.c.updated_at > now - KEPT)
    row = work.connection.execute(asked.with_for_update() if lock else asked).first()
    return _draft(work, row) if row else None


def desk_draft(work: Reading, draft_id: str) -> Draft | None:
    """Return a draft of any office's desk by its number, for what it came from.  No scope: never for a caller."""
    asked = select(drafts).where(drafts.c.draft_id == draft_id, drafts.c.kind == DraftKind.DESK.value)
    row = work.connection.execute(asked).first()
    return _draft(work, row) if row else None


def drafts_for(work: Reading, whose: Whose, now: datetime, limit: int = 200) -> tuple[Draft, ...]:
    """Return the drafts that are not a case yet, the last saved first."""
    asked = select(drafts).where(whose.theirs, drafts.c.case_id.is_(None), drafts.c.updated_at > now - KEPT)
    rows = work.connection.execute(asked.order_by(drafts.c.updated_at.desc(), drafts.c.draft_id).limit(limit))
    return tuple(_draft(work, row) for row in rows)


def keep_draft(
    work: Writing, draft: Draft, content: dict[str, Any], *, by: str, now: datetime, id_number: str | None = None
) -> Draft:
    """Keep a draft's new content.  Raises `Conflict` (draft_changed) when somebody kept another since it was read."""
    index = work.keys.blind_index("id_number", normal_id(id_number)) if id_number else None
    sealed = _sealed(work, draft.draft_id, content)
    _move(work, draft, content=sealed, applicant_index=index, updated_at=now, updated_by=by)
    return replace(draft, version=draft.version + 1, content=content, updated_at=now, updated_by=by)


def move_draft(work: Writing, draft: Draft, to: Whose, now: datetime) -> None:
    """Give a draft to a colleague, and write down who took it from whom."""
    _move(work, draft, owner=to.owner, office=to.office)
    line = {"draft_id": draft.draft_id, "at": now, "from_owner": draft.owner, "to_owner": to.owner}
    work.connection.execute(insert(draft_moves), line)


def moves_of(work: Reading, draft_id: str) -> tuple[DraftMove, ...]:
    """Return who took over a draft, in order."""
    asked = select(draft_moves).where(draft_moves.c.draft_id == draft_id).order_by(draft_moves.c.move_id)
    return tuple(DraftMove(row.at, row.from_owner, row.to_owner) for row in work.connection.execute(asked))


def became_case(work: Writing, draft: Draft, case_id: str, now: datetime) -> None:
    """Say which case a draft became, and forget what was typed: the people of a case are kept with the case."""
    emptied = _sealed(work, draft.draft_id, {})
    values = {"case_id": case_id, "content": emptied, "applicant_index": None, "updated_at": now}
    work.connection.execute(update(drafts).where(drafts.c.draft_id == draft.draft_id).values(**values))


def forget_draft(work: Writing, draft: Draft) -> None:
    """Delete a draft and what was typed into it."""
    work.connection.execute(delete(draft_moves).where(draft_moves.c.draft_id == draft.draft_id))
    work.connection.execute(delete(drafts).where(drafts.c.draft_id == draft.draft_id))


def sweep_drafts(work: Writing, now: datetime) -> int:
    """Delete what was last saved too long ago; return how many."""
    old = select(drafts.c.draft_id).where(drafts.c.updated_at <= now - KEPT)
    work.connection.execute(delete(draft_moves).where(draft_moves.c.draft_id.in_(old)))
    return int(work.connection.execute(delete(drafts).where(drafts.c.updated_at <= now - KEPT)).rowcount)


def others_with_applicant(work: Reading, draft: Draft, id_number: str, now: datetime) -> tuple[tuple[str, int], ...]:
    """Return whose other drafts at the same office have this applicant, and how many: (owner, number)."""
    index = work.keys.blind_index("id_number", normal_id(id_number))
    same = (drafts.c.applicant_index == index, drafts.c.office == draft.office, drafts.c.kind == draft.kind.value)
    fresh = (drafts.c.draft_id != draft.draft_id, drafts.c.case_id.is_(None), drafts.c.updated_at > now - KEPT)
    asked = select(drafts.c.owner, func.count()).where(*same, *fresh).group_by(drafts.c.owner)
    return tuple((owner, count) for owner, count in work.connection.execute(asked.order_by(drafts.c.owner)))


def _move(work: Writing, draft: Draft, **values: Any) -> None:
    there = (drafts.c.draft_id == draft.draft_id, drafts.c.version == draft.version)
    moved = update(drafts).where(*there).values(version=draft.version + 1, **values)
    if work.connection.execute(moved).rowcount != 1:
        raise Conflict("draft_changed", "这份草稿刚在另一处保存过，请重新打开后再保存。")


def _sealed(work: Writing, draft_id: str, content: dict[str, Any]) -> bytes:
    return work.keys.seal(json.dumps(content).encode(), f"drafts.content:{draft_id}")


def _draft(work: Reading, row: Row[Any]) -> Draft:
    content = json.loads(work.keys.open(row.content, f"drafts.content:{row.draft_id}"))
    values = {name: value for name, value in row._mapping.items() if name not in ("content", "applicant_index")}
    return Draft(**{**values, "kind": DraftKind(row.kind), "content": content})
