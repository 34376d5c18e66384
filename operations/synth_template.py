"""Lives written once, to be copied many times (样板): every row that the record's own writers make of a life.

A life is written through `register_household` and `write_event` into an empty record, all rows it made are read, and
the record is rolled back.  The keys that wrote it remember what they sealed, so a copy can be sealed anew for its own
place.  Whatever new table an event comes to write is in it by itself.  Copying is `synth_copies.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from casework.events import CaseEvent
from casework.states import Role
from operations.random_lives import CASE_ID as LIVED_CASE
from operations.random_lives import OFFICE as LIVED_OFFICE
from operations.random_lives import RandomLife
from records.account_batches import put_accounts
from records.accounts import Account
from records.case_file import write_event
from records.crypto import Keys
from records.engine import Record
from records.offices import Office, set_office
from records.people import HouseholdEntry, PersonEntry, register_household
from records.scope import Scope
from records.whole_rows import rows_of_households

OFFICE = "229998997"
COUNTY = OFFICE[:6]
PROVINCE = "220000"
CITY = f"{OFFICE[:4]}00"
COMMUNITY = "样板社区"
OFFICE_NAME = "样板街道公共就业服务站"
OFFICE_PHONE = "0430-29998997"
KEY = "synth-of-a-template"
ROLES = {Role.CASEWORKER: "cw", Role.HELPER: "hp", Role.REVIEWER: "rv", Role.SUPERVISOR: "sv"}
BEGUN = datetime(2025, 9, 1, 2, tzinfo=UTC)
DRAWN = {"board": 2}
"""Where a column is drawn by chance: the public number of a notice, which tells nothing of the case."""

NOBODYS = "-"
"""No password has this hash: nobody logs in to a template."""

NAMES = ("赵桂英", "钱建国", "孙丽", "李志强", "周敏", "吴海涛", "郑秀兰", "王磊", "冯玉梅", "陈浩", "褚静", "卫东")


UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RememberingKeys(Keys):
    """Keys that remember what they sealed, digested and indexed."""

    def __init__(self, *secrets: bytes) -> None:
        super().__init__(*secrets)
        self.made: dict[object, tuple[str, Any, str]] = {}

    def seal(self, plain: bytes, where: str) -> bytes:
        sealed = super().seal(plain, where)
        self.made[sealed] = ("seal", plain, where)
        return sealed

    def pack(self, document: bytes, where: str) -> bytes:
        packed = super().pack(document, where)
        self.made[packed] = ("pack", document, where)
        return packed

    def digest(self, document: bytes) -> str:
        digest = super().digest(document)
        self.made[digest] = ("digest", document, "")
        return digest

    def blind_index(self, kind: str, normalised: str) -> str:
        index = super().blind_index(kind, normalised)
        self.made[index] = ("index", normalised, kind)
        return index


@dataclass(frozen=True, slots=True)
class Made:
    """A value that a copy must make anew: how, of what, and for which place or kind."""

    how: str
    of: Any
    where: str


@dataclass(frozen=True, slots=True)
class Template:
    """Rows of one life by table, and what stands in them for case, people and accounts."""

    case_id: str
    rows: dict[str, tuple[tuple[Any, ...], ...]]
    births: tuple[str, ...]
    year: int
    state: str


def token_id(place: int, born: str) -> str:
    """Return what stands for the ID number of a member."""
    return f"99999{place % 10}{born}99{place % 10}{place // 10}"


def token_phone(place: int) -> str:
    """Return what stands for a phone number."""
    return f"1999999{place:04d}"


def prepare(record: Record) -> None:
    """Put the accounts of the template's own office on record, as lives name them."""
    areas = {Role.CASEWORKER: OFFICE, Role.HELPER: OFFICE, Role.REVIEWER: COUNTY, Role.SUPERVISOR: CITY}
    everybody = [
        Account(
            account=account_token(role, number),
            role=role,
            area=areas[role],
            name="样板",
            phone="19900000000",
            disabled=False,
            must_change=False,
        )
        for role in ROLES
        for number in (1, 2, 3)
    ]
    everybody += [
        replace(everybody[-1], account=f"sv-{PROVINCE}-{number}", area=PROVINCE) for number in (1, 2, 3)
    ]  # those above the city are everybody's
    with record.write() as work:
        set_office(work, Office(OFFICE, OFFICE_NAME, OFFICE_PHONE))
        put_accounts(work, everybody, password_hash=NOBODYS, now=BEGUN)


def account_token(role: Role, number: int) -> str:
    """Return the account that stands for a colleague in a template."""
    return f"{ROLES[role]}-{COUNTY if role is Role.REVIEWER else OFFICE}-{number}"


def template_of(record: Record, life: RandomLife, names: Sequence[str]) -> Template:
    """Write a life, read every row it made, and leave the record as it was."""
    keys = record.keys
    assert isinstance(keys, RememberingKeys)
    keys.made.clear()
    members = life.events[0].case.household.members
    births = tuple(f"{member.birth_date:%Y%m%d}" for member in members)
    people = tuple(
        PersonEntry(member.member_id, names[place % len(names)], token_id(place, births[place - 1]), token_phone(place))
        for place, member in enumerate(members, 1)
    )
    try:
        with record.write() as work:
            begun = life.events[0].at
            clerk = Scope(account_token(Role.CASEWORKER, 1), Role.CASEWORKER, OFFICE)
            entry = HouseholdEntry(OFFICE, COMMUNITY, people, "虚构街1号")
            case_id = register_household(work, entry, scope=clerk, key=KEY, request_hash="synth", now=begun)
            for event in renamed(life, case_id):
                write_event(work, event)
            found = rows_of_households(work)
            rows = {name: _made_of(name, some, keys) for name, some in found}
            raise _Rolled
    except _Rolled:
        pass
    last = life.events[-1].case
    return Template(case_id, rows, births, int(case_id[10:14]), last.state.value)


class _Rolled(Exception):
    """Nothing of a template stays."""


def renamed(life: RandomLife, case_id: str) -> Iterator[CaseEvent]:
    """Yield the events of a life as those of a case of the template's office."""
    words = {LIVED_CASE: case_id, f'"{LIVED_OFFICE}"': f'"{OFFICE}"', f'"{LIVED_OFFICE[:6]}"': f'"{COUNTY}"'}
    words |= {f'"{LIVED_OFFICE[:4]}00"': f'"{CITY}"', f'"{LIVED_OFFICE[:4]}"': f'"{CITY[:4]}"'}
    for role in ROLES:
        for number in (1, 2, 3):
            words[f"{role.value}{number}"] = account_token(role, number)
    for event in life.events:
        line = event.model_dump_json()
        for old, new in words.items():
            line = line.replace(old, new)
        yield CaseEvent.model_validate_json(line)


def _made_of(table: str, rows: list[tuple[Any, ...]], keys: RememberingKeys) -> tuple[tuple[Any, ...], ...]:
    drawn = DRAWN.get(table)
    return tuple(
        tuple(
            Made("token", str(number), table) if place == drawn else _value(value, keys)
            for place, value in enumerate(row)
        )
        for number, row in enumerate(rows)
    )


def _value(value: Any, keys: RememberingKeys) -> Any:
    """Return how to make a value anew; a number by chance is known by its turn, so that a seed gives the same."""
    if isinstance(value, str) and UUID.fullmatch(value):
        turn = sum(made[0] == "uuid" for made in keys.made.values())
        return Made(*keys.made.setdefault(value, ("uuid", str(turn), "")))
    known = keys.made.get(value) if isinstance(value, (bytes, str)) else None
    return value if known is None else Made(*known)
