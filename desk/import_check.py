"""The two readings of an imported sheet (读取与核对): the file into sealed lines, and lines into checked households.

Both run in a thread, in short units of work, and start anew when a restart cuts them.  What a sheet may say is in
`register/`; nothing is written into the register here.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from casework.states import Role
from casework.times import local_date
from desk.import_matching import Matching
from policies.errors import PolicyError
from policies.packs import pack_for
from policies.schema import Policy
from records import import_households, imports
from records.engine import Record
from records.import_lists import counted
from records.imports import BAD, FILE, ROWS, Batch
from records.moving import somebody_works_at
from records.scope import area_prefix
from register.sheet_book import open_sheet
from register.sheet_check import Found, Households, LineCheck, Reading, Row, Whole
from register.sheet_fields import Mapped, score
from register.sheet_ledger import ledger_reader, told
from register.survey import BadCell, SheetUnreadable
from register.survey_cells import Cell
from register.survey_columns import OFFICE, SURVEYED_ON, SurveyLine, read_line

LINES_IN_A_CHUNK = 500
AT_ONCE = 100
"""Households that are looked up and staged in one unit of work."""


def read_file(record: Record, batch: Batch, clock: Callable[[], datetime]) -> None:
    """Turn the file that was handed in into lines; a file that cannot be read is refused with its reason."""
    with record.read() as work:
        content = imports.chunk(work, batch.batch_id, FILE, 0)
    if content is None:
        return
    try:
        sheet = open_sheet(content, batch.file_name, lambda row: score(batch.kind, row))
        titles = tuple(cell.text[:60] for cell in sheet.header)
        faulty = [title or f"第{place}列" for place, title in enumerate(titles, 1) if sheet.header[place - 1].fault]
        if faulty:
            raise SheetUnreadable("sheet_columns", f"列名不能是公式或合并单元格：{'、'.join(faulty)}")
        lines = _keep_lines(record, batch, sheet.body)
    except SheetUnreadable as no:
        with record.write() as work:
            imports.refused(work, batch.batch_id, no.code, no.message, clock())
        return
    with record.write() as work:
        if lines == 0:
            imports.refused(work, batch.batch_id, "sheet_empty", "表格只有列名，没有内容，没有写入。", clock())
            return
        imports.drop_chunks(work, batch.batch_id, FILE)
        imports.move(work, batch.batch_id, "reading", "mapping", clock(), header=list(titles), lines=lines)


def _keep_lines(record: Record, batch: Batch, body: Iterator[tuple[int, Row]]) -> int:
    lines, number = 0, 0
    some: list[object] = []

    def keep() -> None:
        with record.write() as work:
            imports.keep_chunk(work, batch.batch_id, ROWS, number, json.dumps(some, ensure_ascii=False).encode())
            imports.progressed(work, batch.batch_id, lines, 0)

    for line, row in body:
        lines += 1
        some.append([line, [_packed(cell) for cell in row]])
        if len(some) == LINES_IN_A_CHUNK:
            keep()
            number, some = number + 1, []
    if some:
        keep()
    return lines


def _packed(cell: Cell) -> object:
    """A plain text stays one; what must not be believed, or may be a date, is told apart."""
    if cell.fault is None and cell.serial is None:
        return cell.text
    return [cell.text, cell.fault, cell.serial.isoformat() if cell.serial else None]


def lines_of(record: Record, batch_id: str) -> Iterator[tuple[int, Row]]:
    """Return the kept lines of a sheet, one unit of work for each part of it."""
    number = 0
    while True:
        with record.read() as work:
            content = imports.chunk(work, batch_id, ROWS, number)
        if content is None:
            return
        for line, cells in json.loads(content):
            yield line, tuple(_unpacked(cell) for cell in cells)
        number += 1


def _unpacked(cell: object) -> Cell:
    if isinstance(cell, str):
        return Cell(cell)
    assert isinstance(cell, list)
    return Cell(cell[0], cell[1], date.fromisoformat(cell[2]) if cell[2] else None)


def reading_of(batch: Batch) -> Reading:
    """Return how the lines of a batch are read, by the columns that were chosen for it."""
    mapped = Mapped(batch.header, batch.mapping["places"], batch.mapping["whole"])
    day = local_date(batch.created_at)
    return Reading(batch.kind, mapped, read_line if batch.kind == "survey" else ledger_reader(day))


class Places:
    """What each line must say of where and when: an office of the caller's, and a day some policy knows."""

    def __init__(self, record: Record, batch: Batch, role: Role, *, drill: bool = False) -> None:
        self._record = record
        self._latest = None if drill else local_date(batch.created_at)
        self._batch = batch
        self._role = role
        self._offices: dict[str, str | None] = {}
        self._policies: dict[tuple[str, date], Policy | None] = {}

    def wrong(self, line: SurveyLine) -> Iterable[BadCell]:
        """Return what is wrong with one line."""
        if line.office is None:
            return
        why = self._office(line.office)
        if why is not None:
            yield BadCell(line.line, OFFICE, why)
        elif line.surveyed_on is not None and self._batch.kind == "survey":
            if self._latest is not None and line.surveyed_on > self._latest:
                yield BadCell(line.line, SURVEYED_ON, "调查日期晚于导入当天，请核对")
            elif self.policy(line.office, line.surveyed_on) is None:
                yield BadCell(line.line, SURVEYED_ON, "这一天在该机构所在地没有可用的认定办法，请核对日期")

    def policy(self, office: str, day: date) -> Policy | None:
        """Return the policy of an office on a day, None when there is none."""
        if (office, day) not in self._policies:
            try:
                self._policies[office, day] = pack_for(office, on=day)
            except PolicyError:
                self._policies[office, day] = None
        return self._policies[office, day]

    def _office(self, office: str) -> str | None:
        if office not in self._offices:
            self._offices[office] = self._judged(office)
        return self._offices[office]

    def _judged(self, office: str) -> str | None:
        mine = self._batch.office
        if self._role is Role.CASEWORKER:
            return None if office == mine else "不是您所在的受理机构；其他机构的家庭请由该机构或上级导入"
        if not office.startswith(area_prefix(mine)):
            return "不在您的管辖范围内"
        with self._record.read() as work:
            works = somebody_works_at(work, office)
        return None if works else "没有这个机构，或该机构尚无经办人账号"


