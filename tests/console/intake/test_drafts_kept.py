"""Drafts at the counter over HTTP: nothing typed is lost, nobody else's is seen, two tabs and two colleagues."""

from tests.console.desk_site import DeskSite
from tests.console.intake.counter import ADULT, Counter, applicant, somebody
from tests.console.pages_read import Page
from tests.console.route_table import post
from tests.installation import CLERK, CLERK_2, ELSEWHERE, resident_id


async def test_wrong_values_are_kept_as_typed_and_marked(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    answer = await at.fill("person/m1", name="张3", id_number="220000", phone="12345")
    assert answer.status_code == 422
    for kept in ('value="张3"', 'value="220000"', 'value="12345"', 'href="#id_number"', "现为6位"):
        assert kept in answer.text
    again = await at.client.get(at.at("person/m1"))
    assert 'value="220000"' in again.text
    later = await at.fill("person/m1", go="later", name="张3", id_number="22000")
    assert later.status_code == 200
    assert str(later.url).endswith("/intake?done=saved")
    assert "张*" in later.text
    on = await at.client.get(at.at(), follow_redirects=True)
    assert str(on.url).endswith("/person/m1")
    assert 'value="22000"' in on.text
    check = (await at.client.get(at.at("check"))).text
    assert "提交受理”" in check
    assert "内容属实，提交受理" not in check
    assert f'href="{at.at("person/m1")}?back=check#id_number"' in check


async def test_two_tabs_the_second_learns_and_loses_nothing(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    one, two = [(await at.see("person/m1")).form({"name"}, at.at("person/m1")) for _ in range(2)]
    await desk_site.send(at.client, at.at("person/m1"), one, {**applicant(name="先存"), "go": "on"})
    late = await desk_site.send(at.client, at.at("person/m1"), two, {**applicant(name="后存"), "go": "on"})
    assert late.status_code == 409
    assert 'value="后存"' in late.text
    assert "先存" in late.text
    assert "这一页在您打开之后又保存过" in late.text
    over = Page(late.text).form({"name"}, at.at("person/m1"))
    done = await desk_site.send(at.client, at.at("person/m1"), over, {"go": "on"})
    assert str(done.url).endswith(at.at("work/m1"))
    assert 'value="后存"' in (await at.client.get(at.at("person/m1"))).text


async def test_two_tabs_may_add_two_people(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household()
    one, two = [(await at.see("person/m2")).form({"name"}, at.at("person/m2")) for _ in range(2)]
    await desk_site.send(at.client, at.at("person/m2"), one, {**somebody(name="李一"), "go": "on"})
    late = await desk_site.send(at.client, at.at("person/m2"), two, {**somebody(name="李二"), "go": "on"})
    assert late.status_code == 409
    both = Page(late.text).form({"name"}, at.at("person/m2"))
    await desk_site.send(at.client, at.at("person/m2"), both, {"go": "another"})
    text = (await at.see("members")).text
    assert "李一" in text
    assert "李二" in text


async def test_somebody_is_taken_out_after_a_question(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.household(somebody(name="误加"))
    assert "误加" in (await at.see("person/m2/remove")).text
    await at.press("person/m2/remove")
    assert "误加" not in (await at.see("members")).text
    await at.see("person/m2/remove", status=404)
    await at.see("person/m2", status=404)
    assert at.at("person/m3") in (await at.see("members")).links
    await at.see("person/m1/remove", status=404)
    await at.see("work/m9", status=404)


async def test_drafts_of_another_office_are_not_there(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.filled("person/m1", **applicant())
    stranger = await desk_site.visit(ELSEWHERE)
    pages = ("", "home", "person/m1", "work/m1", "members", "family", "duplicates", "check", "done", "discard",
             "take-over", "monitoring", "person/m1/remove")  # fmt: skip
    for page in pages:
        answer = await stranger.get(at.at(page), follow_redirects=True)
        assert answer.status_code == 404, page
    for page in ("home", "person/m1", "work/m1", "duplicates", "check", "discard", "take-over", "monitoring",
                 "person/m2/remove"):  # fmt: skip
        assert (await post(desk_site, stranger, at.at(page))).status_code == 404, page
    saved = await post(desk_site, stranger, at.at("autosave"), {"page": "person/m1", "name": "偷改"})
    assert "没有自动保存" in saved.text
    assert "偷改" not in (await at.client.get(at.at("person/m1"))).text


async def test_a_colleague_takes_a_draft_over(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    await at.filled("person/m1", **applicant(name="欧阳接"))
    colleague = Counter(desk_site, await desk_site.visit(CLERK_2), at.draft)
    seen = await colleague.client.get("/intake")
    assert "欧*" in seen.text
    assert "欧阳接" not in seen.text
    asked = await colleague.client.get(at.at("person/m1"), follow_redirects=True)
    assert str(asked.url).endswith("/take-over")
    refused = await post(desk_site, colleague.client, at.at("work/m1"), {**ADULT, "seen": "0", "go": "on"})
    assert refused.status_code == 409
    await colleague.press("take-over")
    assert 'value="欧阳接"' in (await colleague.client.get(at.at("person/m1"))).text
    late = await post(desk_site, at.client, at.at("work/m1"), {**ADULT, "seen": "0", "go": "on"})
    assert late.status_code == 409
    assert CLERK_2 in late.text
    with desk_site.api.record.read() as work:
        rows = work.connection.exec_driver_sql(f"SELECT * FROM draft_moves WHERE draft_id = '{at.draft}'").all()
    assert [(row.from_owner, row.to_owner) for row in rows] == [(CLERK, CLERK_2)]


async def test_a_draft_is_discarded_after_a_question(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    assert "不能恢复" in (await at.see("discard")).text
    answer = await at.press("discard")
    assert "已放弃并删除" in answer.text
    await at.see("person/m1", status=404)


async def test_a_half_filled_page_keeps_itself(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    form = (await at.see("person/m1")).form({"name"}, at.at("person/m1"))
    fields = {"page": "person/m1", "seen": form.value("seen"), "name": "张半"}
    answer = await post(desk_site, at.client, at.at("autosave"), fields)
    assert "已自动保存" in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert 'value="张半"' in (await at.client.get(at.at("person/m1"))).text
    other = await post(desk_site, at.client, at.at("autosave"), {**fields, "name": "别处"})
    assert "没有自动保存" in other.text
    assert 'value="张半"' in (await at.client.get(at.at("person/m1"))).text
    for page in ("sent", "reasons", "person/m7", "nonsense", ""):
        assert "没有自动保存" in (await post(desk_site, at.client, at.at("autosave"), {"page": page})).text


async def test_a_second_click_on_begin_is_one_draft(desk_site: DeskSite) -> None:
    client = await desk_site.visit(CLERK)
    page = await desk_site.page(client, "/intake")
    form = page.form({"request_key"}, "/intake")
    first = await desk_site.send(client, "/intake", form, {})
    second = await desk_site.send(client, "/intake", form, {})
    assert str(first.url) == str(second.url)


async def test_no_personal_data_stands_in_an_address_or_a_title(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    name, number = "诸葛题", resident_id()
    await at.household(name=name, id_number=number, phone="19900000888")
    for where in ("person/m1", "work/m1", "home", "members", "family", "duplicates", "check"):
        page = await at.see(where)
        for secret in (name, number, "19900000888"):
            assert secret not in page.title
            assert not [link for link in page.links if secret in link]
    listed = (await at.client.get("/intake")).text
    assert name not in listed
    assert number not in listed


async def test_an_expired_session_loses_nothing_typed(desk_site: DeskSite) -> None:
    at = await Counter.begin(desk_site, CLERK)
    page = await desk_site.signed_in(CLERK)
    path = at.at("person/m1")
    form = (await desk_site.page(page, path)).form({"name"}, path)
    page.cookies.delete("wanjia")
    refused = await desk_site.send(page, path, form, {"name": "过期", "go": "on"})
    assert refused.status_code == 401
    assert "填写的内容都在" in refused.text
    kept = Page(refused.text).form({"name"})
    assert kept.value("name") == "过期"
    signed_in = await desk_site.signed_in(CLERK)
    again = await desk_site.send(signed_in, path, kept, {})
    assert again.status_code == 403
    assert "请再提交一次" in again.text
    once_more = Page(again.text).form({"name"})
    saved = await desk_site.send(signed_in, path, once_more, {})
    assert saved.status_code == 422
    assert 'value="过期"' in (await signed_in.get(path)).text
    await page.aclose()
    await signed_in.aclose()
