"""Who sees what: every route says who may call it, and what lies outside a caller's area is not there (scenario 78)."""

import re
from typing import Any

import httpx2
import pytest

from api.app import create_app
from api.step_paths import STEP_PATHS
from casework.commands import OF_PEOPLE, OPENINGS
from desk.bodies import example_of
from records.household_pages import views_of
from tests.installation import (
    CASES,
    CLERK,
    ELSEWHERE,
    HELPER,
    REVIEWERS,
    SUPERVISOR,
    Installation,
    application,
    configured,
    member,
    resident_id,
)

pytestmark = pytest.mark.engine

ROLES = {"caseworker", "reviewer", "supervisor", "helper", "administrator", "public"}
FOREIGN = {
    "caseworker": ELSEWHERE,
    "reviewer": "rv-220102-1",
    "supervisor": "sv-220100",
    "helper": "hp-220302004-2",
}
"""Callers of each role to whom a case of our office, with our helper, is not there."""

ADDRESSED = {
    "view_comparisons": {"reason": "查明工商登记"},
    "read_people": None,
    "view_people": {"reason": "电话联系本户"},
    "complete_task": {"step": "accept_application", "with": {}},
}


async def operations(api: Installation) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation of the description: method, path, what it says."""
    async with httpx2.AsyncClient(base_url=api.base, timeout=30, trust_env=False) as client:
        paths = (await client.get("/api/v1/openapi.json")).json()["paths"]
    return [(method.upper(), path, said) for path, item in paths.items() for method, said in item.items()]


def described_example(said: dict[str, Any]) -> Any:
    """The example body of an operation's description, or None."""
    content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    return next(iter(content.get("examples", {}).values()), {}).get("value")


async def test_every_step_of_a_person_has_exactly_one_route(api: Installation) -> None:
    people = set(OF_PEOPLE)
    assert set(STEP_PATHS) == people - set(OPENINGS)
    assert len(set(STEP_PATHS.values())) == len(STEP_PATHS)
    described = [said["operationId"] for _, _, said in await operations(api)]
    assert sorted(described) == sorted(set(described))
    assert people <= set(described)


async def test_every_route_says_who_may_call_it(api: Installation) -> None:
    for method, path, said in await operations(api):
        assert said.get("x-roles"), f"{method} {path}"
        assert set(said["x-roles"]) <= ROLES


async def test_nothing_but_the_public_routes_answers_without_a_session(api: Installation) -> None:
    async with httpx2.AsyncClient(base_url=api.base, timeout=30, trust_env=False) as client:
        for method, path, said in await operations(api):
            url = (
                path.replace("{case_id}", "220302004-2026-00001")
                .replace("{task_id}", "T1-x")
                .replace("{account}", "xx")
            )
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}):
                status = (await client.request(method, url, headers=headers)).status_code
                if said["x-roles"] == ["public"]:
                    assert status != 401, f"{method} {path}"
                else:
                    assert status == 401, f"{method} {path}"


async def test_scenario_78_a_case_of_another_area_is_404_on_every_route(api: Installation) -> None:
    case_id = await api.assisted()
    task = (await api.get(CLERK, f"{CASES}/{case_id}/tasks?closed=true"))["tasks"][0]["task_id"]
    tried = 0
    for method, path, said in await operations(api):
        if "{case_id}" not in path:
            continue
        trigger = said["operationId"]
        body = ADDRESSED.get(trigger, example_of(trigger) if trigger in STEP_PATHS else described_example(said))
        url = path.replace("{case_id}", case_id).replace("{task_id}", task)
        for role in set(said["x-roles"]) & set(FOREIGN):
            answer = await api.ask(FOREIGN[role], method, url, json=body)
            assert answer.status_code == 404, f"{role} {method} {path}: {answer.text}"
            assert case_id not in answer.text
            tried += 1
    assert tried > 60


