"""The helper's pages in a browser at 360 px: with a thumb, without a script, without a connection."""

from typing import Any

import pytest
from playwright.async_api import Page

from tests.api.test_absences import staff
from tests.api.test_offline_entries import helped
from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order, too_wide
from tests.installation import CASES, CLERK, HELPER, member

pytestmark = [pytest.mark.engine, pytest.mark.timeout(240)]

THUMB = 44
_TOO_SMALL = f"""() => [...document.querySelectorAll('main .button, main .chip, main summary, main input[type=text]')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < {THUMB - 0.5})
  .map(e => `${{e.tagName}} ${{e.textContent.trim().slice(0, 20)}} ${{e.getBoundingClientRect().height}}`)"""

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


async def on_a_phone(open_page: OpenPage, site: DeskSite, **more: Any) -> tuple[Page, str]:
    """A household of a helper nobody else knows, opened on a phone."""
    helper = await staff(site.api)
    case_id = await helped(site.api, helper)
    return await open_page(helper, PHONE, "/doorstep", has_touch=True, is_mobile=True, **more), case_id


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_visit_takes_a_few_taps(open_page: OpenPage, desk_site: DeskSite, scripts: bool) -> None:
    page, case_id = await on_a_phone(open_page, desk_site, java_script_enabled=scripts)
    await page.get_by_role("link", name="登记走访").tap()
    for words in ("本人 张*", "送政策", "送服务"):
        await page.get_by_text(words, exact=True).tap()
    await page.get_by_role("button", name="保存").tap()
    await page.get_by_text("走访已登记。").wait_for()
    visit = (await desk_site.api.get(CLERK, f"{CASES}/{case_id}"))["visits"][-1]
    assert (visit["met"], visit["policies"], visit["posts"], visit["services"]) == (["M1"], True, False, True)
    assert await too_wide(page) == []


async def test_everything_to_tap_is_large_enough_for_a_thumb(open_page: OpenPage, desk_site: DeskSite) -> None:
    page, case_id = await on_a_phone(open_page, desk_site)
    for path in ("", f"/{case_id}", f"/{case_id}/visit", f"/{case_id}/referral", f"/{case_id}/contact", "/offline"):
        await page.goto(f"/doorstep{path}")
        assert await page.evaluate(_TOO_SMALL) == []


async def test_without_a_connection_the_page_stays_and_is_saved_later(open_page: OpenPage, desk_site: DeskSite) -> None:
    page, case_id = await on_a_phone(open_page, desk_site)
    await page.goto(f"/doorstep/{case_id}/visit")
    await page.get_by_text("没有见到人", exact=True).tap()
    await page.get_by_label("走访情况").fill("敲门没有人应。")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="保存").tap()
    await page.get_by_text("没有网络，还没有保存").wait_for()
    assert await page.get_by_label("走访情况").input_value() == "敲门没有人应。"
    assert "敲门" not in await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert await page.locator("[name=noted_at]").input_value()
    await page.context.set_offline(False)
    await page.get_by_role("button", name="保存").tap()
    await page.get_by_text("走访已登记。").wait_for()


async def test_what_changed_meanwhile_is_read_on_a_phone(open_page: OpenPage, desk_site: DeskSite) -> None:
    page, case_id = await on_a_phone(open_page, desk_site)
    await page.goto(f"/doorstep/{case_id}/visit")
    service = {"member": "M1", "kind": "guidance", "on": "2026-10-12"}
    await desk_site.api.step(CLERK, case_id, "services", service)
    await page.get_by_text("本人 张*", exact=True).tap()
    await page.get_by_role("button", name="保存").tap()
    await page.get_by_text("还没有保存，请先看一看").wait_for()
    await in_order(page)
    assert await page.get_by_label("本人 张*").is_checked()
    await page.get_by_role("button", name="仍然保存").tap()
    await page.get_by_text("走访已登记。").wait_for()
