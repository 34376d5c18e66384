"""The same request again, and the engine away in between: one act, one answer, nothing lost and nothing twice."""

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import func, select

from records.tables_people import free_texts, households, requests
from tests.installation import CASES, CLERK, CLERK_2, NOWHERE, Installation, application, configured, serving

pytestmark = pytest.mark.engine


def rows(api: Installation, table: object, *where: object) -> int:
    with api.record.read() as work:
        found = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
        return int(work.connection.execute(found).scalar_one())


async def test_a_repeated_form_is_one_case_with_one_answer(api: Installation) -> None:
    form, key = application(), uuid4().hex
    answers = await asyncio.gather(*(api.post(CLERK, CASES, form, key) for _ in range(5)))
    answers.append(await api.post(CLERK, CASES, form, key))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1


async def test_a_repeated_step_is_one_event_with_one_answer(api: Installation) -> None:
    case_id, key = await api.open(), uuid4().hex
    path = f"{CASES}/{case_id}/acceptances"
    answers = await asyncio.gather(*(api.post(CLERK, path, key=key) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    await api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回申请。"})
    later = await api.post(CLERK, path, key=key)
    assert later.text == answers[0].text, "the answer stays the same when the case has gone on"
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    assert [event["trigger"] for event in events] == ["apply", "accept_application", "withdraw"]


async def test_the_key_with_another_body_is_409(api: Installation) -> None:
    case_id, key = await api.open(), uuid4().hex
    path = f"{CASES}/{case_id}/withdrawals"
    assert (await api.post(CLERK, path, {"statement": "本人自愿撤回。"}, key)).status_code == 201
    for answer in (
        await api.post(CLERK, path, {"statement": "另一份说明。"}, key),
        await api.post(CLERK, CASES, application(), key),
        await api.post(CLERK, f"{CASES}/{await api.open()}/acceptances", key=key),
    ):
        assert answer.status_code == 409
        assert answer.json()["error"]["code"] == "idempotency_key_reused"
        assert answer.json()["error"]["field"] == "Idempotency-Key"


async def test_the_key_of_one_person_is_not_the_key_of_another(api: Installation) -> None:
    key = uuid4().hex
    first = await api.post(CLERK, CASES, application(), key)
    second = await api.post(CLERK_2, CASES, application(), key)
    assert first.json()["case_id"] != second.json()["case_id"]


async def test_a_refused_step_keeps_nothing_and_its_key_may_be_used_again(api: Installation) -> None:
    case_id, key = await api.in_publicity(), uuid4().hex
    path = f"{CASES}/{case_id}/objections/dismissals"
    refused = await api.post(CLERK, path, {"objection": "O99", "finding": "查无此异议。"}, key)
    assert refused.status_code == 422
    assert rows(api, free_texts, free_texts.c.case_id == case_id) == 0
    raised = await api.step(CLERK, case_id, "objections", {"on": "2026-09-30", "content": "反映有摊位。"})
    right = {"objection": f"O{raised['seq']}", "finding": "经核实，摊位已注销。"}
    assert (await api.post(CLERK, path, right, key)).status_code == 201
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    assert list(events[-1]["texts"].values()) == ["经核实，摊位已注销。"]


async def test_a_refused_form_keeps_nothing(api: Installation) -> None:
    before = rows(api, households)
    assert (await api.post(CLERK, CASES, application(applied_on="2199-01-01"))).status_code == 422
    assert rows(api, households) == before


async def test_the_engine_away_is_503_and_the_same_key_succeeds_later(api: Installation) -> None:
    """Another API of the same record stands for the time in which the engine did not answer."""
    case_id = await api.open()
    form, intake_key, step_key = application(), uuid4().hex, uuid4().hex
    token = (await api.of(CLERK)).headers["Authorization"]
    url = f"sqlite:///{api.home / 'record.db'}"
    path = f"{CASES}/{case_id}/withdrawals"
    statement = {"statement": "本人自愿撤回申请。"}
    async with (
        serving(configured(NOWHERE, url, api.home)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, headers={"Authorization": token}) as away,
    ):
        for _ in range(2):
            for target, body, key in ((CASES, form, intake_key), (path, statement, step_key)):
                answer = await away.post(target, json=body, headers={"Idempotency-Key": key})
                assert answer.status_code == 503, answer.text
                assert answer.json()["error"]["code"] == "engine_unavailable"
                assert answer.headers["Retry-After"]
        assert (await away.get(f"{CASES}/{case_id}")).json()["state"] == "applied", "reading works meanwhile"
        assert (await away.get("/api/v1/health")).json() == {"record": True, "engine": False}
    before = rows(api, households)
    opened = await api.post(CLERK, CASES, form, intake_key)
    assert opened.status_code == 201
    assert rows(api, households) <= before + 1
    assert (await api.post(CLERK, CASES, form, intake_key)).text == opened.text
    withdrawn = await api.post(CLERK, path, statement, step_key)
    assert withdrawn.status_code == 201
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    assert [event["trigger"] for event in events] == ["apply", "withdraw"]


async def test_the_record_away_is_503_before_anything(api: Installation, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'not-there' / 'record.db'}"
    token = (await api.of(CLERK)).headers["Authorization"]
    async with (
        serving(configured(NOWHERE, url, api.home)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, headers={"Authorization": token}) as away,
    ):
        answer = await away.post(CASES, json=application(), headers={"Idempotency-Key": uuid4().hex})
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "record_unavailable"
        assert (await away.get("/api/v1/health")).status_code == 503
        assert (await away.get("/healthz")).status_code == 200


async def test_a_refused_request_leaves_no_key_behind(api: Installation) -> None:
    key, case_id = uuid4().hex, await api.open()
    early = {"compared_online": True, "visited_on": "2026-09-01"}
    assert (await api.post(CLERK, f"{CASES}/{case_id}/reviews/first-pass", early, key)).status_code == 409
    assert rows(api, requests, requests.c.key == key) == 0
    await api.post(CLERK, f"{CASES}/{case_id}/acceptances", key=key)
    assert rows(api, requests, requests.c.key == key) == 1
