"""Steps in a browser without scripts: by keyboard alone, with mistakes led to, and nothing pressed by accident."""

import re

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.steps.taking import address, take
from tests.installation import CASES, CLERK, HELPER

DAY = "2026-10-12"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_contact_is_written_down_by_keyboard_with_scripts_off(
    open_page: OpenPage, desk_site: DeskSite, width: int
) -> None:
    case_id = await desk_site.api.assisted()
    page = await open_page(HELPER, width, address(case_id, "record_contact"), java_script_enabled=False)
    await page.get_by_role("button", name="提交办理").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="“用什么方式”没有选，请选一项").click()
    await page.keyboard.press("Space")
    assert await page.get_by_label("电话").is_checked()
    await page.get_by_label("未联系上").check()
    await page.get_by_label("情况说明").fill("上午九点两次拨打无人接听。")
    await page.get_by_role("button", name="提交办理").click()
    await page.wait_for_url(re.compile(r"/done\?seq="))
    await page.reload()
    assert (await desk_site.api.get(CLERK, f"{CASES}/{case_id}"))["contacts"][0]["outcome"] == "failed"


async def test_the_enter_key_sends_the_form_and_drops_no_row(open_page: OpenPage, desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open()
    await take(desk_site, CLERK, case_id, "accept_application")
    page = await open_page(CLERK, DESKTOP, address(case_id, "record_comparison"), java_script_enabled=False)
    await page.locator("#results-1-result").select_option("clear")
    await page.locator("#results-1-reference").fill("SB-20260928-0007")
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(r"/done\?seq="))
    found = (await desk_site.api.get(CLERK, f"{CASES}/{case_id}"))["comparisons"]
    assert [one["reference"] for one in found] == ["SB-20260928-0007"]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_stale_page_is_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    case_id = await desk_site.api.assisted()
    page = await open_page(CLERK, width, address(case_id, "propose_exit"))
    await desk_site.api.step(HELPER, case_id, "services", {"member": "M1", "kind": "guidance", "on": DAY})
    await page.get_by_label("户籍迁出").check()
    await page.get_by_label("事实与证据").fill("户口已迁往四平。")
    await page.get_by_role("button", name="下一步：核对").click()
    await page.get_by_text("本户有了新的变化").wait_for()
    await in_order(page)
    await page.get_by_role("button", name="核对后仍要提交").click()
    await page.get_by_role("button", name="确认办理").wait_for()
    await in_order(page)
