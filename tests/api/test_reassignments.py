"""Reassignment over HTTP: each row its own step with its own reason; safe to repeat; loads; an account with cases."""

from typing import Any
from uuid import uuid4

import pytest

from casework.states import Role
from tests.api.test_absences import enter, staff
from tests.installation import CASES, CLERK, ELSEWHERE, OFFICE, SUPERVISOR, Installation

pytestmark = pytest.mark.engine

PATH = "/api/v1/reassignments"
WHY = "原责任人调离，按社区重新分工。"


def row(case_id: str, helper: str, reason: str | None = WHY) -> dict[str, Any]:
    return {"case_id": case_id, "helper": helper} | ({"reason": reason} if reason else {})


async def send(api: Installation, by: str, *rows: dict[str, Any], key: str | None = None) -> Any:
    answer = await api.post(by, PATH, {"rows": rows}, key)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def events(api: Installation, case_id: str) -> list[dict[str, Any]]:
    return list((await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"])


async def test_many_households_are_reassigned_each_with_its_reason_and_its_result(api: Installation) -> None:
    old, new, foreign = await staff(api), await staff(api), await staff(api, area="220102001")
    first, second = await api.assisted(), await api.assisted()
    unassisted = await api.open()
    clocks = await api.get(CLERK, f"{CASES}/{first}/clocks")
    answer = await send(
        api,
        CLERK,
        row(first, new, "原责任人住院。"),
        row(second, new, None),
        row(unassisted, new),
        row("220302004-2026-99999", new),
        row(await api.assisted(), foreign),
    )
    codes = [(r["outcome"], r["code"], r["field"]) for r in answer["rows"]]
    assert codes == [
        ("done", None, None),
        ("refused", "reassignment_reason_missing", "reason"),
        ("refused", "step_not_allowed", None),
        ("refused", "not_found", None),
        ("refused", "helper_unknown", "helper"),
    ]
    assert (answer["done"], answer["refused"], answer["unfinished"]) == (1, 4, 0)
    assert all(r["message"] for r in answer["rows"][1:])
    last = (await events(api, first))[-1]
    assert (last["trigger"], last["seq"], list(last["texts"].values())) == (
        "assign_helper",
        answer["rows"][0]["seq"],
        ["原责任人住院。"],
    )
    assert await api.get(CLERK, f"{CASES}/{first}/clocks") == clocks, "all dates stay"
    assert (await api.get(new, f"{CASES}/{first}"))["helper"] == new
    assert (await api.ask(old, "GET", f"{CASES}/{first}")).status_code == 404


async def test_the_same_list_again_does_nothing_twice_and_finishes_what_was_left(api: Installation) -> None:
    helper, key = await staff(api), uuid4().hex
    first, second = await api.assisted(), await api.assisted()
    once = await send(api, SUPERVISOR, row(first, helper), key=key)
    again = await send(api, SUPERVISOR, row(second, helper), row(first, helper), key=key)
    assert [r["outcome"] for r in again["rows"]] == ["done", "done"]
    assert again["rows"][1] == once["rows"][0]
    assert [e["trigger"] for e in await events(api, first)].count("assign_helper") == 2
    changed = await send(api, SUPERVISOR, row(first, helper, "另一个原因。"), key=key)
    assert changed["rows"][0]["code"] == "idempotency_key_reused"


async def test_what_a_list_may_not_be(api: Installation) -> None:
    helper, case_id = await staff(api), await api.assisted()
    twice = await api.post(CLERK, PATH, {"rows": [row(case_id, helper), row(case_id, helper)]})
    assert (twice.status_code, twice.json()["error"]["code"]) == (422, "case_repeated")
    assert twice.json()["error"]["field"] == "rows[1].case_id"
    many = [row(f"220302004-2026-{n:05d}", helper, "分工") for n in range(201)]
    for rows in ([], many):
        assert (await api.post(CLERK, PATH, {"rows": rows})).status_code == 422
    assert (await api.post(helper, PATH, {"rows": [row(case_id, helper)]})).status_code == 403
    outsider = (await api.post(ELSEWHERE, PATH, {"rows": [row(case_id, helper)]})).json()
    assert outsider["rows"][0]["code"] == "not_found"


async def test_a_replacement_without_a_reason_is_refused_in_the_step_too(api: Installation) -> None:
    helper, case_id = await staff(api), await api.assisted()
    answer = await api.post(CLERK, f"{CASES}/{case_id}/helpers", {"helper": helper})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "reassignment_reason_missing", "reason")


async def test_helpers_are_shown_with_what_they_have_in_hand_and_who_stands_in(api: Installation) -> None:
    helper, substitute = await staff(api), await staff(api)
    case_id = await api.assisted()
    await api.step(CLERK, case_id, "helpers", {"helper": helper, "reason": WHY})
    await enter(api, helper, substitute=substitute)

    async def line(by: str, day: str) -> dict[str, Any] | None:
        found = await api.get(by, f"/api/v1/helpers?as_of={day}")
        return next((h for h in found["helpers"] if h["account"] == helper), None)

    during, after = await line(CLERK, "2026-10-16"), await line(SUPERVISOR, "2026-10-17")
    assert during is not None
    assert after is not None
    assert (during["open_cases"], during["away"], during["responsible"]) == (1, True, substitute)
    assert (after["open_cases"], after["away"], after["responsible"]) == (1, False, helper)
    assert await line(ELSEWHERE, "2026-10-16") is None
    assert (await api.ask(helper, "GET", "/api/v1/helpers")).status_code == 403


async def test_a_load_counts_only_what_the_caller_sees(api: Installation) -> None:
    """Scenario 78: a helper of the whole county has cases in another street; its clerk learns of no number."""
    county = await staff(api, area="220302")
    neighbour = "220302005"
    clerk = await staff(api, Role.CASEWORKER, neighbour)
    case_id = await api.assisted()
    await api.step(CLERK, case_id, "helpers", {"helper": county, "reason": WHY})
    for by, cases in ((CLERK, 1), (SUPERVISOR, 1), (clerk, 0)):
        found = (await api.get(by, "/api/v1/helpers"))["helpers"]
        assert [h["open_cases"] for h in found if h["account"] == county] == [cases]
    assert neighbour != OFFICE


async def test_an_account_with_households_cannot_be_closed_until_they_are_reassigned(api: Installation) -> None:
    helper, other = await staff(api), await staff(api)
    case_id = await api.assisted()
    await api.step(CLERK, case_id, "helpers", {"helper": helper, "reason": WHY})
    refused = await api.ask("admin", "DELETE", f"/api/v1/accounts/{helper}")
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["details"]) == (409, "helper_has_cases", {"cases": [case_id]})
    await send(api, SUPERVISOR, row(case_id, other))
    assert (await api.ask("admin", "DELETE", f"/api/v1/accounts/{helper}")).status_code == 204
