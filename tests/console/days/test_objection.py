"""Somebody objects on the board from a phone; the desk looks into it, the household goes on, the objector is told."""

import re

import pytest
from playwright.async_api import expect

from tests.console.conftest import OpenPage
from tests.console.days.person import Person
from tests.console.looking import PHONE
from tests.console.public.at_the_door import last_code
from tests.console.public.test_board import public_id
from tests.installation import CLERK, REVIEWERS, Installation

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(300)]

TEXT = "反映该户配偶在北门市场经营摊位，每天上午八点出摊。"


async def test_an_objection_from_the_board_to_its_answer(api: Installation, open_page: OpenPage) -> None:
    case_id = await api.in_publicity()
    await api.until(case_id, "2026-10-09")
    neighbour = await open_page(None, PHONE, f"/board/{public_id(api, case_id)}")
    await neighbour.get_by_role("link", name=re.compile("异议")).first.click()
    await neighbour.get_by_label("您要反映的情况").fill(TEXT)
    await neighbour.get_by_label(re.compile("^实名")).check()
    await neighbour.get_by_label(re.compile("^姓名")).fill("司马反映")
    await neighbour.get_by_label(re.compile("^手机号")).fill("19900004141")
    await neighbour.get_by_role("button", name="提交异议").click()
    await expect(neighbour.locator("main")).to_contain_text("受理号")
    found = re.search(r"YY\d{4}-\d{4}-\d{4}", await neighbour.locator("main").inner_text())
    assert found
    receipt = found[0]

    clerk = await Person.arrives(api, open_page, CLERK)
    await clerk.page.goto("/applications/objections")
    await clerk.follows(receipt)
    await clerk.sees(TEXT, "司马反映")
    await clerk.page.get_by_label("有", exact=True).check()
    await clerk.presses("登记调查")
    await clerk.sees("已登记")
    await clerk.case(case_id)
    await clerk.sees("异议")
    objection = (await api.get(CLERK, f"/api/v1/cases/{case_id}"))["objections"][0]["objection_id"]
    await clerk.takes(case_id, "dismiss_objection", objection=objection, finding="市场管理处证明摊主另有其人。")
    await api.until(case_id, "2026-10-12")
    await clerk.takes(case_id, "report_up")
    reviewer = await Person.arrives(api, open_page, REVIEWERS[0])
    await reviewer.page.goto(f"/county/{case_id}/review")
    await reviewer.sees("异议", "不成立")

    await neighbour.goto("/follow")
    await neighbour.get_by_label("编号").fill(receipt)
    await neighbour.get_by_label("手机号").fill("19900004141")
    await neighbour.get_by_role("button", name="获取验证码").click()
    await neighbour.wait_for_url(re.compile("/follow/code"))
    await neighbour.get_by_label(re.compile("验证码")).fill(last_code(api))
    await neighbour.locator("main").get_by_role("button").first.click()
    await expect(neighbour.locator("main")).to_contain_text(receipt)
    await expect(neighbour.locator("main")).not_to_contain_text(case_id)