def check_lines(record: Record, batch: Batch, places: Places, clock: Callable[[], datetime]) -> None:
    """Check all lines, look the good households up and stage them; keep the lines of the bad ones for their sheet."""
    reading = reading_of(batch)
    with record.write() as work:
        import_households.drop_staged(work, batch.batch_id)
        imports.drop_chunks(work, batch.batch_id, BAD)
    check, total = LineCheck(reading, places.wrong), batch.lines * 2
    for done, (line, row) in enumerate(lines_of(record, batch.batch_id), 1):
        check.feed(line, row)
        if done % LINES_IN_A_CHUNK == 0:
            _progress(record, batch, done, total)
    found = check.found()
    bad_lines, taken = _stage(record, batch, reading, found, Matching(record, batch, places.policy), total)
    counts = {
        "bad_lines": bad_lines,
        "bad_cells": sum(len(cells) for cells in found.bad.values()),
        "bad_households": len(found.blocked) + len(taken),
        "warnings": [[w.line, w.column, w.reason] for w in found.warnings[:50]],
        "warned": len(found.warnings),
        "read_as": [[one.field, one.written, one.read, times] for one, times in found.read_as[:100]],
    }
    with record.write() as work:
        imports.move(
            work, batch.batch_id, "checking", "checked", clock(), counts=counts | counted(work, batch.batch_id)
        )


def _stage(
    record: Record, batch: Batch, reading: Reading, found: Found, matching: Matching, total: int
) -> tuple[int, set[str]]:
    """Stage the good households and keep the bad lines; return how many lines those are, and whose number is taken."""
    households, bad, lines_bad, taken = Households(reading, found), _BadLines(record, batch.batch_id), 0, set[str]()
    waiting: list[tuple[Whole, dict[str, str]]] = []

    def look() -> None:
        nonlocal lines_bad
        for whole, cells in matching.stage(waiting):
            taken.add(whole.surveyed.number)
            for at, (line, row) in enumerate(zip(whole.surveyed.lines, whole.rows, strict=True)):
                bad.add(line, row, [reading.named(cell) for cell in cells] if at == 0 else ())
                lines_bad += 1
        waiting.clear()

    for done, (line, row) in enumerate(lines_of(record, batch.batch_id), 1):
        fed = households.feed(line, row)
        if isinstance(fed, Whole):
            past = told(fed.read, reading.columns, reading.width) if batch.kind == "ledger" else {}
            waiting.append((fed, past))
        elif fed is not None:
            bad.add(line, row, fed)
            lines_bad += 1
        if len(waiting) == AT_ONCE:
            look()
            _progress(record, batch, batch.lines + done, total)
    look()
    bad.flush()
    return lines_bad, taken


class _BadLines:
    """Lines to correct, kept in parts: the number, what is wrong with them, their cells."""

    def __init__(self, record: Record, batch_id: str) -> None:
        self._record = record
        self._batch_id = batch_id
        self._some: list[object] = []
        self._number = 0

    def add(self, line: int, row: Row, cells: Iterable[BadCell]) -> None:
        wrong = [[cell.column, cell.reason] for cell in cells]
        self._some.append([line, wrong, [cell.text for cell in row]])
        if len(self._some) >= LINES_IN_A_CHUNK:
            self.flush()

    def flush(self) -> None:
        if self._some:
            content = json.dumps(self._some, ensure_ascii=False).encode()
            with self._record.write() as work:
                imports.keep_chunk(work, self._batch_id, BAD, self._number, content)
            self._some, self._number = [], self._number + 1


def _progress(record: Record, batch: Batch, done: int, total: int) -> None:
    with record.write() as work:
        imports.progressed(work, batch.batch_id, done, total)
