"""The app (接口): routes put together over one desk.  It knows no environment: `operations/serve_api.py` configures it.

The engine is connected to lazily, so that the API starts and reads work while the engine is away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request

from api import (
    absences,
    acceptances,
    accounts,
    alerts,
    board,
    breach_causes,
    calendars,
    cases,
    certifications,
    closures,
    comparisons,
    contacts,
    employments,
    exits,
    follow_ups,
    hardships,
    health,
    helpers_of_cases,
    households,
    job_losses,
    messages,
    monitoring,
    notices,
    objections,
    offline_entries,
    overdue,
    people,
    plan_steps,
    plans,
    policies,
    publicity,
    reassignments,
    receipts,
    referrals,
    refusals,
    registrations,
    relocations,
    restorations,
    reviews,
    services,
    sessions,
    special_decisions,
    supplements,
    suspensions,
    tasks,
    transfers,
    visits,
    withdrawals,
)
from api.asking import the_desk
from api.edge import Edge
from api.errors import install
from casework.review_facts import Source
from connectors.port import Connector
from desk.calendar_runs import CalendarRuns
from desk.case_client import CaseClient
from desk.desk import Desk
from desk.errors import NotReady
from desk.first_administrator import has_accounts
from desk.import_runs import ImportRuns
from desk.ledger_files import LedgerFileRuns
from desk.policy_runs import PolicyRuns
from desk.throttle import AddressThrottle
from desk.unfinished_runs import taken_up
from documents.evidence_store import EvidenceStore
from documents.press import Settings as PressSettings
from documents.press import press_of
from notifications.gateways.failover import Gateways
from records.crypto import load_keys
from records.engine import Record

NOUNS: tuple[ModuleType, ...] = (
    sessions,
    accounts,
    absences,
    calendars,
    policies,
    alerts,
    cases,
    people,
    tasks,
    acceptances,
    special_decisions,
    comparisons,
    visits,
    supplements,
    reviews,
    publicity,
    objections,
    certifications,
    withdrawals,
    helpers_of_cases,
    reassignments,
    offline_entries,
    plans,
    registrations,
    services,
    referrals,
    refusals,
    contacts,
    breach_causes,
    suspensions,
    relocations,
    hardships,
    plan_steps,
    exits,
    employments,
    job_losses,
    restorations,
    follow_ups,
    closures,
    households,
    monitoring,
    transfers,
    overdue,
    notices,
    messages,
)
"""Nouns for people who have logged in, in the order of the description."""

DESCRIPTION = """万家灯火：零就业家庭援助个案管理。

先登录（`POST /api/v1/sessions`），之后每个请求带 `Authorization: Bearer 令牌`。办理类请求带 `Idempotency-Key`：没有收到
答复时用同一请求号重发，不会重复办理；答复 202 表示已受理、正在写入记录，用同一请求号再次提交以取得结果。
看不到的个案一律答复 404。日期均为北京时间，金额单位为分。"""

LOG_INS_AT_ONCE = 2
"""Checking a password takes 64 MB and much of a core on purpose; a flood of guesses must not starve the others."""

ConnectEngine = Callable[[bytes], Awaitable[CaseClient]]


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """What the app is given.  `connect` gets the key that seals the engine's payloads; `clock` tells UTC.

    `evidence` is the folder of what people hand in and of papers, made as `press` says.
    `gateways` carry what the public waits for, under `sms_sign`.
    """

    database_url: str
    key_file: Path
    connect: ConnectEngine
    clock: Callable[[], datetime]
    first_code_file: Path
    evidence: Path
    press: PressSettings | None = None
    drill: bool = False
    receipt_token: str = ""
    connectors: Mapping[Source, Connector] = field(default_factory=dict)
    gateways: Gateways | None = None
    sms_sign: str = ""


def create_app(config: ApiConfig) -> FastAPI:
    """Return the API of one installation."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        keys = load_keys(config.key_file)
        record = Record(config.database_url, keys)
        engine = await config.connect(keys.engine_key)
        app.state.desk = Desk(
            record,
            engine,
            drill=config.drill,
            connectors=config.connectors,
            evidence=EvidenceStore(config.evidence, keys),
            press=press_of(config.press, keys) if config.press else None,
            gateways=config.gateways,
            sign=config.sms_sign,
        )
        app.state.calendar_runs = runs = CalendarRuns(record, app.state.desk.cases, config.clock)
        app.state.policy_runs = adoptions = PolicyRuns(record, app.state.desk.cases, config.clock)
        app.state.import_runs = sheets = ImportRuns(app.state.desk, config.clock)
        app.state.ledger_files = exports = LedgerFileRuns(app.state.desk, config.clock)
        async with taken_up(runs, adoptions, sheets, exports):
            yield
        for connector in config.connectors.values():
            connector.close()
        if config.gateways is not None:
            config.gateways.close()
        record.close()

    app = FastAPI(
        title="万家灯火",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/api/v1/openapi.json",
        lifespan=life,
    )
    app.state.clock = config.clock
    app.state.throttle = AddressThrottle()
    app.state.log_ins = asyncio.Semaphore(LOG_INS_AT_ONCE)
    app.state.first_code_file = config.first_code_file
    app.state.receipt_token = config.receipt_token
    app.state.set_up = config.drill
    install(app)
    app.include_router(health.alive)
    for public in (health.router, board.router, accounts.first, receipts.router):
        app.include_router(public, prefix="/api/v1")
    behind = APIRouter(prefix="/api/v1", dependencies=[Depends(set_up)])
    for noun in NOUNS:
        behind.include_router(noun.router)
    app.include_router(behind)
    app.add_middleware(Edge)
    return app


def set_up(request: Request, desk: Annotated[Desk, Depends(the_desk)]) -> None:
    """Refuse everything else until a real installation has its first administrator."""
    if not request.app.state.set_up:
        if not has_accounts(desk):
            raise NotReady
        request.app.state.set_up = True
