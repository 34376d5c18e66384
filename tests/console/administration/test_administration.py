"""What an administrator does through the pages: accounts, offices, absences, policies, calendar, notices, health."""

import re
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from casework.states import Role
from casework.times import local_date
from records.accounts import account_of
from records.offices import office_for
from tests.api.test_absences import staff
from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.pages_read import Page
from tests.fresh_names import fresh
from tests.installation import ELSEWHERE, OFFICE

pytestmark = pytest.mark.engine

PATHS = ("", "/people", "/people/new", "/offices", "/absences", "/policies", "/calendars", "/notices", "/health")


@pytest.fixture(scope="module")
async def administrator(desk_site: DeskSite) -> httpx2.AsyncClient:
    """An administrator of one county."""
    return await desk_site.visit(await staff(desk_site.api, Role.ADMINISTRATOR, "220302"))


async def made(site: DeskSite, admin: httpx2.AsyncClient, **more: str) -> str:
    account = f"p-{fresh(10)}"
    fields = {
        "account": account,
        "name": "王新来",
        "role": "helper",
        "area": OFFICE,
        "phone": "19900000123",
        "password": "first-secret-1",
    }
    answer = await site.submit(admin, "/administration/people/new", fields | more)
    assert "账号已建立" in answer.text, answer.text
    assert "19900000123" not in answer.text
    assert "first-secret-1" not in answer.text
    return account


