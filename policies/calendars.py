"""Load the working calendar from `holidays/<year>.toml`, `holidays/regional/<area>-<year>.toml` and `statutory.toml`.

Reads files, so it is called at the edges.  What was imported since lies in the record (`records/calendars.py`).
Only what a State Council notice says goes into a year's file: invented schedules circulate before each notice.
"""

import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from policies.calendar_model import RegionalSchedule, WorkCalendar, YearSchedule
from policies.errors import PolicyError

__all__ = ["WorkCalendar", "is_alert", "load_calendar", "missing_next_year", "years_to_declare"]

HERE = Path(__file__).parent

ASKED_FROM = 11
"""The month from which next year's schedule is asked for: the notice comes out in it."""

M = TypeVar("M", WorkCalendar, YearSchedule, RegionalSchedule)


def load_calendar(area: str | None = None, *, directory: Path = HERE) -> WorkCalendar:
    """Return the working calendar of the data files, for one area when it is named (a division code).

    Raises PolicyError `bad_calendar`, naming file and key.
    """
    return _of_files(directory) if area is None else _of_area(area, directory)


@lru_cache(maxsize=256)
def _of_area(area: str, directory: Path) -> WorkCalendar:
    """Return what holds in an area; the files of a release stay as they are while it runs."""
    return _of_files(directory).for_area(area)


@cache
def _of_files(directory: Path) -> WorkCalendar:
    schedules = tuple(_schedule(path) for path in sorted((directory / "holidays").glob("*.toml")))
    regional = [_regional(path) for path in sorted((directory / "holidays" / "regional").glob("*.toml"))]
    statutory = _read(directory / "statutory.toml")
    statutory.pop("source", None)
    calendar = _checked(WorkCalendar, {**statutory, "years": schedules}, "statutory.toml")
    for schedule in regional:
        calendar = calendar.with_schedule(schedule)
    return calendar


def years_to_declare(calendar: WorkCalendar, on: date) -> tuple[int, ...]:
    """Return the years that must by this day be published or be declared missing, and are neither.

    This year always; next year from November, in which the notice comes out: in December a promise of 20 working days
    made on any day reaches into it.
    """
    needed = (on.year, on.year + 1) if on.month >= ASKED_FROM else (on.year,)
    return tuple(y for y in needed if y not in calendar.published and y not in calendar.declared_missing)


def missing_next_year(calendar: WorkCalendar, on: date) -> int | None:
    """Return next year when its schedule is not published yet: a notice before November, from then on an alert."""
    return None if on.year + 1 in calendar.published else on.year + 1


def is_alert(on: date) -> bool:
    """Say whether a next year without a schedule is an alert for administrators by this day (A38)."""
    return on.month >= ASKED_FROM


def _schedule(path: Path) -> YearSchedule:
    schedule = _checked(YearSchedule, _read(path), path.name)
    if path.stem != str(schedule.year):
        raise PolicyError("bad_calendar", f"{path.name} 的 year 应与文件名一致", file=path.name, key="year")
    return schedule


def _regional(path: Path) -> RegionalSchedule:
    schedule = _checked(RegionalSchedule, _read(path), path.name)
    if path.stem != f"{schedule.area}-{schedule.year}":
        raise PolicyError("bad_calendar", f"{path.name} 应以“地区代码-年份”命名", file=path.name, key="area")
    return schedule


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PolicyError("bad_calendar", f"{path.name} 读不出来，应是 UTF-8 的 TOML 文件", file=path.name) from error


def _checked(model: type[M], raw: dict[str, Any], file: str) -> M:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = str(first.get("ctx", {}).get("error", "缺少或写法不对"))
        raise PolicyError(
            "bad_calendar", f"{file} 有误：{key} {reason}".replace("  ", " "), file=file, key=key
        ) from error
