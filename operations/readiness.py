"""How a started program is known to serve, and to be *ours*: a stranger on the port would otherwise lie "ready".

Every start of the stack has a token.  The worker writes it into a file (`liveness.py`), the API answers with it in a
header, and the Temporal server must be the very process that listens on its port.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx2
from temporalio.client import Client
from temporalio.service import RPCError

from operations.children import Child
from operations.ports import holder

INSTANCE_HEADER = "X-Wanjia-Instance"

Probe = Callable[[Child], Awaitable[bool]]


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
