"""A caseworker at the counter, as the tests of intake play one: fills the pages of a draft one by one."""

from typing import Any
from urllib.parse import urlsplit

import httpx2

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import resident_id

_PHONES = iter(range(1, 10_000))
ADULT = {"status": "登记失业", "capacity": "有", "willing": "yes"}


def somebody(**more: str) -> dict[str, str]:
    """Return what is typed of a person who is not the applicant."""
    return {
        "name": "李四",
        "id_number": resident_id("19860721", male=False),
        "relation": "配偶",
        "booklet": "A",
        "cohabiting": "yes",
        "hukou": "城镇",
        "marital": "已婚",
    } | more


def applicant(**more: str) -> dict[str, str]:
    """Return what is typed of an applicant."""
    typed = {
        "name": "张三",
        "id_number": resident_id(),
        "phone": f"177{next(_PHONES):08d}",
        "hukou": "城镇",
        "marital": "已婚",
    }
    return typed | more


class Counter:
    """One caseworker's browser and the draft on its screen."""

    def __init__(self, site: DeskSite, client: httpx2.AsyncClient, draft: str = "") -> None:
        self.site, self.client, self.draft = site, client, draft

    @classmethod
    async def begin(cls, site: DeskSite, account: str) -> "Counter":
        """Press "开始受理一户"."""
        client = await site.visit(account)
        answer = await site.submit(client, "/intake", {}, action="/intake")
        here = urlsplit(str(answer.url)).path
        assert here.endswith("/person/m1"), here
        return cls(site, client, here.split("/")[2])

    def at(self, page: str = "") -> str:
        return f"/intake/{self.draft}" + (f"/{page}" if page else "")

    async def fill(self, page: str, go: str = "on", **typed: str) -> httpx2.Response:
        """Fill a page and press a button; return where one is then."""
        return await self.site.submit(self.client, self.at(page), {**typed, "go": go}, action=self.at(page))

    async def filled(self, page: str, **typed: str) -> str:
        """Fill a page that must be right; return the page that follows."""
        answer = await self.fill(page, **typed)
        assert answer.status_code == 200, answer.text
        return urlsplit(str(answer.url)).path.removeprefix(self.at() + "/")

    async def household(self, *others: dict[str, str], home: dict[str, str] | None = None, **first: str) -> None:
        """Fill everything up to the members: the applicant (work under `work_…`), and others as `somebody` types."""
        work = {name.removeprefix("work_"): value for name, value in first.items() if name.startswith("work_")}
        who = {name: value for name, value in first.items() if not name.startswith("work_")}
        assert await self.filled("person/m1", **applicant(**who)) == "work/m1"
        assert await self.filled("work/m1", **(ADULT | work)) == "home"
        assert await self.filled("home", **({"community": "向阳社区"} | (home or {}))) == "members"
        for number, other in enumerate(others, 2):
            theirs = {name.removeprefix("work_"): value for name, value in other.items() if name.startswith("work_")}
            typed = {name: value for name, value in other.items() if not name.startswith("work_")}
            assert await self.filled(f"person/m{number}", **typed) == f"work/m{number}"
            assert await self.filled(f"work/m{number}", **(ADULT | theirs)) == "members"

    async def see(self, page: str, status: int = 200) -> Page:
        return await self.site.page(self.client, self.at(page), status=status)

    async def press(self, page: str, fields: dict[str, Any] | None = None) -> httpx2.Response:
        """Press the button of the page's own form."""
        return await self.site.submit(self.client, self.at(page), fields or {}, action=self.at(page))

    async def submitted(self) -> str:
        """Hand the draft in; return the case's number."""
        shown = await self.see("check")
        assert [form for form in shown.forms if form.action == self.at("check")], shown.text  # it says what is missing
        answer = await self.press("check")
        assert str(answer.url).endswith("/done"), answer.text
        draft = Page(answer.text)
        return next(link.removeprefix("/cases/") for link in draft.links if link.startswith("/cases/"))
