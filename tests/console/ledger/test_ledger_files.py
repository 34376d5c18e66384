"""Files of the ledger made in the background: the owner's alone, whole names with a line in each household's log."""

import asyncio
import csv
import io
from datetime import timedelta

import httpx2
import openpyxl
import pytest

from desk.ledger_files import tidy_ledger_files
from records.household_pages import views_of
from records.ledger_files import ledger_file, part_of
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.queue.test_queue import place
from tests.installation import CLERK, ELSEWHERE, HELPER, REVIEWERS, member

pytestmark = pytest.mark.engine


async def made(site: DeskSite, client: httpx2.AsyncClient, where: str, **fields: str) -> str:
    """Ask for a file, wait for it; return its address."""
    answer = await site.submit(client, f"/ledger/files?community={where}", fields)
    assert answer.status_code == 200, answer.text
    await eventually(site, client, str(answer.url.path), "可以下载")
    return str(answer.url.path)


async def eventually(site: DeskSite, client: httpx2.AsyncClient, address: str, words: str) -> str:
    """Look at a page until it says some words; return all it says then."""
    for _ in range(1200):
        text = (await site.page(client, address)).text
        if words in text:
            return text
        await asyncio.sleep(0.05)
    raise AssertionError(text)


async def names(client: httpx2.AsyncClient, address: str) -> list[str]:
    answer = await client.get(f"{address}/content")
    assert answer.status_code == 200, answer.text
    return [row["姓名"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]


async def test_whole_names_need_a_reason_and_leave_a_line_for_each_household(desk_site: DeskSite) -> None:
    where = place()
    cases = [await desk_site.api.open(members=[member(name=name)], community=where) for name in ("令狐安", "司徒明")]
    clerk = await desk_site.visit(CLERK)
    page = f"/ledger/files?community={where}"
    refused = await desk_site.submit(clerk, page, {"kind": "csv", "names": "whole"})
    assert refused.status_code == 422
    assert "请选择查看事由" in Page(refused.text).text
    address = await made(desk_site, clerk, where, kind="csv", names="whole", chosen="核对申请材料")
    assert await names(clerk, address) == ["令狐安", "司徒明"]
    with desk_site.api.record.read() as work:
        for case_id in cases:
            (view,) = [view for view in views_of(work, case_id) if view.what == "ledger"]
            assert (view.account, view.reason) == (CLERK, "核对申请材料")
    assert await names(clerk, await made(desk_site, clerk, where, kind="csv", names="masked")) == ["令*", "司*"]
    for other in (ELSEWHERE, REVIEWERS[0], HELPER):
        for path in (address, f"{address}/content"):
            assert (await (await desk_site.visit(other)).get(path)).status_code == 404


async def test_nobody_but_caseworkers_and_reviewers_gets_whole_names(desk_site: DeskSite) -> None:
    helper = await desk_site.visit(HELPER)
    opened = await desk_site.page(helper, "/ledger/files")
    assert "完整姓名" not in opened.text
    said = {"csrf": opened.form({"next"}).value("csrf"), "kind": "csv", "names": "whole", "chosen": "上门走访"}
    answer = await helper.post("/ledger/files", data=said, headers={"Origin": desk_site.base})
    assert answer.status_code == 403
    assert "完整姓名只供经办人" in answer.text


async def test_a_large_ledger_is_made_in_the_background(desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch) -> None:
    where = place()
    for name in ("令狐安", "司徒明"):
        await desk_site.api.open(members=[member(name=name)], community=where)
    monkeypatch.setattr("console.ledger.pages.AT_ONCE", 1)
    clerk = await desk_site.visit(CLERK)
    shown = (await clerk.get(f"/ledger?community={where}")).text
    assert "文件在后台生成" in shown
    assert "/ledger/export.xlsx" not in shown
    sent_on = await clerk.get(f"/ledger/export.xlsx?community={where}")
    assert sent_on.headers["location"].startswith("/ledger/files?")
    assert "2户、2名成员" in (await desk_site.page(clerk, sent_on.headers["location"])).text
    address = await made(desk_site, clerk, where, kind="xlsx", names="masked")
    book = openpyxl.load_workbook(io.BytesIO((await clerk.get(f"{address}/content")).content))
    assert sorted(row[14] for row in book.active.iter_rows(min_row=2, values_only=True)) == ["令*", "司*"]


async def test_a_file_that_breaks_says_so_and_is_made_anew(
    desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = place()
    await desk_site.api.open(members=[member(name="令狐安")], community=where)
    clerk = await desk_site.visit(CLERK)

    def broken(*_: object) -> int:
        raise OSError

    with monkeypatch.context() as change:
        change.setattr("desk.ledger_files.write_sheet", broken)
        answer = await desk_site.submit(
            clerk, f"/ledger/files?community={where}", {"kind": "csv", "names": "whole", "chosen": "核对申请材料"}
        )
        address = str(answer.url.path)
        shown = await eventually(desk_site, clerk, address, "没有生成")
        assert "系统出错，已记入运行日志" in shown
        assert (await clerk.get(f"{address}/content")).status_code == 404
    stranger = await desk_site.visit(REVIEWERS[0])
    csrf = (await desk_site.page(stranger, "/ledger/files")).form({"next"}).value("csrf")
    no = await stranger.post(f"{address}/again", data={"csrf": csrf}, headers={"Origin": desk_site.base})
    assert no.status_code == 404
    await desk_site.submit(clerk, address, {}, action="/again")
    await eventually(desk_site, clerk, address, "可以下载")
    assert await names(clerk, address) == ["令狐安"]
    with desk_site.api.record.read() as work:
        found = ledger_file(work, address.rpartition("/")[2])
    assert found is not None
    assert (found.state, found.why, found.done, found.total) == ("ready", None, 1, 1)


async def test_a_file_is_sealed_and_gone_after_a_day(desk_site: DeskSite) -> None:
    where = place()
    await desk_site.api.open(members=[member(name="令狐安")], community=where)
    clerk = await desk_site.visit(CLERK)
    file_id = (await made(desk_site, clerk, where, kind="xlsx", names="masked")).rpartition("/")[2]
    record = desk_site.api.record
    with record.read() as work:
        found = ledger_file(work, file_id)
        assert found is not None
        assert (part_of(work, file_id, 0) or b"")[:2] == b"PK"
    tidy_ledger_files(record, found.created_at.date(), found.created_at + timedelta(hours=23))
    with record.read() as work:
        assert ledger_file(work, file_id) is not None
    tidy_ledger_files(record, found.created_at.date(), found.created_at + timedelta(hours=24))
    with record.read() as work:
        assert (ledger_file(work, file_id), part_of(work, file_id, 0)) == (None, None)
