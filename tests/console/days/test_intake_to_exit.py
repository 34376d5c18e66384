"""One household from the counter to a steady job, by everybody's own hands in the browser."""

import re

import pytest
from playwright.async_api import expect

from tests.console.conftest import OpenPage
from tests.console.days.person import Person
from tests.console.looking import PHONE
from tests.installation import CLERK, HELPER, REVIEWERS, Installation, resident_id

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(300)]

SEALED = "2026-10-12"


async def taken_in(clerk: Person) -> str:
    """Take a couple in at the counter, with the case's days beginning on 2026-09-30; return its number."""
    page, form = clerk.page, clerk.page.locator("main")
    await page.get_by_role("link", name="受理").first.click()
    await clerk.presses("开始受理一户")
    await form.get_by_label("姓名").fill("张三")
    await form.get_by_label("公民身份号码").fill(resident_id())
    await form.get_by_label("手机号").fill("16600000011")
    await form.get_by_label("已婚").check()
    await clerk.presses("保存并继续")
    await form.get_by_label("登记失业").check()
    await clerk.presses("保存并继续")
    await form.get_by_label("社区（村）名称").fill("向阳社区")
    await form.get_by_label("申请日期").fill("2026-09-30")
    await form.get_by_label(re.compile("演练日期")).fill("2026-09-30")
    await clerk.presses("保存并继续")
    await clerk.presses("成员填完，继续")
    await clerk.sees("零就业家庭")
    await clerk.presses("继续：查重")
    await clerk.presses("继续：核对")
    await clerk.sees("向阳社区")
    await clerk.presses("内容属实，提交受理")
    await expect(page.locator("h1")).to_have_text("申请已登记")
    found = re.search(r"220302004-\d{4}-\d{5}", await page.locator("main").inner_text())
    assert found
    return found[0]


async def test_a_household_from_intake_to_exit(api: Installation, open_page: OpenPage) -> None:
    clerk = await Person.arrives(api, open_page, CLERK)
    first, second, third = [await Person.arrives(api, open_page, account) for account in REVIEWERS]
    helper = await Person.arrives(api, open_page, HELPER, PHONE)
    case_id = await taken_in(clerk)

    await clerk.takes(case_id, "accept_application")
    visit = {"visited_on": "2026-09-29", "met": ["M1"], "policies": True, "services": True, "note": "本人在家。"}
    await clerk.takes(case_id, "record_visit", **visit)
    await clerk.takes(case_id, "pass_first_review", compared_online=True, visited_on="2026-09-29")
    await clerk.takes(case_id, "post_publicity", posted_on="2026-09-30")
    stranger = await open_page(None, PHONE, "/board")
    await expect(stranger.locator("main")).to_contain_text("向阳社区")
    await expect(stranger.locator("main")).not_to_contain_text("张三")
    await clerk.case(case_id)
    await clerk.sees("公示")
    await api.until(case_id, SEALED)
    await clerk.takes(case_id, "report_up")

    await first.page.goto("/county/lists/recheck")
    await first.finds(case_id)
    await first.page.goto(f"/county/{case_id}/review")
    await first.sees("入户")
    await first.takes(case_id, "pass_recheck")
    await second.takes(case_id, "certify")
    assert await second.state(case_id) == "certified"
    await clerk.takes(case_id, "assign_helper", helper=HELPER)

    await helper.page.goto("/doorstep")
    await helper.sees("张*")
    await helper.takes(case_id, "sign_plan", signed_on=SEALED, plan="推荐保洁岗位；参加家政培训。")
    await helper.takes(case_id, "record_service", member="M1", kind="guidance", on=SEALED)
    works = {"started_on": SEALED, "channel": "employer", "evidence": "contract", "monthly_income_fen": 300000}
    await helper.takes(case_id, "record_employment", member="M1", contract_months=12, insured=True, **works)
    job = (await api.get(CLERK, f"/api/v1/cases/{case_id}"))["employments"][0]["employment_id"]
    await third.takes(case_id, "approve_elimination", employment=job)
    for month in ("2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04"):
        await api.until(case_id, f"{month}-11")
        told = {"month": month, "on": f"{month}-11", "channel": "phone", "still_employed": True, "insured": True}
        await helper.takes(case_id, "record_follow_up", **told)
    await first.takes(case_id, "confirm_stable")

    assert await first.state(case_id) == "exited"
    await clerk.page.goto(f"/cases/{case_id}/timeline")
    await clerk.sees("申请", "公示", "认定", "已退出")
