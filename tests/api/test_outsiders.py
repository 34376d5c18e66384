"""Scenario 78, asked of the API's own description: for an outsider a case is nowhere, not in a list, count or bulk act.

Every route that staff may call is walked, also those that are added later: what an outsider is answered must be the
same before and after a case of another area has lived, and what an outsider sends must change nothing there.
"""

import json
import re
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from api.step_paths import STEP_PATHS
from casework.states import Role
from desk.bodies import example_of
from tests.api.test_absences import enter, staff
from tests.api.test_offline_entries import PATH as ENTRIES
from tests.api.test_offline_entries import last_event, noted
from tests.api.test_reassignments import WHY
from tests.api.test_who_sees import ADDRESSED, FOREIGN, described_example, operations
from tests.fresh_names import fresh
from tests.installation import CASES, CLERK, OFFICE, Installation, member, resident_id

pytestmark = pytest.mark.engine

NEXT_YEAR = datetime.now(UTC).year + 1
OF_ONESELF = {"log_out", "change_password", "apply"}
"""What staff do with their own session, or in their own office: nothing of another's case can be in it."""

QUERIES = {
    "office": OFFICE,
    "area": "220302",
    "state": "assisted",
    "as_of": "2026-10-13",
    "promise_overdue": "false",
    "opened_from": "2026-09-01",
    "opened_to": f"{NEXT_YEAR}-12-31",
    "since": "2026-09-01",
    "limit": "200",
}


async def outsiders(api: Installation) -> dict[str, str]:
    administrator = await staff(api, Role.ADMINISTRATOR, "220102")
    return {**FOREIGN, "administrator": administrator}


async def answers(api: Installation, who: dict[str, str], helper: str) -> dict[tuple[str, str], Any]:
    """What every outsider reads on every route that is not about one case, narrowed in every way the route offers."""
    found = {}
    for method, path, said in await operations(api):
        if method != "GET" or "{" in path:
            continue
        named = [p["name"] for p in said.get("parameters", ()) if p["in"] == "query"]
        narrowed = [f"?{name}={QUERIES[name]}" for name in named if name in QUERIES]
        narrowed += [f"?helper={helper}"] if "helper" in named else []
        for (role, account), query in product(who.items(), ("", *narrowed)):
            if role in said["x-roles"]:
                answer = await api.ask(account, "GET", f"{path}{query}")
                found[f"{role} {path}", query] = (answer.status_code, answer.json())
    return found


async def test_scenario_78_what_an_outsider_reads_is_the_same_with_the_case_and_without(api: Installation) -> None:
    who, helper = await outsiders(api), await staff(api)
    substitute = await staff(api)
    before = await answers(api, who, helper)
    assert len(before) > 60

    number = resident_id()
    case_id = await api.assisted(members=[member(id_number=number, phone="19900000778")])
    await api.step(CLERK, case_id, "helpers", {"helper": helper, "reason": WHY})
    await enter(api, helper, substitute=substitute)
    refused = await api.post(substitute, ENTRIES, noted(case_id, content={}))
    assert refused.status_code == 409

    after = await answers(api, who, helper)
    assert after == before
    assert case_id not in str(after)


async def test_scenario_78_whatever_an_outsider_sends_finds_nothing_and_changes_nothing(api: Installation) -> None:
    who, helper, substitute = await outsiders(api), await staff(api), await staff(api)
    number = resident_id()
    case_id = await api.assisted(members=[member(id_number=number, name="张七星", phone="19900000779")])
    await api.step(CLERK, case_id, "helpers", {"helper": helper, "reason": WHY})
    absence = await enter(api, helper, substitute=substitute)
    entry = (await api.post(substitute, ENTRIES, noted(case_id, content={}))).json()["error"]["details"]["entry_id"]
    task = (await api.get(CLERK, f"{CASES}/{case_id}/tasks?closed=true"))["tasks"][0]["task_id"]
    ours = {"case_id": case_id, "task_id": task, "absence_id": str(absence["absence_id"]), "entry_id": entry}
    ours |= {"account": helper}
    seq, tried = (await last_event(api, case_id))["seq"], 0
    for method, path, said in await operations(api):
        if said["operationId"] in OF_ONESELF or said["x-roles"] == ["public"]:
            continue
        body = body_about(said, case_id, helper, number)
        url = re.sub(r"\{(\w+)\}", lambda name: ours.get(name[1], "1"), path)
        for role, account in who.items():
            if role not in said["x-roles"] or (method == "GET" and "{" not in path):
                continue
            answer = await api.ask(account, method, url, json=body)
            where = f"{role} {method} {path}: {answer.status_code} {answer.text}"
            if "{" in path and ours.keys() & set(re.findall(r"\{(\w+)\}", path)):
                assert answer.status_code == 404, where
                assert case_id not in answer.text, where
            assert answer.status_code < 500 or answer.status_code == 503, where
            for secret in (number, "张七星", "19900000779", '"state":"assisted"'):
                assert secret not in answer.text, where
            tried += 1
    assert tried > 100
    assert (await last_event(api, case_id))["seq"] == seq
    assert (await api.get(CLERK, f"{CASES}/{case_id}"))["helper"] == helper
    assert [a["last"] for a in (await api.get(helper, "/api/v1/absences"))["absences"]] == ["2026-10-16"]
    assert [e["state"] for e in (await api.get(substitute, ENTRIES))["entries"]] == ["waiting"]
    assert (await api.ask(helper, "GET", "/api/v1/me")).status_code == 200


async def test_scenario_78_a_bulk_act_names_a_foreign_case_as_one_that_is_not_there(api: Installation) -> None:
    helper, case_id = await staff(api, area="220102001"), await api.assisted()
    for account in (FOREIGN["caseworker"], FOREIGN["supervisor"]):
        rows = [{"case_id": name, "helper": helper, "reason": WHY} for name in (case_id, f"{OFFICE}-2026-99998")]
        answer = (await api.post(account, "/api/v1/reassignments", {"rows": rows})).json()
        there, not_there = ({k: v for k, v in row.items() if k != "case_id"} for row in answer["rows"])
        assert there == not_there
        assert there["code"] == "not_found"


def body_about(said: dict[str, Any], case_id: str, helper: str, number: str) -> Any:
    """A body that is right for the route and speaks of our case wherever it can."""
    operation = said["operationId"]
    by_hand = {
        **ADDRESSED,
        "find_people": {"id_number": number},
        "reassign_helpers": {"rows": [{"case_id": case_id, "helper": helper, "reason": WHY}]},
        "sync_offline_entry": noted(case_id),
        "discard_offline_entry": {"reason": "不需要。"},
        "adopt_offline_entry": {},
        "enter_absence": {
            "account": helper, "substitute": FOREIGN["helper"], "first": f"{NEXT_YEAR}-12-01",
            "last": f"{NEXT_YEAR}-12-02", "reason": fresh(32),
        },
        "change_absence": {"last": f"{NEXT_YEAR}-12-31"},
    }  # fmt: skip
    if operation in by_hand:
        return by_hand[operation]
    if operation in STEP_PATHS:
        return example_of(operation)
    return json.loads(re.sub(r"220302004-2026-0000\d", case_id, json.dumps(described_example(said))))
