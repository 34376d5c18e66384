"""Everybody's own account: the password, the devices, the one-time codes, absences, what one did and looked at."""

import re
from datetime import UTC, datetime, timedelta

import httpx2
import pyotp
import pytest

from casework.states import Role
from casework.times import local_date
from records.second_factors import STEP
from tests.api.test_absences import staff
from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.installation import CLERK, HELPER, Installation

pytestmark = pytest.mark.engine


async def somebody(site: DeskSite, role: Role = Role.HELPER) -> str:
    return await staff(site.api, role)


async def turned_on(site: DeskSite, client: httpx2.AsyncClient) -> tuple[str, str]:
    """Turn the codes on with the code of the step before, so that the one of now is left; return the secret and it."""
    page = await client.get("/account/codes")
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)
    assert found
    secret = found[1].replace(" ", "")
    for _ in range(3):  # a new step may begin on the way, and the code is then one of too long ago
        code = pyotp.TOTP(secret).at(datetime.now(UTC) - timedelta(seconds=STEP))
        done = await site.submit(client, "/account/codes", {"code": code})
        if "动态码已开启" in done.text:
            return secret, code
    raise AssertionError(done.text)


async def test_a_new_password_ends_every_session(desk_site: DeskSite) -> None:
    account = await somebody(desk_site)
    here, there = await desk_site.signed_in(account), await desk_site.signed_in(account)
    password = desk_site.api.staff.password
    wrong = {"old_password": "not-this-one", "new_password": "a-new-secret-1", "repeated": "a-new-secret-1"}
    answer = await desk_site.submit(here, "/account/password", wrong)
    assert answer.status_code == 422
    assert "原密码不正确" in answer.text
    assert "a-new-secret-1" not in answer.text
    uneven = wrong | {"old_password": password, "repeated": "something else"}
    assert "两次填写的新密码不一样" in (await desk_site.submit(here, "/account/password", uneven)).text

    done = await desk_site.submit(here, "/account/password", wrong | {"old_password": password})

    assert "密码已修改" in done.text
    for client in (here, there):
        assert str((await client.get("/account", follow_redirects=True)).url).endswith("/sign-in?next=/account")
        await client.aclose()
    again = await desk_site.signed_in(account, "a-new-secret-1")
    await again.aclose()


async def test_a_device_can_be_ended_from_another(desk_site: DeskSite) -> None:
    account = await somebody(desk_site)
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"
    async with desk_site.stranger() as office:
        office.headers["User-Agent"] = agent
        await desk_site.submit(office, "/sign-in", {"account": account, "password": desk_site.api.staff.password})
        phone = await desk_site.signed_in(account)
        page = await desk_site.page(phone, "/account/sessions")
        text = (await phone.get("/account/sessions")).text
        assert "Windows电脑上的 Edge" in text
        assert agent not in text
        other = page.form({"session"}, "/end")
        await desk_site.send(phone, "/account/sessions", other, {"session": named(text)})
        assert (await office.get("/account")).status_code == 303
        assert (await phone.get("/account")).status_code == 200
        await phone.aclose()


def named(text: str) -> str:
    found = re.search(r'name="session" value="([0-9a-f]{16})"', text)
    assert found
    return found[1]


async def test_nobody_ends_the_session_of_somebody_else(desk_site: DeskSite) -> None:
    one, other = await somebody(desk_site), await somebody(desk_site)
    first, second, third = [await desk_site.signed_in(name) for name in (one, one, other)]
    text = (await first.get("/account/sessions")).text
    csrf = re.search(r'name="csrf" value="([^"]+)"', (await third.get("/account/sessions")).text)
    assert csrf
    answer = await third.post("/account/sessions/end", data={"csrf": csrf[1], "session": named(text)})
    assert answer.headers["location"] == "/account/sessions?ended=0"
    for client in (first, second, third):
        assert (await client.get("/account")).status_code == 200
        await client.aclose()


async def test_with_codes_on_the_password_alone_opens_nothing(desk_site: DeskSite) -> None:
    account = await somebody(desk_site)
    client = await desk_site.signed_in(account)
    secret, used_up = await turned_on(desk_site, client)
    right = {"account": account, "password": desk_site.api.staff.password}
    async with desk_site.stranger() as other:
        asked = await desk_site.submit(other, "/sign-in?next=/account", right)
        assert "填写动态码" in asked.text
        assert (await other.get("/account")).status_code == 303
        refused = await desk_site.submit(other, "/sign-in/code", {"code": "000000"})
        assert refused.status_code == 422
        assert "动态码不正确或已用过" in refused.text
        used = await desk_site.submit(other, "/sign-in/code", {"code": used_up})
        assert used.status_code == 422
        await desk_site.submit(other, "/sign-in/code", {"code": pyotp.TOTP(secret).now()})
        assert (await other.get("/account")).status_code == 200
        answer = await other.post("/api/v1/sessions", json=right)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "code_missing")
        wrong = await desk_site.submit(other, "/account/codes", {"password": "not-this-one"})
        assert "动态码没有关闭" in wrong.text
        off = await desk_site.submit(other, "/account/codes", {"password": desk_site.api.staff.password})
        assert "未开启" in (await other.get("/account")).text
        assert off.status_code == 200
    await client.aclose()


