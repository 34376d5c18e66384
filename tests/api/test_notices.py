"""Notices over HTTP: the in-app inbox of each role, receipts on a path nobody guesses, what a person has to see to."""

import asyncio
import json
from datetime import date

import httpx2
import pytest
from sqlalchemy import update

from casework.times import at_local
from records.tables import messages
from tests.installation import (
    CLERK,
    CLERK_2,
    ELSEWHERE,
    HELPER,
    RECEIPT_TOKEN,
    REVIEWERS,
    SUPERVISOR,
    Installation,
    member,
    resident_id,
)
from tests.workflows import inbox

pytestmark = pytest.mark.engine

NOTICES = "/api/v1/notices"

MORNING = at_local(date(2026, 9, 30), 9)
"""A working morning: nothing is sent in the quiet hours, whatever hour the machine has."""


async def push(api: Installation, gateway: str, body: bytes, token: str = RECEIPT_TOKEN) -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=api.base, timeout=30, trust_env=False) as carrier:
        headers = {"Content-Type": "text/plain"}
        return await carrier.post(f"/api/v1/receipts/{gateway}/{token}", content=body, headers=headers)


def row(api: Installation, case_id: str, notice: str) -> inbox.Message:
    return next(message for message in inbox.rows(api.record, case_id) if message.notice == notice)


async def test_each_desk_reads_what_it_has_to_do_and_nobody_elses(api: Installation) -> None:
    case_id = await api.assisted()

    county = await api.told(REVIEWERS[0], case_id)
    assert [line["notice"] for line in county] == ["task_opened", "task_opened"]
    assert county[0]["text"].startswith(f"{case_id}张*家庭：")
    assert county[0]["title"] == "新的待办"
    assert [line["notice"] for line in await api.told(HELPER, case_id)] == ["helper_assigned"]
    assert await api.told(ELSEWHERE, case_id) == []
    for account in (CLERK, REVIEWERS[0], HELPER):
        shown = str(await api.told(account, case_id))
        assert not [secret for secret in ("张三", "19900000001", "向阳街12号") if secret in shown]


async def test_93_no_notice_shows_a_whole_name_a_number_a_phone_or_an_address(api: Installation) -> None:
    number = resident_id()
    one = member(id_number=number, name="欧阳三", phone="19900004321")
    case_id = await api.open(members=[one], start=at_local(date(2026, 9, 30), 9))
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "reviews/first-pass", {"compared_online": True, "visited_on": "2026-09-29"})
    await api.step(CLERK, case_id, "publicity/postings", {"posted_on": "2026-09-30"})
    await api.until(case_id, "2026-10-12")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    await inbox.delivered(api.record, case_id)

    texts = [line["text"] for line in inbox.lines(api.home) if line["key"].startswith(case_id)]
    texts += [str(await api.told(account, case_id)) for account in (CLERK, REVIEWERS[0])]
    assert len(texts) >= 4
    for text in texts:
        assert not [
            secret for secret in ("欧阳", "阳三", number, number[-6:], "19900004321", "向阳街") if secret in text
        ]
    assert "欧*家庭" in texts[-1]


async def test_reading_is_each_ones_own_and_changes_no_task(api: Installation) -> None:
    case_id = await api.assisted()
    before = await api.get(CLERK, f"/api/v1/cases/{case_id}/tasks")
    keys = [line["key"] for line in await api.told(CLERK, case_id)]
    assert keys

    answer = await api.post(CLERK, f"{NOTICES}/read", {"keys": keys})
    assert answer.json() == {"marked": len(keys)}
    assert (await api.post(CLERK, f"{NOTICES}/read", {"keys": keys})).json() == {"marked": 0}
    assert await api.told(CLERK, case_id, "&unread=true") == []
    assert [line["key"] for line in await api.told(CLERK_2, case_id, "&unread=true")] == keys
    assert all(line["read_at"] for line in await api.told(CLERK, case_id))
    assert await api.get(CLERK, f"/api/v1/cases/{case_id}/tasks") == before
    assert (await api.post(ELSEWHERE, f"{NOTICES}/read", {"keys": keys})).json() == {"marked": 0}


async def test_a_wrong_path_is_not_there_whatever_is_sent_to_it(api: Installation) -> None:
    body = json.dumps([{"success": True, "out_id": "x/1/y/z", "err_code": "DELIVERED"}]).encode()
    for gateway, token in (("aliyun", "guess"), ("aliyun", RECEIPT_TOKEN + "x"), ("huawei", RECEIPT_TOKEN), ("x", "é")):
        for sent in (body, b"nonsense", b""):
            assert (await push(api, gateway, sent, token)).status_code == 404
    described = (await api.ask(CLERK, "GET", "/api/v1/openapi.json")).text
    assert "{gateway}" not in described


