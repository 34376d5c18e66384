"""The helper's pages in a browser at 360 px: with a thumb, without a script, without a connection."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.installation import HELPER, member

pytestmark = [pytest.mark.engine, pytest.mark.timeout(240)]

FORMS = ("contact", "visit", "service", "referral")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_pages_are_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    couple = [member(), member("配偶", name="李四", phone="19900000002", marital="已婚")]
    case_id = await desk_site.api.assisted(members=couple)
    page = await open_page(HELPER, width, "/doorstep")
    await in_order(page)
    for form in FORMS:
        await page.goto(f"/doorstep/{case_id}/{form}")
        await in_order(page)
        await page.get_by_role("button", name="保存").click()
        await page.locator("#mistakes").wait_for()
        await in_order(page)
    await page.goto(f"/doorstep/{case_id}")
    await in_order(page)
    await page.get_by_role("button", name="打电话").click()
    await page.get_by_role("link", name="拨打 19900000001").wait_for()
    await in_order(page)
    await page.goto("/doorstep/offline")
    await in_order(page)
