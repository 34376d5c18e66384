"""Load the working calendar from `holidays/<year>.toml` and `statutory.toml`.

Reads files, so it is called at the edges.  Only what a State Council notice says goes into a year's file: invented
schedules circulate before each notice.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from policies.calendar_model import WorkCalendar, YearSchedule
from policies.errors import PolicyError

__all__ = ["WorkCalendar", "load_calendar", "years_to_declare"]

HERE = Path(__file__).parent

M = TypeVar("M", WorkCalendar, YearSchedule)


@cache
def load_calendar(directory: Path = HERE) -> WorkCalendar:
    """Return the working calendar of the data files.  Raises PolicyError `bad_calendar`, naming file and key."""
    schedules = tuple(_schedule(path) for path in sorted((directory / "holidays").glob("*.toml")))
    statutory = _read(directory / "statutory.toml")
    statutory.pop("source", None)
    return _checked(WorkCalendar, {**statutory, "years": schedules}, "statutory.toml")


def years_to_declare(calendar: WorkCalendar, on: date) -> tuple[int, ...]:
    """Return the years that must by this day be published or be declared missing, and are neither.

    This year always; next year from December, because the notice comes out in November and a promise of 20 working days
    made on any day of December reaches into it.
    """
    needed = (on.year, on.year + 1) if on.month == 12 else (on.year,)
    return tuple(y for y in needed if y not in calendar.published and y not in calendar.declared_missing)


def _schedule(path: Path) -> YearSchedule:
    schedule = _checked(YearSchedule, _read(path), path.name)
    if path.stem != str(schedule.year):
        raise PolicyError("bad_calendar", f"{path.name} 的 year 应与文件名一致", file=path.name, key="year")
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
