"""The real engine for tests: one Temporal dev server a session, a worker and a record of its own for each test file.

Time is moved per case by `EngineStack.until`, through `operations/drill_clock.py`.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import _workflow

from casework.case import Case, Taken
from casework.commands import COMMANDS
from casework.commands.review import Apply
from casework.events import CaseEvent
from casework.household import Household
from casework.states import Actor
from casework.times import local_date
from desk.case_client import CaseClient
from notifications.gateways.file import FileGateway
from notifications.gateways.port import SmsGateway
from operations.drill_clock import DrillClock
from operations.ports import free_ports
from operations.temporal_server import OPTIONS
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.case_files import event_at, last_event
from records.crypto import Keys
from records.engine import Record
from records.migrations import upgrade
from worker import make_worker, sandboxed
from workflows.chapter import Chapter, workflow_id
from workflows.household_case import HouseholdCaseWorkflow
from workflows.payload_codec import data_converter

KEYS = Keys(bytes(range(32)))
SLOW_MACHINE = 25.0
"""Seconds: a task handed to a worker that is just gone comes back after the engine's 10; people are told to repeat."""
READY_WITHIN = 90.0
"""Seconds for a server to start."""
SETTLED_WITHIN = 60.0
"""Seconds for what a case decided to be on record."""
_NUMBERS = count(1)

# A workflow that has its turn late on a busy machine is taken for a dead-locked one after 2 seconds; an exception is
# thrown into its thread; it comes up in whatever that thread just collects, as a failure of any test.
_workflow._WorkflowWorker._deadlock_timeout_seconds = property(lambda _: 60.0, lambda _, __: None)  # type: ignore[assignment]


def start_server(folder: Path) -> Iterator[str]:
    """Run a Temporal dev server and yield its address."""
    for tries_left in (2, 1, 0):
        port, ui = free_ports(2)
        try:
            process = launch_server(folder, port, ui)
            break
        except TimeoutError:  # it asks the system for more ports, and another program may be quicker to take one
            if not tries_left:
                raise
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def launch_server(folder: Path, port: int, ui: int) -> "subprocess.Popen[bytes]":
    """Start a Temporal dev server whose database lies in `folder`, and return it once it serves."""
    program = Path(sys.executable).with_name("temporal")
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *(str(program), "server", "start-dev", "--headless", "--ip", "127.0.0.1"),
                *("--port", str(port), "--ui-port", str(ui), "--db-filename", str(folder / "temporal.db")),
                *(option for option in OPTIONS if option != "--ui-disable-news-fetch"),
            ],
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_serving(f"127.0.0.1:{port}", process)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process


def _wait_until_serving(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Return when the server answers; a machine with much to do takes its time, a server that ended never will."""
    program = str(Path(sys.executable).with_name("temporal"))
    asked = [program, "operator", "namespace", "describe", "default", "--address", address]
    tries_end = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < tries_end:
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.2)
    raise TimeoutError(f"the Temporal server did not get ready: {process.poll()}, see server.log in its folder")


@dataclass
class EngineStack:
    """Client, record, inbox and drill clock of one running worker."""

    client: Client
    record: Record
    home: Path
    cases: CaseClient
    clock: DrillClock

    async def take(self, case_id: str, trigger: str, by: Actor, key: str | None = None, **facts: object) -> Taken:
        """Send one step of a person to the real workflow."""
        command = COMMANDS[trigger].model_validate({"command_id": key or uuid4().hex, "by": by, **facts})
        return await self.cases.take(case_id, command)

    async def until(self, case_id: str, instant: datetime) -> None:
        """Let the case's clock run to an instant of business time."""
        await self.clock.until(case_id, instant, self.case(case_id).clock_offset)

    async def settled(self, case_id: str) -> None:
        """Return when everything the workflow has decided is on record."""
        handle = self.client.get_workflow_handle(workflow_id(case_id))
        tries_end = time.monotonic() + SETTLED_WITHIN
        while time.monotonic() < tries_end:
            with suppress(RPCError):  # a worker that is late is not asked; its turn comes again
                if await handle.query(HouseholdCaseWorkflow.seq) == self.case(case_id).seq:
                    return
            await asyncio.sleep(0.02)
        raise TimeoutError(f"{case_id} is not on record")

    async def open(
        self, office: str, household: Household, start: datetime, by: Actor, pack: str = "jilin-2021"
    ) -> str:
        """Open a case whose business time begins at `start`; return its id."""
        opening = Apply(
            command_id=uuid4().hex,
            by=by,
            case_id=f"{office}-2026-{next(_NUMBERS):05d}",
            office=office,
            applied_on=local_date(start),
            household=household,
        )
        await self.begin(opening, start, pack)
        return opening.case_id

    async def begin(self, opening: Apply, start: datetime, pack: str) -> Taken:
        """Send an application whose business time begins at `start`."""
        chapter = Chapter(
            policy=load_pack(pack), calendar=load_calendar(), opening=opening, clock_offset=offset_for(start)
        )
        return await self.cases.open(chapter)

    def events(self, case_id: str) -> list[CaseEvent]:
        """Return all events of a case in order."""
        last = self.case(case_id).seq
        with self.record.read() as work:
            found = [event_at(work, case_id, seq) for seq in range(1, last + 1)]
        return [event for event in found if event is not None]

    def case(self, case_id: str) -> Case:
        """Return the case as the record has it."""
        with self.record.read() as work:
            event = last_event(work, case_id)
        assert event is not None
        return event.case


@asynccontextmanager
async def running(
    address: str,
    folder: Path,
    *,
    sandbox: bool = True,
    drill: bool = True,
    gateway: SmsGateway | None = None,
    record: Record | None = None,
) -> AsyncIterator[EngineStack]:
    """Run a worker of its own services against the server; again on the same folder, it goes on where it was."""
    record = record or Record(f"sqlite:///{folder / 'record.db'}", KEYS)
    upgrade(record.engine)
    client = await Client.connect(address, data_converter=data_converter(KEYS.engine_key))
    gateway = gateway or FileGateway(folder)
    worker = make_worker(client, record, gateway, drill=drill, runner=sandboxed() if sandbox else None)
    async with worker:
        yield EngineStack(client, record, folder, CaseClient(client, accept_within=SLOW_MACHINE), DrillClock(client))
    record.close()


def offset_for(start: datetime) -> int:
    """Return the clock offset (seconds) of a case that begins at `start` of business time."""
    return round((start - datetime.now(UTC)) / timedelta(seconds=1))
