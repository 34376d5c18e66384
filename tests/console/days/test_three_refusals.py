"""Three refusals without a good reason, a warning, a proposed exit, the decision, and an appeal that is heard."""

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.console.conftest import OpenPage
from tests.console.days.person import Person
from tests.console.looking import PHONE
from tests.installation import CLERK, HELPER, REVIEWERS, Installation

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(300)]

REFUSED_ON = ("2026-10-12", "2026-10-20", "2026-11-02")
RESPONSE = "第三次当天老人住院，无法到岗，有住院证明。"


async def refused(api: Installation, helper: Person, clerk: Person, case_id: str, number: int, day: str) -> None:
    """A referral is put to the member, turned down, and judged to be without a good reason."""
    job = {"on": day, "pay_fen": 260000, "matches_plan": True, "acknowledged": True, "vacancy": f"V-{number}"}
    await helper.takes(case_id, "record_referral", member="M1", **job)
    referral = (await api.get(CLERK, f"/api/v1/cases/{case_id}"))["referrals"][-1]["referral_id"]
    said = {"on": day, "statement": "不想去。"}
    await helper.takes(case_id, "record_refusal", referral=referral, member="M1", **said)
    refusal = (await api.get(CLERK, f"/api/v1/cases/{case_id}"))["refusals"][-1]["refusal_id"]
    await clerk.page.goto("/queue")
    await clerk.sees("认定拒绝岗位有无正当理由")
    await clerk.takes(case_id, "judge_refusal", refusal=refusal, justified=False, finding="岗位合适，没有正当理由。")


async def test_three_refusals_an_exit_and_an_appeal(api: Installation, open_page: OpenPage) -> None:
    case_id = await api.assisted()
    clerk = await Person.arrives(api, open_page, CLERK)
    helper = await Person.arrives(api, open_page, HELPER, PHONE)
    county = await Person.arrives(api, open_page, REVIEWERS[0])
    above = await Person.arrives(api, open_page, await staff(api, Role.SUPERVISOR, "220302"))

    for number, day in enumerate(REFUSED_ON[:2], 1):
        await api.until(case_id, day)
        await refused(api, helper, clerk, case_id, number, day)
    await clerk.takes(case_id, "issue_warning", member="M1", on=REFUSED_ON[1])
    await api.until(case_id, REFUSED_ON[2])
    await refused(api, helper, clerk, case_id, 3, REFUSED_ON[2])
    await clerk.case(case_id)
    await clerk.sees("退出")
    await clerk.takes(case_id, "record_exit_response", on=REFUSED_ON[2], response=RESPONSE)

    await county.page.goto("/county/lists/exits")
    await county.finds(case_id)
    await county.page.goto(f"/county/{case_id}/exit")
    await county.sees("10月12日", "10月20日", "11月2日", RESPONSE)
    await api.until(case_id, "2026-11-12")
    await county.takes(case_id, "approve_exit", reason="三次均无正当理由，已书面提醒，同意退出。")
    assert await county.state(case_id) == "assisted"
    await clerk.takes(case_id, "raise_appeal", on="2026-11-12", statement="第三次有住院证明，请求复查。")
    await above.takes(case_id, "uphold_appeal", finding="住院证明属实，第三次不应计入。")

    assert await clerk.state(case_id) == "assisted"
    case = await api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert case["exit_decided"] is None
    await helper.page.goto(f"/doorstep/{case_id}")
    await helper.sees("推荐岗位")
