"""The ledger (台账) of an area as on a day: a line for each member of each household, narrowed, counted, in order.

Whose lines a caller gets is decided by the office that had the household on that day, so that an office's ledger of a
past day stays what it was; a helper gets the households that are the helper's now.  Names are opened line by line and
masked here.  The same as rows of a file: `ledger_rows.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from casework.masking import STAR, mask_name
from casework.states import Role, State
from records.communities import spellings
from records.engine import Reading
from records.ledger_policies import policies_enjoyed
from records.scope import Scope, of_offices, visible, within
from records.tables import cases
from records.tables_ledger import ledger_households as h
from records.tables_ledger import ledger_members as m
from records.tables_people import households, persons

AT_ONCE = 2_000
"""Lines fetched together when a whole ledger is read."""

OPEN, EVER = "open", "certified"
STATES = (OPEN, EVER, *(state.value for state in State))
NO_JOB, ANY_JOB = "none", "any"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What a ledger is narrowed to; None: all.  `area` is a division code, `channel` may be `ANY_JOB` or `NO_JOB`."""

    day: date
    area: str | None = None
    state: str | None = None
    channel: str | None = None
    people: str | None = None
    community: str | None = None
    helper: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A member with the household's standing, as on the day.  `name` is masked."""

    of: Row[Any] = field(repr=False)
    name: str = field(repr=False)
    policies: str

    @property
    def case_id(self) -> str:
        return str(self.of.case_id)


_LINE = (
    h.c.case_id,
    *(h.c[name] for name in ("office", "state", "helper", "certified_on", "plan_signed_on", "promise_due_on")),
    *(h.c[name] for name in ("promise_met_on", "promise_overdue_on", "eliminated_on", "exit_on", "exit_reason")),
    *(m.c[name] for name in ("member_id", "relation", "sex", "birth_year", "status", "base", "dibao")),
    *(m.c[name] for name in ("unemployment_insurance", "guidance", "training", "referrals", "channel", "employed_on")),
    *(m.c[name] for name in ("income_fen", "insured")),
    households.c.community,
    persons.c.name,
)


def ledger_count(work: Reading, scope: Scope, wanted: LedgerFilter) -> tuple[int, int]:
    """Return how many lines and how many households a ledger has."""
    counted = select(func.count(), func.count(h.c.case_id.distinct())).select_from(joined(wanted, names=False))
    lines, homes = work.connection.execute(counted.where(*conditions(scope, wanted))).one()
    return lines, homes


def ledger_page(
    work: Reading, scope: Scope, wanted: LedgerFilter, *, offset: int = 0, limit: int = 50
) -> tuple[LedgerLine, ...]:
    """Return a page of the ledger in the order of cases and members, names masked."""
    return tuple(_lines(work, _ordered(scope, wanted).offset(offset).limit(limit), wanted.day))


def holds_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a household's row holds on a day."""
    return and_(h.c.from_on <= day, h.c.until_on > day)


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on a household's row that a caller may have it."""
    if scope.role is Role.HELPER:
        return h.c.case_id.in_(select(cases.c.case_id).where(visible(scope)))
    return of_offices(scope, h.c.office)


def joined(wanted: LedgerFilter, *, names: bool) -> Any:
    """Return the households and members of a day, with what is told of them where names are wanted."""
    there = and_(m.c.case_id == h.c.case_id, m.c.from_on <= wanted.day, m.c.until_on > wanted.day)
    joined: Any = h.join(m, there)
    if names or wanted.community is not None:
        joined = joined.outerjoin(households, households.c.case_id == h.c.case_id)
    if names:
        who = and_(persons.c.case_id == m.c.case_id, persons.c.member_id == m.c.member_id)
        joined = joined.outerjoin(persons, who)
    return joined


def _ordered(scope: Scope, wanted: LedgerFilter) -> Select[Any]:
    asked = select(*_LINE).select_from(joined(wanted, names=True)).where(*conditions(scope, wanted))
    return asked.order_by(h.c.case_id, m.c.member_id)


def conditions(scope: Scope, wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    """Yield what a line has to be for a caller to get it."""
    yield seen_by(scope)
    yield holds_on(wanted.day)
    if wanted.area is not None:
        yield within(h.c.office, wanted.area)
    if wanted.helper is not None:
        yield h.c.helper == wanted.helper
    if wanted.community is not None:
        yield households.c.community.in_(spellings(wanted.community))
    if wanted.state == OPEN:
        yield h.c.state != State.EXITED.value
    elif wanted.state == EVER:
        yield h.c.certified_on.is_not(None)
    elif wanted.state is not None:
        yield h.c.state == wanted.state
    if wanted.channel == NO_JOB:
        yield m.c.channel.is_(None)
    elif wanted.channel == ANY_JOB:
        yield m.c.channel.is_not(None)
    elif wanted.channel is not None:
        yield m.c.channel == wanted.channel
    if wanted.people == "base":
        yield or_(m.c.base, m.c.channel.is_not(None))


def _lines(work: Reading, asked: Select[Any], day: date) -> Iterator[LedgerLine]:
    open_text = work.keys.open_text
    some = work.connection.execute(asked).all()
    enjoyed = policies_enjoyed(work, some[0].case_id, some[-1].case_id, day) if some else {}
    for row in some:
        name = open_text(row.name, f"persons.name:{row.case_id}/{row.member_id}")
        shown = mask_name(name) if name else STAR
        yield LedgerLine(row, shown, enjoyed.get((row.case_id, row.member_id), ""))
