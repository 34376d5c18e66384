"""What holds of every page: headers, nothing inline, nothing of another host, no personal data where it would stay.

Every GET route is opened as each role it names, on a case of the area; error pages are provoked.  Templates are also
read as they stand, for what none of these pages happens to show.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import httpx2
import pytest

import console
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.route_table import OURS, Ours, PageRoute, a_case_of_ours, routes
from tests.policies.own_numbers import bare_numbers

pytestmark = pytest.mark.engine

HERE = Path(console.__file__).parent
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))
STATIC = sorted(path for path in (HERE / "static").rglob("*") if path.suffix in (".css", ".js", ".svg"))

ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
TYPED_SEARCHES = {"name", "phone", "mobile", "id_number", "q", "search", "keyword", "address"}
"""Queries under which somebody would type a person: such a search is a form that is posted."""

HEAVIEST = 60_000
"""Bytes over the wire for a page and all it brings along."""

SAID = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as somebody got it."""

    what: str
    route: PageRoute | None
    answer: httpx2.Response

    @property
    def is_page(self) -> bool:
        return self.answer.headers.get("content-type", "").startswith("text/html")


class Strict(HTMLParser):
    """Collects what must not stand in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name.lower(): value or "" for name, value in attrs}
        if tag in ("style", "iframe", "object", "embed", "base") or (tag == "script" and "src" not in said):
            self.wrong.append(f"<{tag}>")
        for name, value in said.items():
            if name == "style" or name.startswith(("on", "hx-on", "data-hx-on", "hx-vars", "hx-vals")):
                self.wrong.append(f"{tag} {name}={value[:40]}")
            if name in ("href", "src", "action", "formaction", "poster", "data") or name.startswith("hx-"):
                self.addresses.append(value)
                if re.match(r"\s*(https?:|//|javascript:|data:text)", value, re.IGNORECASE):
                    self.wrong.append(f"{tag} {name}={value[:60]}")


@pytest.fixture(scope="module")
async def ours(desk_site: DeskSite) -> Ours:
    return await a_case_of_ours(desk_site)


@pytest.fixture(scope="module")
async def opened(desk_site: DeskSite, ours: Ours) -> list[Opened]:
    """Every page, as everybody who may open it."""
    found = []
    async with desk_site.stranger() as stranger:
        for route in routes():
            if route.method != "GET" or route.path.startswith("/static/"):
                continue
            clients = {role: await desk_site.visit(account) for role, account in OURS.items() if role in route.roles}
            for role, client in (clients or {"nobody": stranger}).items():
                found.append(Opened(f"{route} as {role}", route, await client.get(route.at(ours.known))))
        found += await provoked(desk_site, stranger)
    return found


async def provoked(site: DeskSite, stranger: httpx2.AsyncClient) -> list[Opened]:
    """Pages that say no."""
    clerk, kind = await site.visit(OURS["caseworker"]), {"Content-Type": "application/json"}
    answers = {
        404: await clerk.get("/there-is-no-such-page"),
        403: await clerk.post("/sign-in", data={"csrf": "x"}),
        405: await clerk.request("DELETE", "/sign-in"),
        413: await clerk.post("/sign-in", data={"csrf": "x" * 70_000}),
        415: await clerk.post("/sign-in", content="{}", headers=kind),
        422: await site.submit(stranger, "/sign-in", {"account": "", "password": ""}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
    return [Opened(f"the page of {status}", None, answer) for status, answer in answers.items()]


def test_whoever_a_route_names_can_open_it(opened: list[Opened]) -> None:
    assert not [
        f"{each.what}: {each.answer.status_code}"
        for each in opened
        if each.route
        and (
            each.answer.status_code == 401
            or (each.answer.status_code == 403 and "trigger" not in each.route.names)  # a step names its own roles
            or each.answer.status_code >= 500
            or (each.route.names == {"case_id"} and each.answer.status_code == 404)
        )
    ]


def test_every_answer_has_the_headers(opened: list[Opened]) -> None:
    wrong = []
    for each in opened:
        headers = each.answer.headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        scripts, styles = (policy.get(kind, policy["default-src"]) for kind in ("script-src", "style-src"))
        if not {scripts, styles} <= {"'self'", "'none'"} or "unsafe" in str(policy):
            wrong.append(f"{each.what}: {policy}")
        if policy["default-src"] != "'none'" or (each.is_page and policy["frame-ancestors"] != "'none'"):
            wrong.append(f"{each.what}: {policy}")
        wrong += [f"{each.what}: {name}" for name, value in SAID.items() if headers.get(name) != value]
    assert wrong == []


def test_no_page_has_anything_inline_or_of_another_host(opened: list[Opened]) -> None:
    pages = [each for each in opened if each.is_page]
    assert len(pages) > 5
    assert not [f"{each.what}: {found}" for each in pages for found in Strict(each.answer.text).wrong]


def test_every_form_carries_the_token(opened: list[Opened]) -> None:
    for each in opened:
        for form in Page(each.answer.text).forms if each.is_page else ():
            assert form.method in ("get", "post"), each.what
            assert bool(form.value("csrf")) == (form.method == "post"), f"{each.what}: {form.action}"


def test_every_page_has_a_title_a_language_and_one_first_heading(opened: list[Opened]) -> None:
    titles: dict[str, set[str]] = {}
    for each in opened:
        if each.is_page and each.answer.status_code != 303:
            page = Page(each.answer.text)
            assert page.title.endswith("万家灯火"), each.what
            assert [level for level, _ in page.headings].count(1) == 1, f"{each.what}: {page.headings}"
            assert '<html lang="zh-CN"' in each.answer.text, each.what
            titles.setdefault(page.title, set()).add(each.what)
    assert titles


def test_no_title_and_no_address_names_a_person(opened: list[Opened], ours: Ours) -> None:
    for each in opened:
        kept = [str(each.answer.url), each.answer.headers.get("location", "")]
        if each.is_page:
            kept.append(Page(each.answer.text).title)
            kept += [address for address in Strict(each.answer.text).addresses if not address.startswith("tel:")]
        for text in kept:
            assert not ID_NUMBER.search(text), each.what
            assert not MOBILE.search(text), each.what
            assert not [secret for secret in ours.people if secret in text], each.what


def test_an_id_number_is_masked_until_somebody_asks(opened: list[Opened], ours: Ours) -> None:
    told = [each for each in opened if each.is_page and ours.id_number in each.answer.text]
    assert not [each.what for each in told if not (each.route and "draft_id" in each.route.names)]  # as one typed it


def test_no_page_shows_one_of_our_own_numbers(opened: list[Opened]) -> None:
    """A clause names a document or says 内部规定: J10 and A7 are numbers of our own register."""
    pages = [each for each in opened if each.is_page]
    assert not [f"{each.what}: {found}" for each in pages for found in bare_numbers(Page(each.answer.text).text)]


def test_no_route_takes_a_person_in_its_address() -> None:
    asked = [route for route in routes() if not route.path.startswith("/static/")]
    assert not [str(route) for route in asked if route.queries & TYPED_SEARCHES]
    assert not [str(route) for route in asked if route.names & (TYPED_SEARCHES - {"name"})]  # a notice has a name too


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_nothing_inline_or_of_another_host(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.findall(r"""(?<![\w-])(?:style|on[a-z]+|hx-on[\w:-]*|hx-vars)\s*=\s*["'{]""", text)
    assert not re.findall(r"<style|javascript:|<script(?![^>]*\bsrc=)|<iframe|<base\b", text)
    assert not re.findall(r"""["'(\s=](?:https?:)?//[\w{]""", text)
    assert "| safe" not in text
    assert "|safe" not in text


@pytest.mark.parametrize("file", STATIC, ids=lambda path: path.name)
def test_what_pages_bring_along_asks_no_other_host(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"""https?://|@import|url\(\s*["']?(?!data:)|\beval\(|new Function""", text)


async def test_a_page_weighs_little_the_first_time(desk_site: DeskSite, opened: list[Opened]) -> None:
    async with desk_site.stranger() as stranger:
        for each in opened:
            if each.route and each.is_page and each.answer.status_code == 200:
                role = each.what.rpartition(" ")[2]
                client = await desk_site.visit(OURS[role]) if role in OURS else stranger
                assert await desk_site.weight(client, str(each.answer.url)) < HEAVIEST, each.what
