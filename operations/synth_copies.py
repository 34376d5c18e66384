"""Copies of a written life (复制): the same rows for another household, with its own number, people, office and staff.

Everything that was sealed is sealed anew for the copy's own place; nothing here asks a database.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from casework.resident_id import check_character
from casework.states import Role
from operations.synth_areas import offices, phone_of
from operations.synth_template import (
    CITY,
    COMMUNITY,
    COUNTY,
    KEY,
    OFFICE,
    OFFICE_NAME,
    OFFICE_PHONE,
    ROLES,
    Made,
    Template,
    account_token,
    token_id,
    token_phone,
)
from records.crypto import Keys

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Copy:
    """Which household is made of a template: `number` counts households, `serial` those of its office and year."""

    template: int
    number: int
    office: str
    serial: int
    community: str


def case_id_of(copy: Copy, year: int) -> str:
    return f"{copy.office}-{year}-{copy.serial:05d}"


def id_number(born: str, number: int, place: int) -> str:
    """Return a number of nobody: place code and sequence count people, so that none comes twice."""
    count = number * 30 + place
    first = f"{100000 + count % 900000}{born}{count // 900000 % 1000:03d}"
    return first + check_character(first)


def words_of(template: Template, copy: Copy) -> dict[str, str]:
    """Return what stands in a template for what is in the copy; longer words come before those they hold."""
    words = {template.case_id: case_id_of(copy, template.year), KEY: f"synth-{copy.number}", COMMUNITY: copy.community}
    words |= {OFFICE_NAME: offices()[copy.office], OFFICE_PHONE: phone_of(copy.office)}
    for place, born in enumerate(template.births, 1):
        words[token_id(place, born)] = id_number(born, copy.number, place)
        words[token_phone(place)] = f"199{copy.number:06d}{place:02d}"
    for role in (Role.CASEWORKER, Role.HELPER, Role.REVIEWER):
        for number in (1, 2, 3):
            area = copy.office[:6] if role is Role.REVIEWER else copy.office
            words[account_token(role, number)] = f"{ROLES[role]}-{area}-{number}"
    for number in (1, 2, 3):
        words[account_token(Role.SUPERVISOR, number)] = f"sv-{copy.office[:4]}00-{number}"
    words |= {OFFICE: copy.office, COUNTY: copy.office[:6]}
    city = copy.office[:4]
    return words | {f'"{CITY}"': f'"{city}00"', f'"{CITY[:4]}"': f'"{city}"'}  # bare, it might be an amount


def copied(keys: Keys, templates: list[Template], copies: Iterable[Copy]) -> Rows:
    """Return the rows of many copies by table."""
    found: Rows = {}
    for copy in copies:
        template = templates[copy.template]
        for table, rows in _copy(keys, template, copy):
            found.setdefault(table, []).extend(rows)
    return found


def _copy(keys: Keys, template: Template, copy: Copy) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    words = words_of(template, copy)
    text = list(words.items())
    raw = [(old.encode(), new.encode()) for old, new in text]

    def put(value: str) -> str:
        if value in (CITY, CITY[:4]):
            return copy.office[:4] + value[4:]
        for old, new in text:
            if old in value:
                value = value.replace(old, new)
        return value

    def document(value: bytes) -> bytes:
        for old, new in raw:
            if old in value:
                value = value.replace(old, new)
        return value

    def make(made: Made) -> Any:
        match made.how:
            case "seal":
                return keys.seal(document(made.of), put(made.where))
            case "pack":
                return keys.pack(document(made.of), put(made.where))
            case "digest":
                return keys.digest(document(made.of))
            case "uuid":
                return str(UUID(bytes=sha256(f"{copy.number}/{made.of}".encode()).digest()[:16]))
            case "token":
                return urlsafe_b64encode(
                    sha256(f"{made.where}/{copy.number}/{made.of}".encode()).digest()[:12]
                ).decode()
        return _index(keys, made.where, put(made.of))

    for table, rows in template.rows.items():
        yield (
            table,
            [
                tuple(
                    put(value) if type(value) is str else make(value) if type(value) is Made else value for value in row
                )
                for row in rows
            ],
        )


@lru_cache(maxsize=65_536)
def _index(keys: Keys, kind: str, normalised: str) -> str:
    """Names come again and again; numbers only once or twice."""
    return keys.blind_index(kind, normalised)
