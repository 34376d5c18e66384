"""Long work of one API process (后台办理): what is asked for is done one at a time, and taken up again after a restart.

What is done, and how it is told, is each kind's own: sheets, files of the ledger, calendars, policies.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from desk.desk import off_loop

Item = TypeVar("Item")


class OneAtATime(ABC, Generic[Item]):
    """Owns the queue and the task that works through it, beside what people do."""

    def __init__(self) -> None:
        self._queue: list[Item] = []
        self._running: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._running is not None and not self._running.done()

    def start(self, item: Item) -> None:
        """Do an item after those that were asked for before it; one that waits already waits once."""
        if item not in self._queue:
            self._queue.append(item)
        if not self.running:
            self._running = asyncio.create_task(self._run())

    async def go_on(self) -> None:
        """Take up what an earlier process left."""
        for item in await off_loop(self._left):
            self.start(item)

    async def stop(self) -> None:
        """Put down what is under way; what is in hand at the engine is finished there, the rest is taken up again."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        while self._queue:
            item = self._queue.pop(0)
            try:
                await self._do(item)
            except Exception:  # not done: the next start begins with it
                self._queue.insert(0, item)
                raise

    @abstractmethod
    def _left(self) -> Sequence[Item]:
        """Return what a process that ended had not finished, the oldest first."""

    @abstractmethod
    async def _do(self, item: Item) -> None:
        """Do one item to its end, or to where somebody has to say something."""
