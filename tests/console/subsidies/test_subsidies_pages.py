"""Subsidies over real HTTP (补贴各页): from the right that a job gives to the list finance pays, and what else."""

import io
import re
from typing import Any

import openpyxl
import pytest

from records.household_pages import views_of
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import CASES, CLERK, ELSEWHERE, HELPER, OFFICE, REVIEWERS, SUPERVISOR, member

pytestmark = pytest.mark.engine

COUNTY, OTHER_COUNTY = REVIEWERS[0], REVIEWERS[1]
PAPERS = "缴费凭证、灵活就业登记"


async def at_work(site: DeskSite, **about: Any) -> str:
    """Bring a household to flexible insured work from 12 October 2026; return its case."""
    case_id = await site.api.assisted(members=[member(**about)])
    works = {
        "member": "M1",
        "started_on": "2026-10-12",
        "channel": "flexible",
        "evidence": "flexible_registration",
        "monthly_income_fen": 260000,
        "insured": True,
    }
    await site.api.step(HELPER, case_id, "employments", works)
    return case_id


async def page_of(site: DeskSite, account: str, path: str, status: int = 200) -> Page:
    return await site.page(await site.visit(account), path, status=status)


async def applied(site: DeskSite, case_id: str, *, base: str = "1200") -> str:
    """Apply for the insurance subsidy of the member; return the application's address."""
    client = await site.visit(CLERK)
    fields = {"first_month": "2026-10", "base": base, "evidence": PAPERS, "bank_account": "6222 0200 0000 1234 567"}
    path = f"/cases/{case_id}/subsidies/apply?kind=social_insurance&by=person&about={await job_of(site, case_id)}"
    answer = await site.submit(client, path, fields)
    assert answer.status_code == 200, answer.text
    return str(answer.url.path)


async def job_of(site: DeskSite, case_id: str) -> str:
    return str((await site.api.get(CLERK, f"{CASES}/{case_id}"))["employments"][0]["employment_id"])


async def test_from_the_right_to_the_payment_of_finance(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site)
    seen = await page_of(desk_site, CLERK, f"/cases/{case_id}/subsidies")
    assert "成员M1已实现就业，本人可以申请社会保险补贴" in seen.text
    assert "吉人社函〔2021〕102号第四条第（二）项" in seen.text
    address = await applied(desk_site, case_id)

    asked = await page_of(desk_site, COUNTY, address)
    assert "每月800元" in asked.text
    assert "2026年10月至2029年9月" in asked.text
    assert "6222" not in asked.text
    assert "没有应享未享" in (await page_of(desk_site, CLERK, f"/cases/{case_id}/subsidies")).text
    county = await desk_site.visit(COUNTY)
    done = await desk_site.submit(county, address, {"decision": "approve"}, action="/decide")
    assert "享受中" in done.text

    made = await desk_site.submit(county, "/subsidies/payments?month=2026-11", {}, action="/subsidies/payments")
    assert made.status_code == 200, made.text
    await checked(desk_site, str(made.url.path))
    found = await whole(desk_site, COUNTY, str(made.url.path))
    mine = [row for row in found if row[0] == case_id]
    assert [(row[4], row[5], row[7]) for row in mine] == [
        ("2026年10月", "800元", "6222020000001234567"),
        ("2026年11月", "800元", "6222020000001234567"),
    ]
    assert mine[0][1] == "张三"
    looks = await page_of(desk_site, CLERK, f"/cases/{case_id}/looks")
    assert "交财政发放本月补贴" in looks.text
    again = await page_of(desk_site, COUNTY, "/subsidies/payments?month=2026-11")
    assert "没有应发而未列入名册的补贴" in again.text
    paid = await desk_site.submit(county, str(made.url.path), {"paid_on": "2026-11-01"}, action="/paid")
    assert paid.status_code == 422
    assert "不能早于名册生成的日期" in paid.text


async def checked(site: DeskSite, path: str) -> None:
    """Have the supervisor, who approved nothing, go over a list."""
    answer = await site.submit(await site.visit(SUPERVISOR), path, {}, action="/check")
    assert "已核对。" in answer.text, answer.text


