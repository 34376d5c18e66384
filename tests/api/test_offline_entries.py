"""What was noted without a connection (scenario 81): nothing is lost or done twice, and no right is stretched."""

from typing import Any

import pytest

from records.tables_delegation import offline_entries
from tests.api.test_absences import VISIT, enter, staff
from tests.api.test_reassignments import WHY
from tests.fresh_names import fresh
from tests.installation import CASES, CLERK, ELSEWHERE, Installation

pytestmark = pytest.mark.engine

PATH = "/api/v1/offline-entries"
SEEN = VISIT | {"on": "2026-10-12", "note": "入户走访，户主在家，愿意参加培训。"}


def noted(case_id: str, **more: Any) -> dict[str, Any]:
    return {
        "device_key": f"phone-{fresh(32)}",
        "case_id": case_id,
        "step": "record_contact",
        "recorded_at": "2026-10-12T09:05:00+08:00",
        "content": SEEN,
    } | more


async def helped(api: Installation, helper: str) -> str:
    case_id = await api.assisted()
    await api.step(CLERK, case_id, "helpers", {"helper": helper, "reason": WHY})
    return case_id


async def last_event(api: Installation, case_id: str) -> dict[str, Any]:
    return dict((await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"][-1])


async def refused(api: Installation, by: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await api.post(by, PATH, body)
    assert answer.status_code == 409, answer.text
    assert answer.json()["error"]["code"] == "offline_entry_waiting"
    return dict(answer.json()["error"])


async def test_an_entry_becomes_the_step_it_notes_and_its_key_makes_it_once(api: Installation) -> None:
    helper = await staff(api)
    case_id = await helped(api, helper)
    body = noted(case_id)
    first = await api.post(helper, PATH, body)
    assert first.status_code == 201, first.text
    event = await last_event(api, case_id)
    assert (event["trigger"], event["seq"], event["account"]) == ("record_contact", first.json()["seq"], helper)
    assert {"label": "登记方式", "value": f"账号{helper}于2026年10月12日离线登记"} in event["why"]["facts"]
    again = await api.post(helper, PATH, body)
    assert (again.status_code, again.json()) == (201, first.json())
    other = await api.post(helper, PATH, body | {"content": SEEN | {"channel": "phone"}})
    assert (other.status_code, other.json()["error"]["code"]) == (409, "idempotency_key_reused")
    assert (await last_event(api, case_id))["seq"] == event["seq"]
    assert (await api.get(helper, PATH))["entries"] == []


async def test_scenario_81_a_visit_synced_after_the_reassignment_is_refused_kept_and_handed_over(
    api: Installation,
) -> None:
    old, new, stranger = await staff(api), await staff(api), await staff(api)
    case_id = await helped(api, old)
    await api.step(CLERK, case_id, "helpers", {"helper": new, "reason": WHY})
    seq = (await last_event(api, case_id))["seq"]
    body = noted(case_id)
    error = await refused(api, old, body)
    assert error["details"]["choices"] == ["retry", "hand_over", "discard"]
    assert "移交给现在的责任人" in error["message"]
    entry = error["details"]["entry_id"]
    assert (await refused(api, old, body))["details"]["entry_id"] == entry
    assert (await last_event(api, case_id))["seq"] == seq
    (waiting,) = (await api.get(old, PATH))["entries"]
    assert (waiting["state"], waiting["content"], waiting["recorded_on"]) == ("waiting", SEEN, "2026-10-12")
    assert (await api.get(new, PATH))["entries"] == []
    for anybody in (new, stranger, ELSEWHERE, CLERK):
        assert (await api.post(anybody, f"{PATH}/{entry}/hand-over")).status_code == 404
        assert (await api.post(anybody, f"{PATH}/{entry}/adoption")).status_code == 404

    handed = await api.post(old, f"{PATH}/{entry}/hand-over")
    assert (handed.status_code, handed.json()["state"], handed.json()["choices"]) == (200, "handed_over", ["discard"])
    assert (await api.post(old, f"{PATH}/{entry}/hand-over")).status_code == 200
    assert (await api.post(old, PATH, body)).json()["error"]["code"] == "offline_entry_settled"
    (draft,) = (await api.get(new, PATH))["entries"]
    assert (draft["account"], draft["content"], draft["choices"]) == (old, SEEN, ["adopt", "discard"])
    for anybody in (stranger, ELSEWHERE):
        assert entry not in str(await api.get(anybody, PATH))
        assert (await api.post(anybody, f"{PATH}/{entry}/adoption")).status_code == 404

    adopted = await api.post(new, f"{PATH}/{entry}/adoption")
    assert adopted.status_code == 201, adopted.text
    assert (await api.post(new, f"{PATH}/{entry}/adoption")).json() == adopted.json()
    event = await last_event(api, case_id)
    assert (event["account"], event["seq"]) == (new, seq + 1)
    assert {"label": "登记方式", "value": f"账号{old}于2026年10月12日离线登记"} in event["why"]["facts"]
    assert list(event["texts"].values()) == [SEEN["note"]]
    assert (await api.post(CLERK, f"{PATH}/{entry}/adoption")).json()["error"]["code"] == "offline_entry_settled"
    for anybody in (old, new):
        assert (await api.get(anybody, PATH))["entries"] == []


async def test_an_entry_of_an_absence_that_is_over_goes_to_the_colleague(api: Installation) -> None:
    away, substitute = await staff(api), await staff(api)
    case_id = await helped(api, away)
    await enter(api, away, substitute=substitute, first="2026-10-12", last="2026-10-12")
    await api.until(case_id, "2026-10-13")
    await api.step(away, case_id, "contacts", VISIT)
    entry = (await refused(api, substitute, noted(case_id)))["details"]["entry_id"]
    assert (await api.post(substitute, f"{PATH}/{entry}/hand-over")).status_code == 200
    assert [e["entry_id"] for e in (await api.get(away, PATH))["entries"]] == [entry]


async def test_nobody_puts_drafts_into_a_case_it_never_had(api: Installation) -> None:
    stranger = await staff(api)
    case_id = await api.assisted()
    for case in (case_id, "220302004-2026-99999"):
        entry = (await refused(api, stranger, noted(case)))["details"]["entry_id"]
        assert (await api.post(stranger, f"{PATH}/{entry}/hand-over")).status_code == 404
        assert (await api.post(stranger, f"{PATH}/{entry}/discard", {"reason": "误登记。"})).status_code == 204
    assert (await api.get(stranger, PATH))["entries"] == []


async def test_what_a_rule_or_a_slip_refused_is_kept_corrected_and_taken(api: Installation) -> None:
    helper = await staff(api)
    case_id = await helped(api, helper)
    wrong = noted(case_id, content={"channel": "pigeon", "on": "2026-10-12"})
    error = await refused(api, helper, wrong)
    assert (error["details"]["refused"], error["field"]) == ("content_wrong", "channel")
    late = noted(case_id, content=SEEN | {"on": "2026-10-14"})
    entry = (await refused(api, helper, late))["details"]
    assert entry["refused"] == "date_in_future"
    (first, second) = (await api.get(helper, PATH))["entries"]
    assert {first["refused"], second["refused"]} == {"content_wrong", "date_in_future"}
    done = await api.post(helper, f"{PATH}/{entry['entry_id']}/adoption", {"content": SEEN})
    assert (done.status_code, done.json()["state"]) == (201, "taken")


async def test_a_discarded_entry_is_gone_from_the_lists_and_stays_on_record_sealed(api: Installation) -> None:
    old, new = await staff(api), await staff(api)
    case_id = await helped(api, old)
    await api.step(CLERK, case_id, "helpers", {"helper": new, "reason": WHY})
    body = noted(case_id)
    entry = (await refused(api, old, body))["details"]["entry_id"]
    await api.post(old, f"{PATH}/{entry}/hand-over")
    assert (await api.post(new, f"{PATH}/{entry}/discard", {"reason": " "})).status_code == 422
    for _ in range(2):
        assert (await api.post(new, f"{PATH}/{entry}/discard", {"reason": "当日已登记。"})).status_code == 204
    assert (await api.post(new, f"{PATH}/{entry}/adoption")).json()["error"]["code"] == "offline_entry_settled"
    assert (await api.post(old, PATH, body)).json()["error"]["details"]["state"] == "discarded"
    with api.record.read() as work:
        kept = work.connection.execute(offline_entries.select().where(offline_entries.c.entry_id == entry)).one()
    assert "入户".encode() not in kept.content
    assert "登记".encode() not in kept.reason


async def test_what_a_device_may_not_send(api: Installation) -> None:
    opening = {"step": "open_monitoring", "content": {}}
    for change in (
        {"step": "apply"},
        opening,
        {"step": "nothing"},
        {"recorded_at": "2026-10-12T09:05:00"},
        {"content": []},
    ):
        answer = await api.post(CLERK, PATH, noted("220302004-2026-00001") | change)
        assert answer.status_code == 422, change
