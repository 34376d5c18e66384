"""`wanjia rebuild`: start the workflow of every open case again from the record (恢复办理引擎).

The engine's store is disposable: an event on record carries the case after it.  A case that is running already is only
asked to compare itself with the record, so the command may be repeated, and run after any restore of either store.
After a release that changed the rules `--afresh` ends those as well and starts them from the record: what the engine
keeps of them was written by the old rules, cannot be replayed by the new ones, and would stand still for ever.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.signatures import NoticeWork
from casework.events import CaseEvent
from operations.settings import load_settings
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records.calendars import calendar_of, keep_used, newest_for
from records.case_files import last_event, open_case_ids
from records.crypto import load_keys
from records.engine import Record
from records.outbox import undelivered
from records.policies import keep_policy, policy_of
from workflows.chapter import TASK_QUEUE, Chapter, workflow_id
from workflows.household_case import HouseholdCaseWorkflow
from workflows.payload_codec import data_converter


def chapter_from(
    event: CaseEvent, seqs: tuple[int, ...], now: datetime, policy: Policy, calendar: WorkCalendar
) -> Chapter:
    """Return the chapter that goes on after a recorded event; `seqs` are the events with messages still open.

    `policy` and `calendar` are the case's own; what a later order should have moved is moved by repeating that order
    (`wanjia pack adopt`, `wanjia calendar resume`).
    In a drill the virtual clock went with the engine's store; the offset grows so that time does not run backwards.
    """
    offset = event.clock_offset
    if offset:
        offset = max(offset, round((event.at - now) / timedelta(seconds=1)) + 1)
    case = event.case.model_copy(update={"clock_offset": offset})
    return Chapter(
        policy=policy,
        calendar=calendar,
        case=case,
        clock_offset=offset,
        notices=tuple(NoticeWork(case_id=case.case_id, seq=seq, not_before=event.at) for seq in seqs),
    )


async def rebuild(client: Client, record: Record, console: Console, *, afresh: bool = False) -> tuple[int, int]:
    """Start what does not run, or (`afresh`) every case; return how many were started and how many ran already."""
    running = WorkflowIDConflictPolicy.TERMINATE_EXISTING if afresh else WorkflowIDConflictPolicy.FAIL
    with record.read() as work:
        case_ids = list(open_case_ids(work))
    started = 0
    for case_id in track(case_ids, description="恢复个案", console=console):
        with record.read() as work:
            event = last_event(work, case_id)
            seqs = undelivered(work, case_id)
            assert event is not None
            policy = policy_of(work, event.case)
            calendar = calendar_of(work, event.case) or newest_for(work, event.case.office)
        with record.write() as work:  # cases of an earlier release never put theirs on record
            keep_policy(work, policy, event.at)
            keep_used(work, calendar, event.at)
        try:
            await client.start_workflow(
                HouseholdCaseWorkflow.run,
                chapter_from(event, seqs, datetime.now(UTC), policy, calendar),
                id=workflow_id(case_id),
                task_queue=TASK_QUEUE,
                id_conflict_policy=running,
            )
        except WorkflowAlreadyStartedError:
            await client.get_workflow_handle(workflow_id(case_id)).signal("look_at_record")
            continue
        started += 1
    return started, len(case_ids) - started


def rebuild_engine(
    *, afresh: Annotated[bool, typer.Option("--afresh", help="连同正在运行的一起重新启动；升级后执行一次。")] = False
) -> int:
    """按记录重新启动所有未结束个案的办理流程；已在运行的不受影响，可重复执行。"""
    settings = load_settings()
    console = Console(stderr=True)
    keys = load_keys(settings.key_path)
    record = Record(settings.record_url, keys)

    async def connected() -> tuple[int, int]:
        client = await Client.connect(
            settings.engine_address,
            namespace=settings.temporal_namespace,
            data_converter=data_converter(keys.engine_key),
        )
        return await rebuild(client, record, console, afresh=afresh)

    started, running = asyncio.run(connected())
    record.close()
    typer.echo(f"已恢复 {started} 户，原已在运行 {running} 户。")
    return 0
