"""Visits of a survey round (走访): whose they are, what was found, and how far a round has come.

Whoever may see a round sees its visits; a helper sees its own, and those of a colleague for whom it stands in.  What a
household says goes to the register (`known_households.py`), here stands only that somebody was there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Integer, Row, Select, and_, bindparam, case, func, insert, or_, select, update
from sqlalchemy.sql.functions import coalesce

from casework.states import Role
from records.engine import Reading, Writing
from records.scope import Scope, of_offices
from records.survey_rounds import FOUND, TO_VISIT, Round
from records.tables import cases
from records.tables_register import known_households
from records.tables_surveys import survey_rounds, survey_visits

SAME, CHANGED, MOVED, NOBODY, REFUSED = "found", "changed", "moved", "nobody", "refused"
MET = (SAME, CHANGED)
SETTLED = (SAME, CHANGED, MOVED, REFUSED)
"""Results after which nobody need go again in this round; with nobody at home one goes again."""

WORTH = ("eligible", "special_review")


@dataclass(frozen=True, slots=True)
class Visit:
    """One household of a round's list."""

    visit_id: str
    round_id: str
    office: str
    community: str
    kind: str
    household_id: str | None
    case_id: str | None
    number: str
    assignee: str
    state: str
    visited_on: date | None
    told_by: str | None
    version: int
    note: str | None = field(default=None, repr=False)

    @property
    def settled(self) -> bool:
        return self.state in SETTLED


@dataclass(frozen=True, slots=True)
class Covered:
    """How far one part of a round has come: the visits of one community and one person in one state."""

    community: str
    assignee: str
    state: str
    visits: int
    eligible: int
    opened: int
    monitored: int


_PLAIN = tuple(survey_visits.c[name] for name in Visit.__slots__ if name != "note")


def visit_of(work: Reading, scope: Scope, visit_id: str) -> Visit | None:
    """Return a visit with its note; None outside the caller's offices and not its own."""
    asked = select(survey_visits).where(survey_visits.c.visit_id == visit_id, _seen(scope))
    row = work.connection.execute(asked).first()
    return _opened(work, row) if row else None


def visits_of(
    work: Reading,
    scope: Scope,
    round_id: str,
    *,
    community: str | None = None,
    assignee: str | tuple[str, ...] | None = None,
    states: Iterable[str] = (),
    what: str | None = None,
    offset: int = 0,
    limit: int = 5000,
) -> tuple[Visit, ...]:
    """Return the visits of a round that a caller may see, as one walks: by community and number.

    `what` narrows to households that are eligible, opened (a case) or monitored.
    """
    asked = _narrowed(scope, round_id, community, assignee, tuple(states), what)
    ordered = asked.order_by(survey_visits.c.community, survey_visits.c.number).offset(offset).limit(limit)
    return tuple(Visit(*row) for row in work.connection.execute(ordered))


def count_visits(
    work: Reading,
    scope: Scope,
    round_id: str,
    *,
    community: str | None = None,
    assignee: str | None = None,
    states: Iterable[str] = (),
    what: str | None = None,
) -> int:
    asked = _narrowed(scope, round_id, community, assignee, tuple(states), what)
    return work.connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def by_number(work: Reading, round_id: str) -> dict[str, Visit]:
    """Return the visits of a round by their number, for a sheet.  For whoever may see the round, no scope."""
    rows = work.connection.execute(select(*_PLAIN).where(survey_visits.c.round_id == round_id))
    return {visit.number: visit for visit in (Visit(*row) for row in rows)}


def tell(work: Writing, visit: Visit, *, state: str, on: date, by: str, now: datetime, note: str | None = None) -> None:
    """Write down what was found; what was told before is replaced."""
    sealed = work.keys.seal_text(note, f"survey_visits.note:{visit.visit_id}")
    at = survey_visits.c.visit_id == visit.visit_id
    values = {"state": state, "visited_on": on, "told_by": by, "told_at": now, "note": sealed}
    work.connection.execute(update(survey_visits).where(at).values(**values, version=survey_visits.c.version + 1))


def tell_all(work: Writing, told: Iterable[tuple[Visit, str, date]], *, by: str, now: datetime) -> None:
    """Write down what was found of many visits, each its state and day and no note, in one statement."""
    rows = [{"_visit_id": visit.visit_id, "_state": state, "_on": on} for visit, state, on in told]
    values = {"state": bindparam("_state"), "visited_on": bindparam("_on"), "told_by": by, "told_at": now, "note": None}
    of_it = update(survey_visits).where(survey_visits.c.visit_id == bindparam("_visit_id"))
    if rows:
        work.connection.execute(of_it.values(**values, version=survey_visits.c.version + 1), rows)


