"""Following one's own case: by number and phone together, never by one alone; codes that nobody can try out."""

import asyncio
import re

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.public.at_the_door import last_code, messages_to, shown, somebody
from tests.installation import CLERK, REVIEWERS, Installation, member

pytestmark = pytest.mark.engine

PHONES = iter(f"199000{number:05d}" for number in range(50_000, 60_000))


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


async def asked(site: DeskSite, client: httpx2.AsyncClient, number: str, phone: str) -> httpx2.Response:
    return await site.submit(client, "/follow", {"number": number, "phone": phone})


async def test_a_household_sees_its_own_case_masked_and_nobody_elses(desk_site: DeskSite) -> None:
    api, phone = desk_site.api, next(PHONES)
    person = member(name="慕容查询", phone=phone)
    case_id = await api.in_publicity(members=[person], community="清波社区")
    async with somebody(desk_site) as visitor:
        page = await shown(desk_site, visitor, f" {case_id.lower()} ", phone)
        assert page.status_code == 200
        for words in (
            "正在公示，到 2026年10月10日",
            "清波社区",
            "慕*",
            case_id,
            "铁西区第四街道公共就业服务站",
            "公示开始",
        ):
            assert words in page.text, words
        for secret in ("慕容查询", str(person["id_number"]), phone):
            assert secret not in page.text
        assert case_id not in str(page.url)
        again = await desk_site.submit(visitor, "/follow", {"number": "220302004-2026-99999"})
        nowhere = left_out(again.text)
        assert again.status_code == 404
        other = await api.open(members=[member(phone=next(PHONES))])
        assert left_out((await desk_site.submit(visitor, "/follow", {"number": other})).text) == nowhere
        await desk_site.submit(visitor, "/follow", {}, action="/leave")
        assert (await visitor.get("/follow/status")).headers["location"] == "/follow"


async def test_whoever_has_left_the_household_sees_it_no_more(desk_site: DeskSite) -> None:
    api, stays, leaves = desk_site.api, next(PHONES), next(PHONES)
    people = [member(phone=stays), member("配偶", phone=leaves)]
    case_id = await api.in_publicity(members=people)
    async with somebody(desk_site) as visitor:
        assert (await shown(desk_site, visitor, case_id, leaves)).status_code == 200
        gone = {"member": "M2", "cause": "moved_out", "happened_on": "2026-09-30", "reason": "离婚后分户。"}
        await api.step(CLERK, case_id, "household/departures", gone)
        assert (await visitor.get("/follow/status")).status_code == 404
    async with somebody(desk_site) as visitor:
        assert (await shown(desk_site, visitor, case_id, stays)).status_code == 200


def left_out(text: str) -> str:
    return re.sub(r'value="[0-9a-f]{16}\.[0-9a-f]{40}"', "", text)


async def test_asking_tells_nothing_of_whether_a_number_or_a_phone_is_known(desk_site: DeskSite) -> None:
    phone = next(PHONES)
    case_id = await desk_site.api.open(members=[member(phone=phone)])
    pages = []
    for number, typed in ((case_id, phone), (case_id, next(PHONES)), ("220302004-2026-99998", next(PHONES))):
        async with somebody(desk_site) as visitor:
            before = len(messages_to(desk_site.api, "phone_code")) if pages else 0
            answer = await asked(desk_site, visitor, number, typed)
            assert answer.url.path == "/follow/code"
            assert len(messages_to(desk_site.api, "phone_code")) > before
            pages.append(re.sub(r"199\*{4}\d{4}", "", left_out(answer.text)))
    assert len(set(pages)) == 1


async def test_a_decision_is_told_with_its_reason(desk_site: DeskSite) -> None:
    api, phone = desk_site.api, next(PHONES)
    case_id = await api.in_publicity(members=[member(phone=phone)])
    await api.until(case_id, "2026-10-12")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    body = {"reason": "经复核，家庭中有成员在职。"}
    await api.step(REVIEWERS[0], case_id, "reviews/recheck-decline", body)
    async with somebody(desk_site) as visitor:
        page = await shown(desk_site, visitor, case_id, phone)
    assert "不予认定" in page.text
    assert "依据：" in page.text


async def test_a_code_is_tried_five_times_and_then_is_over(desk_site: DeskSite) -> None:
    phone = next(PHONES)
    async with somebody(desk_site) as visitor:
        await asked(desk_site, visitor, "X1", phone)
        code = last_code(desk_site.api)
        for _ in range(4):
            wrong = await desk_site.submit(visitor, "/follow/code", {"code": other_than(code)})
            assert wrong.status_code == 422
            assert "不对" in wrong.text
            assert code not in wrong.text
        short = await desk_site.submit(visitor, "/follow/code", {"code": code[:5]})
        assert "6位数字" in short.text
        last = await desk_site.submit(visitor, "/follow/code", {"code": other_than(code)})
        assert "失效" in last.text
        right = await desk_site.submit(visitor, "/follow/code", {"code": code})
        assert right.status_code == 422
        assert (await visitor.get("/follow/status")).headers["location"] == "/follow"


async def test_many_tries_at_once_are_still_five(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as visitor:
        page = await asked(desk_site, visitor, "X1", next(PHONES))
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert token
        wrong = other_than(last_code(desk_site.api))
        fields = {"csrf": token[1], "code": wrong}
        tries = [visitor.post("/follow/code", data=fields, headers={"Origin": desk_site.base}) for _ in range(9)]
        said = [answer.text for answer in await asyncio.gather(*tries)]
    assert sum("验证码不对" in text for text in said) == 4


async def test_a_phone_gets_three_codes_an_hour_whoever_asks(desk_site: DeskSite) -> None:
    phone = next(PHONES)
    before = len(messages_to(desk_site.api, "phone_code"))
    statuses = []
    for _ in range(4):
        async with somebody(desk_site) as visitor:
            answer = await asked(desk_site, visitor, "X1", phone)
            statuses.append(answer.status_code)
    assert statuses == [200, 200, 200, 429]
    assert "一小时" in answer.text
    assert phone in answer.text
    assert len(messages_to(desk_site.api, "phone_code")) == before + 3


async def test_another_browser_cannot_use_the_code(desk_site: DeskSite) -> None:
    phone = next(PHONES)
    async with somebody(desk_site) as mine, somebody(desk_site) as other:
        await asked(desk_site, mine, "X1", phone)
        code = last_code(desk_site.api)
        await asked(desk_site, other, "X1", phone)
        assert (await desk_site.submit(other, "/follow/code", {"code": code})).status_code == 422
        assert (await desk_site.submit(mine, "/follow/code", {"code": code})).status_code == 404


async def test_the_code_is_nowhere_but_on_the_phone(desk_site: DeskSite) -> None:
    api: Installation = desk_site.api
    async with somebody(desk_site) as visitor:
        page = await asked(desk_site, visitor, "X1", next(PHONES))
        code = last_code(api)
        assert code not in page.text
        assert code not in str(dict(visitor.cookies))
    stored = b"".join(path.read_bytes() for path in api.home.glob("record.db*"))
    assert code.encode() not in stored


@pytest.mark.parametrize(
    ("fields", "links"),
    [({"number": "", "phone": ""}, {"number", "phone"}), ({"number": "X1", "phone": "12345"}, {"phone"})],
)
async def test_what_is_missing_is_said(desk_site: DeskSite, fields: dict[str, str], links: set[str]) -> None:
    async with somebody(desk_site) as visitor:
        answer = await desk_site.submit(visitor, "/follow", fields)
    assert answer.status_code == 422
    assert set(re.findall(r'<li><a href="#(\w+)">', answer.text)) == links
