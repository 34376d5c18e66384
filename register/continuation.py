"""Social insurance of flexible workers (灵活就业参保接续): since when, months recorded, months missing.  Pure.

A month is expected from the one in which the work began until the last that is over, or the one in which it ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from register.subsidy_months import month_of, number


@dataclass(frozen=True, slots=True)
class Continued:
    """How a member's insurance goes on; `gaps` are the months without a record, in order."""

    first: str | None
    last: str | None
    months: int
    gaps: tuple[str, ...]

    @property
    def broken(self) -> bool:
        return bool(self.gaps)


def continued(started_on: date, ended_on: date | None, recorded: Iterable[str], on: date) -> Continued:
    """Say on a day how the insurance of a job that began then has gone on."""
    begun = number(month_of(started_on))
    over = number(month_of(on)) - 1
    until = over if ended_on is None else min(over, number(month_of(ended_on)))
    there = sorted(month for month in set(recorded) if number(month) >= begun)
    expected = [month_of(n) for n in range(begun, until + 1)]
    gaps = tuple(month for month in expected if month not in there)
    return Continued(there[0] if there else None, there[-1] if there else None, len(there), gaps)
