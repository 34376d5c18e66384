"""Sheets in through the pages: read, mapped, checked, corrected, written, made cases, taken back."""

import asyncio
import csv
import io
from datetime import UTC, datetime
from typing import Any

import httpx2
import openpyxl
import pytest

from casework.states import Role
from casework.times import local_date
from records import import_lists, imports
from records.household_pages import views_of
from records.import_households import told_of
from records.imports import Batch
from records.known_households import page as known_page
from records.known_lists import narrowed
from records.scope import Scope
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.fresh_names import fresh
from tests.installation import CLERK, ELSEWHERE, OFFICE, resident_id
from tests.register.sheets import SAMPLES, csv_bytes, row, xlsx_bytes

pytestmark = pytest.mark.engine

PROVINCE = "sv-220000"
HERE = "/imports"


def expected() -> dict[str, tuple[str, str]]:
    with (SAMPLES / "survey-jilin.expected.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["household"]: (line["outcome"], line["reason"]) for line in csv.DictReader(file)}


def batch_of(site: DeskSite, batch_id: str) -> Batch:
    with site.api.record.read() as work:
        found = imports.batch_by_id(work, batch_id)
    assert found is not None
    return found


async def settled(site: DeskSite, batch_id: str) -> Batch:
    for _ in range(1800):
        found = batch_of(site, batch_id)
        if not found.running:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found.state)


async def upload(site: DeskSite, client: httpx2.AsyncClient, content: bytes, name: str, kind: str = "survey") -> Batch:
    answer = await site.submit(client, HERE, {"kind": kind}, files={"file": (name, content, "text/csv")})
    assert answer.status_code == 200, answer.text
    return await settled(site, str(answer.url).rpartition("/")[2])


async def checked(site: DeskSite, client: httpx2.AsyncClient, batch: Batch, **fields: str) -> Batch:
    assert batch.state == "mapping", batch.refused_words
    answer = await site.submit(client, f"{HERE}/{batch.batch_id}", fields, action="/columns")
    assert answer.status_code == 200, Page(answer.text).text
    found = await settled(site, batch.batch_id)
    assert found.state == "checked"
    return found


async def act(site: DeskSite, client: httpx2.AsyncClient, batch: Batch, what: str, **fields: str) -> Batch:
    opened = f"{HERE}/{batch.batch_id}" + (f"/{what}" if what not in ("confirm", "go-on") else "")
    answer = await site.submit(client, opened, fields, action=f"/{what}")
    assert answer.status_code == 200, answer.text
    return await settled(site, batch.batch_id)


def lines(site: DeskSite, batch: Batch) -> list[import_lists.Line]:
    with site.api.record.read() as work:
        return list(import_lists.lines(work, import_lists.lines_of(batch.batch_id), limit=500))


def household(number: str, **cells: Any) -> dict[str, Any]:
    today = local_date(datetime.now(UTC)).isoformat()
    return row(1, 户编号=number, 户口簿号=number, 身份证号=resident_id(), 姓名="欧阳导入", 调查日期=today, **cells)


async def test_the_sample_goes_in_as_it_is_and_comes_out_again(desk_site: DeskSite) -> None:
    client = await desk_site.visit(PROVINCE)
    content = (SAMPLES / "survey-jilin.csv").read_bytes()
    batch = await upload(desk_site, client, content, "survey-jilin.csv")
    shown = (await client.get(f"{HERE}/{batch.batch_id}")).text
    assert "郑霞芳" not in shown and "220000198005051239" not in shown  # noqa: PT018 - masked on every page
    batch = await checked(desk_site, client, batch, w20="向阳社区")
    assert (batch.counts["households"], batch.counts["bad_households"]) == (120, 0)
    assert {one.number: (one.outcome, one.reason) for one in lines(desk_site, batch)} == expected()
    batch = await act(desk_site, client, batch, "confirm", sure="yes")
    assert batch.state == "done"
    scope = Scope(PROVINCE, Role.SUPERVISOR, "220000")
    with desk_site.api.record.read() as work:
        asked = narrowed(numbers=[one.household_id or "" for one in lines(desk_site, batch)])
        kept = known_page(work, scope, asked, limit=500)
        assert {one.number: (one.outcome, one.reason) for one in kept} == expected()
        assert {one.source for one in kept} == {"sheet"}
        assert imports.chunk(work, batch.batch_id, "rows", 0) is None
        assert imports.chunk(work, batch.batch_id, "file", 0) is None
    batch = await act(desk_site, client, batch, "undo")
    assert batch.state == "undone"
    assert batch.counts["undone"] == 120
    with desk_site.api.record.read() as work:
        assert known_page(work, scope, asked, limit=500) == ()


