"""The embedded stack with the real Temporal server, and small real processes as worker and API."""

import asyncio
import contextlib
import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from temporalio.client import Client

from operations.children import ChildDied
from operations.embedded_stack import EmbeddedStack
from operations.ports import PortTaken, free_ports, is_free
from operations.run import AccountNews, DemoAccount, greeting
from operations.settings import Settings, SettingsError, load_settings
from tests.operations.stack_stubs import stub_children

STUBS = Path(__file__).with_name("stack_stubs.py")
pytestmark = pytest.mark.engine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    api, temporal, ui = free_ports(3)
    return load_settings(
        _env_file=None,
        wanjia_home=tmp_path / "home",
        wanjia_api_port=api,
        wanjia_temporal_port=temporal,
        wanjia_ui_port=ui,
    )


@pytest.fixture
def foreground(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A supervisor in a process of its own, everything ready."""
    process = subprocess.Popen(
        [sys.executable, str(STUBS), "stack"],
        env={**os.environ, **settings.as_environment(), "PYTHONPATH": str(STUBS.parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    for line in process.stdout:
        if "按 Ctrl-C 停下" in line:
            break
    yield process
    process.kill()
    process.communicate()


def stack_of(settings: Settings) -> EmbeddedStack:
    return EmbeddedStack(settings, make_children=stub_children)


def family(process: subprocess.Popen[str], settings: Settings) -> list[psutil.Process]:
    """All processes of a stack: its children, and the grandchild, which init would inherit."""
    grandchild = int((settings.wanjia_home / "run" / "grandchild").read_text())
    members = psutil.Process(process.pid).children(recursive=True)
    assert grandchild in [member.pid for member in members]
    assert len(members) == 5  # Temporal, worker and its child, API, lifeline
    return members


def gone(processes: list[psutil.Process], within: float = 30.0) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=within)
    return not alive


def tail(process: subprocess.Popen[str]) -> tuple[str, str]:
    return process.communicate(timeout=120)


async def test_starts_in_order_serves_and_stops_clean(settings: Settings) -> None:
    said: list[str] = []
    stack = EmbeddedStack(settings, make_children=stub_children, say=said.append)
    async with stack:
        assert [line.split("：")[0] for line in said] == [
            "流程引擎 Temporal",
            "档案库准备",
            "办理进程 worker",
            "接口 API",
        ]
        client = await Client.connect(settings.engine_address)
        assert await client.service_client.check_health()
        processes = [psutil.Process(stack.pid(name)) for name in ("temporal", "worker", "api")]
        assert (settings.wanjia_home.stat().st_mode & 0o777, settings.key_path.stat().st_mode & 0o777) == (0o700, 0o600)
    assert gone(processes, within=0)
    assert is_free(settings.wanjia_temporal_port)
    assert is_free(settings.wanjia_api_port)


async def test_state_survives_a_restart(settings: Settings) -> None:
    async with stack_of(settings):
        client = await Client.connect(settings.engine_address)
        await client.start_workflow("Waits", id="household-1", task_queue="nobody")
    key = settings.key_path.read_text()
    async with stack_of(settings):
        client = await Client.connect(settings.engine_address)
        described = await client.get_workflow_handle("household-1").describe()
        assert described.workflow_type == "Waits"
    assert settings.key_path.read_text() == key


async def test_an_existing_server_is_used_and_none_is_started(settings: Settings, tmp_path: Path) -> None:
    async with stack_of(settings):
        (port,) = free_ports(1)
        guest = load_settings(
            _env_file=None,
            wanjia_home=tmp_path / "guest",
            temporal_address=settings.engine_address,
            wanjia_api_port=port,
            wanjia_temporal_port=settings.wanjia_temporal_port,
        )
        async with stack_of(guest) as stack:
            assert not (guest.wanjia_home / "temporal.db").exists()
            with pytest.raises(StopIteration):
                stack.pid("temporal")
        # Only one stack may have a home, whatever its ports.
        with pytest.raises(SettingsError, match=f"已有一套系统在运行（进程号 {os.getpid()}）"):
            await stack_of(settings).start()


async def test_a_wrong_address_of_an_existing_server_is_said(settings: Settings) -> None:
    (port,) = free_ports(1)
    lonely = settings.model_copy(update={"temporal_address": f"127.0.0.1:{port}"})
    with pytest.raises(SettingsError, match="连不上 TEMPORAL_ADDRESS"):
        await stack_of(lonely).start()


@pytest.mark.parametrize("setting", ["wanjia_api_port", "wanjia_temporal_port", "wanjia_ui_port"])
async def test_a_taken_port_is_named_with_its_holder_and_the_setting(settings: Settings, setting: str) -> None:
    with listening(getattr(settings, setting)):
        with pytest.raises(PortTaken) as error:
            await stack_of(settings).start()
        assert f"端口 {getattr(settings, setting)}" in str(error.value)
        assert f"进程号 {os.getpid()}" in str(error.value)
        assert f"把设置 {setting.upper()} 改成别的端口" in str(error.value)
    assert not (settings.wanjia_home / "temporal.db").exists()


def test_a_taken_port_ends_the_program_with_2(settings: Settings) -> None:
    with listening(settings.wanjia_api_port):
        ended = subprocess.run(
            [sys.executable, str(STUBS), "stack"],
            env={**os.environ, **settings.as_environment(), "PYTHONPATH": str(STUBS.parents[2])},
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert ended.returncode == 2
    assert "WANJIA_API_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_end_stops_all_and_exits_0(
    foreground: subprocess.Popen[str], settings: Settings, number: signal.Signals
) -> None:
    members = family(foreground, settings)
    foreground.send_signal(number)
    out, err = tail(foreground)
    assert (foreground.returncode, err) == (0, "")
    assert "已全部停下" in out
    assert gone(members)


def test_an_end_in_the_middle_of_starting_leaves_nothing(settings: Settings) -> None:
    process = subprocess.Popen(
        [sys.executable, str(STUBS), "stack"],
        env={**os.environ, **settings.as_environment(), "PYTHONPATH": str(STUBS.parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert "流程引擎 Temporal：好了" in process.stdout.readline()
    members = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert gone(members)


def test_kill_9_of_the_supervisor_leaves_no_orphan(foreground: subprocess.Popen[str], settings: Settings) -> None:
    members = family(foreground, settings)
    foreground.kill()
    assert gone(members)
    assert is_free(settings.wanjia_api_port)


def test_the_death_of_a_child_stops_all_and_names_it(foreground: subprocess.Popen[str], settings: Settings) -> None:
    members = family(foreground, settings)
    worker = next(member for member in members if str(STUBS) in member.cmdline() and "worker" in member.cmdline())
    worker.kill()
    _, err = tail(foreground)
    assert foreground.returncode == 1
    assert "办理进程 worker被信号 9 结束了，整套系统已停下" in err
    assert "stub worker is polling" in err
    assert gone(members)


async def test_work_inside_the_stack_ends_when_a_child_dies(settings: Settings) -> None:
    async def work() -> None:
        async with stack_of(settings) as stack:
            os.kill(stack.pid("temporal"), signal.SIGKILL)
            await stack.while_alive(asyncio.sleep(60))

    with pytest.raises(ChildDied, match="流程引擎 Temporal被信号 9 结束了"):
        await work()
    assert is_free(settings.wanjia_api_port)


async def test_a_child_that_does_not_start_is_named_with_its_log(settings: Settings) -> None:
    def broken(settings: Settings, token: str) -> list:  # type: ignore[type-arg]
        record, *others = stub_children(settings, token)
        return [type(record)(record.name, record.title, (sys.executable, "-c", "raise SystemExit('no disk')")), *others]

    with pytest.raises(ChildDied, match=r"(?s)档案库准备没有做成（退出码 1）.*no disk"):
        await EmbeddedStack(settings, make_children=broken).start()
    assert is_free(settings.wanjia_temporal_port)


def test_demo_accounts_are_shown_in_drill_mode_only(settings: Settings) -> None:
    news = AccountNews(demo=(DemoAccount("zhang", "demo-pass", "街道受理"),), none_yet=True)
    assert "demo-pass" not in greeting(settings, news)
    assert "第一个管理员" in greeting(settings, news)
    drill = settings.model_copy(update={"wanjia_drill": True})
    assert "街道受理：zhang / demo-pass" in greeting(drill, news)
    assert "第一个管理员" not in greeting(drill, news)


@contextlib.contextmanager
def listening(port: int) -> Iterator[None]:
    """A foreign server that answers 200 to everything: readiness must not believe it."""
    server = http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
