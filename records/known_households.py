"""Households the office knows of (普查底册): kept from sheets and visits, found again by their people, read by area.

One row for an office and 户编号; what is told anew replaces what was told before, and raises `version`.  Judging is
the caller's (`register/survey_judging.py`); whose rows a caller sees is its `Scope`.  Cases are not written here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, false, func, insert, select, update

from casework.household import Household
from casework.states import Role
from records.engine import Reading, Writing
from records.people import normal_id
from records.scope import Scope, of_offices, within
from records.tables_register import known_households, known_persons
from register.couples import one_at_work


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Who a member id of a known household stands for."""

    member_id: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)
    booklet: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of one household.  `number` is its 户编号 within the office; `watch` says why to monitor it."""

    office: str
    community: str
    number: str
    source: str
    surveyed_on: date
    outcome: str
    reason: str
    pack_id: str
    base_members: int
    household: Household = field(repr=False)
    persons: tuple[KnownPerson, ...] = field(repr=False)
    watch: str | None = None
    address: str | None = field(default=None, repr=False)
    batch_id: str | None = None
    round_id: str | None = None


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A known household as lists show it, without its people."""

    household_id: str
    office: str
    community: str
    number: str
    source: str
    surveyed_on: date
    outcome: str
    reason: str
    watch: str | None
    members: int
    base_members: int
    case_id: str | None
    batch_id: str | None
    version: int


_ROW = tuple(known_households.c[name] for name in KnownRow.__slots__)


def keep(work: Writing, known: Known, *, account: str, now: datetime) -> tuple[str, bool]:
    """Keep a household; return its id and whether it is new.  The case that was opened for it stays its case."""
    household_id, version = keep_all(work, [known], account=account, now=now)[0]
    return household_id, version == 1


def keep_all(work: Writing, some: Sequence[Known], *, account: str, now: datetime) -> list[tuple[str, int]]:
    """Keep households, each of another office or 户编号, in a handful of statements; return their ids and versions."""
    there = rows_numbered(work, ((known.office, known.number) for known in some))
    kept: list[tuple[str, int]] = []
    added, changed, people = [], [], []
    for known in some:
        row = there.get((known.office, known.number))
        household_id, version = (row.household_id, row.version + 1) if row else (str(uuid4()), 1)
        values = _row(work, household_id, known, account, now) | {"version": version}
        if row is None:
            added.append(values | {"case_id": None})
        else:
            changed.append({f"_{name}": value for name, value in values.items()})
        people += [_person(work, household_id, place, person) for place, person in enumerate(known.persons, 1)]
        kept.append((household_id, version))
    if added:
        work.connection.execute(insert(known_households), added)
    if changed:
        at = known_households.c.household_id == bindparam("_household_id")
        names = [name.removeprefix("_") for name in changed[0] if name != "_household_id"]
        of_it = update(known_households).where(at).values({name: bindparam(f"_{name}") for name in names})
        work.connection.execute(of_it, changed)
        gone = [values["_household_id"] for values in changed]
        work.connection.execute(delete(known_persons).where(known_persons.c.household_id.in_(gone)))
    work.connection.execute(insert(known_persons), people)
    return kept


def rows_numbered(work: Reading, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KnownRow]:
    """Return the households that have these 户编号 in these offices.  For the offices' own sheets, no scope."""
    by_office: dict[str, set[str]] = defaultdict(set)
    for office, number in wanted:
        by_office[office].add(number)
    found: dict[tuple[str, str], KnownRow] = {}
    for office, numbers in by_office.items():
        at = (known_households.c.office == office) & known_households.c.number.in_(sorted(numbers))
        for row in work.connection.execute(select(*_ROW).where(at)):
            found[office, row.number] = KnownRow(*row)
    return found


def rows_of(work: Reading, household_ids: Iterable[str]) -> dict[str, KnownRow]:
    """Return the rows of households wherever they are.  No scope: what is told of them is the caller's matter."""
    wanted = sorted(set(household_ids))
    asked = select(*_ROW).where(known_households.c.household_id.in_(wanted))
    return {row.household_id: KnownRow(*row) for row in work.connection.execute(asked)} if wanted else {}


def get(work: Reading, scope: Scope, household_id: str) -> KnownRow | None:
    """Return a household's row; None outside the caller's area."""
    asked = select(*_ROW).where(known_households.c.household_id == household_id, seen_by(scope))
    row = work.connection.execute(asked).first()
    return KnownRow(*row) if row else None


