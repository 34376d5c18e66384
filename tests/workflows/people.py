"""The people of the engine's tests: staff who can be reached, households on record, and what must never leak.

Names, numbers and phones are invented and distinctive, so that finding one of them anywhere is certain.
"""

from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from casework.household import Household
from casework.resident_id import check_character
from casework.states import Role
from records.accounts import create_account
from records.engine import Record
from records.offices import Office, set_office
from records.people import HouseholdEntry, PersonEntry, register_household
from records.scope import Scope

NAMES = ("欧阳鹤鸣", "司徒雁秋", "慕容竹青", "端木晚晴", "东方既白", "上官云起", "诸葛听澜", "皇甫松年", "尉迟望舒")
PHONE = "1990143{:04d}"
STAFF = (("h1", Role.HELPER, "淳于怀瑾", "19901430001"), ("s1", Role.SUPERVISOR, "公孙采薇", "19901430002"))
SILENT_HELPER = "h2"
_OFFICES = count(1)


def put_staff(record: Record) -> None:
    """Register the helper, the supervisor, a helper without a phone, and the office that answers the telephone."""
    staff = (*STAFF, (SILENT_HELPER, Role.HELPER, "夏侯无言", None))
    for account, role, name, phone in staff:
        create_account(
            record,
            account=account,
            password=f"{account}-pass-word",
            role=role,
            area="2203",
            name=name,
            phone=phone,
            now=datetime.now(UTC),
        )
    with record.write() as work:
        set_office(work, Office("220300", "四平市公共就业服务局", "0434-3260001"))


def put_household(record: Record, household: Household) -> str:
    """Register a household at an office of its own, so that case ids never meet on one server; return the case id."""
    number = next(_OFFICES)
    office = f"220302{number:03d}"
    persons = tuple(
        PersonEntry(
            member.member_id,
            NAMES[(number + place) % len(NAMES)],
            id_number(member.birth_date.strftime("%Y%m%d"), 2 * number + place),
            PHONE.format(10 * number + place),
        )
        for place, member in enumerate(household.members)
    )
    entry = HouseholdEntry(office, "听雪社区", persons, address="铁西街道望月路九百九十九号")
    scope = Scope("cw1", Role.CASEWORKER, office)
    with record.write() as work:
        return register_household(work, entry, scope=scope, key=uuid4().hex, request_hash="h", now=_REGISTERED)


def id_number(born: str, order: int) -> str:
    """Return a synthetic resident ID number."""
    first = f"220000{born}{order % 1000:03d}"
    return first + check_character(first)


_REGISTERED = datetime(2026, 9, 1, tzinfo=UTC)
