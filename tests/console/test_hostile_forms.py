"""Strange values in every field and every query of the console: always a page that says what is wrong, never a failure.

Forms are read from the pages that show them, so one that is added later is tried too.  What was typed comes back as
text; the case has no new event unless the answer sent somebody on to a page that says so.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx2
import pytest

from tests.api.test_absences import enter, staff
from tests.api.test_offline_entries import last_event
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page, PageForm
from tests.console.public.at_the_door import JPEG, png, somebody
from tests.console.public.test_applying import PHONES, Family
from tests.console.public.test_board import public_id
from tests.console.route_table import OURS, Ours, PageRoute, a_case_of_ours, routes

pytestmark = [pytest.mark.engine, pytest.mark.slow]

ROUTES = [route for route in routes() if not route.path.startswith("/static/")]
MARK = "<script>alert(7)</script>"
STRANGE = (
    *("", "字" * 5000, "\0", "\x07\x1b[31m", "\u200b\u200d\ufeff", "\u202e4202", "\ufdd0\U0010ffff", "²³", "٣", "Ⅷ"),
    *(MARK, f'"><img src=x onerror=alert(7)>{MARK}', "{{7*7}}${7*7}", "' OR 1=1 --", "; DROP TABLE cases"),
    *(str(10**30), "-1", "1e999", "NaN", "0.005", "2026-02-30", "9999-12-31", "0001-01-01", "../../etc/passwd"),
)
SHORT = tuple(value for value in STRANGE if len(value) < 200)
FORM = "application/x-www-form-urlencoded"
LAST = ("/discard", "/password", "/unlock", "/close", "/cancel", "/remove", "/withdraw", "/check", "/leave")
"""Ends of addresses after which other forms have nothing left to be about: sent last."""
OURS_IN_EVERY_FORM = {"csrf", "request_key"}
LEAVES = ("/sign-out", "/account/sessions/end", "/account/password", "/account/codes", "/sign-in", "/display")
"""Forms after which a visitor is somebody else: sent by a visitor of their own."""


@dataclass
class Found:
    """A form as somebody's page has it."""

    account: str
    page: str
    form: PageForm
    client: httpx2.AsyncClient

    @property
    def address(self) -> str:
        return str(httpx2.URL(self.page).join(self.form.action))

    async def send(self, site: DeskSite, *, headers: dict[str, str] | None = None, **body: Any) -> httpx2.Response:
        own = {"Origin": site.base, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return await self.client.post(self.address, headers=own, **body)

    async def read_again(self) -> None:
        """A form that carries the state it was read in is read anew, so that not only its age is refused."""
        if "/intake/" in self.page or "/apply/" in self.page:
            opened = Page((await self.client.get(self.page)).text)
            same = [form for form in opened.forms if form.action == self.form.action and form.names == self.form.names]
            self.form = same[0] if same else self.form

    def with_every(self, value: str) -> dict[str, str]:
        """Return the form with one value in each of its fields."""
        own = {name: self.form.value(name) for name in ("csrf",)}
        return dict.fromkeys(self.form.names - self.form.files, value) | own | {"request_key": uuid4().hex}

    def with_one(self, name: str, value: str) -> dict[str, str]:
        return {**dict(self.form.fields), name: value, "request_key": uuid4().hex}


def wrong_with(answer: httpx2.Response) -> str:
    """Say what is wrong with an answer; empty when it is a page, or a file that was asked for."""
    kind = answer.headers.get("content-type", "")
    if answer.status_code >= 500:
        return f"{answer.status_code} {Page(answer.text).text[:80]!r}"
    if answer.status_code not in (204, 303) and "json" in kind:
        return f"{answer.status_code} {kind}"
    if "html" in kind and (MARK in answer.text or "<img src=x" in answer.text or "49$49" in answer.text):
        return "what was typed is no text"
    return ""


@pytest.fixture(scope="module")
async def ours(desk_site: DeskSite) -> Ours:
    found = await a_case_of_ours(desk_site)
    absence = await enter(desk_site.api, await staff(desk_site.api), substitute=await staff(desk_site.api))
    found.known["absence_id"] = str(absence["absence_id"])
    return found


def role_of(route: PageRoute) -> Iterator[str]:
    yield from (account for role, account in OURS.items() if role in route.roles)


async def forms(site: DeskSite, ours: Ours, public: httpx2.AsyncClient, application: str, notice: str) -> list[Found]:
    """Every form that our people's pages show, once for each address (numbers in it left out) and set of fields."""
    found: dict[tuple[str, frozenset[str]], Found] = {}
    for route in ROUTES:
        if route.method != "GET":
            continue
        for account in list(role_of(route)) or ["public"]:
            client = public if account == "public" else await site.visit(account)
            known = ours.known | ({"draft_id": application} if route.public else {}) | {"public_id": notice}
            for address in route.every(known):
                answer = await client.get(address, follow_redirects=True)
                if "html" not in answer.headers.get("content-type", ""):
                    continue
                for form in Page(answer.text).forms:
                    one = Found(account, str(answer.url), form, client)
                    if form.method == "post":
                        found.setdefault((one.address, frozenset(form.names)), one)
    return list(found.values())


async def an_application(site: DeskSite, client: httpx2.AsyncClient) -> str:
    """Begin an online application in this browser; return its id."""
    family = Family(site, client, next(PHONES))
    await family.come_in()
    await family.begin()
    await family.whole()
    await family.add("户口簿.jpg", JPEG)
    return family.draft


def bodies_of(found: Found, names: list[str]) -> dict[str, bytes]:
    """What no page sends: very many fields, fields nobody knows, bytes that are no UTF-8."""
    csrf = ("csrf", found.form.value("csrf"))
    many = [csrf, *[(name, "1") for name in names] * 50, *[(f"x{n}", "") for n in range(1500)]]
    broken = "".join(f"&{name}=%ff%fe%c3%28%ed%a0%80" for name in names)
    return {
        "many": urlencode(many)[:64_000].encode(),
        "no UTF-8": f"{urlencode([csrf])}{broken}".encode() + b"&\xff\xfe=\xed\xa0\x80&&=;",
    }


async def attempts(site: DeskSite, found: Found, turn: int) -> AsyncIterator[tuple[str, httpx2.Response]]:
    """Send one form in many strange ways."""
    names = sorted(found.form.names - found.form.files - OURS_IN_EVERY_FORM)
    for value in STRANGE[turn % 8 :: 8] if names else ():
        yield value[:12], await found.send(site, data=found.with_every(value))
    for number, name in enumerate(names[:12]):
        for value in SHORT[(turn + number) % 11 :: 11]:
            await found.read_again()
            yield f"{name}={value[:12]!r}", await found.send(site, data=found.with_one(name, value))
    yield "nothing", await found.send(site, data={"csrf": found.form.value("csrf")})
    for what, body in bodies_of(found, names).items():
        yield what, await found.send(site, content=body, headers={"Content-Type": FORM})
    files = {name: ("\u202e..\\x\0<script>.png", png(), "image/png") for name in names[:19]}
    own = {"csrf": found.form.value("csrf")}
    yield "files for texts", await found.send(site, data=own, files=files or {"x": ("x", b"")})
    if found.form.files:
        yield "texts for files", await found.send(site, data=own | dict.fromkeys(found.form.files, "text"))


@pytest.mark.timeout(600)
async def test_strange_values_in_every_form_are_answered_by_a_page(desk_site: DeskSite, ours: Ours) -> None:
    wrong, seen = [], set()
    async with somebody(desk_site) as public:
        application = await an_application(desk_site, public)
        notice = public_id(desk_site.api, await desk_site.api.in_publicity())
        everything = await forms(desk_site, ours, public, application, notice)
        everything.sort(key=lambda each: (each.address.endswith("/leave"), each.address.endswith(LAST)))
        for turn, found in enumerate(everything):
            where = found.address.removeprefix(desk_site.base)
            if where.startswith(LEAVES):
                continue
            before = (await last_event(desk_site.api, ours.case_id))["seq"]
            done = False
            async for what, answer in attempts(desk_site, found, turn):
                done = done or answer.status_code in (200, 303)
                if answer.status_code == 429:
                    break
                seen.add((found.address, answer.status_code))

                if said := wrong_with(answer):
                    wrong.append(f"{found.account} {where} {what}: {said}")
            if not done and (await last_event(desk_site.api, ours.case_id))["seq"] != before:
                wrong.append(f"{found.account} {where}: something was done that no answer says")
    assert not wrong, "\n".join(wrong)
    assert len({address for address, status in seen if status == 422}) > 40


@pytest.mark.timeout(600)
async def test_strange_queries_and_addresses_are_answered_by_a_page(desk_site: DeskSite, ours: Ours) -> None:
    wrong: list[str] = []
    usual = {
        "page",
        "sort",
        "order",
        "as_of",
        "area",
        "office",
        "state",
        "view",
        "helper",
        "period",
        "kind",
        "seq",
        "number",
    }
    async with somebody(desk_site) as public:
        for turn, route in enumerate(r for r in ROUTES if r.method == "GET"):
            account = next(role_of(route), "")
            client = await desk_site.visit(account) if account else public
            path = route.at(ours.known).partition("?")[0]
            names = sorted(usual | route.queries)
            addresses = [f"{path}?{urlencode(dict.fromkeys(names, value))}" for value in SHORT[turn % 3 :: 3]]
            addresses += [f"{path}?{urlencode({name: 'x' * 10000})}" for name in names[:2]]
            addresses += [
                f"{path}?{urlencode([(n, v) for n in names for v in (1, -1, 'a')])}",
                f"{path}?%ff=%00&{names[0]}=%ff&&&=&;",
            ]
            if route.names:
                odd = ("1" * 30, "%00", "%ff", "²", "..%2f", "<script>alert(7)<%2fscript>", "x" * 300, "-1")
                for name in route.names:
                    addresses += [route.at({**ours.known, name: value}) for value in odd]
            for address in addresses:
                answer = await client.get(address)
                if answer.status_code == 429:
                    break
                if said := wrong_with(answer):
                    wrong.append(f"{route} {address[:100]}: {said}")
    assert not wrong, "\n".join(wrong)
