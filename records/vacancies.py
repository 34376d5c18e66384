"""Vacancies (岗位) of the pool: kept, changed, found by id or by area with the places they have left.

Who may change which is for the desk to say; lists to search are in `vacancy_lists.py`, matching in `register`.  The
contact at the employer is sealed and is read by itself.
"""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, not_, or_, select, update

from casework.errors import Conflict
from records.engine import Reading, Writing
from records.scope import area_prefix, within
from records.tables_vacancies import referrals, vacancies
from records.upsert import insert_into
from register.vacancy import Demand, Education, Offered, Source, Vacancy

CITY = 4
"""Digits of a city's code: the labour market of a household is its city."""

READ: tuple[Any, ...] = tuple(vacancies.c[each.name] for each in fields(Vacancy))
"""The columns of a vacancy, in the order of its fields: what `vacancy_from` reads."""

_DEMANDS = {demand.value: demand for demand in Demand}
_LADDER = {education.value: education for education in Education}
_SOURCES = {source.value: source for source in Source}
_EDUCATION, _DEMANDED, _SOURCE = (
    next(place for place, each in enumerate(fields(Vacancy)) if each.name == name)
    for name in ("education", "demands", "source")
)

TAKEN = (
    select(func.count())
    .where(referrals.c.vacancy_id == vacancies.c.vacancy_id, referrals.c.holds.is_(True))
    .correlate(vacancies)
    .scalar_subquery()
)
"""How many places of a vacancy are taken: by referrals that still stand, and by people who were hired."""


def set_vacancy(
    work: Writing,
    vacancy: Vacancy,
    *,
    contact: str | None = None,
    by: str | None = None,
    now: datetime | None = None,
) -> None:
    """Add a vacancy or replace the one with its id; without a `contact` the one that is kept stays."""
    values = row_of(vacancy) | {"kept_by": by, "kept_at": now}
    if contact is not None:
        values["contact"] = work.keys.seal_text(contact, sealed_contact(vacancy.vacancy_id))
    added = insert_into(work.connection, vacancies).values(values | {"version": 1})
    changed = {name: value for name, value in values.items() if name != "vacancy_id"}
    changed["version"] = vacancies.c.version + 1
    work.connection.execute(added.on_conflict_do_update(index_elements=["vacancy_id"], set_=changed))


def change_vacancy(work: Writing, vacancy: Vacancy, *, contact: str | None, seen: int, by: str, now: datetime) -> None:
    """Replace a vacancy that was seen at version `seen`; `Conflict` when somebody has changed it since."""
    values = row_of(vacancy) | {"kept_by": by, "kept_at": now, "version": seen + 1}
    if contact is not None:
        values["contact"] = work.keys.seal_text(contact, sealed_contact(vacancy.vacancy_id)) if contact else None
    this = (vacancies.c.vacancy_id == vacancy.vacancy_id, vacancies.c.version == seen)
    if work.connection.execute(update(vacancies).where(*this).values(values)).rowcount != 1:
        raise Conflict("vacancy_changed", "这个岗位刚才已被同事修改。请核对最新内容后，再作修改。")


def vacancy_of(work: Reading, vacancy_id: str) -> Vacancy | None:
    row = work.connection.execute(select(*READ).where(vacancies.c.vacancy_id == vacancy_id)).first()
    return vacancy_from(row) if row else None


def kept_of(work: Reading, vacancy_id: str) -> tuple[int, str | None, datetime | None] | None:
    """Return a vacancy's version, who changed it last, and when."""
    asked = select(vacancies.c.version, vacancies.c.kept_by, vacancies.c.kept_at)
    row = work.connection.execute(asked.where(vacancies.c.vacancy_id == vacancy_id)).first()
    return (row.version, row.kept_by, row.kept_at) if row else None


def contact_of(work: Reading, vacancy_id: str) -> str | None:
    """Return whom to ask at the employer, whole: for the letter, and for a page after a logged look."""
    sealed = work.connection.execute(
        select(vacancies.c.contact).where(vacancies.c.vacancy_id == vacancy_id)
    ).scalar_one_or_none()
    return work.keys.open_text(sealed, sealed_contact(vacancy_id))


