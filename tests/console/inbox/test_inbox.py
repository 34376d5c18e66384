"""In-app notices on a page: told to whom they concern, counted on top of every page, read by each for oneself."""

import re

import httpx2
import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.pages_read import Page
from tests.installation import CLERK, ELSEWHERE, REVIEWERS

pytestmark = pytest.mark.engine


async def reported_up(site: DeskSite) -> str:
    """Bring a case before the county, which is told so."""
    case_id = await site.api.in_publicity()
    await site.api.until(case_id, "2026-10-12")
    await site.api.step(CLERK, case_id, "publicity/report-ups", {})
    return case_id


def unread(page: Page) -> int:
    """Return the count on top."""
    found = re.search(r"通知\s+(\d+)条未读", page.text)
    return int(found[1]) if found else 0


async def marked(site: DeskSite, client: httpx2.AsyncClient, name: str, value: str) -> httpx2.Response:
    return await site.submit(client, "/inbox?show=unread", {name: value}, action="/inbox/read?show=unread")


async def test_the_county_is_told_and_each_reads_for_oneself(desk_site: DeskSite) -> None:
    first, second = [await desk_site.visit(account) for account in REVIEWERS[:2]]
    if unread(await desk_site.page(first, "/inbox")):  # of other tests' households
        await marked(desk_site, first, "all", "yes")
    case_id = await reported_up(desk_site)
    page = await desk_site.page(first, "/inbox?show=unread")  # among those read, others' of later days stand first
    assert f"/cases/{case_id}" in page.links
    before, theirs = unread(page), unread(await desk_site.page(second, "/inbox"))
    assert before >= 1
    key = next(
        value
        for form in page.forms
        for name, value in form.buttons
        if name == "key" and value.startswith(case_id + "/")
    )

    assert (await marked(desk_site, first, "key", key)).status_code == 200
    assert unread(await desk_site.page(first, "/queue")) == before - 1
    assert unread(await desk_site.page(second, "/inbox")) == theirs
    read = [line["key"] for line in await desk_site.api.told(REVIEWERS[0], case_id) if line["read_at"]]
    assert read == [key]
    assert key not in (await first.get("/inbox?show=unread")).text

    await reported_up(desk_site)
    done = await marked(desk_site, first, "all", "yes")
    assert "没有未读的通知" in done.text
    assert unread(Page(done.text)) == 0


async def test_nobody_reads_or_marks_what_is_elsewhere(desk_site: DeskSite) -> None:
    case_id = await reported_up(desk_site)
    other, county = await desk_site.visit(ELSEWHERE), await desk_site.visit(REVIEWERS[2])
    assert await desk_site.api.told(ELSEWHERE, case_id) == []
    assert case_id not in (await desk_site.page(other, "/inbox")).text
    page = await desk_site.page(county, "/inbox")
    form = next(form for form in page.forms if form.action.startswith("/inbox/read"))
    before = unread(page)
    fields = {"csrf": next(v for f in (await desk_site.page(other, "/inbox")).forms if (v := f.value("csrf")))}
    keys = [value for name, value in form.buttons if name == "key"]
    origin = {"Origin": desk_site.base, "Sec-Fetch-Site": "same-origin"}
    answer = await other.post("/inbox/read", data={**fields, "key": keys}, headers=origin)
    assert answer.status_code == 303
    assert unread(await desk_site.page(county, "/inbox")) == before


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_inbox_is_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    await reported_up(desk_site)
    await in_order(await open_page(REVIEWERS[2], width, "/inbox"))
    page = await open_page("admin", width, "/inbox?show=unread")
    await in_order(page)
