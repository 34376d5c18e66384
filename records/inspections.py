"""Inspections (核查台账): opened, written down, put right, closed; read in an area.  Texts are sealed.

Whether something may be done is asked of `register/inspection_file.py` before; nothing here is ever deleted.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from records.engine import Reading, Writing
from records.scope import Scope, of_offices
from records.tables_inspections import inspection_records, inspections
from records.upsert import insert_into
from register.inspection_file import RecordKind, Result

TRIES = 5
PREFIX = "HC"


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """An inspection as lists show it; `number` is what people call it by."""

    inspection_id: str
    number: str
    area: str
    kind: str | None
    subject: str | None
    opened_on: date
    opened_by: str
    due_on: date
    closed_on: date | None
    closed_by: str | None
    result: Result | None
    version: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """One thing written down: a finding, a circular, a talk or a follow-up."""

    place: int
    kind: RecordKind
    on_day: date
    due_on: date | None
    done_on: date | None
    account: str
    at: datetime
    done_by: str | None
    text: str = field(repr=False)
    whom: str | None = field(default=None, repr=False)
    done_text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection whole."""

    row: InspectionRow
    about: str = field(repr=False)
    inspectors: str = field(repr=False)
    conclusion: str | None = field(repr=False)
    records: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class NewInspection:
    """What is said when one is opened; of an item, `kind`, `subject` and `digest` name it."""

    inspection_id: str
    area: str
    about: str = field(repr=False)
    inspectors: str = field(repr=False)
    due_on: date
    kind: str | None = None
    subject: str | None = None
    digest: str | None = None


_ROW = tuple(inspections.c[name] for name in InspectionRow.__slots__)


def open_inspection(work: Writing, new: NewInspection, *, account: str, on: date) -> None:
    """Keep a new inspection under the next number of its year; one that is there already stays as it is."""
    there = select(inspections.c.inspection_id).where(inspections.c.inspection_id == new.inspection_id)
    for _ in range(TRIES):
        if work.connection.execute(there).first() is not None:
            return
        row = {
            "inspection_id": new.inspection_id,
            "number": _next_number(work, on.year),
            "area": new.area,
            "kind": new.kind,
            "subject": new.subject,
            "digest": new.digest,
            "about": _sealed(work, new.inspection_id, "about", new.about),
            "inspectors": _sealed(work, new.inspection_id, "inspectors", new.inspectors),
            "opened_on": on,
            "opened_by": account,
            "due_on": new.due_on,
            "version": 1,
        }
        work.connection.execute(insert_into(work.connection, inspections).on_conflict_do_nothing(), row)


def get(work: Reading, scope: Scope, inspection_id: str, *, lock: bool = False) -> Inspection | None:
    """Return an inspection whole; None outside the area.  Locked, it is written by nobody else until the work ends."""
    asked = select(inspections).where(inspections.c.inspection_id == inspection_id, _seen_by(scope))
    row = work.connection.execute(asked.with_for_update() if lock else asked).first()
    if row is None:
        return None
    lines = work.connection.execute(
        select(inspection_records)
        .where(inspection_records.c.inspection_id == inspection_id)
        .order_by(inspection_records.c.place)
    )
    texts = {name: _opened(work, inspection_id, name, getattr(row, name)) for name in ("about", "inspectors")}
    return Inspection(
        row=_row(row),
        about=texts["about"] or "",
        inspectors=texts["inspectors"] or "",
        conclusion=_opened(work, inspection_id, "conclusion", row.conclusion),
        records=tuple(_recorded(work, line) for line in lines),
    )


def page(
    work: Reading, scope: Scope, *, state: str | None, today: date, offset: int = 0, limit: int | None = 50
) -> tuple[tuple[InspectionRow, ...], int]:
    """Return inspections of the area, the open ones by their day first, and how many there are.

    `state` is open, overdue or closed; anything else means all.
    """
    matching = [_seen_by(scope)]
    if state in ("open", "overdue"):
        matching.append(inspections.c.closed_on.is_(None))
    if state == "overdue":
        matching.append(inspections.c.due_on < today)
    if state == "closed":
        matching.append(inspections.c.closed_on.is_not(None))
    total = work.connection.execute(select(func.count()).select_from(inspections).where(*matching)).scalar_one()
    order = (inspections.c.closed_on.is_not(None), inspections.c.due_on, inspections.c.number)
    rows = select(*_ROW).where(*matching).order_by(*order).offset(offset).limit(limit)
    return tuple(_row(row) for row in work.connection.execute(rows)), int(total)


