"""Importing a holiday schedule (导入放假安排): what it changes, whom it touches, and keeping it in the record.

Moving the open cases is in `calendar_runs.py`; how a file is read is in `policies/calendar_file.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.calendar_diff import ChangedDay, changed_days
from casework.commands.calendar_change import AdoptCalendar
from casework.decide import decide
from casework.errors import CaseworkError, NotYourStep, SaidNo
from casework.events import CaseEvent
from desk.calendar_runs import untold
from policies.calendar_file import LARGEST, read_schedule, remarks
from policies.calendar_model import RegionalSchedule, WorkCalendar, YearSchedule
from policies.errors import Finding, PolicyError
from records import calendars
from records.case_files import last_event, open_case_ids
from records.engine import Reading, Record
from records.policies import policy_of
from records.scope import area_prefix

Progress = Callable[[int, int], None]
"""Told after each case how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an import would put into force: the schedule, the calendar with it, and the days that it makes otherwise."""

    schedule: YearSchedule | RegionalSchedule
    calendar: WorkCalendar
    days: tuple[ChangedDay, ...]
    remarks: tuple[str, ...]
    replaces: str | None
    """The document that it takes the place of; None when the year had none."""


@dataclass(frozen=True, slots=True)
class Touched:
    """An open case that an import moves: what becomes otherwise, in words without personal data."""

    case_id: str
    office: str
    moves: tuple[str, ...]


def read_change(record: Record, text: str, file: str) -> Change:
    """Read a schedule and compare it with the calendar in force.

    Raises PolicyError `bad_calendar` (with every mistake) or `SaidNo` (`calendar_same`, `schedule_older`).
    """
    if len(text.encode()) > LARGEST:
        big = Finding(file, "（整个文件）", f"文件超过{LARGEST // 1024} KB，一年的放假安排不会这么大，请核对")
        raise PolicyError("bad_calendar", f"{big.words}。", file=file, findings=(big,))
    schedule = read_schedule(text, file)
    with record.read() as work:
        old = calendars.newest(work)
    before = _standing(old, schedule)
    if before == schedule:
        raise SaidNo("calendar_same", f"{schedule.year}年的放假安排与现行工作日历完全相同，无需导入。", field="content")
    if before is not None and schedule.issued < before.issued:
        raise SaidNo(
            "schedule_older",
            f"文件的发布日期{schedule.issued}早于现行安排（{before.source}，{before.issued}），是旧的安排，不能导入。",
            field="issued",
        )
    new = old.with_schedule(schedule)
    days = changed_days(old, new, schedule)
    return Change(schedule, new, days, remarks(schedule, old), before.source if before else None)


def touched(
    record: Record, calendar: WorkCalendar, now: datetime, told: Progress = untold, *, area: str = ""
) -> tuple[Touched, ...]:
    """Return the open cases (of an area) of which a clock or a limit would move, by the rule that would move it."""
    with record.read() as work:
        case_ids = tuple(open_case_ids(work))
    found = []
    for done, case_id in enumerate(case_ids, 1):
        with record.read() as work:
            event = last_event(work, case_id)
            moves = _moves(work, event, calendar, now) if event else ()
        if event is not None and moves and event.case.office.startswith(area_prefix(area)):
            found.append(Touched(case_id, event.case.office, moves))
        told(done, len(case_ids))
    return tuple(found)


def import_change(record: Record, change: Change, *, by: str, area: str | None, now: datetime) -> WorkCalendar:
    """Keep the calendar under the next number and return it with the number; `area` is the administrator's.

    Raises `NotYourStep` (`calendar_beyond_area`) when it would touch cases outside the area.
    """
    with record.write() as work:
        own = change.schedule.area if isinstance(change.schedule, RegionalSchedule) else ""
        if area is not None and calendars.touches_beyond(work, area, own):
            raise NotYourStep(
                "calendar_beyond_area", "这份放假安排会改动您辖区以外的个案，请由上级管理员导入，或在服务器上导入。"
            )
        calendar = calendars.newest(work).with_schedule(change.schedule)
        return calendars.issue(work, calendar, source=change.schedule.source, by=by, now=now)


def _standing(
    calendar: WorkCalendar, schedule: YearSchedule | RegionalSchedule
) -> YearSchedule | RegionalSchedule | None:
    """Return what the calendar has for the same year (and area)."""
    if isinstance(schedule, RegionalSchedule):
        place = (schedule.area, schedule.year)
        return next((s for s in calendar.overlays if (s.area, s.year) == place), None)
    return next((s for s in calendar.years if s.year == schedule.year), None)


def _moves(work: Reading, event: CaseEvent, calendar: WorkCalendar, now: datetime) -> tuple[str, ...]:
    """Return what would become otherwise in one case; its business time is at least that of its last event."""
    case = event.case
    in_force = calendars.calendar_of(work, case) or calendars.newest_for(work, case.office)
    brought = calendar.issued(in_force.issue)
    at = max(now + timedelta(seconds=case.clock_offset), event.at)
    command = AdoptCalendar(command_id="preview", calendar=brought)
    try:
        after = decide(case, command, policy_of(work, case), in_force, at)
    except CaseworkError:
        return ()
    quiet = ("工作日历", "放假安排", "更新人")
    same = (after.case.clocks, after.case.tasks, after.case.promise) == (case.clocks, case.tasks, case.promise)
    if same and after.case.publicity == case.publicity and after.case.exit_proposal == case.exit_proposal:
        return ()
    said = tuple(f"{f.label} {f.value}" for f in after.why.facts if f.label not in quiet and "→" in f.value)
    return said or (after.why.says,)