def add_found(
    work: Writing,
    one: Round,
    *,
    household_id: str,
    number: str,
    community: str,
    on: date,
    by: str,
    now: datetime,
    note: str | None = None,
) -> str:
    """Add a household that nobody knew of: visited already by whoever found it."""
    visit_id = str(uuid4())
    row = {
        "visit_id": visit_id,
        "round_id": one.round_id,
        "office": one.office,
        "community": community,
        "kind": FOUND,
        "household_id": household_id,
        "number": number,
        "assignee": by,
        "state": SAME,
        "visited_on": on,
        "told_by": by,
        "told_at": now,
        "note": work.keys.seal_text(note, f"survey_visits.note:{visit_id}"),
        "version": 1,
    }
    work.connection.execute(insert(survey_visits), row)
    return visit_id


def found_so_far(work: Reading, round_id: str) -> int:
    """Return how many households a round has found; the next one's number goes on from there."""
    asked = select(func.count()).where(survey_visits.c.round_id == round_id, survey_visits.c.kind == FOUND)
    return work.connection.execute(asked).scalar_one()


def coverage(work: Reading, round_ids: Iterable[str]) -> dict[str, list[Covered]]:
    """Return how far rounds have come.  For whoever may see the rounds, no scope."""
    eligible = and_(survey_visits.c.state.in_(MET), known_households.c.outcome.in_(WORTH))
    asked = (
        select(
            survey_visits.c.round_id,
            survey_visits.c.community,
            survey_visits.c.assignee,
            survey_visits.c.state,
            func.count(),
            _sum(eligible),
            _sum(known_households.c.case_id.is_not(None)),
            _sum(cases.c.key_monitored.is_(True)),
        )
        .outerjoin(known_households, known_households.c.household_id == survey_visits.c.household_id)
        .outerjoin(cases, cases.c.case_id == coalesce(known_households.c.case_id, survey_visits.c.case_id))
        .where(survey_visits.c.round_id.in_(list(round_ids)))
        .group_by(survey_visits.c.round_id, survey_visits.c.community, survey_visits.c.assignee, survey_visits.c.state)
    )
    found: dict[str, list[Covered]] = {}
    for row in work.connection.execute(asked):
        found.setdefault(row[0], []).append(Covered(*row[1:]))
    return found


def visits_to(work: Reading, household_id: str) -> tuple[tuple[Visit, str], ...]:
    """Return the visits to a known household with the titles of their rounds, the last first, without notes."""
    asked = (
        select(*_PLAIN, survey_rounds.c.title)
        .join(survey_rounds, survey_rounds.c.round_id == survey_visits.c.round_id)
        .where(survey_visits.c.household_id == household_id)
        .order_by(survey_rounds.c.first_on.desc())
        .limit(20)
    )
    return tuple((Visit(*row[:-1]), row[-1]) for row in work.connection.execute(asked))


def _narrowed(
    scope: Scope,
    round_id: str,
    community: str | None,
    assignee: str | tuple[str, ...] | None,
    states: tuple[str, ...],
    what: str | None,
) -> Select[Any]:
    asked = select(*_PLAIN).where(survey_visits.c.round_id == round_id, _seen(scope))
    if community:
        asked = asked.where(survey_visits.c.community == community)
    if assignee:
        asked = asked.where(survey_visits.c.assignee.in_((assignee,) if isinstance(assignee, str) else assignee))
    if states:
        asked = asked.where(survey_visits.c.state.in_(states))
    if what in ("eligible", "opened", "monitored"):
        asked = asked.outerjoin(
            known_households, known_households.c.household_id == survey_visits.c.household_id
        ).outerjoin(cases, cases.c.case_id == coalesce(known_households.c.case_id, survey_visits.c.case_id))
    if what == "eligible":
        asked = asked.where(survey_visits.c.state.in_(MET), known_households.c.outcome.in_(WORTH))
    if what == "opened":
        asked = asked.where(known_households.c.case_id.is_not(None))
    if what == "monitored":
        asked = asked.where(cases.c.key_monitored.is_(True))
    return asked


def _seen(scope: Scope) -> Any:
    mine = survey_visits.c.assignee.in_(scope.hands)
    return mine if scope.role is Role.HELPER else or_(of_offices(scope, survey_visits.c.office), mine)


def _sum(condition: Any) -> Any:
    return coalesce(func.sum(case((condition, 1), else_=0).cast(Integer)), 0)


def _opened(work: Reading, row: Row[Any]) -> Visit:
    plain = {name: getattr(row, name) for name in Visit.__slots__ if name != "note"}
    return Visit(**plain, note=work.keys.open_text(row.note, f"survey_visits.note:{row.visit_id}"))


__all__ = ["CHANGED", "MET", "MOVED", "NOBODY", "REFUSED", "SAME", "SETTLED", "TO_VISIT", "Covered", "Visit"]