async def whole(site: DeskSite, account: str, path: str) -> list[list[Any]]:
    """Export a list whole, for a reason; return its rows."""
    client = await site.visit(account)
    fields = {"chosen": "other", "reason": "交财政发放本月补贴", "file": "xlsx"}
    answer = await site.submit(client, path, fields, action="/whole")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


async def test_the_whole_list_wants_a_reason_and_the_page_is_masked(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site)
    address = await applied(desk_site, case_id)
    county = await desk_site.visit(OTHER_COUNTY)
    await desk_site.submit(county, address, {"decision": "approve"}, action="/decide")
    made = await desk_site.submit(county, "/subsidies/payments?month=2026-11", {}, action="/subsidies/payments")
    path = str(made.url.path)
    await checked(desk_site, path)

    refused = await desk_site.submit(county, path, {"chosen": "other", "reason": ""}, action="/whole")
    assert refused.status_code == 422
    assert "请写明查看事由" in refused.text
    assert "张*" in made.text
    plain = await county.get(f"{path}/export.csv")
    assert "6222" not in plain.text
    assert "张三" not in plain.text
    await page_of(desk_site, ELSEWHERE, address, status=404)
    await page_of(desk_site, CLERK, path, status=403)


async def test_a_form_with_mistakes_keeps_what_was_typed(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site)
    client = await desk_site.visit(CLERK)
    path = f"/cases/{case_id}/subsidies/apply?kind=social_insurance&by=person&about={await job_of(desk_site, case_id)}"
    typed = {"first_month": "2026-09", "base": "", "evidence": PAPERS, "bank_account": ""}

    missing = await desk_site.submit(client, path, typed)
    assert missing.status_code == 422
    assert "请填写每月实际缴纳的社会保险费的金额" in missing.text
    early = await desk_site.submit(client, path, typed | {"base": "1200"})
    assert "起始月份不能早于2026年10月12日所在的月份" in early.text
    assert f'value="{PAPERS}"' in early.text
    letters = await desk_site.submit(client, path, typed | {"base": "一千二", "first_month": "十月"})
    assert "起始月份应写作 2026-11" in letters.text
    assert "应为金额" in letters.text


async def test_only_the_county_decides_and_once(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site)
    address = await applied(desk_site, case_id)

    assert "提交审核意见" not in (await page_of(desk_site, CLERK, address)).text
    clerk = await desk_site.visit(CLERK)
    wrong = await desk_site.submit(clerk, address, {"bank_account": "六二二二"}, action="/account")
    assert "账号应为8至32位数字" in wrong.text
    kept = await desk_site.submit(clerk, address, {"bank_account": "６２２２０２０９"}, action="/account")
    assert "收款账号已保存" in kept.text
    assert "62220209" not in kept.text
    with desk_site.api.record.read() as work:
        assert (CLERK, "填写或更改补贴收款账号") in [(v.account, v.reason) for v in views_of(work, case_id)]
    county = await desk_site.visit(COUNTY)
    without = await desk_site.submit(county, address, {"decision": "refuse", "reason": ""}, action="/decide")
    assert without.status_code == 422
    assert "请写明理由" in without.text
    refused = await desk_site.submit(county, address, {"decision": "refuse", "reason": "凭证不全"}, action="/decide")
    assert "不予批准" in refused.text
    assert "凭证不全" in refused.text


async def test_benefits_meet_work_with_a_task_and_a_view_of_incomes(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site, dibao=True)
    seen = await page_of(desk_site, CLERK, f"/cases/{case_id}/subsidies")
    assert "低保延续期内" in seen.text
    task = re.search(r"/subsidies/coordination/[0-9a-f-]{36}", (await raw(desk_site, CLERK, case_id)))
    assert task is not None
    listed = await (await desk_site.visit(CLERK)).get("/subsidies/coordination/export.csv")
    assert case_id in listed.text

    client = await desk_site.visit(CLERK)
    done = await desk_site.submit(client, task[0], {"answer": "continued", "note": "民政函〔2026〕9号"})
    assert "按规定延续" in done.text
    listed = await client.get("/subsidies/coordination/export.csv")
    assert case_id not in listed.text


