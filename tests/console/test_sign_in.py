"""Signing in through the page: the cookie, the form's token, where one is sent, and what is refused."""

import re

import httpx2
import pytest

from tests.installation import CLERK, Installation

pytestmark = pytest.mark.engine


def token_in(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found
    return found[1]


async def opened(client: httpx2.AsyncClient, path: str) -> str:
    """Open a page; return the token of its forms."""
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return token_in(answer.text)


async def test_one_signs_in_and_goes_on_to_where_one_wanted_to(api: Installation) -> None:
    async with api.visitor() as client:
        away = await client.get("/display-nothing?x=1")
        assert away.status_code == 404
        assert "没有找到这一页" in away.text
        csrf = await opened(client, "/sign-in?next=/%3Fx%3D1")
        form = {"csrf": csrf, "next": "/?x=1", "account": CLERK, "password": api.staff.password}
        done = await client.post("/sign-in", data=form)
        assert done.status_code == 303
        assert done.headers["location"] == "/?x=1"
        cookies = done.headers.get_list("set-cookie")
        session = next(line for line in cookies if line.startswith("wanjia="))
        assert "HttpOnly" in session
        assert "SameSite=lax" in session
        csrf = token_in((await client.get("/sign-in")).text)
        assert (await client.post("/sign-out", data={"csrf": csrf})).headers["location"] == "/sign-in"
        assert "wanjia" not in client.cookies


@pytest.mark.parametrize("next_", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", ""])
async def test_nobody_is_sent_to_another_host(api: Installation, next_: str) -> None:
    async with api.visitor() as client:
        csrf = await opened(client, "/sign-in")
        form = {"csrf": csrf, "next": next_, "account": CLERK, "password": api.staff.password}
        assert (await client.post("/sign-in", data=form)).headers["location"] == "/"


async def test_a_wrong_password_keeps_the_account_and_never_the_password(api: Installation) -> None:
    async with api.visitor() as client:
        csrf = await opened(client, "/sign-in")
        answer = await client.post("/sign-in", data={"csrf": csrf, "account": "nobody-here", "password": "Secret-999"})
    assert answer.status_code == 422
    assert "nobody-here" in answer.text
    assert "Secret-999" not in answer.text
    assert 'href="#account"' in answer.text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
async def test_a_form_from_elsewhere_is_refused(api: Installation, headers: dict[str, str]) -> None:
    async with api.visitor() as client:
        csrf = await opened(client, "/sign-in")
        form = {"csrf": csrf, "account": CLERK, "password": api.staff.password}
        assert (await client.post("/sign-in", data=form, headers=headers)).status_code == 403
        assert (await client.post("/sign-in", data={**form, "csrf": "x.y"})).status_code == 403
        client.cookies.clear()
        assert (await client.post("/sign-in", data=form)).status_code == 403


async def test_the_large_text_stays(api: Installation) -> None:
    async with api.visitor() as client:
        csrf = await opened(client, "/")
        assert '<html lang="zh-CN">' in (await client.get("/")).text
        await client.post("/display", data={"csrf": csrf, "large": "1", "next": "/"})
        assert '<html lang="zh-CN" class="large">' in (await client.get("/")).text


async def test_pages_bring_everything_from_here(api: Installation) -> None:
    async with api.visitor() as client:
        page = await client.get("/")
        policy = page.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
        assert addresses
        for address in addresses:
            answer = await client.get(address)
            assert answer.status_code == 200, address
            assert "immutable" in answer.headers["cache-control"]
