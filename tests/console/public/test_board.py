"""The publicity board for everybody: what it shows, what it never shows, and what is left when a notice comes down."""

import asyncio
from datetime import date

import pytest

from casework.states import Role
from casework.times import at_local
from records.board import postings_of
from records.scope import Scope
from tests.console.desk_site import DeskSite
from tests.console.public.at_the_door import shown, somebody
from tests.installation import CLERK, ELSEWHERE, OFFICE, OTHER_OFFICE, Installation, member

pytestmark = pytest.mark.engine


def public_id(api: Installation, case_id: str) -> str:
    with api.record.read() as work:
        posted = postings_of(work, Scope(CLERK, Role.CASEWORKER, OFFICE), case_id)
    assert posted
    return posted[-1].public_id


async def test_a_notice_shows_what_the_board_may_and_no_more(desk_site: DeskSite) -> None:
    api = desk_site.api
    people = [member(name="欧阳公示"), member("配偶", name="诸葛不见", phone="19900007777", marital="已婚")]
    people[0]["marital"] = "已婚"
    case_id = await api.in_publicity(members=people, community="云海社区", address="云海街99号楼8单元7室")
    async with somebody(desk_site) as visitor:
        board = await visitor.get("/board")
        assert board.status_code == 200
        assert "云海社区" in (await desk_site.whole_list(visitor, "/board")).text
        notice = await visitor.get(f"/board/{public_id(api, case_id)}")
        assert notice.status_code == 200
        for words in (
            "欧*",
            "云海社区",
            "零就业家庭认定公示",
            "2026年9月30日（周三）",
            "2026年10月10日（周六）",
            "24时",
        ):
            assert words in notice.text, words
        assert "还剩" in notice.text
        for page in (board, notice):
            assert page.headers["x-robots-tag"].startswith("noindex")
            secrets = [case_id, "欧阳公示", "诸葛", "云海街99号", "99号楼", "19900007777"]
            secrets += [str(person[key]) for person in people for key in ("id_number", "phone")]
            assert not [secret for secret in secrets if secret in page.text]
        await api.until(case_id, "2026-10-12")
        gone = await visitor.get(f"/board/{public_id(api, case_id)}")
        assert gone.status_code == 410
        assert "已经结束" in gone.text
        assert "欧*" not in gone.text
        assert "云海社区" not in gone.text
        assert "云海社区" not in (await desk_site.whole_list(visitor, "/board")).text


async def test_a_last_day_in_a_year_without_a_schedule_is_said_to_be_a_guess(desk_site: DeskSite) -> None:
    """The holidays of the next year are not announced in December: the day may move, and the public is told so."""
    api, phone = desk_site.api, "19900009191"
    morning = at_local(date(2029, 12, 27), 9)
    case_id = await api.open(start=morning, members=[member(phone=phone)])
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "reviews/first-pass", {"compared_online": True, "visited_on": "2029-12-27"})
    await api.step(CLERK, case_id, "publicity/postings", {"posted_on": "2029-12-27"})
    async with somebody(desk_site) as visitor:
        notice = await visitor.get(f"/board/{public_id(api, case_id)}")
        own = await shown(desk_site, visitor, case_id, phone)
    assert "可能顺延" in notice.text
    assert "可能顺延" in own.text


async def test_the_board_is_narrowed_by_area(desk_site: DeskSite) -> None:
    api = desk_site.api
    await api.in_publicity(community="月牙社区")
    far = await api.open(ELSEWHERE, start=at_local(date(2026, 9, 30), 9), community="远山社区")
    for path, body in (
        ("acceptances", None),
        ("reviews/first-pass", {"compared_online": True, "visited_on": "2026-09-29"}),
        ("publicity/postings", {"posted_on": "2026-09-30"}),
    ):
        await api.step(ELSEWHERE, far, path, body)
    async with somebody(desk_site) as visitor:
        page = await visitor.get("/board")
        assert "铁西区第四街道公共就业服务站（" in page.text
        here = await desk_site.whole_list(visitor, f"/board?area={OFFICE}")
        assert "月牙社区" in here.text
        assert "月牙社区" in (await desk_site.whole_list(visitor, "/board?area=220302")).text
        elsewhere = await desk_site.whole_list(visitor, f"/board?area={OTHER_OFFICE}")
        assert "月牙社区" not in elsewhere.text
        assert "远山社区" in elsewhere.text
        assert "没有正在公示的家庭" in (await visitor.get("/board?area=220999")).text
        assert (await visitor.get("/board?area=%27;drop&page=x")).status_code == 200


async def test_a_number_nobody_has_is_not_found_and_a_flood_is_stopped(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as visitor:
        assert (await visitor.get("/board/AAAAAAAAAAAAAAAA")).status_code == 404
        answers = await asyncio.gather(*(visitor.get(f"/board/{number:016d}") for number in range(130)))
        assert 429 in {answer.status_code for answer in answers}
        told = await visitor.get("/board")
        assert told.status_code == 429
        assert "请过一分钟再" in told.text
        assert "密码" not in told.text
    async with somebody(desk_site) as another:
        assert (await another.get("/board")).status_code == 200
        assert (await another.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"
