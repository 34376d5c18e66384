"""A household's life through the pages alone: accepted, recognised, helped, refusing, at work, followed up, ended."""

from datetime import date

import pytest

from casework.times import at_local
from tests.console.desk_site import DeskSite
from tests.console.steps.taking import take
from tests.installation import CASES, CLERK, CLERK_2, HELPER, REVIEWERS, SUPERVISOR, application, member

pytestmark = [pytest.mark.engine, pytest.mark.timeout(240)]

START = at_local(date(2026, 9, 30), 9)
SEALED = "2026-10-12"


async def state(site: DeskSite, case_id: str, account: str = CLERK) -> str:
    return str((await site.api.get(account, f"{CASES}/{case_id}"))["state"])


async def recognised(site: DeskSite) -> str:
    """Bring a household from its acceptance to a signed plan."""
    spouse = member("配偶", marital="已婚", name="李四")
    case_id = await site.api.open(start=START, members=[member(marital="已婚"), spouse])
    await take(site, CLERK, case_id, "accept_application")
    results = [
        {"source": source, "member": one, "result": "hit" if (source, one) == ("business", "M2") else "clear"}
        for source in ("register", "social_insurance", "business", "tax")
        for one in ("M1", "M2")
    ]
    await take(site, CLERK, case_id, "record_comparison", results=results)
    hit = {"source": "business", "member": "M2", "affects": False, "finding": "企业已于2023年注销。"}
    await take(site, CLERK, case_id, "judge_comparison_hit", **hit)
    visit = {"visited_on": "2026-09-29", "met": ["M1", "M2"], "policies": True, "services": True, "note": "都在家。"}
    await take(site, CLERK, case_id, "record_visit", **visit)
    await take(site, CLERK, case_id, "pass_first_review", compared_online=True, visited_on="2026-09-29")
    await take(site, CLERK, case_id, "post_publicity", posted_on="2026-09-30")
    await site.api.until(case_id, SEALED)
    await take(site, CLERK, case_id, "report_up")
    await take(site, REVIEWERS[0], case_id, "pass_recheck")
    sealed = await take(site, REVIEWERS[1], case_id, "certify")
    assert "2026年11月9日" in sealed.text  # the promise, and until when
    await take(site, CLERK, case_id, "assign_helper", helper=HELPER)
    await take(site, HELPER, case_id, "sign_plan", signed_on=SEALED, plan="M1：保洁岗位；M2：家政培训。")
    assert await state(site, case_id) == "assisted"
    return case_id


