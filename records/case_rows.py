"""How an event becomes rows: plain values for each table of the case file.  Pure; nothing here asks the database."""

import json
from typing import Any

from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.clocks import Clock
from casework.events import CaseEvent, NoticeDue
from casework.messages import MessageState, message_key
from casework.tasks import Task
from records.crypto import Keys

Row = dict[str, Any]

TOLD = {"why", "opened", "closed", "started", "stopped", "notices"}
"""The parts of an event that a timeline shows, kept apart so that reading it does not open every whole case."""


def event_row(event: CaseEvent, keys: Keys) -> Row:
    """Return the row of `events`; what happened to whom is sealed, what lists need is plain."""
    whole = event.model_dump_json().encode()
    parts = json.loads(whole)
    told = json.dumps({name: parts[name] for name in sorted(TOLD)}, ensure_ascii=False).encode()
    place = f"{event.case_id}/{event.seq}"
    return {
        "case_id": event.case_id,
        "seq": event.seq,
        "command_id": event.command_id,
        "trigger": event.trigger,
        "at": event.at,
        "on_day": event.on,
        "account": event.by.account,
        "acting_for": event.by.acting_for,
        "role": event.by.role.value,
        "source": event.source.value if event.source else None,
        "target": event.target.value,
        "about": event.about,
        "text_ids": list(event.text_ids),
        "clock_offset": event.clock_offset,
        "digest": keys.digest(whole),
        "told": keys.pack(told, f"events.told:{place}"),
        "whole": keys.pack(whole, f"events.whole:{place}"),
    }


def case_row(event: CaseEvent) -> Row:
    """Return the row of `cases` as it is after the event."""
    case = event.case
    promise = case.promise
    return {
        "case_id": case.case_id,
        "office": case.office,
        "pack_id": case.pack_id,
        "pack_version": case.pack_version,
        "state": case.state.value,
        "seq": event.seq,
        "last_command": event.command_id,
        "last_on": event.on,
        "helper": case.helper,
        "opened_on": case.opened_on,
        "certified_on": case.reviews.certified_on,
        "promise_due_on": promise.due_on if promise else None,
        "promise_overdue_on": promise.overdue_on if promise else None,
        "promise_met_on": promise.met_on if promise else None,
        "eliminated_on": case.eliminated_on,
        "exit_reason": case.exit.reason.value if case.exit else None,
        "exit_on": case.exit.on if case.exit else None,
        "members": len(case.household.members),
        "base_members": len(case.standing.base),
        "eligibility": case.standing.outcome,
        "objection_open": any(o.status is ObjectionStatus.OPEN for o in case.objections),
        "exit_proposed": case.exit_proposal is not None,
        "double_employment": case.double_employment,
        "clock_offset": case.clock_offset,
        "calendar_version": case.calendar_version,
        "calendar_issue": case.calendar_issue,
        "key_monitored": case.key_monitored,
        "exit_decided": case.exit_decided is not None,
        "special_hardship": case.hardship is not None,
        "applicant": case.household.applicant.member_id,
    }


def task_rows(case: Case) -> dict[str, Row]:
    """Return the rows of `tasks` that are open after the event, by their global id, as far as the case sets them."""
    return {row["task_id"]: row for row in (_task_row(case, task) for task in case.tasks)}


def _task_row(case: Case, task: Task) -> Row:
    return {
        "task_id": f"{case.case_id}/{task.task_id}",
        "case_id": case.case_id,
        "kind": task.kind,
        "role": task.role.value,
        "office": case.office,
        "about": task.about,
        "title": task.title,
        "opened_on": task.opened_on,
        "opened_seq": task.opened_seq,
        "due_on": task.due_on,
        "internal": task.internal,
        "overdue": task.overdue,
        "paused": task.paused,
        "version": 1,
    }


def clock_row(event: CaseEvent, clock: Clock) -> Row:
    """Return the row of a running clock; `next_ring` is the instant its next timer fires."""
    return {
        "case_id": event.case_id,
        "key": clock.key,
        "kind": clock.kind,
        "about": clock.about,
        "started_on": clock.started_on,
        "due_on": clock.due_on,
        "provisional": clock.provisional,
        "next_ring": None if clock.paused else min((ring.at for ring in clock.rings), default=None),
        "running": True,
        "changed_seq": event.seq,
    }


def message_row(event: CaseEvent, place: int, notice: NoticeDue, recipient: str, keys: Keys) -> Row:
    """Return the row of a planned message to one recipient (an account, a member or, if nobody is there, an area)."""
    key = message_key(event.case_id, event.seq, notice.name, recipient)
    return {
        "key": key,
        "case_id": event.case_id,
        "seq": event.seq,
        "place": place,
        "notice": notice.name,
        "role": notice.role.value if notice.role else None,
        "recipient": recipient,
        "words": keys.seal(json.dumps(dict(notice.words), ensure_ascii=False).encode(), f"messages.words:{key}"),
        "state": MessageState.PLANNED.value,
        "planned_at": notice.not_before,
        "not_before": notice.not_before,
        "attempts": 0,
        "late": False,
    }
