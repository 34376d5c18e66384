"""The vacancy pool as a list (岗位库): searched, filtered, sorted and turned over, with the places that are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, not_, or_, select

from records.engine import Reading
from records.scope import within
from records.tables_vacancies import vacancies
from records.vacancies import READ, TAKEN, full, near, open_on, vacancy_from
from register.vacancy import Offered

SORTS = {
    "title": vacancies.c.title,
    "employer": vacancies.c.employer,
    "pay_fen": vacancies.c.pay_fen,
    "open_until": vacancies.c.open_until,
    "area": vacancies.c.area,
}
STATES = {"open": "可推荐", "full": "名额已满", "over": "已停止", "all": "全部"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; `reach` is the area of whoever looks."""

    reach: str
    today: date
    words: str = ""
    channel: str = ""
    area: str = ""
    state: str = "open"
    source: str = ""
    reserved: bool = False
    least_pay_fen: int = 0
    sort: str = "open_until"
    descending: bool = False


def vacancies_asked(work: Reading, asked: Asked, *, offset: int, limit: int) -> tuple[Sequence[Offered], int]:
    """Return a page of what is looked for, and how many there are."""
    found = [near(asked.reach), *_conditions(asked)]
    column = SORTS.get(asked.sort, vacancies.c.open_until)
    order = (column.is_(None), column.desc() if asked.descending else column, vacancies.c.vacancy_id)
    rows = select(*READ, TAKEN.label("taken")).where(*found).order_by(*order).offset(offset).limit(limit)
    total = work.connection.execute(select(func.count()).select_from(vacancies).where(*found)).scalar_one()
    return [Offered(vacancy_from(row), row.taken) for row in work.connection.execute(rows)], total


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    match asked.state:
        case "open":
            found += [open_on(asked.today), not_(full())]
        case "full":
            found += [open_on(asked.today), full()]
        case "over":
            found.append(not_(open_on(asked.today)))
    for word in asked.words.split()[:5]:
        where = (vacancies.c.employer, vacancies.c.title, vacancies.c.skills, vacancies.c.place, vacancies.c.vacancy_id)
        found.append(or_(*(column.contains(word, autoescape=True) for column in where)))
    if asked.channel:
        found.append(vacancies.c.channel == asked.channel)
    if asked.source:
        found.append(vacancies.c.source == asked.source)
    if asked.area:
        found.append(within(vacancies.c.area, asked.area))
    if asked.reserved:
        found.append(vacancies.c.reserved > 0)
    if asked.least_pay_fen:
        found.append(vacancies.c.pay_fen >= asked.least_pay_fen)
    return found
