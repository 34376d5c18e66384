"""How a worker says that it serves: a file with the token of this start, kept fresh from the worker's own event loop.

Light on purpose: the worker imports it, and a container runs `python -m operations.liveness` as its health check
(0 while the file is fresh; a worker whose loop hangs does not freshen it).  Who waits for it is `readiness.py`.
"""

import asyncio
import os
import sys
import time
from pathlib import Path

INSTANCE_VARIABLE = "WANJIA_INSTANCE"
READY_FILE_VARIABLE = "WANJIA_READY_FILE"
FRESH_SECONDS = 60.0
"""How long the file counts; it is rewritten six times as often."""


async def announce() -> None:
    """Keep telling whoever started this process that it serves.  Run it as a task once polling has begun."""
    if not (path := os.environ.get(READY_FILE_VARIABLE)):
        return
    while True:
        draft = Path(f"{path}.{os.getpid()}")
        draft.write_text(os.environ.get(INSTANCE_VARIABLE, ""), encoding="ascii")
        draft.replace(path)
        await asyncio.sleep(FRESH_SECONDS / 6)


def is_fresh(now: float) -> bool:
    """Say whether the file named by the environment was written within `FRESH_SECONDS` of the POSIX time `now`."""
    try:
        return now - Path(os.environ[READY_FILE_VARIABLE]).stat().st_mtime < FRESH_SECONDS
    except (KeyError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_fresh(time.time()) else 1)
