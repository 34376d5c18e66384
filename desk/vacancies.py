"""The vacancy pool at the desk (岗位库): who enters, changes and closes which vacancies.

Offices enter for their own place, counties and cities for theirs; everybody who refers people may read what is near.
The same job of the same employer at the same place is the same vacancy, however often it is told.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from records.engine import Reading, Writing
from records.household_pages import log_view
from records.scope import COUNTY, area_prefix
from records.vacancies import change_vacancy, contact_of, near_to, set_vacancy, vacancy_of
from register.vacancy import Source, Vacancy

WRITERS = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Entry:
    """A vacancy as it was written down, with whom to ask at the employer (None: leave what is kept)."""

    vacancy: Vacancy
    contact: str | None = None


def area_of(caller: Caller) -> str:
    """Return the beginning of every code for which the caller may write."""
    return caller.area[:COUNTY] if caller.role is Role.REVIEWER else area_prefix(caller.area)


def may_change(caller: Caller, vacancy: Vacancy) -> bool:
    return caller.role in WRITERS and vacancy.area.startswith(area_of(caller))


def source_of(caller: Caller) -> Source:
    """Return the level from which a caller's entries come."""
    if caller.role is Role.CASEWORKER:
        return Source.OFFICE
    return Source.COUNTY if len(area_of(caller)) >= COUNTY else Source.CITY


def enter(desk: Desk, caller: Caller, entry: Entry, now: datetime) -> str:
    """Put a vacancy into the pool and return its id; what is in it already is to be changed there."""
    with desk.record.write() as work:
        made = named(work, caller, entry.vacancy)
        there = vacancy_of(work, made.vacancy_id)
        if there is not None and there.closed_on is None and there != made:
            raise Conflict(
                "vacancy_known",
                f"岗位库中已有这家单位同一地点的“{made.title}”（{made.vacancy_id}），请在那里修改，不必重复登记。",
            )
        if there != made:
            set_vacancy(work, made, contact=entry.contact, by=caller.account, now=now)
    return made.vacancy_id


def change(desk: Desk, caller: Caller, entry: Entry, seen: int, now: datetime) -> None:
    """Change a vacancy that was seen at version `seen`; one that was closed is open again."""
    with desk.record.write() as work:
        there = _mine(work, caller, entry.vacancy.vacancy_id)
        _require_area(caller, entry.vacancy.area)
        changed = replace(entry.vacancy, source=there.source, closed_on=None)
        change_vacancy(work, changed, contact=entry.contact, seen=seen, by=caller.account, now=now)


def close(desk: Desk, caller: Caller, vacancy_id: str, today: date, now: datetime) -> None:
    """Stop offering a vacancy; referrals that were made stand.  Closed twice is closed once."""
    with desk.record.write() as work:
        there = _mine(work, caller, vacancy_id)
        if there.closed_on is None:
            set_vacancy(work, replace(there, closed_on=today), by=caller.account, now=now)


def look_at_contact(desk: Desk, caller: Caller, vacancy_id: str, reason: str, now: datetime) -> str:
    """Return whom to ask at the employer, whole, with a line in the log of looks."""
    if not reason.strip():
        raise SaidNo("reason_missing", "查看联系人须填写事由。", field="reason")
    with desk.record.write() as work:
        require_near(work, caller, vacancy_id)
        contact = or_not_found(contact_of(work, vacancy_id), "联系人")
        log_view(work, caller.scope, vacancy_id, what="vacancy_contact", reason=reason.strip(), now=now)
    return contact


def require_near(work: Reading, caller: Caller, vacancy_id: str) -> Vacancy:
    """Return a vacancy that the caller may read; others are not there."""
    there = or_not_found(vacancy_of(work, vacancy_id), "岗位")
    if not near_to(caller.area, there.area):
        raise NotFound("岗位")
    return there


def same_job(vacancy: Vacancy) -> tuple[str, str, str, str]:
    """Return what makes two entries the same vacancy: area, employer, job and place, without blanks."""
    employer = vacancy.credit_code or "".join(vacancy.employer.split())
    return vacancy.area, employer, "".join(vacancy.title.split()), "".join(vacancy.place.split())


def named(work: Reading, caller: Caller, vacancy: Vacancy) -> Vacancy:
    """Return a vacancy under its id and with the caller's level; raises `SaidNo` (area_not_yours)."""
    _require_area(caller, vacancy.area)
    told = "\0".join(same_job(vacancy))
    vacancy_id = f"V-{work.keys.digest(told.encode())[:12]}"
    return replace(vacancy, vacancy_id=vacancy_id, source=source_of(caller))


def _mine(work: Writing, caller: Caller, vacancy_id: str) -> Vacancy:
    there = require_near(work, caller, vacancy_id)
    if not may_change(caller, there):
        raise NotYourStep("vacancy_not_yours", "这个岗位不在您登记的范围内，请联系登记它的机构修改。")
    return there


def _require_area(caller: Caller, area: str) -> None:
    if not area.startswith(area_of(caller)):
        raise SaidNo("area_not_yours", "工作地点不在您的管辖范围内，请从列表中选择。", field="area")
