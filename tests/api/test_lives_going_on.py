"""Lives that go on, over real HTTP on the real engine: members come and go, offices change, monitoring, coming back."""

from typing import Any

import pytest

from tests.installation import CASES, CLERK, ELSEWHERE, HELPER, OTHER_OFFICE, Installation, application, member

pytestmark = pytest.mark.engine

JOB = {"cause": "low_or_unstable", "jobs": [{"member": "M2", "insured": False}]}


def joins(**more: Any) -> dict[str, Any]:
    person = member("儿子", marital="未婚", **more)
    return {"cause": "returned", "happened_on": "2026-10-11", "reason": "返家居住。", "person": person}


async def test_a_member_joins_is_reserved_leaves_and_is_free_again(api: Installation) -> None:
    case_id = await api.assisted()
    body = joins()
    done = await api.step(CLERK, case_id, "household/members", body)
    page = await api.get(CLERK, f"{CASES}/{case_id}")
    assert [m["member_id"] for m in page["members"]] == ["M1", "M2"]
    assert body["person"]["id_number"] not in str(page) + str(done)

    other = application(members=[member() | {"id_number": body["person"]["id_number"]}])
    taken = await api.post(CLERK, CASES, other)
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "person_in_active_case")

    gone = {"member": "M2", "cause": "moved_out", "happened_on": "2026-10-12", "reason": "分户。"}
    await api.step(CLERK, case_id, "household/departures", gone)
    people = await api.get(CLERK, f"{CASES}/{case_id}/people")
    assert [(p["member_id"], p["present"]) for p in people["people"]] == [("M1", True), ("M2", False)]
    assert (await api.post(CLERK, CASES, other)).status_code == 201


async def test_a_refused_joining_leaves_nobody_reserved(api: Installation) -> None:
    case_id = await api.assisted()
    body = joins() | {"happened_on": "1990-01-01"}
    body["person"]["id_number"] = member()["id_number"]
    no = await api.post(
        CLERK, f"{CASES}/{case_id}/household/members", body | {"person": body["person"] | {"relation": "本人"}}
    )
    assert no.status_code == 422
    people = await api.get(CLERK, f"{CASES}/{case_id}/people")
    assert [p["member_id"] for p in people["people"]] == ["M1"]
    again = application(members=[member() | {"id_number": body["person"]["id_number"]}])
    assert (await api.post(CLERK, CASES, again)).status_code == 201


async def test_a_refused_joining_changes_nothing_of_whoever_is_or_was_a_member(api: Installation) -> None:
    case_id = await api.assisted()
    path, gone = f"{CASES}/{case_id}/household", {"cause": "moved_out", "happened_on": "2026-10-12", "reason": "分户。"}
    body = joins()
    await api.step(CLERK, case_id, "household/members", body)

    twice = await api.post(CLERK, f"{path}/members", body | {"person": body["person"] | {"name": "甄改名"}})
    assert (twice.status_code, twice.json()["error"]["code"]) == (422, "member_there")
    await api.step(CLERK, case_id, "household/departures", {"member": "M2", **gone})
    back = await api.post(CLERK, f"{path}/members", body | {"person": body["person"] | {"relation": "本人"}})
    assert back.status_code == 422, back.text

    whole = await api.post(CLERK, f"{CASES}/{case_id}/people/views", {"reason": "核对成员姓名。"})
    named = {p["member_id"]: p["name"] for p in whole.json()["people"]}
    assert named["M2"] == body["person"]["name"]
    other = joins()
    await api.step(CLERK, case_id, "household/members", other)
    assert [m["member_id"] for m in (await api.get(CLERK, f"{CASES}/{case_id}"))["members"]] == ["M1", "M3"]


