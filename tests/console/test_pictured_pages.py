"""Every page of the console, with households in every state: axe finds nothing at two widths, nobody is asked outside.

The pages are those of `operations/pictured_pages.py`, the installation is the one that `make screenshots` draws.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from casework.states import State
from operations.demo_accounts import demo_staff
from operations.drill_stack import DrillStack, throw_away_stack
from operations.pictured_cases import SCENES, settle
from operations.pictured_page import NOBODY, PicturedPage
from operations.pictured_pages import PAGES
from operations.pictures import Visitors, index, open_as_listed
from operations.unpictured_pages import NOT_PICTURED
from records.case_files import last_event
from tests.console.looking import DESKTOP, PHONE, Watch, in_order
from tests.console.route_table import routes

STATES = {
    State.APPLIED: {"applied"},
    State.UNDER_REVIEW: {"under_review"},
    State.IN_PUBLICITY: {"in_publicity", "objection", "recheck", "certify"},
    State.CERTIFIED: {"certified"},
    State.ASSISTED: {
        *("assisted", "refused", "exit_proposed", "unreachable", "overdue", "breached", "relapsed"),
    },
    State.EMPLOYED: {"employed", "followed_up"},
    State.EXITED: {"exited"},
}


@dataclass(frozen=True, slots=True)
class Settled:
    """The installation of the pictures."""

    stack: DrillStack
    password: str
    cases: dict[str, str]


@pytest.fixture(scope="module")
def settled() -> Iterator[Settled]:
    stack = throw_away_stack()
    yield Settled(stack, *settle(stack))
    stack.stop()


@pytest.fixture(scope="module")
def visitors(browser: Browser, settled: Settled) -> Visitors:
    return Visitors(browser, settled.stack.settings.api_url, settled.password)


@pytest.mark.browser
@pytest.mark.engine
def test_the_households_are_in_every_state(settled: Settled) -> None:
    with settled.stack.record.read() as work:
        events = {scene.name: last_event(work, settled.cases[scene.name]) for scene in SCENES}
    found = {state: {name for name, event in events.items() if event and event.case.state is state} for state in State}
    assert found == STATES


@pytest.mark.engine
@pytest.mark.timeout(240)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.name)
async def test_a_page_is_in_order(visitors: Visitors, settled: Settled, listed: PicturedPage, width: int) -> None:
    watch = Watch(visitors.base)
    page = await open_as_listed(visitors, listed, width, settled.cases, watch.over)
    assert fnmatch(urlsplit(page.url).path, listed.ends_at or "*")
    await in_order(page)
    await page.context.close()
    assert watch.wrong == []


@pytest.mark.slow
def test_every_page_is_on_the_list() -> None:
    pages = {route.path for route in routes() if route.method == "GET"} - NOT_PICTURED.keys()
    listed = [(listed.ends_at or listed.path).partition("?")[0] for listed in PAGES]
    assert not [
        path
        for path in sorted(pages)
        if not any(re.fullmatch(re.sub(r"\{\w+(:\w+)?\}", r"[^/]+", path), each) for each in listed)
    ]


def test_the_list_is_sound() -> None:
    names = [listed.name for listed in PAGES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
    assert {listed.who for listed in PAGES} <= {NOBODY, *(each.account for each in demo_staff())}
    named = set(re.findall(r"\{(\w+)\}", "".join(listed.path for listed in PAGES)))
    known = {f"{scene.name}{of}" for scene in SCENES for of in ("", "_task", "_seq", "_referral")}
    assert all(name in known or name.startswith(("draft", "register", "import")) for name in named)
    assert index().count("![") == 2 * len(PAGES)