def whole(work: Reading, scope: Scope, household_id: str) -> Known | None:
    """Return all that is kept of a household, people included; None outside the caller's area.

    Whoever shows it whole logs the look, or masks it.
    """
    asked = select(known_households).where(known_households.c.household_id == household_id, seen_by(scope))
    row = work.connection.execute(asked).first()
    return _opened(work, row) if row else None


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on `known_households` that a caller may see a row; a helper has cases, not the register."""
    return false() if scope.role is Role.HELPER else of_offices(scope, known_households.c.office)


def listed(area: str | None = None, *, outcome: str | None = None, without_case: bool = False) -> Select[Any]:
    """Return the select of rows for a list, narrowed; add the scope, an order and a page to it."""
    asked = select(*_ROW)
    if area:
        asked = asked.where(within(known_households.c.office, area))
    if outcome:
        asked = asked.where(known_households.c.outcome == outcome)
    if without_case:
        asked = asked.where(known_households.c.case_id.is_(None))
    return asked


def page(work: Reading, scope: Scope, asked: Select[Any], *, offset: int = 0, limit: int = 50) -> tuple[KnownRow, ...]:
    """Return one page of `listed`, the newest survey first."""
    ordered = asked.where(seen_by(scope)).order_by(
        known_households.c.surveyed_on.desc(), known_households.c.office, known_households.c.number
    )
    return tuple(KnownRow(*row) for row in work.connection.execute(ordered.offset(offset).limit(limit)))


def count(work: Reading, scope: Scope, asked: Select[Any]) -> int:
    """Return how many rows `listed` has for a caller."""
    counted = select(func.count()).select_from(asked.where(seen_by(scope)).subquery())
    return work.connection.execute(counted).scalar_one()


def opened_as(work: Writing, household_id: str, case_id: str) -> None:
    """Say which case was opened for a household."""
    at = known_households.c.household_id == household_id
    work.connection.execute(
        update(known_households).where(at).values(case_id=case_id, version=known_households.c.version + 1)
    )


def forget(work: Writing, household_ids: Sequence[str]) -> None:
    """Remove households of which nothing was made, as when an import is undone."""
    for table in (known_persons, known_households):
        work.connection.execute(delete(table).where(table.c.household_id.in_(household_ids)))


def _row(work: Writing, household_id: str, known: Known, account: str, now: datetime) -> dict[str, Any]:
    plain = {name: getattr(known, name) for name in Known.__slots__ if name in known_households.c}
    return plain | {
        "household_id": household_id,
        "members": len(known.household.members),
        "facts": work.keys.seal_text(known.household.model_dump_json(), f"known_households.facts:{household_id}"),
        "one_at_work": one_at_work(known.household),
        "address": work.keys.seal_text(known.address, f"known_households.address:{household_id}"),
        "account": account,
        "kept_at": now,
    }


def _person(work: Writing, household_id: str, place: int, person: KnownPerson) -> dict[str, Any]:
    keys, row_id, number = work.keys, f"{household_id}/{person.member_id}", normal_id(person.id_number)
    return {
        "household_id": household_id,
        "member_id": person.member_id,
        "position": place,
        "name": keys.seal_text(person.name, f"known_persons.name:{row_id}"),
        "id_number": keys.seal_text(number, f"known_persons.id_number:{row_id}"),
        "phone": keys.seal_text(person.phone, f"known_persons.phone:{row_id}"),
        "booklet": keys.seal_text(person.booklet, f"known_persons.booklet:{row_id}"),
        "id_index": keys.blind_index("id_number", number),
    }


def _opened(work: Reading, row: Row[Any]) -> Known:
    keys, at = work.keys, row.household_id
    people = work.connection.execute(
        select(known_persons).where(known_persons.c.household_id == at).order_by(known_persons.c.position)
    )
    facts = keys.open_text(row.facts, f"known_households.facts:{at}")
    return Known(
        **{name: getattr(row, name) for name in Known.__slots__ if name in known_households.c and name != "address"},
        address=keys.open_text(row.address, f"known_households.address:{at}"),
        household=Household.model_validate_json(facts or ""),
        persons=tuple(
            KnownPerson(
                p.member_id,
                *(
                    keys.open_text(getattr(p, name), f"known_persons.{name}:{at}/{p.member_id}") or ""
                    for name in ("name", "id_number")
                ),
                *(
                    keys.open_text(getattr(p, name), f"known_persons.{name}:{at}/{p.member_id}")
                    for name in ("phone", "booklet")
                ),
            )
            for p in people
        ),
    )
