"""Visits handed over: one household, a community, an absent helper's list; and one survey of a whole area."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from casework.states import Role
from casework.times import local_date
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.register.households import kept, known
from tests.console.register.test_rounds import NEW, opened, the_visit, today, visit_links
from tests.fresh_names import fresh
from tests.installation import CLERK, HELPER, OFFICE, SUPERVISOR

ABSENCES = "/api/v1/absences"


async def test_one_household_and_a_community_are_handed_over(desk_site: DeskSite) -> None:
    first, second = known(), known()
    kept(desk_site.api.record, first)
    kept(desk_site.api.record, replace(second, community=first.community))
    path = await opened(desk_site, first.community)
    other = await staff(desk_site.api, Role.HELPER, OFFICE)
    clerk, helper, new = [await desk_site.visit(who) for who in (CLERK, HELPER, other)]
    one, rest = visit_links(await desk_site.page(clerk, f"{path}/visits"))[:2]
    assert "改派" not in (await desk_site.page(helper, one)).text
    assert (await new.get(one)).status_code == 404
    handed = await desk_site.submit(clerk, one, {"to": other}, action="/hand-over")
    assert handed.status_code == 200, handed.text
    assert (await new.get(one)).status_code == 200
    assert one in visit_links(await desk_site.page(new, "/register/visits"))
    assert one not in visit_links(await desk_site.page(helper, "/register/visits"))
    assert "改派给您走访" in (await new.get("/inbox")).text

    await desk_site.submit(new, one, {"state": "found", "visited_on": today()}, action=one)
    assert "改派给别人走访" not in (await desk_site.page(clerk, one)).text, "who was visited is not handed over"
    back = await desk_site.submit(clerk, path, {"community": first.community, "to": other}, action="/hand-over")
    assert back.status_code == 200, back.text
    assert rest in visit_links(await desk_site.page(new, "/register/visits"))
    assert rest not in visit_links(await desk_site.page(helper, "/register/visits"))
    form = Page((await clerk.get(path)).text).form(set(), action="/hand-over")
    form.choices.clear()
    wrong = await desk_site.send(clerk, f"{path}/hand-over", form, {"community": first.community, "to": "nobody"})
    assert (wrong.status_code, "请从列表中选择" in wrong.text) == (422, True)


async def test_who_stands_in_has_the_absent_helpers_list(desk_site: DeskSite) -> None:
    one = known()
    kept(desk_site.api.record, one)
    away, substitute = [await staff(desk_site.api, Role.HELPER, OFFICE) for _ in range(2)]
    path = await opened(desk_site, one.community, away)
    visit = await the_visit(desk_site, path)
    stand_in = await desk_site.visit(substitute)
    assert (await stand_in.get(visit)).status_code == 404
    begins = local_date(datetime.now(UTC))
    body = {"substitute": substitute, "first": str(begins), "last": str(begins + timedelta(days=2)), "reason": "年休假"}
    entered = await desk_site.api.post(away, ABSENCES, body)
    assert entered.status_code == 201, entered.text
    listed = await desk_site.page(stand_in, "/register/visits")
    assert visit in visit_links(listed)
    assert "，代 " in listed.text
    told = await desk_site.submit(stand_in, visit, {"state": "found", "visited_on": today()}, action=visit)
    assert "走访结果已登记" in told.text


async def test_a_whole_area_is_surveyed_with_a_round_for_every_office(desk_site: DeskSite) -> None:
    kept(desk_site.api.record, known())
    await staff(desk_site.api, Role.CASEWORKER, f"{OFFICE[:6]}009")
    supervisor, clerk = await desk_site.visit(SUPERVISOR), await desk_site.visit(CLERK)
    title = f"全辖区{fresh(6)}"
    assert "全部" in (await supervisor.get(NEW)).text
    fields = {"title": title, "first_on": today(), "last_on": today(), "free_lines": "2"}
    form = Page((await supervisor.get(f"{NEW}?office=all")).text).form({"title"}, NEW)
    done = await desk_site.send(supervisor, f"{NEW}?office=all", form, fields)
    again = await desk_site.send(supervisor, f"{NEW}?office=all", form, fields)
    for answer in (done, again):
        assert "全辖区走访已开轮" in answer.text, answer.text
    assert f"{title}（" in done.text
    assert "个机构合计）" in done.text
    assert done.text.count(f">{title}</a>") == again.text.count(f">{title}</a>") >= 2, (
        "the same form opens nothing twice"
    )
    assert (await clerk.get("/register/rounds")).text.count(f">{title}</a>") == 1
    form = Page((await clerk.get(f"{NEW}?office={OFFICE}")).text).form({"title"}, NEW)
    stranger = await desk_site.send(clerk, NEW, form, fields | {"office": "all"})
    assert title not in stranger.text or stranger.status_code == 200
