"""Imports under way (导入的后台办理): one after another, in short units of work, beside what people do.

A batch is taken up at the state it stands in, after a restart too; a household is written whole or not at all.  Cases
are opened a few at a time, and when the engine or the record is away the run waits.  The states are those of
`records/imports.py`; each stage's work is in `import_check.py` and `import_cases.py`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from casework.errors import CaseworkError
from casework.states import Role
from desk import import_cases, import_check
from desk.desk import Caller, Desk, caller_for, off_loop
from desk.one_at_a_time import OneAtATime
from records import import_households, imports
from records.accounts import account_of
from records.import_lists import FAILED, KEPT, OPENED, PASSED, Line, count, counted, lines_of, next_lines
from records.imports import Batch
from records.standing_in import standing_of

WRITTEN_AT_ONCE = 50
"""Households written in one unit of work: a few hundredths of a second."""
CASES_AT_ONCE = 2
"""People's steps come first."""
SEEN_AT_ONCE = 100
PAUSE = 5.0
"""Seconds until the engine or the record is tried again."""
NO_ACCOUNT = "导入人的账号已停用或不再是经办人，没有开立"

log = logging.getLogger("wanjia.desk")
Each = Callable[[Desk, Caller, Batch, Line, datetime], Awaitable[None]]


async def run_batch(desk: Desk, batch_id: str, clock: Callable[[], datetime], *, pause: float = PAUSE) -> None:
    """Bring a batch to the next state in which somebody has to say something, or to its end."""
    while True:
        try:
            batch = await off_loop(_batch, desk, batch_id)
            if batch is None or not batch.running:
                return
            await _stage(desk, batch, clock)
        except CaseworkError as no:
            if no.code not in import_cases.AWAY:
                raise
            await asyncio.sleep(pause)


async def _stage(desk: Desk, batch: Batch, clock: Callable[[], datetime]) -> None:
    caller = await off_loop(_caller, desk, batch.undone_by or batch.account, clock())
    match batch.state:
        case "reading":
            await off_loop(import_check.read_file, desk.record, batch, clock)
        case "checking":
            role = caller.role if caller else Role.HELPER
            places = import_check.Places(desk.record, batch, role, drill=desk.drill)
            await off_loop(import_check.check_lines, desk.record, batch, places, clock)
        case "importing":
            await _write(desk, batch, clock)
        case "opening":
            await _open(desk, batch, caller, clock)
        case "undoing":
            await _undo(desk, batch, caller, clock)


async def _write(desk: Desk, batch: Batch, clock: Callable[[], datetime]) -> None:
    while await off_loop(_write_some, desk, batch, clock()):
        await asyncio.sleep(0)  # between two units of work people's steps are served
    after = "opening" if batch.open_cases else "done"
    await off_loop(_moved, desk, batch, after, clock())


def _write_some(desk: Desk, batch: Batch, now: datetime) -> int:
    with desk.record.write() as work:
        written = import_households.write_some(
            work, batch.batch_id, account=batch.account, now=now, limit=WRITTEN_AT_ONCE
        )
        known = imports.batch_by_id(work, batch.batch_id)
        total = batch.counts.get("households", 0)
        imports.progressed(work, batch.batch_id, min(total, (known.done if known else 0) + written), total)
    return written


async def _open(desk: Desk, batch: Batch, caller: Caller | None, clock: Callable[[], datetime]) -> None:
    able = caller is not None and caller.role is Role.CASEWORKER and caller.area == batch.office
    if able and caller is not None:
        await _each(desk, batch, caller, clock, import_cases.open_one, "ready", (KEPT,))
    else:
        await off_loop(_none_opened, desk, batch)
    await off_loop(_moved, desk, batch, "done", clock())


async def _undo(desk: Desk, batch: Batch, caller: Caller | None, clock: Callable[[], datetime]) -> None:
    if caller is not None:
        await _each(desk, batch, caller, clock, import_cases.take_back, None, (KEPT, OPENED, FAILED, PASSED))
    await off_loop(_moved, desk, batch, "undone", clock())


async def _each(
    desk: Desk,
    batch: Batch,
    caller: Caller,
    clock: Callable[[], datetime],
    do: Each,
    known: str | None,
    states: tuple[str, ...],
) -> None:
    """Do something to each line in some states, a few at a time, and say how far it is."""
    lanes, done = asyncio.Semaphore(CASES_AT_ONCE), 0
    total = await off_loop(_how_many, desk, batch, known, states)

    async def one(line: Line) -> None:
        async with lanes:
            await do(desk, caller, batch, line, clock())

    for state in states:
        after = 0
        while some := await off_loop(_next, desk, batch, known, state, after):
            outcomes = await asyncio.gather(*map(one, some), return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome
            after, done = some[-1].position, done + len(some)
            await off_loop(_progress, desk, batch, done, total)


def _next(desk: Desk, batch: Batch, known: str | None, state: str, after: int) -> tuple[Line, ...]:
    with desk.record.read() as work:
        return next_lines(work, lines_of(batch.batch_id, state=state, known=known), after, SEEN_AT_ONCE)


def _how_many(desk: Desk, batch: Batch, known: str | None, states: tuple[str, ...]) -> int:
    with desk.record.read() as work:
        return sum(count(work, lines_of(batch.batch_id, state=state, known=known)) for state in states)


def _progress(desk: Desk, batch: Batch, done: int, total: int) -> None:
    with desk.record.write() as work:
        imports.progressed(work, batch.batch_id, min(done, total), total)


def _none_opened(desk: Desk, batch: Batch) -> None:
    with desk.record.write() as work:
        for line in next_lines(work, lines_of(batch.batch_id, state=KEPT, known="ready"), 0, 1_000_000):
            import_households.told_state(work, batch.batch_id, line.position, FAILED, why=NO_ACCOUNT)


def _moved(desk: Desk, batch: Batch, state: str, now: datetime) -> None:
    with desk.record.write() as work:
        counts = batch.counts | counted(work, batch.batch_id)
        imports.move(work, batch.batch_id, batch.state, state, now, counts=counts)


def _batch(desk: Desk, batch_id: str) -> Batch | None:
    with desk.record.read() as work:
        return imports.batch_by_id(work, batch_id)


def _caller(desk: Desk, account: str, now: datetime) -> Caller | None:
    """Return the person an import is done for, with its rights of today; None when it may not work any more."""
    with desk.record.read() as work:
        person = account_of(work, account)
        standing = standing_of(work, account)
    return caller_for(person, standing, now, None) if person is not None and not person.disabled else None


class ImportRuns(OneAtATime[str]):
    """The imports of one API process, one at a time.  A restart goes on where it was cut."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], *, pause: float = PAUSE) -> None:
        super().__init__()
        self._desk = desk
        self._clock = clock
        self._pause = pause
        self._stopped: set[str] = set()

    def start(self, batch_id: str) -> None:
        """Work on a batch, after those that were begun before it."""
        self._stopped.discard(batch_id)
        super().start(batch_id)

    def stopped(self, batch_id: str) -> bool:
        """Say whether something broke while this batch was worked on; starting it goes on where it was."""
        return batch_id in self._stopped

    def _left(self) -> tuple[str, ...]:
        with self._desk.record.read() as work:
            return imports.unfinished(work)

    async def _do(self, batch_id: str) -> None:
        try:
            await run_batch(self._desk, batch_id, self._clock, pause=self._pause)
        except Exception as failure:  # one import that breaks keeps no other waiting, and says so on its page
            self._stopped.add(batch_id)
            log.error("import stopped: %s", type(failure).__name__)
