"""Keeping the ledger (台账): the lines of a household from day to day, written with each event of its case.

A line that says what it said before costs one question and writes nothing; what changes twice on a day stays one row.
Reading the ledger of an area as on a day is in `ledger_pages.py`.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, insert, select, update

from casework.case import Case
from casework.events import CaseEvent
from records.case_rows import Row
from records.engine import Writing
from records.tables_ledger import ledger_households, ledger_members
from register.ledger import FOREVER, HOUSEHOLD, HouseholdLine, Line, MemberLine, Version, lines_of, versions_of

_OF_HOUSEHOLD = tuple(field.name for field in fields(HouseholdLine))
_OF_MEMBER = tuple(field.name for field in fields(MemberLine))

_NOW = (
    select(
        ledger_households.c.from_on.label("h_from_on"),
        *(ledger_households.c[name].label(f"h_{name}") for name in _OF_HOUSEHOLD),
        ledger_members.c.member_id,
        ledger_members.c.from_on,
        *(ledger_members.c[name] for name in _OF_MEMBER),
    )
    .select_from(
        ledger_households.outerjoin(
            ledger_members,
            and_(ledger_members.c.case_id == ledger_households.c.case_id, ledger_members.c.until_on == FOREVER),
        )
    )
    .where(ledger_households.c.case_id == bindparam("case_id"), ledger_households.c.until_on == FOREVER)
)


def keep_ledger(work: Writing, event: CaseEvent) -> None:
    """Bring a case's lines to what they are after an event, from the event's day on."""
    there = _there(work, event.case_id) if event.seq > 1 else {}
    if not there:
        write_history(work, event.case_id, [(event.on, event.case)])
        return
    wanted = lines_of(event.case)
    for about in there.keys() | wanted.keys():
        since, was = there.get(about, (None, None))
        line = wanted.get(about)
        if line == was:
            continue
        today = max(event.on, since or event.on)
        if since == today:
            _forget(work, event.case_id, about, today)
        elif since is not None:
            _end(work, event.case_id, about, today)
        if line is not None:
            table, row = row_of(event.case_id, Version(about, today, FOREVER, line))
            work.connection.execute(insert(table), row)


def write_history(work: Writing, case_id: str, history: Iterable[tuple[date, Case]]) -> None:
    """Write the lines of a case that has none yet, from the days of its events and the case after each."""
    rows: dict[Table, list[Row]] = {ledger_households: [], ledger_members: []}
    for version in versions_of(history):
        table, row = row_of(case_id, version)
        rows[table].append(row)
    for table, some in rows.items():
        if some:
            work.connection.execute(insert(table), some)


def row_of(case_id: str, version: Version) -> tuple[Table, Row]:
    """Return a version as a row, and the table it belongs to."""
    days: Row = {"case_id": case_id, "from_on": version.from_on, "until_on": version.until_on}
    if isinstance(version.line, HouseholdLine):
        return ledger_households, days | {name: getattr(version.line, name) for name in _OF_HOUSEHOLD}
    said = {name: getattr(version.line, name) for name in _OF_MEMBER}
    return ledger_members, days | {"member_id": version.about} | said


def _there(work: Writing, case_id: str) -> dict[str, tuple[date, Line]]:
    """Return the lines that hold now, each with its first day; nothing for a case of an earlier release."""
    found: dict[str, tuple[date, Line]] = {}
    for row in work.connection.execute(_NOW, {"case_id": case_id}):
        said = row._mapping
        if not found:
            found[HOUSEHOLD] = said["h_from_on"], HouseholdLine(**{name: said[f"h_{name}"] for name in _OF_HOUSEHOLD})
        if row.member_id is not None:
            found[row.member_id] = row.from_on, MemberLine(**{name: said[name] for name in _OF_MEMBER})
    return found


def _this(case_id: str, about: str) -> tuple[Table, tuple[Any, ...]]:
    if about == HOUSEHOLD:
        return ledger_households, (ledger_households.c.case_id == case_id, ledger_households.c.until_on == FOREVER)
    mine = (ledger_members.c.case_id == case_id, ledger_members.c.member_id == about)
    return ledger_members, (*mine, ledger_members.c.until_on == FOREVER)


def _forget(work: Writing, case_id: str, about: str, day: date) -> None:
    """Drop what was said earlier on the same day."""
    table, these = _this(case_id, about)
    work.connection.execute(delete(table).where(*these, table.c.from_on == day))


def _end(work: Writing, case_id: str, about: str, day: date) -> None:
    table, these = _this(case_id, about)
    work.connection.execute(update(table).where(*these).values(until_on=day))
