"""The running installation as people at a desk use it: they sign in through the form, open pages, send forms.

`DeskSite` sends what a browser would send: the fields of the page as it stands, with those that are filled in, and the
headers that say where a form came from.  What a test does beside the pages (opening cases, moving time) is `site.api`.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2

from tests.console.pages_read import Page, PageForm
from tests.installation import Installation

Fields = Mapping[str, str | list[str]]


@dataclass
class DeskSite:
    """Pages of a running installation; visitors are signed in once and kept."""

    api: Installation
    visitors: dict[str, httpx2.AsyncClient] = field(default_factory=dict)
    signing_in: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def base(self) -> str:
        return self.api.base

    def stranger(self) -> httpx2.AsyncClient:
        """Return a browser nobody has signed in with; close it, or use it as a context."""
        return self.api.visitor()

    async def visit(self, account: str) -> httpx2.AsyncClient:
        """Return a browser in which this account has signed in through the form."""
        async with self.signing_in:
            if account not in self.visitors:
                self.visitors[account] = await self.signed_in(account)
        return self.visitors[account]

    async def signed_in(self, account: str, password: str | None = None) -> httpx2.AsyncClient:
        """Return a new browser in which this account has signed in; the caller closes it."""
        client = self.stranger()
        fields = {"account": account, "password": password or self.api.staff.password}
        answer = await self.submit(client, "/sign-in", fields)
        assert answer.status_code == 200, answer.text
        assert urlsplit(str(answer.url)).path != "/sign-in", answer.text
        return client

    async def page(self, client: httpx2.AsyncClient, path: str, *, status: int = 200) -> Page:
        """Open a page, following redirects, and read it."""
        answer = await client.get(path, follow_redirects=True)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
        return Page(answer.text)

    async def whole_list(self, client: httpx2.AsyncClient, path: str) -> Page:
        """Read a list to its last page, as one: others' rows may stand before one's own."""
        texts: list[str] = []
        while not texts or f"page={len(texts) + 1}" in texts[-1]:
            address = f"{path}{'&' if '?' in path else '?'}page={len(texts) + 1}"
            answer = await client.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
            texts.append(answer.text)
        return Page("".join(texts))

    async def submit(
        self,
        client: httpx2.AsyncClient,
        path: str,
        fields: Fields,
        *,
        action: str | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> httpx2.Response:
        """Open a page, fill its form, send it; return the page one sees in the end.

        The form is the posted one that has all these fields; `action` (the end of its address) picks among several.
        A button that has a name is one of the fields.
        """
        opened = await client.get(path, follow_redirects=True)
        assert opened.status_code == 200, f"{path}: {opened.status_code} {opened.text}"
        form = Page(opened.text).form(set(fields) | set(files or ()), action)
        return await self.send(client, str(opened.url), form, fields, files=files)

    async def send(
        self,
        client: httpx2.AsyncClient,
        page: str,
        form: PageForm,
        fields: Fields,
        *,
        files: Mapping[str, Any] | None = None,
    ) -> httpx2.Response:
        """Send a form that was read from the page at this address before; a second time it is a double click."""
        sent: dict[str, list[str]] = {}
        for name, value in form.filled(dict(fields)):
            sent.setdefault(name, []).append(value)
        address = urljoin(urljoin(self.base, page), form.action)
        headers = {"Origin": self.base, "Sec-Fetch-Site": "same-origin"}
        answer = await client.post(address, data=sent, files=files, headers=headers, follow_redirects=True)
        assert all(before.status_code == 303 for before in answer.history), answer.history
        return answer

    async def weight(self, client: httpx2.AsyncClient, path: str) -> int:
        """Return the bytes that go over the wire for a page opened the first time, with all it brings along."""
        page = await client.get(path)
        brought = {address for address in Page(page.text).brought if address.startswith("/")}
        answers = [page, *[await client.get(address) for address in brought]]
        assert all(answer.status_code == 200 for answer in answers)
        return sum(answer.num_bytes_downloaded for answer in answers)
