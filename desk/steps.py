"""Taking a step (办理一步): the one path by which every act of a person reaches a case.

Seen before? → free texts to the record → the command to the case → the event from the record.  What the rules refuse
leaves nothing behind, not even its key.  What may be done is decided in `casework`; nothing here knows a rule.
"""

import asyncio
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from casework.commands import COMMANDS, Command
from casework.commands.request import Offline
from casework.errors import CaseworkError, Conflict, Defect, NotYourStep, SaidNo, StepNotInTable
from casework.events import Receipt, receipt
from casework.machine import require_in_table
from casework.states import Actor, State
from desk.acting import actor_of
from desk.bodies import Body, text_fields
from desk.calendar_runs import bring_one
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk, off_loop
from desk.errors import or_not_found
from desk.filled_steps import FILLS, Filling, filled, taken_back
from desk.referral_places import REFERRING, take_place
from desk.step_checks import check_helper, check_objections_read, check_role, check_task
from records import case_files, worklists
from records.engine import Reading, Writing
from records.public_objections import unread_objections
from records.requests import key_used_for_another, remember
from records.seen_requests import forget_request, seen_request
from records.texts import keep_text

PATIENCE, PAUSE = 20, 0.05
"""How often, and after how many seconds, the loser of a race looks again for the winner's event."""

