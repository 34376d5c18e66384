"""Scenario 78 on the pages: what an outsider reads is the same with a case of ours and without, also narrowed by query.

Every page that is not about one case is opened before and after a case of ours has lived; what is random or a clock on
a page is left out of the comparison.
"""

import re
from itertools import product

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.route_table import PHONE, Outsider, a_case_of_ours, outsiders, routes
from tests.installation import OFFICE

pytestmark = pytest.mark.engine

NARROWED = {
    "office": OFFICE,
    "area": "220302",
    "state": "assisted",
    "view": "all",
    "sort": "due",
    "page": "1",
    "helper": "hp-220302004-1",
}
OF_THE_INSTALLATION = {"/administration/health"}
"""What tells of gateways and engine as a whole, in numbers of no area."""

_CHANGES = re.compile(r'value="[0-9a-f]{16}\.[0-9a-f]{40}"|value="[0-9a-f]{32}"|\d\d:\d\d')


def left_out(text: str) -> str:
    return _CHANGES.sub("", text)


async def readings(site: DeskSite, who: list[Outsider]) -> dict[str, tuple[int, object]]:
    """What every outsider reads on every page that is not about one case, narrowed in every way the page offers."""
    found: dict[str, tuple[int, object]] = {}
    for each in who:
        client = await site.visit(each.account)
        for route in routes():
            if route.method != "GET" or route.names or route.path in OF_THE_INSTALLATION:
                continue
            if not ({each.role, "public"} & set(route.roles)):
                continue
            queries = ["", *(f"?{name}={value}" for name, value in NARROWED.items() if name in route.queries)]
            for path, query in product([route.path], queries):
                answer = await client.get(path + query)
                is_text = answer.headers.get("content-type", "").startswith("text/")
                found[f"{each.role} of {each.where}: {path}{query}"] = (
                    answer.status_code,
                    left_out(answer.text) if is_text else len(answer.content) // 64,
                )
    return found


@pytest.mark.timeout(300)
async def test_scenario_78_an_outsider_reads_the_same_with_a_case_of_ours(desk_site: DeskSite) -> None:
    who = [*await outsiders(desk_site.api)]
    who.append(Outsider("nowhere near", "caseworker", await staff(desk_site.api, Role.CASEWORKER, "222401002")))
    colleague = await staff(desk_site.api)
    before = await readings(desk_site, who)
    assert before
    ours = await a_case_of_ours(desk_site, colleague)
    after = await readings(desk_site, who)
    assert not [where for where, read in after.items() if read != before[where]]
    assert not [secret for secret in (*ours.people, PHONE, ours.case_id) if secret in str(after)]
