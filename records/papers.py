"""Issued papers (文书) on record: numbers without gaps, one file for each, found again by case, code or content.

A paper is first reserved (number, code and what will stand in it), then its file is made and kept, then it is issued.
What broke off in between is taken up with the same number.  Who may issue is the desk's matter.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from secrets import choice
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, insert, select, update

from records.engine import Reading, Writing
from records.scope import Scope, visible
from records.tables import cases
from records.tables_papers import paper_numbers, papers
from records.upsert import insert_into

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are misread."""

CODE = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper without what stands in it.  `issued_at` is None while its file is not made."""

    paper_id: str
    case_id: str
    kind: str
    about: str
    edition: int
    issuer: str
    issuer_name: str
    number: str
    forms_version: int
    sealed: bool
    test_seal: bool
    account: str
    dated: date
    issued_at: datetime | None
    digest: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What is reserved.  `told` is what is set into the form, without number and code."""

    case_id: str
    kind: str
    about: str
    issuer: str
    issuer_name: str
    forms_version: int
    sealed: bool
    test_seal: bool
    account: str
    dated: date
    told: dict[str, Any] = field(repr=False)


_MADE_ANEW = ("issuer_name", "forms_version", "sealed", "test_seal", "account", "dated")

_PAPER = tuple(papers.c[name] for name in Paper.__slots__)


def reserve(work: Writing, new: NewPaper, number_of: Callable[[int], str]) -> Paper:
    """Return the paper of this case, kind and subject, reserving a number when there is none yet.

    `number_of(place)` words the number; counting is by issuer, kind and year.  One that was reserved but never issued
    keeps number and code and is told anew, for what stood in its way may have been put right since.
    """
    _one_at_a_time(work, new.case_id)
    there = latest(work, new.case_id, new.kind, new.about)
    if there is not None:
        return there if there.issued_at else _told_anew(work, there, new)
    return _reserved(work, new, 1, number_of)


def reserve_again(work: Writing, new: NewPaper, number_of: Callable[[int], str], replaced: str) -> Paper:
    """Reserve a new edition in the place of one that was issued; asked twice, the same edition is returned."""
    _one_at_a_time(work, new.case_id)
    there = latest(work, new.case_id, new.kind, new.about)
    if there is None:
        return _reserved(work, new, 1, number_of)
    if there.issued_at is None:
        return _told_anew(work, there, new)
    if there.paper_id != replaced:
        return there
    return _reserved(work, new, there.edition + 1, number_of)


def issued(work: Writing, paper_id: str, *, digest: str, size: int, now: datetime) -> None:
    """Say where the file of a reserved paper lies; one that was issued already keeps the file it has."""
    at = (papers.c.paper_id == paper_id, papers.c.issued_at.is_(None))
    work.connection.execute(update(papers).where(*at).values(digest=digest, size=size, issued_at=now))


def same(work: Reading, paper_id: str) -> Paper:
    """Return a paper as it is on record now."""
    return _paper(work.connection.execute(select(*_PAPER).where(papers.c.paper_id == paper_id)).one())


def told_of(work: Reading, paper_id: str) -> dict[str, Any]:
    """Return what stands in a paper, as it was reserved: personal data, for typesetting alone."""
    sealed = work.connection.execute(select(papers.c.told).where(papers.c.paper_id == paper_id)).scalar_one()
    told: dict[str, Any] = json.loads(work.keys.unpack(sealed, f"papers.told:{paper_id}"))
    return told


def papers_of(work: Reading, scope: Scope, case_id: str) -> tuple[Paper, ...]:
    """Return the papers of a case, also unfinished ones, the newest first; none outside the scope."""
    rows = select(*_PAPER).join(cases, cases.c.case_id == papers.c.case_id)
    rows = rows.where(papers.c.case_id == case_id, visible(scope))
    ordered = rows.order_by(papers.c.issued_at.is_(None).desc(), papers.c.issued_at.desc(), papers.c.number)
    return tuple(_paper(row) for row in work.connection.execute(ordered))


