"""The county's pages on the real engine: what a decision rests on, who may not take it, and the decision itself."""

import re

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.steps.taking import take
from tests.installation import CLERK, HELPER, REVIEWERS, SUPERVISOR, Installation, member

pytestmark = pytest.mark.engine

FIRST, SECOND, THIRD = REVIEWERS


async def reported(api: Installation) -> str:
    """Bring a case before the county."""
    case_id = await api.in_publicity()
    await api.until(case_id, "2026-10-12")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    return case_id


async def opened(site: DeskSite, account: str, path: str) -> Page:
    return await site.page(await site.visit(account), path)


def row_of(page: Page, case_id: str) -> str:
    """Return what stands in a list from this case on up to the next."""
    begins = page.text.index(case_id)
    following = re.search(r"\d{9}-\d{4}-\d{5}", page.text[begins + len(case_id) :])
    return page.text[begins : begins + len(case_id) + following.start()] if following else page.text[begins:]


async def whole_list(site: DeskSite, account: str, section: str) -> Page:
    """Return all pages of a list as one, in which every case stands."""
    client = await site.visit(account)
    texts, number = [], 1
    while True:
        answer = await client.get(f"/county/lists/{section}?page={number}")
        assert answer.status_code == 200
        texts.append(answer.text)
        if f"page={number + 1}" not in answer.text:
            return Page("".join(texts))
        number += 1


