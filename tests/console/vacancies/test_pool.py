"""The vacancy pool on its pages: entered, found, changed, closed."""

import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.fresh_names import fresh
from tests.installation import CLERK, ELSEWHERE, HELPER, OFFICE, REVIEWERS

pytestmark = pytest.mark.engine

COUNTY = REVIEWERS[0]


def job(employer: str, **more: str | list[str]) -> dict[str, str | list[str]]:
    return {
        "employer": employer,
        "title": "保洁员",
        "channel": "public_welfare_post",
        "posts": "3",
        "reserved": "1",
        "pay_fen": "２,６００元",
        "area": OFFICE,
        "demands": ["standing", "night"],
        "open_until": "2030-12-31",
        "contact": "王小五 19900001234",
    } | more


async def enter(site: DeskSite, employer: str, **more: str | list[str]) -> str:
    """Enter a vacancy as the county; return its address."""
    answer = await site.submit(await site.visit(COUNTY), "/vacancies/new", job(employer, **more))
    assert answer.status_code == 200, answer.text
    assert answer.url.path.startswith("/vacancies/V-"), answer.text
    return answer.url.path


async def test_a_vacancy_is_entered_found_changed_and_closed(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    county, helper = await desk_site.visit(COUNTY), await desk_site.visit(HELPER)
    address = await enter(desk_site, employer)
    seen = (await desk_site.page(helper, address)).text
    for words in (employer, "公益性岗位", "余3/3人（预留余1）", "2,600元", "长时间站立、夜班", "县级归集", "可推荐"):
        assert words in seen
    assert "19900001234" not in seen
    assert "王小五" not in seen
    assert employer in (await desk_site.page(helper, f"/vacancies?words={employer}")).text

    form = Page((await county.get(f"{address}/edit")).text).form({"posts"})
    changed = await desk_site.send(county, f"{address}/edit", form, {"posts": "5"})
    assert "余5/5人" in changed.text
    late = await desk_site.send(county, f"{address}/edit", form, {"posts": "9"})
    assert late.status_code == 422
    assert "同事修改" in late.text

    closed = await desk_site.submit(county, f"{address}/close", {}, action="/close")
    assert "已停止招用" in closed.text
    assert employer not in (await desk_site.page(helper, f"/vacancies?words={employer}")).text
    assert employer in (await desk_site.page(helper, f"/vacancies?words={employer}&state=over")).text


async def test_the_contact_is_shown_after_a_reason_that_is_logged(desk_site: DeskSite) -> None:
    address = await enter(desk_site, f"物业{fresh()}")
    helper = await desk_site.visit(HELPER)
    without = await desk_site.submit(helper, address, {"reason": " "}, action="/contact")
    assert without.status_code == 422
    assert "19900001234" not in without.text
    shown = await desk_site.submit(helper, address, {"reason": "电话核实岗位"}, action="/contact")
    assert "王小五 19900001234" in shown.text


async def test_what_is_wrong_stands_beside_its_field(desk_site: DeskSite) -> None:
    county = await desk_site.visit(COUNTY)
    wrong = job("甲厂", posts="1", reserved="2", credit_code="91350100M000100Y44", pay_to_fen="2000")
    answer = await desk_site.submit(county, "/vacancies/new", wrong)
    assert answer.status_code == 422
    assert "末位校验不对" in answer.text
    wrong["credit_code"] = ""
    answer = await desk_site.submit(county, "/vacancies/new", wrong)
    for words in ("预留人数（2）不能多于招用人数（1）", "上限不能低于"):
        assert words in answer.text
    assert "２,６００元" in answer.text, "what was typed stays"
    form = Page((await county.get("/vacancies/new")).text).form({"employer"})
    del form.choices["area"]
    elsewhere = await desk_site.send(county, "/vacancies/new", form, job("甲厂", area="220102001"))
    assert elsewhere.status_code == 422
    assert "请从列表中选择工作地点" in elsewhere.text


async def test_the_same_job_again_is_not_a_second_vacancy(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    address = await enter(desk_site, employer)
    assert await enter(desk_site, employer) == address
    other = await desk_site.submit(await desk_site.visit(COUNTY), "/vacancies/new", job(employer, posts="4"))
    assert other.status_code == 422
    assert "已有这家单位" in other.text


async def test_others_may_read_what_is_near_and_change_nothing(desk_site: DeskSite) -> None:
    address = await enter(desk_site, f"物业{fresh()}")
    elsewhere, clerk, helper = [await desk_site.visit(account) for account in (ELSEWHERE, CLERK, HELPER)]
    for path in (address, f"{address}/edit", f"{address}/close", f"{address}/answers"):
        assert (await elsewhere.get(path)).status_code == 404
    assert (await helper.get(f"{address}/edit")).status_code == 403
    assert (await helper.get("/vacancies/new")).status_code == 403
    assert (await helper.get("/vacancies/sheet")).status_code == 403
    assert (await clerk.get(f"{address}/edit")).status_code == 200, "the office may correct what lies in its own street"
