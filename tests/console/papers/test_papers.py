"""Papers on the pages: issued and sealed by whoever may, the same file again, verified by anybody, logged."""

import re

import httpx2
import pytest

from desk.verifying import Verdict
from records.household_pages import views_of
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.documents.pdf_text import text_of
from tests.installation import CLERK, HELPER, REVIEWERS, SUPERVISOR, member, resident_id

pytestmark = pytest.mark.engine

NAME, PHONE = "呼延䶮𬭛", "19900000666"


async def certified(site: DeskSite) -> tuple[str, str]:
    number = resident_id()
    return await site.api.assisted(members=[member(id_number=number, name=NAME, phone=PHONE)]), number


async def issue(site: DeskSite, account: str, case_id: str, kind: str) -> httpx2.Response:
    """Go from the list to the confirmation and confirm."""
    client = await site.visit(account)
    listed = await site.page(client, f"/cases/{case_id}/papers")
    link = next(link for link in listed.links if f"paper={kind}" in link)
    return await site.submit(client, link, {})


async def download(site: DeskSite, account: str, case_id: str) -> bytes:
    """Return the newest file of the list."""
    client = await site.visit(account)
    listed = await site.page(client, f"/cases/{case_id}/papers")
    link = next(link for link in listed.links if re.search(r"/papers/[0-9a-f-]{36}$", link))
    answer = await client.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


async def said_of(site: DeskSite, pdf: bytes) -> str:
    async with site.stranger() as anybody:
        answer = await site.submit(
            anybody, "/verify", {}, action="/uploads", files={"file": ("x.pdf", pdf, "application/pdf")}
        )
    assert answer.status_code == 200
    assert NAME not in answer.text
    return answer.text


async def test_a_certified_household_gets_a_sealed_notice_that_anybody_can_verify(desk_site: DeskSite) -> None:
    case_id, number = await certified(desk_site)

    done = await issue(desk_site, REVIEWERS[1], case_id, "certified")
    assert "已制发，编号 220302零援认〔" in done.text
    pdf = await download(desk_site, REVIEWERS[1], case_id)
    said = text_of(pdf).replace(" ", "")
    assert NAME in said
    assert number in said
    assert await download(desk_site, CLERK, case_id) == pdf, "printed again it is the same file"

    assert Verdict.GENUINE.words in await said_of(desk_site, pdf)
    assert Verdict.ADDED.words in await said_of(desk_site, pdf + b"\n%%EOF\n")
    cut = pdf.index(b"%%EOF") + 6
    assert Verdict.STRIPPED.words in await said_of(desk_site, pdf[:cut])
    changed = bytearray(pdf)
    changed[2000] ^= 1
    assert Verdict.CHANGED.words in await said_of(desk_site, bytes(changed))
    assert Verdict.NOT_OURS.words in await said_of(desk_site, b"%PDF-1.7 of somebody else")
    assert Verdict.NO_PDF.words in await said_of(desk_site, b"\xff\xd8\xff")

    with desk_site.api.record.read() as work:
        looks = [(view.account, view.what) for view in views_of(work, case_id)]
    assert looks == [(REVIEWERS[1], "paper"), (CLERK, "paper")]
    told = Page(done.text).text
    assert NAME not in told
    assert PHONE not in told


async def test_number_and_code_find_the_paper_and_nothing_about_people(desk_site: DeskSite) -> None:
    case_id, _ = await certified(desk_site)
    await issue(desk_site, CLERK, case_id, "application")
    said = text_of(await download(desk_site, CLERK, case_id)).replace(" ", "")
    number = re.search(r"编号([^编]{8,40}号)验证码", said)
    code = re.search(r"验证码([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})", said)
    assert number
    assert code
    async with desk_site.stranger() as anybody:
        typed = {"number": f" {number[1]} ".replace("〔", "[").replace("〕", "]"), "code": code[1].lower()}
        found = await desk_site.submit(anybody, "/verify", typed)
        wrong = await desk_site.submit(anybody, "/verify", typed | {"code": "0000-0000-0000"})
        missing = await desk_site.submit(anybody, "/verify", {"number": "", "code": ""})
    assert "确有这份文书" in found.text
    assert "认定申请表" in found.text
    assert NAME[:1] not in Page(found.text).text
    assert "查不到" in wrong.text
    assert missing.status_code == 422


async def test_issuing_twice_is_one_paper_and_again_replaces_it(desk_site: DeskSite) -> None:
    case_id, _ = await certified(desk_site)
    client = await desk_site.visit(CLERK)
    path = f"/cases/{case_id}/papers/issue?paper=application:"
    opened = await desk_site.page(client, path)
    for _ in range(2):
        answer = await desk_site.send(client, path, opened.form({"paper"}, None), {})
        assert answer.status_code == 200
    listed = await desk_site.page(client, f"/cases/{case_id}/papers")
    assert len([link for link in listed.links if re.search(r"/papers/[0-9a-f-]{36}$", link)]) == 1
    first = await download(desk_site, CLERK, case_id)

    again = next(link for link in listed.links if "again=" in link)
    assert "验真时会显示" in (await desk_site.page(client, again)).text
    await desk_site.submit(client, again, {})

    assert "已被新的一份代替" in await said_of(desk_site, first)
    assert await download(desk_site, CLERK, case_id) != first


