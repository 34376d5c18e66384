"""Areas that never find anybody (持续为零): with a platform, somebody registered unemployed, no recognition for months.

Pure (A31, scenario 86).  Such an area is not praised but inspected, from the first day after the months.
"""

from collections.abc import Iterable
from datetime import date

from casework.explanation import Fact, Why
from casework.household import Facts
from casework.times import in_words
from policies.schema import Policy


class AreaMonth(Facts):
    """One area in one month, "2026-09"."""

    area: str
    month: str
    recognised: int
    registered_unemployed: int
    platform: bool = True


class Inspection(Facts):
    """An area to be looked at."""

    area: str
    since: str
    listed_on: date
    why: Why


def to_inspect(rows: Iterable[AreaMonth], on: date, policy: Policy) -> tuple[Inspection, ...]:
    """Return the areas to inspect on a day: judged on the complete months before; one without numbers is no zero.

    Somebody must be registered unemployed in the last of these months, and the platform must have been there in all.
    """
    term = policy.supervision.persistent_zero_months
    wanted = _months_before(on, term.value)
    by_area: dict[str, dict[str, AreaMonth]] = {}
    for row in rows:
        by_area.setdefault(row.area, {})[row.month] = row
    found = []
    for area, months in sorted(by_area.items()):
        looked = [months.get(month) for month in wanted]
        if any(row is None or row.recognised or not row.platform for row in looked):
            continue
        last = looked[-1]
        if last is None or last.registered_unemployed < 1:
            continue
        found.append(_inspection(area, wanted, last, on, term.value, term.basis))
    return tuple(found)


def _inspection(area: str, months: tuple[str, ...], last: AreaMonth, on: date, count: int, basis: str) -> Inspection:
    listed = date(on.year, on.month, 1)
    why = Why(
        rule="inspection.persistent_zero",
        says=f"{area}连续{count}个月（{months[0]}至{months[-1]}）没有认定一户，登记失业{last.registered_unemployed}人，列入检查。",
        facts=(
            Fact(label="登记失业人数", value=f"{last.registered_unemployed}人"),
            Fact(label="列入日期", value=in_words(listed)),
        ),
        clause=basis,
    )
    return Inspection(area=area, since=months[0], listed_on=listed, why=why)


def _months_before(on: date, count: int) -> tuple[str, ...]:
    """Return the complete months before a day, the earliest first."""
    months = []
    year, month = on.year, on.month
    for _ in range(count):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        months.append(f"{year}-{month:02d}")
    return tuple(reversed(months))
