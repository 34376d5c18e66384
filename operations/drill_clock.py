"""The only place that moves time: the virtual clock of one case on the server, forwards, in a drill.

The server's time skipping is marked experimental; keep it in this file.  A case's business time is its workflow's clock
plus its own `clock_offset`, so a drill may begin in the past and be moved through the future.
"""

from datetime import UTC, datetime, timedelta

from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from workflows.chapter import workflow_id

MOST_SKIPS = 100_000
"""How many timers one session may skip; the server's own limit of 200 is less than a case's life."""


class DrillClock:
    """Moves cases of one server.  A case that has ended has no clock any more; moving it does nothing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False, max_session_skip_count=MOST_SKIPS))

    async def now(self, case_id: str, clock_offset: int) -> datetime | None:
        """Return the business time of a case, or None when its workflow has ended."""
        try:
            engine = await self._skipper.get_current_time(self._handle(case_id))
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                return None
            raise
        return (engine or datetime.now(UTC)) + timedelta(seconds=clock_offset)

    async def until(self, case_id: str, instant: datetime, clock_offset: int) -> bool:
        """Let every deadline up to an instant of business time fall due; False when the case ended on the way."""
        now = await self.now(case_id, clock_offset)
        if now is None:
            return False
        if instant <= now:
            return True
        try:
            return await self._skipper.fast_forward(self._handle(case_id), instant - now)
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                return False
            raise

    def _handle(self, case_id: str) -> "WorkflowHandle[object, object]":
        return self._client.get_workflow_handle(workflow_id(case_id))
