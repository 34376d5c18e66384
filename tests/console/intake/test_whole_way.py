"""Intake at the counter over HTTP: the whole way, every refusal on it, and that nothing typed is ever lost."""

from datetime import UTC, datetime

import pytest

from casework.times import local_date
from tests.console.desk_site import DeskSite
from tests.console.intake.counter import ADULT, Counter, applicant, somebody
from tests.console.pages_read import Page
from tests.console.route_table import post
from tests.installation import CLERK, ELSEWHERE, member, resident_id


async def test_a_household_is_taken_in_step_by_step(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    child = somebody(name="张小", relation="儿子", marital="未婚", id_number=resident_id("20150601"))
    await at.household(somebody(), child | {"work_status": "在校学生"})
    members = await at.see("members")
    assert "李四" in members.text
    assert "符合认定条件" in members.text
    family = await at.see("family")
    assert "未满16周岁，不计入基数" in family.text
    assert "依据：" in family.text
    assert "没有发现重复" in (await at.see("duplicates")).text
    check = await at.see("check")
    assert "内容属实，提交受理" in (await at.client.get(at.at("check"))).text
    assert "张小" in check.text
    case_id = await at.submitted()
    done = await at.see("done")
    assert case_id in done.text
    assert "公示3个工作日" in done.text.replace(" ", "")
    case = await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert case["state"] == "applied"
    people = (await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}/people"))["people"]
    assert len(people) == 3
    again = await at.client.get(at.at("person/m1"), follow_redirects=True)
    assert str(again.url).endswith("/done")
    assert at.draft not in (await at.client.get("/intake")).text
    with desk_site.api.record.read() as work:
        row = work.connection.exec_driver_sql(f"SELECT case_id FROM drafts WHERE draft_id = '{at.draft}'").one()
    assert row.case_id == case_id


async def test_a_second_click_and_a_second_tab_make_one_case(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household()
    page = await at.see("check")
    form = page.form({"version"}, at.at("check"))
    first = await desk_site.send(at.client, at.at("check"), form, {})
    second = await desk_site.send(at.client, at.at("check"), form, {})
    assert first.status_code == second.status_code == 200
    assert str(first.url) == str(second.url)
    assert str(first.url).endswith("/done")


async def test_handing_in_what_is_not_ready_is_refused(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    answer = await post(desk_site, at.client, at.at("check"), {"version": "1"})
    assert answer.status_code == 422
    assert "还有内容没有填完" in answer.text


async def test_somebody_in_an_active_case_cannot_be_taken_in_and_one_learns_why(desk_site: DeskSite) -> None:
    number = resident_id()
    case_id = await desk_site.api.open(members=[member(id_number=number)])
    at = await Counter.begin(desk_site, CLERK)
    await at.household(id_number=number, phone="17699990777")
    page = await at.see("duplicates")
    assert "不能受理：同一人不能同时在两户中" in page.text
    assert f"/cases/{case_id}" in page.links
    assert number not in (await at.client.get(at.at("duplicates"))).text
    answer = await post(desk_site, at.client, at.at("check"), {"version": "99"})
    assert answer.status_code == 422
    assert "有成员在未结束的个案中" in answer.text
    elsewhere = await Counter.begin(desk_site, ELSEWHERE)
    await elsewhere.household(id_number=number, phone="17699990777")
    told = await elsewhere.see("duplicates")
    assert case_id not in told.text
    assert "其他机构的个案" in told.text
    assert "请联系" in told.text


async def test_a_shared_phone_or_address_needs_a_reason_that_goes_on_record(desk_site: DeskSite) -> None:
    phone, address = "19900000321", "团结路88号2单元301室"
    case_id = await desk_site.api.open(address=address, community="团结社区", members=[member(phone=phone)])
    at = await Counter.begin(desk_site, CLERK)
    home = {"community": "团结社区", "address": "团结路 88 号2单元 301室"}
    await at.household(home=home, phone="19900000322")
    page = await at.see("duplicates")
    assert "住址相同" in page.text
    assert "张*" in page.text
    refused = await at.press("duplicates", {f"reason-{case_id}": "", "go": "on"})
    assert refused.status_code == 422
    assert "请写明与个案" in refused.text
    blocked = await post(desk_site, at.client, at.at("check"), {"version": "99"})
    assert blocked.status_code == 422
    explained = await at.press("duplicates", {f"reason-{case_id}": "父子分户，住同一栋", "go": "on"})
    assert str(explained.url).endswith("/check")
    new = await at.submitted()
    with desk_site.api.record.read() as work:
        rows = work.connection.exec_driver_sql(f"SELECT text_id, sealed FROM free_texts WHERE case_id = '{new}'").all()
        texts = [work.keys.open(bytes(row.sealed), f"free_texts.sealed:{row.text_id}").decode() for row in rows]
    assert texts == [f"与个案{case_id}不是同一户：父子分户，住同一栋"]


async def test_a_household_that_is_not_eligible_is_told_what_to_do_and_may_be_watched(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household(somebody() | {"work_status": "单位就业", "work_wage_fen": "1500"})
    family = await at.see("family")
    assert "不符合认定条件" in family.text
    assert at.at("monitoring") in family.links
    wrong = await at.press("monitoring", {"cause": "layoff", "insured-m2": "no"})
    assert wrong.status_code == 422
    assert "裁员名单须填写离岗日期" in wrong.text
    done = await at.press("monitoring", {"cause": "low_or_unstable", "insured-m2": "no", "contract-m2": "2"})
    assert str(done.url).endswith("/done"), done.text
    assert "已登记为重点监控家庭" in done.text


async def test_a_household_with_steady_work_is_not_watched_and_may_still_apply(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household(somebody() | {"work_status": "单位就业", "work_wage_fen": "20,000.50"})
    answer = await at.press("monitoring", {"cause": "low_or_unstable", "insured-m2": "yes", "contract-m2": "36"})
    assert answer.status_code == 422
    assert "不符合重点监控条件" in answer.text
    await at.submitted()
    assert "按现在填写的情况不符合认定条件" in (await at.see("done")).text


async def test_a_household_of_another_office_is_sent_on(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household()
    refused = await at.fill("home", office="220302999")
    assert refused.status_code == 422
    assert "没有这个机构" in refused.text
    assert "没有这个机构" in (await at.see("check")).text
    await at.filled("home", office="220102001")
    assert "本机构代为接收" in (await at.see("check")).text
    done = await at.press("check")
    assert "申请已转交" in done.text
    assert "220102001" in done.text


async def test_in_a_drill_the_case_begins_on_a_day_of_its_own(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.filled("person/m1", **applicant())
    await at.filled("work/m1", **ADULT)
    wrong = await at.fill("home", community="向阳社区", drill_day="2026-02-30")
    assert wrong.status_code == 422
    assert "演练日期应为存在的日期" in wrong.text
    late = await at.fill("home", community="向阳社区", applied_on="2026-10-08", drill_day="2026-09-18")
    assert late.status_code == 422
    await at.filled("home", community="向阳社区", applied_on="2026-09-18", drill_day="2026-09-18")
    case_id = await at.submitted()
    case = await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert case["opened_on"] == "2026-09-18"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("22000019850312", "现为14位"),
        ("22000019850231101X", "第7至14位不是真实的出生日期"),
        ("220000198503121010", "校验码"),
        ("2200001985031210A3", "前17位应为数字"),
    ],
)
async def test_an_id_number_is_checked_while_it_is_typed(desk_site: DeskSite, typed: str, said: str) -> None:
    client = await desk_site.visit(CLERK)
    answer = await post(desk_site, client, "/intake/checks/id-number", {"id_number": typed})
    assert answer.status_code == 200
    assert said in answer.text
    assert "<html" not in answer.text


async def test_a_right_number_tells_age_sex_and_working_age(desk_site: DeskSite) -> None:
    client = await desk_site.visit(CLERK)

    async def said(number: str) -> str:
        return (await post(desk_site, client, "/intake/checks/id-number", {"id_number": number})).text

    assert "1985年3月12日出生" in await said(resident_id())
    assert "男" in await said(resident_id())
    assert "工人岗位" in await said(resident_id("19800721", male=False))
    year = local_date(datetime.now(UTC)).year
    assert "未满16周岁" in await said(resident_id(f"{year - 5}0101"))
    assert "已达法定退休年龄" in await said(resident_id("19500101"))
    assert "晚于今天" in await said(resident_id(f"{year + 1}0101"))
    assert await said("") == "" or (await said("")).strip() == ""
    phone = await post(desk_site, client, "/intake/checks/phone", {"phone": "1990000"})
    assert "现为7位" in phone.text


async def test_what_was_changed_in_another_tab_is_checked_again_before_it_is_handed_in(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household()
    form = (await at.see("check")).form({"version"}, at.at("check"))
    await at.filled("home", community="改过社区")
    late = await desk_site.send(at.client, at.at("check"), form, {})
    assert late.status_code == 409
    assert "请重新核对后再提交" in late.text
    assert "改过社区" in late.text
    again = Page(late.text).form({"version"}, at.at("check"))
    done = await desk_site.send(at.client, at.at("check"), again, {})
    assert str(done.url).endswith("/done")


async def test_one_number_for_two_people_is_said_at_once(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    number = resident_id()
    await at.filled("person/m1", **applicant(id_number=number))
    answer = await at.fill("person/m2", **somebody(id_number=number.lower()))
    assert answer.status_code == 422
    assert "与第1位成员的公民身份号码相同" in answer.text