async def test_only_the_right_people_issue_and_open(desk_site: DeskSite) -> None:
    case_id, _ = await certified(desk_site)
    recheck = await desk_site.visit(REVIEWERS[0])
    sealer_path = f"/cases/{case_id}/papers/issue?paper=certified:2026-10-12"
    assert "须由另一名县级复核人员" in (await desk_site.page(recheck, sealer_path)).text
    helper = await desk_site.visit(HELPER)
    assert "由县级复核人员制发" in (await desk_site.page(helper, sealer_path)).text
    elsewhere = await desk_site.visit("cw-220102001-1")
    assert (await elsewhere.get(f"/cases/{case_id}/papers")).status_code == 404

    await issue(desk_site, REVIEWERS[2], case_id, "sealed_application")
    supervisor = await desk_site.visit(SUPERVISOR)
    listed = await desk_site.page(supervisor, f"/cases/{case_id}/papers")
    assert "认定申请表" in listed.text
    assert not [link for link in listed.links if re.search(r"/papers/[0-9a-f-]{36}$", link)]
    mine = await desk_site.page(await desk_site.visit(CLERK), f"/cases/{case_id}/papers")
    link = next(link for link in mine.links if re.search(r"/papers/[0-9a-f-]{36}$", link))
    assert (await supervisor.get(link)).status_code == 403
    assert (await elsewhere.get(link)).status_code == 404


async def test_the_posted_notice_is_masked(desk_site: DeskSite) -> None:
    number = resident_id()
    case_id = await desk_site.api.in_publicity(members=[member(id_number=number, name=NAME, phone=PHONE)])
    await issue(desk_site, CLERK, case_id, "publicity")
    said = text_of(await download(desk_site, CLERK, case_id))
    assert "呼*" in said
    for whole in (NAME, number, PHONE, "向阳街12号", case_id):
        assert whole not in said


async def test_a_notice_is_not_issued_after_the_decision_and_stays_the_file_it_was(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    client, path = await desk_site.visit(CLERK), f"/cases/{case_id}/papers/issue?paper=publicity:1"
    form = (await desk_site.page(client, path)).form({"paper"}, None)
    await desk_site.send(client, path, form, {})
    before = await download(desk_site, CLERK, case_id)
    listed = await desk_site.page(client, f"/cases/{case_id}/papers")
    again = next(link for link in listed.links if "again=" in link)
    anew = (await desk_site.page(client, again)).form({"paper"}, None)
    raised = await desk_site.api.step(CLERK, case_id, "objections", {"on": "2026-09-30", "content": "反映该户有摊位。"})
    upheld = {"objection": f"O{raised['seq']}", "finding": "配偶名下有在营个体工商户。"}
    await desk_site.api.step(CLERK, case_id, "objections/upholdings", upheld)

    repeated = await desk_site.send(client, path, form, {})
    refused = await desk_site.send(client, again, anew, {})
    over = await desk_site.page(client, f"/cases/{case_id}/papers")

    assert repeated.status_code == 200, "the same form again is the paper that was issued in time"
    assert refused.status_code == 422
    assert "不在公示中，不能再制发公示" in refused.text
    assert not [link for link in over.links if "paper=publicity" in link]
    assert len([link for link in over.links if re.search(r"/papers/[0-9a-f-]{36}$", link)]) == 1
    assert await download(desk_site, CLERK, case_id) == before


async def test_a_name_the_fonts_do_not_have_stops_the_paper_and_is_named(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity(members=[member(id_number=resident_id(), name="张𮧵", phone=PHONE)])
    answer = await issue(desk_site, CLERK, case_id, "application")
    assert answer.status_code == 503
    assert "字库里没有“𮧵”（U+2E9F5）" in answer.text
    listed = await desk_site.page(await desk_site.visit(CLERK), f"/cases/{case_id}/papers")
    assert "上次没有做完" in listed.text
    assert not [link for link in listed.links if re.search(r"/papers/[0-9a-f-]{36}$", link)]


@pytest.mark.parametrize(
    "strange", ["", "x", "certified:", "visit:../..", "\0", "字" * 300, "<script>", "exit:2026-02-30"]
)
async def test_what_is_not_offered_is_said_so_and_nothing_is_issued(desk_site: DeskSite, strange: str) -> None:
    client = await desk_site.visit(CLERK)
    case_id = await desk_site.api.open()
    path = f"/cases/{case_id}/papers/issue"
    shown = await client.get(path, params={"paper": strange, "again": strange})
    assert shown.status_code in (400, 404, 422)
    assert "<script>" not in shown.text
    opened = await desk_site.page(client, f"{path}?paper=application%3A")
    sent = await desk_site.send(client, path, opened.form({"paper"}, None), {"paper": strange})
    assert sent.status_code in (400, 404, 422)
    assert "还没有制发过文书" in (await desk_site.page(client, f"/cases/{case_id}/papers")).text
