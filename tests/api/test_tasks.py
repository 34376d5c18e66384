"""Tasks over HTTP: claimed by one, completed by one, and the other learns who was first (scenario 82)."""

import asyncio
from uuid import uuid4

import httpx2
import pytest

from tests.installation import CASES, CLERK, CLERK_2, REVIEWERS, SUPERVISOR, Installation

pytestmark = pytest.mark.engine

PASS = {"step": "accept_application", "with": {}}


async def the_task(api: Installation, case_id: str) -> str:
    tasks = (await api.get(CLERK, f"{CASES}/{case_id}/tasks"))["tasks"]
    assert [step["step"] for step in tasks[0]["steps"]][:1] == ["accept_application"]
    return f"{CASES}/{case_id}/tasks/{tasks[0]['task_id']}"


async def test_scenario_82_of_two_who_complete_one_task_one_wins_and_the_other_learns_who(api: Installation) -> None:
    """Scenario 82."""
    for _ in range(3):
        task = await the_task(api, case_id := await api.open())
        answers = await asyncio.gather(*(api.post(account, f"{task}/completion", PASS) for account in (CLERK, CLERK_2)))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        winner = (CLERK, CLERK_2)[[answer.status_code for answer in answers].index(201)]
        error = next(answer for answer in answers if answer.status_code == 409).json()["error"]
        assert error["code"] == "task_closed"
        assert error["details"]["by"] == winner
        assert error["details"]["seq"] == "2"
        assert winner in error["message"]
        events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
        assert [event["trigger"] for event in events] == ["apply", "accept_application"]


async def test_the_loser_may_use_the_key_again_for_something_else(api: Installation) -> None:
    case_id, key = await api.open(), uuid4().hex
    task = await the_task(api, case_id)
    assert (await api.post(CLERK, f"{task}/completion", PASS)).status_code == 201
    assert (await api.post(CLERK_2, f"{task}/completion", PASS, key)).status_code == 409
    statement = {"statement": "本人自愿撤回申请。"}
    assert (await api.post(CLERK_2, f"{CASES}/{case_id}/withdrawals", statement, key)).status_code == 201


async def test_a_claimed_task_is_nobody_elses_until_released(api: Installation) -> None:
    task = await the_task(api, case_id := await api.open())
    claimed = await api.post(CLERK, f"{task}/claim")
    assert claimed.json()["claimed_by"] == CLERK
    assert (await api.post(CLERK, f"{task}/claim")).status_code == 200
    for path, body in ((f"{task}/claim", None), (f"{task}/completion", PASS)):
        other = await api.post(CLERK_2, path, body)
        assert other.status_code == 409
        assert other.json()["error"]["code"] == "task_claimed"
        assert CLERK in other.json()["error"]["message"]
    assert (await api.ask(CLERK_2, "DELETE", f"{task}/claim")).status_code == 409
    assert case_id not in [t["case_id"] for t in (await api.get(CLERK_2, "/api/v1/tasks"))["tasks"]]
    assert case_id in [t["case_id"] for t in (await api.get(CLERK, "/api/v1/tasks"))["tasks"]]
    assert (await api.ask(CLERK, "DELETE", f"{task}/claim")).json()["claimed_by"] is None
    assert (await api.post(CLERK_2, f"{task}/completion", PASS)).status_code == 201


async def test_a_task_ends_only_with_its_own_steps(api: Installation) -> None:
    task = await the_task(api, await api.open())
    wrong = await api.post(CLERK, f"{task}/completion", {"step": "certify", "with": {}})
    assert wrong.status_code == 422
    assert wrong.json()["error"]["code"] == "step_not_of_task"
    assert "accept_application" in wrong.json()["error"]["message"]
    unknown = await api.post(CLERK, f"{task}/completion", {"step": "accept_application", "with": {"surprise": 1}})
    assert unknown.status_code == 422
    assert unknown.json()["error"]["field"] == "with.surprise"
    assert (await api.post(CLERK, f"{task}x/completion", PASS)).status_code == 404
    assert (await api.post(REVIEWERS[0], f"{task}/claim")).status_code == 403


async def test_a_completion_is_repeated_by_its_key(api: Installation) -> None:
    task, key = await the_task(api, await api.open()), uuid4().hex
    first = await api.post(CLERK, f"{task}/completion", PASS, key)
    assert (await api.post(CLERK, f"{task}/completion", PASS, key)).text == first.text


async def test_a_list_that_is_cut_says_so(api: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.open()
    await api.open()
    monkeypatch.setattr("api.tasks.LONGEST_LIST", 10_000)
    whole = await api.get(CLERK, "/api/v1/tasks")
    assert whole["more"] is False
    monkeypatch.setattr("api.tasks.LONGEST_LIST", 1)
    cut = await api.get(CLERK, "/api/v1/tasks")
    assert (cut["tasks"], cut["more"]) == (whole["tasks"][:1], True)
    monkeypatch.setattr("api.overdue.MOST", 0)
    assert (await api.get(SUPERVISOR, "/api/v1/overdue"))["tasks"] == []
    await api.in_publicity()
    async with httpx2.AsyncClient(base_url=api.base, timeout=30, trust_env=False) as anybody:
        board = "/api/v1/board?as_of=2026-10-05&area=220302"
        monkeypatch.setattr("api.board.PAGE", 10_000)
        assert (await anybody.get(board)).json()["more"] is False
        monkeypatch.setattr("api.board.PAGE", 0)
        assert (await anybody.get(board)).json() == {"as_of": "2026-10-05", "notices": [], "more": True}