NOTHING_HAPPENED = (StepNotInTable, NotYourStep, SaidNo, Conflict, Defect)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to take a step."""

    caller: Caller
    case_id: str
    trigger: str
    body: Body
    key: str
    task_id: str | None
    now: datetime
    by: Actor
    offline: Offline | None = None

    @property
    def command_id(self) -> str:
        """The engine's and the record's name of this request: keys of different people never meet."""
        return f"{self.caller.account}:{self.key}"

    def hashed(self, work: Reading) -> str:
        """Return the keyed digest by which the same key with another body is known."""
        whole = [self.trigger, self.case_id, self.task_id, self.body.model_dump(mode="json")]
        return work.keys.digest(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode())


async def take_step(
    desk: Desk,
    caller: Caller,
    case_id: str,
    trigger: str,
    body: Body,
    key: str,
    *,
    task_id: str | None = None,
    offline: Offline | None = None,
    now: datetime,
) -> Receipt:
    """Take a step and return its receipt; the same key again returns the same receipt.

    Raises `NotFound` outside the caller's scope, the rules' own no, `Conflict` (`idempotency_key_reused`,
    `task_closed`, `task_claimed`), `EngineUnavailable`, `RecordUnavailable` or `AcceptedNotRecorded`.
    """
    asked = Asked(caller, case_id, trigger, body, key, task_id, now, caller.actor, offline)
    async with desk.turn(asked.command_id):
        if (done := await off_loop(_look, desk, asked)) is not None:
            return done
        await desk.require_engine()
        asked = await off_loop(_acting, desk, asked)
        command, texts = await off_loop(_prepare, desk, asked)
        try:
            await _ask(desk, asked, command)
        except NOTHING_HAPPENED as no:
            if (done := await off_loop(_recorded, desk, asked)) is not None:
                return done
            said: CaseworkError = await off_loop(_after_no, desk, asked, no, texts)
            raise (await _who_was_first(desk, asked, said)) from None
        except EngineUnavailable:
            desk.engine_failed()
            raise
        except RuntimeError:
            desk.engine_failed()
            raise EngineUnavailable from None
        done = await off_loop(_recorded, desk, asked)
        if done is None:
            raise AcceptedNotRecorded
        if trigger == "transfer_case":  # the new area may have days off of its own
            await bring_one(desk.record, desk.cases, case_id, now)
        return done


async def _ask(desk: Desk, asked: Asked, command: Command) -> None:
    """Put the command to the case; a no of a case that knew less than the record is asked once more."""
    try:
        await desk.cases.take(asked.case_id, command)
    except NOTHING_HAPPENED as no:
        if no.code == "case_not_running":
            raise
        seq = await off_loop(_last_seq, desk, asked)
        if seq is None or not await desk.cases.catch_up(asked.case_id, seq):
            raise
        await desk.cases.take(asked.case_id, command)


def _last_seq(desk: Desk, asked: Asked) -> int | None:
    with desk.record.read() as work:
        row = case_files.get(work, asked.caller.scope, asked.case_id)
    return row.seq if row else None


def _look(desk: Desk, asked: Asked) -> Receipt | None:
    """Check what the record alone can tell; return the receipt when this very request is on record already."""
    with desk.record.read() as work:
        seen = seen_request(work, account=asked.caller.account, key=asked.key, request_hash=asked.hashed(work))
        event = case_files.event_by_command(work, asked.case_id, asked.command_id) if seen.what == "same" else None
        if event is not None:  # its own act: by it the case may have gone out of its sight
            return receipt(event)
        row = or_not_found(case_files.get(work, asked.caller.scope, asked.case_id))
        if seen.what == "different":
            raise key_used_for_another()
        check_role(asked.caller, asked.trigger)
        if asked.task_id is not None:
            check_task(work, asked.caller, asked.case_id, asked.task_id)
        if row.state is State.EXITED:
            require_in_table(asked.trigger, row.state)
        check_objections_read(unread_objections(work, asked.case_id), asked.trigger)
        if asked.trigger == "assign_helper":
            check_helper(work, str(getattr(asked.body, "helper", "")), row.office)
        return None


def _acting(desk: Desk, asked: Asked) -> Asked:
    """Say in whose stead the caller acts."""
    scope = asked.caller.scope
    with desk.record.read() as work:
        row = or_not_found(case_files.get(work, scope, asked.case_id))
        task = worklists.task(work, scope, f"{asked.case_id}/{asked.task_id}") if asked.task_id else None
    by = actor_of(asked.caller, row.helper, task.claimed_by if task else None, row.clock)
    if asked.offline is not None and asked.offline.account != by.account:
        by = by.model_copy(update={"noted_by": asked.offline.account})
    return replace(asked, by=by)


def _prepare(desk: Desk, asked: Asked) -> tuple[Command, tuple[str, ...]]:
    """Remember the request and put its free texts on record, in one short transaction; return the command."""
    values: dict[str, Any] = asked.body.model_dump()
    texts = []
    with desk.record.write() as work:
        seen = remember(
            work,
            account=asked.caller.account,
            key=asked.key,
            request_hash=asked.hashed(work),
            now=asked.now,
            case_id=asked.case_id,
        )
        if seen.what == "different":
            raise key_used_for_another()
        if asked.trigger in REFERRING:
            take_place(work, asked.command_id, values, asked.now)
        for field in text_fields(asked.trigger):
            if values[field] is not None:
                values[field] = _keep(work, asked, field, values[field])
                texts.append(values[field])
        event = case_files.last_event(work, asked.case_id) if asked.trigger in FILLS else None
        if event is not None:
            values = filled(work, asked.trigger, Filling(asked.caller, event.case, asked.body, asked.now), values)
    values |= {"command_id": asked.command_id, "by": asked.by, "task_id": asked.task_id, "offline": asked.offline}
    return COMMANDS[asked.trigger].model_validate(values), tuple(texts)


def _keep(work: Writing, asked: Asked, field: str, text: str) -> str:
    return keep_text(
        work,
        case_id=asked.case_id,
        account=asked.caller.account,
        command_id=asked.command_id,
        field=field,
        text=text,
        now=asked.now,
    )


def _recorded(desk: Desk, asked: Asked) -> Receipt | None:
    with desk.record.read() as work:
        event = case_files.event_by_command(work, asked.case_id, asked.command_id)
    return receipt(event) if event else None


def _after_no(desk: Desk, asked: Asked, no: CaseworkError, texts: tuple[str, ...]) -> CaseworkError:
    """Forget the refused request; return the no, in the table's words when the case has ended."""
    with desk.record.read() as work:
        row = case_files.get(work, asked.caller.scope, asked.case_id)
    if no.code == "case_not_running" and (row is None or row.state is not State.EXITED):
        desk.engine_failed()
        return EngineUnavailable()
    with desk.record.write() as work:
        event = case_files.last_event(work, asked.case_id) if asked.trigger in FILLS else None
        if event is not None:
            taken_back(work, asked.trigger, event.case, asked.body)
        forget_request(
            work,
            account=asked.caller.account,
            key=asked.key,
            case_id=asked.case_id,
            command_id=asked.command_id,
            text_ids=texts,
        )
    if no.code == "case_not_running":
        try:
            require_in_table(asked.trigger, State.EXITED)
        except StepNotInTable as exited:
            return exited
    return no


async def _who_was_first(desk: Desk, asked: Asked, no: CaseworkError) -> CaseworkError:
    """Return the no that tells who ended the task; the winner's event may take a moment to reach the record."""
    if asked.task_id is None or not (no.code == "task_closed" or isinstance(no, StepNotInTable)):
        return no
    for _ in range(PATIENCE):
        task = await off_loop(_task, desk, asked)
        if task is not None and task.closed_seq is not None:
            return worklists.task_closed(task)
        await asyncio.sleep(PAUSE)
    return no


def _task(desk: Desk, asked: Asked) -> worklists.TaskRow | None:
    with desk.record.read() as work:
        return worklists.task(work, asked.caller.scope, f"{asked.case_id}/{asked.task_id}")
