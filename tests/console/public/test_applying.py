"""Applying online from the phone to the case: drafts, papers, check, receipt; accepted at the counter, or returned."""

import re
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.intake.counter import ADULT, applicant
from tests.console.intake.counter import somebody as relative
from tests.console.pages_read import Page
from tests.console.public import at_the_door as door
from tests.console.public.at_the_door import last_code, messages_to, shown, somebody
from tests.installation import CLERK, CLERK_2, ELSEWHERE, HELPER, OFFICE, REVIEWERS

pytestmark = pytest.mark.engine

PHONES = iter(f"199000{number:05d}" for number in range(70_000, 80_000))
LIST = "/applications"


class Family:
    """Somebody applying in a browser of their own."""

    def __init__(self, site: DeskSite, client: httpx2.AsyncClient, phone: str) -> None:
        self.site, self.client, self.phone, self.draft = site, client, phone, ""

    async def come_in(self) -> httpx2.Response:
        asked = await self.site.submit(self.client, "/apply", {"phone": self.phone})
        assert asked.url.path == "/apply/code", asked.text
        return await self.site.submit(self.client, "/apply/code", {"code": last_code(self.site.api)})

    async def begin(self) -> None:
        answer = await self.site.submit(self.client, "/apply/drafts", {}, action="/apply/drafts")
        self.draft = urlsplit(str(answer.url)).path.split("/")[2]

    def at(self, page: str) -> str:
        return f"/apply/{self.draft}/{page}"

    async def fill(self, page: str, **typed: str) -> httpx2.Response:
        return await self.site.submit(self.client, self.at(page), typed)

    async def whole(self, **more: str) -> dict[str, str]:
        """Fill in everything of a couple; return what was typed of the applicant."""
        mine = applicant(phone=self.phone) | more
        assert (await self.fill("person/m1", **mine)).url.path == self.at("home")
        home = {"office": OFFICE, "community": "春晖社区", "address": "春晖路3号"}
        assert (await self.fill("home", **home)).url.path == self.at("work/m1")
        assert (await self.fill("work/m1", **ADULT)).url.path == self.at("family")
        assert (await self.fill("person/m2", **relative())).url.path == self.at("work/m2")
        assert (await self.fill("work/m2", **ADULT)).url.path == self.at("family")
        return mine

    async def submit(self) -> httpx2.Response:
        return await self.site.submit(self.client, self.at("check"), {"true": "yes"})

    async def add(self, name: str, content: bytes, label: str = "户口簿") -> httpx2.Response:
        files = {"file": (name, content, "image/jpeg")}
        return await self.site.submit(self.client, self.at("uploads"), {"label": label}, files=files)


def receipt_in(answer: httpx2.Response) -> str:
    found = re.search(r"SQ\d{4}-\d{4}-\d{4}", answer.text)
    assert found, answer.text
    return found[0]


async def applied(site: DeskSite, client: httpx2.AsyncClient) -> tuple[Family, str, dict[str, str]]:
    family = Family(site, client, next(PHONES))
    await family.come_in()
    await family.begin()
    typed = await family.whole()
    await family.add("户口簿.jpg", door.JPEG)
    done = await family.submit()
    assert done.url.path == "/apply/received", done.text
    return family, receipt_in(done), typed


