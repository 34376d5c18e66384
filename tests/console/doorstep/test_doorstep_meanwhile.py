"""What happens while a helper fills in a form: colleagues, another helper, another day, an exit, no session, no engine.

Each time: who did what and when is told, everything typed is there, and there is a way on.
"""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import delete

from records.tables_people import sessions
from tests.api.test_absences import enter, staff
from tests.api.test_offline_entries import helped, last_event
from tests.console.desk_site import DeskSite
from tests.console.doorstep.test_doorstep_records import MET, tells, triggers
from tests.console.pages_read import Page
from tests.installation import CLERK, NOWHERE, configured, serving

pytestmark = pytest.mark.engine

NOTE = "愿意参加家政培训。"
WHY = "按社区重新分工。"


async def test_what_a_colleague_did_meanwhile_is_told_and_one_saves_all_the_same(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/visit"
    form = (await desk_site.page(client, path)).form(set(MET))
    service = {"member": "M1", "kind": "guidance", "on": "2026-10-12"}
    await desk_site.api.step(CLERK, case_id, "services", service)
    told = await desk_site.send(client, path, form, MET)
    assert told.status_code == 409
    tells(told, "您填写期间，这户有新的变化", "记录职业指导或培训信息", "（经办人）", NOTE, "仍然保存")
    again = Page(told.text).form(set(MET))
    assert ("met", "M1") in again.fields
    assert again.value("request_key") == form.value("request_key")
    await desk_site.api.step(CLERK, case_id, "services", service | {"kind": "training_info"})
    once_more = await desk_site.send(client, path, again, {})
    assert once_more.status_code == 409  # what was looked at is not what is there now
    saved = await desk_site.send(client, path, Page(once_more.text).form(set(MET)), {})
    assert str(saved.url).endswith("?saved=visit")
    assert (await triggers(desk_site.api, case_id)).count("record_visit") == 1


async def test_the_same_record_from_a_second_window_is_asked_about(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/visit"
    forms = [(await desk_site.page(client, path)).form(set(MET)) for _ in range(2)]
    await desk_site.send(client, path, forms[0], MET)
    told = await desk_site.send(client, path, forms[1], MET)
    assert told.status_code == 409
    tells(told, "您本人", "登记入户走访")


async def test_scenario_81_a_household_handed_on_keeps_what_was_typed_for_whoever_has_it_now(
    desk_site: DeskSite,
) -> None:
    helper, successor = await staff(desk_site.api), await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/visit"
    form = (await desk_site.page(client, path)).form(set(MET))
    await desk_site.api.step(CLERK, case_id, "helpers", {"helper": successor, "reason": WHY})
    told = await desk_site.send(client, path, form, MET)
    assert told.status_code == 409
    tells(told, "这户现在不由您帮扶", "已把这户改由他人帮扶", NOTE, "送政策")
    given = await desk_site.send(client, path, Page(told.text).form({"seen"}), {"way": "hand_over"})
    tells(given, "已移交给现在的帮扶责任人")
    assert "record_visit" not in await triggers(desk_site.api, case_id)
    theirs = await desk_site.visit(successor)
    drafts = await desk_site.page(theirs, "/doorstep/offline")
    assert NOTE in drafts.text
    draft = next(f for f in drafts.forms if f.action.endswith("/again"))
    taken = await desk_site.send(theirs, "/doorstep/offline", draft, {})
    tells(taken, "已办理")
    event = await last_event(desk_site.api, case_id)
    assert event["account"] == successor
    assert any(helper in fact["value"] for fact in event["why"]["facts"])


async def test_to_whom_it_never_was_it_is_not_there(desk_site: DeskSite) -> None:
    helper, stranger = await staff(desk_site.api), await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    own = await helped(desk_site.api, stranger)
    client = await desk_site.visit(stranger)
    form = (await desk_site.page(client, f"/doorstep/{own}/visit")).form(set(MET))
    form.action = f"/doorstep/{case_id}/visit"
    for way in ({}, {"way": "keep"}, {"way": "hand_over"}):
        form.buttons = [("way", value) for value in way.values()]
        assert (await desk_site.send(client, "/", form, {**MET, **way})).status_code == 404
    assert "没有等待处理" in (await desk_site.page(client, "/doorstep/offline")).text


async def test_a_form_of_another_day_asks_for_the_day(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/visit"
    form = (await desk_site.page(client, path)).form(set(MET))
    await desk_site.api.until(case_id, "2026-10-16")
    await desk_site.api.step(CLERK, case_id, "contacts", {"on": "2026-10-16", "channel": "phone", "outcome": "failed"})
    told = await desk_site.send(client, path, form, MET)
    assert told.status_code == 409
    tells(told, "2026年10月12日（周一）打开的，今天是2026年10月16日（周五）", 'value="2026-10-12"')
    await desk_site.send(client, path, Page(told.text).form(set(MET)), {"visited_on": "2026-10-15"})
    event = (await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}"))["visits"][-1]
    assert event["visited_on"] == "2026-10-15"


async def test_what_is_not_possible_any_more_is_kept_until_it_is_settled(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/referral"
    typed = {"employer": "佳洁家政", "post": "保洁", "pay": "2600", "answer": "thinking"}
    form = (await desk_site.page(client, path)).form(set(typed))
    job = {"member": "M1", "started_on": "2026-10-12", "channel": "employer", "evidence": "contract"}
    await desk_site.api.step(CLERK, case_id, "employments", job | {"monthly_income_fen": 260000})
    told = await desk_site.send(client, path, form, typed)
    assert told.status_code == 409
    tells(told, "登记就业", "佳洁家政")
    refused = await desk_site.send(client, path, Page(told.text).form(set(typed)), {})
    assert refused.status_code == 409
    tells(refused, "存为离线登记", "佳洁家政")
    kept = await desk_site.send(client, path, Page(refused.text).form(set(typed)), {"way": "keep"})
    tells(kept, "已存下，没有办成", "佳洁家政 保洁", "未办理，待处理")
    discard = next(f for f in Page(kept.text).forms if f.action.endswith("/discard"))
    missing = await desk_site.send(client, "/doorstep/offline", discard, {"reason": " "})
    assert missing.status_code == 422
    tells(missing, "请写明为什么放弃")
    dropped = await desk_site.send(client, "/doorstep/offline", discard, {"reason": "已经就业。"})
    tells(dropped, "已放弃", "没有等待处理")


async def test_what_was_to_be_sent_without_a_connection_is_an_offline_entry(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.visit(helper), f"/doorstep/{case_id}/contact"
    form = (await desk_site.page(client, path)).form({"result"})
    long_ago = int((datetime.now(UTC) - timedelta(minutes=30)).timestamp())
    fields = {"result": "failed", "noted_at": str(long_ago)}
    form.fields = [(name, value) for name, value in form.fields if name != "who"]
    answers = [await desk_site.send(client, path, form, fields) for _ in range(2)]
    assert [str(a.url).partition("?")[2] for a in answers] == ["saved=contact"] * 2, Page(answers[-1].text).text
    event = await last_event(desk_site.api, case_id)
    assert event["trigger"] == "record_contact"
    assert any("离线登记" in fact["value"] for fact in event["why"]["facts"])
    assert (await triggers(desk_site.api, case_id)).count("record_contact") == 1


async def test_a_session_that_is_over_loses_nothing_typed(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client, path = await desk_site.signed_in(helper), f"/doorstep/{case_id}/visit"
    form = (await desk_site.page(client, path)).form(set(MET))
    with desk_site.api.record.write() as work:
        work.connection.execute(delete(sessions).where(sessions.c.account == helper))
    over = await desk_site.send(client, path, form, MET)
    assert over.status_code == 401
    tells(over, "填写的内容都在", NOTE, "登录（新页面）", "再次提交")
    assert "张" not in Page(over.text).text
    await desk_site.submit(client, "/sign-in", {"account": helper, "password": desk_site.api.staff.password})
    kept = Page(over.text).form(set(MET))
    once_more = await desk_site.send(client, path, kept, {})
    assert once_more.status_code == 403  # the mark of the session before; the browser says the form is ours
    tells(once_more, "请再提交一次", NOTE)
    saved = await desk_site.send(client, path, Page(once_more.text).form(set(MET)), {})
    assert str(saved.url).endswith("?saved=visit")
    assert (await triggers(desk_site.api, case_id)).count("record_visit") == 1
    await client.aclose()


async def test_a_form_of_somewhere_else_is_not_offered_again(desk_site: DeskSite) -> None:
    client = await desk_site.signed_in(await staff(desk_site.api))
    answer = await client.post("/doorstep/x/visit", data={"note": "别处填的"})
    assert answer.status_code == 403
    assert "别处填的" not in answer.text
    await client.aclose()


async def test_without_the_engine_the_form_stays_and_is_sent_again(desk_site: DeskSite) -> None:
    api = desk_site.api
    helper = await staff(api)
    case_id = await helped(api, helper)
    path = f"/doorstep/{case_id}/visit"
    client = await desk_site.visit(helper)
    form = (await desk_site.page(client, path)).form(set(MET))
    typed: dict[str, list[str]] = {}
    for name, value in form.filled(dict(MET)):
        typed.setdefault(name, []).append(value)
    url = f"sqlite:///{api.home / 'record.db'}"
    async with serving(configured(NOWHERE, url, api.home)) as base:
        cookies = {c.name: c.value or "" for c in client.cookies.jar}
        async with httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, cookies=cookies) as away:
            refused = await away.post(path, data=typed)
            assert refused.status_code == 503
            tells(refused, NOTE, 'value="M1" checked')
            assert Page(refused.text).form(set(MET)).value("request_key") == form.value("request_key")
            tells(await away.get("/doorstep"), case_id)
    saved = await desk_site.send(client, path, form, MET)
    assert str(saved.url).endswith("?saved=visit")
    assert (await triggers(api, case_id)).count("record_visit") == 1


async def test_scenario_79_a_substitute_finds_the_households_and_acts_in_the_colleagues_stead(
    desk_site: DeskSite,
) -> None:
    helper, substitute = await staff(desk_site.api), await staff(desk_site.api)
    case_id = await helped(desk_site.api, helper)
    client = await desk_site.visit(substitute)
    assert case_id not in (await desk_site.page(client, "/doorstep")).text
    await enter(desk_site.api, helper, substitute=substitute)
    answer = await client.get("/doorstep")
    tells(answer, case_id, "代 演练人员")
    own = await (await desk_site.visit(helper)).get("/doorstep")
    tells(own, "您请假期间由代办人办理（1 户）")
    await desk_site.submit(client, f"/doorstep/{case_id}/visit", MET)
    event = await last_event(desk_site.api, case_id)
    assert (event["account"], event["acting_for"]) == (substitute, helper)


async def test_the_number_of_a_text_message_leads_to_the_household(desk_site: DeskSite) -> None:
    helper = await staff(desk_site.api)
    first, second = await helped(desk_site.api, helper), await helped(desk_site.api, helper)
    client = await desk_site.visit(helper)
    for typed in (first, f" {first} ", first[-5:]):
        answer = await client.get("/doorstep", params={"number": typed}, follow_redirects=True)
        assert answer.url.path == f"/doorstep/{first}"
    tells(await client.get("/doorstep", params={"number": "-2026-"}), "没有这个编号")
    tells(await client.get("/doorstep", params={"number": ""}), first, second)
