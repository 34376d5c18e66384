"""The worker's word that it serves: fresh, stale, missing, and never half written."""

import asyncio
import os
from pathlib import Path

import pytest

from operations.liveness import FRESH_SECONDS, INSTANCE_VARIABLE, READY_FILE_VARIABLE, announce, is_fresh


async def test_the_file_holds_the_token_and_grows_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ready = tmp_path / "worker.ready"
    monkeypatch.setenv(READY_FILE_VARIABLE, str(ready))
    monkeypatch.setenv(INSTANCE_VARIABLE, "token")
    assert not is_fresh(now=0.0)
    task = asyncio.create_task(announce())
    while not ready.exists():
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert ready.read_text() == "token"
    written = ready.stat().st_mtime
    assert is_fresh(written + FRESH_SECONDS - 1)
    assert not is_fresh(written + FRESH_SECONDS + 1)
    assert os.listdir(tmp_path) == ["worker.ready"]


async def test_a_worker_nobody_waits_for_announces_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(READY_FILE_VARIABLE, raising=False)
    await asyncio.wait_for(announce(), 30)
