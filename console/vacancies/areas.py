"""Places of work that one may choose (工作地点): the offices at work in the caller's area and their counties."""

from desk.desk import Caller
from desk.vacancies import area_of
from records.engine import Reading
from records.figure_rows import known_areas
from records.offices import offices_at_work
from records.scope import COUNTY

CITY = 4


def areas_of(work: Reading, reach: str) -> dict[str, str]:
    """Return the codes of an area with their names: the area itself, its counties, its offices."""
    offices = {office.office: office.name for office in offices_at_work(work, reach)}
    counties = {code[:COUNTY] for code in offices if len(reach) < COUNTY}
    wider = {reach.ljust(COUNTY, "0")} if len(reach) <= COUNTY else {reach}
    above = sorted(wider | counties)
    names = known_areas(work, tuple(above))
    named = {code: f"{names.get(code, code)}（未定到街道）" for code in above if code not in offices}
    return named | {code: f"{name}（{code}）" for code, name in offices.items()}


def own_areas(work: Reading, caller: Caller) -> dict[str, str]:
    """Return the places for which the caller may enter vacancies."""
    return areas_of(work, area_of(caller))


def near_areas(work: Reading, caller: Caller) -> dict[str, str]:
    """Return the places by which the caller's list may be narrowed."""
    return areas_of(work, caller.area[:CITY] if len(caller.area) > CITY else area_of(caller) or caller.area)
