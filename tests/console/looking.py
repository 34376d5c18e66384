"""A page as a browser shows it: axe, what it asks other hosts for, what the console of the browser says, pictures.

`Looking` hands out pages of Debian's Chromium that are signed in; `Watch` remembers whatever was wrong on any of them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.console.desk_site import DeskSite

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "var" / "pictures"

DESKTOP, PHONE, HEIGHT = 1280, 360, 900
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "rules": {
        name: {"enabled": True}
        for name in ("heading-order", "page-has-heading-one", "empty-heading", "landmark-one-main")
    },
    "resultTypes": ["violations"],
    "preload": False,
}
_RUN = """async rules => (await axe.run(document, rules)).violations.flatMap(found => found.nodes.map(
  node => `${found.id} (${found.impact}) ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`))"""

_TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(e => `${e.tagName.toLowerCase()}.${e.className} reaches ${e.getBoundingClientRect().right}px`)"""

THUMB = 43.5
"""What is pressed on a phone is 44 px high; half a pixel is rounding."""

_TOO_SMALL = """least => innerWidth > 640 ? [] : [...document.querySelectorAll(
    'button:not(.unseen), select, textarea, summary, a.button, input:not([type=hidden])')]
  .map(e => [e, e.matches('[type=radio], [type=checkbox]') && e.labels[0] || e])
  .map(([e, pressed]) => [e, pressed.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && e.checkVisibility() && box.height < least)
  .slice(0, 5).map(([e, box]) => `${e.tagName}.${e.className} ${e.name} ${e.textContent.trim()} ${box.height}px`)"""


async def axe(page: Page) -> list[str]:
    """Return what axe finds wrong on a page, a line each.  The script is run by the browser's debugger: CSP holds."""
    assert AXE.is_file(), "axe-core is not here: sh operations/set_up.sh pages"
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(_RUN, RULES)
    return found


async def too_wide(page: Page) -> list[str]:
    """Return what makes a page wider than the window, if anything does."""
    found: list[str] = await page.evaluate(_TOO_WIDE)
    return found


async def too_small(page: Page) -> list[str]:
    """Return what on a phone is too low for a thumb: buttons, fields, what unfolds.  Words that lead on are exempt."""
    found: list[str] = await page.evaluate(_TOO_SMALL, THUMB)
    return found


async def in_order(page: Page) -> None:
    """Assert that axe finds nothing, that nobody must scroll sideways, and that a thumb can press what is to press."""
    assert await axe(page) == []
    assert await too_wide(page) == []
    assert await too_small(page) == []


async def picture(page: Page, name: str) -> Path:
    """Keep a picture of the whole page under var/pictures, to be looked at; return where it is."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    await page.screenshot(path=path, full_page=True)
    return path


@dataclass
class Watch:
    """What was wrong on the pages of a site that it is shown."""

    base: str
    wrong: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"error in a script: {error}"))

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.base + "/"):
            self.wrong.append(f"a request to another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in ("document", "xhr", "fetch"):
            self.wrong.append(f"{response.status} for {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """An answer with an error status is the page's business (`_answered`), anything else is not."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"{message.type} in the browser's console: {message.text}")


@dataclass
class Looking:
    """Opens pages of a site and watches them."""

    browser: Browser
    site: DeskSite
    contexts: list[BrowserContext] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = Watch(self.site.base)

    async def open(self, account: str | None = None, width: int = DESKTOP, path: str = "", **more: Any) -> Page:
        """Return a page of a new window, signed in as an account or as nobody; at `path`, where one is given.

        `more` is handed to the browser: `java_script_enabled=False` is worth trying.
        """
        context = await self.browser.new_context(
            base_url=self.site.base,
            viewport={"width": width, "height": HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **more,
        )
        self.contexts.append(context)
        if account:
            client = await self.site.visit(account)
            cookies = [{"name": c.name, "value": c.value or "", "url": self.site.base} for c in client.cookies.jar]
            await context.add_cookies(cookies)  # type: ignore[arg-type]
        page = await context.new_page()
        self.watch.over(page)
        if path:
            await page.goto(path)
        return page

    async def close(self) -> None:
        """Close what was opened and assert that nothing was wrong with it."""
        for context in self.contexts:
            await context.close()
        assert self.watch.wrong == []
