"""Recording at a door over HTTP, on real cases: what is saved, and once; jobs with the household's answer."""

from typing import Any

import httpx2
import pytest

from records.household_pages import views_of
from tests.api.test_absences import staff
from tests.api.test_offline_entries import helped, last_event
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import CASES, CLERK, Installation

pytestmark = pytest.mark.engine

MET = {"met": ["M1"], "policies": "yes", "posts": "yes", "note": "愿意参加家政培训。"}
JOB = {"employer": "佳洁家政", "post": "保洁", "pay": "2600", "fits": "yes"}


async def whole(api: Installation, case_id: str) -> dict[str, Any]:
    found: dict[str, Any] = await api.get(CLERK, f"{CASES}/{case_id}")
    return found


async def triggers(api: Installation, case_id: str) -> list[str]:
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    return [event["trigger"] for event in events]


def tells(answer: httpx2.Response, *words: str) -> None:
    for each in words:
        assert each in answer.text, f"{each} is not on the page: {Page(answer.text).text}"


async def test_a_visit_is_recorded_and_counts_as_a_contact(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    answer = await desk_site.submit(client, f"/doorstep/{case_id}/visit", MET)
    assert str(answer.url).endswith(f"/doorstep/{case_id}?saved=visit")
    tells(
        answer, "走访已登记", '送服务 <span class="tag tag-warn">还没有送', "走访：本人 张*", "入户：联系上", "本人还缺"
    )
    assert "（M1）" not in answer.text
    case = await whole(desk_site.api, case_id)
    assert case["visits"][-1]["met"] == ["M1"]
    assert (case["contacts"][-1]["channel"], case["contacts"][-1]["outcome"]) == ("visit", "reached")


async def test_the_number_in_a_message_leads_to_the_household_however_it_is_typed(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    full_width = case_id.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}).replace("-", "－")
    for typed in (case_id, case_id[-5:], f" {full_width} ", full_width[-5:]):
        found = await client.get("/doorstep", params={"number": typed})
        assert found.headers.get("location") == f"/doorstep/{case_id}", typed


