"""Who may open what: every route of the console, as every role of every area and as nobody (scenario 78).

The routes are those that are served, so one that is added later is walked too.  A route says its roles with
`for_roles(…)` or `FOR_EVERYBODY`; what it says is what is asked of it here.
"""

from datetime import UTC, datetime
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI

from console.app import NOUNS, create_console
from tests.api.test_absences import enter, staff
from tests.api.test_offline_entries import last_event
from tests.console.desk_site import DeskSite
from tests.console.route_table import (
    OF_OURS,
    OURS,
    ROLES,
    Ours,
    PageRoute,
    a_case_of_ours,
    outsiders,
    post,
    routes,
    token,
)
from tests.installation import CASES, CLERK

pytestmark = pytest.mark.engine

ROUTES = routes()
UNSAFE = [route for route in ROUTES if route.method == "POST"]
LAST = f"{datetime.now(UTC).year + 1}-12-31"
TYPED = {"last": LAST, "reason": "试一试", "label": "其他材料", "confirmed": "yes", "go": "on"}
"""What some forms ask before they look at anything else."""

FROM_ELSEWHERE = (
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.fixture(scope="module")
async def ours(desk_site: DeskSite) -> Ours:
    found = await a_case_of_ours(desk_site)
    absence = await enter(desk_site.api, await staff(desk_site.api), substitute=await staff(desk_site.api))
    found.known["absence_id"] = str(absence["absence_id"])
    return found


async def unchanged(site: DeskSite, ours: Ours) -> tuple[int, str]:
    """What must be the same afterwards: how far the case is, and who helps."""
    case = await site.api.get(CLERK, f"{CASES}/{ours.case_id}")
    return int((await last_event(site.api, ours.case_id))["seq"]), str(case["helper"])


def sent_to_sign_in(answer: httpx2.Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


def test_every_route_says_who_may_open_it() -> None:
    assert ROUTES
    assert not [str(route) for route in ROUTES if not route.roles]
    assert not [str(route) for route in ROUTES if not set(route.roles) <= ROLES]
    assert not [str(route) for route in ROUTES if route.public and len(route.roles) > 1]
    assert not [str(route) for route in ROUTES if route.method not in ("GET", "POST")]
    names = [str(route) for route in ROUTES]
    assert sorted(names) == sorted(set(names))


def test_nothing_is_served_beside_the_nouns() -> None:
    assert len(create_console(FastAPI()).routes) == len(NOUNS)


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_nobody_gets_past_the_sign_in(desk_site: DeskSite, ours: Ours, route: PageRoute) -> None:
    address = route.at(ours.known)
    async with desk_site.stranger() as client:
        if route.method == "GET":
            sessions = (b"", b"wanjia=", b"wanjia=wrong", "wanjia=错".encode())
            answers = [await client.get(address, headers={b"cookie": session}) for session in sessions]
        else:
            answers = [await post(desk_site, client, address)]
    for answer in answers:
        if route.public:
            assert answer.status_code != 401
            assert not (route.method == "GET" and sent_to_sign_in(answer))
        else:
            assert answer.status_code == 401 or sent_to_sign_in(answer), answer.status_code
            assert not [secret for secret in ours.people if secret in answer.text]


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.public], ids=str)
async def test_a_role_that_is_not_named_is_told_so(desk_site: DeskSite, ours: Ours, route: PageRoute) -> None:
    for role in OURS.keys() - set(route.roles):
        client = await desk_site.visit(OURS[role])
        address = route.at(ours.known)
        answer = await (client.get(address) if route.method == "GET" else post(desk_site, client, address))
        assert answer.status_code == 403, f"{role}: {answer.status_code} {answer.headers.get('location', '')}"
        assert "不由您办理" in answer.text, role
        assert not [secret for secret in ours.people if secret in answer.text], role


@pytest.mark.parametrize("route", UNSAFE, ids=str)
async def test_a_form_that_is_not_ours_is_refused(desk_site: DeskSite, ours: Ours, route: PageRoute) -> None:
    before = await unchanged(desk_site, ours)
    address = route.at(ours.known)
    account = CLERK if route.public else OURS[next(role for role in OURS if role in route.roles)]
    client = await desk_site.visit(account)
    good = await token(client)
    async with desk_site.stranger() as other:
        tokens = ("", "x", "x.y", await token(other), good[:-1] + ("0" if good[-1] != "0" else "1"))
    for wrong in tokens:
        answer = await client.post(address, data={"csrf": wrong, "account": account})
        assert answer.status_code == 403, wrong
    assert (await client.post(f"{address}?csrf={good}")).status_code == 403
    assert (await client.post(address, headers={"X-CSRF-Token": good})).status_code == 403
    for headers in FROM_ELSEWHERE:
        assert (await post(desk_site, client, address, **headers)).status_code == 403, headers
    assert (await client.get("/account")).status_code in (200, 404)
    assert await unchanged(desk_site, ours) == before


@pytest.mark.timeout(300)
async def test_scenario_78_a_case_of_another_area_is_no_page(desk_site: DeskSite, ours: Ours) -> None:
    before, wrong, walked = await unchanged(desk_site, ours), [], set()
    for who in await outsiders(desk_site.api):
        client = await desk_site.signed_in(who.account)
        csrf = await token(client)
        for route in ROUTES:
            if who.role not in route.roles or not route.names & OF_OURS:
                continue
            first = (who.role, route) not in walked  # every step as one outsider of each role, one step as the others
            walked.add((who.role, route))
            for address in route.every(ours.known) if first else [route.at(ours.known)]:
                if route.method == "GET":
                    answer = await client.get(address)
                else:
                    typed = {"csrf": csrf, "request_key": uuid4().hex, **TYPED}
                    typed[f"last-{ours.known['absence_id']}"] = LAST
                    answer = await post(desk_site, client, address, typed)
                nothing = 200 if route.path.endswith("/autosave") else 404  # told beside the form, and the page stays
                if answer.status_code != nothing or [secret for secret in ours.people if secret in answer.text]:
                    wrong.append(f"{who.role} of {who.where}: {route.method} {address}: {answer.status_code}")
        await client.aclose()
    assert not wrong, "\n".join(wrong)
    assert await unchanged(desk_site, ours) == before


@pytest.mark.timeout(300)
async def test_scenario_78_naming_a_foreign_case_in_a_form_changes_nothing(desk_site: DeskSite, ours: Ours) -> None:
    before, wrong = await unchanged(desk_site, ours), []
    named = dict.fromkeys(("case", "cases", "case_id", "case_ids", "number", "rows"), ours.case_id)
    named |= dict.fromkeys(("helper", "account", "to", "substitute"), ours.known["account"])
    named |= {"task": ours.known["task_id"], "task_id": ours.known["task_id"], "reason": "试一试", "confirmed": "yes"}
    for who in await outsiders(desk_site.api):
        client = await desk_site.signed_in(who.account)
        csrf = await token(client)
        for route in UNSAFE:
            if who.role not in route.roles or route.path.startswith(("/sign-", "/account")):
                continue
            address = route.at(ours.known)
            answer = await post(desk_site, client, address, {**named, "csrf": csrf, "request_key": uuid4().hex})
            leaks = [secret for secret in ours.people if secret in answer.text]
            if leaks or answer.status_code >= 500:
                wrong.append(f"{who.role} of {who.where}: {route}: {answer.status_code} {leaks}")
        await client.aclose()
    assert not wrong, "\n".join(wrong)
    assert await unchanged(desk_site, ours) == before
