"""The timeline (经过) of a case: every event with its why, the messages it caused, and the clocks that run."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from casework.clocks import Clock
from casework.events import ClosedTask, NoticeDue, StoppedClock
from casework.explanation import Why
from casework.messages import MessageState
from casework.states import Actor, Role, State
from casework.tasks import Task
from records.case_files import full_case, get
from records.engine import Reading
from records.scope import Scope
from records.tables import events, messages


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event without the case after it."""

    case_id: str
    seq: int
    trigger: str
    at: datetime
    on: date
    by: Actor
    command_id: str
    clock_offset: int
    source: State | None
    target: State
    why: Why
    about: str | None
    text_ids: tuple[str, ...]
    opened: tuple[Task, ...]
    closed: tuple[ClosedTask, ...]
    started: tuple[Clock, ...]
    stopped: tuple[StoppedClock, ...]
    notices: tuple[NoticeDue, ...]


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as staff see it: to whom by id, how far it is; no phone and no text."""

    seq: int
    notice: str
    role: Role | None
    recipient: str
    state: MessageState
    planned_at: datetime
    settled_at: datetime | None
    late: bool
    code: str | None
    gateway: str | None = None
    instead_of: str | None = None


def timeline(work: Reading, scope: Scope, case_id: str) -> tuple[TimelineEvent, ...] | None:
    """Return the events of a case in order, or None outside the scope."""
    if get(work, scope, case_id) is None:
        return None
    return events_of(work, case_id)


def events_of(work: Reading, case_id: str) -> tuple[TimelineEvent, ...]:
    """Return the events of a case in order.  For operators and those who know the caller's case, no scope."""
    rows = work.connection.execute(select(events).where(events.c.case_id == case_id).order_by(events.c.seq))
    return tuple(_event(work, row) for row in rows)


def running_clocks(work: Reading, scope: Scope, case_id: str) -> tuple[Clock, ...] | None:
    """Return the clocks that run, the earliest due first, or None outside the scope."""
    case = full_case(work, scope, case_id)
    return None if case is None else tuple(sorted(case.clocks, key=lambda clock: (clock.due_on, clock.key)))


def messages_of(work: Reading, scope: Scope, case_id: str) -> tuple[MessageLine, ...] | None:
    """Return the messages of a case in order, or None outside the scope."""
    if get(work, scope, case_id) is None:
        return None
    rows = work.connection.execute(
        select(messages).where(messages.c.case_id == case_id).order_by(messages.c.seq, messages.c.place, messages.c.key)
    )
    return tuple(
        MessageLine(
            seq=row.seq,
            notice=row.notice,
            role=Role(row.role) if row.role else None,
            recipient=row.recipient,
            state=MessageState(row.state),
            planned_at=row.planned_at,
            settled_at=row.settled_at,
            late=row.late,
            code=row.code,
            gateway=row.gateway,
            instead_of=row.instead_of,
        )
        for row in rows
    )


def _event(work: Reading, row: Row[Any]) -> TimelineEvent:
    told = json.loads(work.keys.unpack(row.told, f"events.told:{row.case_id}/{row.seq}"))
    return TimelineEvent(
        case_id=row.case_id,
        seq=row.seq,
        trigger=row.trigger,
        at=row.at,
        on=row.on_day,
        by=Actor(account=row.account, role=Role(row.role), acting_for=row.acting_for),
        command_id=row.command_id,
        clock_offset=row.clock_offset,
        source=State(row.source) if row.source else None,
        target=State(row.target),
        why=Why.model_validate(told["why"]),
        about=row.about,
        text_ids=tuple(row.text_ids),
        opened=tuple(Task.model_validate(task) for task in told["opened"]),
        closed=tuple(ClosedTask.model_validate(task) for task in told["closed"]),
        started=tuple(Clock.model_validate(clock) for clock in told["started"]),
        stopped=tuple(StoppedClock.model_validate(clock) for clock in told["stopped"]),
        notices=tuple(NoticeDue.model_validate(notice) for notice in told["notices"]),
    )
