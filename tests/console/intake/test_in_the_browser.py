"""Intake in Debian's Chromium: axe and no sideways scrolling on every page, the keyboard alone, words while typing."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.intake.counter import Counter, applicant, somebody
from tests.console.looking import DESKTOP, PHONE, in_order, picture
from tests.installation import CLERK, CLERK_2, member, resident_id

WIDTHS = pytest.mark.parametrize("width", [DESKTOP, PHONE])


async def looked_at(page: Page, name: str, width: int) -> None:
    await in_order(page)
    await picture(page, f"intake-{name}-{width}")


@WIDTHS
async def test_every_page_is_in_order(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    phone, address = f"1668888{width:04d}", f"和平路{width}号1单元101室"
    await desk_site.api.open(community="和平社区", address=address, members=[member(phone=phone)])
    at = await Counter.begin(desk_site, CLERK)
    child = somebody(name="张小", relation="女儿", marital="未婚", id_number=resident_id("20150601", male=False))
    home = {"community": "和平社区", "address": address}
    await at.household(somebody(), child | {"work_status": "在校学生"}, home=home, phone=phone)
    page = await open_page(CLERK, width)
    for where in ("person/m1", "work/m1", "home", "members", "person/m4", "person/m2", "work/m3", "family",
                  "duplicates", "check", "discard", "person/m2/remove"):  # fmt: skip
        await page.goto(at.at(where))
        await looked_at(page, where.replace("/", "-"), width)
    await page.goto(at.at("duplicates"))
    await page.get_by_role("button", name="继续：核对").click()
    await looked_at(page, "duplicates-mistakes", width)
    for reason in await page.get_by_label("不是同一户的理由").all():
        await reason.fill("两户租住同一套房")
    await page.get_by_role("button", name="继续：核对").click()
    await looked_at(page, "check-ready", width)
    await page.get_by_role("button", name="内容属实，提交受理").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("申请已登记")
    await looked_at(page, "done", width)


@WIDTHS
async def test_what_goes_wrong_is_in_order_too(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    number = resident_id()
    await desk_site.api.open(members=[member(id_number=number)])
    blocked = await Counter.begin(desk_site, CLERK)
    await blocked.household(somebody() | {"work_status": "单位就业", "work_wage_fen": "1500"}, id_number=number)
    theirs = await Counter.begin(desk_site, CLERK_2)
    await theirs.filled("person/m1", **applicant(name="欧阳接"))
    page = await open_page(CLERK, width, "/intake")
    await looked_at(page, "drafts", width)
    await page.goto(theirs.at())
    await looked_at(page, "take-over", width)
    for where in ("duplicates", "check", "family", "monitoring"):
        await page.goto(blocked.at(where))
        await looked_at(page, f"blocked-{where}", width)
    await page.get_by_role("button", name="登记为重点监控家庭").click()
    await looked_at(page, "monitoring-mistakes", width)
    begun = await Counter.begin(desk_site, CLERK)
    await page.goto(begun.at("person/m1"))
    other = await open_page(CLERK, width, begun.at("person/m1"))
    await page.get_by_role("button", name="保存并继续").click()
    await looked_at(page, "person-mistakes", width)
    await other.get_by_label("姓名", exact=True).fill("后存")
    await other.get_by_role("button", name="保存并继续").click()
    await looked_at(other, "person-changed", width)


async def test_numbers_are_read_while_they_are_typed(desk_site: DeskSite, open_page: OpenPage) -> None:
    at = await Counter.begin(desk_site, CLERK)
    page = await open_page(CLERK, DESKTOP, at.at("person/m1"))
    asked: list[str] = []
    kept: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("request", lambda request: kept.append(request.post_data or "") if "autosave" in request.url else None)
    number = resident_id()
    await page.get_by_label("公民身份号码").press_sequentially(number[:17])
    await expect(page.locator("#id_number-found")).to_contain_text("现为17位")
    await page.get_by_label("公民身份号码").press_sequentially(number[17])
    await expect(page.locator("#id_number-found")).to_contain_text("1985年3月12日出生")
    await picture(page, "intake-typing")
    await in_order(page)
    await page.get_by_label("姓名", exact=True).fill("张三")
    await page.get_by_label("姓名", exact=True).blur()
    await expect(page.locator("#autosaved")).to_contain_text("已自动保存")
    assert not [url for url in asked if number[:6] in url]
    assert kept
    assert all("opening=" in body and "order=1" in body for body in kept)
    again = await open_page(CLERK, DESKTOP, at.at("person/m1"))
    await expect(again.get_by_label("姓名", exact=True)).to_have_value("张三")
    await expect(again.get_by_label("公民身份号码")).to_have_value(number)
    await page.get_by_role("button", name="保存并继续").click()
    await expect(page.get_by_role("alert")).to_contain_text("请选择婚姻状况")


async def test_a_page_that_cannot_keep_itself_says_so(desk_site: DeskSite, open_page: OpenPage) -> None:
    at = await Counter.begin(desk_site, CLERK)
    page = await open_page(CLERK, PHONE, at.at("person/m1"))
    await page.context.clear_cookies(name="wanjia")
    await page.get_by_label("姓名", exact=True).fill("过期")
    await page.get_by_label("姓名", exact=True).blur()
    await expect(page.locator("#autosaved")).to_contain_text("没有自动保存：登录已过期")
    await expect(page.get_by_label("姓名", exact=True)).to_have_value("过期")
    await in_order(page)


async def test_a_household_is_taken_in_with_the_keyboard_alone(desk_site: DeskSite, open_page: OpenPage) -> None:
    page = await open_page(CLERK, DESKTOP, "/intake")

    async def to(words: str) -> None:
        """Press Tab until the focus is on what bears these words, as somebody does who sees it."""
        for _ in range(60):
            await page.keyboard.press("Tab")
            here = await page.evaluate(
                "() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
                " return (l ? l.innerText : e.innerText || '').trim() }"
            )
            if here.startswith(words):
                return
        raise AssertionError(f"the keyboard never comes to {words}")

    async def typed(label: str, words: str) -> None:
        await to(label)
        await page.keyboard.type(words)

    async def pressed(words: str, leads_to: str) -> None:
        await to(words)
        await page.keyboard.press("Enter")
        await page.wait_for_url(re.compile(leads_to))

    async def chosen(first: str, downs: int = 0) -> None:
        await to(first)
        await page.keyboard.press("Space")
        for _ in range(downs):
            await page.keyboard.press("ArrowDown")

    await pressed("开始受理一户", "/person/m1$")
    await typed("姓名", "键盘")
    await typed("公民身份号码", resident_id())
    await typed("手机号", "16700000001")
    await chosen("未婚", 1)
    await pressed("保存并继续", "work.m1$")
    await chosen("登记失业")
    await pressed("保存并继续", "/home$")
    await typed("社区（村）名称", "键盘社区")
    await pressed("保存并继续", "/members$")
    await pressed("成员填完，继续", "/family$")
    await pressed("继续：查重", "/duplicates$")
    await pressed("继续：核对", "/check$")
    await expect(page.get_by_text("已婚")).to_have_count(1)
    await pressed("内容属实，提交受理", "/done$")
    await expect(page.get_by_role("heading", level=1)).to_have_text("申请已登记")


async def test_without_scripts_everything_works(desk_site: DeskSite, open_page: OpenPage) -> None:
    page = await open_page(CLERK, PHONE, "/intake", java_script_enabled=False)
    await page.get_by_role("button", name="开始受理一户").click()
    await page.get_by_label("姓名", exact=True).fill("无脚")
    await page.get_by_label("公民身份号码").fill("220000198503121010")
    await page.get_by_role("button", name="保存并继续").click()
    await expect(page.get_by_role("alert")).to_contain_text("校验码")
    await expect(page.get_by_label("姓名", exact=True)).to_have_value("无脚")
    await page.get_by_role("button", name="保存，稍后再填").click()
    await expect(page.get_by_text("草稿已保存")).to_be_visible()
