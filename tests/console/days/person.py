"""Somebody at work in a browser: finds a household, opens a step from its page, fills it in, sends it, reads on.

What is typed into the form of a step is made from the step's body, as in `steps/taking.py`; here it is typed into the
fields of a real page, and every click is a click.
"""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from casework.commands import COMMANDS
from tests.console.conftest import OpenPage
from tests.console.looking import DESKTOP
from tests.console.steps.taking import address, as_typed
from tests.installation import Installation


class Person:
    """One account with a window of its own."""

    def __init__(self, api: Installation, account: str, page: Page) -> None:
        self.api, self.account, self.page = api, account, page

    @classmethod
    async def arrives(cls, api: Installation, open_page: OpenPage, account: str, width: int = DESKTOP) -> "Person":
        """Open the first page of the account's role."""
        return cls(api, account, await open_page(account, width, "/"))

    async def sees(self, *words: str) -> None:
        for each in words:
            await expect(self.page.locator("main")).to_contain_text(each)

    async def finds(self, case_id: str) -> None:
        """Read a list on, page by page, until the household is there: others' may be more urgent."""
        main = self.page.locator("main")
        while case_id not in await main.inner_text():
            await self.follows("下一页")

    async def sees_not(self, *words: str) -> None:
        for each in words:
            await expect(self.page.locator("main")).not_to_contain_text(each)

    async def follows(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Click the first link with these words."""
        link = (within or self.page.locator("main")).get_by_role("link", name=words).first
        await link.click()
        await self.page.wait_for_load_state()

    async def presses(self, words: str | re.Pattern[str]) -> None:
        """Press a button, or a link that looks like one."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=words).or_(main.locator("a.button").filter(has_text=words))
        await button.first.click()
        await self.page.wait_for_load_state()

    async def case(self, case_id: str) -> None:
        await self.page.goto(f"/cases/{case_id}")
        await self.sees(case_id)

    async def takes(self, case_id: str, trigger: str, **body: Any) -> None:
        """Take a step from the page of the household."""
        await self.case(case_id)
        wanted = f'a[href^="{address(case_id, trigger)}"]'
        link = self.page.locator(f"main {wanted}")
        assert await link.count(), f"no link to {trigger}: {await self.page.locator('main').inner_text()}"
        folded = self.page.locator("main details:not([open])").filter(has=self.page.locator(wanted))
        while await folded.count() and not await link.first.is_visible():
            await folded.first.locator("> summary").click()
        await link.first.click()
        await self.fills(case_id, trigger, **body)

    async def fills(self, case_id: str, trigger: str, **body: Any) -> None:
        """Fill in the form of a step that is open, send it, and read that it is done."""
        await expect(self.page.locator("h1")).to_contain_text(COMMANDS[trigger].title)
        confirm = self.page.get_by_role("button", name="确认办理")
        send = self.page.locator("main").get_by_role("button", name=re.compile("提交办理|下一步：核对"))
        if not await confirm.count():
            for name, value in as_typed(trigger, **body).items():
                await _typed(self.page, name, value)
            assert await send.count(), await self.page.locator("main").inner_text()
            await send.click()
            await self.page.wait_for_load_state()
        if await confirm.count():
            await confirm.click()
            await self.page.wait_for_load_state()
        if "/done" not in self.page.url:
            raise AssertionError(await self.page.locator("main").inner_text())
        await expect(self.page).to_have_url(re.compile(f"{address(case_id, trigger)}/done"))

    async def state(self, case_id: str) -> str:
        return str((await self.api.get(self.account, f"/api/v1/cases/{case_id}"))["state"])


async def _typed(page: Page, name: str, value: str | list[str]) -> None:
    """Put a value into the field of this name, whatever kind of field it is."""
    fields = page.locator(f'main [name="{name}"]')
    kind = await fields.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName")
    match kind:
        case "hidden":
            assert await fields.first.input_value() == value, name
        case "radio" | "checkbox":
            for each in [value] if isinstance(value, str) else value:
                await page.locator(f'main [name="{name}"][value="{each}"]').check()
        case "SELECT":
            await fields.first.select_option(value)
        case _:
            for place, each in enumerate([value] if isinstance(value, str) else value):
                await fields.nth(place).fill(each)
