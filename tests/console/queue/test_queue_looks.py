"""The queue in a browser: axe finds nothing, nobody scrolls sideways, claiming works with scripts off."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.installation import CLERK, member

BOTH = pytest.mark.parametrize("width", [DESKTOP, PHONE])


@BOTH
async def test_the_queue_is_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    await desk_site.api.open(members=[member(name="司徒明")], community="看得见社区")
    page = await open_page(CLERK, width, "/queue?shelf=all")
    await in_order(page)
    await page.get_by_text("保存和管理我的筛选").click()
    await page.get_by_role("button", name="保存当前筛选").click()
    await page.get_by_role("link", name="请填写筛选的名称").wait_for()
    await in_order(page)
    await page.goto("/queue?shelf=mine&due=overdue")
    await in_order(page)


async def test_a_task_is_claimed_and_given_back_with_scripts_off(open_page: OpenPage, desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open()
    page = await open_page(CLERK, PHONE, "/queue?sort=case&order=desc", java_script_enabled=False)
    row = page.locator(f"tr[id^='{case_id}']")
    await row.get_by_role("button", name="领取").click()
    await row.get_by_role("button", name="释放").click()
    await row.get_by_role("button", name="领取").wait_for()
    assert "sort=case" in page.url
