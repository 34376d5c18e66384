"""`make screenshots`: pictures of every page of the console, at the width of a desk and of a phone (配图).

Starts a drill installation that is thrown away, settles households in every state, opens each page of
`pictured_pages.py` in Debian's Chromium as the person it is for, and writes `docs/console/`: the pictures and an index.
"""

import asyncio
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, StorageState, async_playwright

from operations.children import ROOT
from operations.drill_stack import DrillStack, throw_away_stack
from operations.picture_files import pictured
from operations.pictured_cases import settle
from operations.pictured_page import PASSWORD, PicturedPage
from operations.pictured_pages import PAGES

FOLDER = ROOT / "docs" / "console"
WIDTHS = {"desk": 1280, "phone": 390}
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
)
"""A browser that may run as root, and asks nobody for anything by itself."""


@dataclass
class Visitors:
    """People of the drill at a browser: each signs in once, and every page is opened in a window of its own."""

    browser: Browser
    base: str
    password: str
    signed_in: dict[str, StorageState] = field(default_factory=dict)

    async def page(self, account: str, width: int) -> Page:
        """Return a page of this width, signed in as an account; nobody when it is empty.  Close its context."""
        if account and account not in self.signed_in:
            self.signed_in[account] = await self._sign_in(account)
        context = await self._window(self.signed_in.get(account))
        page = await context.new_page()
        await page.set_viewport_size({"width": width, "height": 800})
        return page

    async def _window(self, state: StorageState | None) -> BrowserContext:
        return await self.browser.new_context(
            base_url=self.base, locale="zh-CN", timezone_id="Asia/Shanghai", storage_state=state
        )

    async def _sign_in(self, account: str) -> StorageState:
        context = await self._window(None)
        page = await context.new_page()
        await page.goto("/sign-in")
        await page.get_by_label("账号").fill(account)
        await page.get_by_label("密码").fill(self.password)
        await page.get_by_role("button", name="登录", exact=True).click()
        await page.get_by_role("button", name="退出登录").wait_for()
        state = await context.storage_state()
        await context.close()
        return state


async def open_as_listed(
    visitors: Visitors,
    listed: PicturedPage,
    width: int,
    cases: Mapping[str, str],
    watch: Callable[[Page], None] = lambda _: None,
) -> Page:
    """Return the page of a line of the list, with everything done on it that the line says."""
    page = await visitors.page(listed.who, width)
    watch(page)
    answer = await page.goto(listed.path.format_map(cases))
    if answer is None or answer.status != listed.status:
        raise ValueError(f"{listed.name}: {listed.path} answers {answer and answer.status}, not {listed.status}")
    for act in listed.acts:
        match act:
            case ("fill", label, text):
                await page.get_by_label(label, exact=True).first.fill(text.replace(PASSWORD, visitors.password))
            case ("choose", label, words):
                await page.get_by_label(label, exact=True).first.select_option(words)
            case ("tick", label):
                await page.get_by_label(label, exact=True).first.check()
            case ("press", words):
                async with page.expect_navigation():
                    await page.get_by_role("button", name=words, exact=True).first.click()
            case ("follow", words):
                async with page.expect_navigation():
                    await page.get_by_role("link", name=words, exact=True).first.click()
            case _:
                raise ValueError(f"{listed.name}: {act}")
    return page


async def draw(stack: DrillStack, password: str, cases: Mapping[str, str], folder: Path) -> None:
    """Write the pictures of every listed page."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("没有 chromium。请先执行 make setup。")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        visitors = Visitors(browser, stack.settings.api_url, password)
        reducer = await browser.new_page()
        for listed in PAGES:
            for name, width in WIDTHS.items():
                page = await open_as_listed(visitors, listed, width, cases)
                (folder / f"{listed.name}-{name}.png").write_bytes(await pictured(page, reducer))
                await page.context.close()
            _say(listed.shows)
        await browser.close()


def index() -> str:
    """Return the page that shows all pictures."""
    lines = ["# 网页一览", "", "由 `make screenshots` 画出，不要手改。人物、住址、日期都是演练的。"]
    for listed in PAGES:
        who = f"{listed.who}，" if listed.who else ""
        address = re.sub(r"\{\w+\}", "编号", listed.path)
        lines += ["", f"## {listed.shows}", "", f"{who}`{address}`", ""]
        lines += [f"![{listed.shows}，{_WORDS[name]}]({listed.name}-{name}.png)" for name in WIDTHS]
    return "\n".join(lines) + "\n"


_WORDS = {"desk": "电脑", "phone": "手机"}


def main() -> None:
    """Draw everything anew; pictures of pages that are no longer listed go."""
    stack = throw_away_stack()
    password, cases = settle(stack, say=_say)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    asyncio.run(draw(stack, password, cases, FOLDER))
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