async def test_a_household_is_rechecked_and_certified_from_its_page(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await reported(api)
    path = f"/county/{case_id}/review"

    page = await opened(desk_site, FIRST, path)
    assert "全部具备" in page.text
    assert page.text.count("具备") >= 9
    assert "缺少" not in page.text
    assert "张*" in page.text
    assert "须由他人办理" not in page.text
    step = next(link for link in page.links if link.startswith(f"/cases/{case_id}/steps/pass_recheck?task="))
    await take(desk_site, FIRST, case_id, "pass_recheck", task=step.partition("task=")[2])

    again = await opened(desk_site, FIRST, path)
    assert "您已办理过本户的复核，这一步须由另一名工作人员办理。" in again.text
    assert not [link for link in again.links if "/steps/certify" in link]
    assert "须由他人办理" in row_of(await whole_list(desk_site, FIRST, "recheck"), case_id)
    assert "须由他人办理" not in row_of(await whole_list(desk_site, SECOND, "recheck"), case_id)

    other = await opened(desk_site, SECOND, path)
    assert "须由他人办理" not in other.text
    step = next(link for link in other.links if link.startswith(f"/cases/{case_id}/steps/certify?task="))
    await take(desk_site, SECOND, case_id, "certify", task=step.partition("task=")[2])
    done = await opened(desk_site, SECOND, path)
    assert "已认定" in done.text
    assert not [link for link in done.links if "/steps/" in link]


async def test_what_is_missing_is_said_with_who_brings_it(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    await api.step(CLERK, case_id, "objections", {"on": "2026-09-30", "content": "反映该户有人经营摊位。"})
    page = await opened(desk_site, FIRST, f"/county/{case_id}/review")
    assert "尚有缺少" in page.text
    for words in ("公示期未满", "异议O5尚未处理完毕，请先调查处理", "请等公示期满并由街道上报"):
        assert words in page.text, words
    assert "反映该户有人经营摊位。" in page.text

    objections = await opened(desk_site, FIRST, f"/county/{case_id}/objections")
    assert "这件异议不涉及经办人员，由街道经办人调查处理" in objections.text
    assert not [link for link in objections.links if "/steps/dismiss_objection" in link]


async def test_an_objection_about_staff_is_the_countys_and_whoever_keeps_away_is_told(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    body = {"on": "2026-09-30", "content": "经办人是申请人亲属。", "concerns": CLERK}
    await api.step(CLERK, case_id, "objections", body)
    await api.step(THIRD, case_id, "conflicts", {"reason": "申请人是本人的表兄。"})

    row = row_of(await whole_list(desk_site, FIRST, "objections"), case_id)
    told = row[row.index("有人员回避") : row.index("个工作日")]
    assert f"（{CLERK}）、" in told  # by name, with the account
    assert f"（{THIRD}）" in told
    assert "须由他人办理" not in row
    assert "须回避" in row_of(await whole_list(desk_site, THIRD, "objections"), case_id)
    home = await opened(desk_site, FIRST, "/county")
    assert case_id in home.text[home.text.index("须回避的人员") :]

    page = await opened(desk_site, FIRST, f"/county/{case_id}/objections")
    step = next(link for link in page.links if "/steps/dismiss_objection" in link)
    task = step.partition("task=")[2]
    looked_at = await opened(desk_site, CLERK, f"/cases/{case_id}/tasks/{task}")
    assert "9月30日的异议" in looked_at.text
    assert "O5" not in looked_at.text
    await take(desk_site, FIRST, case_id, "dismiss_objection", task=task, objection="O5", finding="没有亲属关系。")
    after = await opened(desk_site, FIRST, f"/county/{case_id}/objections")
    assert "不成立" in after.text
    assert "没有亲属关系。" in after.text


async def test_an_exit_is_decided_and_its_appeal_seen_by_others(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    path = f"/county/{case_id}/exit"
    assert "没有待决定的退出建议" in (await opened(desk_site, FIRST, path)).text
    await api.step(CLERK, case_id, "exits/proposals", {"reason": "income_found", "statement": "在市场经营摊位。"})

    waiting = await opened(desk_site, FIRST, path)
    assert "查实有经营性或投资性收入" in waiting.text
    assert "24时前陈述申辩，尚未收到" in waiting.text
    assert "期限未满且未收到答复，暂不能决定" in waiting.text
    assert "24时前陈述申辩" in row_of(await whole_list(desk_site, FIRST, "exits"), case_id)
    await api.step(HELPER, case_id, "exits/responses", {"on": "2026-10-12", "response": "摊位是妹妹的。"})

    heard = await opened(desk_site, FIRST, path)
    assert "摊位是妹妹的。" in heard.text
    step = next(link for link in heard.links if "/steps/approve_exit" in link)
    assert [link for link in heard.links if "/steps/reject_exit" in link]
    await take(desk_site, FIRST, case_id, "approve_exit", task=step.partition("task=")[2], reason="查证属实。")

    decided = await opened(desk_site, FIRST, path)
    assert f"账号{FIRST}" in decided.text
    assert "其间帮扶和各项时限暂停" in decided.text
    await api.step(CLERK, case_id, "exits/appeals", {"on": "2026-10-12", "statement": "附妹妹的营业执照。"})

    assert "这一步由督导人员办理" in (await opened(desk_site, FIRST, path)).text
    appeal = await opened(desk_site, SUPERVISOR, path)
    assert "正在复查申诉" in appeal.text
    assert "张*" not in appeal.text
    step = next(link for link in appeal.links if "/steps/uphold_appeal" in link)
    await take(desk_site, SUPERVISOR, case_id, "uphold_appeal", task=step.partition("task=")[2], finding="执照属实。")
    assert "没有待决定的退出建议" in (await opened(desk_site, SUPERVISOR, path)).text


async def test_who_proposed_an_exit_is_told_that_others_decide(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    body = {"on": "2026-10-12", "content": "有人举报其经营摊位。"}
    await api.step(CLERK, case_id, "objections", body)
    review = await opened(desk_site, FIRST, f"/county/{case_id}/objections")
    number = next(word for word in re.findall(r"O\d+", review.text))
    step = next(link for link in review.links if "/steps/conclude_review" in link)
    await take(
        desk_site,
        FIRST,
        case_id,
        "conclude_review",
        task=step.partition("task=")[2],
        objection=number,
        outcome="income_found",
        finding="查实摊位在营。",
    )
    mine = await opened(desk_site, FIRST, f"/county/{case_id}/exit")
    assert "退出建议由您提出，须由另一名工作人员决定。" in mine.text
    assert not [link for link in mine.links if "/steps/approve_exit" in link]
    others = await opened(desk_site, SECOND, f"/county/{case_id}/exit")
    assert "退出建议由您提出" not in others.text


async def test_another_county_sees_nothing_of_it(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await reported(api)
    stranger = await staff(api, Role.REVIEWER, "220303")
    client = await desk_site.visit(stranger)
    for path in ("review", "exit", "objections"):
        assert (await client.get(f"/county/{case_id}/{path}")).status_code == 404
    home = await desk_site.page(client, "/county")
    assert case_id not in home.text
    assert "现在没有等待县级办理的事项" in home.text
    assert (await client.get("/county/lists/nothing")).status_code == 404
    assert case_id not in (await whole_list(desk_site, stranger, "recheck")).text


async def test_a_name_is_never_whole(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity(members=[member(name="欧阳复核人")])
    await api.until(case_id, "2026-10-12")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    client = await desk_site.visit(FIRST)
    for path in ("/county", "/county/lists/recheck", f"/county/{case_id}/review", f"/county/{case_id}/objections"):
        assert "欧阳复核人" not in (await client.get(path)).text