async def test_an_application_goes_from_the_phone_to_a_case(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family, receipt, typed = await applied(desk_site, client)
        assert (await client.get(family.at("check"))).status_code == 404
        again = await shown(desk_site, client, receipt, family.phone)
        assert "等待受理机构答复" in again.text
        clerk = await desk_site.visit(CLERK)
        waiting = await desk_site.whole_list(clerk, LIST)
        assert receipt in waiting.text
        assert typed["name"] not in waiting.text
        one = await desk_site.page(clerk, f"{LIST}/{receipt}")
        for words in (typed["name"], "春晖社区", "李四", "户口簿", family.phone):
            assert words in one.text, words
        paper = next(link for link in one.links if link.startswith("/evidence/"))
        assert (await clerk.get(paper)).content == door.JPEG
        check = await desk_site.submit(clerk, f"{LIST}/{receipt}", {}, action="/take")
        assert re.fullmatch(r"/intake/\w+/check", check.url.path), check.url.path
        again_taken = await desk_site.submit(clerk, f"{LIST}/{receipt}", {}, action="/take")
        assert again_taken.url.path == check.url.path
        done = await desk_site.submit(clerk, check.url.path, {}, action="/check")
        assert done.url.path.endswith("/done"), Page(done.text).text
        case_id = re.search(rf"{OFFICE}-\d{{4}}-\d{{5}}", done.text)
        assert case_id
        after = await desk_site.page(clerk, f"{LIST}/{receipt}")
        assert case_id[0] in after.text
        assert typed["id_number"] not in after.text
        assert "户口簿.jpg" in (await desk_site.page(clerk, f"/cases/{case_id[0]}/uploads")).text
        now = await desk_site.submit(client, "/follow", {"number": receipt})
        assert "已受理" in now.text
        assert case_id[0] in now.text
        own = await desk_site.submit(client, "/follow", {"number": case_id[0]})
        assert "我家的进度" in own.text


async def test_a_draft_is_found_again_with_the_phone_and_by_nobody_else(desk_site: DeskSite) -> None:
    phone = next(PHONES)
    async with somebody(desk_site) as first:
        family = Family(desk_site, first, phone)
        await family.come_in()
        await family.begin()
        half = await family.fill("person/m1", name="上官保存", id_number="22")
        assert half.status_code == 422
        assert 'href="#id_number"' in half.text
    async with somebody(desk_site) as second:
        later = Family(desk_site, second, phone)
        assert "上官保存" in (await later.come_in()).text
        kept = await second.get(family.at("person/m1"))
        assert 'value="上官保存"' in kept.text
        assert 'value="22"' in kept.text
        unfinished = await second.get(family.at("check"))
        assert "请填写社区" in unfinished.text
        refused = await desk_site.submit(second, family.at("check"), {"true": "yes"})
        assert refused.status_code == 422
    async with somebody(desk_site) as stranger:
        assert (await stranger.get(family.at("check"))).headers["location"] == "/apply"
        other = Family(desk_site, stranger, next(PHONES))
        await other.come_in()
        for page in ("check", "person/m1", "home", "uploads", "family"):
            assert (await stranger.get(family.at(page))).status_code == 404


async def test_the_desk_returns_it_and_the_family_corrects_it(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family, receipt, _ = await applied(desk_site, client)
        clerk = await desk_site.visit(CLERK)
        nothing = await desk_site.submit(clerk, f"{LIST}/{receipt}", {}, action="/return")
        assert nothing.status_code == 422
        reasons = {"reason:home": "社区名称请写全称。", "reason:other": "请补传配偶的身份证。"}
        done = await desk_site.submit(clerk, f"{LIST}/{receipt}", reasons, action="/return")
        assert "已退回更正" in done.text
        told = messages_to(desk_site.api, "application_returned")[-1]["text"]
        assert receipt in told
        assert "2处" in told
        status = await desk_site.submit(client, "/follow", {"number": receipt})
        for words in ("社区名称请写全称。", "请补传配偶的身份证。"):
            assert words in status.text
        link = next(link for link in Page(status.text).links if link.endswith("/check"))
        family.draft = link.split("/")[2]
        assert "社区名称请写全称。" in (await client.get(family.at("home"))).text
        await family.fill("home", community="春晖第二社区")
        await family.add("身份证.png", door.png(), "身份证")
        sent = await family.submit()
        assert receipt_in(sent) == receipt
        one = await desk_site.page(clerk, f"{LIST}/{receipt}")
        assert "春晖第二社区" in one.text
        assert "身份证.png" in one.text
        assert one.text.count("社区名称请写全称。") == 1


async def test_a_second_click_is_the_same_receipt(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        await family.whole()
        page = await client.get(family.at("check"))
        form = Page(page.text).form({"true"})
        receipts = {receipt_in(await desk_site.send(client, str(page.url), form, {"true": "yes"})) for _ in range(2)}
        assert len(receipts) == 1


async def test_it_can_be_withdrawn_until_it_is_accepted(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family, receipt, typed = await applied(desk_site, client)
        await shown(desk_site, client, receipt, family.phone)
        unsure = await desk_site.submit(client, "/follow/status", {}, action="/withdraw")
        assert "等待受理机构答复" in unsure.text
        done = await desk_site.submit(client, "/follow/status", {"sure": "yes"}, action="/withdraw")
        assert "已撤回" in done.text
        clerk = await desk_site.visit(CLERK)
        late = await desk_site.page(clerk, f"{LIST}/{receipt}")
        assert not [form for form in late.forms if form.action.endswith("/take")]
        assert typed["name"] not in late.text
        assert not [link for link in late.links if link.startswith("/evidence/")]


async def test_a_draft_is_deleted_with_its_files(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        await family.fill("person/m1", name="令狐删除")
        before = len(list((desk_site.api.home / "evidence").rglob("*")))
        await family.add("唯一.png", door.png(77, 55))
        kept = [path for path in (desk_site.api.home / "evidence").rglob("*") if path.is_file()]
        assert len(list((desk_site.api.home / "evidence").rglob("*"))) > before
        gone = await desk_site.submit(client, "/apply/drafts", {}, action="/discard")
        assert "令狐删除" not in gone.text
        left = [path for path in (desk_site.api.home / "evidence").rglob("*") if path.is_file()]
        assert len(left) == len(kept) - 1


async def test_two_at_the_desk_and_a_withdrawal_meanwhile(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family, receipt, _ = await applied(desk_site, client)
        clerk, other = await desk_site.visit(CLERK), await desk_site.visit(CLERK_2)
        stale = await other.get(f"{LIST}/{receipt}")
        await desk_site.submit(clerk, f"{LIST}/{receipt}", {"reason:home": "请写全称。"}, action="/return")
        form = Page(stale.text).form(set(), "/take")
        lost = await desk_site.send(other, str(stale.url), form, {})
        assert lost.status_code == 409
        assert "请打开最新的页面" in lost.text
        assert family.draft


async def test_applications_of_another_office_are_not_there(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        _, receipt, _ = await applied(desk_site, client)
    mine = await desk_site.page(await desk_site.visit(CLERK), f"{LIST}/{receipt}")
    paper = next(link for link in mine.links if link.startswith("/evidence/"))
    elsewhere = await desk_site.visit(ELSEWHERE)
    for path in (f"{LIST}/{receipt}", paper):
        assert (await elsewhere.get(path)).status_code == 404
    assert receipt not in (await elsewhere.get(LIST)).text
    for account in (HELPER, REVIEWERS[0]):
        client = await desk_site.visit(account)
        assert (await client.get(f"{LIST}/{receipt}")).status_code == 403
        assert (await client.get(paper)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"PK\x03\x04" + b"\0" * 50, "压缩包"),
        ("a.jpg", b"<svg/>", "矢量图"),
        ("a.jpg", door.JPEG[:-2], "不完整"),
        ("a.jpg", door.JPEG[:-2] + b"\0" * 10_600_000 + b"\xff\xd9", "10 MB"),
    ],
)
async def test_wrong_papers_are_refused_in_words(desk_site: DeskSite, name: str, content: bytes, words: str) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        answer = await family.add(name, content)
    assert answer.status_code == 422
    assert words in answer.text


async def test_papers_can_be_looked_at_and_taken_out(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        shown_page = await family.add("本人.png", door.png(40, 40), "身份证")
        paper = next(link for link in Page(shown_page.text).links if "/papers/" in link)
        picture = await client.get(paper)
        assert picture.content == door.png(40, 40)
        assert picture.headers["content-type"] == "image/png"
        assert picture.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in picture.headers["content-security-policy"]
        assert "本人" not in picture.headers["content-disposition"]
        gone = await desk_site.submit(client, family.at("uploads"), {}, action="/remove")
        assert "本人.png" not in gone.text
        assert (await client.get(paper)).status_code == 404
