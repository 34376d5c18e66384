"""Policies over HTTP, for an administrator: what there is, what changes, whom it touches, and adopting it."""

import asyncio
from datetime import date

import pytest

from casework.times import at_local
from operations.demo_accounts import ADMINISTRATOR
from tests.installation import CASES, CLERK, REVIEWERS, SUPERVISOR, Installation, application

pytestmark = pytest.mark.engine

POLICIES = "/api/v1/policies"
SECOND = "test-anzhou@2"


async def opened(api: Installation) -> str:
    """Open a case in the invented locality a day before its second version holds."""
    form = application(at_local(date(2026, 11, 30), 9), pack="test-anzhou")
    answer = await api.post(CLERK, CASES, form)
    assert answer.status_code == 201, answer.text
    case_id = str(answer.json()["case_id"])
    await api.stack.settled(case_id)
    return case_id


async def test_a_new_version_is_compared_tried_and_adopted(api: Installation) -> None:
    case_id = await opened(api)
    assert (await api.get(CLERK, f"{CASES}/{case_id}"))["pack_version"] == "1"
    known = await api.get(ADMINISTRATOR, POLICIES)
    assert {"jilin-2021@1", "test-anzhou@1", SECOND} <= {p["policy"] for p in known["policies"]}

    said = await api.get(ADMINISTRATOR, f"{POLICIES}/differences?before=test-anzhou@1&after={SECOND}")
    assert "公示期：5日 → 7日" in [t["words"] for t in said["terms"]]
    trial = await api.get(ADMINISTRATOR, f"{POLICIES}/adoptions?policy={SECOND}")
    assert trial["looked_at"] >= 1
    assert trial["refusing"] == 0  # tried as on its first day
    assert (await api.get(ADMINISTRATOR, POLICIES))["adoptions"] == known["adoptions"]

    await api.until(case_id, "2026-12-01")
    ordered = await api.post(ADMINISTRATOR, f"{POLICIES}/adoptions", {"policy": SECOND})
    assert ordered.status_code == 202, ordered.text
    assert (ordered.json()["ordered_by"], ordered.json()["policy"]) == (ADMINISTRATOR, SECOND)
    for _ in range(900):
        after = await api.get(ADMINISTRATOR, POLICIES)
        if not after["running"]:
            break
        await asyncio.sleep(0.1)
    assert case_id not in after["failed"]
    page = await api.get(CLERK, f"{CASES}/{case_id}")
    assert page["pack_version"] == "2"
    assert page["services"][0]["referrals_needed"] == 4
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    adopted = [e for e in events if e["trigger"] == "adopt_policy"]
    assert len(adopted) == 1
    assert {"label": "决定采用人", "value": ADMINISTRATOR} in adopted[0]["why"]["facts"]

    late = application(at_local(date(2026, 12, 2), 9), pack="test-anzhou")
    answer = await api.post(CLERK, CASES, late)
    assert answer.status_code == 201, answer.text
    assert (await api.get(CLERK, f"{CASES}/{answer.json()['case_id']}"))["pack_version"] == "2"


async def test_what_does_not_exist_is_said(api: Installation) -> None:
    answer = await api.post(ADMINISTRATOR, f"{POLICIES}/adoptions", {"policy": "test-anzhou@9"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unknown_version")
    answer = await api.ask(ADMINISTRATOR, "GET", f"{POLICIES}/adoptions?policy=nowhere@1")
    assert answer.json()["error"]["field"] == "policy"


async def test_only_an_administrator_sees_and_adopts_policies(api: Installation) -> None:
    for account in (CLERK, REVIEWERS[0], SUPERVISOR):
        for method, path in (
            ("GET", POLICIES),
            ("GET", f"{POLICIES}/adoptions?policy={SECOND}"),
            ("GET", f"{POLICIES}/differences?before=test-anzhou@1&after={SECOND}"),
            ("POST", f"{POLICIES}/adoptions"),
        ):
            body = {"policy": SECOND} if method == "POST" else None
            assert (await api.ask(account, method, path, json=body)).status_code == 403, (account, path)
