"""The last place of a vacancy through the doors: two referrals at once, over HTTP and on the page; it comes back."""

import asyncio

import pytest

from tests.console.desk_site import DeskSite
from tests.console.vacancies.test_pool import enter
from tests.fresh_names import fresh
from tests.installation import CASES, CLERK, HELPER

pytestmark = pytest.mark.engine

OFFER = {"member": "M1", "on": "2026-10-12", "pay_fen": 300_000, "matches_plan": True, "acknowledged": True}


async def test_two_referrals_to_the_last_place_one_is_made_and_the_other_told_why(desk_site: DeskSite) -> None:
    api = desk_site.api
    address = await enter(desk_site, f"物业{fresh()}", posts="1", reserved="")
    vacancy = address.rpartition("/")[2]
    cases = [await api.assisted() for _ in range(2)]
    body = OFFER | {"vacancy": vacancy}
    answers = await asyncio.gather(*(api.post(HELPER, f"{CASES}/{case_id}/referrals", body) for case_id in cases))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    lost = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
    said = answers[lost].json()["error"]
    assert (said["code"], said["field"]) == ("vacancy_full", "vacancy")
    assert len((await api.get(CLERK, f"{CASES}/{cases[lost]}"))["referrals"]) == 0

    helper = await desk_site.visit(HELPER)
    step = f"/cases/{cases[lost]}/steps/record_referral"
    typed = {"member": "M1", "vacancy": vacancy, "on": "2026-10-12", "pay_fen": "3000"}
    typed |= {"matches_plan": "yes", "acknowledged": "yes"}
    refused = await desk_site.submit(helper, f"{step}?member=M1&vacancy={vacancy}", typed, action="record_referral")
    assert refused.status_code == 409
    assert "招用1人，名额已满" in refused.text
    assert vacancy in refused.text, "what was typed stays"
    assert "余0/1人" in (await desk_site.page(helper, address)).text

    made = (await api.get(CLERK, f"{CASES}/{cases[1 - lost]}"))["referrals"][-1]["referral_id"]
    gone = {"referral": made, "outcome": "employer_rejected", "on": "2026-10-12"}
    await api.step(HELPER, cases[1 - lost], "referrals/outcomes", gone)
    done = await desk_site.submit(helper, f"{step}?member=M1&vacancy={vacancy}", typed, action="record_referral")
    assert done.url.path.endswith("/done"), done.text
    assert "余0/1人" in (await desk_site.page(helper, address)).text


async def test_a_vacancy_that_is_over_is_not_referred_to(desk_site: DeskSite) -> None:
    api = desk_site.api
    address = await enter(desk_site, f"物业{fresh()}", open_until="2026-10-11")
    body = OFFER | {"vacancy": address.rpartition("/")[2]}
    answer = await api.post(HELPER, f"{CASES}/{await api.assisted()}/referrals", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "vacancy_expired")
    assert "2026年10月11日" in answer.json()["error"]["message"]
