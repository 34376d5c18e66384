"""Layoff lists over HTTP: both spouses on one list are a red alert, with one click to an early case (scenario 95)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2

from casework.states import Role
from casework.times import local_date
from records.known_households import Known
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.register.households import kept, known
from tests.installation import CLERK, ELSEWHERE, OFFICE, SUPERVISOR, member, resident_id
from tests.make import a_member
from tests.register.sheets import csv_text

LEAVES = local_date(datetime.now(UTC)) + timedelta(days=20)
WORKS = {"status": "单位就业", "wage_fen": 300000}
HERE = "/register/layoffs"


def both_at_work() -> Known:
    """A couple of whom both work."""
    one = known(**WORKS)
    him = a_member(birth_date=one.household.applicant.birth_date, **WORKS)
    household = one.household.model_copy(update={"members": (him, *one.household.members[1:])})
    return Known(**{name: getattr(one, name) for name in Known.__slots__} | {"household": household})


async def listed(site: DeskSite, *lines: str, account: str = CLERK, **more: str) -> httpx2.Response:
    fields = {"employer": "演练机械厂", "people": "\n".join(lines)} | more
    return await site.submit(await site.visit(account), HERE, fields, action=HERE)


def line(one: Known, place: int) -> str:
    return f"{one.persons[place].name} {one.persons[place].id_number} {LEAVES.isoformat()}"


async def test_scenario_95_both_spouses_on_a_list_are_red_and_an_early_case_is_one_click_away(
    desk_site: DeskSite,
) -> None:
    one = both_at_work()
    household_id = kept(desk_site.api.record, one)
    found = await listed(desk_site, line(one, 0), line(one, 1))
    assert urlsplit(str(found.url)).path.startswith(f"{HERE}/")
    assert "红色预警</span>" in found.text
    assert "不作认定" in found.text
    assert one.persons[0].id_number not in found.text
    clerk, path = await desk_site.visit(CLERK), urlsplit(str(found.url)).path
    asked = await desk_site.submit(clerk, path, {}, action=f"/register/{household_id}/monitoring")
    assert str(asked.url).endswith("/monitoring"), asked.text
    assert LEAVES.isoformat() in asked.text
    page = urlsplit(str(asked.url)).path
    done = await desk_site.submit(clerk, page, {"insured-m1": "yes", "insured-m2": "yes"}, action=page)
    assert str(done.url).endswith("/done"), done.text
    [case_id] = {link.removeprefix("/cases/") for link in Page(done.text).links if link.startswith("/cases/2")}
    case: Any = await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert case["key_monitored"] is True
    assert case["state"] == "applied"
    after = await desk_site.page(clerk, path)
    assert f"/cases/{case_id}" in after.links
    assert f"/register/{household_id}" not in after.links


async def test_one_of_two_earners_is_yellow_and_the_other_office_sees_nothing_of_it(desk_site: DeskSite) -> None:
    one = both_at_work()
    kept(desk_site.api.record, one)
    found = await listed(desk_site, line(one, 1), f"张三 {resident_id()} {LEAVES.isoformat()}")
    assert "黄色预警</span>" in found.text
    assert "红色预警</span>" not in found.text
    assert "提前建档" not in found.text
    path = urlsplit(str(found.url)).path
    assert (await (await desk_site.visit(ELSEWHERE)).get(path)).status_code == 404
    assert "黄色预警" in (await desk_site.page(await desk_site.visit(SUPERVISOR), path)).text


async def test_a_wrong_line_takes_nobody_and_is_named(desk_site: DeskSite) -> None:
    wrong = await listed(desk_site, f"张三 220000198503121010 {LEAVES.isoformat()}", "李四 明天")
    assert wrong.status_code == 422
    assert "没有登记任何人" in wrong.text
    assert "220000198503121010" in wrong.text  # kept in the field, as typed
    sheet = csv_text(("姓名", "身份证号", "单位", "离岗日期"), [["张三", resident_id(), "", "2026-13-01"]])
    files = {"sheet": ("a.csv", sheet, "text/csv")}
    refused = await desk_site.submit(await desk_site.visit(CLERK), HERE, {}, action="/uploads", files=files)
    assert refused.status_code == 422
    assert "离岗日期" in refused.text


async def test_an_open_case_with_its_earner_on_the_list_is_named_too(desk_site: DeskSite) -> None:
    number = resident_id()
    earner = member("配偶", id_number=number, status="灵活就业", wage_fen=90000, marital="已婚", name="李四")
    body = {
        "community": "向阳社区",
        "applied_on": local_date(datetime.now(UTC)).isoformat(),
        "members": [member(marital="已婚"), earner | {"phone": None}],
        "cause": "low_or_unstable",
        "jobs": [{"member": "M2", "insured": False}],
    }
    opened = await desk_site.api.post(CLERK, "/api/v1/monitored-households", body)
    assert opened.status_code == 201, opened.text
    found = await listed(desk_site, f"李四 {number} {LEAVES.isoformat()}")
    assert "红色预警</span>" in found.text
    assert f"/cases/{opened.json()['case_id']}" in Page(found.text).links


async def test_scenario_95_a_couple_on_two_lists_of_two_units_offices_and_days_is_red_too(desk_site: DeskSite) -> None:
    one = both_at_work()
    household_id = kept(desk_site.api.record, one)
    first = await listed(desk_site, line(one, 0), employer="演练机械厂")
    assert "黄色预警" in first.text
    other = await staff(desk_site.api, Role.CASEWORKER, f"{OFFICE[:6]}008")
    later = LEAVES + timedelta(days=9)
    sheet = csv_text(
        ("姓名", "身份证号", "单位", "离岗日期"),
        [
            [one.persons[1].name, one.persons[1].id_number, "演练纺织厂", later.isoformat()],
            ["张三", resident_id(), "演练商场", LEAVES.isoformat()],
        ],
    )
    files = {"sheet": ("a.csv", sheet, "text/csv")}
    elsewhere = await desk_site.submit(await desk_site.visit(other), HERE, {}, action="/uploads", files=files)
    assert "登记" in elsewhere.text
    assert f"/register/{household_id}" not in Page(elsewhere.text).links, "who is not of the office is not told of"
    clerk = await desk_site.visit(CLERK)
    for path in (urlsplit(str(first.url)).path, HERE):
        seen = await desk_site.page(clerk, path)
        assert f"/register/{household_id}" in seen.links
    seen = await desk_site.page(clerk, urlsplit(str(first.url)).path)
    assert "红色预警" in seen.text
    assert f"{later.year}年{later.month}月{later.day}日起家中将无人就业" in seen.text
    assert (await clerk.get(urlsplit(str(elsewhere.url)).path)).status_code == 404


async def test_scenario_95_a_couple_in_one_sheet_is_red_and_leads_to_an_early_case(desk_site: DeskSite) -> None:
    one = both_at_work()
    household_id = kept(desk_site.api.record, one)
    lines = [[p.name, p.id_number, "演练机械厂", LEAVES.isoformat()] for p in one.persons]
    sheet = csv_text(("姓名", "身份证号", "单位", "离岗日期"), lines)
    files = {"sheet": ("a.csv", sheet, "text/csv")}
    found = await desk_site.submit(await desk_site.visit(CLERK), HERE, {}, action="/uploads", files=files)
    assert "红色预警</span>" in found.text
    assert f'action="/register/{household_id}/monitoring"' in found.text