def vacancies_in(work: Reading, area: str, as_of: date, limit: int = 200) -> tuple[Vacancy, ...]:
    """Return the vacancies of an area that are open on a day and have a place left, by id."""
    rows = (
        select(*READ)
        .where(within(vacancies.c.area, area), open_on(as_of), not_(full()))
        .order_by(vacancies.c.vacancy_id)
        .limit(limit)
    )
    return tuple(vacancy_from(row) for row in work.connection.execute(rows))


def pool_for(work: Reading, office: str, as_of: date) -> tuple[Offered, ...]:
    """Return every open vacancy that a household of an office may be offered, with the places taken."""
    held = (
        select(referrals.c.vacancy_id, func.count().label("taken"))
        .where(referrals.c.holds.is_(True))
        .group_by(referrals.c.vacancy_id)
        .subquery()
    )
    rows = (
        select(*READ, held.c.taken)
        .outerjoin(held, held.c.vacancy_id == vacancies.c.vacancy_id)
        .where(near(office), open_on(as_of))
    )
    return tuple(Offered(vacancy_from(row), row.taken or 0) for row in work.connection.execute(rows))


def offered_of(work: Reading, vacancy_id: str) -> Offered | None:
    """Return a vacancy with the places taken."""
    row = work.connection.execute(_ONE, {"vacancy_id": vacancy_id}).first()
    return Offered(vacancy_from(row), row.taken) if row else None


_ONE = select(*READ, TAKEN.label("taken")).where(vacancies.c.vacancy_id == bindparam("vacancy_id"))


def open_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a vacancy is offered on a day."""
    return and_(
        vacancies.c.closed_on.is_(None),
        or_(vacancies.c.open_from.is_(None), vacancies.c.open_from <= day),
        or_(vacancies.c.open_until.is_(None), vacancies.c.open_until >= day),
    )


def full() -> ColumnElement[bool]:
    """Return the condition that every place of a vacancy is taken; where nobody said how many, none ever is."""
    return and_(vacancies.c.posts.is_not(None), vacancies.c.posts <= TAKEN)


def near(office: str) -> ColumnElement[bool]:
    """Return the condition that a vacancy lies in the city of an office or area, or is one of all its city or province.

    An area above the city (a province's desk) reaches everything within it.
    """
    prefix = area_prefix(office)
    if len(prefix) < CITY:
        return within(vacancies.c.area, prefix)
    above = (office[:2], f"{office[:2]}0000")
    return or_(within(vacancies.c.area, office[:CITY]), vacancies.c.area.in_(above))


def near_to(office: str, area: str) -> bool:
    """Say the same as `near` of one vacancy's area."""
    prefix = area_prefix(office)
    if len(prefix) < CITY:
        return area.startswith(prefix)
    return area.startswith(office[:CITY]) or area in (office[:2], f"{office[:2]}0000")


def vacancy_from(row: Any) -> Vacancy:
    """Return a vacancy from a row that begins with the columns of `READ`."""
    values = list(row[: len(READ)])
    values[_EDUCATION] = _LADDER[row[_EDUCATION]]
    values[_SOURCE] = _SOURCES[row[_SOURCE]]
    values[_DEMANDED] = tuple(_DEMANDS[code] for code in row[_DEMANDED].split(",")) if row[_DEMANDED] else ()
    return Vacancy(*values)


def row_of(vacancy: Vacancy) -> dict[str, Any]:
    """Return the columns that a vacancy fills; its contact is not among them."""
    return {each.name: getattr(vacancy, each.name) for each in fields(Vacancy)} | {
        "education": vacancy.education.value,
        "source": vacancy.source.value,
        "demands": ",".join(demand.value for demand in vacancy.demands),
    }


def sealed_contact(vacancy_id: str) -> str:
    """Return where a contact belongs, to be sealed and opened with."""
    return f"vacancies.contact:{vacancy_id}"
