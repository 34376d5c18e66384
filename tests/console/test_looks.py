"""The frame of every page in a browser: axe finds nothing, nobody scrolls sideways, it works with scripts off."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.installation import CLERK

BOTH = pytest.mark.parametrize("width", [DESKTOP, PHONE])


@BOTH
@pytest.mark.parametrize("path", ["/", "/sign-in", "/there-is-no-such-page"])
async def test_what_everybody_sees_is_in_order(open_page: OpenPage, width: int, path: str) -> None:
    await in_order(await open_page(None, width, path))


@BOTH
async def test_one_signs_in_with_the_keyboard_and_scripts_off(
    open_page: OpenPage, desk_site: DeskSite, width: int
) -> None:
    page = await open_page(None, width, "/sign-in", java_script_enabled=False)
    await page.get_by_label("账号").fill(CLERK)
    await page.keyboard.press("Tab")
    await page.keyboard.type(desk_site.api.staff.password)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="退出登录").wait_for()


@BOTH
async def test_a_mistake_is_said_on_top_and_led_to(open_page: OpenPage, width: int) -> None:
    page = await open_page(None, width, "/sign-in")
    await page.get_by_label("账号").fill("nobody-here")
    await page.get_by_role("button", name="登录").click()
    await page.get_by_role("link", name="请填写密码").click()
    await page.keyboard.type("x")
    assert await page.get_by_label("密码").input_value() == "x"
    assert await page.get_by_label("账号").input_value() == "nobody-here"
    await in_order(page)


@BOTH
async def test_the_large_text_fits_too(open_page: OpenPage, width: int) -> None:
    page = await open_page(CLERK, width, "/")
    await page.get_by_role("button", name="大字版").click()
    await page.get_by_role("button", name="标准字号").wait_for()
    await in_order(page)