async def test_five_wrong_codes_lock_the_account(desk_site: DeskSite) -> None:
    account = await somebody(desk_site)
    client = await desk_site.signed_in(account)
    await turned_on(desk_site, client)
    await client.aclose()
    async with desk_site.stranger() as other:
        await desk_site.submit(other, "/sign-in", {"account": account, "password": desk_site.api.staff.password})
        answers = [await desk_site.submit(other, "/sign-in/code", {"code": "000000"}) for _ in range(5)]
        assert "账号已锁定15分钟" in answers[-1].text
        late = await desk_site.submit(other, "/sign-in", {"account": account, "password": desk_site.api.staff.password})
        assert "已锁定" in late.text


async def test_the_right_password_buys_no_more_guesses_at_the_code(desk_site: DeskSite) -> None:
    account = await somebody(desk_site)
    client = await desk_site.signed_in(account)
    secret, _ = await turned_on(desk_site, client)
    await client.aclose()
    right = {"account": account, "password": desk_site.api.staff.password}
    async with desk_site.stranger() as one, desk_site.stranger() as other:
        for browser in (one, other):
            await desk_site.submit(browser, "/sign-in", right)
        for _ in range(4):
            assert "动态码不正确" in (await desk_site.submit(one, "/sign-in/code", {"code": "000000"})).text
        await desk_site.submit(one, "/sign-in", right)
        last = await desk_site.submit(one, "/sign-in/code", {"code": "000000"})
        assert "账号已锁定15分钟" in last.text
        late = await desk_site.submit(other, "/sign-in/code", {"code": pyotp.TOTP(secret).now()})
        assert "账号已锁定15分钟" in late.text
        assert (await other.get("/account")).status_code == 303


async def test_an_absence_is_entered_shortened_and_cancelled(desk_site: DeskSite) -> None:
    one, other = await somebody(desk_site), await somebody(desk_site)
    client, colleague = await desk_site.signed_in(one), await desk_site.signed_in(other)
    today = local_date(datetime.now(UTC))
    week = {
        "substitute": other,
        "first": today.isoformat(),
        "last": (today + timedelta(days=6)).isoformat(),
        "reason": "年休假",
    }
    backwards = week | {"first": week["last"], "last": week["first"]}
    refused = await desk_site.submit(client, "/account/absences", backwards)
    assert refused.status_code == 422
    assert "年休假" in refused.text

    await desk_site.submit(client, "/account/absences", week)

    assert f"由 演练人员（{other}）代办" in (await client.get("/account")).text.replace("您的工作", "")
    assert f"您代 演练人员（{one}）办理" in (await colleague.get("/account")).text
    text = (await client.get("/account/absences")).text
    number = re.search(r"/account/absences/(\d+)/cancel", text)
    assert number
    field = f"last-{number[1]}"
    await desk_site.submit(client, "/account/absences", {field: (today + timedelta(days=2)).isoformat()})
    assert (today + timedelta(days=2)).isoformat() in (await client.get("/account/absences")).text
    stranger = await somebody(desk_site)
    third = await desk_site.signed_in(stranger)
    csrf = re.search(r'name="csrf" value="([^"]+)"', (await third.get("/account/absences")).text)
    assert csrf
    tried = await third.post(f"/account/absences/{number[1]}/cancel", data={"csrf": csrf[1]})
    assert tried.status_code in (403, 404)
    await desk_site.submit(client, "/account/absences", {}, action="/cancel")
    assert "今天起没有请假或代办的安排" in (await client.get("/account")).text
    for browser in (client, colleague, third):
        await browser.aclose()


async def test_one_reads_what_one_did_and_looked_at(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open()
    looked = await desk_site.api.post(
        CLERK, f"/api/v1/cases/{case_id}/people/views", {"reason": "电话联系本户核实情况"}
    )
    assert looked.status_code == 200, looked.text
    client = await desk_site.visit(CLERK)
    acts = await desk_site.whole_list(client, "/account/acts")
    assert case_id in acts.text
    assert f"/cases/{case_id}" in acts.links
    assert "电话联系本户核实情况" in (await client.get("/account/looks")).text
    other = (await (await desk_site.visit(HELPER)).get("/account/acts")).text
    assert case_id not in other


async def test_a_first_password_leads_nowhere_but_to_a_new_one(api: Installation, desk_site: DeskSite) -> None:
    account = await somebody(desk_site)
    admin = {"password": "first-secret-1"}
    answer = await api.ask(
        await staff(api, Role.ADMINISTRATOR), "PUT", f"/api/v1/accounts/{account}/password", json=admin
    )
    assert answer.status_code == 204
    client = await desk_site.signed_in(account, "first-secret-1")
    for path in ("/", "/account", "/account/sessions"):
        assert str((await client.get(path, follow_redirects=True)).url).endswith("/account/password")
    await client.aclose()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_pages_of_the_account_are_in_order(open_page: OpenPage, width: int) -> None:
    page = await open_page(HELPER, width, "/account")
    for path in ("", "/password", "/sessions", "/codes", "/acts", "/looks", "/absences"):
        await page.goto(f"/account{path}")
        await in_order(page)
