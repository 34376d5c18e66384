"""The embedded stack (内置整套系统): one supervisor that starts Temporal, worker and API, and never leaves half of it.

Used by `wanjia run`, the demo and the tests.  Children start in order, each waited ready, and stop in reverse.  If one
dies the others are stopped; if the supervisor is killed, its lifeline ends them.  What a child is: `children.py`.
"""

import asyncio
import contextlib
import fcntl
import os
import secrets
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, NoReturn, Self, TextIO, TypeVar

from operations.children import LIFELINE, ROOT, Child, ChildDied, ChildSpec
from operations.key_file import make_home
from operations.liveness import INSTANCE_VARIABLE, READY_FILE_VARIABLE
from operations.ports import WantedPort, check_ports
from operations.readiness import answers, engine_answers, file_says
from operations.settings import Settings, SettingsError
from operations.temporal_server import temporal_server

Result = TypeVar("Result")
MakeChildren = Callable[[Settings, str], Sequence[ChildSpec]]


def project_children(settings: Settings, token: str) -> Sequence[ChildSpec]:
    """The children behind the engine in a real stack: the record made ready, then the worker, then the API."""
    ready_file = settings.wanjia_home / "run" / "worker.ready"
    return (
        ChildSpec("record", "档案库准备", (sys.executable, "-m", "operations.prepare_record")),
        ChildSpec(
            "worker",
            "办理进程 worker",
            (sys.executable, str(ROOT / "worker.py")),
            ready=file_says(ready_file, token),
            environment={READY_FILE_VARIABLE: str(ready_file)},
        ),
        ChildSpec(
            "api",
            "接口 API",
            (sys.executable, "-m", "operations.serve_api"),
            ready=answers(f"{settings.api_url}/healthz", token),
        ),
    )


class EmbeddedStack:
    """An async context manager; inside it everything serves.  `say` receives the progress in Chinese, line by line."""

    def __init__(
        self,
        settings: Settings,
        *,
        make_children: MakeChildren = project_children,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.settings = settings
        self._make_children = make_children
        self._say = say
        self._children: list[Child] = []
        self._watchers: list[asyncio.Task[None]] = []
        self._death: asyncio.Future[ChildDied] | None = None
        self._stopping = self._dying = False
        self._lock: TextIO | None = None
        self._lifeline: asyncio.subprocess.Process | None = None

    @property
    def api_url(self) -> str:
        """Where the API of this stack answers, without a closing slash."""
        return self.settings.api_url

    def pid(self, name: str) -> int:
        """The process id of a child, for measuring it or for ending it in a test."""
        return next(child.pid for child in self._children if child.spec.name == name)

    async def start(self) -> None:
        """Start everything or nothing: `SettingsError`, `PortTaken` before the first child, `ChildDied` after."""
        self._death = asyncio.get_running_loop().create_future()
        make_home(self.settings)
        self._take_home()
        try:
            check_ports(self._wanted_ports())
            await self._start_children()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop all children, the last one first, and everything they started.  Safe to call again."""
        if self._dying:  # a watcher is stopping them already
            await asyncio.gather(*self._watchers)
        self._stopping = True
        await self._stop_children()
        await asyncio.gather(*self._watchers)
        if self._lifeline is not None and self._lifeline.stdin is not None:
            self._lifeline.stdin.close()
            await self._lifeline.wait()
            self._lifeline = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """End all children at once, for an operator who will not wait."""
        for child in self._children:
            child.kill()

    async def until_death(self) -> NoReturn:
        """Wait until a child dies and the others are stopped, then raise its `ChildDied`; never returns."""
        if self._death is None:
            raise RuntimeError("the stack was not started")
        raise await asyncio.shield(self._death)

    async def while_alive(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what `work` returns, but end it with `ChildDied` as soon as a child dies under it."""
        task = asyncio.ensure_future(work)
        death = asyncio.ensure_future(self.until_death())
        try:
            await asyncio.wait({task, death}, return_when=asyncio.FIRST_COMPLETED)
            if death.done():
                await death
            return await task
        finally:
            for pending in (task, death):
                pending.cancel()
            await asyncio.gather(task, death, return_exceptions=True)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if self._death is not None and self._death.done() and not isinstance(error, ChildDied):
            raise self._death.result() from error

    async def _start_children(self) -> None:
        settings, token = self.settings, secrets.token_hex(16)
        specs = list(self._make_children(settings, token))
        if not settings.temporal_address:
            specs.insert(0, temporal_server(settings))
        elif not await engine_answers(settings.temporal_address, settings.temporal_namespace):
            raise SettingsError(
                f"连不上 TEMPORAL_ADDRESS 指的流程引擎 {settings.temporal_address}"
                f"（命名空间 {settings.temporal_namespace}）。请检查它是否在运行；不写这个设置就用内置的。"
            )
        self._lifeline = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(LIFELINE), "watch"),
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        environment = {**os.environ, **settings.as_environment(), INSTANCE_VARIABLE: token}
        # The children connect to the engine of this stack, whoever started it.
        environment["TEMPORAL_ADDRESS"] = settings.engine_address
        for spec in specs:
            child = Child(spec, settings.wanjia_home / "logs" / f"{spec.name}.log")
            self._children.append(child)
            begun = time.monotonic()
            await child.start(environment)
            self._tell_lifeline(f"+{child.pid}")
            await child.until_ready()
            self._say(f"{spec.title}：好了（{time.monotonic() - begun:.1f} 秒）")
            if spec.ready is None:
                self._forget(child)
            else:
                self._watchers.append(asyncio.create_task(self._watch(child)))

    async def _stop_children(self) -> None:
        while self._children:
            child = self._children[-1]
            await child.stop()
            self._forget(child)

    def _forget(self, child: Child) -> None:
        """No signal may go to it any more: its number may soon be somebody else's."""
        self._children.remove(child)
        if child.code is not None:
            self._tell_lifeline(f"-{child.pid}")

    async def _watch(self, child: Child) -> None:
        code = await child.until_end()
        if self._stopping or self._dying or self._death is None:
            return
        self._dying = True
        how = f"被信号 {-code} 结束了" if code < 0 else f"意外退出了（退出码 {code}）"
        died = ChildDied(child, how)
        await self._stop_children()
        self._death.set_result(died)

    def _wanted_ports(self) -> list[WantedPort]:
        own = self.settings
        ports = [WantedPort("WANJIA_API_PORT", "接口和网页", own.wanjia_api_port, own.wanjia_api_host)]
        if not own.temporal_address:
            ports.append(WantedPort("WANJIA_TEMPORAL_PORT", "流程引擎 Temporal", own.wanjia_temporal_port))
            ports.append(WantedPort("WANJIA_UI_PORT", "Temporal 网页", own.wanjia_ui_port))
        return ports

    def _take_home(self) -> None:
        """Hold the home for this stack alone; the kernel lets go of it however this process ends."""
        lock = (self.settings.wanjia_home / "run" / "stack.lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            pid = lock.read().strip()
            lock.close()
            raise SettingsError(
                f"数据目录 {self.settings.wanjia_home} 已有一套系统在运行（进程号 {pid}）。"
                "请先停掉它，或把 WANJIA_HOME 改成另一个目录。"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _tell_lifeline(self, line: str) -> None:
        if self._lifeline is not None and self._lifeline.stdin is not None:
            with contextlib.suppress(ConnectionError):
                self._lifeline.stdin.write(line.encode("ascii") + b"\n")
