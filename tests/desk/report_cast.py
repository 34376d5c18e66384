"""Scenario 84 on a record: seventeen households of one county, and the people who review, sign off and take over."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from casework.events import CaseEvent
from casework.states import Role
from desk.desk import Caller, Desk
from records.account_batches import put_accounts
from records.accounts import Account
from records.case_file import write_event
from records.engine import Record
from tests.make import CLERK, COUNTY, Life

AREA, MONTH = "220302", "2026-09"
STREETS = ("220302004", "220302005")
EARLY = ("2026-08-03", "2026-08-13")
LATE = ("2026-09-08", "2026-09-18")


def staff() -> dict[str, Caller]:
    """The people behind a report, by what they do."""
    people = {
        "reviews": ("rv1", Role.REVIEWER, AREA),
        "signs": ("rv2", Role.REVIEWER, AREA),
        "elsewhere": ("rv3", Role.REVIEWER, "220303"),
        "street": ("cw1", Role.CASEWORKER, STREETS[0]),
        "city": ("sv1", Role.SUPERVISOR, "220300"),
        "city_too": ("sv3", Role.SUPERVISOR, "220300"),
        "province": ("sv2", Role.SUPERVISOR, "220000"),
        "province_too": ("sv4", Role.SUPERVISOR, "220000"),
        "province_third": ("sv5", Role.SUPERVISOR, "220000"),
    }
    found = {}
    for name, (account, role, area) in people.items():
        person = Account(account, role, area, account, None, False, False)
        found[name] = Caller(person, person.scope)
    return found


def a_desk(record: Record) -> Desk:
    """A desk that needs no engine: reports only read and write the record."""
    nothing: Any = SimpleNamespace()
    return Desk(record, nothing, evidence=nothing)


def at(day: str, hour: int = 2) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def lives() -> list[Life]:
    """Twelve of August and five of September; six of the twelve find work, the recognition of one is revoked."""
    found = []
    for number in range(17):
        life = Life().assisted(*(EARLY if number < 12 else LATE))
        if number < 6:
            life.employed("2026-09-14", "2026-09-15")
        if number == 6:
            life.do("2026-08-17", "propose_exit", CLERK, reason="false_report")
            life.do("2026-08-27", "approve_exit", COUNTY)
            life.until("2026-09-30")
        found.append(life)
    return found


def write(record: Record, life: Life, number: int, since: int = 0) -> str:
    """Write a life (from its event `since` on) as a case of its own; return its number."""
    office = STREETS[number % 2]
    case_id = f"{office}-2026-{number + 1:05d}"
    with record.write() as work:
        for event in life.events[since:]:
            write_event(work, renamed(event, case_id, office))
    return case_id


def renamed(event: CaseEvent, case_id: str, office: str) -> CaseEvent:
    case = event.case.model_copy(update={"case_id": case_id, "office": office})
    return event.model_copy(update={"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"})


def fill(record: Record) -> list[Life]:
    """Write scenario 84 and its people."""
    told = lives()
    for number, life in enumerate(told):
        write(record, life, number)
    with record.write() as work:
        people = [caller.person for caller in staff().values()]
        put_accounts(work, people, password_hash="x", now=at("2026-08-01"))
    return told
