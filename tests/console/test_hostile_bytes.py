"""Bytes no browser of a person sends: NUL and foreign character sets, on the database that refuses them (PostgreSQL).

Pages are read and forms sent with the engine away: what is asked here ends before it.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from records.engine import Record
from tests.conftest import KEYS
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.route_table import OURS, routes, token
from tests.installation import CLERK, NOWHERE, Installation, configured, seed, serving

HEADERS = {"Sec-Fetch-Site": "same-origin"}
LEAVES = ("/sign-", "/account/sessions", "/account/password")
"""Forms that end the session that sends them."""


@pytest.fixture
async def site(record_url: str, tmp_path: Path) -> AsyncIterator[DeskSite]:
    """The pages on each database; nobody answers for the engine."""
    record = Record(record_url, KEYS)
    people = seed(record, datetime.now(UTC), tmp_path)
    async with serving(configured(NOWHERE, record_url, tmp_path)) as base:
        found = DeskSite(Installation(base, record, people, tmp_path, None))  # type: ignore[arg-type]
        yield found
        await found.api.close()
    record.close()


async def test_a_nul_in_an_address_is_answered_by_a_page(site: DeskSite) -> None:
    wrong = []
    async with site.stranger() as stranger:
        for route in routes():
            if route.method != "GET":
                continue
            account = next((account for role, account in OURS.items() if role in route.roles), None)
            client = await site.visit(account) if account else stranger
            names = {*route.queries, "state", "office", "area", "view", "helper", "sort", "page", "as_of"}
            for address in (
                route.at({}).partition("?")[0] + "?" + urlencode(dict.fromkeys(sorted(names), "a\0b")),
                route.at(dict.fromkeys(route.names, "a%00b")),
            ):
                answer = await client.get(address)
                if answer.status_code >= 500 or "json" in answer.headers.get("content-type", ""):
                    wrong.append(f"{route} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


async def test_a_nul_in_a_form_is_answered_by_a_page(site: DeskSite) -> None:
    wrong = []
    for account in OURS.values():
        client = await site.visit(account)
        for route in routes():
            if route.method != "GET" or account not in {OURS.get(role) for role in route.roles}:
                continue
            opened = await client.get(route.at({}), follow_redirects=True)
            for form in Page(opened.text).forms if "html" in opened.headers.get("content-type", "") else ():
                if form.method != "post" or form.action.startswith(
                    ("/sign-", "/account/sessions", "/account/password")
                ):
                    continue
                typed = dict(form.fields) | dict.fromkeys(
                    form.names - {"csrf", "request_key"} - form.files - form.choices.keys(), "a\0b"
                )
                answer = await client.post(
                    str(opened.url.join(form.action)), data=typed, headers=HEADERS | {"Origin": site.base}
                )
                if answer.status_code >= 500 and answer.status_code != 503:
                    wrong.append(f"{account} {form.action}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


async def test_a_form_in_another_character_set_is_refused(site: DeskSite) -> None:
    client = await site.visit(CLERK)
    parts = {"csrf": await token(client), "request_key": "1" * 32, "name": "+2AA-\\ud800\\x00"}
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in parts.items())
    for kind in ("utf-7", "unicode_escape", "undefined", "utf-16", '"idna"', "utf-8; charset=undefined"):
        said = {"Content-Type": f"multipart/form-data; boundary=x; charset={kind}", "Origin": site.base}
        answer = await client.post("/queue/filters", content=f"{body}--x--\r\n".encode(), headers=HEADERS | said)
        assert answer.status_code == 415, kind
        assert "html" in answer.headers["content-type"]


async def test_a_nul_that_was_typed_is_left_out(site: DeskSite) -> None:
    client = await site.visit(CLERK)
    form = Page((await client.get("/queue")).text).form({"name"}, "/queue/filters?sort=due")
    kept = await site.send(client, "/queue", form, {"name": "本周\0要办"})
    assert kept.status_code == 200
    assert "本周要办" in kept.text
