"""The ledger over HTTP: as on any day, masked, each office its own, and files of exactly what is shown."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desk.ledger_sheet import TITLES
from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.queue.test_queue import place
from tests.installation import CLERK, ELSEWHERE, HELPER, REVIEWERS, SUPERVISOR, member

pytestmark = pytest.mark.engine


async def rows(site: DeskSite, account: str, query: str) -> list[dict[str, str]]:
    """Return the lines of a .csv."""
    answer = await (await site.visit(account)).get(f"/ledger/export.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def helped(site: DeskSite, where: str) -> str:
    """Bring a household to a job from 2026-10-20; return its case."""
    case_id = await site.api.assisted(members=[member(name="令狐安")], community=where)
    await site.api.step(CLERK, case_id, "services", {"member": "M1", "kind": "guidance", "on": "2026-10-12"})
    await site.api.until(case_id, "2026-10-20")
    job = {"member": "M1", "started_on": "2026-10-20", "channel": "employer", "evidence": "contract"}
    await site.api.step(
        CLERK, case_id, "employments", job | {"monthly_income_fen": 230000, "contract_months": 12, "insured": True}
    )
    return case_id


async def test_the_ledger_of_a_past_day_stays_what_it_was(desk_site: DeskSite, tmp_path: Path) -> None:
    where = place()
    case_id = await helped(desk_site, where)
    query = f"community={where}&day="
    before, after = [(await rows(desk_site, CLERK, query + day))[0] for day in ("2026-10-19", "2026-10-20")]
    assert (before["个案编号"], before["就业渠道"], before["职业指导次数"]) == (case_id, "", "1")
    assert (after["就业渠道"], after["月收入（元）"], after["缴纳社会保险"]) == ("单位吸纳", "2300.0", "是")
    assert before["姓名"] == after["姓名"] == "令*"
    assert await rows(desk_site, CLERK, query + "2026-09-29") == []
    assert await rows(desk_site, CLERK, query + "2026-10-19&channel=any") == []
    assert len(await rows(desk_site, CLERK, query + "2026-10-20&channel=employer&people=base&state=open")) == 1
    page = await desk_site.page(await desk_site.visit(CLERK), f"/ledger?{query}2026-10-20")
    assert "1户、1名成员" in page.text
    assert "月收入2,300元" in page.text
    assert "令狐安" not in page.text
    assert f"/cases/{case_id}" in page.links
    file = await (await desk_site.visit(CLERK)).get(f"/ledger/export.xlsx?{query}2026-10-20")
    (tmp_path / "l.xlsx").write_bytes(file.content)
    sheet = load_workbook(tmp_path / "l.xlsx").active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == TITLES
    assert (lines[1][0], lines[1][TITLES.index("月收入（元）")]) == (case_id, 2300)


async def test_everybody_gets_the_ledger_of_their_own_area(desk_site: DeskSite) -> None:
    where = place()
    case_id = await helped(desk_site, where)
    for account in (CLERK, HELPER, REVIEWERS[0], SUPERVISOR):
        assert [row["个案编号"] for row in await rows(desk_site, account, f"community={where}")] == [case_id], account
    assert await rows(desk_site, ELSEWHERE, f"community={where}") == []
    assert await rows(desk_site, SUPERVISOR, f"community={where}&office=220102001") == []


async def test_days_that_make_no_sense_are_said(desk_site: DeskSite) -> None:
    clerk = await desk_site.visit(CLERK)
    assert "您填的日期看不懂" in (await desk_site.page(clerk, "/ledger?day=2026-02-30")).text
    assert "您填的日期还没有到" in (await desk_site.page(clerk, "/ledger?day=2099-01-01")).text
    nothing = await desk_site.page(clerk, "/ledger?day=2001-01-01")
    assert "没有符合这些条件的成员" in nothing.text


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_ledger_is_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    await desk_site.api.open(members=[member(name="司徒明")])
    await in_order(await open_page(SUPERVISOR, width, "/ledger?people=base"))