def one_paper(work: Reading, scope: Scope, case_id: str, paper_id: str) -> Paper | None:
    """Return a paper of a case; None outside the scope."""
    asked = select(*_PAPER).join(cases, cases.c.case_id == papers.c.case_id)
    asked = asked.where(papers.c.paper_id == paper_id, papers.c.case_id == case_id, visible(scope))
    row = work.connection.execute(asked).first()
    return _paper(row) if row else None


def by_code(work: Reading, code: str) -> Paper | None:
    """Return the issued paper with this verification code, for whoever has it in hand.  No scope."""
    return _found(work, papers.c.code_index == work.keys.blind_index("paper code", code))


def by_digest(work: Reading, digest: str) -> Paper | None:
    """Return the issued paper whose file has this keyed digest.  No scope."""
    return _found(work, papers.c.digest == digest)


def latest(work: Reading, case_id: str, kind: str, about: str) -> Paper | None:
    """Return the newest edition of a paper, issued or only reserved.  No scope."""
    mine = (papers.c.case_id == case_id, papers.c.kind == kind, papers.c.about == about)
    row = work.connection.execute(select(*_PAPER).where(*mine).order_by(papers.c.edition.desc()).limit(1)).first()
    return _paper(row) if row else None


def replaced(work: Reading, paper: Paper) -> bool:
    """Say whether a later edition was issued."""
    later = select(papers.c.paper_id).where(
        papers.c.case_id == paper.case_id,
        papers.c.kind == paper.kind,
        papers.c.about == paper.about,
        papers.c.edition > paper.edition,
        papers.c.issued_at.is_not(None),
    )
    return work.connection.execute(later.limit(1)).first() is not None


def is_a_paper(work: Reading, digest: str) -> bool:
    """Say whether a file of the store belongs to a paper, and so is never thrown away."""
    return work.connection.execute(select(papers.c.paper_id).where(papers.c.digest == digest)).first() is not None


def _found(work: Reading, condition: Any) -> Paper | None:
    row = work.connection.execute(select(*_PAPER).where(condition, papers.c.issued_at.is_not(None))).first()
    return _paper(row) if row else None


def _one_at_a_time(work: Writing, case_id: str) -> None:
    """Two who issue the same paper of a case at once wait for each other."""
    work.connection.execute(select(cases.c.case_id).where(cases.c.case_id == case_id).with_for_update())


def _told_anew(work: Writing, there: Paper, new: NewPaper) -> Paper:
    before = told_of(work, there.paper_id)
    told = new.told | {name: before[name] for name in ("number", "code")}
    changed = {name: getattr(new, name) for name in _MADE_ANEW} | {"told": _packed(work, there.paper_id, told)}
    work.connection.execute(update(papers).where(papers.c.paper_id == there.paper_id).values(changed))
    return replace(there, **{name: getattr(new, name) for name in _MADE_ANEW})


def _packed(work: Writing, paper_id: str, told: dict[str, Any]) -> bytes:
    return work.keys.pack(json.dumps(told, ensure_ascii=False).encode(), f"papers.told:{paper_id}")


def _reserved(work: Writing, new: NewPaper, edition: int, number_of: Callable[[int], str]) -> Paper:
    counted = insert_into(work.connection, paper_numbers).values(
        issuer=new.issuer, kind=new.kind, year=new.dated.year, last=1
    )
    counted = counted.on_conflict_do_update(
        index_elements=["issuer", "kind", "year"], set_={"last": paper_numbers.c.last + 1}
    )
    place = work.connection.execute(counted.returning(paper_numbers.c.last)).scalar_one()
    paper_id, code = str(uuid4()), "".join(choice(ALPHABET) for _ in range(CODE))
    number = number_of(place)
    told = new.told | {"number": number, "code": "-".join((code[:4], code[4:8], code[8:]))}
    plain = {name: getattr(new, name) for name in NewPaper.__slots__ if name != "told"}
    row = plain | {
        "paper_id": paper_id,
        "edition": edition,
        "number": number,
        "code_index": work.keys.blind_index("paper code", code),
        "told": _packed(work, paper_id, told),
    }
    work.connection.execute(insert(papers), row)
    return Paper(**plain, paper_id=paper_id, edition=edition, number=number, issued_at=None, digest=None, size=None)


def _paper(row: Row[Any]) -> Paper:
    return Paper(*tuple(row))