async def test_receipts_are_taken_as_each_carrier_sends_them(api: Installation) -> None:
    case_id = await api.open(start=MORNING)
    await inbox.delivered(api.record, case_id)
    key = row(api, case_id, "application_received").key
    receipt = {"phone_number": "19900000001", "success": True, "err_code": "DELIVERED", "biz_id": "1", "out_id": key}

    answer = await push(api, "aliyun", json.dumps([receipt, {"out_id": "who/1/knows/h"}]).encode())
    assert (answer.status_code, answer.json()) == (200, {"code": 0, "msg": "接收成功"})
    assert row(api, case_id, "application_received").state == "confirmed"
    late = json.dumps([receipt | {"success": False, "err_code": "MK:0001"}]).encode()
    assert (await push(api, "aliyun", late)).status_code == 200
    assert row(api, case_id, "application_received").state == "confirmed"
    assert (await push(api, "tencent", b"[]")).json() == {"result": 0, "errmsg": "OK"}
    assert (await push(api, "tencent", b"{}")).status_code == 400
    assert (await push(api, "aliyun", b"[" + b" " * 70_000 + b"]")).status_code == 413


async def test_a_receipt_that_says_no_reaches_the_supervisor_through_the_sleeping_case(api: Installation) -> None:
    case_id = await api.assisted()
    await inbox.delivered(api.record, case_id)
    key = row(api, case_id, "helper_assigned").key
    with api.record.write() as work:
        away = update(messages).where(messages.c.key == key).values(state="sent", gateway="aliyun", gateway_id="b")
        work.connection.execute(away)
    no = json.dumps([{"success": False, "err_code": "MK:0001", "biz_id": "b", "out_id": key}]).encode()

    assert (await push(api, "aliyun", no)).status_code == 200
    for _ in range(600):
        passed = [m for m in inbox.rows(api.record, case_id) if m.notice == "helper_not_reached"]
        if passed and passed[0].state == "sent":
            break
        await asyncio.sleep(0.1)
    assert [m.state for m in passed] == ["sent"]
    assert [line["notice"] for line in await api.told(SUPERVISOR, case_id)] == ["helper_not_reached"]
    assert "未收到“新的帮扶对象”的通知" in (await api.told(SUPERVISOR, case_id))[0]["text"]


async def test_what_nobody_knows_is_seen_to_by_a_person(api: Installation) -> None:
    case_id = await api.open(start=MORNING)
    await inbox.delivered(api.record, case_id)
    key = row(api, case_id, "application_received").key
    with api.record.write() as work:
        work.connection.execute(update(messages).where(messages.c.key == key).values(state="unknown"))

    listed = await api.get(SUPERVISOR, "/api/v1/messages/unsettled")
    (shown,) = [m for m in listed["messages"] if m["key"] == key]
    assert (shown["title"], shown["state_words"]) == ("申请已收到", "无法确认")
    assert "不要重发短信" in shown["to_do"]
    assert key not in str(await api.get(ELSEWHERE, "/api/v1/messages/unsettled"))
    handling = {"key": key, "note": "已电话告知本人"}
    assert (await api.post(ELSEWHERE, "/api/v1/messages/handlings", handling)).status_code == 404
    assert (await api.post(HELPER, "/api/v1/messages/handlings", handling)).status_code == 403
    assert (await api.post(CLERK, "/api/v1/messages/handlings", handling)).json()["handled_by"] == CLERK
    assert (await api.post(SUPERVISOR, "/api/v1/messages/handlings", handling)).status_code == 409
    assert key not in str(await api.get(SUPERVISOR, "/api/v1/messages/unsettled"))


async def test_a_preview_shows_what_will_arrive_in_the_words_of_a_case_one_may_see(api: Installation) -> None:
    whole = await api.get(CLERK, f"{NOTICES}/previews")
    assert len(whole["previews"]) > 30
    assert all(shown["parts"] <= 3 for shown in whole["previews"])
    sample = await api.get("admin", f"{NOTICES}/previews/promise_due_soon")
    assert (sample["parts"], sample["words_of"]) == (2, "样例用词")
    assert sample["goes"] == [{"who": "帮扶责任人", "how": "短信＋站内"}]

    case_id = await api.open(start=MORNING)
    path = f"{NOTICES}/previews/application_received?case_id={case_id}"
    shown = await api.get(CLERK, path)
    assert shown["words_of"] == f"个案 {case_id} 第1号事件的用词"
    assert shown["text"].startswith("【万家灯火】您的零就业家庭认定申请已于")
    assert case_id in shown["text"]
    assert (await api.ask(ELSEWHERE, "GET", path)).status_code == 404
    assert (await api.ask("admin", "GET", path)).status_code == 404
    assert (await api.ask(CLERK, "GET", f"{NOTICES}/previews/nonsense")).status_code == 404
