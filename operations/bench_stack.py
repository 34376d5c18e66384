"""The measured stack: the embedded one on a home that is thrown away, with the bare workflow's worker beside the real.

Also what the kernel says of its processes: CPU seconds and resident memory.  What is measured is in the other files.
"""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from temporalio.client import Client

from desk.case_client import CaseClient
from operations.children import ChildSpec
from operations.demo_accounts import DemoStaff, seed
from operations.drill_clock import DrillClock
from operations.embedded_stack import EmbeddedStack, project_children
from operations.liveness import READY_FILE_VARIABLE
from operations.ports import free_ports
from operations.readiness import file_says
from operations.settings import Settings, load_settings
from records.crypto import load_keys
from records.engine import Record
from workflows.payload_codec import data_converter

PARTS = ("temporal", "worker", "bare", "api")


def bench_children(settings: Settings, token: str) -> Sequence[ChildSpec]:
    """The real stack's children and the bare worker."""
    ready_file = settings.wanjia_home / "run" / "bare.ready"
    bare = ChildSpec(
        "bare",
        "空流程 worker",
        (sys.executable, "-m", "operations.bench_bare"),
        ready=file_says(ready_file, token),
        environment={READY_FILE_VARIABLE: str(ready_file)},
    )
    return (*project_children(settings, token), bare)


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a measurement needs.  `plain` is the bare workflow's client, `sealed` the real one's."""

    stack: EmbeddedStack
    record: Record
    sealed: Client
    plain: Client
    cases: CaseClient
    clock: DrillClock
    staff: DemoStaff

    def cpu(self) -> dict[str, float]:
        """Return the CPU seconds that each process has used, and those of this one as `driver`."""
        return {name: _cpu(psutil.Process(self.stack.pid(name))) for name in PARTS} | {"driver": _cpu(psutil.Process())}

    def memory(self) -> dict[str, int]:
        """Return the resident bytes of each process."""
        return {name: psutil.Process(self.stack.pid(name)).memory_info().rss for name in PARTS}


@asynccontextmanager
async def measured_stack() -> AsyncIterator[Bench]:
    """Start everything on free ports in drill mode; leave nothing behind."""
    with TemporaryDirectory(prefix="wanjia-bench-") as folder:
        api, temporal, ui = free_ports(3)
        settings = load_settings(
            _env_file=None,
            wanjia_home=Path(folder) / "home",
            wanjia_drill=True,
            wanjia_api_port=api,
            wanjia_temporal_port=temporal,
            wanjia_ui_port=ui,
        )
        async with EmbeddedStack(settings, make_children=bench_children) as stack:
            keys = load_keys(settings.key_path)
            record = Record(settings.record_url, keys)
            plain = await Client.connect(settings.engine_address)
            sealed = await Client.connect(settings.engine_address, data_converter=data_converter(keys.engine_key))
            try:
                staff = seed(record, datetime.now(UTC), settings.wanjia_home)
                yield Bench(stack, record, sealed, plain, CaseClient(sealed), DrillClock(sealed), staff)
            finally:
                record.close()


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
