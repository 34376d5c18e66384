"""The record away, and the registers asked from the page: nothing typed is lost, nothing is asked twice."""

from pathlib import Path

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.steps.taking import address, as_typed, take, words_of
from tests.installation import CASES, CLERK, HELPER, NOWHERE, configured, serving

pytestmark = pytest.mark.engine

DAY = "2026-10-12"


async def test_with_the_record_away_the_page_keeps_the_form_to_be_sent_again(
    desk_site: DeskSite, tmp_path: Path
) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(CLERK), address(case_id, "record_contact")
    form = Page((await client.get(path)).text).form({"_seen"})
    call = as_typed("record_contact", on=DAY, channel="phone", outcome="failed", note="无人接听。")
    typed = dict(form.filled(dict(call)))
    url = f"sqlite:///{tmp_path / 'not-there' / 'record.db'}"
    cookies = {cookie.name: cookie.value or "" for cookie in client.cookies.jar}
    async with (
        serving(configured(NOWHERE, url, site.api.home)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, cookies=cookies) as away,
    ):
        answer = await away.post(path, data=typed)
    assert answer.status_code == 503
    assert "记录库暂时连接不上" in answer.text
    again = Page(answer.text).form({"note"})
    assert again.action == path
    assert again.value("request_key") == form.value("request_key")
    done = await site.send(client, path, again, {})
    assert done.status_code == 200, words_of(done)
    assert "/done" in str(done.url)


async def test_a_password_never_stands_in_the_page_of_an_error(desk_site: DeskSite, tmp_path: Path) -> None:
    client = desk_site.stranger()
    form = Page((await client.get("/sign-in")).text).form({"password"})
    typed = dict(form.filled({"account": CLERK, "password": "Secret-pass-123"}))
    cookies = {cookie.name: cookie.value or "" for cookie in client.cookies.jar}
    url = f"sqlite:///{tmp_path / 'not-there' / 'record.db'}"
    async with (
        serving(configured(NOWHERE, url, desk_site.api.home)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, cookies=cookies) as away,
    ):
        answer = await away.post("/sign-in", data=typed)
    await client.aclose()
    assert answer.status_code == 503
    assert "Secret-pass-123" not in answer.text
    assert not [shown for shown in Page(answer.text).forms if "account" in shown.names]


async def test_the_registers_are_asked_once_and_what_nobody_answers_is_said_so(desk_site: DeskSite) -> None:
    """Without a connector every source is unavailable; the page offers the button only where one is set up."""
    site, case_id = desk_site, await desk_site.api.open()
    await take(site, CLERK, case_id, "accept_application")
    client, path = await site.visit(CLERK), address(case_id, "record_comparison")
    opened = Page((await client.get(path)).text)
    assert "联网比对" not in opened.text
    form = opened.form({"_seen"})
    sent = {"csrf": form.value("csrf"), "request_key": form.value("request_key")}
    own = {"Origin": site.base, "Sec-Fetch-Site": "same-origin"}
    answers = [await client.post(f"{path}/run", data=sent, headers=own) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    found = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["comparisons"]
    assert {one["result"] for one in found} == {"unavailable"}
    helper = await (await site.visit(HELPER)).post(f"{path}/run", data=sent, headers=own)
    assert helper.status_code == 403
