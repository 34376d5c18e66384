"""Absences over HTTP (scenario 79): the substitute sees and does the colleague's work, in the colleague's stead."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from casework.states import Role
from casework.times import at_local, local_date
from records.accounts import create_account
from tests.fresh_names import fresh
from tests.installation import CASES, CLERK, OFFICE, REVIEWERS, SUPERVISOR, Installation
from tests.workflows import inbox

pytestmark = pytest.mark.engine

ABSENCES = "/api/v1/absences"
WEEK = {"first": "2026-10-12", "last": "2026-10-16", "reason": "年休假"}
VISIT = {"channel": "visit", "on": "2026-10-13", "outcome": "reached", "note": "入户走访，成员在家。"}


async def staff(api: Installation, role: Role = Role.HELPER, area: str = OFFICE, phone: str = "19900000009") -> str:
    """Make an account that no other test knows."""
    account = f"{role.value}-{fresh(12)}"
    await asyncio.to_thread(
        create_account,
        api.record,
        account=account,
        password=api.staff.password,
        role=role,
        area=area,
        name="演练人员",
        phone=phone,
        now=datetime.now(UTC),
    )
    return account


async def enter(api: Installation, by: str, **body: Any) -> dict[str, Any]:
    answer = await api.post(by, ABSENCES, WEEK | body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def with_helper(api: Installation, helper: str) -> str:
    """An assisted case of this helper, on Mon 2026-10-12; return its id."""
    case_id = await api.assisted()
    await api.step(CLERK, case_id, "helpers", {"helper": helper, "reason": "按社区重新分工。"})
    return case_id


async def on_day(api: Installation, account: str, path: str, day: str) -> Any:
    """Ask as on a day: in a drill the desk's clock does not know how far a case's time has run."""
    return await (await api.of(account)).get(path, headers={"As-Of": day})


async def listed(api: Installation, account: str, path: str = "/api/v1/tasks", on: str | None = None) -> list[str]:
    found = (await on_day(api, account, path, on)).json() if on else await api.get(account, path)
    return [row["case_id"] for row in found.get("tasks", found.get("cases"))]


async def test_scenario_79_for_a_week_the_work_is_the_substitutes_and_then_it_returns(api: Installation) -> None:
    away, substitute, third = [await staff(api) for _ in range(3)]
    case_id = await with_helper(api, away)
    await api.step(CLERK, case_id, "employments", JOB)
    await api.step(REVIEWERS[0], case_id, "employments/approvals", {"employment": await job_of(api, case_id)})
    page = f"{CASES}/{case_id}"
    before = await api.get(away, page)
    assert (await api.ask(substitute, "GET", page)).status_code == 404
    entered = await enter(api, away, substitute=substitute)
    assert entered["made_by"] == away

    during = await api.get(substitute, page)
    assert (before["responsible"], before["acting_for"]) == (away, None)
    assert (during["helper"], during["responsible"], during["acting_for"]) == (away, substitute, away)
    assert during["promise"] == before["promise"]
    assert [(t["kind"], t["due_on"]) for t in during["tasks"]] == [(t["kind"], t["due_on"]) for t in before["tasks"]]
    row = (await api.get(substitute, CASES))["cases"][0]
    assert (row["case_id"], row["helper"], row["acting_for"]) == (case_id, away, away)
    assert await listed(api, third, CASES) == []
    await api.until(case_id, "2026-10-13")

    done = await api.step(substitute, case_id, "contacts", VISIT)
    assert done["by"] == {"account": substitute, "role": "helper", "acting_for": away, "noted_by": None}
    assert done["by_words"] == f"{substitute} 代 {away}"
    last = (await api.get(CLERK, f"{page}/timeline"))["events"][-1]
    assert (last["account"], last["acting_for"], last["by_words"]) == (substitute, away, f"{substitute} 代 {away}")
    for path in ("people", "clocks", "timeline", "messages", "tasks"):
        assert (await api.ask(substitute, "GET", f"{page}/{path}")).status_code == 200
        assert (await api.ask(third, "GET", f"{page}/{path}")).status_code == 404
    assert (await api.ask(away, "GET", page)).status_code == 200

    for day, status in (("2026-10-11", 404), ("2026-10-12", 200), ("2026-10-16", 200), ("2026-10-17", 404)):
        assert await listed(api, substitute, CASES, day) == ([case_id] if status == 200 else [])
        assert (await on_day(api, substitute, page, day)).status_code == status
        there = substitute if status == 200 else away
        assert (await on_day(api, CLERK, page, day)).json()["responsible"] == there
    await api.until(case_id, "2026-10-17")
    back = await api.step(away, case_id, "contacts", VISIT | {"on": "2026-10-17"})
    assert back["by"] == {"account": away, "role": "helper", "acting_for": None, "noted_by": None}
    assert back["by_words"] == away
    assert await listed(api, substitute, CASES) == []
    assert (await api.ask(substitute, "GET", page)).status_code == 404
    assert (await api.post(substitute, f"{page}/contacts", VISIT)).status_code == 404


async def test_scenario_79_reminders_go_to_the_substitute_and_then_to_the_helper_again(api: Installation) -> None:
    """Sealed on 09-18 the promise ends on 10-22: it is spoken of on 10-15 and on 10-20."""
    away, substitute = await staff(api, phone="19900000791"), await staff(api, phone="19900000792")
    case_id = await api.open(start=at_local(date(2026, 9, 10), 9))
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "reviews/first-pass", {"compared_online": True, "visited_on": "2026-09-09"})
    await api.step(CLERK, case_id, "publicity/postings", {"posted_on": "2026-09-10"})
    await api.until(case_id, "2026-09-18")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    await api.step(REVIEWERS[0], case_id, "reviews/recheck-pass")
    await api.step(REVIEWERS[1], case_id, "certifications")
    await api.step(CLERK, case_id, "helpers", {"helper": away})
    await api.step(CLERK, case_id, "plans", {"signed_on": "2026-09-18", "plan": "推荐保洁岗位。"})
    promise = (await api.get(away, f"{CASES}/{case_id}"))["promise"]
    assert promise["due_on"] == "2026-10-22"
    await enter(api, away, substitute=substitute)
    await api.until(case_id, "2026-10-21")
    await inbox.delivered(api.record, case_id)
    texts = [line for line in inbox.lines(api.stack.home) if line["key"].startswith(f"{case_id}/")]
    reminders = [(line["at"][:10], line["key"].split("/")[3]) for line in texts if line["notice"] == "promise_due_soon"]
    assert reminders == [("2026-10-15", substitute), ("2026-10-20", away)]
    assert not [
        line for line in texts if line["key"].endswith(away) and "2026-10-12" <= line["at"][:10] <= "2026-10-16"
    ]
    shown = (await api.get(CLERK, f"{CASES}/{case_id}/messages"))["messages"]
    assert [m["state"] for m in shown if m["notice"] == "promise_due_soon" and m["recipient"] == substitute] == ["sent"]
    assert (await api.get(away, f"{CASES}/{case_id}"))["promise"] == promise


async def test_scenario_79_the_list_of_tasks_goes_over_and_comes_back(api: Installation) -> None:
    away, substitute = await staff(api), await staff(api)
    case_id = await with_helper(api, away)
    await api.step(CLERK, case_id, "employments", JOB)
    await api.step(REVIEWERS[0], case_id, "employments/approvals", {"employment": await job_of(api, case_id)})
    await api.until(case_id, "2026-11-02")
    assert await listed(api, away) == [case_id]
    await enter(api, away, substitute=substitute, first="2026-11-02", last="2026-11-04")
    task = (await api.get(substitute, "/api/v1/tasks"))["tasks"][0]
    assert (task["case_id"], task["kind"], task["acting_for"]) == (case_id, "follow_up", away)
    assert await listed(api, away) == []
    assert await listed(api, away, on="2026-11-05") == [case_id]
    assert await listed(api, substitute, on="2026-11-05") == []
    assert await listed(api, substitute, on="2026-11-04") == [case_id]

    path = f"{CASES}/{case_id}/tasks/{task['task_id']}"
    claimed = await api.post(substitute, f"{path}/claim")
    assert claimed.json()["claimed_by"] == away, "a claim made for a colleague is the colleague's"
    content = {"channel": "phone", "on": "2026-11-02", "month": "2026-11", "still_employed": True, "insured": True}
    done = await api.post(substitute, f"{path}/completion", {"step": "record_follow_up", "with": content})
    assert done.status_code == 201, done.text
    late = await api.post(away, f"{path}/completion", {"step": "record_follow_up", "with": content})
    assert late.status_code == 409
    error = late.json()["error"]
    assert error["code"] == "task_closed"
    assert f"{substitute} 代 {away}" in error["message"]
    assert error["details"]["acting_for"] == away
    closed = (await api.get(away, f"{CASES}/{case_id}/tasks?closed=true"))["tasks"]
    ended = next(row for row in closed if row["task_id"] == task["task_id"])
    assert (ended["closed_by"], ended["closed_for"]) == (substitute, away)


async def test_a_claim_returns_with_its_owner(api: Installation) -> None:
    away, substitute = [await staff(api, Role.CASEWORKER) for _ in range(2)]
    case_id = await api.open()
    task = (await api.get(CLERK, f"{CASES}/{case_id}/tasks"))["tasks"][0]["task_id"]
    path = f"{CASES}/{case_id}/tasks/{task}"
    assert (await api.post(away, f"{path}/claim")).status_code == 200
    assert (await api.post(substitute, f"{path}/claim")).json()["error"]["code"] == "task_claimed"
    today = local_date(datetime.now(UTC))
    days = {"first": today.isoformat(), "last": today.isoformat()}
    entered = await enter(api, away, substitute=substitute, **days)
    assert case_id in await listed(api, substitute)
    assert case_id not in await listed(api, away)
    assert (await api.post(substitute, f"{path}/claim")).json()["claimed_by"] == away
    assert (await api.ask(away, "DELETE", f"{ABSENCES}/{entered['absence_id']}")).status_code == 204
    assert case_id not in await listed(api, substitute)
    assert case_id in await listed(api, away)
    await enter(api, away, substitute=substitute, **days)
    done = await api.post(substitute, f"{path}/completion", {"step": "accept_application", "with": {}})
    assert done.json()["by_words"] == f"{substitute} 代 {away}"


async def test_what_is_in_both_rights_is_the_own_act_unless_said_otherwise(api: Installation) -> None:
    away, substitute, third = [await staff(api, Role.CASEWORKER) for _ in range(3)]
    today = local_date(datetime.now(UTC)).isoformat()
    await enter(api, away, substitute=substitute, first=today, last=today)
    own, others = await api.open(), await api.open()
    assert (await api.step(substitute, own, "acceptances"))["by_words"] == substitute
    client = await api.of(substitute)

    async def accept_as(name: str) -> Any:
        headers = {"Idempotency-Key": uuid4().hex, "Acting-For": name}
        return await client.post(f"{CASES}/{others}/acceptances", headers=headers)

    refused = await accept_as(third)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_standing_in")
    assert (await accept_as("Wrong Name")).status_code == 422
    assert (await accept_as(away)).json()["by_words"] == f"{substitute} 代 {away}"


async def test_who_may_enter_see_change_and_cancel_an_absence(api: Installation) -> None:
    away, substitute, third = [await staff(api) for _ in range(3)]
    foreign = await api.post(third, ABSENCES, WEEK | {"account": away, "substitute": substitute})
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (403, "absence_of_another")
    for stranger in ("sv-220100",):
        answer = await api.post(stranger, ABSENCES, WEEK | {"account": away, "substitute": substitute})
        assert answer.status_code == 403
    by_chief = await enter(api, SUPERVISOR, account=away, substitute=substitute)
    number = by_chief["absence_id"]

    def of(found: Any) -> list[tuple[str, str]]:
        return [(row["account"], row["reason"]) for row in found["absences"] if row["absence_id"] == number]

    for knows, reason in ((away, "年休假"), (SUPERVISOR, "年休假"), ("admin", "年休假"), (substitute, ""), (CLERK, "")):
        assert of(await api.get(knows, ABSENCES)) == [(away, reason)], knows
    for stranger in (third, "sv-220100", f"cw-{220102001}-1"):
        assert of(await api.get(stranger, ABSENCES)) == []
        changed = await api.ask(stranger, "PATCH", f"{ABSENCES}/{number}", json={"last": "2026-10-14"})
        assert changed.status_code == 404
        assert (await api.ask(stranger, "DELETE", f"{ABSENCES}/{number}")).status_code == 404
    assert of(await api.get(away, f"{ABSENCES}?as_of=2026-10-16")) != []
    assert (await api.ask(away, "PATCH", f"{ABSENCES}/{number}", json={"last": "2026-10-14"})).status_code == 200
    assert of(await api.get(away, f"{ABSENCES}?as_of=2026-10-16")) == []
    assert (await api.ask("admin", "DELETE", f"{ABSENCES}/{number}")).status_code == 204
    assert of(await api.get(away, ABSENCES)) == []


async def test_what_an_absence_may_not_be_is_said_with_its_field(api: Installation) -> None:
    away, substitute = await staff(api), await staff(api)
    await enter(api, away, substitute=substitute)
    for body, status, code, field in (
        ({"substitute": CLERK}, 422, "substitute_unfit", "substitute"),
        ({"substitute": substitute, "last": "2026-10-11"}, 422, "absence_ends_before_it_begins", "last"),
        ({"substitute": substitute}, 409, "absence_overlaps", "first"),
        ({"substitute": substitute, "first": "12.10.2026"}, 422, "invalid_request", "first"),
    ):
        answer = await api.post(away, ABSENCES, WEEK | body)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["field"]) == (status, code, field)
    circle = await api.post(substitute, ABSENCES, WEEK | {"substitute": away})
    assert circle.json()["error"]["code"] == "absence_circle"


JOB = {
    "member": "M1",
    "started_on": "2026-10-12",
    "channel": "employer",
    "evidence": "contract",
    "monthly_income_fen": 260000,
    "contract_months": 12,
    "insured": True,
}


async def job_of(api: Installation, case_id: str) -> str:
    return str((await api.get(CLERK, f"{CASES}/{case_id}"))["employments"][-1]["employment_id"])
