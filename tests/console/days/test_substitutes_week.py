"""A helper goes on leave: the substitute sees the household on the phone, works in the other's stead, gives it back."""

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.console.conftest import OpenPage
from tests.console.days.person import Person
from tests.console.looking import PHONE
from tests.installation import CLERK, Installation

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(300)]


async def test_a_substitutes_week(api: Installation, open_page: OpenPage) -> None:
    away, stays = await staff(api, Role.HELPER), await staff(api, Role.HELPER)
    case_id = await api.assisted()
    clerk = await Person.arrives(api, open_page, CLERK)
    await clerk.takes(case_id, "assign_helper", helper=away, reason="原责任人任务过重，改派。")
    helper = await Person.arrives(api, open_page, away, PHONE)
    other = await Person.arrives(api, open_page, stays, PHONE)
    await other.page.goto("/doorstep")
    await other.sees_not(case_id)

    await helper.page.goto("/account/absences")
    await helper.page.get_by_label("代办人").select_option(stays)
    await helper.page.get_by_label("第一日").fill("2026-10-12")
    await helper.page.get_by_label("最后一日").fill("2026-10-16")
    await helper.page.get_by_label("事由").fill("年休假")
    await helper.presses("登记请假")
    await helper.sees("2026年10月12日", stays)
    await other.page.goto("/doorstep")
    await other.sees("代 演练人员", "张*", case_id)
    await other.page.goto(f"/doorstep/{case_id}")
    await other.takes(case_id, "record_service", member="M1", kind="guidance", on="2026-10-12")
    await clerk.page.goto(f"/cases/{case_id}/timeline")
    await clerk.sees(f"演练人员（{stays}） 代 演练人员（{away}）")

    await api.until(case_id, "2026-10-19")
    await helper.takes(case_id, "record_service", member="M1", kind="training_info", on="2026-10-19")
    await other.page.goto("/doorstep")
    await other.sees_not(case_id, "代 演练人员")
    assert (await other.page.goto(f"/cases/{case_id}")).status == 404  # type: ignore[union-attr]
