"""Looking at the people of a case: masked for whoever may see the case, whole only with a reason and a line in the log.

Also the search for a person by ID number or phone.  Intake and the reservations are in `people.py`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select

from casework.errors import SaidNo
from casework.masking import mask_id, mask_name, mask_phone
from records.engine import Reading, Writing
from records.people import normal_id, normal_phone
from records.scope import Scope, visible
from records.tables import cases
from records.tables_people import households, persons, view_log


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person, masked or whole."""

    member_id: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """The people of a case.  A masked page has no address."""

    case_id: str
    community: str
    whole: bool
    persons: tuple[PersonShown, ...]
    address: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class View:
    """One line of the view log: who opened whose data, when and why."""

    at: datetime
    account: str
    case_id: str
    what: str
    reason: str


def masked_household(work: Reading, scope: Scope, case_id: str) -> HouseholdPage | None:
    """Return the people of a case with names, numbers and phones masked; None outside the scope."""
    page = _page(work, scope, case_id)
    if page is None:
        return None
    masked = tuple(
        PersonShown(p.member_id, mask_name(p.name), mask_id(p.id_number), mask_phone(p.phone) if p.phone else None)
        for p in page.persons
    )
    return HouseholdPage(case_id, page.community, False, masked)


def open_household(work: Writing, scope: Scope, case_id: str, *, reason: str, now: datetime) -> HouseholdPage | None:
    """Return the people of a case whole, and log who looked and why; None (and no line) outside the scope."""
    if not reason.strip():
        raise SaidNo("reason_missing", "查看完整个人信息须填写事由。", field="reason")
    page = _page(work, scope, case_id)
    if page is not None:
        log_view(work, scope, case_id, what="household", reason=reason, now=now)
    return page


def whole_household(work: Reading, scope: Scope, case_id: str) -> HouseholdPage | None:
    """Return the people of a case whole without a line in the log; None outside the scope.

    Only for the page that a logged look (`open_household`) leads to.
    """
    return _page(work, scope, case_id)


def log_view(work: Writing, scope: Scope, case_id: str, *, what: str, reason: str, now: datetime) -> None:
    """Write down who looked at what of a case, when and why."""
    line = {"at": now, "account": scope.account, "case_id": case_id, "what": what}
    sealed = work.keys.seal_text(reason, _reason_place(case_id, scope.account, now))
    work.connection.execute(insert(view_log), line | {"reason": sealed})


def views_of(work: Reading, case_id: str) -> tuple[View, ...]:
    """Return the view log of a case, in order."""
    rows = work.connection.execute(select(view_log).where(view_log.c.case_id == case_id).order_by(view_log.c.view_id))
    return tuple(view_of(work, row) for row in rows)


def view_of(work: Reading, row: Row[Any]) -> View:
    """Return a line of the view log from its row."""
    reason = work.keys.open_text(row.reason, _reason_place(row.case_id, row.account, row.at)) or ""
    return View(row.at, row.account, row.case_id, row.what, reason)


def find_person(
    work: Reading, scope: Scope, *, id_number: str | None = None, phone: str | None = None
) -> tuple[str, ...]:
    """Return the cases in scope of the person with exactly this ID number, or of people with this phone."""
    found = select(persons.c.case_id).join(cases, cases.c.case_id == persons.c.case_id).where(visible(scope))
    if id_number is not None:
        found = found.where(persons.c.id_index == work.keys.blind_index("id_number", normal_id(id_number)))
    if phone is not None:
        found = found.where(persons.c.phone_index == work.keys.blind_index("phone", normal_phone(phone)))
    if id_number is None and phone is None:
        return ()
    return tuple(work.connection.execute(found.distinct().order_by(persons.c.case_id)).scalars())


def person_of(work: Reading, case_id: str, member_id: str | None = None) -> PersonShown | None:
    """Return a member of a case whole (without one: the applicant), for the service that writes to people.

    No scope and no log line: never give this to a caller.
    """
    rows = select(persons).where(persons.c.case_id == case_id).order_by(persons.c.position).limit(1)
    if member_id is not None:
        rows = rows.where(persons.c.member_id == member_id)
    row = work.connection.execute(rows).first()
    return None if row is None else _open(work, row)


def _reason_place(case_id: str, account: str, at: datetime) -> str:
    return f"view_log.reason:{case_id}/{account}/{at.astimezone(UTC).isoformat()}"


def _page(work: Reading, scope: Scope, case_id: str) -> HouseholdPage | None:
    home = work.connection.execute(
        select(households)
        .join(cases, cases.c.case_id == households.c.case_id)
        .where(households.c.case_id == case_id, visible(scope))
    ).first()
    if home is None:
        return None
    rows = work.connection.execute(select(persons).where(persons.c.case_id == case_id).order_by(persons.c.position))
    address = work.keys.open_text(home.address, f"households.address:{case_id}")
    return HouseholdPage(case_id, home.community, True, tuple(_open(work, row) for row in rows), address)


def _open(work: Reading, row: Row[Any]) -> PersonShown:
    row_id = f"{row.case_id}/{row.member_id}"
    name = work.keys.open_text(row.name, f"persons.name:{row_id}") or ""
    number = work.keys.open_text(row.id_number, f"persons.id_number:{row_id}") or ""
    return PersonShown(row.member_id, name, number, work.keys.open_text(row.phone, f"persons.phone:{row_id}"))