async def test_who_has_dibao_and_no_work_is_to_be_prepared(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.assisted(members=[member(dibao=True)])
    client, path = await desk_site.visit(CLERK), f"/cases/{case_id}/subsidies"
    wanted = "还没有登记职业介绍、职业培训或公益性劳动"
    assert wanted in (await page_of(desk_site, CLERK, path)).text
    fields = {"measure_member": "M1", "measure": "public_welfare_work", "measure_on": "2026-10-12"}
    done = await desk_site.submit(client, path, fields, action="/measures")
    assert wanted not in done.text


async def raw(site: DeskSite, account: str, case_id: str) -> str:
    return (await (await site.visit(account)).get(f"/cases/{case_id}/subsidies")).text


async def test_measures_marks_and_insured_months_are_entered_and_counted(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site)
    client, path = await desk_site.visit(CLERK), f"/cases/{case_id}/subsidies"
    broken = await client.get("/subsidies/continuation/export.csv?gaps=1")
    assert case_id in broken.text
    await desk_site.submit(client, path, {"insured_member": "M1", "first": "2026-10", "last": ""}, action="/insured")
    assert case_id not in (await client.get("/subsidies/continuation/export.csv?gaps=1")).text
    before = await counted(desk_site)
    await desk_site.submit(client, path, {"mark_member": "M1", "mark": "graduate"}, action="/marks")
    fields = {"measure_member": "M1", "measure": "training", "measure_on": "2026-10-12", "note": "电工班"}
    entered = await desk_site.submit(client, path, fields, action="/measures")
    assert "完成职业技能培训（电工班）" in entered.text
    assert "本人可以申请职业技能培训补贴" in entered.text
    after = await counted(desk_site)
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)


async def counted(site: DeskSite) -> tuple[int, int]:
    """Graduates of the supervisor's area, and how many of them were helped."""
    page = await page_of(site, SUPERVISOR, "/subsidies/graduates?since=2026-01-01&until=2026-12-31")
    found = re.search(r"高校毕业生\s*(\d+)\s*(\d+)", page.text)
    assert found is not None, page.text
    return int(found[1]), int(found[2])


async def test_a_target_is_set_counted_and_opened(desk_site: DeskSite) -> None:
    case_id = await at_work(desk_site)
    supervisor = await desk_site.visit(SUPERVISOR)
    typed = {"whose": "person", "about": HELPER, "measure": "employed", "period": "2026-10", "number": "5"}
    offered = (await supervisor.get("/targets")).text
    assert f'<option value="{OFFICE}">' in offered, "areas are chosen from what there is"
    assert f'<option value="{OFFICE[:6]}">' in offered
    assert '<option value="2201' not in offered
    assert '<option value="220300">四平市' in offered, "the whole city, called by its name alone"
    assert "未定到街道" not in offered
    whole = (await (await desk_site.visit("sv-220000")).get("/targets")).text
    assert '<option value="220300">' in whole, "a province sets targets for its cities"
    wrong = await desk_site.submit(supervisor, "/targets", typed | {"about": ELSEWHERE, "number": "五"})
    assert "目标数应为整数" in wrong.text
    wrong = await desk_site.submit(supervisor, "/targets", typed | {"about": ELSEWHERE})
    assert "辖区内没有这个账号" in wrong.text
    await desk_site.submit(supervisor, "/targets", typed)

    page = await (await desk_site.visit(HELPER)).get("/targets?period=2026-10")
    found = re.search(r"/targets/[0-9a-f-]{36}", page.text)
    assert found is not None
    listed = await (await desk_site.visit(HELPER)).get(f"{found[0]}/export.csv")
    assert case_id in listed.text
    assert found[0] not in (await (await desk_site.visit(ELSEWHERE)).get("/targets")).text