async def test_bad_lines_come_back_as_a_sheet_that_goes_in_when_corrected(desk_site: DeskSite) -> None:
    client, mark = await desk_site.visit(CLERK), fresh()
    good, bad = household(f"{mark}-1"), household(f"{mark}-2")
    spouse = {**household(f"{mark}-2", 与申请人关系="配偶"), "户口簿号": bad["户口簿号"]}
    foreign = household(f"{mark}-3", 受理机构="220102001")
    content = xlsx_bytes([good, {**bad, "月收入": "两千"}, spouse, foreign])
    batch = await checked(desk_site, client, await upload(desk_site, client, content, "表.xlsx"), w20="向阳社区")
    assert (batch.counts["households"], batch.counts["bad_households"], batch.counts["bad_lines"]) == (1, 2, 3)
    text = Page((await client.get(f"{HERE}/{batch.batch_id}")).text).text
    assert "应为不小于0的金额" in text
    assert "不是您所在的受理机构" in text
    answer = await client.get(f"{HERE}/{batch.batch_id}/errors.xlsx")
    with desk_site.api.record.read() as work:
        assert [(view.account, view.what) for view in views_of(work, batch.batch_id)] == [(CLERK, "import")]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [*batch.header, "错误原因"]
    assert "第3行“月收入”" in sheet.cell(2, 21).value
    assert sheet.cell(3, 21).value == "本行没有错误，同户其他行有错误"
    await act(desk_site, client, batch, "confirm", sure="yes")
    sheet.cell(2, 15, "0")
    sheet.cell(4, 2, OFFICE)
    corrected = io.BytesIO()
    book.save(corrected)
    again = await upload(desk_site, client, corrected.getvalue(), "改.xlsx")
    again = await checked(desk_site, client, again, w20="向阳社区")
    assert (again.counts["households"], again.counts["bad_households"]) == (2, 0)
    await act(desk_site, client, again, "drop")


async def test_an_eligible_household_becomes_a_case_and_is_withdrawn_again_unless_somebody_went_on(
    desk_site: DeskSite,
) -> None:
    client, mark = await desk_site.visit(CLERK), fresh()
    rows = [household(f"{mark}-{n}") for n in range(3)] + [household(f"{mark}-9", 就业失业状态="单位就业")]
    batch = await upload(desk_site, client, csv_bytes(rows), "x.csv")
    batch = await checked(desk_site, client, batch, w20="向阳社区")
    assert batch.counts["ready"] == 3
    batch = await act(desk_site, client, batch, "confirm", sure="yes", open_cases="yes")
    found = lines(desk_site, batch)
    assert [one.state for one in found] == ["opened", "opened", "opened", "kept"]
    cases = [one.case_id or "" for one in found[:3]]
    await desk_site.api.step(CLERK, cases[0], "acceptances")
    again = await upload(desk_site, client, csv_bytes(rows[:1]), "x.csv")
    again = await checked(desk_site, client, again, w20="向阳社区")
    assert lines(desk_site, again)[0].active_case == cases[0]
    assert again.counts["ready"] == 0
    await act(desk_site, client, again, "drop")
    batch = await act(desk_site, client, batch, "undo")
    found = lines(desk_site, batch)
    assert [one.state for one in found] == ["stays", "undone", "undone", "undone"]
    assert "已经受理" in (found[0].why or "")
    state = (await desk_site.api.get(CLERK, f"/api/v1/cases/{cases[1]}"))["state"]
    assert state == "exited"


async def test_another_office_learns_only_that_somebody_is_in_an_open_case_elsewhere(desk_site: DeskSite) -> None:
    client, mark = await desk_site.visit(CLERK), fresh()
    one = household(f"{mark}-1")
    batch = await checked(desk_site, client, await upload(desk_site, client, csv_bytes([one]), "x.csv"), w20="甲")
    batch = await act(desk_site, client, batch, "confirm", sure="yes", open_cases="yes")
    case_id = lines(desk_site, batch)[0].case_id or "?"
    other = await desk_site.visit(ELSEWHERE)
    theirs = await upload(desk_site, other, csv_bytes([{**one, "受理机构": "220102001"}]), "x.csv")
    theirs = await checked(desk_site, other, theirs, w20="乙")
    text = (await other.get(f"{HERE}/{theirs.batch_id}")).text
    assert "已在其他机构在办" in text
    assert case_id not in text
    assert (theirs.counts["ready"], theirs.counts["elsewhere"], theirs.counts["new"]) == (0, 1, 1)
    assert (await client.get(f"{HERE}/{theirs.batch_id}")).status_code == 404
    await act(desk_site, other, theirs, "drop")


