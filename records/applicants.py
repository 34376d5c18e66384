"""The names that lists show: applicants masked, with their community, and colleagues; one read for a whole page.

Names are sealed one by one, so a list opens those of its page together, never one row at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import func, select

from casework.masking import mask_name
from records.engine import Reading
from records.scope import Scope, visible
from records.tables import cases
from records.tables_people import accounts, households, persons

AT_ONCE = 500
"""Ids in one question; SQLite takes some thousands, an export asks for many pages."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who a case is about: the applicant's masked name, and the community as the public board names it."""

    name: str = field(repr=False)
    community: str


def applicants_of(work: Reading, scope: Scope, case_ids: Iterable[str]) -> dict[str, Applicant]:
    """Return the applicant of each case that the caller may see."""
    return {case_id: who for ids in _some(case_ids) for case_id, who in _of(work, scope, ids)}


def members_of(work: Reading, scope: Scope, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the masked names of some members, by case and member, as far as the caller may see the case."""
    found: dict[tuple[str, str], str] = {}
    pairs = set(wanted)
    for ids in _some(case_id for case_id, _ in sorted(pairs)):
        asked = (
            select(persons.c.case_id, persons.c.member_id, persons.c.name)
            .join(cases, cases.c.case_id == persons.c.case_id)
            .where(persons.c.case_id.in_(ids), visible(scope))
        )
        for row in work.connection.execute(asked):
            if (row.case_id, row.member_id) in pairs:
                name = work.keys.open_text(row.name, f"persons.name:{row.case_id}/{row.member_id}") or ""
                found[row.case_id, row.member_id] = mask_name(name)
    return found


def staff_names(work: Reading, wanted: Iterable[str]) -> dict[str, str]:
    """Return the names of accounts: who works beside whom is no secret of the household's."""
    found: dict[str, str] = {}
    for ids in _some(wanted):
        rows = work.connection.execute(select(accounts.c.account, accounts.c.name).where(accounts.c.account.in_(ids)))
        found |= {r.account: work.keys.open_text(r.name, f"accounts.name:{r.account}") or "" for r in rows}
    return found


def _some(wanted: Iterable[str]) -> Iterator[tuple[str, ...]]:
    left = iter(dict.fromkeys(wanted))
    while ids := tuple(islice(left, AT_ONCE)):
        yield ids


def _of(work: Reading, scope: Scope, ids: tuple[str, ...]) -> Iterator[tuple[str, Applicant]]:
    applicant = func.coalesce(cases.c.applicant, "M1")
    asked = (
        select(persons.c.case_id, persons.c.member_id, persons.c.name, households.c.community)
        .join(cases, cases.c.case_id == persons.c.case_id)
        .join(households, households.c.case_id == persons.c.case_id)
        .where(persons.c.case_id.in_(ids), persons.c.member_id == applicant, visible(scope))
    )
    for row in work.connection.execute(asked):
        name = work.keys.open_text(row.name, f"persons.name:{row.case_id}/{row.member_id}") or ""
        yield row.case_id, Applicant(mask_name(name), row.community)
