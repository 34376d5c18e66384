"""Runs over all cases that a restart cut (calendar imports, policy adoptions) are taken up again.

The desk serves people meanwhile, and also while the record is away: going on is tried until it can be.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

PAUSE = 15.0
"""Seconds between two tries while the record cannot be read."""

log = logging.getLogger("wanjia.desk")


class Runs(Protocol):
    """Runs of one kind."""

    async def go_on(self) -> None:
        """Take up what was cut."""
        ...

    async def stop(self) -> None:
        """Put down what is under way; the next start takes it up."""
        ...


@asynccontextmanager
async def taken_up(*kinds: Runs) -> AsyncIterator[None]:
    """Take up every kind of run in the background; put all down on leaving."""
    trying = [asyncio.create_task(_go_on(runs)) for runs in kinds]
    try:
        yield
    finally:
        for task in trying:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for runs in reversed(kinds):
            await runs.stop()


async def _go_on(runs: Runs) -> None:
    while True:
        try:
            await runs.go_on()
        except Exception as failure:  # whatever the database says, people are served and the run waits
            log.warning("unfinished %s wait: %s", type(runs).__name__, type(failure).__name__)
            await asyncio.sleep(PAUSE)
        else:
            return
