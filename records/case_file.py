"""The one writer of the case file (卷宗): an event becomes rows in one transaction, once per (case, seq).

Called by the record lane for every accepted step, so it makes few round trips.  Everything else that is written
(people, texts, claims, message states, sessions) has its own small file.  Reading is in `case_files.py`.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from casework.events import CaseEvent
from casework.states import State
from records.board import post_notice
from records.case_rows import Row, case_row, clock_row, event_row, task_rows
from records.engine import Writing
from records.errors import EventOutOfOrder, RegistrationExpired
from records.joining import follow_household
from records.ledger import keep_ledger
from records.member_jobs import follow_jobs
from records.movements import keep_movements
from records.moving import follow_office
from records.notice_rows import write_notices
from records.people import expired
from records.placements import keep_outcomes
from records.promises import keep_promises
from records.referrals import keep_referrals
from records.tables import cases, clocks, events, tasks
from records.tables_people import reservations
from records.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Written:
    """`first` is False when the event was on record already; `identical` says whether it was the very same."""

    first: bool
    identical: bool = True


def write_event(work: Writing, event: CaseEvent) -> Written:
    """Write an event with all that follows from it; a repeat changes nothing.

    Raises `EventOutOfOrder` (`event_gap`, `event_number_taken`, `command_recorded`) or `RegistrationExpired`: leave the
    unit of work by it.
    """
    row = event_row(event, work.keys)
    added = work.connection.execute(
        insert_into(work.connection, events).on_conflict_do_nothing().returning(events.c.seq), row
    ).first()
    if added is None:
        return _repeated(work, row)
    _write_case(work, event)
    keep_promises(work, event)
    follow_jobs(work, event)
    keep_ledger(work, event)
    keep_movements(work, event)
    keep_referrals(work, event)
    keep_outcomes(work, event)
    _write_tasks(work, event)
    follow_office(work, event)
    _write_clocks(work, event)
    if event.notices:
        write_notices(work, event)
    if State.IN_PUBLICITY in (event.source, event.target):
        post_notice(work, event)
    _write_reservations(work, event)
    return Written(first=True)


def _repeated(work: Writing, row: Row) -> Written:
    """Say what is on record under this number or command; the first one written stands.

    A digest may differ after a release that added a field; the command and the number decide that it is the same.
    """
    there = work.connection.execute(
        select(events.c.seq, events.c.command_id, events.c.digest)
        .where(events.c.case_id == row["case_id"])
        .where((events.c.seq == row["seq"]) | (events.c.command_id == row["command_id"]))
    ).all()
    if any(e.seq == row["seq"] and e.command_id == row["command_id"] for e in there):
        return Written(first=False, identical=there[0].digest == row["digest"])
    if any(e.command_id == row["command_id"] for e in there):
        raise EventOutOfOrder("command_recorded", f"个案 {row['case_id']} 的这一请求已记为另一序号的事件。")
    raise EventOutOfOrder("event_number_taken", f"个案 {row['case_id']} 的第 {row['seq']} 号事件已由另一请求占用。")


_UPDATE_CASE = update(cases).where(cases.c.case_id == bindparam("this_case"), cases.c.seq == bindparam("last_seq"))


def _write_case(work: Writing, event: CaseEvent) -> None:
    """Write the case row; its `seq` is the version, so a writer who missed an event changes nothing."""
    row = case_row(event)
    if event.seq == 1:
        work.connection.execute(insert(cases), row)
        return
    at = {"this_case": event.case_id, "last_seq": event.seq - 1}
    if work.connection.execute(_UPDATE_CASE, row | at).rowcount != 1:
        raise EventOutOfOrder("event_gap", f"个案 {event.case_id} 的第 {event.seq} 号事件之前还有事件没有记录。")


_MOVES = ("office", "due_on", "overdue", "paused")
"""What may change of a task while it is open."""

_OPEN_TASKS = select(tasks.c.task_id, *(tasks.c[name] for name in _MOVES)).where(
    tasks.c.case_id == bindparam("case_id"), tasks.c.closed_seq.is_(None)
)
_MOVE_TASK = (
    update(tasks)
    .where(tasks.c.task_id == bindparam("this_task"))
    .values(version=tasks.c.version + 1, **{c: bindparam(c) for c in _MOVES})
)
_CLOSE_TASK = (
    update(tasks)
    .where(tasks.c.task_id == bindparam("this_task"))
    .values(
        version=tasks.c.version + 1,
        **{c: bindparam(c) for c in ("closed_seq", "closed_at", "closed_by", "closed_for", "done")},
    )
)


def _write_tasks(work: Writing, event: CaseEvent) -> None:
    """Bring the open tasks to what the case says: new ones in, overdue or moved ones changed, ended ones closed."""
    wanted = task_rows(event.case)
    there = {}
    if event.seq > 1:
        there = {t.task_id: t for t in work.connection.execute(_OPEN_TASKS, {"case_id": event.case_id})}
    new = [row for task_id, row in wanted.items() if task_id not in there]
    moved = [
        {"this_task": task_id, **{name: row[name] for name in _MOVES}}
        for task_id, row in wanted.items()
        if task_id in there and tuple(row[name] for name in _MOVES) != tuple(there[task_id])[1:]
    ]
    done = {f"{event.case_id}/{closed.task_id}": closed.done for closed in event.closed}
    by = {
        "closed_seq": event.seq,
        "closed_at": event.at,
        "closed_by": event.by.account,
        "closed_for": event.by.acting_for,
    }
    ended = [
        {"this_task": task_id, "done": done.get(task_id, False), **by} for task_id in there if task_id not in wanted
    ]
    for statement, rows in ((insert(tasks), new), (_MOVE_TASK, moved), (_CLOSE_TASK, ended)):
        if rows:
            work.connection.execute(statement, rows)


_CLOCKS = select(clocks).where(clocks.c.case_id == bindparam("case_id"))
_SET_CLOCK = update(clocks).where(clocks.c.case_id == bindparam("this_case"), clocks.c.key == bindparam("this_key"))
_STOP_CLOCK = _SET_CLOCK.values(
    running=False, next_ring=None, changed_seq=bindparam("now_seq")
)  # the due day stays, as the history of the clock


def _write_clocks(work: Writing, event: CaseEvent) -> None:
    """Bring the running clocks to what the case says."""
    wanted = {clock.key: clock_row(event, clock) for clock in event.case.clocks}
    there = {}
    if event.seq > 1:
        there = {c.key: c for c in work.connection.execute(_CLOCKS, {"case_id": event.case_id})}
    compared = ("due_on", "provisional", "next_ring", "running", "started_on")
    new = [row for key, row in wanted.items() if key not in there]
    changed = [
        row | {"this_case": event.case_id, "this_key": key}
        for key, row in wanted.items()
        if key in there and any(row[c] != getattr(there[key], c) for c in compared)
    ]
    stopped = [
        {"this_case": event.case_id, "this_key": key, "now_seq": event.seq}
        for key, row in there.items()
        if row.running and key not in wanted
    ]
    for statement, rows in ((insert(clocks), new), (_SET_CLOCK, changed), (_STOP_CLOCK, stopped)):
        if rows:
            work.connection.execute(statement, rows)


def _write_reservations(work: Writing, event: CaseEvent) -> None:
    """Keep the household's people reserved from the first event to the exit."""
    mine = reservations.c.case_id == event.case_id
    if event.seq == 1:
        work.connection.execute(update(reservations).where(mine).values(expires_at=None))
        if expired(work, event.case_id):  # asked after the update: nobody can free them any more
            raise RegistrationExpired(event.case_id)
    follow_household(work, event)
    if event.target is State.EXITED and event.source is not State.EXITED:
        work.connection.execute(delete(reservations).where(mine))