def about_item(work: Reading, scope: Scope, kind: str, subject: str) -> tuple[InspectionRow, ...]:
    """Return the inspections that were opened from an item, the last first."""
    asked = select(*_ROW).where(inspections.c.kind == kind, inspections.c.subject == subject, _seen_by(scope))
    return tuple(_row(row) for row in work.connection.execute(asked.order_by(inspections.c.opened_on.desc())))


def add_record(
    work: Writing,
    inspection_id: str,
    *,
    kind: RecordKind,
    on_day: date,
    due_on: date | None,
    whom: str | None,
    text: str,
    account: str,
    now: datetime,
) -> int:
    """Write something down and return its place."""
    last = select(func.max(inspection_records.c.place)).where(inspection_records.c.inspection_id == inspection_id)
    place = (work.connection.execute(last).scalar() or 0) + 1
    row = {
        "inspection_id": inspection_id,
        "place": place,
        "kind": kind.value,
        "on_day": on_day,
        "due_on": due_on,
        "whom": _sealed(work, f"{inspection_id}/{place}", "whom", whom),
        "text": _sealed(work, f"{inspection_id}/{place}", "text", text),
        "account": account,
        "at": now,
    }
    work.connection.execute(insert(inspection_records), row)
    return place


def put_right(work: Writing, inspection_id: str, place: int, *, on: date, text: str, account: str) -> bool:
    """Write that a finding was put right; False when it was before."""
    at = (inspection_records.c.inspection_id == inspection_id, inspection_records.c.place == place)
    values = {"done_on": on, "done_by": account}
    sealed = _sealed(work, f"{inspection_id}/{place}", "done_text", text)
    changed = update(inspection_records).where(*at, inspection_records.c.done_on.is_(None))
    return work.connection.execute(changed.values(**values, done_text=sealed)).rowcount == 1


def close(
    work: Writing, inspection_id: str, *, version: int, result: Result, conclusion: str, account: str, on: date
) -> bool:
    """Close an inspection; False when it was closed or changed meanwhile."""
    at = (inspections.c.inspection_id == inspection_id, inspections.c.version == version)
    values = {
        "closed_on": on,
        "closed_by": account,
        "result": result.value,
        "version": version + 1,
        "conclusion": _sealed(work, inspection_id, "conclusion", conclusion),
    }
    changed = update(inspections).where(*at, inspections.c.closed_on.is_(None)).values(**values)
    return work.connection.execute(changed).rowcount == 1


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return of_offices(scope, inspections.c.area)


def _next_number(work: Writing, year: int) -> str:
    begin = f"{PREFIX}-{year}-"
    last = work.connection.execute(
        select(func.max(inspections.c.number)).where(inspections.c.number.between(begin, begin + "~"))
    ).scalar()
    return f"{begin}{(int(last[len(begin) :]) if last else 0) + 1:05d}"


def _row(row: Row[Any]) -> InspectionRow:
    values = {name: getattr(row, name) for name in InspectionRow.__slots__}
    return InspectionRow(**values | {"result": Result(row.result) if row.result else None})


def _recorded(work: Reading, row: Row[Any]) -> Recorded:
    at = f"{row.inspection_id}/{row.place}"
    return Recorded(
        **{name: getattr(row, name) for name in ("place", "on_day", "due_on", "done_on", "account", "at", "done_by")},
        kind=RecordKind(row.kind),
        text=_opened(work, at, "text", row.text) or "",
        whom=_opened(work, at, "whom", row.whom),
        done_text=_opened(work, at, "done_text", row.done_text),
    )


def _sealed(work: Writing, at: str, name: str, text: str | None) -> bytes | None:
    return work.keys.seal_text(text, f"inspections.{name}:{at}")


def _opened(work: Reading, at: str, name: str, sealed: bytes | None) -> str | None:
    return work.keys.open_text(sealed, f"inspections.{name}:{at}")
