"""Following one's own case (查询进度): what a number and a verified phone together let somebody see.

A case by its number, an objection or an online application by its receipt number.  Whoever asks has shown a phone; the
answer for a number that is not theirs is the answer for one that does not exist.
"""

import unicodedata
from dataclasses import dataclass

from casework.case_facts import ObjectionStatus
from desk.desk import Desk
from policies.calendar_model import WorkCalendar
from records.calendars import calendar_of, newest_for
from records.case_files import last_event
from records.following import OwnCase, ToldHousehold, case_of_phone, told_household
from records.offices import Office, office_for
from records.online_applications import PREFIX as ONLINE
from records.online_applications import Act, Application, acts_of, own_application
from records.phone_codes import PhoneVisit
from records.public_objections import PREFIX, PublicObjection, objection_of_phone

LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class FollowedCase:
    """A household's own case with what it was told, its office, and the calendar its limits are counted on."""

    own: OwnCase
    told: tuple[ToldHousehold, ...]
    office: Office | None
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class FollowedObjection:
    """Somebody's own objection; `became` is what the case knows of it once it is registered."""

    objection: PublicObjection
    became: ObjectionStatus | None
    office: Office | None


@dataclass(frozen=True, slots=True)
class FollowedApplication:
    """Somebody's own online application and what was done with it."""

    application: Application
    acts: tuple[Act, ...]
    office: Office | None


def plain_number(typed: str | None) -> str:
    """Return a number as it is looked up: without blanks, in capitals, with plain digits and dashes."""
    plain = unicodedata.normalize("NFKC", typed or "")
    for dash in "‐‑‒–—−":
        plain = plain.replace(dash, "-")
    return "".join(c for c in plain if not c.isspace()).upper()[:LONGEST_NUMBER]


def follow(desk: Desk, visit: PhoneVisit) -> FollowedCase | FollowedObjection | FollowedApplication | None:
    """Return what the visitor asks about, or None when it is not theirs or not there."""
    number = visit.about or ""
    with desk.record.read() as work:
        if number.startswith(PREFIX):
            found = objection_of_phone(work, number, visit.phone_index)
            if found is None:
                return None
            event = last_event(work, found.case_id)
            mine = [o for o in event.case.objections if o.objection_id == found.objection] if event else []
            return FollowedObjection(found, mine[0].status if mine else None, office_for(work, found.office))
        if number.startswith(ONLINE):
            handed_in = own_application(work, number, visit.phone_index)
            if handed_in is None:
                return None
            return FollowedApplication(handed_in, acts_of(work, number), office_for(work, handed_in.office))
        own = case_of_phone(work, number, visit.phone_index)
        if own is None:
            return None
        calendar = calendar_of(work, own.case) or newest_for(work, own.case.office)
        told = told_household(work, number)
        return FollowedCase(own, told, office_for(work, own.case.office), calendar)
