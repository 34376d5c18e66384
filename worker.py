"""The worker: wires the services into activities and works on household cases until SIGTERM.

Nothing is decided here.  Workflows are `workflows/`, their hands are `activities/`, the settings are `operations/`.
"""

import asyncio
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import PollerBehaviorAutoscaling, UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.daily_round import DailyRoundActivities, Job
from activities.notices import NoticeActivities
from activities.record import RecordActivities
from desk.daily_jobs import DAILY_JOBS
from notifications.catalog import notice_named
from notifications.gateways.failover import Gateways
from notifications.gateways.port import SmsGateway
from notifications.outbox import NotificationService
from operations.daily_schedule import see_to_schedule
from operations.liveness import announce
from operations.settings import Settings, load_settings
from operations.sms_gateways import gateways_of
from records.crypto import load_keys
from records.engine import Record
from records.last_changed import last_changed
from records.outbox import RecordOutbox
from workflows.chapter import TASK_QUEUE, workflow_id
from workflows.daily_round import DailyRoundWorkflow
from workflows.household_case import HouseholdCaseWorkflow
from workflows.payload_codec import data_converter

PURE_ROOMS = ("policies", "casework", "workflows", "activities.signatures", "pydantic", "pydantic_core", "transitions")
"""Passed through the sandbox: they hold no mutable state, and importing them anew for each case is slow."""

HANDS = 16
"""Threads for the gateway's calls, which wait, and as many for the record's quick writes, which must not wait."""

GONE_AFTER = timedelta(seconds=4)
"""How long a case waits for the worker that remembers it before another one takes it up; less than a caller waits."""

LOOK_BACK = 100
"""How many of the cases that changed last a starting worker compares with the record; fewer were in hand at once."""

CACHED_CASES = 2000
"""Cases kept in memory between steps; without a cache every step replays its chapter."""


def sandboxed() -> WorkflowRunner:
    """Return the runner that catches what a workflow must not do (clock, random, I/O)."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PURE_ROOMS)
    return SandboxedWorkflowRunner(restrictions=restrictions)


def make_worker(
    client: Client,
    record: Record,
    gateway: Gateways | SmsGateway,
    *,
    drill: bool,
    sign: str = "万家灯火",
    runner: WorkflowRunner | None = None,
    task_queue: str = TASK_QUEUE,
    jobs: Mapping[str, Job] = DAILY_JOBS,
) -> Worker:
    """Return a worker of these services; the caller runs it and closes what it gave."""
    outbox = RecordOutbox(
        record, lambda name: notice_named(name).looked_up_words, lambda name: notice_named(name).title, sign=sign
    )
    hands = RecordActivities(record, drill=drill)
    gateways = gateway if isinstance(gateway, Gateways) else Gateways([("", gateway)])
    daily = DailyRoundActivities(record, jobs)
    notices = NoticeActivities(lambda quiet: NotificationService(outbox, gateways, quiet_hours=quiet))
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[HouseholdCaseWorkflow, DailyRoundWorkflow],
        activities=[hands.record_event, hands.look_at_record, notices.deliver_notices, daily.run_daily_jobs],
        activity_executor=ThreadPoolExecutor(2 * HANDS, thread_name_prefix="hands"),
        max_concurrent_activities=HANDS,
        max_concurrent_local_activities=HANDS,
        workflow_runner=runner or UnsandboxedWorkflowRunner(),
        max_cached_workflows=CACHED_CASES,
        sticky_queue_schedule_to_start_timeout=GONE_AFTER,
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


async def compare_with_record(client: Client, record: Record) -> None:
    """Have the cases that changed last compare themselves with the record.

    A worker that was killed may have written an event of which the engine never heard; whoever asked for it may have
    given up.  Without this the case would go on without the clocks of that event.
    """
    with record.read() as reading:
        case_ids = last_changed(reading, LOOK_BACK)
    for case_id in case_ids:
        with suppress(RPCError):
            await client.get_workflow_handle(workflow_id(case_id)).signal(HouseholdCaseWorkflow.look_at_record)


async def work(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; finish what is in hand."""
    keys = load_keys(settings.key_path)
    record = Record(settings.record_url, keys)
    client = await Client.connect(
        settings.engine_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(keys.engine_key),
    )
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    gateways = gateways_of(settings)
    worker = make_worker(client, record, gateways, drill=settings.wanjia_drill, sign=settings.wanjia_sms_sign)
    async with worker:
        await compare_with_record(client, record)
        beside = [asyncio.create_task(work) for work in (announce(), see_to_schedule(client))]
        await stopping.wait()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    record.close()
    gateways.close()


def main() -> None:
    """Run a worker with the settings of the environment."""
    import uvloop

    uvloop.run(work(load_settings()))


if __name__ == "__main__":
    main()
