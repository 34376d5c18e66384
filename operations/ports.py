"""Which ports the stack needs, whether they are free, and in plain Chinese who holds one that is not.

Knows nothing of processes it did not ask about: it reports, and never ends anybody's program.
"""

import errno
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count, islice

import psutil


@dataclass(frozen=True, slots=True)
class WantedPort:
    """A port the stack will listen on, what for, and the setting that changes it."""

    setting: str
    purpose: str
    port: int
    host: str = "127.0.0.1"


class Trouble(Enum):
    """Why a port cannot be had."""

    TAKEN = "已被占用。"
    FORBIDDEN = "本用户无权使用 1024 以下的端口，请改用 1024 以上的。"
    NOT_HERE = "这不是本机的地址，请改 WANJIA_API_HOST，例如 127.0.0.1。"


class PortTaken(Exception):
    """At least one wanted port is in use; the text says which, by what, and what to change."""


def check_ports(wanted: Sequence[WantedPort]) -> None:
    """Raise `PortTaken` with one line per port that cannot be had, including two settings with the same number."""
    lines: list[str] = []
    first_with: dict[int, WantedPort] = {}
    for item in wanted:
        twin = first_with.setdefault(item.port, item)
        if twin is not item:
            lines.append(f"{twin.setting} 和 {item.setting} 都设成了 {item.port}，请改其中一个。")
        elif (why := cannot_listen(item.port, item.host)) and why is not Trouble.TAKEN:
            lines.append(f"端口 {item.port}（{item.purpose}）在 {item.host} 上开不了：{why.value}")
        elif why is Trouble.TAKEN:
            lines.append(
                f"端口 {item.port}（{item.purpose}）已被{holder_words(item.port)}占用。"
                f"请停掉它，或把设置 {item.setting} 改成别的端口，例如 {item.setting}={_next_free(item, wanted)}。"
            )
    if lines:
        raise PortTaken("\n".join(lines))


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Say whether a program could listen there now; a port in TIME_WAIT counts as free, as it does for the servers."""
    return cannot_listen(port, host) is None


def cannot_listen(port: int, host: str) -> Trouble | None:
    """Return why nothing could listen there now, or None."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError:
            return Trouble.FORBIDDEN
        except OSError as error:
            return Trouble.TAKEN if error.errno == errno.EADDRINUSE else Trouble.NOT_HERE
        return None


def holder(port: int) -> int | None:
    """Return the process id that listens on the port, or None when nobody does or it may not be seen."""
    try:
        listening = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        return None
    for connection in listening:
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
            return int(connection.pid)
    return None


def holder_words(port: int) -> str:
    """Name the holder of a port for a Chinese sentence, without its command line, which may hold secrets."""
    pid = holder(port)
    if pid is None:
        return "另一个程序（本用户无权查看是哪一个）"
    try:
        return f"程序 {psutil.Process(pid).name()}（进程号 {pid}）"
    except psutil.NoSuchProcess:
        return f"进程号 {pid} "


FIRST_OF_OURS, OURS, OF_ONE_PROCESS = 20_000, 12_000, 100
"""Ports 20000 to 31999: below those that systems deal out by themselves (Linux 32768, others 49152 and up)."""

_tried = count()


def free_ports(number: int) -> list[int]:
    """Return ports that were free a moment ago, for tests and trials beside a running installation.

    Each process walks through a hundred of its own: a port that the system may deal out to anybody is often gone again
    before the server it was meant for has started.
    """
    begin = FIRST_OF_OURS + os.getpid() * OF_ONE_PROCESS % OURS
    walk = (begin + place % OF_ONE_PROCESS for place in _tried)
    found = list(islice(filter(is_free, islice(walk, OF_ONE_PROCESS)), number))
    return found + _dealt_out(number - len(found))


def _dealt_out(number: int) -> list[int]:
    """Return ports of the system's choice."""
    probes = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _next_free(item: WantedPort, wanted: Sequence[WantedPort]) -> int:
    others = {other.port for other in wanted}
    nearby = (port for port in range(item.port + 1, min(item.port + 200, 65536)) if port not in others)
    return next((port for port in nearby if is_free(port, item.host)), free_ports(1)[0])
