"""How long one step of a person takes: a bare update, the same step in the engine with its record, and through HTTP.

Each caller has a case of its own and waits for each answer before it asks again.  Callers and the three layers under
measurement share the machine, so with many callers the time is mostly waiting for a processor.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from statistics import quantiles
from uuid import uuid4

import httpx2

from api.step_paths import step_url
from casework.commands.assistance import RecordService
from operations.bench_bare import QUEUE, BareLife, BarePlan
from operations.bench_life import CLERK, HELPER, OFFICE, TEXT
from operations.bench_lives import play_real
from operations.bench_stack import Bench
from workflows.chapter import workflow_id

_NUMBERS = count(70001)
_DAY = "2026-10-15"
ASSISTED = 9
"""Steps of the standard life after which a household is assisted."""

Act = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds at one number of callers; `rate` is steps per second of all callers together."""

    callers: int
    p50: float
    p99: float
    rate: float


@dataclass(frozen=True, slots=True)
class StepLatency:
    """The three layers, each at every number of callers."""

    bare: tuple[Latency, ...]
    engine: tuple[Latency, ...]
    http: tuple[Latency, ...]


async def measure_steps(
    bench: Bench, *, callers: tuple[int, ...], steps: int, say: Callable[[str], None]
) -> StepLatency:
    """Measure each layer at each number of callers, `steps` steps at least; the layers take turns."""
    most = max(callers)
    say(f"准备 {most} 户，各到帮扶阶段……")
    cases = await _assisted_cases(bench, most)
    bare = await _bare_workflows(bench, most)
    bench_bare: list[Latency] = []
    engine: list[Latency] = []
    http: list[Latency] = []
    async with httpx2.AsyncClient(
        base_url=bench.stack.api_url,
        timeout=60,
        trust_env=False,
        headers={"Authorization": f"Bearer {await _token(bench)}"},
        limits=httpx2.Limits(max_connections=most, max_keepalive_connections=most),
    ) as client:

        async def touch(caller: int) -> None:
            await bench.plain.get_workflow_handle(bare[caller]).execute_update(BareLife.touch)

        async def take(caller: int) -> None:
            await bench.cases.take(cases[caller], _service())

        async def post(caller: int) -> None:
            answer = await client.post(
                step_url(cases[caller], "record_service"),
                json={"member": "M1", "kind": "guidance", "on": _DAY, "note": "分析就业意愿，讲解家政培训班。"},
                headers={"Idempotency-Key": uuid4().hex},
            )
            if answer.status_code != 201:
                raise RuntimeError(f"step not taken: HTTP {answer.status_code} {answer.text}")

        for act in (touch, take, post):
            await _latency(act, min(2, most), 10)
        for number in callers:
            say(f"一步的时间，{number} 人同时办理……")
            bench_bare.append(await _latency(touch, number, steps))
            engine.append(await _latency(take, number, steps))
            http.append(await _latency(post, number, steps))
    return StepLatency(tuple(bench_bare), tuple(engine), tuple(http))


async def _latency(act: Act, callers: int, steps: int) -> Latency:
    each = max(3, steps // callers)
    taken: list[float] = []

    async def call(caller: int) -> None:
        for _ in range(each):
            began = time.perf_counter()
            await act(caller)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(call(caller) for caller in range(callers)))
    whole = time.perf_counter() - began
    cuts = quantiles(taken, n=100)
    return Latency(callers, cuts[49], cuts[98], len(taken) / whole)


def _service() -> RecordService:
    return RecordService.model_validate(
        {"command_id": uuid4().hex, "by": HELPER, "member": "M1", "kind": "guidance", "on": _DAY, "note": TEXT}
    )


async def _assisted_cases(bench: Bench, number: int) -> list[str]:
    gate = asyncio.Semaphore(20)
    ids = [f"{OFFICE}-2026-{next(_NUMBERS):05d}" for _ in range(number)]

    async def one(case_id: str) -> None:
        async with gate:
            await play_real(bench, case_id, steps=ASSISTED)

    await asyncio.gather(*(one(case_id) for case_id in ids))
    return ids


async def _bare_workflows(bench: Bench, number: int) -> list[str]:
    ids = [workflow_id(f"bare-{uuid4().hex}") for _ in range(number)]
    for each in ids:
        await bench.plain.start_workflow(BareLife.run, BarePlan([(1e6, False)], 1), id=each, task_queue=QUEUE)
    return ids


async def _token(bench: Bench) -> str:
    """Log in as a clerk of the cases' office."""
    body = {"account": CLERK.account, "password": bench.staff.password}
    async with httpx2.AsyncClient(base_url=bench.stack.api_url, timeout=60, trust_env=False) as client:
        answer = await client.post("/api/v1/sessions", json=body)
        answer.raise_for_status()
        return str(answer.json()["token"])
