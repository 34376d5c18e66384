"""The days of the monthly report (调度表的期限): when it is due, which months there are, who is late with it."""

from dataclasses import dataclass
from datetime import date

from policies.errors import PolicyError
from policies.packs import load_pack, pack_for
from policies.schema import Policy
from records import monthly_reports as kept
from records.calendars import newest_for
from records.engine import Reading
from records.scope import COUNTY
from register.dispatch import due_day, levels_of, month_before, month_of, standing


def policy_for(area: str) -> Policy:
    """Return the policy whose due day an area reports by."""
    try:
        return pack_for(area.ljust(COUNTY, "0"))
    except PolicyError:
        return load_pack("national-2007")


def due_of(work: Reading, area: str, month: str) -> date:
    """Return the last day on which an area's report of a month may be submitted."""
    return due_day(month, newest_for(work, area.ljust(COUNTY, "0")), policy_for(area))


def months_to_show(work: Reading, area: str, today: date) -> tuple[str, ...]:
    """Return the months that have a report, this one (running) first; at most two years of them."""
    found, day = [month_of(today)], today.replace(day=1)
    first = min((*kept.months_known(work, area), month_before(today)))
    while len(found) < 24 and (month := month_before(day)) >= first:
        found.append(month)
        day = date.fromisoformat(f"{month}-01")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Late:
    """An area whose report of a month is not submitted though its day has passed, or was submitted after it."""

    area: str
    month: str
    due_on: date
    standing: str | None
    submitted_on: date | None


def counties_of(work: Reading, area: str) -> tuple[str, ...]:
    """Return the counties of an area that have an office with cases or a caseworker, by code."""
    return tuple(sorted({office[:COUNTY] for office in kept.offices_known(work, area)}))


def reporting_in(work: Reading, area: str) -> tuple[str, ...]:
    """Return every area within one that submits a report: itself, its cities, their counties; by code."""
    counties = counties_of(work, area)
    return tuple(sorted({level for county in counties for level in levels_of(county) if level.startswith(area)}))


def late_ones(work: Reading, area: str, month: str, today: date) -> tuple[Late, ...]:
    """Return the areas that are overdue with a month on a day: the list for the province."""
    newest, found = kept.newest_of_month(work, month, area), list[Late]()
    for each in reporting_in(work, area) if month <= month_before(today) else ():
        report = newest.get(each)
        due_on = report.due_on if report else due_of(work, each, month)
        on = report.submitted_on if report else None
        if standing(due_on, on, today) in ("overdue_to_province", "submitted_late"):
            found.append(Late(each, month, due_on, report.standing if report else None, on))
    return tuple(found)


def still_late(work: Reading, area: str, today: date) -> tuple[Late, ...]:
    """Return the reports that are not submitted though their day has passed, of every month."""
    found = kept.unsubmitted(work, area, month_before(today))
    return tuple(Late(each.area, each.month, each.due_on, each.standing, None) for each in found if today > each.due_on)
