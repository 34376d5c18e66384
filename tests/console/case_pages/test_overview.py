"""The page of a case in every state: where it is, what is to do, what cannot start yet and why, what matters now."""

from datetime import date

import pytest

from casework.times import at_local
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import CLERK, ELSEWHERE, HELPER, REVIEWERS, SUPERVISOR, Installation, member, resident_id

pytestmark = pytest.mark.engine

NAME, PHONE, ADDRESS = "慕容访页", "19900000777", "长春路七十七号"


def people(number: str) -> list[dict[str, object]]:
    return [member(id_number=number, name=NAME, phone=PHONE)]


async def seen(site: DeskSite, case_id: str, account: str = CLERK) -> Page:
    return await site.page(await site.visit(account), f"/cases/{case_id}")


async def employed(api: Installation) -> str:
    case_id = await api.assisted()
    await api.until(case_id, "2026-10-15")
    job = {"channel": "employer", "evidence": "contract", "monthly_income_fen": 260000}
    await api.step(HELPER, case_id, "employments", {"member": "M1", "started_on": "2026-10-14", **job})
    return case_id


async def test_an_application_is_to_be_accepted(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open()

    page = await seen(desk_site, case_id)

    assert f"/cases/{case_id}/steps/accept_application" in page.links
    assert "受理申请" in page.text
    assert "认定以后才开始帮扶" in page.text
    assert "认定盖章之日起才计算安置承诺" in page.text


async def test_what_is_missing_before_the_first_review_is_said(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.open()
    await api.step(CLERK, case_id, "acceptances")

    page = await seen(desk_site, case_id)

    assert "到“公示中”还要办" in page.text
    ahead = page.text.split("到“公示中”还要办", 1)[1].split("待办", 1)[0]
    assert ahead.index("现在可以办理") < ahead.index("张贴公示") < ahead.index("初审尚未通过，不能公示，请先办理初审。")
    assert f"/cases/{case_id}/steps/post_publicity" not in page.links


async def test_a_notice_whose_days_still_run_holds_the_report_back_in_words(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()

    page = await seen(desk_site, case_id)

    assert "暂不能办理：等待公示期满（10月10日）" in page.text
    assert "公示期未满" in page.text
    assert f"/cases/{case_id}/steps/report_up" not in page.links
    assert f"/cases/{case_id}/steps/take_down_publicity" in page.links
    reviewer = await seen(desk_site, case_id, REVIEWERS[0])
    assert f"/cases/{case_id}/steps/pass_recheck" not in reviewer.links
    assert "街道尚未上报" in reviewer.text


async def test_who_did_the_recheck_is_told_that_the_seal_is_for_somebody_else(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    await api.until(case_id, "2026-10-12")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    await api.step(REVIEWERS[0], case_id, "reviews/recheck-pass")

    same, other = await seen(desk_site, case_id, REVIEWERS[0]), await seen(desk_site, case_id, REVIEWERS[1])

    assert f"/cases/{case_id}/steps/certify" not in same.links
    assert f"/cases/{case_id}/steps/certify" in other.links
    assert "不同" in same.text.split("加盖印章认定", 1)[1][:300]


async def test_an_objection_stands_on_top_and_blocks(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    content = {"on": "2026-09-30", "content": "反映该户配偶在市场经营摊位。", "anonymous": False}
    await api.step(CLERK, case_id, "objections", content)

    page = await seen(desk_site, case_id)

    assert "有异议待处理" in page.text
    assert "调查处理异议" in page.text
    assert f"/cases/{case_id}/steps/dismiss_objection" in page.links


async def test_help_has_its_counters_its_promise_and_who_is_responsible(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    await api.step(HELPER, case_id, "services", {"member": "M1", "kind": "guidance", "on": "2026-10-12"})

    page = await seen(desk_site, case_id)

    assert "1/1 次，已够" in page.text
    assert "0/3 次，还差 3 次" in page.text
    assert "推荐保洁岗位；参加家政培训。" in page.text
    assert f"（{HELPER}）" in page.text
    assert "安置承诺：2026年11月9日" in page.text
    assert f"/cases/{case_id}/steps/record_referral" in page.links
    assert "现在不能办理的" in page.text
    assert "本户还没有" in page.text


async def test_a_referral_and_its_refusal_are_told_with_what_counts(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    job = {"vacancy": "V-1", "pay_fen": 260000, "matches_plan": True, "acknowledged": True, "on": "2026-10-12"}
    referral = (await api.step(HELPER, case_id, "referrals", {"member": "M1", **job}))["about"]
    declined = {"referral": referral, "member": "M1", "on": "2026-10-12", "reason_code": "too_far"}
    await api.step(HELPER, case_id, "refusals", declined)

    page = await seen(desk_site, case_id)

    assert "成员没有接受" in page.text
    assert "路途过远" in page.text
    assert "不计：尚未认定" in page.text
    assert "认定拒绝岗位有无正当理由" in page.text


async def test_a_job_and_its_loss_are_turns_of_the_way(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await employed(api)
    page = await seen(desk_site, case_id)
    assert "待核准" in page.text
    assert "到“已退出”还要办" in page.text

    await api.step(CLERK, case_id, "job-losses", {"member": "M1", "on": "2026-10-15"})

    page = await seen(desk_site, case_id)
    assert "已就业 → 帮扶中" in page.text
    assert "状态变化的全过程" in page.text


async def test_a_job_does_not_undo_on_the_page_what_was_recognised(desk_site: DeskSite) -> None:
    """Once recognised, today's jobs are not judged as if the household applied today."""
    case_id = await employed(desk_site.api)

    page = await seen(desk_site, case_id)
    assert "认定为零就业家庭；计入家庭1人，需援助1人" in page.text
    assert "须先办理失业登记" not in page.text

    review = await desk_site.page(await desk_site.visit(REVIEWERS[0]), f"/county/{case_id}/review")
    assert "认定以后就业、收入的变化不影响认定" in review.text
    assert "缺少" not in review.text
    assert "按办法不符合认定条件" not in review.text


async def test_an_exit_is_said_on_top_and_leaves_nothing_to_do(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.open()
    await api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回。"})

    page = await seen(desk_site, case_id)

    assert "已退出：申请人撤回申请" in page.text
    assert "没有待办。个案已经退出。" in page.text
    assert not [link for link in page.links if f"/cases/{case_id}/steps/" in link]


@pytest.mark.parametrize("account", [CLERK, REVIEWERS[0], SUPERVISOR, HELPER])
async def test_no_page_of_a_case_shows_a_person_whole(desk_site: DeskSite, account: str) -> None:
    api, number = desk_site.api, resident_id()
    case_id = await api.assisted(members=people(number), address=ADDRESS)
    client = await desk_site.visit(account)

    for part in ("", "/people", "/timeline", "/clocks", "/messages", "/looks", "/comparisons"):
        answer = await client.get(f"/cases/{case_id}{part}")
        if answer.status_code == 403:
            assert part in ("/looks", "/comparisons")
            continue
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert not [s for s in (NAME, NAME[1:], number, number[-6:], PHONE, ADDRESS) if s in answer.text], part
        if part in ("", "/people"):
            assert "慕*" in answer.text


@pytest.mark.parametrize("part", ["", "/people", "/timeline", "/clocks", "/messages", "/looks", "/comparisons"])
async def test_a_case_of_elsewhere_is_not_there(desk_site: DeskSite, part: str) -> None:
    case_id = await desk_site.api.open(start=at_local(date(2026, 9, 30), 9))
    client = await desk_site.visit(ELSEWHERE)

    answer = await client.get(f"/cases/{case_id}{part}")
    nothing = await client.get(f"/cases/no-such-case{part}")

    assert (answer.status_code, nothing.status_code) == (404, 404)
    assert case_id not in answer.text.replace(f"/cases/{case_id}", "")
