"""A promise nobody kept climbs the ladder by itself; the supervisor sees it first and says what the cause was."""

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.console.conftest import OpenPage
from tests.console.days.person import Person
from tests.installation import CLERK, Installation

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(300)]


async def test_a_missed_promise_climbs_the_ladder(api: Installation, open_page: OpenPage) -> None:
    case_id = await api.assisted()
    supervisor = await Person.arrives(api, open_page, await staff(api, Role.SUPERVISOR, "220302"))
    clerk = await Person.arrives(api, open_page, CLERK)
    await clerk.case(case_id)
    await clerk.sees("2026年11月9日")
    await supervisor.page.goto("/supervision")
    await supervisor.sees_not(case_id)

    await api.until(case_id, "2026-11-10")
    await supervisor.page.goto("/supervision/list?figure=overdue_now&period=2026")
    await supervisor.finds(case_id)
    await clerk.case(case_id)
    await clerk.sees("超期")
    await api.until(case_id, "2026-12-15")
    await clerk.page.goto(f"/cases/{case_id}/timeline")
    await clerk.sees("系统", "督")
    steps = [event["trigger"] for event in (await api.get(CLERK, f"/api/v1/cases/{case_id}/timeline"))["events"]]
    assert "promise_overdue" in steps
    assert sum(step.startswith("promise_escalat") or "escalat" in step for step in steps) >= 2

    await supervisor.page.goto("/supervision/causes")
    await supervisor.finds(case_id)
    await supervisor.takes(case_id, "confirm_breach_cause", cause="agency_failed", finding="承诺期内没有推荐岗位。")
    await supervisor.page.goto("/supervision/promises")
    await supervisor.sees("未兑现")
    assert (await api.get(CLERK, f"/api/v1/cases/{case_id}"))["promise"]["overdue_on"] is not None
