"""Objecting on the board: with a name and without, with files, to the last minute; then the desk, then the answer."""

import re
from datetime import date

import httpx2
import pytest

from casework.states import Role
from casework.times import at_local
from records.public_objections import whole_objection
from records.scope import Scope
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.public import at_the_door as door
from tests.console.public.at_the_door import messages_to, shown, somebody
from tests.console.public.test_board import public_id
from tests.installation import CLERK, CLERK_2, ELSEWHERE, HELPER, OFFICE, REVIEWERS

pytestmark = pytest.mark.engine

TEXT = "反映该户配偶在北门市场经营摊位，每天上午八点出摊。"
NAMED = {"content": TEXT, "who": "named", "name": "司马反映", "phone": "19900003131"}
LIST = "/applications/objections"


async def objected(
    site: DeskSite, client: httpx2.AsyncClient, case_id: str, fields: dict[str, str], files: object = None
) -> httpx2.Response:
    return await site.submit(
        client,
        f"/board/{public_id(site.api, case_id)}/objection",
        fields,
        files=files or {"files": ("", b"")},  # type: ignore[arg-type]
    )


def receipt_in(answer: httpx2.Response) -> str:
    found = re.search(r"YY\d{4}-\d{4}-\d{4}", answer.text)
    assert found, answer.text
    return found[0]


