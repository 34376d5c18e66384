"""Bad input on every route of the API's own description: whatever is typed is answered in words, never with a 500.

Each field of each described body, and each part of a query, is replaced, one at a time, by what slips, forms and
mischief put there.
"""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.api.test_who_sees import described_example, operations
from tests.installation import CLERK, HELPER, REVIEWERS, Installation

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(600)]

STRANGE: tuple[Any, ...] = (
    None,
    "",
    "x" * 5000,
    -1,
    10**30,
    1.5,
    True,
    [],
    {},
    [None],
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "M99",
    "\u0000",
)
ENDS_THE_SESSION = {"log_out", "change_password"}


def spoilt(body: Any) -> Iterator[Any]:
    """Yield the body with one place after the other spoilt, and some that are no body at all."""
    yield from (None, [], "text", 7, {})
    if not isinstance(body, dict):
        return
    yield {**body, "never_heard_of": 1}
    for name in body:
        yield {key: value for key, value in body.items() if key != name}
        for strange in STRANGE:
            other = copy.deepcopy(body)
            other[name] = strange
            yield other
        nested = body[name]
        rows = nested if isinstance(nested, list) else [nested]
        if rows and isinstance(rows[0], dict):
            for inner in rows[0]:
                for strange in STRANGE:
                    other = copy.deepcopy(body)
                    target = other[name][0] if isinstance(nested, list) else other[name]
                    target[inner] = strange
                    yield other


async def staff_of(api: Installation) -> dict[str, str]:
    """Return one account for each role that has a session."""
    return {
        "caseworker": CLERK,
        "reviewer": REVIEWERS[0],
        "helper": HELPER,
        "supervisor": await staff(api, Role.SUPERVISOR, "220302"),
        "administrator": await staff(api, Role.ADMINISTRATOR, "220302"),
    }


def addressed(path: str, case_id: str) -> str:
    """Return the path with the case's id, and with ids of nothing for all else."""
    for name in ("task_id", "absence_id", "entry_id", "account"):
        path = path.replace(f"{{{name}}}", "T1-none")
    return path.replace("{case_id}", case_id)


async def test_no_body_is_answered_with_an_incident(api: Installation) -> None:
    """A step is asked in cases of three states, because one that the table refuses is not looked at closely."""
    who = await staff_of(api)
    cases = [await api.assisted(), await api.in_publicity(), await api.open()]
    asked, incidents = 0, []
    for method, path, said in await operations(api):
        roles = [role for role in said["x-roles"] if role in who]
        if method == "GET" or not roles or said["operationId"] in ENDS_THE_SESSION:
            continue
        for case_id in cases if "{case_id}" in path else cases[:1]:
            for body in spoilt(described_example(said)):
                answer = await api.ask(who[roles[0]], method, addressed(path, case_id), json=body)
                asked += 1
                if answer.status_code >= 500:
                    incidents.append((method, path, str(body)[:300], answer.text[:200]))
                    break
    assert asked > 5000
    assert not incidents, "\n".join(map(str, incidents))


async def test_no_query_is_answered_with_an_incident(api: Installation) -> None:
    who = await staff_of(api)
    case_id = await api.open()
    asked, incidents = 0, []
    for method, path, said in await operations(api):
        roles = [role for role in said["x-roles"] if role in who]
        names = [each["name"] for each in said.get("parameters", ()) if each["in"] == "query"]
        for name in names if method == "GET" else ():
            for strange in STRANGE:
                url = addressed(path, case_id)
                account = who[roles[0]] if roles else CLERK
                answer = await api.ask(account, method, url, params={name: "" if strange is None else str(strange)})
                asked += 1
                if answer.status_code >= 500:
                    incidents.append((path, name, str(strange)[:40], answer.text[:200]))
    assert asked > 200
    assert not incidents, "\n".join(map(str, incidents))
