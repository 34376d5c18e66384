"""What the page of a case shows (个案页面), read in one unit of work: the last event with the case after it, the people
masked, open tasks, the days of its states, its last events, how far its messages are, and the names behind accounts.

Few questions, because this page is opened all day long; whole timelines, messages and views have pages of their own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from casework.case import Case
from casework.masking import mask_name
from casework.messages import MessageState
from casework.states import FOR, Actor, Role, State
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records.calendars import calendar_of, newest_for
from records.case_files import CaseRow, case_row_of, last_event
from records.engine import Reading
from records.offices import Office, office_for
from records.policies import policy_of
from records.responsible import responsible_for
from records.scope import Scope, visible
from records.tables import cases, events, messages
from records.tables_people import accounts, free_texts, households, persons, vacancies
from records.worklists import TaskRow, tasks_of

LAST_EVENTS = 10


@dataclass(frozen=True, slots=True)
class Moved:
    """The case came into a state on a day, by a step."""

    seq: int
    trigger: str
    on: date
    source: State | None
    target: State


@dataclass(frozen=True, slots=True)
class Happened:
    """One of the last events, in short."""

    seq: int
    trigger: str
    at: datetime
    by: Actor
    source: State | None
    target: State
    says: str


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """Everything the page of a case needs.  Names of the household are masked; `staff` are the names behind accounts.

    `at` and `today` are the case's own time, as far as the record knows; `acting_for` is in whose stead the caller
    looks after the case; `responsible` who does its work today.
    """

    row: CaseRow
    case: Case
    today: date
    at: datetime
    community: str
    office: Office | None
    policy: Policy
    calendar: WorkCalendar
    tasks: tuple[TaskRow, ...]
    moves: tuple[Moved, ...]
    recent: tuple[Happened, ...]
    responsible: str | None
    acting_for: str | None
    messages: Mapping[MessageState, int]
    vacancies: Mapping[str, str]
    staff: Mapping[str, str]
    names: Mapping[str, str] = field(repr=False)
    plan: str | None = field(repr=False)


def case_seen(work: Reading, scope: Scope, case_id: str, now: datetime) -> CaseSeen | None:
    """Return what the page of a case shows, or None outside the scope."""
    found = work.connection.execute(
        select(cases, households.c.community)
        .outerjoin(households, households.c.case_id == cases.c.case_id)
        .where(cases.c.case_id == case_id, visible(scope))
    ).first()
    event = last_event(work, case_id) if found is not None else None
    if found is None or event is None:
        return None
    row = case_row_of(found)
    case, today = event.case, row.clock.day(now)
    tasks = tasks_of(work, scope, case_id) or ()
    moves, recent = _events(work, case_id, row.seq)
    responsible = responsible_for(work, row.helper, today) if row.helper else None
    whose = {row.helper, responsible, *(t.claimed_by for t in tasks), *hands_in(case)}
    whose |= {name for h in recent for name in (h.by.account, h.by.acting_for)}
    return CaseSeen(
        row=row,
        case=case,
        today=today,
        at=_time_of(case, now),
        community=found.community or "",
        office=office_for(work, row.office),
        policy=policy_of(work, case),
        calendar=calendar_of(work, case) or newest_for(work, row.office),
        tasks=tasks,
        moves=moves,
        recent=recent,
        responsible=responsible,
        acting_for=scope.acting_for(row.helper, None, row.clock),
        messages=_messages(work, case_id),
        vacancies=_vacancies(work, {r.vacancy for r in case.referrals}),
        staff=staff_names(work, whose),
        names=masked_names(work, case_id),
        plan=_plan(work, case_id) if case.plan_signed_on else None,
    )


def _time_of(case: Case, now: datetime) -> datetime:
    """Return the business time of a case: the desk's, moved by its offset, but never before its last event."""
    there = now + timedelta(seconds=case.clock_offset)
    return there if case.last_at is None else max(there, case.last_at)


def masked_names(work: Reading, case_id: str) -> dict[str, str]:
    """Return the masked names of a case by member id.  For those who know the caller's case, no scope."""
    rows = work.connection.execute(
        select(persons.c.member_id, persons.c.name).where(persons.c.case_id == case_id).order_by(persons.c.position)
    )
    place = "persons.name:{}/{}"
    return {r.member_id: mask_name(work.keys.open_text(r.name, place.format(case_id, r.member_id)) or "") for r in rows}


