"""The real API and console over real HTTP, on the real engine: one server, one worker and one API a session.

`api` is the running installation in drill mode, `as_…` clients of its demo staff.  Nothing is mocked.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import uvicorn
from temporalio.client import Client

from api.app import ApiConfig, create_app
from casework.resident_id import check_character
from casework.times import at_local, local_date
from console.app import with_console
from desk.case_client import CaseClient
from documents.press import Settings as PressSettings
from notifications.gateways.failover import Gateways
from notifications.gateways.file import FileGateway
from operations.demo_accounts import DemoStaff, seed
from operations.ports import free_ports
from records.engine import Record
from tests.engine_stack import KEYS, SLOW_MACHINE, EngineStack, running, start_server
from workflows.payload_codec import data_converter

OFFICE = "220302004"
OTHER_OFFICE = "220102001"
CLERK, CLERK_2 = f"cw-{OFFICE}-1", f"cw-{OFFICE}-2"
ELSEWHERE = f"cw-{OTHER_OFFICE}-1"
HELPER = f"hp-{OFFICE}-1"
REVIEWERS = tuple(f"rv-220302-{n}" for n in (1, 2, 3))
SUPERVISOR = "sv-220300"
CASES = "/api/v1/cases"
_ADDRESSES = count()


@dataclass
class Installation:
    """A running API; clients of its staff are made once and kept."""

    base: str
    record: Record
    staff: DemoStaff
    home: Path
    stack: EngineStack
    clients: dict[str, httpx2.AsyncClient] = field(default_factory=dict)
    logging_in: asyncio.Lock = field(default_factory=asyncio.Lock)
    visitors: list[httpx2.AsyncClient] = field(default_factory=list)
    """Those not closed yet: a test that failed before it closed its own must not fail another by a lost socket."""

    def visitor(self) -> httpx2.AsyncClient:
        """Return a client at an address of its own, so that nobody is kept out for what others tried.

        It speaks HTTP alone; reading the world's certificates takes longer than most pages.
        """
        number = next(_ADDRESSES)
        headers = {"X-Forwarded-For": f"10.9.{number // 250}.{number % 250 + 1}"}
        client = httpx2.AsyncClient(base_url=self.base, timeout=30, trust_env=False, verify=False, headers=headers)
        self.visitors = [*(visitor for visitor in self.visitors if not visitor.is_closed), client]
        return client

    async def close(self) -> None:
        """Close whoever is still there."""
        for client in self.visitors:
            await client.aclose()

    async def of(self, account: str) -> httpx2.AsyncClient:
        """Return a client that has logged in as this account."""
        async with self.logging_in:
            if account not in self.clients:
                client = self.visitor()
                body = {"account": account, "password": self.staff.password}
                answer = await client.post("/api/v1/sessions", json=body)
                assert answer.status_code == 201, answer.text
                client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
                self.clients[account] = client
        return self.clients[account]

    async def ask(self, account: str, method: str, path: str, **more: Any) -> httpx2.Response:
        """Ask as an account, with a fresh key unless one is given."""
        headers = {"Idempotency-Key": more.pop("key", uuid4().hex)}
        return await (await self.of(account)).request(method, path, headers=headers, **more)

    async def post(self, account: str, path: str, body: Any = None, key: str | None = None) -> httpx2.Response:
        return await self.ask(account, "POST", path, json=body, key=key or uuid4().hex)

    async def get(self, account: str, path: str) -> Any:
        answer = await self.ask(account, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def told(self, account: str, case_id: str, query: str = "") -> list[dict[str, Any]]:
        """Return what an account was told of a case, from all pages: others' households of later days stand first."""
        lines: list[dict[str, Any]] = []
        while True:
            page = await self.get(account, f"/api/v1/notices?limit=100&offset={len(lines)}{query}")
            lines += page["notices"]
            if not page["notices"]:
                return [line for line in lines if line["case_id"] == case_id]

    async def open(self, account: str = CLERK, **more: Any) -> str:
        """Open a case of a fresh household; return its id."""
        answer = await self.post(account, CASES, application(**more))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_id"])

    async def step(self, account: str, case_id: str, path: str, body: Any = None) -> Any:
        """Take a step that must succeed."""
        answer = await self.post(account, f"{CASES}/{case_id}/{path}", body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def until(self, case_id: str, day: str, hour: int = 9) -> None:
        """Let the case's clock run to an hour (Shanghai) of a day."""
        await self.stack.until(case_id, at_local(date.fromisoformat(day), hour))
        await self.stack.settled(case_id)

    async def in_publicity(self, **more: Any) -> str:
        """Open a case on Wed 2026-09-30 and bring it to the board the same day; return its id."""
        case_id = await self.open(start=at_local(date(2026, 9, 30), 9), **more)
        await self.step(CLERK, case_id, "acceptances")
        await self.step(CLERK, case_id, "reviews/first-pass", {"compared_online": True, "visited_on": "2026-09-29"})
        await self.step(CLERK, case_id, "publicity/postings", {"posted_on": "2026-09-30"})
        return case_id

    async def assisted(self, **more: Any) -> str:
        """Bring a case to `assisted`, sealed on Mon 2026-10-12; return its id."""
        case_id = await self.in_publicity(**more)
        await self.until(case_id, "2026-10-12")
        await self.step(CLERK, case_id, "publicity/report-ups", {})
        await self.step(REVIEWERS[0], case_id, "reviews/recheck-pass")
        await self.step(REVIEWERS[1], case_id, "certifications")
        await self.step(CLERK, case_id, "helpers", {"helper": HELPER})
        await self.step(CLERK, case_id, "plans", {"signed_on": "2026-10-12", "plan": "推荐保洁岗位；参加家政培训。"})
        return case_id


_NUMBERS = count()


def resident_id(born: str = "19850312", *, male: bool = True) -> str:
    """Return an ID number nobody has, never the same twice."""
    place, order = divmod(next(_NUMBERS), 499)
    first = f"{220000 + place}{born}{(order + 1) * 2 - male:03d}"
    return first + check_character(first)


def member(relation: str = "本人", **more: Any) -> dict[str, Any]:
    return {
        "name": "张三",
        "id_number": resident_id(),
        "relation": relation,
        "booklet": "A",
        "marital": "未婚",
        "status": "登记失业",
        "phone": "19900000001",
    } | more


def application(start: datetime | None = None, **more: Any) -> dict[str, Any]:
    """Return a form; `start` begins the case's clock at an instant of business time."""
    form: dict[str, Any] = {"community": "向阳社区", "address": "向阳街12号", "members": [member()]}
    if start is not None:
        form["clock_offset"] = round((start - datetime.now(UTC)) / timedelta(seconds=1))
    form["applied_on"] = local_date(start or datetime.now(UTC)).isoformat()
    return form | more


RECEIPT_TOKEN = "a-secret-part-nobody-guesses"

NOWHERE = "127.0.0.1:1"
"""An address at which no engine answers."""


@asynccontextmanager
async def serving(config: ApiConfig) -> AsyncIterator[str]:
    """Serve the app over HTTP on a free port; yield its address."""
    port = free_ports(1)[0]
    server = uvicorn.Server(
        uvicorn.Config(with_console(create_app(config)), host="127.0.0.1", port=port, ws="none", log_level="warning")
    )
    server.install_signal_handlers = lambda: None  # type: ignore[method-assign]
    serve = asyncio.create_task(server.serve())
    while not server.started:
        assert not serve.done(), "the API did not start"
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serve


def configured(address: str, record_url: str, home: Path, *, drill: bool = True) -> ApiConfig:
    """Return the app's configuration for an engine at this address; one that is nowhere is not waited for long."""
    patience = 2.0 if address == NOWHERE else SLOW_MACHINE

    async def connect(key: bytes) -> CaseClient:
        client = await Client.connect(address, data_converter=data_converter(key), lazy=True)
        return CaseClient(client, accept_within=patience)

    key_file = home / "key"
    if not key_file.exists():
        key_file.write_text(bytes(range(32)).hex())
        key_file.chmod(0o600)
    return ApiConfig(
        database_url=record_url,
        key_file=key_file,
        connect=connect,
        clock=lambda: datetime.now(UTC),
        first_code_file=home / "first-administrator",
        evidence=home / "evidence",
        press=PressSettings(home / "seals"),
        gateways=Gateways([("file", FileGateway(home))]),
        drill=drill,
        receipt_token=RECEIPT_TOKEN,
    )


@pytest.fixture(scope="session")
def engine_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Temporal dev server."""
    yield from start_server(tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="session")
async def api(engine_address: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """The whole installation in drill mode."""
    home = tmp_path_factory.mktemp("installation")
    async with running(engine_address, home, sandbox=False) as stack:
        url = f"sqlite:///{home / 'record.db'}"
        record = Record(url, KEYS)
        staff = seed(record, datetime.now(UTC), home)
        async with serving(configured(engine_address, url, home)) as base:
            installation = Installation(base, record, staff, home, stack)
            yield installation
            await installation.close()
        record.close()
