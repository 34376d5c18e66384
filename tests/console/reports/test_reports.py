"""The monthly report on pages: numbers open to their rows, the way from review to the lock, templates and balances."""

import io
import re

import openpyxl
import pytest

from console.reports.one import next_act
from desk.monthly_reports import may
from records.case_files import last_event
from records.engine import Record
from tests.console.desk_site import DeskSite
from tests.desk.report_cast import AREA
from tests.desk.test_report_rollups import WHO, Office
from tests.installation import CLERK, HELPER, REVIEWERS, SUPERVISOR

pytestmark = pytest.mark.engine

MONTH = "2026-07"
"""Over for everybody in every order of tests, and before any case of theirs."""

NUMBER = re.compile(r'<a href="(?P<link>/reports/[^"]+/rows\?count=[a-z_]+)">(?P<number>-?\d+)</a>')
SIGN = re.compile(r'data-title="计入" class="number">([+-]\d)<')
TOTAL = re.compile(r"共 (\d+) 条")


async def text_of(site: DeskSite, account: str, path: str, status: int = 200) -> str:
    answer = await (await site.visit(account)).get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code}"
    return answer.text


async def test_every_number_of_a_month_opens_to_rows_that_add_up_to_it(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.assisted()
    with desk_site.api.record.read() as work:
        event = last_event(work, case_id)
    assert event is not None
    month = str(event.case.reviews.certified_on)[:7]
    shown = await text_of(desk_site, REVIEWERS[0], f"/reports/{month}/{case_id[:6]}")
    assert "数字没有对上" not in shown
    links = {found["link"]: int(found["number"]) for found in NUMBER.finditer(shown)}
    assert any(link.endswith("count=new") for link in links)
    for link, number in links.items():
        rows = await text_of(desk_site, REVIEWERS[0], link.replace("&amp;", "&"))
        if int(TOTAL.findall(rows)[0]) <= 50:
            assert sum(int(sign) for sign in SIGN.findall(rows)) == number, link
    file = await text_of(desk_site, REVIEWERS[0], f"/reports/{month}/{case_id[:6]}/rows/export.csv?count=new")
    assert case_id in file


async def test_from_review_to_the_lock_with_other_eyes_each_time(desk_site: DeskSite) -> None:
    first, second = REVIEWERS[:2]
    path = f"/reports/{MONTH}/220302"

    async def act(account: str, name: str, **more: str) -> tuple[int, str]:
        client = await desk_site.visit(account)
        page = await desk_site.page(client, path)
        form = page.form({"version"} | set(more), "/returns" if name == "returned" else "/acts")
        answer = await desk_site.send(client, path, form, {"act": name, **more})
        return answer.status_code, answer.text

    await desk_site.api.assisted()
    status, shown = await act(first, "reviewed", words="核对无误")
    assert status == 200
    assert "待签发" in shown
    assert "审核说明：核对无误" in shown
    assert 'value="signed"' not in await text_of(desk_site, first, path)
    status, shown = await act(second, "returned", words="")
    assert status == 422
    assert "请写明退回的原因" in shown
    status, shown = await act(second, "signed")
    assert (status, "待上报" in shown) == (200, True)
    status, shown = await act(second, "submitted")
    assert (status, "超期上报" in shown) == (200, True)
    status, shown = await act(SUPERVISOR, "locked")
    assert (status, "已锁定" in shown) == (200, True)
    assert "<form" not in shown.partition("各版经过")[0].partition("更正以前月份")[2]
    late = await text_of(desk_site, SUPERVISOR, f"/reports/overdue?month={MONTH}")
    assert path in late


def test_numbers_to_be_drawn_up_anew_are_not_offered_for_review(record: Record) -> None:
    office = Office(record)
    seen = office.seen(AREA)
    assert next_act(seen, may(WHO["reviews"], seen)) == "reviewed"
    office.balance("2026-10-09")
    seen = office.seen(AREA)
    acts = may(WHO["reviews"], seen)
    assert "returned" in acts
    assert next_act(seen, acts) is None, "one form with words at a time"


async def test_whoever_has_no_business_with_a_report_does_not_find_it(desk_site: DeskSite) -> None:
    await text_of(desk_site, REVIEWERS[0], f"/reports/{MONTH}/210102", 404)
    await text_of(desk_site, REVIEWERS[0], f"/reports/{MONTH}/2203", 404)
    await text_of(desk_site, CLERK, f"/reports/{MONTH}/220302", 404)
    await text_of(desk_site, HELPER, "/reports", 403)
    await text_of(desk_site, SUPERVISOR, f"/reports/{MONTH}/2203/rows?count=nothing", 404)
    await text_of(desk_site, SUPERVISOR, "/reports/2026-13/2203", 404)


async def test_an_office_s_own_template_is_filled(desk_site: DeskSite) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "本县自己的表 {{month}}"
    sheet["A2"], sheet["B2"] = "｛｛下级地区｝｝", "{{closing}}"
    sheet["A3"], sheet["B3"], sheet["C3"] = "合计", "{{ 本月末实存户数 }}", "=B3*2"
    out = io.BytesIO()
    book.save(out)
    client = await desk_site.visit(REVIEWERS[0])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    refused = await desk_site.submit(client, "/reports/template", {}, files={"template": ("a.xlsx", b"PK", kind)})
    assert refused.status_code == 422
    assert "不是完好的" in refused.text
    strange = "不认识的占位符：hushu（A1格）、月末数（A1格）"
    for words, said in (("没有占位符", "合计"), (strange, "{{closing}} {{hushu}} {{月末数}}")):
        wrong, content = openpyxl.Workbook(), io.BytesIO()
        wrong.worksheets[0]["A1"] = said
        wrong.save(content)
        named = ("错.xlsx", content.getvalue(), kind)
        refused = await desk_site.submit(client, "/reports/template", {}, files={"template": named})
        assert (refused.status_code, words in refused.text, "错.xlsx" in refused.text) == (422, True, False)
    named = ("本县.xlsx", out.getvalue(), kind)
    kept = await desk_site.submit(client, "/reports/template", {}, files={"template": named})
    assert "本县.xlsx" in kept.text
    answer = await client.get(f"/reports/{MONTH}/220302/sheet.xlsx")
    filled = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert filled["A1"].value == "本县自己的表 2026年7月"
    last = filled.max_row
    assert "｛" not in str(filled["A2"].value)
    assert (filled.cell(last, 1).value, filled.cell(last, 2).value, filled.cell(last, 3).value) == (
        "合计",
        0,
        f"=B{last}*2",
    )
