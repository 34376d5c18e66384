"""What a roll-up stands on (汇总表的下级): the reports of a city's counties, of a province's cities.

A roll-up may be reviewed, signed off and submitted when every one of them has been taken over and locked, so that
nothing below it moves any more; its lines are then the numbers that they submitted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from records import monthly_reports as kept
from records.engine import Reading, Writing
from records.scope import COUNTY
from register.dispatch import LEVELS, Dispatch, same_numbers


@dataclass(frozen=True, slots=True)
class Part:
    """A county or city below; `standing` is None when nothing was drawn up of it."""

    area: str
    standing: str | None


def parts_missing(work: Reading, area: str, month: str, numbers: Iterable[Dispatch]) -> tuple[Part, ...]:
    """Return the parts of a roll-up whose report of the month is not locked, by code."""
    if len(area) >= COUNTY:
        return ()
    below = [each.area for each in numbers if each.area != area]
    there = kept.standings_of(work, month, below)
    return tuple(Part(each, there.get(each)) for each in below if there.get(each) != "locked")


def parts_that_differ(work: Reading, area: str, month: str, numbers: Iterable[Dispatch]) -> tuple[str, ...]:
    """Return the parts that submitted other numbers than their lines in a roll-up."""
    if len(area) >= COUNTY:
        return ()
    lines = {each.area: each for each in numbers if each.area != area}
    locked = kept.locked_numbers(work, month, tuple(lines))
    return tuple(each for each, submitted in locked.items() if not same_numbers((submitted,), (lines[each],)))


def above(area: str) -> str | None:
    """Return the area whose roll-up a report is part of; nothing is above a province."""
    return area[: max((level for level in LEVELS if level < len(area)), default=0)] or None


def made_ready(work: Writing, area: str, month: str) -> str | None:
    """Return the roll-up that can be reviewed now that a part of it was locked, or None while others are open.

    The roll-up is held while its parts are looked at: of the last two, locked at once, the second sees the first.
    """
    if (whole := above(area)) is None:
        return None
    kept.hold(work, whole, month)
    newest = kept.versions(work, whole, month)
    return whole if newest and not parts_missing(work, whole, month, newest[0].numbers) else None
