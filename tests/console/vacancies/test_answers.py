"""Answers of one employer for several households at once; who waits for a guaranteed post; the words of the letter."""

from dataclasses import asdict
from uuid import uuid4

import pytest

from casework.states import Role
from records.referral_letters import referral_letter
from records.scope import Scope
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.vacancies.test_plans import PLAN
from tests.console.vacancies.test_pool import enter
from tests.fresh_names import fresh
from tests.installation import CASES, CLERK, HELPER, OFFICE, REVIEWERS, Installation

pytestmark = pytest.mark.engine


async def refer(api: Installation, case_id: str, vacancy_id: str, *, acknowledged: bool = True) -> str:
    body = {"member": "M1", "vacancy": vacancy_id, "on": "2026-10-12", "pay_fen": 300_000, "matches_plan": True}
    await api.step(HELPER, case_id, "referrals", body | {"acknowledged": acknowledged})
    return str((await api.get(CLERK, f"{CASES}/{case_id}"))["referrals"][-1]["referral_id"])


async def test_one_employers_answers_are_recorded_line_by_line(desk_site: DeskSite) -> None:
    api = desk_site.api
    employer = f"物业{fresh()}"
    address = await enter(desk_site, employer, posts="9", reserved="")
    vacancy_id = address.rpartition("/")[2]
    cases = [await api.assisted() for _ in range(4)]
    made = [await refer(api, case_id, vacancy_id, acknowledged=case_id != cases[3]) for case_id in cases]
    helper = await desk_site.visit(HELPER)
    assert employer in (await desk_site.whole_list(helper, "/vacancies/answers")).text
    assert "余5/9人" in (await desk_site.page(helper, address)).text

    page = f"{address}/answers"
    nothing = await desk_site.submit(helper, page, {"on": "2026-10-12"})
    assert nothing.status_code == 422
    assert "请至少选择一行的结果" in nothing.text
    said = [f"said-{case_id}-{referral}" for case_id, referral in zip(cases, made, strict=True)]
    form = Page((await helper.get(page)).text).form({"on"})
    assert "no_show" in form.choices[said[2]]
    assert "no_show" not in form.choices[said[3]], "who was never told cannot have stayed away"
    answers = {"on": "2026-10-12", said[0]: "hired", said[1]: "employer_rejected", said[2]: "no_show"}
    early = await desk_site.send(helper, page, form, {"on": "2026-10-09", said[3]: "hired", said[0]: "hired"})
    assert early.status_code == 422
    assert cases[3] in early.text, "each line says what became of it"

    form = Page((await helper.get(page)).text).form({"on"})
    done = await desk_site.send(helper, page, form, answers)
    again = await desk_site.send(helper, page, form, answers)
    for each in (done, again):
        assert each.url.path == "/vacancies/answers", each.text
        assert "已登记 3 条结果" in each.text
    late = await desk_site.send(helper, page, form, answers | {"request_key": uuid4().hex})
    assert late.status_code == 422
    assert "已有结果，无需重复登记" in late.text
    found = [(await api.get(CLERK, f"{CASES}/{case_id}"))["referrals"][-1]["outcome"] for case_id in cases[:3]]
    assert found == ["hired", "employer_rejected", "declined"]
    refusal = (await api.get(CLERK, f"{CASES}/{cases[2]}"))["refusals"][-1]
    assert (refusal["no_show"], refusal["status"]) == (True, "pending")


async def test_who_is_owed_a_guaranteed_post_stands_on_the_upper_list(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    body = {"ground": "serious_illness", "statement": "户主重病。"}
    await api.step(CLERK, case_id, "hardships", body)
    county, helper = await desk_site.visit(REVIEWERS[0]), await desk_site.visit(HELPER)
    assert (await helper.get("/vacancies/unmatched")).status_code == 403
    listed = (await desk_site.whole_list(county, "/vacancies/unmatched")).text
    assert case_id in listed
    assert "成员患重病" in listed


async def test_the_letter_has_every_word_of_the_referral(desk_site: DeskSite) -> None:
    api = desk_site.api
    employer = f"物业{fresh()}"
    vacancy_id = (await enter(desk_site, employer, place="站前路3号", hours="8小时")).rpartition("/")[2]
    case_id = await api.assisted()
    await desk_site.submit(await desk_site.visit(HELPER), f"/cases/{case_id}/plans/M1", PLAN)
    referral = await refer(api, case_id, vacancy_id)
    with api.record.read() as work:
        letter = referral_letter(work, Scope(CLERK, Role.CASEWORKER, OFFICE), case_id, referral)
        assert referral_letter(work, Scope("x", Role.CASEWORKER, "220102001"), case_id, referral) is None
        assert referral_letter(work, Scope(CLERK, Role.CASEWORKER, OFFICE), case_id, "R999") is None
    assert letter is not None
    said = asdict(letter)
    job = tuple(said[name] for name in ("employer", "title", "place", "pay"))
    assert job == (employer, "保洁员", "站前路3号", "月工资3000元")
    assert (said["name"], said["sex"], said["skills"], said["contact"]) == ("张三", "男", "保洁", "王小五 19900001234")
    assert letter.number == f"{case_id}-{referral}"
    assert "张三" not in repr(letter)
