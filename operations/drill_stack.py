"""A drill's stack (演练用的整套系统) behind plain calls: the embedded stack in a thread, the clocks of its cases.

For the demo and for drills on the server, which are not asynchronous.  A stack that already runs for the home is used
and left running.  Whose accounts there are and what the cases go through is not decided here.
"""

import asyncio
import atexit
import math
import shutil
import tempfile
import threading
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from temporalio.client import Client

from casework.commands import Command
from desk.case_client import CaseClient
from operations.api_client import ApiServer
from operations.drill_clock import DrillClock
from operations.drill_home import mark
from operations.embedded_stack import EmbeddedStack
from operations.ports import free_ports
from operations.settings import Settings, load_settings
from records.crypto import load_keys
from records.engine import Record
from workflows.chapter import workflow_id
from workflows.payload_codec import data_converter

T = TypeVar("T")


class DrillStack:
    """A running stack in drill mode.  `api`, `record` and the clocks serve from `start` to `stop`."""

    def __init__(self, settings: Settings, *, say: Callable[[str], None] = lambda _: None) -> None:
        self.settings = settings
        self._say = say
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="drill-stack", daemon=True)
        self._stack: EmbeddedStack | None = None
        self._clock: DrillClock | None = None
        self._client: Client | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything or nothing; errors are those of `EmbeddedStack.start`."""
        self._thread.start()
        try:
            stack = EmbeddedStack(self.settings, say=self._say)
            self._await(stack.start())
            self._stack = stack
            keys = load_keys(self.settings.key_path)
            self.record = Record(self.settings.record_url, keys)
            self._client = self._await(self._connected(keys.engine_key))
            self._clock = DrillClock(self._client)
            self.api = ApiServer(self.settings.api_url)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop what was started here."""
        for opened in ("api", "record"):
            if hasattr(self, opened):
                getattr(self, opened).close()
        if self._stack is not None:
            self._await(self._stack.stop())
            self._stack = None
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def until(self, case_id: str, instant: datetime, clock_offset: int) -> None:
        """Let a case's time pass up to an instant of business time, with everything that falls due on the way.

        Raises `ChildDied` when a part of the stack dies meanwhile.
        """
        assert self._clock is not None
        assert self._stack is not None
        self._await(self._stack.while_alive(self._clock.until(case_id, instant, clock_offset)))

    def take(self, case_id: str, command: Command) -> int:
        """Send a command that has no route to a case; return the number of its event.  Raises CaseworkError."""
        assert self._client is not None
        return self._await(CaseClient(self._client).take(case_id, command)).seq

    def decided(self, case_id: str) -> int:
        """Return the number of the last event the workflow has decided; it may not be on record yet."""
        assert self._client is not None
        return int(self._await(self._client.get_workflow_handle(workflow_id(case_id)).query("seq", result_type=int)))

    def next_due(self, case_id: str) -> datetime | None:
        """Return the instant at which something falls due next in a case, as the workflow knows it."""
        assert self._client is not None
        handle = self._client.get_workflow_handle(workflow_id(case_id))
        found = self._await(handle.query("due", result_type=str | None))  # type: ignore[arg-type]
        return None if found is None else datetime.fromisoformat(found)

    def check_alive(self) -> None:
        """Raise `ChildDied` when a part of the stack has died."""
        if self._stack is not None:
            self._await(_not_dead(self._stack))

    async def _connected(self, engine_key: bytes) -> Client:
        return await Client.connect(
            self.settings.engine_address,
            namespace=self.settings.temporal_namespace,
            data_converter=data_converter(engine_key),
        )

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _not_dead(stack: EmbeddedStack) -> None:
    try:
        await asyncio.wait_for(stack.until_death(), 0.01)
    except TimeoutError:
        return


def throw_away_stack() -> DrillStack:
    """Start a stack for a new home on free ports; both go when the program ends."""
    home = tempfile.mkdtemp(prefix="wanjia-drill-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    api, engine, ui = free_ports(3)
    settings = load_settings(
        wanjia_home=Path(home),
        wanjia_drill=True,
        wanjia_key_file=None,
        database_url="",
        temporal_address="",
        wanjia_sms_gateway="file",
        wanjia_api_host="127.0.0.1",
        wanjia_api_port=api,
        wanjia_temporal_port=engine,
        wanjia_ui_port=ui,
    )
    mark(settings)
    stack = DrillStack(settings)
    stack.start()
    atexit.register(stack.stop)
    return stack


def offset_for(start: datetime) -> int:
    """Return the clock offset (seconds) of a case whose business time is to begin at `start`, never before it."""
    return math.ceil((start - datetime.now(UTC)) / timedelta(seconds=1))
