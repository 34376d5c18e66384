"""A household's way over HTTP: what each answer says, what each list shows to whom, and why things happened."""

import pytest

from tests.installation import CASES, CLERK, HELPER, OFFICE, REVIEWERS, SUPERVISOR, Installation

pytestmark = pytest.mark.engine


async def test_an_opened_case_says_where_it_stands_and_what_may_be_done(api: Installation) -> None:
    case_id = await api.open()
    assert case_id.startswith(f"{OFFICE}-")
    page = await api.get(CLERK, f"{CASES}/{case_id}")
    assert page["state_words"] == "已申请"
    assert page["standing"]["outcome"] == "eligible"
    allowed = {step["step"]: step["path"] for step in page["allowed"]}
    assert allowed["accept_application"] == f"{CASES}/{case_id}/acceptances"
    assert "certify" not in allowed
    assert [task["kind"] for task in page["tasks"]] == ["accept_application"]
    listed = await api.get(CLERK, f"{CASES}?state=applied&limit=200")
    assert case_id in [line["case_id"] for line in listed["cases"]]


async def test_report_up_before_the_end_is_refused_with_the_counted_days(api: Installation) -> None:
    """Scenario 11, with the dates of scenario 1."""
    case_id = await api.in_publicity()
    clocks = (await api.get(CLERK, f"{CASES}/{case_id}/clocks"))["clocks"]
    publicity = next(clock for clock in clocks if clock["kind"] == "publicity")
    assert publicity["due_on"] == "2026-10-10"
    assert publicity["basis"]
    await api.until(case_id, "2026-10-10", 17)
    answer = await api.post(CLERK, f"{CASES}/{case_id}/publicity/report-ups", {})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"]
    assert error["clause"]
    assert "10月10日" in error["message"] or "2026-10-10" in error["message"]
    await api.until(case_id, "2026-10-11", 0)
    assert (await api.step(CLERK, case_id, "publicity/report-ups", {}))["state"] == "in_publicity"


async def test_a_whole_life_with_its_reasons(api: Installation) -> None:
    case_id = await api.assisted()
    page = await api.get(HELPER, f"{CASES}/{case_id}")
    assert page["state_words"] == "帮扶中"
    assert page["promise"]["due_on"] == "2026-11-09"
    assert page["services"][0]["referrals_needed"] == 3
    job = {"member": "M1", "on": "2026-10-12", "pay_fen": 260000, "matches_plan": True, "acknowledged": True}
    referred = await api.step(HELPER, case_id, "referrals", {**job, "vacancy": "V-1"})
    await api.step(HELPER, case_id, "services", {"member": "M1", "kind": "guidance", "on": "2026-10-12"})
    services = (await api.get(HELPER, f"{CASES}/{case_id}"))["services"][0]
    assert (services["guidance"], services["referrals"]) == (1, 1)
    refused = await api.step(
        HELPER,
        case_id,
        "refusals",
        {"referral": f"R{referred['seq']}", "member": "M1", "on": "2026-10-12", "statement": "离家太远，要照顾老人。"},
    )
    assert [task["kind"] for task in refused["opened"]] == ["judge_refusal"]
    works = {
        "member": "M1",
        "started_on": "2026-10-12",
        "channel": "employer",
        "evidence": "contract",
        "monthly_income_fen": 260000,
        "contract_months": 12,
    }
    done = await api.step(HELPER, case_id, "employments", works)
    assert done["state_words"] == "已就业"
    await api.step(REVIEWERS[2], case_id, "employments/approvals", {"employment": f"E{done['seq']}"})
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert all(event["why"]["says"] and event["why"]["clause"] and event["title"] for event in events)
    told = next(event for event in events if event["trigger"] == "record_refusal")
    assert list(told["texts"].values()) == ["离家太远，要照顾老人。"]
    messages = (await api.get(CLERK, f"{CASES}/{case_id}/messages"))["messages"]
    assert {"application_received", "certified", "helper_assigned"} <= {line["notice"] for line in messages}
    assert "1990000" not in str(messages)


async def test_a_missed_promise_is_on_the_list_of_the_supervisor(api: Installation) -> None:
    case_id = await api.assisted()
    await api.until(case_id, "2026-11-10", 1)
    overdue = await api.get(SUPERVISOR, "/api/v1/overdue")
    assert case_id in [line["case_id"] for line in overdue["promises"]]
    elsewhere = await api.get("sv-220100", "/api/v1/overdue")
    assert case_id not in str(elsewhere)
    tasks = (await api.get(SUPERVISOR, "/api/v1/tasks"))["tasks"]
    assert "handle_overdue" in [task["kind"] for task in tasks if task["case_id"] == case_id]


async def test_a_step_outside_the_table_is_409_with_what_is_allowed(api: Installation) -> None:
    case_id = await api.open()
    answer = await api.post(REVIEWERS[0], f"{CASES}/{case_id}/certifications")
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert error["code"] == "step_not_allowed"
    assert "accept_application" in error["details"]["allowed"]


async def test_an_ended_case_allows_nothing(api: Installation) -> None:
    case_id = await api.open()
    ended = await api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回申请。"})
    assert ended["state_words"] == "已退出"
    assert ended["allowed"] == []
    answer = await api.post(CLERK, f"{CASES}/{case_id}/acceptances")
    assert answer.status_code == 409
    assert answer.json()["error"]["details"]["allowed"] == []


async def test_the_wrong_role_is_told_whose_step_it_is(api: Installation) -> None:
    case_id = await api.open()
    answer = await api.post(REVIEWERS[0], f"{CASES}/{case_id}/acceptances")
    assert answer.status_code == 403
    assert "经办人" in answer.json()["error"]["message"]


async def test_an_unknown_helper_is_refused(api: Installation) -> None:
    case_id = await api.open()
    for helper in ("nobody", CLERK, "hp-220102001-1"):
        answer = await api.post(CLERK, f"{CASES}/{case_id}/helpers", {"helper": helper})
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "helper_unknown"
