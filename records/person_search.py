"""Finding cases by what somebody knows of them (查找): number, name, pinyin, ID number, phone; in the caller's scope.

What was typed is kept sealed for half an hour under an id that stands in the address instead of it.  Which cases a
search by a person showed is written to their view logs, a page at a time and once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, true, tuple_, update

from casework.masking import mask_name
from casework.states import State
from records.case_files import CaseRow, case_row_of
from records.engine import Reading, Writing
from records.household_pages import log_view
from records.people import normal_id, normal_phone
from records.person_index import BEGIN, INITIALS, PINYIN, token
from records.scope import Scope, visible
from records.tables import cases
from records.tables_lists import person_index, searches
from records.tables_people import persons

LASTS = timedelta(minutes=30)


class By(StrEnum):
    """What a text was understood as."""

    NUMBER = "number"
    ENDING = "ending"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    NAME = "name"
    PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, normalised as its index is."""

    by: By
    value: str = field(repr=False)

    @property
    def of_a_person(self) -> bool:
        return self.by not in (By.NUMBER, By.ENDING)


@dataclass(frozen=True, slots=True)
class Hit:
    """A person that was found (a case by number: its applicant), with the case as lists show it; the name is masked."""

    case: CaseRow
    member_id: str
    name: str = field(repr=False)
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Search:
    """A search that was begun."""

    text: str = field(repr=False)
    logged: int


def find(work: Reading, scope: Scope, sought: Sought, *, offset: int = 0, limit: int = 50) -> tuple[Hit, ...]:
    """Return a page of what is found, cases that go on first."""
    columns = (*cases.c, persons.c.member_id.label("found"), persons.c.name, persons.c.left_on)
    listed = _found(work, scope, sought).with_only_columns(*columns)
    ended = cases.c.state == State.EXITED.value
    ordered = listed.order_by(ended, cases.c.case_id.desc(), persons.c.position).offset(offset).limit(limit)
    hits = []
    for row in work.connection.execute(ordered):
        name = work.keys.open_text(row.name, f"persons.name:{row.case_id}/{row.found}") or ""
        hits.append(Hit(case_row_of(row), row.found, mask_name(name), row.left_on))
    return tuple(hits)


def count_found(work: Reading, scope: Scope, sought: Sought) -> int:
    """Return how many people (or cases, by number) are found in scope."""
    counted = _found(work, scope, sought).with_only_columns(func.count())
    return int(work.connection.execute(counted).scalar_one())


def begin_search(work: Writing, account: str, text: str, now: datetime) -> str:
    """Keep what was typed and return the id of the search; searches that are over are swept on the way."""
    work.connection.execute(delete(searches).where(searches.c.expires_at <= now))
    search_id = token_urlsafe(24)
    row = {"search_id": search_id, "account": account, "expires_at": now + LASTS, "logged": 0}
    sealed = work.keys.seal_text(text, f"searches.text:{search_id}")
    work.connection.execute(insert(searches), row | {"text": sealed})
    return search_id


def search_of(work: Reading, account: str, search_id: str, now: datetime) -> Search | None:
    """Return a search of this account; None when it is over, or somebody else's."""
    mine = (searches.c.search_id == search_id, searches.c.account == account, searches.c.expires_at > now)
    row = work.connection.execute(select(searches).where(*mine)).first()
    return (
        None if row is None else Search(work.keys.open_text(row.text, f"searches.text:{search_id}") or "", row.logged)
    )


def log_found(
    work: Writing, scope: Scope, search_id: str, page: int, case_ids: Sequence[str], reason: str, now: datetime
) -> None:
    """Write into the cases' view logs that a search showed them; a page that was logged is not logged again."""
    first = update(searches).where(searches.c.search_id == search_id, searches.c.logged < page)
    if work.connection.execute(first.values(logged=page)).rowcount:
        for case_id in dict.fromkeys(case_ids):
            log_view(work, scope, case_id, what="search", reason=reason, now=now)


def _found(work: Reading, scope: Scope, sought: Sought) -> Select[tuple[str]]:
    """A case by its number is shown with its applicant, a person with the case; the scope holds for both."""
    joined = select(cases.c.case_id).join(persons, persons.c.case_id == cases.c.case_id)
    return joined.where(visible(scope), _condition(work, sought))


def _condition(work: Reading, sought: Sought) -> ColumnElement[bool]:
    keys, value = work.keys, sought.value
    applicant = persons.c.member_id == func.coalesce(cases.c.applicant, "M1")
    match sought.by:
        case By.NUMBER:
            return (cases.c.case_id == value) & applicant
        case By.ENDING:
            return cases.c.case_id.endswith(value, autoescape=True) & applicant
        case By.ID_NUMBER:
            return persons.c.id_index == keys.blind_index("id_number", normal_id(value))
        case By.PHONE:
            return persons.c.phone_index == keys.blind_index("phone", normal_phone(value))
        case By.NAME:
            return _indexed((BEGIN, token(keys, BEGIN, value)))
        case By.PINYIN:
            return _indexed((PINYIN, token(keys, PINYIN, value)), (INITIALS, token(keys, INITIALS, value)))
    return true()


def _indexed(*wanted: tuple[str, str]) -> ColumnElement[bool]:
    found = select(person_index.c.case_id, person_index.c.member_id)
    matching = found.where(or_(*((person_index.c.kind == k) & (person_index.c.token == t) for k, t in wanted)))
    return tuple_(persons.c.case_id, persons.c.member_id).in_(matching)
