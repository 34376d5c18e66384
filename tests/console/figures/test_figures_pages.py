"""The statistics over HTTP: every number equals its list, each office its own, and the file says what the page says."""

import csv
import io
import re

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.pages_read import Page
from tests.installation import CLERK, ELSEWHERE, HELPER, SUPERVISOR, member

pytestmark = pytest.mark.engine

DAYS = "day=2026-10-25&since=2026-10-01&until=2026-10-25"
NUMBER = re.compile(r'<td class="number"><a href="([^"]+)">([^<]+)<')


async def helped(site: DeskSite) -> str:
    """Bring a household to a job from 2026-10-20; return its case."""
    case_id = await site.api.assisted(members=[member()])
    await site.api.until(case_id, "2026-10-20")
    job = {"member": "M1", "started_on": "2026-10-20", "channel": "flexible", "evidence": "flexible_registration"}
    await site.api.step(HELPER, case_id, "employments", job | {"monthly_income_fen": 230000, "insured": True})
    return case_id


async def file_of(site: DeskSite, account: str, path: str) -> list[dict[str, str]]:
    answer = await (await site.visit(account)).get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def told(page: Page) -> int:
    """How many rows a list says it has."""
    found = re.search(r"共 (\d+) 条", page.text)
    return int(found.group(1)) if found else 0


async def test_every_number_equals_the_list_behind_it(desk_site: DeskSite) -> None:
    case_id = await helped(desk_site)
    clerk = await desk_site.visit(CLERK)
    whole = await clerk.get(f"/figures?{DAYS}")
    assert whole.status_code == 200
    numbers = {(link.replace("&amp;", "&"), number) for link, number in NUMBER.findall(whole.text)}
    for link, number in numbers:
        if "元" not in number:
            assert told(await desk_site.page(clerk, link)) == int(number), link
    linked = " ".join(link for link, _ in numbers)
    for each in ("figure=open", "figure=placed_flexible", "figure=insured", "figure=compared", "channel=flexible"):
        assert each in linked
    rows = await file_of(desk_site, CLERK, f"/figures/list/export.csv?{DAYS}&figure=compared")
    mine = next(row for row in rows if row["个案编号"] == case_id)
    assert (mine["认定时月收入和人口"], mine["现在月收入和人口"]) == ("0元，1人", "2,300元，1人")


async def test_the_file_says_what_the_page_says_and_how_it_is_counted(desk_site: DeskSite) -> None:
    await helped(desk_site)
    page = await desk_site.page(await desk_site.visit(CLERK), f"/figures?{DAYS}")
    rows = await file_of(desk_site, CLERK, f"/figures/export.csv?{DAYS}")
    work = next(row for row in rows if (row["行"], row["项目"]) == ("灵活就业", "在岗成员（人）"))
    assert int(work["数字"]) >= 1
    assert work["怎么算"] in page.text
    assert all(row["怎么算"] for row in rows if row["统计表"] != "统计范围")
    sheet = await (await desk_site.visit(CLERK)).get(f"/figures/export.xlsx?{DAYS}")
    assert sheet.content[:2] == b"PK"


async def test_an_office_counts_its_own_and_what_cannot_be_followed_is_said(desk_site: DeskSite) -> None:
    case_id = await helped(desk_site)
    path = f"/figures/list/export.csv?{DAYS}&figure=placed_flexible"
    assert case_id in [row["个案编号"] for row in await file_of(desk_site, SUPERVISOR, path)]
    assert case_id not in [row["个案编号"] for row in await file_of(desk_site, ELSEWHERE, path)]
    supervisor = await desk_site.visit(SUPERVISOR)
    page = await desk_site.page(supervisor, "/figures?day=2099-01-01&since=x&area=440000")
    for words in ("统计日还没有到", "看不懂", "不在您的管辖范围内"):
        assert words in page.text
    await desk_site.page(supervisor, "/figures/list?figure=nothing", status=404)
    assert (await (await desk_site.visit(HELPER)).get("/figures")).status_code == 403


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_statistics_are_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    await helped(desk_site)
    await in_order(await open_page(SUPERVISOR, width, "/figures"))
