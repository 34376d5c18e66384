"""Vacancies (岗位) by id, as far as referrals need them: employer, title, pay, area.  Matching is not here."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from records.engine import Reading, Writing
from records.scope import within
from records.tables_people import vacancies
from records.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One vacancy.  Pay is fen a month; `open_until` is its last day, None while open without end."""

    vacancy_id: str
    employer: str
    title: str
    pay_fen: int
    area: str
    open_until: date | None = None


def set_vacancy(work: Writing, vacancy: Vacancy) -> None:
    """Add a vacancy or replace the one with its id."""
    values = {name: getattr(vacancy, name) for name in ("employer", "title", "pay_fen", "area", "open_until")}
    added = insert_into(work.connection, vacancies).values(vacancy_id=vacancy.vacancy_id, **values)
    work.connection.execute(added.on_conflict_do_update(index_elements=["vacancy_id"], set_=values))


def vacancy_of(work: Reading, vacancy_id: str) -> Vacancy | None:
    row = work.connection.execute(select(vacancies).where(vacancies.c.vacancy_id == vacancy_id)).first()
    return Vacancy(*row) if row else None


def vacancies_in(work: Reading, area: str, as_of: date, limit: int = 200) -> tuple[Vacancy, ...]:
    """Return the vacancies of an area that are open on a day, by id."""
    rows = (
        select(vacancies)
        .where(within(vacancies.c.area, area))
        .where(vacancies.c.open_until.is_(None) | (vacancies.c.open_until >= as_of))
        .order_by(vacancies.c.vacancy_id)
        .limit(limit)
    )
    return tuple(Vacancy(*row) for row in work.connection.execute(rows))
