"""The bare workflow (空流程) that the benchmark compares with: updates, timers and empty activities, and nothing else.

It waits on the same deadlines and answers the same number of updates as the standard life, each with one empty local
activity where a case writes its record and one empty activity where a case sends notices.  Its worker has the settings
of `worker.py`, the plain data converter and a task queue of its own, and runs as a child of the measured stack.
"""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import uvloop
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import PollerBehaviorAutoscaling, UnsandboxedWorkflowRunner, Worker

from operations.liveness import announce
from operations.settings import Settings, load_settings
from worker import CACHED_CASES, HANDS

QUEUE = "bench-bare"
_WITHIN = timedelta(seconds=30)


@dataclass
class BarePlan:
    """Seconds after the start at which a timer rings, each with whether an activity follows; and how many updates."""

    rings: list[tuple[float, bool]]
    updates: int


@activity.defn
def write_nothing() -> None:
    """Stand where a case writes its record."""


@activity.defn
def send_nothing() -> None:
    """Stand where a case sends its notices."""


@workflow.defn(name="BareLife")
class BareLife:
    """A life without a household."""

    @workflow.init
    def __init__(self, plan: BarePlan) -> None:
        self._left = plan.updates
        self._sending: set[asyncio.Task[None]] = set()

    @workflow.run
    async def run(self, plan: BarePlan) -> None:
        """Ring every timer, take every update, and end."""
        began = workflow.now()
        for seconds, sends in plan.rings:
            wait = began + timedelta(seconds=seconds) - workflow.now()
            if wait > timedelta():
                await workflow.sleep(wait)
            await workflow.execute_local_activity(write_nothing, start_to_close_timeout=_WITHIN)
            self._send(sends)
        await workflow.wait_condition(
            lambda: self._left == 0 and not self._sending and workflow.all_handlers_finished()
        )

    @workflow.update
    async def step(self, sends: bool) -> int:
        """Take one update; answer after the empty local activity."""
        await workflow.execute_local_activity(write_nothing, start_to_close_timeout=_WITHIN)
        self._left -= 1
        self._send(sends)
        return self._left

    @workflow.update
    async def touch(self) -> int:
        """Answer at once: the barest update there is."""
        return self._left

    def _send(self, sends: bool) -> None:
        if not sends:
            return
        sending = asyncio.create_task(self._have_sent())
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    async def _have_sent(self) -> None:
        await workflow.execute_activity(send_nothing, start_to_close_timeout=_WITHIN)


async def work(settings: Settings) -> None:
    """Work until SIGTERM."""
    client = await Client.connect(settings.engine_address, namespace=settings.temporal_namespace)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[BareLife],
        activities=[write_nothing, send_nothing],
        activity_executor=ThreadPoolExecutor(HANDS),
        max_concurrent_activities=HANDS,
        workflow_runner=UnsandboxedWorkflowRunner(),
        max_cached_workflows=CACHED_CASES,
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
    )
    async with worker:
        telling = asyncio.create_task(announce())
        await stopping.wait()
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling


if __name__ == "__main__":
    uvloop.run(work(load_settings()))
