"""What is known of a file that was handed in (证据材料): what it shows, who handed it in, when and about what.

The content lies encrypted in the store of `documents/`; its keyed digest here is its place there.  A file belongs to
what it is about; once that is a case, whoever sees the case sees it, except that a helper never learns who objected.
"""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, Literal

from sqlalchemy import Row, delete, insert, select, update

from casework.states import Role
from records.engine import Reading, Writing
from records.papers import is_a_paper
from records.scope import Scope, visible
from records.tables import cases
from records.tables_public import evidence

About = Literal["case", "objection", "application"]
CASE: About = "case"
OBJECTION: About = "objection"
APPLICATION: About = "application"


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A file as it was handed in; `account` is None when the public did."""

    about_kind: About
    about: str
    label: str
    kind: str
    size: int
    digest: str
    file_name: str = field(repr=False)
    case_id: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence(NewEvidence):
    """A file on record."""

    evidence_id: str = ""
    at: datetime | None = None


def add_evidence(work: Writing, new: NewEvidence, now: datetime) -> str:
    """Put a file on record and return its random number; the same content about the same thing is kept once."""
    same = select(evidence.c.evidence_id).where(
        evidence.c.about_kind == new.about_kind, evidence.c.about == new.about, evidence.c.digest == new.digest
    )
    if (known := work.connection.execute(same).scalar()) is not None:
        return str(known)
    evidence_id = token_urlsafe(12)
    row = {
        "evidence_id": evidence_id,
        "case_id": new.case_id,
        "about_kind": new.about_kind,
        "about": new.about,
        "label": new.label,
        "file_name": work.keys.seal_text(new.file_name, f"evidence.file_name:{evidence_id}"),
        "kind": new.kind,
        "size": new.size,
        "digest": new.digest,
        "account": new.account,
        "at": now,
    }
    work.connection.execute(insert(evidence), row)
    return evidence_id


def evidence_about(work: Reading, about_kind: About, about: str) -> tuple[Evidence, ...]:
    """Return the files about one thing, in the order in which they came.  No scope: the caller has looked already."""
    rows = select(evidence).where(evidence.c.about_kind == about_kind, evidence.c.about == about)
    return tuple(_opened(work, row) for row in work.connection.execute(rows.order_by(evidence.c.at)))


def evidence_of(work: Reading, scope: Scope, case_id: str) -> tuple[Evidence, ...]:
    """Return the files of a case that a caller may see; none outside the scope."""
    rows = select(evidence).join(cases, cases.c.case_id == evidence.c.case_id)
    rows = rows.where(evidence.c.case_id == case_id, visible(scope))
    if scope.role is Role.HELPER:
        rows = rows.where(evidence.c.about_kind != OBJECTION)
    return tuple(_opened(work, row) for row in work.connection.execute(rows.order_by(evidence.c.at)))


def one_evidence(work: Reading, evidence_id: str) -> Evidence | None:
    """Return a file by its number.  No scope: the desk decides who may see it (`desk/evidence.py`)."""
    row = work.connection.execute(select(evidence).where(evidence.c.evidence_id == evidence_id)).first()
    return _opened(work, row) if row else None


def move_to_case(work: Writing, about_kind: About, about: str, case_id: str) -> None:
    """What was handed in with an application or an objection belongs to the case from now on."""
    mine = update(evidence).where(evidence.c.about_kind == about_kind, evidence.c.about == about)
    work.connection.execute(mine.values(case_id=case_id))


def move_evidence(work: Writing, about_kind: About, about: str, to: str) -> None:
    """What was handed in with a draft belongs to what it became."""
    mine = update(evidence).where(evidence.c.about_kind == about_kind, evidence.c.about == about)
    work.connection.execute(mine.values(about=to))


def drop_evidence(work: Writing, evidence_id: str) -> str | None:
    """Take a file off the record; return its digest when nothing else, no paper either, has the same content."""
    gone = delete(evidence).where(evidence.c.evidence_id == evidence_id).returning(evidence.c.digest)
    digest = work.connection.execute(gone).scalar()
    if digest is None:
        return None
    left = select(evidence.c.evidence_id).where(evidence.c.digest == digest).limit(1)
    if work.connection.execute(left).first() or is_a_paper(work, digest):
        return None
    return str(digest)


def drop_all(work: Writing, about_kind: About, about: str) -> tuple[str, ...]:
    """Take every file about one thing off the record; return the digests that nothing else has."""
    there = evidence_about(work, about_kind, about)
    return tuple(digest for file in there if (digest := drop_evidence(work, file.evidence_id)) is not None)


def _opened(work: Reading, row: Row[Any]) -> Evidence:
    return Evidence(
        evidence_id=row.evidence_id,
        case_id=row.case_id,
        about_kind=row.about_kind,
        about=row.about,
        label=row.label,
        file_name=work.keys.open_text(row.file_name, f"evidence.file_name:{row.evidence_id}") or "",
        kind=row.kind,
        size=row.size,
        digest=row.digest,
        account=row.account,
        at=row.at,
    )
