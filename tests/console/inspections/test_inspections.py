"""The radar and inspections on their pages: why something is listed, dismissing it, inspecting it with four eyes."""

import re

import pytest

from casework.states import Role
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import REVIEWERS, SUPERVISOR

pytestmark = pytest.mark.engine

PROVINCE = "sv-220000"


async def missed(site: DeskSite) -> str:
    case_id = await site.api.assisted()
    await site.api.until(case_id, "2026-11-12")
    return case_id


async def opened(site: DeskSite, account: str, path: str) -> Page:
    return await site.page(await site.visit(account), path)


async def test_a_missed_promise_is_listed_with_its_reason_and_dismissed_with_one(desk_site: DeskSite) -> None:
    case_id = await missed(desk_site)
    path = f"/inspections/items/promise/{case_id}.main"
    client = await desk_site.visit(SUPERVISOR)
    listed = await client.get("/inspections/export.csv?kind=promise")
    assert case_id in listed.content.decode("utf-8-sig")
    page = await opened(desk_site, SUPERVISOR, path)
    for words in ("没有兑现", "承诺到期日", "依据：吉人社函", "为什么列入"):
        assert words in page.text, words
    refused = await desk_site.submit(client, path, {"reason": ""})
    assert refused.status_code == 422
    assert "请写明核对了什么" in refused.text
    done = await desk_site.submit(client, path, {"reason": "已与街道核对，家庭外出务工。"})
    assert f"{SUPERVISOR}） 销号" in done.text or f"{SUPERVISOR} 销号" in done.text
    assert "已与街道核对，家庭外出务工。" in done.text
    assert case_id not in (await client.get("/inspections/export.csv?kind=promise")).text
    assert case_id in (await client.get("/inspections/export.csv?kind=promise&show=dismissed")).text


async def test_a_reviewer_reads_the_county_and_others_see_nothing(desk_site: DeskSite) -> None:
    case_id = await missed(desk_site)
    path = f"/inspections/items/promise/{case_id}.main"
    page = await opened(desk_site, REVIEWERS[0], path)
    assert "没有兑现" in page.text
    assert not [form for form in page.forms if "reason" in str(form)]
    for role, area in ((Role.SUPERVISOR, "220100"), (Role.REVIEWER, "220303")):
        stranger = await desk_site.visit(await staff(desk_site.api, role, area))
        assert (await stranger.get(path)).status_code == 404
        assert case_id not in (await stranger.get("/inspections/export.csv")).text


async def test_an_inspection_goes_from_an_item_to_its_end_with_two_pairs_of_eyes(desk_site: DeskSite) -> None:
    case_id = await missed(desk_site)
    client, other = await desk_site.visit(SUPERVISOR), await desk_site.visit(PROVINCE)
    start = f"/inspections/new?kind=promise&subject={case_id}.main"
    asked = await opened(desk_site, SUPERVISOR, start)
    assert "来由：承诺未实现" in asked.text
    late = await desk_site.submit(client, start, {"inspectors": "孙督导", "due_on": "2020-01-01"})
    assert late.status_code == 422
    assert "办结期限不能早于今天" in late.text
    made = await desk_site.submit(
        client, start, {"inspectors": "孙督导、李科员", "due_on": earliest((await client.get(start)).text)}
    )
    here = made.url.path
    assert re.fullmatch(r"/inspections/of/[0-9a-f-]{36}", here)
    assert re.search(r"HC-20\d\d-\d{5}", made.text)
    number = re.search(r"HC-20\d\d-\d{5}", made.text)
    today = today_of(made.text)
    finding = {"kind": "finding", "on_day": today, "text": "台账缺两次推荐记录。"}
    noted = await desk_site.submit(client, here, finding, action="/records")
    assert "台账缺两次推荐记录。" in noted.text
    assert number
    told = f"核查{number[0]}有新的发现的问题。内容请到核查页查看。"
    for account in (REVIEWERS[0], PROVINCE):
        inbox = await desk_site.whole_list(await desk_site.visit(account), "/inbox")
        assert told in inbox.text, account
        assert here in inbox.links, account
        assert "台账缺两次推荐记录" not in inbox.text
    assert told not in (await desk_site.whole_list(client, "/inbox")).text
    talk = {"kind": "talk", "on_day": today, "whom": "", "text": "约谈"}
    assert (await desk_site.submit(client, here, talk, action="/records")).status_code == 422
    talked = await desk_site.submit(client, here, talk | {"whom": "街道负责人"}, action="/records")
    assert "对象：街道负责人" in talked.text
    assert "发现的问题都已整改后才能办结" in (await opened(desk_site, PROVINCE, here)).text
    right = {"place": "1", "done_on": today, "done_text": "已补登。"}
    assert "已补登。" in (await desk_site.submit(client, here, right, action="/done")).text
    assert "须由另一名督导人员办结" in (await opened(desk_site, SUPERVISOR, here)).text
    closing = {"result": "confirmed", "conclusion": "责成整改，已通报。"}
    closed = await desk_site.submit(other, here, closing, action="/close")
    assert "情况属实" in closed.text
    assert not [f for f in Page(closed.text).forms if f.action.endswith(("/records", "/close"))]
    printed = await opened(desk_site, REVIEWERS[0], f"{here}/print")
    for words in ("核查记录", "责成整改，已通报。", "街道负责人", "签名"):
        assert words in printed.text, words
    assert number
    assert number[0] in (await client.get("/inspections/all/export.csv?state=closed")).text
    item = await opened(desk_site, SUPERVISOR, f"/inspections/items/promise/{case_id}.main")
    assert number[0] in item.text


def earliest(text: str) -> str:
    """Return the first day the form would take as the end of an inspection; the installation's clock runs ahead."""
    found = re.search(r'min="(\d{4}-\d{2}-\d{2})"', text)
    assert found
    return found[1]


def today_of(text: str) -> str:
    found = re.search(r'max="(\d{4}-\d{2}-\d{2})"', text)
    assert found
    return found[1]


async def test_numbers_of_areas_are_entered_and_imported_whole_or_not_at_all(desk_site: DeskSite) -> None:
    client, path = await desk_site.visit(SUPERVISOR), "/inspections/areas"
    wrong = {"code": "220102001", "month": "2026-13", "number": "x", "platform": "有"}
    refused = await desk_site.submit(client, path, wrong)
    assert refused.status_code == 422
    for words in ("不在您的管辖范围内", "月份写作", "应为整数"):
        assert words in refused.text, words
    month = (await opened(desk_site, SUPERVISOR, path)).text
    last = re.search(r"写作 (20\d\d-\d\d)", month)
    assert last
    good = {"code": "220399001", "month": last[1], "number": "40", "platform": "有"}
    assert "已保存 1 条" in (await desk_site.submit(client, path, good)).text
    head = "地区代码,月份,登记失业人数,有无平台\r\n"
    bad = head + f"220399002,{last[1]},5,有\r\n220399003,{last[1]},多,有\r\n"
    sheet = {"sheet": ("n.csv", bad.encode("gb18030"), "text/csv")}
    told = await desk_site.submit(client, path, {}, files=sheet, action="/uploads")
    assert told.status_code == 422
    assert "第3行登记失业人数应为整数" in told.text
    kept = (await client.get(f"{path}/export.csv")).text
    assert "220399001" in kept
    assert "220399002" not in kept
    sheet = {"sheet": ("n.csv", bad.replace("多", "0").encode("gb18030"), "text/csv")}
    assert "已保存 2 条" in (await desk_site.submit(client, path, {}, files=sheet, action="/uploads")).text
