"""Every link of every page, followed as each role: none leads to a page that is not there or says no (走遍链接).

Links of one shape (the same address but for numbers and ids) are followed a few times each, so that long lists end.
"""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.route_table import OURS, a_case_of_ours

pytestmark = [pytest.mark.engine, pytest.mark.slow]

OF_ONE_SHAPE = 3
BEGINNINGS = ("/", "/inbox", "/board", "/apply", "/follow")
A_NUMBER = re.compile(
    r"(?<=/board/)[\w-]{16}(?![\w-])|\d{4,}(-\d+)*|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,}"
    r"|(?<=[A-Z/@])\d+|(?<=/)[a-z]{2,3}-[0-9-]+"
)


def shape(address: str) -> str:
    """Return an address without its numbers and without what is asked."""
    said = urlsplit(address)
    asked = sorted(part.partition("=")[0] for part in said.query.split("&"))
    return A_NUMBER.sub("#", said.path) + "?" + ",".join(asked)


class Walk:
    """Follows links from page to page; `wrong` says which were no good and where they stood."""

    def __init__(self, site: DeskSite, client: httpx2.AsyncClient) -> None:
        self.site, self.client = site, client
        self.wrong: list[str] = []
        self.followed = 0

    async def from_(self, *addresses: str) -> None:
        left = deque((address, "the beginning") for address in addresses)
        known: set[str] = set()
        shapes: Counter[str] = Counter()
        while left:
            address, stood_on = left.popleft()
            if address in known or shapes[shape(address)] >= OF_ONE_SHAPE:
                continue
            known.add(address)
            shapes[shape(address)] += 1
            answer = await self.client.get(address, follow_redirects=True)
            self.followed += 1
            if answer.status_code >= 400:
                self.wrong.append(f"{address} is {answer.status_code}, a link of {stood_on}")
            if answer.headers.get("content-type", "").startswith("text/html"):
                left.extend((link, address) for link in self.links(answer))

    def links(self, answer: httpx2.Response) -> list[str]:
        """Return the addresses of ours a page links to; a link within the page must find its place."""
        found = []
        for link in Page(answer.text).links:
            whole = urlsplit(urljoin(str(answer.url), link))
            if link.startswith("#"):
                if link != "#" and f'id="{link[1:]}"' not in answer.text:
                    self.wrong.append(f"{link} is nowhere on {answer.url.path}")
            elif whole.scheme in ("http", "https"):
                assert whole.netloc == urlsplit(self.site.base).netloc, f"{link} on {answer.url.path}"
                found.append(whole.path + (f"?{whole.query}" if whole.query else ""))
        return found


@pytest.mark.parametrize("role", [*OURS, "nobody"])
async def test_every_link_leads_somewhere(desk_site: DeskSite, role: str) -> None:
    ours = await a_case_of_ours(desk_site)
    case = f"/cases/{ours.case_id}"
    async with desk_site.stranger() as stranger:
        walk = Walk(desk_site, await desk_site.visit(OURS[role]) if role in OURS else stranger)
        sees_cases = role in OURS and role != "administrator"
        await walk.from_(*BEGINNINGS, *((case, "/queue", "/cases") if sees_cases else ()))
    assert walk.wrong == []
    assert walk.followed > (50 if sees_cases else 4)


async def test_a_page_that_is_not_there_leads_back(desk_site: DeskSite) -> None:
    """Whoever is signed in has the menu there as everywhere; the box to search is named only where it stands."""
    clerk = Page((await (await desk_site.visit(OURS["caseworker"])).get("/there-is-no-such-page")).text)
    admin = Page((await (await desk_site.visit("admin")).get("/there-is-no-such-page")).text)
    async with desk_site.stranger() as nobody:
        stranger = Page((await nobody.get("/there-is-no-such-page")).text)
    assert "/queue" in clerk.links
    assert "/administration/people" in admin.links
    assert "/sign-in" in stranger.links
    assert ["用页面上方的查找" in page.text for page in (clerk, admin, stranger)] == [True, False, False]
