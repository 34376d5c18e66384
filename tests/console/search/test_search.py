"""Searching through the page: what one types never stands in an address, and finds one's own people only."""

from uuid import uuid4

import pytest

from console import listing
from console.search import pages
from records.household_pages import views_of
from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.test_sign_in import token_in
from tests.installation import CLERK, CLERK_2, ELSEWHERE, HELPER, REVIEWERS, SUPERVISOR, member, resident_id

pytestmark = pytest.mark.engine


def somebody() -> str:
    """Return a name that nobody else has."""
    letters = "梅兰竹菊琴棋书画诗酒茶花"
    return "慕容" + "".join(letters[byte % 12] for byte in uuid4().bytes[:5])


async def searched(site: DeskSite, account: str, text: str) -> tuple[int, str, str]:
    """Search as an account; return the status, the address and the text one ends at."""
    answer = await site.submit(await site.visit(account), "/search", {"wanted": text})
    return answer.status_code, str(answer.url), answer.text


async def test_a_person_is_found_by_everything_one_may_know(desk_site: DeskSite) -> None:
    name, number, phone = somebody(), resident_id(), f"199{uuid4().int % 10**8:08d}"
    case_id = await desk_site.api.open(members=[member(name=name, id_number=number, phone=phone)])
    for text in (name, name[:4], f" {name} ", number, number.lower(), phone, f"+86 {phone}", case_id, case_id[-10:]):
        status, address, found = await searched(desk_site, CLERK, text)
        assert status == 200, text
        assert case_id in found, text
        assert "慕*" in found
        for secret in (name, number, phone):
            assert secret not in address
        assert found.count(name) <= (1 if name in text else 0)  # what was typed is said once, in the page
        _, _, elsewhere = await searched(desk_site, ELSEWHERE, text)
        assert case_id not in elsewhere.replace(text, "")
        _, _, helper = await searched(desk_site, HELPER, text)
        assert case_id not in helper.replace(text, "")
    _, _, county = await searched(desk_site, REVIEWERS[0], name)
    assert case_id in county


async def test_pinyin_finds_and_a_case_is_marked_that_has_ended(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open(members=[member(name="仇和顺")])
    await desk_site.api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回申请。"})
    for text in ("qiuheshun", "Qiu Heshun", "qhs", "QHS"):
        _, _, found = await searched(desk_site, CLERK, text)
        assert case_id in found, text
        assert "已退出" in found


async def test_a_supervisor_searches_by_numbers_and_not_by_name(desk_site: DeskSite) -> None:
    name, number = somebody(), resident_id()
    case_id = await desk_site.api.open(members=[member(name=name, id_number=number)])
    for text in (case_id, number):
        status, _, found = await searched(desk_site, SUPERVISOR, text)
        assert status == 200
        assert case_id in found
    for text in (name, "zs"):
        status, _, refused = await searched(desk_site, SUPERVISOR, text)
        assert status == 422
        assert "不按姓名查找" in refused
        assert case_id not in refused


@pytest.mark.parametrize("text", ["", "   ", "张3", "220302198203050012", "!!!", "x" * 61, "’"])
async def test_what_cannot_be_understood_is_said_and_kept(desk_site: DeskSite, text: str) -> None:
    status, address, page = await searched(desk_site, CLERK, text)
    assert status == 422
    assert address.endswith("/search")
    assert 'href="#wanted"' in page


async def test_nothing_found_says_what_to_try(desk_site: DeskSite) -> None:
    status, _, page = await searched(desk_site, CLERK, "查无此人")
    assert status == 200
    assert "找到 0 条" in page
    assert "开头至少两个字" in page


async def test_a_result_is_ones_own_and_reloading_logs_once(desk_site: DeskSite) -> None:
    name = somebody()
    case_id = await desk_site.api.open(members=[member(name=name)])
    _, address, _ = await searched(desk_site, CLERK_2, name)
    client = await desk_site.visit(CLERK_2)
    for _ in range(2):
        assert case_id in (await client.get(address)).text
    assert (await (await desk_site.visit(CLERK)).get(address)).status_code == 404
    with desk_site.api.record.read() as work:
        looks = [(view.what, view.account, view.reason) for view in views_of(work, case_id)]
    assert looks == [("search", CLERK_2, "按姓名查找")]
    await searched(desk_site, CLERK_2, case_id)
    with desk_site.api.record.read() as work:
        assert len(views_of(work, case_id)) == 1


async def test_turning_to_the_last_page_first_hides_no_look(
    desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = somebody()
    found = [await desk_site.api.open(members=[member(name=name)]) for _ in range(3)]
    monkeypatch.setattr(listing, "SIZE", 1)
    monkeypatch.setattr(pages, "SIZE", 1)
    client = await desk_site.visit(CLERK)
    typed = {"csrf": token_in((await client.get("/search")).text), "wanted": name}
    begun = await client.post("/search", data=typed, headers={"Origin": desk_site.base})
    for number in (3, 2, 1):
        assert (await client.get(f"{begun.headers['location']}?page={number}")).status_code == 200
    with desk_site.api.record.read() as work:
        looks = [len(views_of(work, case_id)) for case_id in found]
    assert looks == [1, 1, 1]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_box_on_top_and_its_answer_are_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    case_id = await desk_site.api.open(members=[member(name="司徒明月")])
    page = await open_page(CLERK, width, "/cases")
    await page.get_by_placeholder("姓名").fill("stmy")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name=case_id).wait_for()
    assert "stmy" not in page.url
    await in_order(page)
    await page.get_by_label("查找", exact=True).fill("张3")
    await page.get_by_role("button", name="查找").click()
    await page.get_by_role("link", name="没有看懂").wait_for()
    await in_order(page)
