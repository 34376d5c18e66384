"""What papers say of a case that went on: the certification as it was, why an objection ended it, where a job is."""

import pytest

from tests.console.desk_site import DeskSite
from tests.console.papers.test_papers import certified, download, issue
from tests.console.vacancies.test_answers import refer
from tests.console.vacancies.test_pool import enter
from tests.documents.pdf_text import text_of
from tests.fresh_names import fresh
from tests.installation import CLERK, HELPER, REVIEWERS

pytestmark = pytest.mark.engine

JOB = {
    "member": "M1",
    "started_on": "2026-10-12",
    "channel": "employer",
    "evidence": "contract",
    "monthly_income_fen": 260_000,
    "contract_months": 12,
}


async def said(site: DeskSite, account: str, case_id: str) -> str:
    return text_of(await download(site, account, case_id)).replace("\n", "").replace(" ", "")


async def test_who_found_work_was_unemployed_when_certified(desk_site: DeskSite) -> None:
    case_id, _ = await certified(desk_site)
    await desk_site.api.step(HELPER, case_id, "employments", JOB)
    await issue(desk_site, REVIEWERS[1], case_id, "sealed_application")
    words = await said(desk_site, REVIEWERS[1], case_id)
    assert "登记失业" in words
    assert "单位就业" not in words


async def test_an_objection_upheld_is_told_with_finding_and_clause(desk_site: DeskSite) -> None:
    api, finding = desk_site.api, "经比对，配偶名下有在营个体工商户。"
    case_id = await api.in_publicity()
    raised = await api.step(CLERK, case_id, "objections", {"on": "2026-09-30", "content": "反映该户有人经营摊位。"})
    upheld = {"objection": f"O{raised['seq']}", "finding": finding}
    await api.step(CLERK, case_id, "objections/upholdings", upheld)
    await issue(desk_site, REVIEWERS[1], case_id, "refused")
    words = await said(desk_site, REVIEWERS[1], case_id)
    assert finding in words
    assert "吉人社函〔2021〕102号第" in words.partition("依据")[2], "the clause stands beside 依据"


async def test_a_letter_says_where_to_go_and_whom_to_ask(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    vacancy = (await enter(desk_site, employer, place="站前路三号", hours="八小时")).rpartition("/")[2]
    case_id, _ = await certified(desk_site)
    await refer(desk_site.api, case_id, vacancy)
    await issue(desk_site, HELPER, case_id, "referral")
    words = await said(desk_site, HELPER, case_id)
    for wanted in (employer, "保洁员", "站前路三号", "八小时", "王小五"):
        assert wanted in words
