"""What stands in a step's form: choices in words, rows, mistakes beside their fields, what the rules refuse."""

import re
from datetime import UTC, datetime

import pytest

from casework.states import Role
from casework.times import local_date
from records.vacancies import set_vacancy
from register.vacancy import Vacancy
from tests.api.test_absences import enter, staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.steps.taking import address, as_typed, confirm, take, typed_into, words_of
from tests.installation import CASES, CLERK, CLERK_2, HELPER, OFFICE, REVIEWERS, application, member

pytestmark = pytest.mark.engine

DAY = "2026-10-12"


async def opened(site: DeskSite, account: str, path: str) -> Page:
    return await site.page(await site.visit(account), path)


async def test_members_are_offered_by_masked_name_and_posts_by_employer(desk_site: DeskSite) -> None:
    site = desk_site
    with site.api.record.write() as work:
        set_vacancy(work, Vacancy("V-2026-0001", "四平商贸公司", "保洁员", 260000, "220302"))
    case_id = await site.api.assisted(members=[member(name="欧阳娜娜")])
    page = await opened(site, CLERK, address(case_id, "record_referral"))
    assert "欧*（本人，M1）" in page.text
    assert "娜" not in page.text
    answer = await (await site.visit(CLERK)).get(address(case_id, "record_referral"))
    assert re.search(r'<option value="V-2026-0001">四平商贸公司 保洁员，月工资2,600元</option>', answer.text)
    job = {"member": "M1", "vacancy": "V-2026-0001", "on": DAY, "pay_fen": 260000}
    await take(site, CLERK, case_id, "record_referral", **job, matches_plan=True, acknowledged=True)
    refusing = await opened(site, HELPER, address(case_id, "record_refusal"))
    assert "2026年10月12日推荐给欧*（本人，M1）：四平商贸公司 保洁员，月工资2,600元" in refusing.text


