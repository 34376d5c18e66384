"""Case stories on their pages: made from a case, checked, published by another person, found, taken down (L8)."""

import re

import pytest

from casework.states import Role
from records.scope import Scope
from records.story_sources import source_of
from register.story_check import found_in
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.fresh_names import fresh
from tests.installation import CLERK, CLERK_2, HELPER, OFFICE, SUPERVISOR, member

pytestmark = pytest.mark.engine

NAME = "欧阳桂兰"
PROVINCE = "sv-220000"


async def made(site: DeskSite, account: str = CLERK) -> tuple[str, str]:
    """Make a story and return the case and the address of the story."""
    case_id = await site.api.assisted(members=[member(name=NAME)])
    answer = await site.submit(await site.visit(account), f"/stories/new?case_id={case_id}", {}, action="/stories/new")
    here = answer.url.path
    assert re.fullmatch(r"/stories/of/[0-9a-f-]{36}", here)
    return case_id, here


async def test_nothing_of_the_case_is_in_its_story_and_another_person_publishes_it(desk_site: DeskSite) -> None:
    case_id, here = await made(desk_site)
    client, other = await desk_site.visit(CLERK), await desk_site.visit(SUPERVISOR)
    file = await client.get(f"{here}/file.md")
    assert file.headers["content-type"].startswith("text/markdown")
    with desk_site.api.record.read() as work:
        source = source_of(work, Scope(CLERK, Role.CASEWORKER, OFFICE), case_id)
    assert source is not None
    assert NAME in source.originals.names
    assert found_in(file.text, source.originals) == ()
    leak = {"title": "一篇案例", "comment": f"{NAME}一家很不容易。"}
    refused = await desk_site.submit(client, here, leak)
    assert refused.status_code == 422
    assert "有本案的真实信息（姓名）" in refused.text
    day = max(source.originals.days)
    dated = {"title": "一篇案例", "comment": f"{day.year}年{day.month}月{day.day}日起有了变化。"}
    assert "日期" in (await desk_site.submit(client, here, dated)).text
    title = f"点对点推荐的做法{fresh()}"
    kept = await desk_site.submit(client, here, {"title": title, "comment": "先问愿望，再荐岗位。"})
    assert "先问愿望，再荐岗位。" in kept.text
    assert title not in (await desk_site.whole_list(client, "/stories")).text
    published = await desk_site.submit(other, here, {}, action="/publish")
    assert "已入库" in published.text
    page = Page((await client.get(here)).text)
    assert case_id not in page.text
    stranger = await desk_site.visit(await staff(desk_site.api, Role.CASEWORKER, "220102001"))
    assert title in (await desk_site.whole_list(stranger, "/stories?channel=none&outcome=helping")).text
    assert title not in (await desk_site.whole_list(stranger, "/stories?channel=employer")).text
    found = await desk_site.submit(stranger, "/stories", {"sought": "先问愿望 点对点推荐"})
    assert title in found.text
    assert title not in (await desk_site.submit(stranger, "/stories", {"sought": "没有这样的词"})).text
    down = await desk_site.submit(other, here, {"reason": "案例已过时"}, action="/withdraw")
    assert "未采用或已下架" in down.text
    assert (await stranger.get(here)).status_code == 404


async def test_who_made_it_does_not_publish_it_and_drafts_stay_at_the_desk(desk_site: DeskSite) -> None:
    _, here = await made(desk_site, SUPERVISOR)
    client = await desk_site.visit(SUPERVISOR)
    own = Page((await client.get(here)).text)
    assert "须由没有参与写作的督导人员核对入库" in own.text
    assert not [form for form in own.forms if form.action.endswith("/publish")]
    for account in (HELPER, await staff(desk_site.api, Role.SUPERVISOR, "220100")):
        assert (await (await desk_site.visit(account)).get(here)).status_code == 404
    assert (await (await desk_site.visit(CLERK_2)).get(here)).status_code == 200
    assert "已入库" in (await desk_site.submit(await desk_site.visit(PROVINCE), here, {}, action="/publish")).text


async def test_who_amended_it_does_not_publish_it_either(desk_site: DeskSite) -> None:
    _, here = await made(desk_site)
    supervisor, province = await desk_site.visit(SUPERVISOR), await desk_site.visit(PROVINCE)
    publishing = Page((await supervisor.get(here)).text).form(set(), action="/publish")
    title = f"点对点推荐的做法{fresh()}"
    assert "修改过" in (await desk_site.submit(supervisor, here, {"title": title, "comment": "先问愿望。"})).text
    page = await supervisor.get(here)
    assert "须由没有参与写作的督导人员核对入库" in page.text
    assert 'action="' + here + '/publish"' not in page.text
    refused = await desk_site.send(supervisor, f"{here}/publish", publishing, {})
    assert refused.status_code == 422
    assert "您修改过这篇案例" in refused.text
    assert "已入库" in (await desk_site.submit(province, here, {}, action="/publish")).text


async def test_what_is_typed_must_not_tell_whose_case_it_is(desk_site: DeskSite) -> None:
    _, here = await made(desk_site)
    client = await desk_site.visit(CLERK)
    for comment, kind in (
        ("老欧阳一家很不容易。", "姓名"),
        ("桂兰先去试工。", "姓名"),
        ("方案写的就是推荐保洁岗位；参加家政培训。", "个案中填写的文字"),
    ):
        refused = await desk_site.submit(client, here, {"title": "一篇案例", "comment": comment})
        assert refused.status_code == 422, comment
        said = refused.text.partition("真实信息（")[2].partition("）")[0]
        assert kind in said, (comment, said)
