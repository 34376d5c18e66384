"""Sheets of vacancies at the desk (导入岗位表): kept, compared with the pool line by line, then taken in at once.

Nothing of a sheet is written before its sender has seen what it would do and says so; then all of it is, or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from casework.errors import Conflict
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.vacancies import Entry, named
from records.engine import Reading
from records.household_pages import log_view
from records.vacancy_sheets import (
    KeptSheet,
    drop_sheets,
    keep_sheet,
    known_of,
    mark_taken,
    set_vacancies,
    sheet_of,
)
from register.vacancy import Vacancy

KEPT_FOR = timedelta(days=7)
A_SHEET = "岗位表"


class Becomes(StrEnum):
    """What a line of a sheet would do."""

    NEW = "new"
    CHANGED = "changed"
    OPENED = "opened"
    SAME = "same"

    @property
    def words(self) -> str:
        return {"new": "新岗位", "changed": "更新", "opened": "重新开放", "same": "没有变化"}[self.value]


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of a sheet beside the pool: the vacancy under its id, what it becomes, and what was there."""

    line: int
    vacancy: Vacancy
    contact: str | None
    becomes: Becomes
    before: Vacancy | None
    new_contact: bool


def keep(desk: Desk, caller: Caller, kind: str, content: bytes, now: datetime) -> str:
    """Keep a sheet for a week; return its id."""
    with desk.record.write() as work:
        drop_sheets(work, now - KEPT_FOR)
        return keep_sheet(work, caller.account, kind, content, now)


def find(desk: Desk, caller: Caller, sheet_id: str) -> KeptSheet:
    """Return a sheet of the caller's own; raises `NotFound`."""
    with desk.record.read() as work:
        return or_not_found(sheet_of(work, sheet_id, caller.account), A_SHEET)


def compare(desk: Desk, caller: Caller, entries: Sequence[tuple[int, Entry]]) -> tuple[Compared, ...]:
    """Say of every line what it would do."""
    with desk.record.read() as work:
        return _compared(work, caller, entries)


def take_in(
    desk: Desk, caller: Caller, sheet_id: str, entries: Sequence[tuple[int, Entry]], now: datetime
) -> tuple[int, int, int]:
    """Put the vacancies of a sheet into the pool, all in one unit of work; return how many are new, changed, the same.

    Raises `Conflict` (sheet_taken) when the sheet was taken in before.
    """
    with desk.record.write() as work:
        or_not_found(sheet_of(work, sheet_id, caller.account), A_SHEET)
        found = _compared(work, caller, entries)
        new = sum(each.becomes is Becomes.NEW for each in found)
        same = sum(each.becomes is Becomes.SAME for each in found)
        counts = (new, len(found) - new - same, same)
        if not mark_taken(work, sheet_id, counts, now):
            raise Conflict("sheet_taken", "这张岗位表已经导入，不必重复导入。")
        wanted = {e.vacancy.vacancy_id: (e.vacancy, e.contact) for e in found if e.becomes is not Becomes.SAME}
        set_vacancies(work, wanted, caller.account, now)
    return counts


def log_errors(desk: Desk, caller: Caller, sheet_id: str, now: datetime) -> None:
    """Note that the lines to correct were taken away: they name whom to ask at the employers."""
    with desk.record.write() as work:
        log_view(work, caller.scope, sheet_id, what="import", reason="下载岗位表的错误表", now=now)


def _compared(work: Reading, caller: Caller, entries: Sequence[tuple[int, Entry]]) -> tuple[Compared, ...]:
    told = [(line, named(work, caller, entry.vacancy), entry.contact) for line, entry in entries]
    known = known_of(work, [vacancy.vacancy_id for _, vacancy, _ in told])
    found = []
    for line, vacancy, contact in told:
        there = known.get(vacancy.vacancy_id)
        new_contact = contact is not None and (there is None or contact != there.contact)
        becomes = Becomes.NEW
        if there is not None and there.vacancy.closed_on is not None:
            becomes = Becomes.OPENED
        elif there is not None:
            same = replace(vacancy, source=there.vacancy.source) == there.vacancy and not new_contact
            becomes = Becomes.SAME if same else Becomes.CHANGED
        found.append(Compared(line, vacancy, contact, becomes, there.vacancy if there else None, new_contact))
    return tuple(found)