async def test_an_account_is_made_used_reset_and_closed(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    account = await made(desk_site, administrator)
    newcomer = await desk_site.signed_in(account, "first-secret-1")
    assert str((await newcomer.get("/", follow_redirects=True)).url).endswith("/account/password")
    listed = await desk_site.whole_list(administrator, f"/administration/people?role=helper&area={OFFICE}")
    assert account in listed.text
    assert account not in (await desk_site.whole_list(administrator, "/administration/people?role=reviewer")).text
    exported = await administrator.get(f"/administration/people/export.csv?role=helper&area={OFFICE}")
    assert account in exported.content.decode("utf-8-sig")

    here = f"/administration/people/of/{account}"
    reset = await desk_site.submit(administrator, here, {"password": "second-secret"}, action="/password")
    assert "初始密码已设置" in reset.text
    assert (await newcomer.get("/account/password")).status_code == 303
    short = await desk_site.submit(administrator, here, {"password": "short"}, action="/password")
    assert short.status_code == 422
    done = await desk_site.submit(administrator, f"{here}/close", {}, action="/close")
    assert "账号已停用" in done.text
    async with desk_site.stranger() as client:
        late = await desk_site.submit(client, "/sign-in", {"account": account, "password": "second-secret"})
    assert "账号或密码不正确" in late.text
    assert account in (await desk_site.whole_list(administrator, "/administration/people?closed=1")).text
    await newcomer.aclose()


async def test_a_wrong_account_is_refused_field_by_field(
    desk_site: DeskSite, administrator: httpx2.AsyncClient
) -> None:
    wrong = {"account": "Wang 新", "name": "", "area": "吉林", "phone": "123", "password": "short"}
    answer = await desk_site.submit(administrator, "/administration/people/new", wrong)
    assert answer.status_code == 422
    for field in ("account", "name", "role", "area", "phone", "password"):
        assert f'href="#{field}"' in answer.text
    assert "Wang 新" in answer.text
    outside = wrong | {
        "account": f"p-{fresh(10)}",
        "name": "王新来",
        "role": "helper",
        "area": "220102001",
        "phone": "",
        "password": "first-secret-1",
    }
    answer = await desk_site.submit(administrator, "/administration/people/new", outside)
    assert 'href="#area"' in answer.text
    assert "只能建立本辖区内的账号" in answer.text


async def test_a_helper_with_households_is_not_closed(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    helper = await staff(desk_site.api, Role.HELPER)
    case_id = await desk_site.api.assisted()
    reason = {"helper": helper, "reason": "原责任人调离，改由本人负责"}
    answer = await desk_site.api.post(f"cw-{OFFICE}-1", f"/api/v1/cases/{case_id}/helpers", reason)
    assert answer.status_code == 201, answer.text
    answer = await desk_site.submit(administrator, f"/administration/people/of/{helper}/close", {}, action="/close")
    assert answer.status_code == 422
    assert case_id in answer.text


async def test_people_of_another_area_are_not_there(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    elsewhere = await staff(desk_site.api, Role.HELPER, "220102001")
    for path in (f"/administration/people/of/{elsewhere}", f"/administration/people/of/{elsewhere}/close"):
        assert (await administrator.get(path)).status_code == 404
    assert elsewhere not in (await desk_site.whole_list(administrator, "/administration/people?role=helper")).text


async def test_an_office_is_named_for_the_public(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    fields = {"office": "220302007", "name": "铁西区第七街道公共就业服务站", "phone": "0434-3200007"}
    answer = await desk_site.submit(administrator, "/administration/offices", fields)
    assert "铁西区第七街道公共就业服务站" in answer.text
    with desk_site.api.record.read() as work:
        found = office_for(work, "220302007")
    assert found is not None
    assert found.phone == "0434-3200007"
    for wrong, field in (
        ({"office": "220102001"}, "office"),
        ({"office": "22030200"}, "office"),
        ({"name": ""}, "name"),
        ({"phone": "打电话"}, "phone"),
    ):
        answer = await desk_site.submit(administrator, "/administration/offices", fields | wrong)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text


async def test_an_absence_is_entered_for_a_colleague(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    one, other = await staff(desk_site.api, Role.HELPER), await staff(desk_site.api, Role.HELPER)
    today = local_date(datetime.now(UTC))
    fields = {
        "account": one,
        "substitute": other,
        "first": today.isoformat(),
        "last": (today + timedelta(days=4)).isoformat(),
        "reason": "住院",
    }
    answer = await desk_site.submit(administrator, "/administration/absences", fields)
    assert one in answer.text
    assert "住院" in answer.text
    again = await desk_site.submit(administrator, "/administration/absences", fields)
    assert again.status_code == 422
    nobody = await desk_site.submit(administrator, "/administration/absences", fields | {"account": "nobody-here"})
    assert nobody.status_code == 422


async def test_policies_are_read_compared_and_tried(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    listed = (await administrator.get("/administration/policies")).text
    labels = re.findall(r'/administration/policies/read/([^"]+)"', listed)
    assert len(labels) >= 3
    for label in labels:
        read = (await administrator.get(f"/administration/policies/read/{label}")).text
        assert read.count("依据：") > 50
    jilin = next(label for label in labels if label.startswith("jilin-2021@"))
    liaoning = next(label for label in labels if label.startswith("liaoning-2006@"))
    compared = await administrator.get(f"/administration/policies/compare?before={jilin}&after={liaoning}")
    assert "→" in compared.text
    same = await administrator.get(f"/administration/policies/compare?before={jilin}&after={jilin}")
    assert "完全相同" in same.text
    trial = await administrator.get(f"/administration/policies/trial/{jilin}")
    assert "什么也没有写入" in trial.text
    assert (await administrator.get("/administration/policies/read/nowhere@1")).status_code == 404


async def test_a_schedule_is_tried_before_it_is_imported(
    desk_site: DeskSite, administrator: httpx2.AsyncClient
) -> None:
    text = (
        'year = 2031\nsource = "试行安排（演练）"\nissued = 2030-11-05\n'
        'holidays = [{ name = "元旦", first = 2031-01-01, last = 2031-01-01 }]\nworkdays = []\n'
    )
    page = "/administration/calendars"
    await desk_site.api.open(ELSEWHERE)
    wrong = await desk_site.submit(administrator, page, {"content": "year = 2031\nholidays = 7"})
    assert wrong.status_code == 422
    assert "year = 2031" in wrong.text
    empty = await desk_site.submit(administrator, page, {"content": "  "})
    assert empty.status_code == 422
    before = (await administrator.get(page)).text
    tried = await desk_site.submit(administrator, page, {"content": text})
    assert "有变化的日子" in tried.text
    assert "2031年" not in before
    assert "2031年" not in (await administrator.get(page)).text
    form = Page(tried.text).form({"content"})
    refused = await desk_site.send(administrator, page, form, {"content": text, "import": "yes"})
    assert refused.status_code == 422
    assert "辖区以外" in refused.text


async def test_a_name_and_a_phone_can_be_corrected(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    account = await made(desk_site, administrator)
    page, action = f"/administration/people/of/{account}", "/words"
    wrong = await desk_site.submit(administrator, page, {"name": "王改名", "phone": "1990000"}, action=action)
    assert wrong.status_code == 422
    assert "手机号应为11位" in wrong.text
    assert 'value="王改名"' in wrong.text
    for unseen in ("王改\u202e名", "王改\u200b名"):
        refused = await desk_site.submit(administrator, page, {"name": unseen}, action=action)
        assert (refused.status_code, "看不见的字符" in refused.text) == (422, True)
    right = await desk_site.submit(
        administrator, page, {"name": "王改名", "phone": "＋86 199-0000-0456"}, action=action
    )
    assert "姓名、手机号已保存" in right.text
    kept = await desk_site.submit(administrator, page, {"name": "王再改", "phone": ""}, action=action)
    assert "19900000456" not in kept.text
    with desk_site.api.record.read() as work:
        person = account_of(work, account)
    assert person is not None
    assert (person.name, person.phone, person.role, person.area) == ("王再改", "19900000456", Role.HELPER, OFFICE)


async def test_every_notice_can_be_read(desk_site: DeskSite, administrator: httpx2.AsyncClient) -> None:
    listed = (await administrator.get("/administration/notices")).text
    names = re.findall(r'/administration/notices/([a-z_]+)"', listed)
    assert len(names) > 40
    shown = (await administrator.get(f"/administration/notices/{names[0]}")).text
    assert "谁收到" in shown
    assert (await administrator.get("/administration/notices/never_heard_of")).status_code == 404


async def test_only_those_in_charge_see_these_pages(desk_site: DeskSite) -> None:
    caseworker = await desk_site.visit(f"cw-{OFFICE}-1")
    for path in PATHS:
        assert (await caseworker.get(f"/administration{path}")).status_code == 403


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_pages_of_the_administration_are_in_order(
    open_page: OpenPage, desk_site: DeskSite, width: int
) -> None:
    account = await staff(desk_site.api, Role.ADMINISTRATOR, "220302")
    page = await open_page(account, width, "/administration")
    person = await staff(desk_site.api, Role.HELPER)
    more = (
        f"/people/of/{person}",
        f"/people/of/{person}/close",
        "/policies/read/jilin-2021@1",
        "/policies/compare?before=jilin-2021@1&after=liaoning-2006@1",
        "/policies/trial/jilin-2021@1",
        "/notices/certified",
    )
    for path in (*PATHS, *more):
        await page.goto(f"/administration{path}")
        await in_order(page)
