"""A survey round over HTTP: opened, walked by a helper, told by page and by sheet, covered, closed."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import openpyxl

from casework.times import local_date
from records.household_pages import views_of
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.register.households import kept, known
from tests.fresh_names import fresh
from tests.installation import CLERK, ELSEWHERE, HELPER, OFFICE, SUPERVISOR, resident_id

NEW = "/register/rounds/new"


def today() -> str:
    return local_date(datetime.now(UTC)).isoformat()


async def opened(site: DeskSite, community: str, who: str = HELPER, account: str = CLERK) -> str:
    """Open a round of one community through the form; return its path."""
    visitor = await site.visit(account)
    page = Page((await visitor.get(f"{NEW}?office={OFFICE}")).text)
    form = page.form({"title"}, NEW)
    place = next((n for n, value in form.fields if n.startswith("community-") and value == community), None)
    fields = {"title": f"摸底{fresh(5)}", "first_on": today(), "last_on": today(), "free_lines": "2"}
    fields |= {f"who-{place}": who} if place else {"other-0": community, "who-other-0": who}
    answer = await site.send(visitor, f"{NEW}?office={OFFICE}", form, fields)
    assert answer.status_code == 200, answer.text
    path = urlsplit(str(answer.url)).path
    assert path != NEW, answer.text
    return path


def visit_links(page: Page) -> list[str]:
    return [link for link in page.links if link.startswith("/register/visits/")]


async def the_visit(site: DeskSite, path: str) -> str:
    clerk = await site.visit(CLERK)
    return visit_links(await site.page(clerk, f"{path}/visits"))[0]


async def test_a_helper_walks_its_own_list_and_nobody_elses(desk_site: DeskSite) -> None:
    one = known()
    kept(desk_site.api.record, one)
    path = await opened(desk_site, one.community)
    visit = await the_visit(desk_site, path)
    helper = await desk_site.visit(HELPER)
    assert visit in visit_links(await desk_site.page(helper, "/register/visits"))
    page = await desk_site.page(helper, visit)
    assert "欧阳普查" not in page.text
    shown = await desk_site.submit(helper, visit, {}, action="/look")
    assert "欧阳普查" in shown.text
    assert "普查街7号" in shown.text
    told = await desk_site.submit(
        helper, visit, {"state": "nobody", "visited_on": today(), "note": "敲门无人"}, action=visit
    )
    assert "走访结果已登记" in told.text
    covered = await desk_site.page(await desk_site.visit(SUPERVISOR), path)
    assert "0%" in covered.text
    await desk_site.submit(helper, visit, {"state": "found", "visited_on": today()}, action=visit)
    covered = await desk_site.page(await desk_site.visit(SUPERVISOR), path)
    assert "100%" in covered.text
    assert (await helper.get(path)).status_code == 403
    for stranger in (ELSEWHERE, f"hp-{OFFICE}-2"):
        assert (await (await desk_site.visit(stranger)).get(visit)).status_code == 404
    refused = await desk_site.submit(helper, visit, {"visited_on": "2099-01-01"}, action=visit)
    assert refused.status_code == 422


async def test_what_changed_is_judged_anew_and_a_new_household_becomes_an_application(desk_site: DeskSite) -> None:
    one = known(status="单位就业", wage_fen=400000)
    household_id = kept(desk_site.api.record, one)
    assert (one.outcome, one.watch) == ("not_eligible", None)
    path = await opened(desk_site, one.community)
    visit = await the_visit(desk_site, path)
    helper, clerk = await desk_site.visit(HELPER), await desk_site.visit(CLERK)
    wrong = await desk_site.submit(helper, f"{visit}/household", {"wage-2": "三千"}, action="/household")
    assert wrong.status_code == 422
    assert "月收入" in wrong.text
    changed = await desk_site.submit(
        helper, f"{visit}/household", {"status-2": "登记失业", "wage-2": "0"}, action="/household"
    )
    assert "情况有变" in changed.text
    assert "符合认定条件" in (await desk_site.page(clerk, f"/register/{household_id}")).text

    number = resident_id()
    typed = {"community": one.community, "name-1": "司马新", "id_number-1": number, "phone-1": "", "marital-1": "离异"}
    door = await desk_site.submit(helper, f"{path}/found", typed | {"community": "向阳街①号楼"}, action="/found")
    assert door.status_code == 422
    assert "只写到社区（村），不要写门牌" in door.text
    wide = await desk_site.submit(helper, f"{path}/found", typed | {"community": "㍿" * 20}, action="/found")
    assert (wide.status_code, "不超过60个字" in wide.text) == (422, True), "it is kept in four times as many characters"
    apart = {"community": f" {one.community[:2]}　{one.community[2:]} ", "status-1": "登记失业"}
    found = await desk_site.submit(helper, f"{path}/found", typed | apart, action="/found")
    assert "新发现" in found.text, found.text
    assert f"{one.community}，新发现" in found.text, "the community of the round, however it was typed"
    again = await desk_site.submit(helper, f"{path}/found", typed | {"status-1": "登记失业"}, action="/found")
    assert again.status_code == 422
    assert "已在普查底册" in again.text
    eligible = await desk_site.page(clerk, f"{path}/visits?what=eligible")
    assert len(visit_links(eligible)) == 2
    known_page = (await desk_site.submit(clerk, "/register", {"id_number": number}, action="/register")).url
    check = await desk_site.submit(clerk, urlsplit(str(known_page)).path, {}, action="/application")
    assert str(check.url).endswith("/check")
    assert "还没有填完" not in check.text


async def sheet_of(site: DeskSite, path: str) -> Any:
    clerk = await site.visit(CLERK)
    paper = await site.submit(clerk, path, {"person": "", "chosen": "核对申请材料"}, action="/paper")
    assert "欧阳普查" in paper.text
    file = await clerk.get(f"{path}/sheet.xlsx?person=all")
    assert file.status_code == 200
    return openpyxl.load_workbook(BytesIO(file.content))


def column(sheet: Any, name: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == name)


async def sent(site: DeskSite, path: str, book: Any) -> Any:
    content = BytesIO()
    book.save(content)
    files = {"sheet": ("走访.xlsx", content.getvalue(), "application/octet-stream")}
    return await site.submit(await site.visit(CLERK), path, {}, action="/uploads", files=files)


async def test_the_sheet_goes_out_prefilled_and_comes_back_whole_or_not_at_all(desk_site: DeskSite) -> None:
    community = f"普查{fresh(6)}社区"
    first, second = known(community=community), known(community=community)
    ids = [kept(desk_site.api.record, one) for one in (first, second)]
    path = await opened(desk_site, community)
    book = await sheet_of(desk_site, path)
    sheet = book.active
    day, number, result = (column(sheet, name) for name in ("调查日期", "户编号", "走访结果"))
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, number).value == first.number:
            sheet.cell(line, day).value = today()
        if sheet.cell(line, number).value == second.number:
            sheet.cell(line, result).value = "搬走"
    free = next(line for line in range(2, sheet.max_row + 1) if str(sheet.cell(line, number).value).startswith("新"))
    new = {"调查日期": today(), "户口簿号": "户9", "姓名": "司徒新", "与申请人关系": "本人", "身份证号": resident_id()}
    new |= {"户口性质": "城镇", "婚姻状况": "未婚", "共同生活": "是", "劳动能力": "有", "就业愿望": "有"}
    new |= {"就业失业状态": "登记失业", "月收入": "0", "经营性收入": "0", "投资性收入": "0"}
    new |= {"享受低保": "否", "享受失业保险": "否"}
    for name, value in new.items():
        sheet.cell(free, column(sheet, name)).value = value
    sheet.cell(free, column(sheet, "月收入")).value = "很多"
    wrong = await sent(desk_site, path, book)
    assert wrong.status_code == 422
    assert "没有导入任何一户" in wrong.text
    clerk = await desk_site.visit(CLERK)
    assert not visit_links(await desk_site.page(clerk, f"{path}/visits?state=settled"))
    sheet.cell(free, column(sheet, "月收入")).value = "0"
    place = column(sheet, "社区")
    here = sheet.cell(free, place).value
    sheet.cell(free, place).value = "江北路甲社区3号楼2单元"
    assert "要写明本轮走访的社区" in (await sent(desk_site, path, book)).text
    sheet.cell(free, place).value = here
    other, given = known(community="别的社区"), sheet.cell(free, number).value
    other_id = kept(desk_site.api.record, other)
    sheet.cell(free, number).value = other.number
    assert "已有这个户编号" in (await sent(desk_site, path, book)).text
    assert "司徒" not in (await desk_site.page(clerk, f"/register/{other_id}")).text
    sheet.cell(free, number).value = given
    taken = await sent(desk_site, path, book)
    assert "见到 1 户，没有见到 1 户，新发现 1 户" in taken.text
    assert len(visit_links(await desk_site.page(clerk, f"{path}/visits?state=settled"))) == 3
    assert len(visit_links(await desk_site.page(clerk, f"{path}/visits?state=moved"))) == 1
    assert "更新次数" in (await desk_site.page(clerk, f"/register/{ids[0]}")).text
    again = await sent(desk_site, path, book)
    assert "新发现 0 户" in again.text


async def test_the_paper_is_shown_after_a_reason_only_and_a_closed_round_takes_nothing(desk_site: DeskSite) -> None:
    one = known()
    kept(desk_site.api.record, one)
    path = await opened(desk_site, one.community)
    visit = await the_visit(desk_site, path)
    clerk = await desk_site.visit(CLERK)
    for file in ("paper", "sheet.xlsx"):
        turned = await clerk.get(f"{path}/{file}")
        assert (turned.status_code, turned.headers["location"]) == (303, path)
    assert (await (await desk_site.visit(SUPERVISOR)).get(f"{path}/paper")).status_code == 403
    unsure = await desk_site.submit(clerk, path, {}, action="/close")
    assert unsure.status_code == 422
    closed = await desk_site.submit(clerk, path, {"sure": "yes"}, action="/close")
    assert "已结束" in closed.text
    helper = await desk_site.visit(HELPER)
    assert visit not in visit_links(await desk_site.page(helper, "/register/visits"))
    assert "不能再登记结果" in (await desk_site.page(helper, visit)).text


async def test_the_paper_of_everybody_is_logged_however_everybody_is_written(desk_site: DeskSite) -> None:
    one = known()
    household_id = kept(desk_site.api.record, one)
    path = await opened(desk_site, one.community)
    clerk = await desk_site.visit(CLERK)
    form = (await desk_site.page(clerk, path)).form({"person"}, "/paper")
    form.choices.pop("person")  # what the page does not offer, and anybody may send
    answer = await desk_site.send(clerk, path, form, {"person": "all", "chosen": "核对申请材料"})
    assert one.persons[0].name in answer.text
    with desk_site.api.record.read() as work:
        assert [view.account for view in views_of(work, household_id)] == [CLERK]


async def test_a_round_that_cannot_be_opened_says_why(desk_site: DeskSite) -> None:
    clerk = await desk_site.visit(CLERK)
    page = f"{NEW}?office={OFFICE}"
    fields = {"title": "", "first_on": today(), "last_on": "2020-01-01", "free_lines": "9999"}
    answer = await desk_site.submit(clerk, page, fields, action=NEW)
    assert answer.status_code == 422
    for words in ("请填写本轮名称", "请至少为一个社区选择走访人"):
        assert words in answer.text
    fields = {"title": "试", "first_on": today(), "last_on": "2020-01-01", "other-0": "新社区", "who-other-0": HELPER}
    answer = await desk_site.submit(clerk, page, fields, action=NEW)
    assert "最后一日不能早于第一日" in answer.text
    twice = fields | {"other-1": "新　社区", "who-other-1": f"hp-{OFFICE}-2"}
    answer = await desk_site.submit(clerk, page, twice, action=NEW)
    assert "新社区已在上面选了另一位走访人" in answer.text
    door = fields | {"last_on": today(), "other-0": "向阳街3号楼"}
    answer = await desk_site.submit(clerk, page, door, action=NEW)
    assert "只写到社区（村），不要写门牌" in answer.text
