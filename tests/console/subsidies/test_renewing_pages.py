"""Renewing a subsidy over real HTTP (补贴续期): looked at, refused, asked for, approved by the county."""

from typing import Any

import pytest

from records.subsidy_applications import change, one
from tests.console.desk_site import DeskSite
from tests.console.subsidies.test_subsidies_pages import COUNTY, job_of, page_of
from tests.installation import CASES, CLERK, ELSEWHERE, HELPER, member
from tests.records.made import COUNTY as WHOLE_COUNTY

pytestmark = pytest.mark.engine


async def at_a_post(site: DeskSite) -> str:
    """Bring a household to a public welfare post whose subsidy is approved; return the application's address."""
    case_id = await site.api.assisted(members=[member()])
    works: dict[str, Any] = {"member": "M1", "started_on": "2026-10-12", "channel": "public_welfare_post"}
    works |= {"evidence": "contract", "monthly_income_fen": 260000, "insured": True}
    await site.api.step(HELPER, case_id, "employments", works)
    assert (await site.api.get(CLERK, f"{CASES}/{case_id}"))["employments"]
    path = f"/cases/{case_id}/subsidies/apply?kind=post&by=unit&about={await job_of(site, case_id)}"
    fields = {"first_month": "2026-10", "unit": "试验保洁公司", "evidence": "岗位协议", "bank_account": ""}
    answer = await site.submit(await site.visit(CLERK), path, fields)
    assert answer.status_code == 200, answer.text
    address = str(answer.url.path)
    await site.submit(await site.visit(COUNTY), address, {"decision": "approve"}, action="/decide")
    return address


async def test_a_renewal_from_the_preview_to_the_county(desk_site: DeskSite) -> None:
    address = await at_a_post(desk_site)
    early = await page_of(desk_site, CLERK, f"{address}/renew")
    assert "2029年9月期满，期满前60天起受理续期" in early.text
    await page_of(desk_site, ELSEWHERE, f"{address}/renew", status=404)
    with desk_site.api.record.write() as work:
        found = one(work, WHOLE_COUNTY, address.rpartition("/")[2])
        assert found is not None
        change(work, found, last_month="2026-11")

    clerk, path = await desk_site.visit(CLERK), f"{address}/renew"
    listed = await clerk.get("/subsidies/ending")
    assert f"{address}/renew" in listed.text
    seen = await page_of(desk_site, CLERK, path)
    assert "2026年12月至2029年11月，36个月" in seen.text
    assert "每月940元，最多共33,840元" in seen.text
    assert "人社部发〔2019〕124号" in seen.text
    typed = {"first_month": "2027-02", "evidence": "续签协议", "bank_account": ""}
    wrong = await desk_site.submit(clerk, path, typed)
    assert (wrong.status_code, "续期的起始月份应不早于2026年12月" in wrong.text) == (422, True)
    made = await desk_site.submit(clerk, path, typed | {"first_month": "2026-12"})
    assert "申请已受理，等待县级审核" in made.text
    again = await page_of(desk_site, CLERK, path)
    assert "已经续期过一次" in again.text
    county = await desk_site.visit(COUNTY)
    done = await desk_site.submit(county, str(made.url.path), {"decision": "approve"}, action="/decide")
    assert "享受中" in done.text
