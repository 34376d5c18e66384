"""Strange values in the forms of vacancies, plans and employers' answers: always a page, never a failure."""

from uuid import uuid4

import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.test_hostile_forms import MARK, STRANGE
from tests.console.vacancies.test_answers import refer
from tests.console.vacancies.test_pool import enter
from tests.fresh_names import fresh
from tests.installation import HELPER, REVIEWERS

pytestmark = [pytest.mark.engine, pytest.mark.slow]


async def test_strange_values_are_answered_by_a_page(desk_site: DeskSite) -> None:
    address = await enter(desk_site, f"物业{fresh()}")
    case_id = await desk_site.api.assisted()
    await refer(desk_site.api, case_id, address.rpartition("/")[2])
    pages = (
        (REVIEWERS[0], "/vacancies/new", "employer"),
        (REVIEWERS[0], f"{address}/edit", "employer"),
        (HELPER, f"/cases/{case_id}/plans/M1", "profile"),
        (HELPER, f"{address}/answers", "on"),
        (HELPER, address, "reason"),
    )
    for account, path, field in pages:
        client = await desk_site.visit(account)
        form = Page((await client.get(path)).text).form({field})
        headers = {"Origin": desk_site.base, "Sec-Fetch-Site": "same-origin"}
        for number, value in enumerate(STRANGE):
            names = sorted(form.names - {"csrf", "request_key"})
            all_of_it = dict.fromkeys(names, value) | {"csrf": form.value("csrf"), "request_key": uuid4().hex}
            one = {**dict(form.fields), names[number % len(names)]: value, "request_key": uuid4().hex}
            for body in (all_of_it, one):
                answer = await client.post(form.action, data=body, headers=headers)
                assert answer.status_code in (200, 303, 403, 404, 409, 413, 422), (
                    f"{path} {value[:20]!r}: {answer.status_code}"
                )
                assert MARK not in answer.text
    for query in ("?page=9&sort=area&order=desc", "?words=%25_&area='&state=x&least_pay=-1&source=x", "?reserved=yes"):
        assert (await (await desk_site.visit(HELPER)).get(f"/vacancies{query}")).status_code == 200
    county = await desk_site.visit(REVIEWERS[0])
    for path in ("/vacancies/sheet?new=-9&changed=-9", "/vacancies/sheet?new=1&changed=999999999999999999999"):
        assert (await county.get(path)).status_code in (200, 422)
