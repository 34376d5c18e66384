"""Sheets of vacancies on their way into the pool (岗位表): kept sealed until they are confirmed, then written at once.

A sheet is its sender's alone.  What is in it is read by the console; what was known of its vacancies is read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update

from records.engine import Reading, Writing
from records.tables_vacancies import vacancies, vacancy_sheets
from records.upsert import insert_into
from records.vacancies import READ, row_of, sealed_contact, vacancy_from
from register.vacancy import Vacancy

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet as it was handed in; `counts` (new, changed, same) once it was taken in."""

    sheet_id: str
    account: str
    kind: str
    kept_at: datetime
    taken_at: datetime | None
    counts: tuple[int, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """A vacancy that is in the pool already, with whom to ask at the employer."""

    vacancy: Vacancy
    contact: str | None


def keep_sheet(work: Writing, account: str, kind: str, content: bytes, now: datetime) -> str:
    """Keep a sheet until its sender confirms it; return its id."""
    sheet_id = str(uuid4())
    row = {"sheet_id": sheet_id, "account": account, "kind": kind, "kept_at": now, "counts": ""}
    work.connection.execute(insert(vacancy_sheets), row | {"content": work.keys.seal(content, _place(sheet_id))})
    return sheet_id


def sheet_of(work: Reading, sheet_id: str, account: str) -> KeptSheet | None:
    """Return a sheet of this account's."""
    asked = select(vacancy_sheets).where(vacancy_sheets.c.sheet_id == sheet_id, vacancy_sheets.c.account == account)
    row = work.connection.execute(asked).first()
    if row is None:
        return None
    counts = tuple(int(number) for number in row.counts.split(",") if number)
    content = work.keys.open(row.content, _place(sheet_id))
    return KeptSheet(row.sheet_id, row.account, row.kind, row.kept_at, row.taken_at, counts, content)


def mark_taken(work: Writing, sheet_id: str, counts: Sequence[int], now: datetime) -> bool:
    """Say that a sheet was taken in; False when that was said before.  Whoever asks meanwhile waits for the answer."""
    this = (vacancy_sheets.c.sheet_id == sheet_id, vacancy_sheets.c.taken_at.is_(None))
    said = {"taken_at": now, "counts": ",".join(map(str, counts))}
    return work.connection.execute(update(vacancy_sheets).where(*this).values(said)).rowcount == 1


def drop_sheets(work: Writing, before: datetime) -> None:
    """Forget sheets that were handed in before an instant, confirmed or not."""
    work.connection.execute(delete(vacancy_sheets).where(vacancy_sheets.c.kept_at < before))


def known_of(work: Reading, vacancy_ids: Sequence[str]) -> dict[str, Known]:
    """Return those of some vacancies that are in the pool."""
    found = {}
    for first in range(0, len(vacancy_ids), AT_ONCE):
        some = vacancies.c.vacancy_id.in_(vacancy_ids[first : first + AT_ONCE])
        for row in work.connection.execute(select(*READ, vacancies.c.contact).where(some)):
            vacancy = vacancy_from(row)
            contact = work.keys.open_text(row.contact, sealed_contact(vacancy.vacancy_id))
            found[vacancy.vacancy_id] = Known(vacancy, contact)
    return found


def set_vacancies(work: Writing, entries: Mapping[str, tuple[Vacancy, str | None]], by: str, now: datetime) -> None:
    """Add vacancies or replace those with their ids, all at once; without a contact the one that is kept stays."""
    rows = [
        row_of(vacancy)
        | {"contact": work.keys.seal_text(contact, sealed_contact(vacancy_id)), "version": 1}
        | {"kept_by": by, "kept_at": now}
        for vacancy_id, (vacancy, contact) in entries.items()
    ]
    if not rows:
        return
    added = insert_into(work.connection, vacancies)
    changed: dict[str, Any] = {
        name: added.excluded[name] for name in rows[0] if name not in ("vacancy_id", "contact", "version")
    }
    changed["contact"] = func.coalesce(added.excluded.contact, vacancies.c.contact)
    changed["version"] = vacancies.c.version + 1
    work.connection.execute(added.on_conflict_do_update(index_elements=["vacancy_id"], set_=changed), rows)


def _place(sheet_id: str) -> str:
    return f"vacancy_sheets.content:{sheet_id}"
