"""`wanjia deadline`: count a deadline on the working calendar and print it as JSON.  The counting is in `casework`."""

import json
import re
from datetime import date
from typing import Annotated, Any

import typer

from casework.working_days import Counted, count
from policies.calendars import load_calendar
from policies.terms import Length, Unit

LONGEST = {Unit.WORKING_DAYS: 2600, Unit.CALENDAR_DAYS: 3660, Unit.MONTHS: 120}
"""Ten years of each: no deadline of the trade is longer, so more is a slip of the keyboard."""

FIRST_YEAR, LAST_YEAR = 2000, 2099

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+", re.ASCII)

Lengths = list[str] | None


def deadline(
    from_: Annotated[list[str], typer.Option("--from", metavar="日期", help="起算日，如 2026-09-30；当日不计。")],
    working_days: Annotated[Lengths, typer.Option("--working-days", metavar="N", help="N 个工作日。")] = None,
    calendar_days: Annotated[Lengths, typer.Option("--calendar-days", metavar="N", help="N 日（自然日）。")] = None,
    months: Annotated[Lengths, typer.Option("--months", metavar="N", help="N 个月。")] = None,
    no_roll: Annotated[bool, typer.Option("--no-roll", help="最后一日遇休息日不顺延（计算窗口时用）。")] = False,
) -> None:
    """计算时限：从起算日起若干工作日、自然日或月，哪天届满。结果为 JSON。"""
    if len(from_) != 1:
        raise typer.BadParameter("起算日只能给出一个。", param_hint="--from")
    start = _date(from_[0])
    length = _length({Unit.WORKING_DAYS: working_days, Unit.CALENDAR_DAYS: calendar_days, Unit.MONTHS: months})
    counted = count(load_calendar(), start, length, roll=not no_roll)
    typer.echo(json.dumps(as_json(counted), ensure_ascii=False, indent=2))
    if counted.provisional:
        typer.echo("注意：所涉年份的放假安排尚未公布，结果是暂定的，公布后须重新计算。", err=True)


def as_json(counted: Counted) -> dict[str, Any]:
    """Return the answer as the JSON object that is printed."""
    return {
        "ends": counted.ends.isoformat(),
        "counted": [day.isoformat() for day in counted.counted],
        "skipped": [{"date": skip.day.isoformat(), "reason": skip.reason} for skip in counted.skipped],
        "provisional": counted.provisional,
    }


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise typer.BadParameter(f"{text[:20]!r} 不是日期，应写作 2026-09-30 这样的年-月-日。", param_hint="--from")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。", param_hint="--from")
    return day


def _length(given: dict[Unit, Lengths]) -> Length:
    lengths = [(unit, text) for unit, texts in given.items() for text in texts or ()]
    if len(lengths) != 1:
        raise typer.BadParameter("请在 --working-days、--calendar-days、--months 中给出且只给出一个时限。")
    unit, text = lengths[0]
    option = {Unit.WORKING_DAYS: "--working-days", Unit.CALENDAR_DAYS: "--calendar-days", Unit.MONTHS: "--months"}[unit]
    if not _NUMBER.fullmatch(text):
        raise typer.BadParameter(f"{text[:20]!r} 不是整数。", param_hint=option)
    digits = text.lstrip("-").lstrip("0")[:10]  # Python refuses to read more than 4300 digits; ten are absurd already
    number = 0 if text.startswith("-") else int(digits or "0")
    if number < 1:
        raise typer.BadParameter("时限至少为 1。", param_hint=option)
    if number > LONGEST[unit]:
        raise typer.BadParameter(f"时限最长为 {LONGEST[unit]}（十年），请检查数目。", param_hint=option)
    return Length(count=number, unit=unit)
