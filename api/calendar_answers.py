"""What the routes of working calendars answer (答复): shapes and their words.  See `calendars.py` for the routes."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from casework.household import Facts
from desk.bodies import Body
from desk.calendar_runs import CalendarRuns, failed_in
from desk.calendars import Change
from policies.calendar_file import LARGEST
from records.calendars import Issue

TOML = """year = 2027
source = "国务院办公厅关于2027年部分节假日安排的通知（文号）"
issued = 2026-11-05
holidays = [
    { name = "元旦", first = 2027-01-01, last = 2027-01-03 },
]
workdays = []
"""
EXAMPLE: dict[str, Any] = {
    "requestBody": {
        "content": {"application/json": {"examples": {"写法（不是真实安排）": {"value": {"content": TOML}}}}}
    }
}
LISTED = 200


class ScheduleText(Body):
    """一年的放假安排."""

    content: str = Field(max_length=LARGEST, description="TOML 文本，写法同 policies/holidays；写 area 的只用于该地区")


class IssueLine(Facts):
    """一次导入."""

    number: int = Field(description="编号，从 1 起")
    version: str
    sha256: str
    source: str = Field(description="依据的通知")
    imported_at: datetime
    imported_by: str


class Progress(Facts):
    """未结束个案的更新情况."""

    waiting: int = Field(description="还没有更新的户数")
    running: bool = Field(description="true 表示正在更新")
    moved: int | None = Field(description="最近一次更新的户数；本次启动后没有更新过则为空")
    failed: dict[str, str] = Field(description="最近一次没有更新成的个案和原因")


class CalendarsAnswer(Facts):
    """现行工作日历和历次导入."""

    number: int = Field(description="现行编号；0 表示随软件发布、尚未导入过")
    version: str
    sha256: str
    published: tuple[int, ...] = Field(description="已公布放假安排的年份")
    issues: tuple[IssueLine, ...]
    progress: Progress


class DayLine(Facts):
    """有变化的一天."""

    day: date
    before: str | None = Field(description="原来因何休息；空为上班")
    after: str | None = Field(description="现在因何休息；空为上班")
    words: str


class TouchedLine(Facts):
    """会改期的一户."""

    case_id: str
    office: str
    moves: tuple[str, ...] = Field(description="改期的内容")


class ChangeAnswer(Facts):
    """导入会改变什么."""

    year: int
    area: str | None = Field(description="只用于该地区；空为全国")
    source: str
    replaces: str | None = Field(description="取代哪一份安排；空为此前没有")
    days: tuple[DayLine, ...]
    remarks: tuple[str, ...] = Field(description="请留意")
    touched: int = Field(description="会改期的未结束个案户数")
    cases: tuple[TouchedLine, ...] = Field(description=f"最多列出{LISTED}户")


class ImportAnswer(Facts):
    """已导入."""

    number: int
    version: str
    sha256: str
    days: tuple[DayLine, ...]
    remarks: tuple[str, ...]
    waiting: int = Field(description="将要更新的未结束个案户数；进展见 GET /api/v1/calendars")


def issue_line(issue: Issue) -> IssueLine:
    """Return one import as the list shows it."""
    return IssueLine(
        number=issue.number or 0,
        version=issue.version,
        sha256=issue.sha256,
        source=issue.source,
        imported_at=issue.kept_at,
        imported_by=issue.kept_by,
    )


def day_lines(change: Change) -> tuple[DayLine, ...]:
    return tuple(DayLine(day=d.day, before=d.before, after=d.after, words=d.words) for d in change.days)


def progress_of(runs: CalendarRuns, waiting: int, area: str) -> Progress:
    last = runs.last
    return Progress(
        waiting=waiting,
        running=runs.running,
        moved=last.moved if last else None,
        failed=failed_in(last.failed, area) if last else {},
    )
