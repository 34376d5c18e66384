"""Working calendars (工作日历) over HTTP: how they stand, what a schedule would change, its import, the cases moved."""

from datetime import datetime

from fastapi import APIRouter, Request

from api.asking import READ_ERRORS, WRITE_ERRORS, Administrator, Now, OurDesk, who
from api.calendar_answers import (
    EXAMPLE,
    LISTED,
    CalendarsAnswer,
    ChangeAnswer,
    ImportAnswer,
    Progress,
    ScheduleText,
    TouchedLine,
    day_lines,
    issue_line,
    progress_of,
)
from casework.states import Role
from desk.calendar_runs import CalendarRuns
from desk.calendars import Change, import_change, read_change, touched
from desk.desk import Caller, Desk, off_loop
from policies.calendar_model import RegionalSchedule
from records import calendars

router = APIRouter(prefix="/calendars", tags=["工作日历"])


def the_runs(request: Request) -> CalendarRuns:
    runs: CalendarRuns = request.app.state.calendar_runs
    return runs


@router.get(
    "", summary="工作日历", operation_id="list_calendars", responses=READ_ERRORS, openapi_extra=who(Role.ADMINISTRATOR)
)
def list_calendars(request: Request, caller: Administrator, desk: OurDesk) -> CalendarsAnswer:
    """现行是第几号、哪些年份已公布、历次导入，以及个案更新到哪里。"""
    with desk.record.read() as work:
        calendar = calendars.newest(work)
        known = calendars.issues(work)
        waiting = len(calendars.lagging(work, calendar))
    return CalendarsAnswer(
        number=calendar.issue,
        version=calendar.version,
        sha256=calendar.sha256,
        published=tuple(sorted(calendar.published)),
        issues=tuple(issue_line(each) for each in known),
        progress=progress_of(the_runs(request), waiting, caller.area),
    )


@router.post(
    "/previews",
    summary="试导入：会改变什么",
    operation_id="preview_calendar",
    responses=WRITE_ERRORS,
    openapi_extra={**who(Role.ADMINISTRATOR), **EXAMPLE},
)
def preview_calendar(body: ScheduleText, caller: Administrator, desk: OurDesk, now: Now) -> ChangeAnswer:
    """逐日对照现行安排，并按规则试算会改期的个案；什么也不保存。"""
    change = read_change(desk.record, body.content, "content")
    found = touched(desk.record, change.calendar, now, area=caller.area)
    schedule = change.schedule
    return ChangeAnswer(
        year=schedule.year,
        area=schedule.area if isinstance(schedule, RegionalSchedule) else None,
        source=schedule.source,
        replaces=change.replaces,
        days=day_lines(change),
        remarks=change.remarks,
        touched=len(found),
        cases=tuple(TouchedLine(case_id=t.case_id, office=t.office, moves=t.moves) for t in found[:LISTED]),
    )


@router.post(
    "",
    status_code=201,
    summary="导入放假安排，更新个案",
    operation_id="import_calendar",
    responses=WRITE_ERRORS,
    openapi_extra={**who(Role.ADMINISTRATOR), **EXAMPLE},
)
async def import_calendar(
    request: Request, body: ScheduleText, caller: Administrator, desk: OurDesk, now: Now
) -> ImportAnswer:
    """保存为新的一号，随即开始更新所有未结束的个案；进展见 GET /api/v1/calendars。每户的经过里各有一条更新记录。"""
    change = await off_loop(read_change, desk.record, body.content, "content")
    done = await off_loop(_imported, desk, caller, change, now)
    the_runs(request).start(caller.account)
    return done


@router.post(
    "/runs",
    status_code=202,
    summary="接着更新个案",
    operation_id="resume_calendar",
    responses=WRITE_ERRORS,
    openapi_extra=who(Role.ADMINISTRATOR),
)
async def resume_calendar(request: Request, caller: Administrator, desk: OurDesk) -> Progress:
    """把还没有更新的个案接着更新完；已更新的跳过，可重复。"""
    runs = the_runs(request)
    runs.start(caller.account)
    return progress_of(runs, await off_loop(_waiting, desk), caller.area)


def _imported(desk: Desk, caller: Caller, change: Change, now: datetime) -> ImportAnswer:
    calendar = import_change(desk.record, change, by=caller.account, area=caller.area, now=now)
    return ImportAnswer(
        number=calendar.issue,
        version=calendar.version,
        sha256=calendar.sha256,
        days=day_lines(change),
        remarks=change.remarks,
        waiting=_waiting(desk),
    )


def _waiting(desk: Desk) -> int:
    with desk.record.read() as work:
        return len(calendars.lagging(work, calendars.newest(work)))
