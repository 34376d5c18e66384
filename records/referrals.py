"""Keeping every referral to a vacancy (岗位推荐台账): written with the case's events, so that places count themselves.

A place is taken while a referral stands, and for good when the member was hired; it comes back when the member turned
the job down, the employer did not want the member, the member was hired elsewhere, or the case ended before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, func, select

from casework.case import Case
from casework.case_facts import Referral, ReferralOutcome
from casework.events import CaseEvent
from casework.states import State
from records.case_files import last_event
from records.case_rows import Row
from records.engine import Reading, Writing
from records.scope import CaseClock, Scope, visible
from records.tables import cases, events
from records.tables_vacancies import referrals, vacancies
from records.upsert import insert_into
from records.vacancy_places import free_place

KEY = ("case_id", "referral_id")
REFERRING = ("record_referral", "arrange_guaranteed_post")
AT_ONCE = 500

_KEPT = select(referrals).where(referrals.c.case_id == bindparam("case_id"))


def keep_referrals(work: Writing, event: CaseEvent) -> None:
    """Bring the rows of a case's referrals to what the case says."""
    rows = referral_rows(event.case)
    if not rows:
        return
    if event.trigger in REFERRING:
        free_place(work, event.command_id)
    kept = work.connection.execute(_KEPT, {"case_id": event.case_id})
    there = {row.referral_id: dict(row._mapping) for row in kept}
    for row in rows:
        if there.get(str(row["referral_id"])) == row:
            continue
        values = {name: value for name, value in row.items() if name not in KEY}
        added = insert_into(work.connection, referrals).values(row)
        work.connection.execute(added.on_conflict_do_update(index_elements=list(KEY), set_=values))


def referral_rows(case: Case) -> list[Row]:
    """Return the rows of the referrals that a case carries."""
    return [_row(case, referral) for referral in case.referrals]


def _row(case: Case, referral: Referral) -> Row:
    return {
        "case_id": case.case_id,
        "referral_id": referral.referral_id,
        "member_id": referral.member,
        "vacancy_id": referral.vacancy,
        "on_day": referral.on,
        "pay_fen": referral.pay_fen,
        "suitable": referral.suitable,
        "delivered": referral.delivered,
        "guaranteed": referral.guaranteed,
        "outcome": referral.outcome.value,
        "holds": _holds(case, referral),
    }


def _holds(case: Case, referral: Referral) -> bool:
    if referral.outcome is ReferralOutcome.HIRED:
        return True
    elsewhere = any(r.member == referral.member and r.outcome is ReferralOutcome.HIRED for r in case.referrals)
    return referral.outcome is ReferralOutcome.OPEN and not elsewhere and case.state is not State.EXITED


def refer_some(work: Writing, after: str) -> list[str]:
    """Write the referrals of some hundred cases that have some and none on their list; return those cases."""
    there = exists().where(referrals.c.case_id == events.c.case_id)
    wanted = select(events.c.case_id).where(events.c.trigger.in_(REFERRING), ~there, events.c.case_id > after)
    found = list(work.connection.execute(wanted.distinct().order_by(events.c.case_id).limit(AT_ONCE)).scalars())
    for case_id in found:
        event = last_event(work, case_id)
        if event is not None:
            keep_referrals(work, event)
    return found


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """A referral whose outcome nobody has recorded; `employer` is empty where the vacancy is not in the pool."""

    case_id: str
    referral_id: str
    member_id: str
    vacancy_id: str
    on: date
    suitable: bool
    delivered: bool
    guaranteed: bool
    employer: str
    title: str
    credit_code: str
    office: str
    helper: str | None
    clock: CaseClock


_OPEN = (
    select(
        *(referrals.c[name] for name in ("case_id", "referral_id", "member_id", "vacancy_id", "on_day")),
        *(referrals.c[name] for name in ("suitable", "delivered", "guaranteed")),
        *(vacancies.c[name] for name in ("employer", "title", "credit_code")),
        *(cases.c[name] for name in ("office", "helper", "clock_offset", "last_on")),
    )
    .join(cases, cases.c.case_id == referrals.c.case_id)
    .outerjoin(vacancies, vacancies.c.vacancy_id == referrals.c.vacancy_id)
    .where(referrals.c.outcome == ReferralOutcome.OPEN.value, cases.c.state != State.EXITED.value)
)


def open_referrals(
    work: Reading, scope: Scope, *, employer: str | None = None, limit: int = 200
) -> Sequence[OpenReferral]:
    """Return the referrals in scope without an outcome, the oldest first; of one employer, or of all."""
    asked = _OPEN.where(visible(scope), referrals.c.holds.is_(True))
    if employer is not None:
        asked = asked.where(vacancies.c.employer == employer)
    rows = work.connection.execute(asked.order_by(referrals.c.on_day, referrals.c.case_id).limit(limit))
    return [
        OpenReferral(
            case_id=row.case_id,
            referral_id=row.referral_id,
            member_id=row.member_id,
            vacancy_id=row.vacancy_id,
            on=row.on_day,
            suitable=row.suitable,
            delivered=row.delivered,
            guaranteed=row.guaranteed,
            employer=row.employer or "",
            title=row.title or "",
            credit_code=row.credit_code or "",
            office=row.office,
            helper=row.helper,
            clock=CaseClock(row.clock_offset or 0, row.last_on),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An employer from whom answers are awaited: how many, and since when.  `vacancy_id` names it in an address."""

    employer: str
    vacancy_id: str
    number: int
    since: date


def employers_waiting(work: Reading, scope: Scope) -> Sequence[Waiting]:
    """Return the employers with open referrals in scope, who waits longest first."""
    asked = (
        select(
            vacancies.c.employer,
            func.min(vacancies.c.vacancy_id),
            func.count(),
            func.min(referrals.c.on_day),
        )
        .select_from(referrals)
        .join(cases, cases.c.case_id == referrals.c.case_id)
        .join(vacancies, vacancies.c.vacancy_id == referrals.c.vacancy_id)
        .where(visible(scope), referrals.c.holds.is_(True))
        .where(referrals.c.outcome == ReferralOutcome.OPEN.value, cases.c.state != State.EXITED.value)
        .group_by(vacancies.c.employer)
        .order_by(func.min(referrals.c.on_day), vacancies.c.employer)
    )
    return [Waiting(*row) for row in work.connection.execute(asked)]