async def test_an_old_ledger_goes_into_the_register_unjudged_and_opens_no_case(desk_site: DeskSite) -> None:
    client, mark = await desk_site.visit(CLERK), fresh()
    header = "户号,姓名,身份证号码,认定时间,状态,责任人,就业渠道\n"
    content = (header + f"{mark},旧账甲,{resident_id()},2019.5.6,已就业,王帮扶,公益性岗位\n").encode("gb18030")
    batch = await upload(desk_site, client, content, "旧.csv", "ledger")
    batch = await checked(desk_site, client, batch, w1=OFFICE, w3="本人", w5="向阳社区")
    assert (batch.counts["households"], batch.counts["ready"]) == (1, 0)
    preview = (await client.get(f"{HERE}/{batch.batch_id}")).text
    assert "同时为符合条件" not in preview
    assert batch.counts["read_as"] == [["认定日期", "2026.3.5", "年-月-日", 1]]
    assert "读成规定写法的内容（1 处）" in preview
    assert "妻子、丈夫" in (await client.get(f"{HERE}/words")).text
    batch = await act(desk_site, client, batch, "confirm", sure="yes")
    line = lines(desk_site, batch)[0]
    assert (line.outcome, line.reason, line.state) == ("not_judged", "old_ledger", "kept")
    text = Page((await client.get(f"/register/{line.household_id}")).text).text
    assert "只有旧台账的记载" in text
    assert "2019-05-06" in text
    assert "按现行办法研判" not in text
    assert "王帮扶" not in text
    with desk_site.api.record.read() as work:
        assert told_of(work, line.household_id or "")["认定日期"] == "2019-05-06"


async def test_an_import_that_something_stopped_says_so_and_goes_on(
    desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, mark = await desk_site.visit(CLERK), fresh()
    batch = await upload(desk_site, client, csv_bytes([household(mark)]), "x.csv")

    def broken(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as change:
        change.setattr("desk.import_check.check_lines", broken)
        answer = await desk_site.submit(client, f"{HERE}/{batch.batch_id}", {"w20": "甲"}, action="/columns")
        for _ in range(1200):
            answer = await client.get(f"{HERE}/{batch.batch_id}")
            if "中断" in answer.text:
                break
            await asyncio.sleep(0.05)
    assert "正在核对时中断" in Page(answer.text).text
    batch = await act(desk_site, client, batch, "go-on")
    assert (batch.state, batch.counts["households"]) == ("checked", 1)
    await act(desk_site, client, batch, "drop")


async def test_a_sheet_that_cannot_be_read_says_why_and_leaves_nothing(desk_site: DeskSite) -> None:
    client = await desk_site.visit(CLERK)
    batch = await upload(desk_site, client, b"\xd0\xcf\x11\xe0" + b"\0" * 600, "x.xlsx")
    assert (batch.state, batch.refused_code) == ("refused", "sheet_old")
    text = Page((await client.get(f"{HERE}/{batch.batch_id}")).text).text
    assert "旧版工作簿" in text
    with desk_site.api.record.read() as work:
        assert imports.chunk(work, batch.batch_id, "file", 0) is None


async def test_columns_are_remembered_for_the_office(desk_site: DeskSite) -> None:
    client, mark = await desk_site.visit(CLERK), fresh()
    strange = csv_bytes([household(mark)]).decode("utf-8-sig").replace("姓名", "名儿").encode()
    batch = await upload(desk_site, client, strange, "x.csv")
    answer = await desk_site.submit(client, f"{HERE}/{batch.batch_id}", {"w20": "甲"}, action="/columns")
    assert answer.status_code == 422
    assert "“姓名”没有选择对应的列" in Page(answer.text).text
    batch = await checked(desk_site, client, batch, w20="甲", c4="5")
    await act(desk_site, client, batch, "drop")
    batch = await upload(desk_site, client, strange, "x.csv")
    batch = await checked(desk_site, client, batch, w20="甲")
    assert batch.counts["households"] == 1
    await act(desk_site, client, batch, "drop")
