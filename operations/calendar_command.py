"""`wanjia calendar`: import a holiday schedule, move the open cases to it, and say how the calendar stands.

Works on the record directly and on the engine; the services must run only while cases are moved.  Exit codes: 0 done,
2 wrong usage or a file that cannot be used (nothing was changed), 3 done, but cases wait or next year is missing.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from casework.errors import CaseworkError
from casework.times import local_date
from desk.calendar_runs import Moved, move_cases
from desk.calendars import Change, Touched, import_change, read_change, touched
from operations.calendar_words import change_lines, moved_lines, status_lines, touched_lines
from operations.over_cases import engine, opened, ordered_by, progress_of, say
from operations.settings import Settings
from policies.calendar_file import LARGEST
from policies.calendars import is_alert, load_calendar, missing_next_year
from records import calendars
from records.engine import Record

NOT_ALL = 3
"""Who imported a calendar at the command line when no account is named."""

app = typer.Typer(help="工作日历：导入放假安排、更新个案、查看状况。", no_args_is_help=True)

By = Annotated[str | None, typer.Option("--by", metavar="账号", help="下达更新的管理员账号，记入每户经过。")]


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="一年的放假安排，TOML，写法同 policies/holidays。")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改什么，不保存，不更新个案。")] = False,
    by: By = None,
) -> int:
    """导入新公布或更正的放假安排，并更新所有未结束的个案。

    中断后用 wanjia calendar resume 接着更新。退出码：0 完成；2 文件或用法有误，什么也没改；3 已保存，但有个案没有更新。
    """
    settings, record = opened()
    try:
        account = ordered_by(record, by)
        change = read_change(record, _text(file), file.name)
        say(change_lines(change))
        now = datetime.now(UTC)
        found = _touched(record, change, now)
        say(touched_lines(found, dry_run=dry_run))
        if dry_run:
            return 0
        calendar = import_change(record, change, by=account, area=None, now=now)
        say((f"已保存为第{calendar.issue}号工作日历（{calendar.version}，SHA-256 {calendar.sha256}）。",))
        return _moved(settings, record, account)
    finally:
        record.close()


@app.command("resume")
def resume(by: By = None) -> int:
    """把未结束的个案更新到现行工作日历；已更新的跳过，可重复执行。"""
    settings, record = opened()
    try:
        return _moved(settings, record, ordered_by(record, by), also_same_issue=True)
    finally:
        record.close()


@app.command("status")
def status() -> int:
    """现行工作日历、已公布的年份、还没有更新的个案；11月起次年未公布时退出码为 3。"""
    _, record = opened()
    try:
        with record.read() as work:
            calendar = calendars.newest(work)
            waiting = calendars.lagging(work, calendar)
            known = calendars.issues(work)
        today = local_date(datetime.now(UTC))
        say(status_lines(calendar, known, waiting, load_calendar(), today))
        missing = missing_next_year(calendar, today) is not None and is_alert(today)
        return NOT_ALL if waiting or missing else 0
    finally:
        record.close()


def _text(file: Path) -> str:
    if not file.is_file():
        raise CaseworkError("no_such_file", f"没有这个文件，或它不是普通文件：{file}")
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1).decode("utf-8")
    except UnicodeDecodeError:
        raise CaseworkError("not_utf8", f"{file.name} 不是 UTF-8 编码，请另存为 UTF-8 后再试。") from None
    except OSError as why:
        raise CaseworkError("file_trouble", f"读不出文件 {file.name}，请检查权限。") from why


def _touched(record: Record, change: Change, now: datetime) -> tuple[Touched, ...]:
    with progress_of("试算个案") as told:
        return touched(record, change.calendar, now, told)


def _moved(settings: Settings, record: Record, by: str, *, also_same_issue: bool = False) -> int:
    async def run() -> Moved:
        with progress_of("更新个案") as told:
            return await move_cases(
                record,
                await engine(settings),
                ordered_by=by,
                clock=lambda: datetime.now(UTC),
                told=told,
                also_same_issue=also_same_issue,
            )

    outcome = asyncio.run(run())
    say(moved_lines(outcome))
    return NOT_ALL if outcome.failed else 0