async def test_a_case_moves_and_the_old_office_sees_it_no_more(api: Installation) -> None:
    case_id = await api.assisted()
    before = await api.get(CLERK, f"{CASES}/{case_id}")
    body = {"to_office": OTHER_OFFICE, "ground": "moved", "reason": "迁居长春，附居住证明。"}
    unknown = await api.post(CLERK, f"{CASES}/{case_id}/transfers", body | {"to_office": "220102999"})
    assert unknown.json()["error"]["code"] == "office_unknown"

    first = await api.post(CLERK, f"{CASES}/{case_id}/transfers", body, key="the-transfer-key")
    assert first.status_code == 201, first.text
    assert (await api.ask(CLERK, "GET", f"{CASES}/{case_id}")).status_code == 404
    again = await api.post(CLERK, f"{CASES}/{case_id}/transfers", body, key="the-transfer-key")
    assert (again.status_code, again.json()["seq"]) == (201, first.json()["seq"])

    after = await api.get(ELSEWHERE, f"{CASES}/{case_id}")
    assert after["office"] == OTHER_OFFICE
    assert [(c["kind"], c["due_on"]) for c in after["clocks"]] == [(c["kind"], c["due_on"]) for c in before["clocks"]]
    assert after["helper"] is None  # the old helper's area is another street
    assert (await api.ask(HELPER, "GET", f"{CASES}/{case_id}")).status_code == 404
    tasks = await api.get(ELSEWHERE, "/api/v1/tasks")
    mine = {t["kind"] for t in tasks["tasks"] if t["case_id"] == case_id}
    assert {"receive_transfer", "assign_helper"} <= mine
    await api.step(ELSEWHERE, case_id, "transfers/receipts", {})


async def test_an_application_at_the_wrong_window_opens_at_the_right_office(api: Installation) -> None:
    answer = await api.post(CLERK, CASES, application(office=OTHER_OFFICE))
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["case_id"]
    assert case_id.startswith(OTHER_OFFICE)
    assert (await api.ask(CLERK, "GET", f"{CASES}/{case_id}")).status_code == 404
    assert (await api.get(ELSEWHERE, f"{CASES}/{case_id}"))["forwarded_by"] == "220302004"


async def test_a_monitored_household_loses_its_job_and_comes_back_later_with_its_old_exit(api: Installation) -> None:
    earner = member("配偶", marital="已婚", status="灵活就业", wage_fen=150000)
    form = application(members=[member(marital="已婚"), earner]) | JOB
    answer = await api.post(CLERK, "/api/v1/monitored-households", form)
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["case_id"]
    page = await api.get(CLERK, f"{CASES}/{case_id}")
    assert (page["state"], page["key_monitored"]) == ("applied", True)

    done = await api.step(CLERK, case_id, "job-losses", {"member": "M2", "on": form["applied_on"]})
    assert done["state"] == "under_review"
    await api.step(CLERK, case_id, "helpers", {"helper": HELPER})
    await api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回。"})

    back = await api.post(CLERK, CASES, application(members=form["members"][:1]))
    assert back.status_code == 201, back.text
    page = await api.get(CLERK, f"{CASES}/{back.json()['case_id']}")
    assert [(c["case_id"], c["exit_reason"], c["members"]) for c in page["earlier_cases"]] == [
        (case_id, "withdrawn", ["M1"])
    ]


async def test_a_list_tells_monitored_households_from_applications(api: Installation) -> None:
    earner = member("配偶", marital="已婚", status="灵活就业", wage_fen=150000)
    form = application(members=[member(marital="已婚"), earner]) | JOB
    watched = (await api.post(CLERK, "/api/v1/monitored-households", form)).json()["case_id"]
    applied = await api.open()

    shown = await api.get(CLERK, f"{CASES}?key_monitored=true&state=applied&limit=200")
    assert watched in [c["case_id"] for c in shown["cases"]]
    assert applied not in [c["case_id"] for c in shown["cases"]]
    others = await api.get(CLERK, f"{CASES}?key_monitored=false&state=applied&limit=200")
    assert watched not in [c["case_id"] for c in others["cases"]]
    assert applied in [c["case_id"] for c in others["cases"]]
