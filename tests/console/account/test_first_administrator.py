"""A new installation from its first page: nobody can do anything until the one-time code was used, once."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from desk.first_administrator import make_first_code
from records.engine import Record
from records.migrations import upgrade
from tests.console.pages_read import Page
from tests.engine_stack import KEYS
from tests.installation import NOWHERE, configured, serving

pytestmark = pytest.mark.engine

FIELDS = {
    "account": "chief",
    "name": "李管理",
    "area": "220000",
    "password": "a-long-secret",
    "repeated": "a-long-secret",
}


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncIterator[tuple[httpx2.AsyncClient, str]]:
    """A real installation (no drill) without any account, and its one-time code."""
    url = f"sqlite:///{tmp_path / 'record.db'}"
    record = Record(url, KEYS)
    upgrade(record.engine)
    record.close()
    code = make_first_code(tmp_path / "first-administrator")
    async with (
        serving(configured(NOWHERE, url, tmp_path, drill=False)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, follow_redirects=True) as client,
    ):
        yield client, code


async def sent(client: httpx2.AsyncClient, fields: dict[str, str]) -> httpx2.Response:
    page = Page((await client.get("/first-administrator")).text)
    form = page.form(set(FIELDS) | {"code"})
    return await client.post("/first-administrator", data=dict(form.filled(fields)))


async def test_the_first_administrator_is_made_once(fresh: tuple[httpx2.AsyncClient, str]) -> None:
    client, code = fresh
    assert str((await client.get("/sign-in")).url).endswith("/first-administrator")
    wrong = await sent(client, FIELDS | {"code": "0000-0000"})
    assert wrong.status_code == 422
    assert "一次性代码不正确" in wrong.text
    assert "a-long-secret" not in wrong.text
    empty = await sent(client, FIELDS | {"code": code, "name": "", "area": "吉林"})
    assert 'href="#name"' in empty.text
    assert 'href="#area"' in empty.text

    done = await sent(client, FIELDS | {"code": code})

    assert str(done.url).endswith("/sign-in")
    assert (await client.get("/first-administrator")).status_code == 409
    page = Page((await client.get("/sign-in")).text)
    signed = page.form({"account", "password"}).filled({"account": "chief", "password": "a-long-secret"})
    assert "李管理" in (await client.post("/sign-in", data=dict(signed))).text
