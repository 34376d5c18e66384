"""Whose cases a caller may see (数据范围).  Every list and single read of this room takes a `Scope`.

What lies outside is not there: reads return None or leave it out, never "forbidden".  Which *steps* a role may take is
the step table's business.  Who stands in for whom, and when, is looked up in `standing_in.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.sql.elements import KeyedColumnElement

from casework.states import Role
from casework.times import local_date
from records.tables import cases

SHORTEST_AREA = 2
"""A province.  An empty area would be the whole country, so it is nothing."""

COUNTY = 6
"""A reviewer belongs to one county; a city's code stands for cases of the city's own offices, not for its counties."""


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What the record knows of a case's own time: the offset (seconds) to the desk's clock, and its last event's day.

    In a drill time may have passed for a case that the desk's clock knows nothing of; its last event tells.
    """

    offset: int
    last_on: date

    def day(self, now: datetime) -> date:
        """Return the day it is for the case, as far as the record knows."""
        return max(local_date(now + timedelta(seconds=self.offset)), self.last_on)


@dataclass(frozen=True, slots=True)
class During:
    """The cases for which it is one of some days just now: the later of the desk's day and `last_on`.

    `lowest` and `highest` are the offsets (seconds) for which it is one of those days at the desk.  Without a drill
    every offset is 0, and this is simply "today".
    """

    lowest: int
    highest: int
    first: date
    last: date

    def holds(self, clock: CaseClock) -> bool:
        begun = clock.offset >= self.lowest or clock.last_on >= self.first
        return begun and clock.offset <= self.highest and clock.last_on <= self.last

    @property
    def cases(self) -> ColumnElement[bool]:
        """The same as a condition on `cases`."""
        begun = or_(cases.c.clock_offset >= self.lowest, cases.c.last_on >= self.first)
        return and_(begun, cases.c.clock_offset <= self.highest, cases.c.last_on <= self.last)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A colleague for whom the caller acts (代办), while it is one of the days of the absence."""

    account: str
    during: During


@dataclass(frozen=True, slots=True)
class Scope:
    """A caller: account, the role it acts in, the area code of its desk (2 to 12 digits), and for whom it stands in.

    `away` is when the caller itself is absent: it keeps its rights, but its work is on the substitute's list.
    """

    account: str
    role: Role
    area: str
    stands_in: tuple[StandIn, ...] = ()
    away: tuple[During, ...] = ()

    def standing_in(self, clock: CaseClock) -> tuple[str, ...]:
        """Return the colleagues for whom the caller may act in a case with this clock."""
        return tuple(s.account for s in self.stands_in if s.during.holds(clock))

    @property
    def hands(self) -> tuple[str, ...]:
        """Whose work is on the caller's list just now, where no case has a clock: its own, and absent colleagues'."""
        return (self.account, *self.standing_in(CaseClock(0, date.min)))

    def acting_for(self, helper: str | None, claimed_by: str | None, clock: CaseClock) -> str | None:
        """Return for whom the caller acts in a case or with a task, or None when it is its own.

        A task that a colleague has claimed, and a household whose helper the colleague is, are the colleague's; what
        the whole office shares is the caller's own.
        """
        colleagues = self.standing_in(clock)
        if claimed_by in colleagues:
            return claimed_by
        mine = self.role is not Role.HELPER or helper == self.account
        return helper if not mine and helper in colleagues else None


def area_prefix(area: str) -> str:
    """Return the part of a division code that its whole area shares: 220000 → 22, 220100 → 2201.

    Levels are province 2, city 4, county 6, street 9, community 12 digits; a zero inside a level is kept (2201 20 00).
    """
    for length in (9, 6, 4, 2):
        if len(area) > length and set(area[length:]) == {"0"}:
            area = area[:length]
    return area


def within(column: KeyedColumnElement[str], area: str) -> ColumnElement[bool]:
    """Return the condition that a code lies in an area, as a range that an index can answer."""
    return _starting(column, area_prefix(area))


def visible(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on `cases` that a caller may see a row.

    A substitute sees the households of an absent helper.  In the other roles a substitute works for the same office or
    area already, because nobody else may be named.
    """
    if scope.role is not Role.HELPER:
        return of_offices(scope, cases.c.office)
    others = (and_(cases.c.helper == s.account, s.during.cases) for s in scope.stands_in)
    return or_(cases.c.helper == scope.account, *others)


def of_offices(scope: Scope, office: KeyedColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that an office is one of the caller's; a helper's cases may be anywhere."""
    match scope.role:
        case Role.CASEWORKER:
            return office == scope.area
        case Role.REVIEWER:
            return _starting(office, scope.area[:COUNTY]) if len(scope.area) >= COUNTY else false()
        case Role.SUPERVISOR:
            return within(office, scope.area)
        case Role.HELPER:
            return true()
        case _:
            return false()


def _starting(column: KeyedColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Codes sort by code point, and "~" comes after every digit and letter."""
    return column.between(prefix, prefix + "~") if len(prefix) >= SHORTEST_AREA else false()
