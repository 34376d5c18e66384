"""The statistics over HTTP: every number equals its list, each office its own, and the file says what the page says."""

import csv
import io
import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from records.case_files import last_event
from records.member_measures import Measure, keep_measure, mark
from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.pages_read import Page
from tests.installation import CLERK, ELSEWHERE, HELPER, OFFICE, REVIEWERS, SUPERVISOR, member

pytestmark = pytest.mark.engine

DAYS = "day=2026-10-25&since=2026-10-01&until=2026-10-25"
TRIES = 5
EVERYWHERE = {
    *("open", "state_employed", "eliminated_flexible", "eliminated_all", "placed_flexible", "placed_all"),
    *("working", "single", "insured", "compared", "graduate_all", "graduate_helped", "graduate_internship"),
    *("child_all", "child_helped", "child_free_training"),
}
"""Numbers of the household that is brought to a job, which cannot be nought."""

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


async def numbers_of(site: DeskSite, account: str, path: str) -> dict[str, int]:
    """Return the numbers of a page by the address of their rows; averages are no count of rows."""
    answer = await (await site.visit(account)).get(path)
    assert answer.status_code == 200, answer.text
    found = NUMBER.findall(answer.text)
    return {link.replace("&amp;", "&"): int(number) for link, number in found if "元" not in number}


async def walked(site: DeskSite, account: str, path: str) -> dict[str, int]:
    """Hold every number of a page against its list; return the numbers.

    Households of other tests still move in the shared installation: what was counted before one moved says nothing of
    a list read after it, so the page must be the same before and after its lists.
    """
    client = await site.visit(account)
    for _ in range(TRIES):
        numbers = await numbers_of(site, account, path)
        lists = {link: told(await site.page(client, link)) for link in numbers}
        if await numbers_of(site, account, path) == numbers:
            assert lists == numbers
            return numbers
    raise AssertionError(f"{path} never stood still")


async def test_every_number_equals_the_list_behind_it(desk_site: DeskSite) -> None:
    case_id = await helped(desk_site)
    api, now = desk_site.api, datetime.now(UTC)
    with api.record.read() as work:
        event = last_event(work, case_id)
    assert event is not None
    await api.step(REVIEWERS[2], case_id, "employments/approvals", {"employment": f"E{event.seq}"})
    on = date(2026, 10, 20)
    with api.record.write() as work:
        for code, kind in (("graduate", "internship"), ("child", "free_training")):
            mark(work, case_id, "M1", code, since=on, account=CLERK, now=now)
            keep_measure(work, Measure(f"figures-{case_id}-{kind}", case_id, "M1", kind, on, CLERK), now)
    for account, parts in ((CLERK, {OFFICE}), (SUPERVISOR, {"2203", OFFICE[:6]})):
        numbers = await walked(desk_site, account, f"/figures?{DAYS}")
        asked = [dict(parse_qsl(urlsplit(link).query)) for link in numbers]
        assert {said["figure"] for said in asked if "figure" in said} >= EVERYWHERE
        assert {"flexible", "any"} <= {said["channel"] for said in asked if "channel" in said}
        assert parts <= {said.get("area") or said.get("office") for said in asked}
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
