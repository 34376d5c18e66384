"""Offices (公共就业服务机构): the public name and phone that notices and the board show.  Not personal data."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from casework.states import Role
from records.engine import Reading, Writing
from records.scope import area_prefix, within
from records.tables_people import accounts, offices
from records.upsert import insert_into

LEVELS = (9, 6, 4, 2)


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its 6, 9 or 12-digit code."""

    office: str
    name: str
    phone: str


def set_office(work: Writing, office: Office) -> None:
    """Keep an office's name and phone, or replace them."""
    values = {"name": office.name, "phone": office.phone}
    added = insert_into(work.connection, offices).values(office=office.office, **values)
    work.connection.execute(added.on_conflict_do_update(index_elements=["office"], set_=values))


def offices_in(work: Reading, area: str) -> tuple[Office, ...]:
    """Return the offices of an area whose name is on record, by code."""
    prefix = area_prefix(area)
    rows = select(offices).where(offices.c.office.between(prefix, prefix + "~")).order_by(offices.c.office)
    return tuple(Office(row.office, row.name, row.phone) for row in work.connection.execute(rows))


def office_for(work: Reading, code: str) -> Office | None:
    """Return the office of a code, or the nearest one above it (street, county …) whose phone is on record."""
    above = [code[:length] for length in LEVELS if len(code) > length]
    padded = [prefix.ljust(6, "0") for prefix in above if len(prefix) < 6]
    row = work.connection.execute(_NEAREST, {"codes": [code, *above, *padded], "this_code": code}).first()
    return Office(*row) if row else None


_NEAREST = (
    select(offices)
    .where(offices.c.office.in_(bindparam("codes", expanding=True)))
    .order_by(
        (offices.c.office == bindparam("this_code")).desc(),
        func.length(offices.c.office).desc(),
        offices.c.office.desc(),
    )
    .limit(1)
)


def offices_at_work(work: Reading, area: str) -> tuple[Office, ...]:
    """Return the offices of an area where a caseworker may log in, by code; without a name the code stands for it."""
    there = (
        select(accounts.c.area, offices.c.name, offices.c.phone)
        .join(offices, offices.c.office == accounts.c.area, isouter=True)
        .where(within(accounts.c.area, area), accounts.c.role == Role.CASEWORKER.value, accounts.c.disabled.is_(False))
        .distinct()
        .order_by(accounts.c.area)
    )
    return tuple(Office(r.area, r.name or r.area, r.phone or "") for r in work.connection.execute(there))


def offices_to_apply_at(work: Reading) -> tuple[Office, ...]:
    """Return the offices, by code, that a household may choose: named, and with a caseworker who may log in."""
    there = (
        select(offices)
        .join(accounts, accounts.c.area == offices.c.office)
        .where(accounts.c.role == Role.CASEWORKER.value, accounts.c.disabled.is_(False))
        .distinct()
        .order_by(offices.c.office)
    )
    return tuple(Office(row.office, row.name, row.phone) for row in work.connection.execute(there))


def names_of_counties(work: Reading) -> dict[str, str]:
    """Return what the offices of counties (six digits) are called, by code."""
    there = select(offices.c.office, offices.c.name).where(func.length(offices.c.office) == 6)
    return {row.office: row.name for row in work.connection.execute(there)}
