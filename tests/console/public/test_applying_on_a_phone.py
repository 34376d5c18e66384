"""Applying online on a phone, where things go wrong: nothing that was typed or chosen is lost."""

import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.public import at_the_door as door
from tests.console.public.at_the_door import somebody
from tests.console.public.test_applying import Family
from tests.installation import OFFICE

pytestmark = pytest.mark.engine

PHONES = iter(f"199000{number:05d}" for number in range(80_000, 81_000))


async def test_a_file_that_was_chosen_is_kept_whichever_button_is_pressed(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        without = await family.fill("uploads", go="check")
        assert without.url.path == family.at("check")
        unnamed = await family.add("户口簿.jpg", door.JPEG, "")
        assert "刚才选的文件没有保存，请再选一次" in unnamed.text
        files = {"file": ("户口簿.jpg", door.JPEG, "image/jpeg")}
        on = await desk_site.submit(client, family.at("uploads"), {"label": "户口簿", "go": "check"}, files=files)
        assert on.url.path == family.at("check")
        assert "户口簿.jpg" in (await client.get(family.at("uploads"))).text


async def test_what_was_typed_outlives_the_phone_s_visit(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        shown_form = Page((await client.get(family.at("person/m1"))).text)
        sent = {"csrf": next(c for form in shown_form.forms if (c := form.value("csrf"))), "name": "端木久候"}
        name = next(cookie.name for cookie in client.cookies.jar if cookie.name.endswith("wanjia-phone"))
        client.cookies.delete(name)
        late = await client.post(family.at("person/m1"), data=sent, headers={"Origin": desk_site.base})
        assert late.status_code == 403
        kept = next(form for form in Page(late.text).forms if form.value("name") == "端木久候")
        await family.come_in()
        again = {"csrf": kept.value("csrf") or "", "name": kept.value("name") or ""}
        answer = await client.post(family.at("person/m1"), data=again, headers={"Origin": desk_site.base})
        assert "请填写公民身份号码" in answer.text
        assert "端木久候" in (await client.get("/apply/drafts")).text


async def test_where_nothing_was_typed_nothing_is_said_to_be_kept(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        forms = Page((await client.get("/apply/drafts")).text).forms
        sent = {"csrf": next(c for form in forms if (c := form.value("csrf")))}
        name = next(cookie.name for cookie in client.cookies.jar if cookie.name.endswith("wanjia-phone"))
        client.cookies.delete(name)
        late = await client.post("/apply/drafts", data=sent, headers={"Origin": desk_site.base})
    assert late.status_code == 403
    shown = Page(late.text)
    assert "/apply" in shown.links
    assert "请重新验证手机" in shown.text
    assert "内容都在" not in shown.text
    assert "再次提交" not in shown.text


async def test_offices_stand_under_their_county(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        text = (await client.get(family.at("home"))).text
    county, _, after = text.partition(f'<option value="{OFFICE}"')[0].rpartition('<optgroup label="')
    assert county
    assert "</optgroup>" not in after
