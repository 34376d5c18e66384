"""For whom somebody stands in (代办), and when somebody is away: the periods a `Scope` is made of.

A substitute's substitute stands in for both on the days when both are away.  Whom to tell is asked in `responsible.py`.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select

from casework.times import at_local
from records.engine import Reading
from records.scope import During, StandIn
from records.tables_delegation import absences

ALWAYS = During(-(2**31), 2**31 - 1, date.min, date.max)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which an account is away, both ends included."""

    account: str
    first: date
    last: date

    def during(self, now: datetime, as_of: date | None) -> During | None:
        """Return the cases for which these days are now; with `as_of`, all cases if that day is one of them."""
        if as_of is not None:
            return ALWAYS if self.first <= as_of <= self.last else None
        begins, ends = at_local(self.first, 0), at_local(self.last + timedelta(days=1), 0)
        lowest, highest = (math.ceil((instant - now).total_seconds()) for instant in (begins, ends))
        return During(lowest, highest - 1, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """What absences make of an account: for whom it stands in, and when it is away itself."""

    stands_in: tuple[Period, ...] = ()
    away: tuple[Period, ...] = ()

    def on(self, day: date) -> tuple[str, ...]:
        """Return the colleagues for whom the account stands in on a day."""
        return tuple(period.account for period in self.stands_in if period.first <= day <= period.last)

    def stand_ins(self, now: datetime, as_of: date | None = None) -> tuple[StandIn, ...]:
        found = ((period.account, period.during(now, as_of)) for period in self.stands_in)
        return tuple(StandIn(account, during) for account, during in found if during is not None)

    def absences(self, now: datetime, as_of: date | None = None) -> tuple[During, ...]:
        return tuple(d for period in self.away if (d := period.during(now, as_of)) is not None)


_OWN = select(absences.c.first, absences.c.last).where(
    absences.c.account == bindparam("this_account"), absences.c.cancelled_at.is_(None)
)
_NAMED = (
    select(absences.c.account, absences.c.first, absences.c.last)
    .where(absences.c.substitute == bindparam("whom"), absences.c.cancelled_at.is_(None))
    .where(absences.c.first <= bindparam("to_day"), absences.c.last >= bindparam("from_day"))
    .order_by(absences.c.absence_id)
)


def standing_of(work: Reading, account: str) -> Standing:
    """Return the periods of an account, past and to come: a drill's cases live on other days."""
    own = work.connection.execute(_OWN, {"this_account": account})
    away = tuple(Period(account, row.first, row.last) for row in own)
    found: list[Period] = []
    ways: list[tuple[Period, tuple[str, ...]]] = [(Period(account, date.min, date.max), (account,))]
    while ways:
        at, way = ways.pop()
        named = work.connection.execute(_NAMED, {"whom": at.account, "from_day": at.first, "to_day": at.last})
        for row in named:
            period = Period(row.account, max(row.first, at.first), min(row.last, at.last))
            if row.account not in way:
                found.append(period)
                ways.append((period, (*way, row.account)))
    return Standing(tuple(found), away)
