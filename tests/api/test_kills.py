"""Kill -9 in the middle: after a restart every accepted act is there once, with its record and its notices once.

Real processes: the Temporal server, the worker and the API of the embedded stack.
"""

import asyncio
import json
import os
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from operations.account_news import account_news
from operations.children import ChildDied
from operations.embedded_stack import EmbeddedStack
from operations.ports import free_ports
from operations.settings import Settings, load_settings
from tests.installation import CASES, CLERK, application

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(300)]

DAYTIME = datetime(2026, 9, 18, 2, tzinfo=UTC)
"""Ten in the morning in Shanghai, whenever the test runs: no notice waits for the night to end."""

ACTS = 8


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    api, temporal, ui = free_ports(3)
    return load_settings(
        _env_file=None,
        wanjia_home=tmp_path / "home",
        wanjia_drill=True,
        wanjia_api_port=api,
        wanjia_temporal_port=temporal,
        wanjia_ui_port=ui,
    )


async def logged_in(settings: Settings) -> httpx2.AsyncClient:
    password = next(each.password for each in account_news(settings).demo)
    client = httpx2.AsyncClient(base_url=settings.api_url, timeout=30, trust_env=False)
    answer = await client.post("/api/v1/sessions", json={"account": CLERK, "password": password})
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


async def send(client: httpx2.AsyncClient, path: str, body: object, key: str) -> int:
    """Send one act; 0 when the connection broke."""
    try:
        return (await client.post(path, json=body, headers={"Idempotency-Key": key})).status_code
    except httpx2.HTTPError:
        return 0


async def kill_in_the_middle(stack: EmbeddedStack, child: str, acts: list[asyncio.Task[int]]) -> None:
    """End a child as soon as the first act was answered, while the others are under way."""
    await asyncio.wait(acts, return_when=asyncio.FIRST_COMPLETED)
    os.kill(stack.pid(child), signal.SIGKILL)
    with pytest.raises(ChildDied):
        await stack.until_death()
    await asyncio.gather(*acts)
    await stack.stop()


async def eventually_sent(client: httpx2.AsyncClient, case_id: str) -> list[str]:
    """Return the notices of a case when all have been sent; a delivery that died is tried again after a minute."""
    until = datetime.now(UTC) + timedelta(seconds=90)
    while True:
        lines = (await client.get(f"{CASES}/{case_id}/messages")).json()["messages"]
        if all(line["state"] in ("sent", "confirmed") for line in lines) or datetime.now(UTC) > until:
            return [f"{line['seq']}/{line['notice']}/{line['state']}" for line in lines]
        await asyncio.sleep(0.1)


async def test_acts_survive_the_kill_of_the_worker_and_of_the_api(settings: Settings) -> None:
    forms = {uuid4().hex: application(start=DAYTIME) for _ in range(ACTS)}
    stack = EmbeddedStack(settings)
    await stack.start()
    client = await logged_in(settings)
    opening = [asyncio.create_task(send(client, CASES, form, key)) for key, form in forms.items()]
    await kill_in_the_middle(stack, "worker", opening)
    await client.aclose()

    stack = EmbeddedStack(settings)
    await stack.start()
    client = await logged_in(settings)
    case_ids = {}
    for key, form in forms.items():
        answer = await client.post(CASES, json=form, headers={"Idempotency-Key": key})
        assert answer.status_code == 201, answer.text
        case_ids[key] = answer.json()["case_id"]
    assert len(set(case_ids.values())) == ACTS
    accepting = [
        asyncio.create_task(send(client, f"{CASES}/{case_id}/acceptances", None, f"accept-{key}"))
        for key, case_id in case_ids.items()
    ]
    await kill_in_the_middle(stack, "api", accepting)
    await client.aclose()

    async with EmbeddedStack(settings):
        client = await logged_in(settings)
        for key, case_id in case_ids.items():
            path = f"{CASES}/{case_id}/acceptances"
            assert await send(client, path, None, f"accept-{key}") == 201
            events = (await client.get(f"{CASES}/{case_id}/timeline")).json()["events"]
            assert [event["trigger"] for event in events] == ["apply", "accept_application"]
            sent = await eventually_sent(client, case_id)
            assert [line.rpartition("/")[0] for line in sent] == ["1/application_received"]
            assert sent[0].endswith(("sent", "confirmed"))
        listed = (await client.get(f"{CASES}?limit=200")).json()
        assert listed["total"] == ACTS, "nobody was taken in twice"
        await client.aclose()
    inbox = (settings.inbox / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    delivered = Counter(json.loads(line)["key"].split("/")[0] for line in inbox if line)
    assert delivered == Counter(case_ids.values()), "each applicant got one message"
