"""Read one year's schedule (放假安排) that somebody wrote or took from a notice, and say what is wrong with it by line.

The form is that of `holidays/<year>.toml`; a file with an `area` is the schedule of that area alone (地方放假安排).
"""

import re
import tomllib
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.calendar_model import RegionalSchedule, WorkCalendar, YearSchedule
from policies.errors import Finding, PolicyError
from policies.toml_lines import line_of, wrong_at

LARGEST = 32 * 1024
"""Bytes; a year's schedule has about one thousand."""

SHOWN = 8
"""How many mistakes one message lists; all are in the error's findings."""

KEYS = {
    "year": "年份，如 year = 2027",
    "source": '依据的通知，如 source = "国务院办公厅关于2027年部分节假日安排的通知（文号）"',
    "issued": "发布日期，如 issued = 2026-11-04",
    "holidays": '放假的日子，每行如 { name = "元旦", first = 2027-01-01, last = 2027-01-03 }',
    "workdays": "调休上班的周六、周日，如 workdays = [2027-01-09]，没有写 []",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_schedule(text: str, file: str) -> YearSchedule | RegionalSchedule:
    """Return the schedule that a file's text holds.

    Raises PolicyError `bad_calendar` with every mistake, each with its line where the file has one.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        wrong, line = wrong_at(error)
        raise _wrong([Finding(file, "（整个文件）", wrong, line)]) from error
    kind = RegionalSchedule if "area" in raw else YearSchedule
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        raise _wrong([f for detail in error.errors() for f in _findings(detail, text, raw, file)]) from error


def remarks(schedule: YearSchedule | RegionalSchedule, calendar: WorkCalendar) -> tuple[str, ...]:
    """Return what a person should look at again: invented schedules circulate before each notice."""
    found = []
    if schedule.issued.year > schedule.year or schedule.issued.year < schedule.year - 1:
        found.append(f"发布日期{schedule.issued}与年份{schedule.year}相差较远，请核对。")
    if isinstance(schedule, RegionalSchedule):
        return tuple(found)
    if "国务院办公厅" not in schedule.source:
        found.append("依据里没有“国务院办公厅”，请核对是否为正式通知。")
    off = {day for holiday in schedule.holidays for day in holiday.days}
    statutory = [(date(schedule.year, h.month, h.day), h.name) for h in calendar.fixed]
    statutory += [(day, h.name) for h in calendar.statutory for day in h.days if day.year == schedule.year]
    found += [
        f"{day}（{name}）是法定节假日，文件里没有放假，请核对。" for day, name in sorted(statutory) if day not in off
    ]
    if not schedule.workdays:
        found.append("没有调休上班日，请核对通知原文。")
    return tuple(found)


def _wrong(findings: list[Finding]) -> PolicyError:
    first = findings[0]
    message = "；".join(finding.words for finding in findings[:SHOWN])
    if len(findings) > SHOWN:
        message += f"；另有{len(findings) - SHOWN}处"
    where = {"file": first.file, "key": first.key, "line": first.line, "findings": tuple(findings)}
    return PolicyError("bad_calendar", f"{message}。", **where)  # type: ignore[arg-type]


def _findings(detail: ErrorDetails, text: str, raw: dict[str, Any], file: str) -> list[Finding]:
    """Return what one of the model's complaints says, one finding for each day it names."""
    path = detail["loc"]
    key = ".".join(f"第{part + 1}项" if isinstance(part, int) else part for part in path) or "（整个文件）"
    line = _line_of_item(text, path, raw)
    found = []
    for words in _words(detail).split("；"):
        day = _DAY.search(words)
        found.append(Finding(file, key, words, _line_of_day(text, day[0]) if line is None and day else line))
    return found


def _line_of_day(text: str, day: str) -> int | None:
    return next((n for n, row in enumerate(text.splitlines(), 1) if day in _uncommented(row)), None)


def _line_of_item(text: str, path: tuple[int | str, ...], raw: dict[str, Any]) -> int | None:
    """Return the line of a key, or of the n-th row of a list: rows have braces of their own, dates stand alone."""
    top = str(path[0]) if path else ""
    start = line_of(text, (top,)) if top in raw else None
    if start is None or len(path) < 2 or not isinstance(path[1], int):
        return start
    tables = [n for n, row in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{re.escape(top)}\s*\]\]", row)]
    if tables:
        return tables[path[1]] if path[1] < len(tables) else start
    marks = re.compile(r"\{") if top == "holidays" else re.compile(r"[^\s,\[\]]+")
    rows = text.splitlines()[start - 1 :]
    rows[0] = rows[0].partition("=")[2]
    seen = 0
    for number, row in enumerate(rows, start):
        seen += len(marks.findall(_uncommented(row)))
        if seen > path[1]:
            return number
    return start


def _uncommented(row: str) -> str:
    return row.partition("#")[0]


def _words(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    key = str(detail["loc"][0]) if detail["loc"] else ""
    match detail["type"]:
        case "missing":
            return f"缺少，请补上{KEYS.get(str(detail['loc'][-1]), '这一项')}"
        case "extra_forbidden":
            return "是不认识的项，请检查拼写"
        case "value_error":
            return f"{context.get('error', '不合要求')}"
        case "greater_than_equal" | "less_than_equal":
            return "年份应在1949至2200之间"
        case "string_pattern_mismatch":
            return '地区代码应为2至12位数字，如 area = "45"'
        case "string_too_short" | "too_short":
            return f"不能为空，请写明{KEYS.get(key, '这一项')}"
        case "string_too_long":
            return "太长，请写通知的名称和文号"
        case kind if kind.startswith("date"):
            return "应为日期，如 2027-01-01，不加引号"
        case _:
            return f"写法不对，应为{KEYS.get(key, '通知所载的内容')}"