async def test_an_objection_goes_to_the_desk_into_the_case_and_back_to_the_objector(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    async with somebody(desk_site) as visitor:
        done = await objected(desk_site, visitor, case_id, NAMED, {"files": ("摊位.jpg", door.JPEG, "image/jpeg")})
        assert done.url.path == "/board/received"
        receipt = receipt_in(done)
        assert receipt not in str(done.url)
    clerk = await desk_site.visit(CLERK)
    waiting = await desk_site.whole_list(clerk, LIST)
    assert receipt in waiting.text
    assert "司马反映" not in waiting.text
    one = await desk_site.page(clerk, f"{LIST}/{receipt}")
    for words in (TEXT, "司马反映", "19900003131", "JPEG 照片"):
        assert words in one.text
    file = next(link for link in one.links if link.startswith("/evidence/"))
    assert (await clerk.get(file)).content == door.JPEG
    taken = await desk_site.submit(clerk, f"{LIST}/{receipt}", {"checkable": "yes"})
    assert taken.status_code == 200
    assert "已登记调查" in taken.text
    assert "decide_objection" in str(await api.get(CLERK, f"/api/v1/cases/{case_id}/tasks"))
    assert (await clerk.get(file)).content == door.JPEG
    told = messages_to(api, "objection_answered")
    assert receipt in told[-1]["text"]
    async with somebody(desk_site) as visitor:
        answer = await shown(desk_site, visitor, receipt, NAMED["phone"])
        assert "正在调查" in answer.text
        assert case_id not in answer.text
    async with somebody(desk_site) as stranger:
        assert (await shown(desk_site, stranger, receipt, "19900003132")).status_code == 404


async def test_the_files_of_an_objection_can_be_read_before_it_is_registered(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        done = await objected(desk_site, visitor, case_id, NAMED, {"files": ("a.pdf", door.PDF, "application/pdf")})
    receipt = receipt_in(done)
    clerk = await desk_site.visit(CLERK)
    one = await desk_site.page(clerk, f"{LIST}/{receipt}")
    file = next(link for link in one.links if link.startswith("/evidence/"))
    answer = await clerk.get(file)
    assert answer.content == door.PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    for account in (ELSEWHERE, HELPER):
        assert (await (await desk_site.visit(account)).get(file)).status_code in (403, 404)


async def test_an_objection_is_declined_with_a_reason_the_objector_reads(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        receipt = receipt_in(await objected(desk_site, visitor, case_id, {**NAMED, "phone": "19900003133"}))
    clerk = await desk_site.visit(CLERK_2)
    short = await desk_site.submit(clerk, f"{LIST}/{receipt}", {"reason": "不是"}, action="/decline")
    assert short.status_code == 422
    reason = "您反映的摊位属于同名的另一户，与本次公示的家庭无关。"
    done = await desk_site.submit(clerk, f"{LIST}/{receipt}", {"reason": reason}, action="/decline")
    assert reason in done.text
    assert "decide_objection" not in str(await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}/tasks"))
    async with somebody(desk_site) as visitor:
        assert reason in (await shown(desk_site, visitor, receipt, "19900003133")).text


async def test_two_colleagues_at_once_register_it_once(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        receipt = receipt_in(await objected(desk_site, visitor, case_id, NAMED))
    first, second = await desk_site.visit(CLERK), await desk_site.visit(REVIEWERS[0])
    pages = [await client.get(f"{LIST}/{receipt}") for client in (first, second)]
    forms = [Page(page.text).form({"checkable"}, "/register") for page in pages]
    won = await desk_site.send(first, str(pages[0].url), forms[0], {"checkable": "yes"})
    assert won.status_code == 200
    lost = await desk_site.send(second, str(pages[1].url), forms[1], {"checkable": "yes"})
    assert lost.status_code == 409
    assert CLERK in lost.text
    with desk_site.api.record.read() as work:
        found = whole_objection(work, Scope(CLERK, Role.CASEWORKER, OFFICE), receipt)
    assert found is not None
    assert found.handled_by == CLERK


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({"content": "不行"}, {"content", "who"}),
        ({"content": TEXT, "who": "named"}, {"name", "phone"}),
        ({"content": TEXT, "who": "named", "name": "王5", "phone": "123"}, {"name", "phone"}),
        ({"content": "他家有人上班的呀真的", "who": "anonymous"}, {"content"}),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk_site: DeskSite, fields: dict[str, str], links: set[str]
) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        answer = await objected(desk_site, visitor, case_id, fields)
    assert answer.status_code == 422
    assert set(re.findall(r'<li><a href="#(\w+)">', answer.text)) == links
    for typed in fields.values():
        assert typed in answer.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("照片.jpg", b"PK\x03\x04" + b"\0" * 100, "压缩包"),
        ("图.svg", b"<svg onload=alert(1)></svg>", "矢量图"),
        ("大.jpg", door.JPEG[:-2] + b"\0" * 10_700_000 + b"\xff\xd9", "超过10 MB"),
        ("撕.png", door.png()[:-6], "不完整"),
    ],
)
async def test_wrong_files_are_refused_with_the_words_kept(
    desk_site: DeskSite, name: str, content: bytes, words: str
) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        answer = await objected(desk_site, visitor, case_id, NAMED, {"files": (name, content, "image/jpeg")})
    assert answer.status_code == 422
    assert words in answer.text
    assert TEXT in answer.text


async def test_a_file_beyond_every_limit_is_a_page_too(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    huge = {"files": ("大.jpg", door.JPEG + b"\0" * 12 * 1024 * 1024, "image/jpeg")}
    async with somebody(desk_site) as visitor:
        answer = await objected(desk_site, visitor, case_id, NAMED, huge)
    assert answer.status_code == 413
    assert "不超过10 MB" in answer.text


async def test_a_pdf_by_any_other_name_is_a_pdf(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        answer = await objected(desk_site, visitor, case_id, NAMED, {"files": ("x.jpg", door.PDF, "image/jpeg")})
        receipt = receipt_in(answer)
    one = await desk_site.page(await desk_site.visit(CLERK), f"{LIST}/{receipt}")
    assert "PDF 文件" in one.text


async def test_a_photograph_that_must_be_chosen_again_is_asked_for(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        files = {"files": ("摊位.jpg", door.JPEG, "image/jpeg")}
        answer = await objected(desk_site, visitor, case_id, NAMED | {"phone": "1990000313"}, files)
    assert answer.status_code == 422
    assert '<a href="#files">刚才选的文件没有保存，请再选一次</a>' in answer.text


async def test_the_last_minute_counts_and_the_next_does_not(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    notice = public_id(api, case_id)
    await api.stack.until(case_id, at_local(date(2026, 10, 10), 23))
    async with somebody(desk_site) as visitor:
        page = await visitor.get(f"/board/{notice}/objection")
        assert page.status_code == 200
        form = Page(page.text).form({"content", "who"})
        await api.until(case_id, "2026-10-12")
        late = await desk_site.send(visitor, str(page.url), form, NAMED, files={"files": ("", b"")})
    assert late.status_code == 409
    assert TEXT in late.text
    assert "同样会核查" in late.text
    clerk = await desk_site.visit(CLERK)
    assert case_id not in (await desk_site.page(clerk, f"{LIST}?state=received")).text
    async with somebody(desk_site) as visitor:
        assert (await visitor.get(f"/board/{notice}/objection")).status_code == 410


async def test_a_double_click_is_one_objection(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        page = await visitor.get(f"/board/{public_id(desk_site.api, case_id)}/objection")
        form = Page(page.text).form({"content", "who"})
        files = {"files": ("a.png", door.png(), "image/png")}
        receipts = {
            receipt_in(await desk_site.send(visitor, str(page.url), form, NAMED, files=files)) for _ in range(2)
        }
    assert len(receipts) == 1


async def test_objections_of_another_area_are_not_there(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    async with somebody(desk_site) as visitor:
        receipt = receipt_in(await objected(desk_site, visitor, case_id, NAMED))
    elsewhere = await desk_site.visit(ELSEWHERE)
    assert (await elsewhere.get(f"{LIST}/{receipt}")).status_code == 404
    assert receipt not in (await elsewhere.get(f"{LIST}?state=received")).text
    assert (await (await desk_site.visit(HELPER)).get(LIST)).status_code == 403


async def test_what_nobody_has_opened_forbids_going_on_until_it_is_dealt_with(desk_site: DeskSite) -> None:
    """A household is never reported up or sealed over an objection that was handed in in time (A9)."""
    api = desk_site.api
    case_id = await api.in_publicity()
    async with somebody(desk_site) as visitor:
        receipt = receipt_in(await objected(desk_site, visitor, case_id, NAMED))
    await api.until(case_id, "2026-10-12")

    no = await api.post(CLERK, f"/api/v1/cases/{case_id}/publicity/report-ups", {})
    assert (no.status_code, no.json()["error"]["code"]) == (422, "objection_unread")
    assert receipt in no.json()["error"]["message"]
    clerk = await desk_site.visit(CLERK)
    assert "有群众异议还没有登记" in (await desk_site.page(clerk, f"/cases/{case_id}")).text
    reviewed = await desk_site.page(await desk_site.visit(REVIEWERS[0]), f"/county/{case_id}/review")
    assert "有1件群众异议没有登记" in reviewed.text
    assert "公示期间没有异议" not in reviewed.text

    reason = {"reason": "反映的是同名的另一户，与该户无关，已当面核对。"}
    assert (await desk_site.submit(clerk, f"{LIST}/{receipt}", reason, action="/decline")).status_code == 200
    assert "有群众异议还没有登记" not in (await desk_site.page(clerk, f"/cases/{case_id}")).text
    await api.step(CLERK, case_id, "publicity/report-ups", {})
