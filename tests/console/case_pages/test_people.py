"""Looking at people: masked first, whole after a reason, for this session and two minutes, logged once."""

from datetime import timedelta

import pytest

from console.one_look import LASTS
from records.household_pages import views_of
from tests.console.desk_site import DeskSite
from tests.installation import CLERK, CLERK_2, HELPER, REVIEWERS, SUPERVISOR, member, resident_id

pytestmark = pytest.mark.engine

NAME, PHONE = "尉迟访客", "19900000555"


async def a_case(site: DeskSite) -> tuple[str, str]:
    number = resident_id()
    return await site.api.assisted(members=[member(id_number=number, name=NAME, phone=PHONE)]), number


def logged(site: DeskSite, case_id: str) -> list[tuple[str, str, str]]:
    with site.api.record.read() as work:
        return [(view.account, view.what, view.reason) for view in views_of(work, case_id)]


async def test_whoever_says_why_sees_the_people_whole_and_is_logged_once(desk_site: DeskSite) -> None:
    case_id, number = await a_case(desk_site)
    client = await desk_site.signed_in(CLERK)
    page = f"/cases/{case_id}/people"

    shown = await desk_site.submit(client, page, {"chosen": "核对申请材料"})

    assert shown.status_code == 200
    assert NAME in shown.text
    assert number in shown.text
    assert PHONE in shown.text
    assert "向阳街12号" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    for secret in (NAME, number, PHONE):
        assert secret not in str(shown.url)
    assert NAME in (await client.get(str(shown.url))).text, "loading again within two minutes shows the same"
    assert logged(desk_site, case_id) == [(CLERK, "household", "核对申请材料")]
    await client.aclose()


async def test_a_look_is_good_for_one_session_and_one_case(desk_site: DeskSite) -> None:
    (case_id, _), (other, number) = await a_case(desk_site), await a_case(desk_site)
    client = await desk_site.signed_in(CLERK)
    shown = await desk_site.submit(client, f"/cases/{case_id}/people", {"chosen": "核对申请材料"})

    elsewhere = await client.get(f"/cases/{other}/people?shown=1")
    answers = await client.get(f"/cases/{case_id}/comparisons?shown=1")
    colleague = await (await desk_site.visit(CLERK_2)).get(str(shown.url))
    again = await desk_site.signed_in(CLERK)
    again.cookies.set("wanjia-look", client.cookies["wanjia-look"])
    later = await again.get(str(shown.url))

    assert number not in elsewhere.text
    assert "查看时间已过" in elsewhere.text
    assert "原始答复" not in answers.text.split("显示原始答复")[0].split("比对答复")[-1]
    for answer in (colleague, later):
        assert answer.status_code == 200
        assert NAME not in answer.text
    for client_ in (client, again):
        await client_.aclose()
    assert timedelta(minutes=1) < LASTS <= timedelta(minutes=5)


@pytest.mark.parametrize(
    ("fields", "wrong", "field"),
    [
        ({}, "请选择查看事由", "chosen"),
        ({"chosen": "other"}, "至少4个字", "reason"),
        ({"chosen": "other", "reason": "看看"}, "至少4个字", "reason"),
        ({"reason": "看看"}, "至少4个字", "reason"),
    ],
)
async def test_without_a_reason_nothing_is_shown_or_logged(
    desk_site: DeskSite, fields: dict[str, str], wrong: str, field: str
) -> None:
    case_id, number = await a_case(desk_site)
    client = await desk_site.visit(CLERK)

    answer = await desk_site.submit(client, f"/cases/{case_id}/people", {"reason": "", **fields})

    assert answer.status_code == 422
    assert wrong in answer.text
    assert f'href="#{field}"' in answer.text
    assert number not in answer.text
    assert logged(desk_site, case_id) == []


async def test_a_reason_of_ones_own_is_kept_as_it_was_said(desk_site: DeskSite) -> None:
    case_id, _ = await a_case(desk_site)
    client = await desk_site.signed_in(HELPER)

    shown = await desk_site.submit(
        client, f"/cases/{case_id}/people", {"chosen": "other", "reason": "约定周五陪同面试"}
    )

    assert NAME in shown.text
    assert logged(desk_site, case_id) == [(HELPER, "household", "约定周五陪同面试")]
    await client.aclose()


async def test_a_supervisor_sees_numbers_and_no_names(desk_site: DeskSite) -> None:
    case_id, _ = await a_case(desk_site)
    client = await desk_site.visit(SUPERVISOR)

    page = await desk_site.page(client, f"/cases/{case_id}/people")

    assert "尉*" in page.text
    assert not [form for form in page.forms if form.action.endswith("/people")]


async def test_who_looked_is_told_to_those_who_answer_for_it(desk_site: DeskSite) -> None:
    case_id, _ = await a_case(desk_site)
    looker = await desk_site.signed_in(REVIEWERS[0])
    await desk_site.submit(looker, f"/cases/{case_id}/people", {"chosen": "调查异议"})
    await desk_site.api.step(CLERK, case_id, "visits", {"visited_on": "2026-10-12"})

    for account in (CLERK, REVIEWERS[1], SUPERVISOR):
        page = await desk_site.page(await desk_site.visit(account), f"/cases/{case_id}/looks")
        assert REVIEWERS[0] in page.text
        assert "调查异议" in page.text
        assert "家庭成员的完整信息" in page.text
    refused = await (await desk_site.visit(HELPER)).get(f"/cases/{case_id}/looks")
    assert refused.status_code == 403
    await looker.aclose()


async def test_the_sources_answers_are_shown_with_a_reason(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.open()
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "comparisons/runs")
    client = await desk_site.signed_in(CLERK)

    before = await desk_site.page(client, f"/cases/{case_id}/comparisons")
    shown = await desk_site.submit(client, f"/cases/{case_id}/comparisons", {"chosen": "核对申请材料"})

    assert "not_connected" not in before.text
    assert "原因代码 not_connected" in shown.text
    assert logged(desk_site, case_id) == [(CLERK, "comparisons", "核对申请材料")]
    for account in (HELPER, SUPERVISOR):
        assert (await (await desk_site.visit(account)).get(f"/cases/{case_id}/comparisons")).status_code == 403
    await client.aclose()