async def test_where_there_is_nothing_to_choose_the_page_says_what_to_do_first(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.assisted()
    page = await opened(desk_site, HELPER, address(case_id, "record_refusal"))
    assert "没有已送达、合适而未有结果的推荐" in page.text
    assert not [form for form in page.forms if "_seen" in form.names]


async def test_the_subject_of_a_task_or_of_the_address_is_chosen_already(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted(members=[member(), member("配偶", marital="已婚")])
    page = await opened(site, HELPER, address(case_id, "record_service") + "?member=M2&kind=guidance&on=2026-10-01")
    form = page.form({"_seen"})
    assert form.value("member") == "M2"
    assert form.value("kind") == ""
    assert form.value("on") == DAY
    foreign = await opened(site, HELPER, address(case_id, "record_service") + "?member=M9")
    assert foreign.form({"_seen"}).value("member") == ""


async def test_mistakes_are_on_top_and_beside_and_everything_typed_stays(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(HELPER), address(case_id, "record_referral")
    form = Page((await client.get(path)).text).form({"_seen"})
    wrong = {"vacancy": "V-9", "on": "2026年2月30日", "pay_fen": "两千六", "matches_plan": "yes", "acknowledged": ""}
    form.choices["acknowledged"].add("")
    answer = await site.send(client, path, form, wrong)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert {"#on", "#pay_fen", "#acknowledged"} <= set(page.links)
    assert "“推荐日期”没有这一天，请核对月份和日期" in page.text
    again = page.form({"_seen"})
    assert (again.value("on"), again.value("pay_fen"), again.value("vacancy")) == ("2026年2月30日", "两千六", "V-9")
    assert again.value("matches_plan") == "yes"
    right = {"on": "2026/10/12", "pay_fen": "2,600.50", "acknowledged": "yes"}
    done = await site.send(client, path, again, right)
    assert done.status_code == 200, words_of(done)
    referral = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["referrals"][0]
    assert (referral["pay_fen"], referral["on"]) == (260050, DAY)


async def test_a_no_of_the_rules_stands_beside_its_field_with_its_clause(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    late = await typed_into(site, HELPER, case_id, "record_service", member="M1", kind="guidance", on="2026-10-01")
    assert late.status_code == 200
    answer = await typed_into(site, HELPER, case_id, "record_service", member="M1", kind="guidance", on="2027-10-01")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "#on" in page.links
    assert "“服务日期”2027年10月1日晚于今天" in page.text
    assert page.form({"_seen"}).value("on") == "2027-10-01"


async def test_a_weighty_step_the_rules_refuse_never_gets_to_be_confirmed(desk_site: DeskSite) -> None:
    """A household of today, without a drill clock: the look ahead is the rules' own word."""
    site, case_id = desk_site, await desk_site.api.open()
    await take(site, CLERK, case_id, "accept_application")
    gone = {"member": "M1", "cause": "death", "happened_on": "2099-01-01", "reason": "附证明。"}
    answer = await typed_into(site, CLERK, case_id, "remove_member", **gone)
    assert answer.status_code == 422
    assert "确认办理" not in answer.text
    assert "附证明。" in answer.text
    shown = await typed_into(site, CLERK, case_id, "withdraw", statement="本人自愿撤回。")
    assert "本户个案就此结束" in shown.text
    assert "变为“已退出”" in shown.text
    form = Page(shown.text).form({"_confirmed"})
    back = await site.send(await site.visit(CLERK), str(shown.url), form, {"_change": "1"})
    assert Page(back.text).form({"_seen"}).value("statement") == "本人自愿撤回。"
    assert (await confirm(site, CLERK, shown)).status_code == 200


async def test_rows_are_added_and_taken_away_without_a_script(desk_site: DeskSite) -> None:
    site = desk_site
    case_id = await site.api.open(members=[member(marital="已婚"), member("配偶", marital="已婚")])
    await take(site, CLERK, case_id, "accept_application")
    client, path = await site.visit(CLERK), address(case_id, "record_comparison")
    form = Page((await client.get(path)).text).form({"_seen"})
    assert (form.value("results-0-source"), form.value("results-7-member")) == ("register", "M2")
    more = await site.send(client, path, form, {"results-1-result": "hit", "_add": "results"})
    assert more.status_code == 200
    nine = Page(more.text).form({"_seen"})
    assert "results-8-source" in nine.names
    assert nine.value("results-1-result") == "hit"
    less = await site.send(client, path, nine, {"_drop": "results-0"})
    eight = Page(less.text).form({"_seen"})
    assert "results-8-source" not in eight.names
    assert (eight.value("results-0-member"), eight.value("results-0-result")) == ("M2", "hit")
    done = await site.send(client, path, eight, {})
    assert done.status_code == 200, words_of(done)
    found = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["comparisons"]
    assert [(one["source"], one["member"], one["result"]) for one in found] == [("register", "M2", "hit")]


async def test_what_is_left_of_a_comparison_is_answered_at_once_and_kept_for_each_person(desk_site: DeskSite) -> None:
    site = desk_site
    case_id = await site.api.open(members=[member(marital="已婚"), member("配偶", marital="已婚"), member("女儿")])
    await take(site, CLERK, case_id, "accept_application")
    client, path = await site.visit(CLERK), address(case_id, "record_comparison")
    form = Page((await client.get(path)).text).form({"_seen"})
    shown = await site.send(client, path, form, {"results-4-result": "hit", "_rest": "results"})
    assert (await site.api.get(CLERK, f"{CASES}/{case_id}"))["comparisons"] == [], "nothing is done before it is sent"
    assert (await site.send(client, path, Page(shown.text).form({"_seen"}), {})).status_code == 200
    found = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["comparisons"]
    assert len({(one["source"], one["member"]) for one in found}) == 12
    assert [(one["source"], one["member"]) for one in found if one["result"] != "clear"] == [("social_insurance", "M2")]


async def test_a_task_is_claimed_chosen_and_given_back(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.open()
    await take(site, CLERK, case_id, "accept_application")
    task = f"/cases/{case_id}/tasks/T2-first_review"
    page = await opened(site, CLERK, task)
    assert address(case_id, "decline_first_review") + "?task=T2-first_review" in page.links
    client, other = await site.visit(CLERK), await site.visit(CLERK_2)
    both = Page((await other.get(task)).text).form({"csrf"}, "/claim")
    assert (await site.submit(client, task, {}, action="/claim")).status_code == 200
    late = await site.send(other, task, both, {})
    assert late.status_code == 409
    assert CLERK in late.text
    hers = await other.get(address(case_id, "pass_first_review") + "?task=T2-first_review")
    assert hers.status_code == 409
    assert CLERK in hers.text
    assert (await site.submit(client, task, {}, action="/release")).status_code == 200
    visited = {"compared_online": True, "visited_on": local_date(datetime.now(UTC)).isoformat()}
    await take(site, CLERK_2, case_id, "pass_first_review", task="T2-first_review", **visited)
    over = await opened(site, CLERK, task)
    assert "已由账号" in over.text
    assert CLERK_2 in over.text
    assert not [form for form in over.forms if form.action.endswith(("/claim", "/release"))]


async def test_a_task_with_one_step_leads_straight_to_it(desk_site: DeskSite) -> None:
    site = desk_site
    case_id = await site.api.in_publicity()
    await site.api.until(case_id, DAY)
    client = await site.visit(CLERK)
    tasks = (await site.api.get(CLERK, f"{CASES}/{case_id}/tasks"))["tasks"]
    task = next(t["task_id"] for t in tasks if t["kind"] == "report_up")
    answer = await client.get(f"/cases/{case_id}/tasks/{task}")
    assert answer.status_code == 303
    assert answer.headers["location"] == address(case_id, "report_up") + f"?task={task}"
    looked = await (await site.visit(REVIEWERS[0])).get(f"/cases/{case_id}/tasks/{task}")
    assert looked.status_code == 200
    assert "由经办人办理，您可以查看" in looked.text


async def test_who_stands_in_says_for_whom_where_both_could_be_meant(desk_site: DeskSite) -> None:
    """The helper's household is acted on in the helper's stead; at a shared desk the substitute says for whom."""
    site, api = desk_site, desk_site.api
    away, substitute = await staff(api), await staff(api)
    case_id = await api.assisted()
    await api.step(CLERK, case_id, "helpers", {"helper": away, "reason": "按社区重新分工。"})
    await enter(api, away, substitute=substitute)
    page = await opened(site, substitute, address(case_id, "record_contact"))
    assert f"您现在代 {away} 办理" in page.text
    done = await take(site, substitute, case_id, "record_contact", on=DAY, channel="phone", outcome="failed")
    assert f"演练人员（{substitute}） 代 演练人员（{away}）" in done.text
    clerks = [await staff(api, Role.CASEWORKER) for _ in range(2)]
    await enter(api, clerks[0], substitute=clerks[1])
    client = await site.visit(clerks[1])
    form = Page((await client.get(address(case_id, "record_contact"))).text).form({"_seen"})
    assert form.choices["_acting_for"] == {"", clerks[0]}
    typed = as_typed("record_contact", on=DAY, channel="visit", outcome="failed")
    shown = await site.send(client, address(case_id, "record_contact"), form, {**typed, "_acting_for": clerks[0]})
    assert f"演练人员（{clerks[1]}） 代 演练人员（{clerks[0]}）" in shown.text


async def test_nobody_acts_for_whom_it_does_not_stand_in(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(CLERK), address(case_id, "record_contact")
    form = Page((await client.get(path)).text).form({"_seen"})
    form.names.add("_acting_for")
    typed = as_typed("record_contact", on=DAY, channel="visit", outcome="failed")
    answer = await site.send(client, path, form, {**typed, "_acting_for": CLERK_2})
    assert answer.status_code == 403
    assert "不是这个账号的代办人" in answer.text


async def test_a_case_of_today_knows_no_day_but_today(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open()
    page = await opened(desk_site, CLERK, address(case_id, "withdraw"))
    today = local_date(datetime.now(UTC))
    assert f"{today.year}年{today.month}月{today.day}日" in page.text
    assert OFFICE not in page.title
    assert application()["members"][0]["phone"] not in page.text


async def test_first_review_begins_with_the_day_of_the_visit_on_record(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.open()
    await site.api.step(CLERK, case_id, "acceptances")
    day = (await opened(site, CLERK, address(case_id, "record_visit"))).form({"_seen"})
    review = (await opened(site, CLERK, address(case_id, "pass_first_review"))).form({"_seen"})
    assert review.value("visited_on") == ""
    assert day.value("visited_on") == ""
    visited = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["opened_on"]
    await take(site, CLERK, case_id, "record_visit", visited_on=visited, met=["M1"])
    review = (await opened(site, CLERK, address(case_id, "pass_first_review"))).form({"_seen"})
    assert review.value("visited_on") == visited
    assert not review.value("compared_online"), "what has to be answered is not answered"
