"""Whose cases a caller may see (数据范围).  Every list and single read of this room takes a `Scope`.

What lies outside is not there: reads return None or leave it out, never "forbidden".  Which *steps* a role may take is
the step table's business.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, true
from sqlalchemy.sql.elements import KeyedColumnElement

from casework.states import Role
from records.tables import cases

SHORTEST_AREA = 2
"""A province.  An empty area would be the whole country, so it is nothing."""

COUNTY = 6
"""A reviewer belongs to one county; a city's code stands for cases of the city's own offices, not for its counties."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A caller: account, the role it acts in, and the area code of its desk (2 to 12 digits)."""

    account: str
    role: Role
    area: str


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
    """Return the condition on `cases` that a caller may see a row."""
    return cases.c.helper == scope.account if scope.role is Role.HELPER else of_offices(scope, cases.c.office)


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
