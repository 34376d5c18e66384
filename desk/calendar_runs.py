"""Moving the open cases to the calendar in force (更新工作日历): each by a command of its own, again after any break.

A case that counts on it already is passed over, so a run may be repeated, and several may run at once.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from casework.commands.calendar_change import AdoptCalendar
from casework.errors import CaseworkError
from casework.states import State
from desk.case_client import AcceptedNotRecorded, CaseClient, EngineUnavailable
from desk.desk import off_loop
from desk.one_at_a_time import OneAtATime
from policies.calendar_model import WorkCalendar
from records import calendars
from records.case_files import last_event
from records.engine import Record
from records.errors import RecordUnavailable
from records.scope import area_prefix

AT_ONCE = 4
"""How many cases are moved at the same time; people's steps come first."""

TRIES = 5
"""How often a case is tried while the engine or the record is away; the waits double from a second."""

AWAY = (EngineUnavailable, RecordUnavailable, AcceptedNotRecorded)


@dataclass(slots=True)
class Moved:
    """What became of a run: how many cases were moved, and those that could not be, with the reason in words."""

    issue: int
    moved: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def failed_in(failed: Mapping[str, str], area: str) -> dict[str, str]:
    """Return the failures of a run that lie in an administrator's area."""
    return {case_id: why for case_id, why in failed.items() if case_id.startswith(area_prefix(area))}


def untold(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


async def move_cases(
    record: Record,
    cases: CaseClient,
    *,
    ordered_by: str,
    clock: Callable[[], datetime],
    told: Callable[[int, int], None] = untold,
    also_same_issue: bool = False,
    pause: float = 1.0,
) -> Moved:
    """Send the calendar in force to every open case that does not count on it; return what became of them.

    Cases that are opened meanwhile are opened on it; one that slipped through is found by the next look.
    """
    outcome, tried = Moved(issue=0), set[str]()
    lanes = asyncio.Semaphore(AT_ONCE)

    async def one(case_id: str, calendar: WorkCalendar) -> None:
        async with lanes:
            reason = await _move(record, cases, case_id, calendar, ordered_by, clock, pause)
        if reason is None:
            outcome.moved += 1
        elif reason:
            outcome.failed[case_id] = reason

    while True:
        calendar, waiting = await off_loop(_waiting, record, also_same_issue)
        outcome.issue = calendar.issue
        new = [case_id for case_id in waiting if case_id not in tried]
        if not new:
            return outcome
        total, before = len(tried) + len(new), len(tried)
        tried.update(new)
        for done, finished in enumerate(asyncio.as_completed([one(case_id, calendar) for case_id in new]), before + 1):
            await finished
            told(done, total)


async def bring_one(record: Record, cases: CaseClient, case_id: str, now: datetime) -> None:
    """Have one case count on the calendar in force for its area, where that says something new for it.

    For a case that was opened while a calendar was imported, or that went to another area; what cannot be done now is
    done by the next run, and shown as waiting until then.
    """
    with suppress(CaseworkError):
        found = await off_loop(_other_calendar, record, case_id)
        if found is not None:
            calendar, ordered_by = found
            await _move(record, cases, case_id, calendar, ordered_by, lambda: now, 0.0)


async def _move(
    record: Record,
    cases: CaseClient,
    case_id: str,
    calendar: WorkCalendar,
    ordered_by: str,
    clock: Callable[[], datetime],
    pause: float,
) -> str | None:
    """Move one case; return None when it was moved, "" when there was nothing to do any more, else why it was not."""
    reason = ""
    for attempt in range(TRIES):
        try:
            own = await off_loop(_kept, record, case_id, calendar, clock())
            if own is None:
                return ""
            command_id = f"calendar-{own.issue}-{own.version}-{case_id}"
            await cases.take(case_id, AdoptCalendar(command_id=command_id, calendar=own, ordered_by=ordered_by))
            return None
        except AWAY as away:
            reason = away.message
            await asyncio.sleep(pause * 2**attempt)
        except CaseworkError as no:
            if no.code == "calendar_unchanged" or await off_loop(_kept, record, case_id, calendar, clock()) is None:
                return ""
            return no.message
    return reason


def _waiting(record: Record, also_same_issue: bool) -> tuple[WorkCalendar, tuple[str, ...]]:
    with record.read() as work:
        calendar = calendars.newest(work)
        return calendar, calendars.lagging(work, calendar, also_same_issue=also_same_issue)


def _other_calendar(record: Record, case_id: str) -> tuple[WorkCalendar, str] | None:
    """Return the calendar in force and who imported it, if it is newer than the case's or has other regional days."""
    with record.read() as work:
        event = last_event(work, case_id)
        calendar, known = calendars.newest(work), calendars.issues(work)
        mine = calendars.calendar_of(work, event.case) if event else None
    if event is None or mine is None or not known:
        return None
    own = calendar.for_area(event.case.office)
    newer = event.case.calendar_issue < calendar.issue and own.version != event.case.calendar_version
    return (calendar, known[0].kept_by) if newer or own.regional != mine.regional else None


def _kept(record: Record, case_id: str, calendar: WorkCalendar, now: datetime) -> WorkCalendar | None:
    """Return the calendar for a case's area, remembered before the case counts on it; None when the case has it."""
    with record.read() as work:
        event = last_event(work, case_id)
    if event is None or event.case.state is State.EXITED:
        return None
    own = calendar.for_area(event.case.office)
    if own.version == event.case.calendar_version:
        return None
    with record.write() as work:
        calendars.keep_used(work, own, now)
    return own


class CalendarRuns(OneAtATime[str]):
    """The runs of one API process, one at a time, beside what people do.  A restart goes on where it was cut."""

    def __init__(self, record: Record, cases: CaseClient, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._record = record
        self._cases = cases
        self._clock = clock
        self.last: Moved | None = None

    def start(self, ordered_by: str) -> None:
        """Begin a run unless one goes on; that one also finds what was imported after it began."""
        if not self.running:
            super().start(ordered_by)

    def _left(self) -> tuple[str, ...]:
        """Return who imported the calendar in force when open cases still wait for it."""
        with self._record.read() as work:
            known = calendars.issues(work)
            waiting = bool(known) and calendars.lagging(work, calendars.newest(work))
        return (known[0].kept_by,) if waiting else ()

    async def _do(self, ordered_by: str) -> None:
        self.last = await move_cases(self._record, self._cases, ordered_by=ordered_by, clock=self._clock)
