"""The console over real HTTP on the real engine: the installation that the API's tests use, seen from its pages.

`desk_site` is the site with its visitors; `open_page` opens pages in Debian's Chromium and at the end asserts that none
asked another host for anything and that the browser had nothing to complain of.  Without Chromium its tests fail.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page, async_playwright

from operations.pictures import ARGUMENTS
from tests.console.desk_site import DeskSite
from tests.console.looking import Looking
from tests.installation import Installation

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
def desk_site(api: Installation) -> DeskSite:
    """The pages of the running installation, and their visitors, whom the installation sends home."""
    return DeskSite(api)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    chromium = shutil.which("chromium")
    assert chromium, "no chromium on the PATH: make setup installs it as root, or says what to type"
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        await opened.close()


@pytest.fixture
async def open_page(browser: Browser, desk_site: DeskSite) -> AsyncIterator[OpenPage]:
    """Opens signed-in pages: `page = await open_page(account, PHONE, "/cases")`."""
    looking = Looking(browser, desk_site)
    yield looking.open
    await looking.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes a fixture of this folder has its mark, so that nobody forgets it."""
    for item in items:
        taken: list[str] = getattr(item, "fixturenames", [])
        if "desk_site" in taken:
            item.add_marker(pytest.mark.engine)
        if "browser" in taken:
            item.add_marker(pytest.mark.browser)