async def test_scenario_78_a_case_of_another_area_is_on_no_list(api: Installation) -> None:
    number = resident_id()
    case_id = await api.open(members=[member(id_number=number, phone="19900000777")])
    for account in FOREIGN.values():
        for path in (f"{CASES}?limit=200", f"{CASES}?office=220302004", "/api/v1/tasks"):
            assert case_id not in str(await api.get(account, path)), f"{account} {path}"
        for body in ({"id_number": number}, {"phone": "19900000777"}):
            assert (await api.post(account, "/api/v1/people/searches", body)).json() == {"cases": []}
    for account in (CLERK, REVIEWERS[0], SUPERVISOR, "sv-220000"):
        assert case_id in str(await api.get(account, f"{CASES}?limit=200&state=applied"))
        found = await api.post(account, "/api/v1/people/searches", {"id_number": number.lower()})
        assert found.json() == {"cases": [case_id]}


async def test_a_helper_sees_the_own_households_alone(api: Installation) -> None:
    case_id = await api.assisted()
    assert (await api.ask(HELPER, "GET", f"{CASES}/{case_id}")).status_code == 200
    assert (await api.ask("hp-220302004-2", "GET", f"{CASES}/{case_id}")).status_code == 404


async def test_the_administrator_administers_and_sees_no_case(api: Installation) -> None:
    case_id = await api.open()
    for path in (CASES, f"{CASES}/{case_id}", "/api/v1/tasks", "/api/v1/overdue"):
        assert (await api.ask("admin", "GET", path)).status_code == 403
    assert (await api.post("admin", CASES, application())).status_code == 403


async def test_people_are_masked_and_a_whole_view_is_logged(api: Installation) -> None:
    number = resident_id()
    case_id = await api.open(members=[member(id_number=number, name="欧阳三", phone="19900001234")])
    masked = await api.get(CLERK, f"{CASES}/{case_id}/people")
    assert not masked["whole"]
    assert masked["address"] is None
    person = masked["people"][0]
    assert person["name"] == "欧*"
    assert number not in str(masked)
    assert "19900001234" not in str(masked)
    path = f"{CASES}/{case_id}/people/views"
    assert (await api.post(CLERK, path, {"reason": " "})).status_code == 422
    assert (await api.post(SUPERVISOR, path, {"reason": "想看一看"})).status_code == 403
    whole = (await api.post(REVIEWERS[0], path, {"reason": "复核核对身份"})).json()
    assert whole["people"][0]["id_number"] == number
    with api.record.read() as work:
        assert [(v.account, v.reason) for v in views_of(work, case_id)] == [(REVIEWERS[0], "复核核对身份")]
    for path in ("", "/timeline", "/clocks", "/messages", "/tasks"):
        shown = str(await api.get(CLERK, f"{CASES}/{case_id}{path}"))
        assert not [secret for secret in (number, "欧阳", "19900001234", "向阳街12号") if secret in shown]


async def test_scenario_93_the_public_board_shows_the_masked_minimum(api: Installation) -> None:
    case_id = await api.in_publicity()
    async with httpx2.AsyncClient(base_url=api.base, timeout=30, trust_env=False) as anybody:
        answer = await anybody.get("/api/v1/board?as_of=2026-10-05&area=220302")
        assert answer.status_code == 200
        notices = answer.json()["notices"]
        assert notices
        for notice in notices:
            assert set(notice) == {
                *("public_id", "masked_name", "community", "category", "posted_on", "ends_on", "contact"),
            }
            assert re.fullmatch(r"\w\*", notice["masked_name"])  # other tests' households are up too
            assert notice["contact"].startswith("铁西区第四街道")
        assert case_id not in answer.text
        assert "向阳街" not in answer.text
        assert "no-store" not in answer.headers["Cache-Control"]
        later = await anybody.get("/api/v1/board?as_of=2026-10-11&area=220302")
        assert not [n for n in later.json()["notices"] if n["ends_on"] == "2026-10-10"]


async def test_private_answers_are_not_to_be_kept(api: Installation) -> None:
    answer = await api.ask(CLERK, "GET", CASES)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_app_offers_no_page_of_another_host(api: Installation) -> None:
    app = create_app(configured("127.0.0.1:1", "sqlite://", api.home))
    assert app.docs_url is None
    assert app.redoc_url is None
