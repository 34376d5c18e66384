"""Whose step it is and when: every step's page, in every state, for whoever may take it and for everybody else."""

import pytest

from api.step_paths import STEP_PATHS
from casework.states import Role, State
from casework.table import allowed_steps
from console.steps.fields import fields_of
from desk.step_checks import roles_of
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.route_table import outsiders, post
from tests.console.steps.taking import address, take, words_of
from tests.installation import CASES, CLERK, HELPER, REVIEWERS, SUPERVISOR

pytestmark = [pytest.mark.engine, pytest.mark.timeout(240)]

SEALED = "2026-10-12"
OURS = {
    Role.CASEWORKER: CLERK,
    Role.HELPER: HELPER,
    Role.REVIEWER: REVIEWERS[2],
    Role.SUPERVISOR: SUPERVISOR,
}


async def households(site: DeskSite) -> dict[State, str]:
    """Return a case in every state, each with a helper as soon as there may be one."""
    api = site.api
    found = {State.APPLIED: await api.open(), State.UNDER_REVIEW: await api.open()}
    await api.step(CLERK, found[State.UNDER_REVIEW], "acceptances")
    found[State.IN_PUBLICITY] = await api.in_publicity()
    sealed = await api.in_publicity()
    await api.until(sealed, SEALED)
    await api.step(CLERK, sealed, "publicity/report-ups", {})
    await api.step(REVIEWERS[0], sealed, "reviews/recheck-pass")
    await api.step(REVIEWERS[1], sealed, "certifications")
    await api.step(CLERK, sealed, "helpers", {"helper": HELPER})
    found[State.CERTIFIED] = sealed
    found[State.ASSISTED] = await api.assisted()
    employed = await api.assisted()
    works = {"started_on": SEALED, "channel": "employer", "evidence": "contract", "monthly_income_fen": 260000}
    await api.step(HELPER, employed, "employments", {"member": "M1", **works})
    found[State.EMPLOYED] = employed
    ended = await api.assisted()
    await api.step(CLERK, ended, "exits/proposals", {"reason": "voluntary", "statement": "本人自愿退出。"})
    await api.until(ended, "2026-10-20")
    await api.step(REVIEWERS[0], ended, "exits/approvals", {"reason": "同意。"})
    found[State.EXITED] = ended
    return found


@pytest.fixture(scope="module")
async def settled(desk_site: DeskSite) -> dict[State, str]:
    return await households(desk_site)


@pytest.mark.parametrize("state", State)
async def test_every_page_opens_for_whoever_may_and_says_no_to_the_others(
    desk_site: DeskSite, settled: dict[State, str], state: State
) -> None:
    case_id, wrong = settled[state], []
    for role, account in OURS.items():
        client = await desk_site.visit(account)
        if (await client.get(address(case_id, "declare_conflict"))).status_code == 404:
            assert role is Role.HELPER  # not named yet
            continue
        for trigger in STEP_PATHS:
            answer = await client.get(address(case_id, trigger))
            if role not in roles_of(trigger):
                fits = answer.status_code == 403
            elif trigger not in allowed_steps(state):
                fits = answer.status_code == 409 and "不能办理这一步" in answer.text
            elif fields_of(trigger):
                fits = answer.status_code == 200
            else:  # nothing to fill in: the page says at once whether it can be done
                fits = answer.status_code in (200, 403, 422)
            if not fits:
                wrong.append(f"{role} {trigger}: {answer.status_code} {words_of(answer)[:200]}")
    assert wrong == []


async def test_outsiders_find_no_step_of_ours(desk_site: DeskSite, settled: dict[State, str]) -> None:
    case_id, wrong = settled[State.ASSISTED], []
    tasks = (await desk_site.api.get(CLERK, f"{CASES}/{case_id}/tasks"))["tasks"]
    for who in await outsiders(desk_site.api):
        client = await desk_site.signed_in(who.account)
        refused = 403 if who.role == Role.ADMINISTRATOR else 404
        for trigger in ("record_contact", "approve_exit", "declare_conflict"):
            page = address(case_id, trigger)
            answers = [await client.get(page), await post(desk_site, client, page, {"on": SEALED})]
            answers += [await client.get(f"{page}/done?seq=1"), await client.get(f"{page}/waiting?key=0123456789")]
            wrong += [f"{who}: {trigger} {a.status_code}" for a in answers if a.status_code != refused]
        task = f"/cases/{case_id}/tasks/{tasks[0]['task_id']}"
        answers = [await client.get(task), await post(desk_site, client, f"{task}/claim")]
        wrong += [f"{who}: {task} {a.status_code}" for a in answers if a.status_code != refused]
        await client.aclose()
    assert wrong == []


@pytest.mark.parametrize("trigger", ["apply", "promise_overdue", "adopt_calendar", "nothing_of_that_name", "a"])
async def test_what_is_no_persons_step_is_no_page(desk_site: DeskSite, settled: dict[State, str], trigger: str) -> None:
    client = await desk_site.visit(CLERK)
    assert (await client.get(address(settled[State.ASSISTED], trigger))).status_code == 404


async def test_a_step_that_is_over_tells_what_can_be_done_instead(
    desk_site: DeskSite, settled: dict[State, str]
) -> None:
    case_id = settled[State.ASSISTED]
    client = await desk_site.visit(CLERK)
    answer = await client.get(address(case_id, "post_publicity"))
    assert answer.status_code == 409
    page = Page(answer.text)
    assert address(case_id, "record_contact") in page.links
    assert address(case_id, "certify") not in page.links
    assert not [form for form in page.forms if "_seen" in form.names]


async def test_four_eyes_are_told_before_anything_is_done(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.in_publicity()
    await api.until(case_id, SEALED)
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    await take(desk_site, REVIEWERS[0], case_id, "pass_recheck")
    client = await desk_site.visit(REVIEWERS[0])
    answer = await client.get(address(case_id, "certify"))
    assert answer.status_code == 403
    assert "须由" in answer.text
    assert not [form for form in Page(answer.text).forms if "_seen" in form.names]
    await take(desk_site, REVIEWERS[1], case_id, "certify")
