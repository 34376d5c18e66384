"""The public's pages in a browser, at a desk's width and a phone's: axe finds nothing, nothing is too wide."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order, picture
from tests.console.public.at_the_door import JPEG, last_code, somebody
from tests.console.public.test_board import public_id
from tests.console.public.test_objecting import LIST, NAMED, objected, receipt_in
from tests.installation import CLERK, OFFICE, member, resident_id

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


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_applying_in_a_browser(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    """The whole way by hand, and what the desk sees of it."""

    async def look(name: str) -> None:
        await in_order(page)
        await picture(page, f"apply-{name}-{width}")

    page = await open_page(width=width, path="/apply")
    await look("start")
    await page.get_by_label("手机号").fill(next(PHONES))
    await page.get_by_role("button", name="获取验证码").click()
    await page.get_by_label("6位验证码").fill(last_code(desk_site.api))
    await page.get_by_role("button", name="继续").click()
    await page.get_by_role("button", name="开始新的申请").click()
    await look("person")
    await page.get_by_role("button", name="保存并继续").click()
    await look("person-wrong")
    await page.get_by_label("姓名").fill("端木申请")
    await page.get_by_label("公民身份号码").fill(resident_id())
    await page.get_by_label("未婚").check()
    await page.get_by_role("button", name="保存并继续").click()
    await page.get_by_label("向哪里申请").select_option(OFFICE)
    await page.get_by_label("社区（村）名称").fill("春风社区")
    await look("home")
    await page.get_by_role("button", name="保存并继续").click()
    await look("work")
    await page.get_by_label("登记失业").check()
    await page.get_by_role("button", name="保存并继续").click()
    await look("family")
    await page.get_by_role("link", name="再加一个人").click()
    await look("relative")
    await page.get_by_role("link", name="我的网上申请").click()
    await look("mine")
    await page.get_by_role("link", name="接着填").click()
    await page.get_by_role("link", name="上传证件照片").click()
    await page.get_by_label("这是什么").select_option("户口簿")
    files = [{"name": "户口簿.jpg", "mimeType": "image/jpeg", "buffer": JPEG}]
    await page.get_by_label("文件", exact=True).set_input_files(files)  # type: ignore[arg-type]
    await page.get_by_role("button", name="上传").click()
    await page.get_by_text("户口簿.jpg").wait_for()
    await look("papers")
    await page.get_by_role("button", name="继续，核对全部内容").click()
    await look("check")
    await page.get_by_label("我保证以上内容属实").check()
    await page.get_by_role("button", name="提交申请").click()
    await page.get_by_role("heading", name="申请已提交").wait_for()
    await look("received")
    receipt = await page.locator(".receipt").inner_text()
    await page.get_by_role("main").get_by_role("link", name="我的网上申请").last.click()
    await page.get_by_role("button", name="看进度").click()
    await look("status")
    desk = await open_page(CLERK, width, f"/applications/{receipt}")
    await in_order(desk)
    await picture(desk, f"desk-application-{width}")
    await desk.goto("/applications")
    await in_order(desk)
    await picture(desk, f"desk-applications-{width}")
    await desk.goto(f"/applications/{receipt}")
    await desk.get_by_label("住址和受理机构").fill("社区名称请写全称。")
    await desk.get_by_role("button", name="退回更正").click()
    await page.reload()
    await look("returned")
    await page.get_by_role("link", name="去更正").click()
    await look("check-returned")