async def test_nobody_at_home_is_an_attempt_that_failed_and_delivers_nothing(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/visit"
    answer = await desk_site.submit(client, path, {"nobody": "yes", "posts": "yes"})
    assert answer.status_code == 422
    tells(answer, "没有见到人的，三送不能算送到")
    assert (await triggers(desk_site.api, case_id))[-1] == "assign_helper"
    await desk_site.submit(client, path, {"nobody": "yes"})
    assert (await whole(desk_site.api, case_id))["contacts"][-1]["outcome"] == "failed"


async def test_a_second_click_records_once(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/visit"
    form = (await desk_site.page(client, path)).form(set(MET))
    answers = [await desk_site.send(client, path, form, MET) for _ in range(2)]
    assert [str(answer.url).partition("?")[2] for answer in answers] == ["saved=visit"] * 2
    assert (await triggers(desk_site.api, case_id)).count("record_visit") == 1


async def test_a_job_and_its_refusal_are_one_sitting(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    said = {"answer": "refused", "reason_code": "too_far", "statement": "要倒两趟车。"}
    answer = await desk_site.submit(client, f"/doorstep/{case_id}/referral", JOB | said)
    tells(answer, "岗位推荐和答复已登记", "佳洁家政 · 保洁 · 2,600元", "不愿意去，待认定理由", "推荐岗位 1/3次")
    case = await whole(desk_site.api, case_id)
    assert (case["referrals"][-1]["pay_fen"], case["referrals"][-1]["delivered"]) == (260000, True)
    assert case["refusals"][-1]["reason_code"] == "too_far"
    again = await desk_site.page(client, f"/doorstep/{case_id}/referral")
    offered = again.form({"vacancy"}).choices["vacancy"] - {""}
    assert case["referrals"][-1]["vacancy"] in offered


async def test_a_job_below_the_minimum_stands_and_its_refusal_does_not(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    said = {"pay": "900", "answer": "refused", "statement": "钱太少，养不了家。"}
    answer = await desk_site.submit(client, f"/doorstep/{case_id}/referral", JOB | said)
    assert answer.status_code == 422
    tells(answer, "推荐岗位已办好，下面这一项没有办成", "低于最低工资", "钱太少，养不了家。")
    assert await triggers(desk_site.api, case_id) == [*(await triggers(desk_site.api, case_id))[:-1], "record_referral"]


@pytest.mark.parametrize(
    ("pay", "fen"), [("2600", 260000), ("2,600.50", 260050), ("0", None), ("两千", None), ("-5", None), ("1e3", None)]
)
async def test_pay_is_typed_in_yuan(desk_site: DeskSite, pay: str, fen: int | None) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    fields = JOB | {"pay": pay, "answer": "thinking"}
    answer = await desk_site.submit(client, f"/doorstep/{case_id}/referral", fields)
    assert answer.status_code == (200 if fen else 422)
    if fen is None:
        tells(answer, f'value="{pay}"', 'href="#pay"')
    else:
        assert (await whole(desk_site.api, case_id))["referrals"][-1]["pay_fen"] == fen


async def test_an_answer_that_comes_later_delivers_and_decides(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    household = await desk_site.submit(client, f"/doorstep/{case_id}/referral", JOB | {"answer": "absent"})
    tells(household, "还没有送到本人")
    referral = (await whole(desk_site.api, case_id))["referrals"][-1]["referral_id"]
    path = f"/doorstep/{case_id}/answer/{referral}"
    answer = await desk_site.submit(client, path, {"answer": "hired"})
    tells(answer, "答复已登记", "已被录用，上岗后登记就业")
    assert (await triggers(desk_site.api, case_id))[-2:] == ["acknowledge_referral", "record_referral_outcome"]
    assert (await client.get(f"/doorstep/{case_id}/answer/R999")).status_code == 404


async def test_a_service_is_counted_for_its_member(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    answer = await desk_site.submit(client, f"/doorstep/{case_id}/service", {"kind": "guidance"})
    tells(answer, "服务已登记", "职业指导 1/1次", "培训信息 0/1次")
    assert (await last_event(desk_site.api, case_id))["trigger"] == "record_service"


async def test_a_call_counts_only_when_its_result_is_saved(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/call"
    before = await triggers(desk_site.api, case_id)
    assert "19900000001" not in (await client.get(path)).text
    shown = await desk_site.submit(client, path, {}, action="phones")
    tells(shown, 'href="tel:19900000001"', "张三", "向阳街12号")
    assert "19900000001" not in (await client.get(path)).text
    with desk_site.api.record.read() as work:
        looks = [(look.account, look.reason) for look in views_of(work, case_id)]
    assert looks == [(helper, "电话联系本户")]
    assert await triggers(desk_site.api, case_id) == before
    answer = await desk_site.submit(client, path, {"result": "off", "note": "晚上再打。"})
    tells(answer, "联系情况已登记", "电话：未联系上")
    event = await last_event(desk_site.api, case_id)
    assert list(event["texts"].values()) == ["关机或停机。晚上再打。"]


async def test_whoever_answered_is_asked_for_only_when_somebody_did(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/contact"
    answer = await desk_site.submit(client, path, {"result": "reached", "who": "minor"})
    assert answer.status_code == 200
    assert (await whole(desk_site.api, case_id))["contacts"][-1]["answered"] == "minor"
    form = (await desk_site.page(client, path)).form({"result"})
    form.fields = [(name, value) for name, value in form.fields if name not in ("who", "result")]
    answer = await desk_site.send(client, path, form, {"result": "reached", "note": "没听清是谁。"})
    assert answer.status_code == 422
    tells(answer, 'href="#who"', "没听清是谁。")
