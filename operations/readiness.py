"""How a started program is known to serve, and to be *ours*: a stranger on the port would otherwise lie "ready".

Every start of the stack has a token.  The worker writes it into a file it keeps fresh (`announce`), the API answers
with it in a header, and the Temporal server must be the very process that listens on its port.

`python -m operations.readiness` is the worker's health check in a container: 0 while the file is fresh.
"""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx2
from temporalio.client import Client
from temporalio.service import RPCError

from operations.children import Child
from operations.ports import holder

INSTANCE_VARIABLE = "WANJIA_INSTANCE"
READY_FILE_VARIABLE = "WANJIA_READY_FILE"
INSTANCE_HEADER = "X-Wanjia-Instance"
FRESH_SECONDS = 60.0
"""How long the worker's file counts; it is rewritten six times as often, from the worker's own event loop."""

Probe = Callable[[Child], Awaitable[bool]]


async def announce() -> None:
    """Keep telling whoever started this process that it serves.  Run it as a task once polling has begun."""
    if not (path := os.environ.get(READY_FILE_VARIABLE)):
        return
    while True:
        draft = Path(f"{path}.{os.getpid()}")
        draft.write_text(os.environ.get(INSTANCE_VARIABLE, ""), encoding="ascii")
        draft.replace(path)
        await asyncio.sleep(FRESH_SECONDS / 6)


def file_says(path: Path, token: str) -> Probe:
    """Ready when the file holds the token of this start."""

    async def probe(_: Child) -> bool:
        with contextlib.suppress(OSError):
            return path.read_text(encoding="ascii") == token
        return False

    return probe


def answers(url: str, token: str) -> Probe:
    """Ready when the address answers 200 and names the token of this start."""

    async def probe(_: Child) -> bool:
        async with httpx2.AsyncClient(timeout=2.0, trust_env=False) as client:
            with contextlib.suppress(httpx2.HTTPError):
                answer = await client.get(url)
                return answer.status_code == 200 and answer.headers.get(INSTANCE_HEADER) == token
        return False

    return probe


def serves_namespace(address: str, namespace: str, *, own: bool = True) -> Probe:
    """Ready when the Temporal server is in health and knows the namespace; when `own`, it must be the child itself."""

    async def probe(child: Child) -> bool:
        if own and holder(int(address.rpartition(":")[2])) != child.pid:
            return False
        return await engine_answers(address, namespace)

    return probe


async def engine_answers(address: str, namespace: str) -> bool:
    """Say whether a Temporal server with this namespace answers there now."""
    with contextlib.suppress(RPCError, RuntimeError, TimeoutError):
        async with asyncio.timeout(5):
            client = await Client.connect(address, namespace=namespace)
            # A listing needs the namespace in the server's cache, and so does starting a workflow.
            async for _ in client.list_workflows(limit=1):
                break
            return True
    return False


if __name__ == "__main__":
    try:
        fresh = time.time() - Path(os.environ[READY_FILE_VARIABLE]).stat().st_mtime < FRESH_SECONDS
    except (KeyError, OSError):
        fresh = False
    sys.exit(0 if fresh else 1)