def staff_names(work: Reading, hands: Iterable[str | None]) -> dict[str, str]:
    """Return the names behind accounts; of a remembered hand (`Actor.hand`) behind each of its accounts.

    An account that is not there (the system's own) is left out.
    """
    wanted = {account for hand in hands if hand for account in hand.split(FOR)}
    rows = work.connection.execute(
        select(accounts.c.account, accounts.c.name).where(accounts.c.account.in_(sorted(wanted)))
    )
    return {r.account: work.keys.open_text(r.name, f"accounts.name:{r.account}") or "" for r in rows}


def hands_in(case: Case) -> Iterator[str | None]:
    """Return who did what a case remembers, as far as its page names them."""
    if case.promise is not None:
        yield case.promise.cause_confirmed_by
    if case.relocation is not None:
        yield case.relocation.promise.cause_confirmed_by
    if case.exit is not None:
        yield case.exit.decided_by
    if case.exit_decided is not None:
        yield case.exit_decided.decided_by
    if case.monitoring is not None:
        yield from (look.by for look in case.monitoring.looks)
    yield from (refusal.judged_by for refusal in case.refusals)
    yield from (visit.by for visit in case.visits)
    yield from (asked.asked_by for asked in case.supplements)
    yield from (objection.concerns for objection in case.objections)
    yield from (appeal.decided_by for appeal in case.appeals)
    yield from (suspension.recorded_by for suspension in case.suspensions)
    yield from (change.recorded_by for change in case.amendments)
    yield from (move.received_by for move in case.transfers)
    yield from (conflict.account for conflict in case.conflicts)


def _events(work: Reading, case_id: str, seq: int) -> tuple[tuple[Moved, ...], tuple[Happened, ...]]:
    """Return the changes of state in order, and the last events, the newest first."""
    moved = or_(events.c.source.is_(None), events.c.source != events.c.target)
    plain = ("seq", "trigger", "at", "on_day", "account", "acting_for", "role", "source", "target", "told")
    rows = work.connection.execute(
        select(*(events.c[name] for name in plain))
        .where(events.c.case_id == case_id, or_(moved, events.c.seq > seq - LAST_EVENTS))
        .order_by(events.c.seq)
    ).all()
    moves = tuple(
        Moved(r.seq, r.trigger, r.on_day, State(r.source) if r.source else None, State(r.target))
        for r in rows
        if r.source != r.target
    )
    last = [r for r in rows if r.seq > seq - LAST_EVENTS]
    recent = tuple(
        Happened(
            seq=r.seq,
            trigger=r.trigger,
            at=r.at,
            by=Actor(account=r.account, role=Role(r.role), acting_for=r.acting_for),
            source=State(r.source) if r.source else None,
            target=State(r.target),
            says=json.loads(work.keys.unpack(r.told, f"events.told:{case_id}/{r.seq}"))["why"]["says"],
        )
        for r in reversed(last)
    )
    return moves, recent


def _messages(work: Reading, case_id: str) -> dict[MessageState, int]:
    counted = select(messages.c.state, func.count()).where(messages.c.case_id == case_id).group_by(messages.c.state)
    return {MessageState(state): number for state, number in work.connection.execute(counted)}


def _vacancies(work: Reading, wanted: set[str]) -> dict[str, str]:
    """Return employer and title of vacancies by id; those the record does not know are left out."""
    if not wanted:
        return {}
    known = select(vacancies.c.vacancy_id, vacancies.c.employer, vacancies.c.title)
    rows = work.connection.execute(known.where(vacancies.c.vacancy_id.in_(sorted(wanted))))
    return {r.vacancy_id: f"{r.employer} {r.title}" for r in rows}


def _plan(work: Reading, case_id: str) -> str | None:
    """Return the text of the plan that was signed last."""
    signed = work.connection.execute(
        select(events.c.text_ids)
        .where(events.c.case_id == case_id, events.c.trigger == "sign_plan")
        .order_by(events.c.seq.desc())
        .limit(1)
    ).scalar()
    if not signed:
        return None
    found = select(free_texts.c.text_id, free_texts.c.sealed).where(free_texts.c.text_id.in_(signed))
    row = work.connection.execute(found.where(free_texts.c.case_id == case_id)).first()
    return work.keys.open(row.sealed, f"free_texts.sealed:{row.text_id}").decode() if row else None
