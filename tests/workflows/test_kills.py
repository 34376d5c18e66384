"""kill -9 of the real worker, alone or with the server, while steps are in flight: each step once, told once."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from temporalio.client import Client

from casework.errors import CaseworkError
from desk.case_client import AcceptedNotRecorded, CaseClient, EngineUnavailable
from operations.drill_clock import DrillClock
from operations.liveness import INSTANCE_VARIABLE, READY_FILE_VARIABLE
from operations.ports import free_ports
from records.engine import Record
from tests.engine_stack import KEYS, EngineStack, launch_server
from tests.workflows import inbox
from tests.workflows.lives import WHOLE
from tests.workflows.people import put_household
from tests.workflows.playing import command_of
from workflows.payload_codec import data_converter

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
CASES = 5
STEPS = range(1, 4)
PATIENCE = 60.0


class RealStack:
    """A server and a worker as processes of their own on one folder, to be killed and started again."""

    def __init__(self, home: Path, more: dict[str, str] | None = None) -> None:
        self.home = home
        self.more = more or {}
        self.port, self.ui = free_ports(2)
        self.server = launch_server(home, self.port, self.ui)
        (home / "key").write_text(bytes(range(32)).hex() + "\n", "ascii")
        (home / "key").chmod(0o600)
        self.worker = self._launch_worker()

    def kill_worker(self) -> None:
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait()

    def restart_worker(self) -> None:
        self.worker = self._launch_worker()

    def kill_both(self) -> None:
        self.server.send_signal(signal.SIGKILL)
        self.kill_worker()
        self.server.wait()
        self.server = launch_server(self.home, self.port, self.ui)
        self.restart_worker()

    def stop(self) -> None:
        for process in (self.worker, self.server):
            process.kill()
            process.wait()

    def _launch_worker(self) -> "subprocess.Popen[bytes]":
        own = {
            "WANJIA_HOME": str(self.home),
            "WANJIA_DRILL": "true",
            "TEMPORAL_ADDRESS": f"127.0.0.1:{self.port}",
            READY_FILE_VARIABLE: str(self.home / "worker.ready"),
            INSTANCE_VARIABLE: "kills",
        }
        with (self.home / "worker.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, str(ROOT / "worker.py")],
                cwd=self.home,
                env={**os.environ, **own, **self.more},
                stdout=log,
                stderr=log,
            )


async def insisting(stack: EngineStack, number: int, case_id: str) -> None:
    """Take one step as a careful caller does: the same key until there is an answer."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            if number == 0:
                await stack.begin(command_of(WHOLE, 0, None, case_id), WHOLE.start, WHOLE.pack)  # type: ignore[arg-type]
            else:
                given = command_of(WHOLE, number, None, case_id)
                on_day = {name: "2026-09-28" for name in ("visited_on", "posted_on") if hasattr(given, name)}
                await stack.cases.take(case_id, type(given).model_validate({**given.model_dump(), **on_day}))
        except (EngineUnavailable, AcceptedNotRecorded):
            pass
        except CaseworkError as no:
            if no.code not in {"record_unavailable", "case_not_running"}:
                raise
        else:
            return
        assert asyncio.get_running_loop().time() < until, f"{case_id} step {number} has no answer"
        await asyncio.sleep(0.2)


async def trial(real: RealStack, stack: EngineStack, chance: random.Random, *, both: bool) -> None:
    case_ids = [put_household(stack.record, WHOLE.household) for _ in range(CASES)]
    await asyncio.gather(*(insisting(stack, 0, case_id) for case_id in case_ids))

    async def life(case_id: str) -> None:
        for number in STEPS:
            await insisting(stack, number, case_id)

    lives = [asyncio.create_task(life(case_id)) for case_id in case_ids]
    await asyncio.sleep(chance.uniform(0, 0.5))
    if both:
        await asyncio.to_thread(real.kill_both)
    else:
        real.kill_worker()
        real.restart_worker()
    await asyncio.gather(*lives)
    for case_id in case_ids:
        events = stack.events(case_id)
        assert [event.command_id for event in events] == [f"{case_id}:{number}" for number in range(4)]
        told = await inbox.delivered(stack.record, case_id, 60)
        assert [message.notice for message in told] == ["application_received", "publicity_started"]
        assert sum(key.startswith(case_id) for key in inbox.keys(real.home)) == 2


async def trials(home: Path, seeds: range, *, both: bool = False) -> None:
    real = RealStack(home)
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    try:
        client = await Client.connect(f"127.0.0.1:{real.port}", data_converter=data_converter(KEYS.engine_key))
        stack = EngineStack(client, record, home, CaseClient(client, accept_within=3), DrillClock(client))
        for seed in seeds:
            await trial(real, stack, random.Random(seed), both=both)
    finally:
        record.close()
        real.stop()


@pytest.mark.slow
async def test_a_killed_worker_loses_nothing(home: Path) -> None:
    await trials(home, range(2))


@pytest.mark.slow
async def test_a_worker_killed_again_and_again(home: Path) -> None:
    await trials(home, range(2, 12))


@pytest.mark.slow
async def test_worker_and_server_killed_together(home: Path) -> None:
    await trials(home, range(20, 24), both=True)
