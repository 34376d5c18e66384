"""What the demo shows while it runs (进度): one line for each day, and in a terminal a bar below them."""

import time
from collections import Counter
from threading import Lock
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

MOST_TITLES = 5


class DemoProgress:
    """Counts steps from many threads; `day` tells what a day brought."""

    def __init__(self, total: int, console: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("办理（步）", total=total)
        self._console = console
        self._total = total
        self._done = 0
        self._turn = Lock()
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def step(self) -> None:
        """Count one step."""
        with self._turn:
            self._done += 1
        self._progress.advance(self._task)

    def day(self, day: str, done: Counter[str], households: int) -> None:
        """Tell what a day brought: how many households, and the steps that were taken most."""
        shown = "、".join(f"{title} {number}" for title, number in done.most_common(MOST_TITLES))
        rest = sum(done.values()) - sum(number for _, number in done.most_common(MOST_TITLES))
        more = f"、其他 {rest}" if rest else ""
        so_far = f"累计 {self._done}/{self._total} 步，{time.monotonic() - self._began:.0f} 秒"
        self._console.print(f"{day}  {households} 户：{shown or '到此为止，时限都已走到'}{more}  （{so_far}）")
