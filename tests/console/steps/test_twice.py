"""Twice, late, or together: a second click, the back button, a stale page, two people at one step, the engine away."""

import asyncio
from uuid import uuid4

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.steps.taking import address, as_typed, confirm, typed_into, words_of
from tests.installation import CASES, CLERK, CLERK_2, HELPER, NOWHERE, configured, serving

pytestmark = pytest.mark.engine

DAY = "2026-10-12"
CALL = {"on": DAY, "channel": "phone", "outcome": "failed", "note": "九点拨打，无人接听。"}


async def events(site: DeskSite, case_id: str) -> list[str]:
    found = (await site.api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    return [event["trigger"] for event in found]


async def test_a_double_click_does_it_once_and_a_reload_shows_it_again(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(CLERK), address(case_id, "record_contact")
    form = Page((await client.get(path)).text).form({"_seen"})
    typed = as_typed("record_contact", **CALL)
    first, second = await asyncio.gather(*(site.send(client, path, form, typed) for _ in range(2)))
    assert first.status_code == second.status_code == 200
    assert str(first.url) == str(second.url)
    assert (await events(site, case_id)).count("record_contact") == 1
    assert (await client.get(str(first.url))).status_code == 200
    late = await site.send(client, path, form, typed)  # the back button, and sent once more
    assert str(late.url) == str(first.url)
    assert (await events(site, case_id)).count("record_contact") == 1


async def test_a_confirmed_step_sent_twice_is_one(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    said = {"reason": "moved_away", "statement": "户口已迁往四平。"}
    shown = await typed_into(site, CLERK, case_id, "propose_exit", **said)
    assert "家庭可在2026年10月19日24时前陈述申辩" in shown.text
    assert "propose_exit" not in await events(site, case_id), "looking ahead does nothing"
    done, again = await asyncio.gather(confirm(site, CLERK, shown), confirm(site, CLERK, shown))
    assert str(done.url) == str(again.url)
    assert (await events(site, case_id)).count("propose_exit") == 1
    client = await site.visit(CLERK)
    form = Page(shown.text).form({"_confirmed"})
    form.fields = [field for field in form.fields if field[0] != "_confirmed"]
    before_it = await site.send(client, address(case_id, "propose_exit"), form, {})
    assert str(before_it.url) == str(done.url), "the form itself, sent again, leads there too"


async def test_the_same_form_with_other_words_is_not_done_again(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(CLERK), address(case_id, "record_contact")
    form = Page((await client.get(path)).text).form({"_seen"})
    assert (await site.send(client, path, form, as_typed("record_contact", **CALL))).status_code == 200
    other = await site.send(client, path, form, as_typed("record_contact", **CALL | {"note": "下午又打了一次。"}))
    assert other.status_code == 409
    assert "刚才已经提交并办理过" in other.text
    assert "下午又打了一次。" in other.text
    assert (await events(site, case_id)).count("record_contact") == 1
    fresh = Page(other.text).form({"_seen"})
    assert fresh.value("request_key") != form.value("request_key")
    assert (await site.send(client, path, fresh, {})).status_code == 200
    assert (await events(site, case_id)).count("record_contact") == 2


async def test_a_stale_page_tells_who_did_what_and_keeps_what_was_typed(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(CLERK), address(case_id, "record_contact")
    form = Page((await client.get(path)).text).form({"_seen"})
    await site.api.step(HELPER, case_id, "services", {"member": "M1", "kind": "guidance", "on": DAY})
    stale = await site.send(client, path, form, as_typed("record_contact", **CALL))
    assert stale.status_code == 409
    assert "还没有办理" in stale.text
    assert "记录职业指导或培训信息" in stale.text
    assert HELPER in stale.text
    assert CALL["note"] in stale.text
    assert "核对后仍要提交" in stale.text
    assert "record_contact" not in await events(site, case_id)
    done = await site.send(client, path, Page(stale.text).form({"_seen"}), {})
    assert str(done.url).split("?")[0].endswith("/done")


async def test_of_two_people_at_one_step_the_second_learns_who_was_first(desk_site: DeskSite) -> None:
    site = desk_site
    case_id = await site.api.open()
    forms = {}
    for account in (CLERK, CLERK_2):
        client = await site.visit(account)
        forms[account] = Page((await client.get(address(case_id, "accept_application"))).text).form({"_confirmed"})
    clients = [await site.visit(account) for account in forms]
    path = address(case_id, "accept_application")
    sent = (site.send(client, path, form, {}) for client, form in zip(clients, forms.values(), strict=True))
    answers = await asyncio.gather(*sent)
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await events(site, case_id)).count("accept_application") == 1
    loser = next(answer for answer in answers if answer.status_code == 409)
    winner = CLERK if loser is answers[1] else CLERK_2
    assert "受理申请" in loser.text
    assert winner in loser.text, words_of(loser)


async def test_a_look_ahead_is_old_when_the_case_moves_on(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    shown = await typed_into(site, CLERK, case_id, "propose_exit", reason="voluntary", statement="本人自愿。")
    await site.api.step(HELPER, case_id, "services", {"member": "M1", "kind": "guidance", "on": DAY})
    old = await confirm(site, CLERK, shown)
    assert old.status_code == 409
    assert "本人自愿。" in old.text
    client = await site.visit(CLERK)
    ahead = await site.send(client, address(case_id, "propose_exit"), Page(old.text).form({"_seen"}), {})
    assert "确认办理" in ahead.text
    assert str((await confirm(site, CLERK, ahead)).url).split("?")[0].endswith("/done")


async def test_with_the_engine_away_nothing_is_lost_and_the_same_form_goes_through_later(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, path = await site.visit(CLERK), address(case_id, "record_contact")
    form = Page((await client.get(path)).text).form({"_seen"})
    url = f"sqlite:///{site.api.home / 'record.db'}"
    typed = dict(form.filled(dict(as_typed("record_contact", **CALL))))
    async with serving(configured(NOWHERE, url, site.api.home)) as base:
        cookies = {c.name: c.value or "" for c in client.cookies.jar}
        async with httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, cookies=cookies) as away:
            answer = await away.post(path, data=typed)
            assert answer.status_code == 503, answer.text
            assert answer.headers["retry-after"]
            assert CALL["note"] in answer.text
            again = Page(answer.text).form({"_seen"})
            assert again.value("request_key") == form.value("request_key")
            assert (await away.get(path)).status_code == 200, "reading works meanwhile"
    assert "record_contact" not in await events(site, case_id)
    assert (await site.send(client, path, again, {})).status_code == 200
    assert (await events(site, case_id)).count("record_contact") == 1


async def test_while_the_record_is_written_the_page_looks_again_by_itself(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.assisted()
    client, key = await site.visit(CLERK), uuid4().hex
    waiting = f"{address(case_id, 'record_contact')}/waiting?key={key}"
    answer = await client.get(waiting)
    assert answer.status_code == 202
    assert answer.headers["refresh"] == "2"
    assert "不要另填一张新表" in answer.text
    call = {**CALL, "number_verified": False}
    assert (await site.api.post(CLERK, f"{CASES}/{case_id}/contacts", call, key)).status_code == 201
    answer = await client.get(waiting)
    assert answer.status_code == 303
    assert "/done?seq=" in answer.headers["location"]
    other = await site.visit(HELPER)
    assert (await other.get(waiting)).status_code == 202, "somebody else's request stays unknown"


async def test_who_comes_second_is_told_by_whom_and_offered_only_what_can_be_taken(desk_site: DeskSite) -> None:
    site, case_id = desk_site, await desk_site.api.open()
    await site.api.step(CLERK, case_id, "acceptances", {})
    second = await (await site.visit(CLERK_2)).get(address(case_id, "accept_application"))
    assert second.status_code == 409
    shown = Page(second.text)
    assert "这一步上次办理" in shown.text
    assert CLERK in shown.text
    assert address(case_id, "record_visit") in shown.links
    for impossible in ("post_publicity", "record_job_loss", "reject_objection", "record_supplement"):
        assert address(case_id, impossible) not in shown.links
    early = await (await site.visit(CLERK)).get(address(case_id, "record_supplement"))
    assert early.status_code == 200
    assert "没有等待中的补正" in early.text, "said before anything is typed"
