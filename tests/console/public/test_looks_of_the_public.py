"""The public's pages in a browser, at a desk's width and a phone's: axe finds nothing, nothing is too wide."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order, picture
from tests.console.public.at_the_door import JPEG, last_code, somebody
from tests.console.public.test_board import public_id
from tests.console.public.test_objecting import LIST, NAMED, objected, receipt_in
from tests.installation import CLERK, member

PHONES = iter(f"199000{number:05d}" for number in range(61_000, 62_000))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_pages_of_everybody(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    case_id = await desk_site.api.in_publicity(community="望江社区")
    page = await open_page(width=width, path="/")
    notice = f"/board/{public_id(desk_site.api, case_id)}"
    for name, path in (
        ("welcome", "/"),
        ("board", "/board"),
        ("notice", notice),
        ("objection", f"{notice}/objection"),
        ("follow", "/follow"),
    ):
        await page.goto(path)
        await in_order(page)
        await picture(page, f"public-{name}-{width}")
    await page.goto(f"{notice}/objection")
    await page.get_by_role("button", name="提交异议").click()
    await in_order(page)
    await picture(page, f"public-objection-wrong-{width}")
    await page.get_by_label("您要反映的情况").fill("反映该户配偶在北门市场经营摊位，每天上午八点出摊。")
    await page.get_by_label("匿名", exact=False).check()
    await page.get_by_role("button", name="提交异议").click()
    await page.wait_for_url("**/board/received")
    await in_order(page)
    await picture(page, f"public-received-{width}")
    await desk_site.api.until(case_id, "2026-10-12")
    await page.goto(notice)
    await in_order(page)
    await picture(page, f"public-came-down-{width}")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_my_own_case(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    phone = next(PHONES)
    case_id = await desk_site.api.assisted(members=[member(phone=phone)])
    page = await open_page(width=width, path="/follow")
    await page.get_by_label("编号").fill(case_id)
    await page.get_by_label("手机号").fill(phone)
    await page.get_by_role("button", name="获取验证码").click()
    await in_order(page)
    await picture(page, f"public-code-{width}")
    await page.get_by_label("6位验证码").fill(last_code(desk_site.api))
    await page.get_by_role("button", name="继续").click()
    await page.get_by_role("heading", name="我家的进度").wait_for()
    await in_order(page)
    await picture(page, f"public-own-case-{width}")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_objections_at_the_desk(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        done = await objected(desk_site, visitor, case_id, NAMED, {"files": ("a.jpg", JPEG, "image/jpeg")})
    receipt = receipt_in(done)
    page = await open_page(CLERK, width, LIST)
    await in_order(page)
    await picture(page, f"desk-objections-{width}")
    await page.goto(f"{LIST}/{receipt}")
    await in_order(page)
    await picture(page, f"desk-objection-{width}")
    await page.goto(f"/cases/{case_id}/uploads")
    await in_order(page)
    await page.get_by_label("这是什么材料").select_option("户口簿")
    files = [{"name": "户口簿.jpg", "mimeType": "image/jpeg", "buffer": JPEG}]
    await page.get_by_label("文件", exact=True).set_input_files(files)  # type: ignore[arg-type]
    await page.get_by_role("button", name="添加").click()
    await page.get_by_role("cell", name="户口簿.jpg").wait_for()
    await in_order(page)
    await picture(page, f"desk-case-files-{width}")
