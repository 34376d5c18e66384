"""Large files of the ledger, and those with whole names (台账文件): asked for, made in the background, kept for a day.

Whole names are for a caseworker's own office and a reviewer's own county, with a reason; the line of the view log of
each household is written before the file is.  A file is its owner's alone; a job of the daily round drops it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import NAMESPACE_OID, uuid5

from casework.errors import NotYourStep
from casework.states import Role
from desk.desk import Caller, Desk, caller_for, off_loop
from desk.errors import NotFound
from desk.ledger_sheet import cells_of, write_sheet
from desk.one_at_a_time import OneAtATime
from records.accounts import account_of
from records.engine import Record
from records.errors import RecordUnavailable
from records.ledger_files import (
    A_PART,
    LedgerFile,
    Order,
    begin_again,
    drop_files,
    files_of,
    keep_part,
    ledger_file,
    log_looks,
    logged_looks,
    order_file,
    part_of,
    told_file,
    unfinished_files,
)
from records.ledger_names import helper_names, office_names
from records.ledger_pages import ledger_count
from records.ledger_rows import ledger_case_ids, ledger_rows
from records.standing_in import standing_of

KEPT = timedelta(days=1)
NAMED = (Role.CASEWORKER, Role.REVIEWER)
"""Who may have whole names: of their own office, of their own county."""

LOGGED_AT_ONCE = 200
TRIES = 12
PAUSE = 5.0
"""Seconds until a record that was away is tried again, and how often."""
NOT_YOURS = "账号已停用、调离，或不再有查看完整姓名的权限"
BROKEN = "系统出错，已记入运行日志；请重新生成，仍不成功请告知系统管理员"
AWAY = "记录库暂时无法使用（繁忙或磁盘已满）；请稍后重新生成，仍不成功请告知系统管理员"
A_FILE = "文件"

log = logging.getLogger("wanjia.desk")


def ask_for_file(desk: Desk, caller: Caller, order: Order, key: str, now: datetime) -> str:
    """Note that a file is wanted and return its number; the same request twice is one file."""
    if order.reason is not None and caller.role not in NAMED:
        raise NotYourStep("names_not_for_you", "完整姓名只供经办人导出本机构的、复核人导出本县的台账。")
    file_id = str(uuid5(NAMESPACE_OID, f"ledger:{caller.account}:{key}"))
    with desk.record.write() as work:
        order_file(work, file_id, caller.account, caller.area, order, now)
    return file_id


def own_file(desk: Desk, caller: Caller, file_id: str, now: datetime) -> LedgerFile:
    """Return a file of the caller's own; raises `NotFound` for everybody else, and after a day."""
    with desk.record.read() as work:
        found = ledger_file(work, file_id)
    if found is None or (found.account, found.area) != (caller.account, caller.area) or found.created_at <= now - KEPT:
        raise NotFound(A_FILE)
    return found


def own_files(desk: Desk, caller: Caller, now: datetime) -> tuple[LedgerFile, ...]:
    """Return the caller's files that are still kept, the newest first."""
    with desk.record.read() as work:
        return files_of(work, caller.account, caller.area, now - KEPT)


def make_again(desk: Desk, caller: Caller, file_id: str, now: datetime) -> bool:
    """Have a file that failed made anew; False when it is under way or ready: a second click."""
    of = own_file(desk, caller, file_id, now)
    with desk.record.write() as work:
        return begin_again(work, of)


def content_of(desk: Desk, of: LedgerFile) -> Iterator[bytes]:
    """Yield the parts of a file that is ready."""
    for number in range(of.parts):
        with desk.record.read() as work:
            part = part_of(work, of.file_id, number)
        if part is None:
            raise NotFound(A_FILE)
        yield part


def tidy_ledger_files(record: Record, day: date, now: datetime) -> None:  # noqa: ARG001 - a day of storage, no legal one
    """Drop the files that were kept for a day."""
    with record.write() as work:
        drop_files(work, now - KEPT)


def make_file(desk: Desk, file_id: str, now: datetime) -> None:
    """Log the looks that whole names are, and make the file; a repeat after a cut goes on."""
    with desk.record.read() as work:
        of = ledger_file(work, file_id)
        person = account_of(work, of.account) if of else None
        standing = standing_of(work, of.account) if of else None
    if of is None or not of.running:
        return
    if person is None or standing is None or person.disabled or person.area != of.area:
        _told(desk, of, state="failed", why=NOT_YOURS)
        return
    caller = caller_for(person, standing, now, None)
    if of.whole and caller.role not in NAMED:
        _told(desk, of, state="failed", why=NOT_YOURS)
        return
    whole = _logged(desk, caller, of) if of.whole else frozenset()
    out = BytesIO()
    with desk.record.read() as work:
        total, _ = ledger_count(work, caller.scope, of.asked)
    _told(desk, of, state="making", done=0, total=total)
    with desk.record.read() as work:
        offices, helpers = office_names(work), helper_names(work)
        rows = ledger_rows(work, caller.scope, of.asked, whole=whole)
        cells = (cells_of(row, offices, helpers) for row in rows)
        lines = write_sheet(out, of.kind, of.asked.day, cells, lambda done: _told(desk, of, done=done))
    size = out.tell()
    out.seek(0)
    number = 0
    while part := out.read(A_PART):
        with desk.record.write() as work:
            keep_part(work, of.file_id, number, part)
        number += 1
    _told(desk, of, state="ready", done=lines, total=lines, size=size, parts=number)


def _logged(desk: Desk, caller: Caller, of: LedgerFile) -> frozenset[str]:
    with desk.record.read() as work:
        done = logged_looks(work, of)
        wanted = ledger_case_ids(work, caller.scope, of.asked)
    missing = [case_id for case_id in wanted if case_id not in done]
    for begun in range(0, len(missing), LOGGED_AT_ONCE):
        with desk.record.write() as work:
            some = missing[begun : begun + LOGGED_AT_ONCE]
            log_looks(work, caller.scope, of, some)
            told_file(work, of.file_id, done=len(done) + begun + len(some), total=len(wanted))
    return frozenset(wanted)


def _told(desk: Desk, of: LedgerFile, **said: str | int) -> None:
    with desk.record.write() as work:
        told_file(work, of.file_id, **said)


class LedgerFileRuns(OneAtATime[str]):
    """The files of one API process, one at a time.  A restart makes anew what it cut."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], *, pause: float = PAUSE) -> None:
        super().__init__()
        self._desk = desk
        self._clock = clock
        self._pause = pause

    def _left(self) -> tuple[str, ...]:
        with self._desk.record.read() as work:
            return unfinished_files(work)

    async def _do(self, file_id: str) -> None:
        try:
            await off_loop(make_file, self._desk, file_id, self._clock())
        except Exception as failure:  # one file that breaks keeps no other waiting, and says so on its page
            log.error("a file of the ledger stopped: %s", type(failure).__name__)
            await self._broken(file_id, AWAY if isinstance(failure, RecordUnavailable) else BROKEN)

    async def _broken(self, file_id: str, why: str) -> None:
        for _ in range(TRIES):
            try:
                await off_loop(_failed, self._desk, file_id, why)
            except RecordUnavailable:  # where it cannot be written down either, a restart makes the file anew
                await asyncio.sleep(self._pause)
            else:
                return


def _failed(desk: Desk, file_id: str, why: str) -> None:
    with desk.record.write() as work:
        told_file(work, file_id, state="failed", why=why)