async def test_from_acceptance_to_a_steady_job_and_the_end(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await recognised(desk_site)
    await take(site, HELPER, case_id, "record_service", member="M1", kind="guidance", on=SEALED)
    job = {"on": SEALED, "pay_fen": 260050, "matches_plan": True, "acknowledged": False, "vacancy": "V-1"}
    referred = await take(site, HELPER, case_id, "record_referral", member="M1", **job)
    assert "成员尚未签收" in referred.text
    page = await site.api.get(CLERK, f"{CASES}/{case_id}")
    assert page["referrals"][0]["pay_fen"] == 260050
    referral = page["referrals"][0]["referral_id"]
    await take(site, HELPER, case_id, "acknowledge_referral", referral=referral, on=SEALED)
    said = {"on": SEALED, "reason_code": "illness_or_care", "statement": "要照顾老人。"}
    await take(site, HELPER, case_id, "record_refusal", referral=referral, member="M1", **said)
    refusal = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["refusals"][0]["refusal_id"]
    judged = {"justified": True, "reason_code": "illness_or_care", "finding": "证明属实。"}
    task = f"T{int(refusal[1:])}-judge_refusal-{refusal}"
    await take(site, CLERK, case_id, "judge_refusal", task=task, refusal=refusal, **judged)
    works = {"started_on": SEALED, "channel": "employer", "evidence": "contract", "monthly_income_fen": 300000}
    done = await take(
        site, HELPER, case_id, "record_employment", member="M2", contract_months=12, insured=True, **works
    )
    assert "个案由“帮扶中”变为“已就业”" in done.text
    employment = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["employments"][0]["employment_id"]
    await take(site, REVIEWERS[2], case_id, "approve_elimination", employment=employment)
    for month in ("2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04"):
        await site.api.until(case_id, f"{month}-11")
        fields = {"month": month, "on": f"{month}-11", "channel": "phone", "still_employed": True, "insured": True}
        await take(site, HELPER, case_id, "record_follow_up", **fields)
    ended = await take(site, REVIEWERS[0], case_id, "confirm_stable")
    assert "变为“已退出”" in ended.text
    assert await state(site, case_id) == "exited"


async def test_an_exit_that_is_proposed_answered_decided_and_appealed(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await recognised(desk_site)
    proposed = await take(site, CLERK, case_id, "propose_exit", reason="moved_away", statement="户口已迁往四平。")
    assert "陈述申辩期开始，到2026年10月19日" in proposed.text
    await take(site, CLERK_2, case_id, "record_exit_response", on=SEALED, response="只是暂住，户口没有迁。")
    await site.api.until(case_id, "2026-10-20")
    await take(site, REVIEWERS[0], case_id, "approve_exit", reason="户籍已经迁出，同意退出。")
    await take(site, CLERK, case_id, "raise_appeal", on="2026-10-20", statement="派出所证明户口没有迁。")
    lifted = await take(site, SUPERVISOR, case_id, "uphold_appeal", finding="户口确未迁出。")
    assert "撤销" in lifted.text
    assert await state(site, case_id) == "assisted"


async def test_a_household_that_changes_and_moves_to_another_office(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await recognised(desk_site)
    person = {key: value for key, value in member("儿子", name="张小").items() if key != "phone"}
    joined = {"cause": "returned", "happened_on": "2026-10-11", "reason": "返家居住。", "person": person}
    added = await take(site, CLERK, case_id, "add_member", **joined)
    assert person["id_number"] not in added.text
    change = {"effective_on": SEALED, "reason": "患病，附证明。", "capacity": "完全丧失"}
    await take(site, CLERK, case_id, "amend_household", member="M3", **change)
    gone = {"member": "M1", "cause": "divorce", "happened_on": SEALED, "reason": "附离婚证。", "new_applicant": "M2"}
    await take(site, CLERK, case_id, "remove_member", relations=[{"member": "M3", "relation": "儿子"}], **gone)
    moved = await take(site, CLERK, case_id, "transfer_case", to_office="220102001", ground="moved", reason="迁居。")
    assert "本户已不在您的办理范围内" in moved.text
    client = await site.visit(CLERK)
    assert (await client.get(f"/cases/{case_id}/steps/sign_plan")).status_code == 404
    await take(site, "cw-220102001-1", case_id, "receive_transfer", note="已与家庭见面。")


async def test_the_forms_of_the_application_years(desk_site: DeskSite) -> None:
    """What stands beside the straight way: papers asked for, a publicity taken down, an objection, a withdrawal."""
    site = desk_site
    case_id = await site.api.open(start=START)
    await take(site, CLERK, case_id, "accept_application")
    await take(site, CLERK, case_id, "ask_supplement", items=["booklet", "income_paper"], what="首页不清晰。")
    await take(site, CLERK, case_id, "record_supplement", on="2026-09-30", note="已收到。")
    await take(site, CLERK, case_id, "pass_first_review", compared_online=True, visited_on="2026-09-29")
    await take(site, CLERK, case_id, "post_publicity", posted_on="2026-09-30")
    told = {"anonymous": True, "checkable": True, "concerns": CLERK_2, "content": "反映有人在外经营。"}
    await take(site, REVIEWERS[0], case_id, "raise_objection", on="2026-09-30", **told)
    objection = (await site.api.get(CLERK, f"{CASES}/{case_id}"))["objections"][0]["objection_id"]
    await take(site, CLERK, case_id, "dismiss_objection", objection=objection, finding="经查不属实。")
    await take(site, CLERK, case_id, "take_down_publicity", on="2026-09-30", reason="照片缺失。")
    ended = await take(site, CLERK, case_id, "withdraw", statement="本人自愿撤回。")
    assert "已退出" in ended.text
    assert application()["members"][0]["name"] not in ended.text
