"""One child process of the embedded stack: how it is described, started, found ready, stopped, and its last words.

The order of the children and what happens when one dies is `embedded_stack.py`; the kernel's part is `lifeline.py`.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIFELINE = Path(__file__).with_name("lifeline.py")
LOG_LIMIT = 20_000_000
"""Bytes after which a log is set aside at the next start; the one before it is dropped."""
TAIL_LINES = 15


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """What to start, and how to know that it serves.  `name` names the log file, `title` is what people read."""

    name: str
    title: str
    command: tuple[str, ...]
    ready: "Callable[[Child], Awaitable[bool]] | None" = None
    """Asked again and again; None means a one-shot, ready when it has ended with 0."""
    environment: Mapping[str, str] = field(default_factory=dict)
    ready_within: float = 60.0
    stop_within: float = 10.0


class ChildDied(Exception):
    """A child ended, or never became ready; the Chinese text says which one and shows the end of its log."""

    def __init__(self, child: "Child", what: str) -> None:
        tail = child.tail()
        shown = "日志最后几行：\n" + "\n".join("  " + line for line in tail) if tail else "日志是空的。"
        super().__init__(f"{child.spec.title}{what}，整套系统已停下。日志：{child.log}\n{shown}")
        self.name = child.spec.name


class Child:
    """A started child.  It belongs to the thread that started it, and leads a process group of its own."""

    def __init__(self, spec: ChildSpec, log: Path) -> None:
        self.spec = spec
        self.log = log
        self._log_from = 0
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        if self._process is None:
            raise RuntimeError(f"{self.spec.name} was not started")
        return self._process.pid

    @property
    def code(self) -> int | None:
        """Its exit code (negative: the signal), or None while it runs."""
        return None if self._process is None else self._process.returncode

    async def start(self, environment: Mapping[str, str]) -> None:
        """Start it, writing to its log.  A terminal's Ctrl-C does not reach it: the supervisor stops it in order."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self._log_from = output.tell()
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(LIFELINE), "run", str(os.getpid()), *self.spec.command),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**environment, "PYTHONUNBUFFERED": "1", **self.spec.environment},
                cwd=ROOT,
                start_new_session=True,
            )

    async def until_ready(self) -> None:
        """Return when it serves; raise `ChildDied` when it ends before or takes longer than it may."""
        try:
            async with asyncio.timeout(self.spec.ready_within):
                if self.spec.ready is None:
                    if await self.until_end() != 0:
                        raise ChildDied(self, f"没有做成（退出码 {self.code}）")
                    return
                while not await self.spec.ready(self):
                    if self.code is not None:
                        raise ChildDied(self, f"没有启动成功（退出码 {self.code}）")
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise ChildDied(self, f"在 {self.spec.ready_within:.0f} 秒内没有准备好") from None

    async def until_end(self) -> int:
        """Return its exit code when it has ended."""
        if self._process is None:
            raise RuntimeError(f"{self.spec.name} was not started")
        return await self._process.wait()

    async def stop(self) -> None:
        """End it and all it started: politely, then after `stop_within` seconds for good."""
        if self._process is None:  # it could not even be started
            return
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), self.spec.stop_within)
        self.kill()
        await self._process.wait()

    def kill(self) -> None:
        """Kill what is left of its group at once."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def tail(self) -> list[str]:
        """Return the last lines it wrote since it was started."""
        with contextlib.suppress(OSError), self.log.open("rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(self._log_from, log.tell() - 8192))
            return log.read().decode("utf-8", "replace").splitlines()[-TAIL_LINES:]
        return []
