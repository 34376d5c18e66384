"""Survey rounds (摸底走访): opened for an office, shared out by community, closed; what there is to visit.

Each visit and its result is in `survey_visits.py`.  Staff see the rounds of their offices; whoever has a share of a
round, also a helper, sees that share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, and_, func, insert, literal, or_, select, union_all, update

from casework.states import Role, State
from records.engine import Reading, Writing
from records.scope import Scope, of_offices
from records.tables import cases
from records.tables_people import households
from records.tables_register import known_households
from records.tables_surveys import survey_rounds, survey_shares, survey_visits

TO_VISIT = "to_visit"
OF_THE_REGISTER, OF_A_CASE, FOUND = "known", "case", "new"
MOST_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one office."""

    round_id: str
    office: str
    title: str
    first_on: date
    last_on: date
    free_lines: int
    opened_by: str
    opened_at: datetime
    closed_on: date | None = None
    closed_by: str | None = None

    def overdue(self, today: date) -> bool:
        """Say whether it should be over and is not."""
        return self.closed_on is None and self.last_on < today


_ROUND = tuple(survey_rounds.c[name] for name in Round.__slots__)


def open_round(work: Writing, one: Round, shares: Mapping[str, str]) -> int:
    """Keep a round with its visits; return how many.  Under an id that is there already nothing is done."""
    if work.connection.execute(select(survey_rounds.c.round_id).where(_at(one.round_id))).first() is not None:
        return 0
    work.connection.execute(insert(survey_rounds), {name: getattr(one, name) for name in Round.__slots__})
    rows = [{"round_id": one.round_id, "community": where, "assignee": who} for where, who in shares.items()]
    work.connection.execute(insert(survey_shares), rows)
    visits = [_visit(one, row, shares[row.community]) for row in _to_visit(work, one.office, list(shares))]
    for begun in range(0, len(visits), MOST_AT_ONCE):
        work.connection.execute(insert(survey_visits), visits[begun : begun + MOST_AT_ONCE])
    return len(visits)


def communities_to_visit(work: Reading, office: str) -> dict[str, int]:
    """Return the communities of an office with the households there are to visit, the largest first."""
    there = _sources(office).subquery()
    asked = select(there.c.community, func.count()).group_by(there.c.community)
    rows = work.connection.execute(asked.order_by(func.count().desc(), there.c.community).limit(200))
    return {row[0]: row[1] for row in rows}


def round_of(work: Reading, scope: Scope, round_id: str) -> Round | None:
    """Return a round; None outside the offices of the caller, unless it has a share of it."""
    row = work.connection.execute(select(*_ROUND).where(_at(round_id), _seen(scope))).first()
    return Round(*row) if row else None


def rounds_of(work: Reading, scope: Scope, *, limit: int = 200) -> tuple[Round, ...]:
    """Return the rounds a caller may see: the open ones first, then by the day they end."""
    asked = select(*_ROUND).where(_seen(scope))
    ordered = asked.order_by(survey_rounds.c.closed_on.is_not(None), survey_rounds.c.last_on.desc()).limit(limit)
    return tuple(Round(*row) for row in work.connection.execute(ordered))


def open_rounds_of(work: Reading, scope: Scope) -> tuple[Round, ...]:
    """Return the open rounds in which somebody has something to visit, for itself or for who is away."""
    asked = select(*_ROUND).where(survey_rounds.c.closed_on.is_(None), _shared(scope.hands))
    return tuple(Round(*row) for row in work.connection.execute(asked.order_by(survey_rounds.c.last_on)))


def overdue_rounds(work: Reading, today: date) -> tuple[Round, ...]:
    """Return every round that should be over and is not.  For the daily round, no scope."""
    asked = select(*_ROUND).where(survey_rounds.c.closed_on.is_(None), survey_rounds.c.last_on < today)
    return tuple(Round(*row) for row in work.connection.execute(asked.order_by(survey_rounds.c.round_id)))


def shares_of(work: Reading, round_id: str) -> dict[str, str]:
    """Return who visits which community of a round."""
    asked = select(survey_shares.c.community, survey_shares.c.assignee).where(survey_shares.c.round_id == round_id)
    return {row[0]: row[1] for row in work.connection.execute(asked.order_by(survey_shares.c.community))}


def close_round(work: Writing, round_id: str, *, by: str, on: date) -> bool:
    """Close a round; False when it was closed before."""
    at = and_(_at(round_id), survey_rounds.c.closed_on.is_(None))
    return work.connection.execute(update(survey_rounds).where(at).values(closed_on=on, closed_by=by)).rowcount > 0


def _at(round_id: str) -> Any:
    return survey_rounds.c.round_id == round_id


def _shared(hands: Sequence[str]) -> Any:
    """A share of one's own or of who is away, or a visit that was handed over."""
    shares = select(survey_shares.c.round_id).where(survey_shares.c.assignee.in_(hands))
    visits = select(survey_visits.c.round_id).where(survey_visits.c.assignee.in_(hands))
    return or_(survey_rounds.c.round_id.in_(shares), survey_rounds.c.round_id.in_(visits))


def _seen(scope: Scope) -> Any:
    mine = _shared(scope.hands)
    return mine if scope.role is Role.HELPER else or_(of_offices(scope, survey_rounds.c.office), mine)


def _sources(office: str) -> Any:
    """The households to visit: of the register without an open case, and open cases in key monitoring."""
    known = (
        select(
            literal(OF_THE_REGISTER).label("kind"),
            known_households.c.household_id.label("household_id"),
            literal(None).label("case_id"),
            known_households.c.number.label("number"),
            known_households.c.community.label("community"),
        )
        .outerjoin(cases, cases.c.case_id == known_households.c.case_id)
        .where(known_households.c.office == office)
        .where(or_(known_households.c.case_id.is_(None), cases.c.state == State.EXITED.value))
    )
    monitored: Select[Any] = (
        select(
            literal(OF_A_CASE).label("kind"),
            literal(None).label("household_id"),
            cases.c.case_id.label("case_id"),
            cases.c.case_id.label("number"),
            households.c.community.label("community"),
        )
        .join(households, households.c.case_id == cases.c.case_id)
        .where(cases.c.office == office, cases.c.key_monitored.is_(True), cases.c.state != State.EXITED.value)
    )
    return union_all(known, monitored)


def _to_visit(work: Reading, office: str, communities: Sequence[str]) -> Sequence[Row[Any]]:
    there = _sources(office).subquery()
    asked = select(there).where(there.c.community.in_(communities)).order_by(there.c.community, there.c.number)
    return work.connection.execute(asked).all()


def _visit(one: Round, row: Row[Any], assignee: str) -> dict[str, Any]:
    return {
        "visit_id": str(uuid4()),
        "round_id": one.round_id,
        "office": one.office,
        "community": row.community,
        "kind": row.kind,
        "household_id": row.household_id,
        "case_id": row.case_id,
        "number": row.number,
        "assignee": assignee,
        "state": TO_VISIT,
        "version": 1,
    }
