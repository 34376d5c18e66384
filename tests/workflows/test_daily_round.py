"""The daily round on the real server: its schedule is made once, and a worker killed in the middle doubles nothing."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from casework.times import local_date
from operations.daily_schedule import SCHEDULE_ID, keep_schedule
from operations.ports import free_ports
from records.daily_rounds import last_done
from records.engine import Record
from tests.engine_stack import KEYS, launch_server
from workflows.payload_codec import data_converter

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]

WORKER = """
import asyncio, sys, time
from datetime import date, datetime
from pathlib import Path
from temporalio.client import Client
from notifications.gateways.file import FileGateway
from records.engine import Record
from tests.engine_stack import KEYS
from worker import make_worker
from workflows.payload_codec import data_converter

address, home, patience = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])

def note(line):
    with (home / "done.txt").open("a") as file:
        file.write(line + "\\n")

def first(record, day, now):
    note(f"first {day}")

def broken(record, day, now):
    if not (home / "mended").exists():
        note("broken")
        (home / "mended").touch()
        raise ValueError("not today")
    note(f"mended {day}")

def slow(record, day, now):
    note("slow begun")
    time.sleep(patience)
    note(f"slow {day}")

async def main():
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    client = await Client.connect(address, data_converter=data_converter(KEYS.engine_key))
    jobs = {"first": first, "broken": broken, "slow": slow}
    async with make_worker(client, record, FileGateway(home), drill=True, jobs=jobs):
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def own_engine(tmp_path: Path) -> Iterator[str]:
    """A server of its own: the schedule would go on firing on one that others use."""
    port, ui = free_ports(2)
    server = launch_server(tmp_path, port, ui)
    yield f"127.0.0.1:{port}"
    server.kill()
    server.wait()


def launch(address: str, home: Path, patience: float) -> "subprocess.Popen[bytes]":
    with (home / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", WORKER, address, str(home), str(patience)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        )


def noted(home: Path) -> list[str]:
    path = home / "done.txt"
    return path.read_text().splitlines() if path.exists() else []


async def until_noted(home: Path, line: str) -> None:
    for _ in range(900):
        if line in noted(home):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(f"{line}: {noted(home)}\n{(home / 'worker.log').read_text()}")


async def test_a_worker_killed_in_the_middle_of_the_round_loses_and_doubles_nothing(
    own_engine: str, home: Path
) -> None:
    client = await Client.connect(own_engine, data_converter=data_converter(KEYS.engine_key))
    await keep_schedule(client)
    await keep_schedule(client)  # every worker that starts does this
    today = local_date(datetime.now(UTC))
    worker = launch(own_engine, home, 600)
    try:
        await until_noted(home, "slow begun")
    finally:
        worker.kill()
        worker.wait()
    worker = launch(own_engine, home, 0)
    try:
        await until_noted(home, f"mended {today}")
        for _ in range(600):
            rounds = [w async for w in client.list_workflows('WorkflowType="daily_round"')]
            if all(w.status is WorkflowExecutionStatus.COMPLETED for w in rounds) and rounds:
                break
            await asyncio.sleep(0.1)
    finally:
        worker.kill()
        worker.wait()
    assert {w.status for w in rounds} == {WorkflowExecutionStatus.COMPLETED}
    count = Counter(noted(home))
    assert (count[f"first {today}"], count[f"slow {today}"], count[f"mended {today}"]) == (1, 1, 1)
    assert count["slow begun"] == 2
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    with record.read() as work:
        assert last_done(work) == {"first": today, "broken": today, "slow": today}
    record.close()
    shown = await client.get_schedule_handle(SCHEDULE_ID).describe()
    assert shown.schedule.spec.time_zone_name == "Asia/Shanghai"
    assert [at.hour for at in shown.info.next_action_times[:1]] == [16]
