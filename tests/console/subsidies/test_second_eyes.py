"""A second pair of eyes on money (另一人核对), over real HTTP: on an account written after approval, and on a list."""

import pytest

from tests.console.desk_site import DeskSite
from tests.console.subsidies.test_subsidies_pages import COUNTY, OTHER_COUNTY, applied, at_work, checked, page_of
from tests.installation import CLERK, CLERK_2, SUPERVISOR

pytestmark = pytest.mark.engine

NEW = "6222 0200 0000 7654 321"
LISTS = "/subsidies/payments"


async def approved(site: DeskSite) -> tuple[str, str]:
    case_id = await at_work(site)
    address = await applied(site, case_id)
    done = await site.submit(await site.visit(COUNTY), address, {"decision": "approve"}, action="/decide")
    assert "享受中" in done.text
    return case_id, address


async def test_an_account_written_after_approval_waits_for_somebody_else(desk_site: DeskSite) -> None:
    case_id, address = await approved(desk_site)
    clerk = await desk_site.visit(CLERK)
    kept = await desk_site.submit(clerk, address, {"bank_account": NEW}, action="/account")
    assert "须由另一人对照凭证核对" in kept.text
    assert "由您填写，须由另一人" in kept.text
    form = {"again": NEW, "csrf": kept.csrf} if hasattr(kept, "csrf") else {"again": NEW}
    waiting = await (await desk_site.visit(COUNTY)).get("/subsidies/applications/export.csv?account=open")
    assert case_id in waiting.text

    county = await desk_site.visit(COUNTY)
    looked = await desk_site.page(county, f"{LISTS}?month=2026-11")
    assert "收款账号批准后更改过" in looked.text
    wrong = await desk_site.submit(county, address, {"again": "62220200001"}, action="/account-check")
    assert wrong.status_code == 422
    assert "与登记的账号不一致" in wrong.text
    letters = await desk_site.submit(county, address, {"again": "六二二"}, action="/account-check")
    assert "请对照存折或银行卡复印件录入" in letters.text
    other = await desk_site.visit(CLERK_2)
    done = await desk_site.submit(other, address, form, action="/account-check")
    assert "收款账号已核对" in done.text
    assert "7654321" not in done.text
    waiting = await county.get("/subsidies/applications/export.csv?account=open")
    assert case_id not in waiting.text


async def test_who_wrote_an_account_cannot_compare_it_whatever_is_sent(desk_site: DeskSite) -> None:
    _, address = await approved(desk_site)
    clerk, other = await desk_site.visit(CLERK), await desk_site.visit(CLERK_2)
    await desk_site.submit(other, address, {"bank_account": NEW}, action="/account")
    await desk_site.page(clerk, address)
    shown = await clerk.get(address)
    assert "/account-check" in shown.text
    await desk_site.submit(clerk, address, {"bank_account": NEW}, action="/account")
    token = shown.text.split('name="csrf" value="')[1].split('"')[0]
    refused = await clerk.post(f"{address}/account-check", data={"again": NEW, "csrf": token})
    assert refused.status_code == 422
    assert "须由另一人核对" in refused.text


async def test_a_list_is_gone_over_by_who_did_not_make_or_approve_it(desk_site: DeskSite) -> None:
    _, address = await approved(desk_site)
    county, other = await desk_site.visit(COUNTY), await desk_site.visit(OTHER_COUNTY)
    made = await desk_site.submit(other, f"{LISTS}?month=2026-11", {}, action=LISTS)
    path = str(made.url.path)
    assert "名册由您生成，须由另一名" in made.text
    assert "登记发放</button>" not in made.text
    assert "名册中有您批准的补贴" in (await page_of(desk_site, COUNTY, path)).text

    supervised = await (await desk_site.visit(SUPERVISOR)).get(path)
    assert "核对无误" in supervised.text
    token = (await county.get(f"{LISTS}?month=2026-11")).text.split('name="csrf" value="')[1].split('"')[0]
    asked = {"csrf": token}
    for account, words in ((county, "您批准的补贴"), (other, "名册由您生成")):
        mine = (await account.get("/subsidies/applications")).text.split('name="csrf" value="')[1].split('"')[0]
        refused = await account.post(f"{path}/check", data=asked | {"csrf": mine})
        assert (refused.status_code, words in refused.text) == (422, True)
    mine = (await other.get("/subsidies/applications")).text.split('name="csrf" value="')[1].split('"')[0]
    early = await other.post(f"{path}/whole", data={"csrf": mine, "chosen": "other", "reason": "交财政发放本月补贴"})
    assert (early.status_code, "还没有经另一人核对" in early.text) == (422, True)
    early = await other.post(f"{path}/paid", data={"csrf": mine, "paid_on": "2026-11-01"})
    assert "还没有经另一人核对" in early.text
    await checked(desk_site, path)

    await desk_site.submit(await desk_site.visit(CLERK), address, {"bank_account": NEW}, action="/account")
    late = await desk_site.submit(other, path, {"chosen": "other", "reason": "交财政发放本月补贴"}, action="/whole")
    assert late.status_code == 422
    assert "1份补贴的收款账号更改后还没有核对" in late.text
