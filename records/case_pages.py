"""What the page of a case shows (个案页面), read in one unit of work: the last event with the case after it, the people
masked, open tasks, the days of its states, its last events, how far its messages are, and the names behind accounts.

Few questions, because this page is opened all day long; whole timelines, messages and views have pages of their own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from casework.case import Case
from casework.messages import MessageState
from casework.states import Actor, Role, State
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records.calendars import calendar_of, newest_for
from records.case_files import CaseRow, case_row_of, last_event
from records.case_names import hands_in, masked_names, staff_names
from records.engine import Reading
from records.evidence import OBJECTION
from records.offices import Office, office_for
from records.policies import policy_of
from records.responsible import responsible_for
from records.scope import Scope, visible
from records.tables import cases, events, messages, tasks
from records.tables_people import free_texts, households
from records.tables_public import evidence
from records.tables_vacancies import vacancies
from records.worklists import TaskRow, task_row_of

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
    files: Mapping[str, int]
    vacancies: Mapping[str, str]
    staff: Mapping[str, str]
    names: Mapping[str, str] = field(repr=False)
    plan: str | None = field(repr=False)


_TASKS = (
    select(tasks, cases.c.helper, cases.c.clock_offset, cases.c.last_on)
    .join(cases, cases.c.case_id == tasks.c.case_id)
    .where(tasks.c.case_id == bindparam("case_id"), tasks.c.closed_seq.is_(None))
    .order_by(tasks.c.overdue.desc(), tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.task_id)
)


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
    open_tasks = tuple(task_row_of(r, scope) for r in work.connection.execute(_TASKS, {"case_id": case_id}))
    moves, recent, plan = _events(work, case_id, row.seq)
    responsible = responsible_for(work, row.helper, today) if row.helper else None
    whose = {row.helper, responsible, *(t.claimed_by for t in open_tasks), *hands_in(case)}
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
        tasks=open_tasks,
        moves=moves,
        recent=recent,
        responsible=responsible,
        acting_for=scope.acting_for(row.helper, None, row.clock),
        messages=_messages(work, case_id),
        files=_files(work, scope, case_id),
        vacancies=_vacancies(work, {r.vacancy for r in case.referrals}),
        staff=staff_names(work, whose),
        names=masked_names(work, case_id),
        plan=_text(work, case_id, plan) if plan else None,
    )


def _time_of(case: Case, now: datetime) -> datetime:
    """Return the business time of a case: the desk's, moved by its offset, but never before its last event."""
    there = now + timedelta(seconds=case.clock_offset)
    return there if case.last_at is None else max(there, case.last_at)


_EVENTS = (
    select(
        *(events.c[name] for name in ("seq", "trigger", "at", "on_day", "account", "acting_for", "role")),
        *(events.c[name] for name in ("source", "target", "text_ids", "told")),
    )
    .where(
        events.c.case_id == bindparam("case_id"),
        or_(
            events.c.source.is_(None),
            events.c.source != events.c.target,
            events.c.trigger == "sign_plan",
            events.c.seq > bindparam("before"),
        ),
    )
    .order_by(events.c.seq)
)


def _events(work: Reading, case_id: str, seq: int) -> tuple[tuple[Moved, ...], tuple[Happened, ...], str | None]:
    """Return the changes of state in order, the last events, the newest first, and the id of the last plan's text."""
    before = seq - LAST_EVENTS
    rows = work.connection.execute(_EVENTS, {"case_id": case_id, "before": before}).all()
    moves = tuple(
        Moved(r.seq, r.trigger, r.on_day, State(r.source) if r.source else None, State(r.target))
        for r in rows
        if r.source != r.target
    )
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
        for r in reversed(rows)
        if r.seq > before
    )
    plans = [text_id for r in rows if r.trigger == "sign_plan" for text_id in r.text_ids]
    return moves, recent, plans[-1] if plans else None


_MESSAGES = (
    select(messages.c.state, func.count()).where(messages.c.case_id == bindparam("case_id")).group_by(messages.c.state)
)


def _messages(work: Reading, case_id: str) -> dict[MessageState, int]:
    rows = work.connection.execute(_MESSAGES, {"case_id": case_id})
    return {MessageState(state): number for state, number in rows}


_FILES = (
    select(evidence.c.label, func.count())
    .where(evidence.c.case_id == bindparam("case_id"), evidence.c.about_kind != bindparam("hidden"))
    .group_by(evidence.c.label)
    .order_by(evidence.c.label)
)


def _files(work: Reading, scope: Scope, case_id: str) -> dict[str, int]:
    """Count the files that were handed in by what they show; a helper never learns who objected."""
    hidden = OBJECTION if scope.role is Role.HELPER else ""
    rows = work.connection.execute(_FILES, {"case_id": case_id, "hidden": hidden})
    return {str(label): int(number) for label, number in rows}


_VACANCIES = select(vacancies.c.vacancy_id, vacancies.c.employer, vacancies.c.title).where(
    vacancies.c.vacancy_id.in_(bindparam("wanted", expanding=True))
)


def _vacancies(work: Reading, wanted: set[str]) -> dict[str, str]:
    """Return employer and title of vacancies by id; those the record does not know are left out."""
    if not wanted:
        return {}
    rows = work.connection.execute(_VACANCIES, {"wanted": sorted(wanted)})
    return {r.vacancy_id: f"{r.employer} {r.title}" for r in rows}


_TEXT = select(free_texts.c.sealed).where(
    free_texts.c.text_id == bindparam("text_id"), free_texts.c.case_id == bindparam("case_id")
)


def _text(work: Reading, case_id: str, text_id: str) -> str | None:
    sealed = work.connection.execute(_TEXT, {"text_id": text_id, "case_id": case_id}).scalar()
    return work.keys.open(sealed, f"free_texts.sealed:{text_id}").decode() if sealed else None
