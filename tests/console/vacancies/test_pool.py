"""The vacancy pool on its pages: entered, found, changed, closed; a sheet taken in whole or not at all."""

import io
from uuid import uuid4

import openpyxl
import pytest

from console.vacancies.reading import LABELS
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import CLERK, ELSEWHERE, HELPER, OFFICE, REVIEWERS, SUPERVISOR

pytestmark = pytest.mark.engine

COUNTY = REVIEWERS[0]


def job(employer: str, **more: str | list[str]) -> dict[str, str | list[str]]:
    return {
        "employer": employer,
        "title": "保洁员",
        "channel": "public_welfare_post",
        "posts": "3",
        "reserved": "1",
        "pay_fen": "２,６００元",
        "area": OFFICE,
        "demands": ["standing", "night"],
        "open_until": "2030-12-31",
        "contact": "王小五 19900001234",
    } | more


async def enter(site: DeskSite, employer: str, **more: str | list[str]) -> str:
    """Enter a vacancy as the county; return its address."""
    answer = await site.submit(await site.visit(COUNTY), "/vacancies/new", job(employer, **more))
    assert answer.status_code == 200, answer.text
    assert answer.url.path.startswith("/vacancies/V-"), answer.text
    return answer.url.path


async def test_a_vacancy_is_entered_found_changed_and_closed(desk_site: DeskSite) -> None:
    employer = f"物业{uuid4().hex[:8]}"
    county, helper = await desk_site.visit(COUNTY), await desk_site.visit(HELPER)
    address = await enter(desk_site, employer)
    seen = (await desk_site.page(helper, address)).text
    for words in (employer, "公益性岗位", "余3/3人（预留余1）", "2,600元", "长时间站立、夜班", "县级归集", "可推荐"):
        assert words in seen
    assert "19900001234" not in seen
    assert "王小五" not in seen
    assert employer in (await desk_site.page(helper, f"/vacancies?words={employer}")).text

    form = Page((await county.get(f"{address}/edit")).text).form({"posts"})
    changed = await desk_site.send(county, f"{address}/edit", form, {"posts": "5"})
    assert "余5/5人" in changed.text
    late = await desk_site.send(county, f"{address}/edit", form, {"posts": "9"})
    assert late.status_code == 422
    assert "同事修改" in late.text

    closed = await desk_site.submit(county, f"{address}/close", {}, action="/close")
    assert "已停止招用" in closed.text
    assert employer not in (await desk_site.page(helper, f"/vacancies?words={employer}")).text
    assert employer in (await desk_site.page(helper, f"/vacancies?words={employer}&state=over")).text


async def test_the_contact_is_shown_after_a_reason_that_is_logged(desk_site: DeskSite) -> None:
    address = await enter(desk_site, f"物业{uuid4().hex[:8]}")
    helper = await desk_site.visit(HELPER)
    without = await desk_site.submit(helper, address, {"reason": " "}, action="/contact")
    assert without.status_code == 422
    assert "19900001234" not in without.text
    shown = await desk_site.submit(helper, address, {"reason": "电话核实岗位"}, action="/contact")
    assert "王小五 19900001234" in shown.text


async def test_what_is_wrong_stands_beside_its_field(desk_site: DeskSite) -> None:
    county = await desk_site.visit(COUNTY)
    wrong = job("甲厂", posts="1", reserved="2", credit_code="91350100M000100Y44", pay_to_fen="2000")
    answer = await desk_site.submit(county, "/vacancies/new", wrong)
    assert answer.status_code == 422
    assert "末位校验不对" in answer.text
    wrong["credit_code"] = ""
    answer = await desk_site.submit(county, "/vacancies/new", wrong)
    for words in ("预留人数（2）不能多于招用人数（1）", "上限不能低于"):
        assert words in answer.text
    assert "２,６００元" in answer.text, "what was typed stays"
    form = Page((await county.get("/vacancies/new")).text).form({"employer"})
    del form.choices["area"]
    elsewhere = await desk_site.send(county, "/vacancies/new", form, job("甲厂", area="220102001"))
    assert elsewhere.status_code == 422
    assert "请从列表中选择工作地点" in elsewhere.text


async def test_the_same_job_again_is_not_a_second_vacancy(desk_site: DeskSite) -> None:
    employer = f"物业{uuid4().hex[:8]}"
    address = await enter(desk_site, employer)
    assert await enter(desk_site, employer) == address
    other = await desk_site.submit(await desk_site.visit(COUNTY), "/vacancies/new", job(employer, posts="4"))
    assert other.status_code == 422
    assert "已有这家单位" in other.text


async def test_others_may_read_what_is_near_and_change_nothing(desk_site: DeskSite) -> None:
    address = await enter(desk_site, f"物业{uuid4().hex[:8]}")
    elsewhere, clerk, helper = [await desk_site.visit(account) for account in (ELSEWHERE, CLERK, HELPER)]
    for path in (address, f"{address}/edit", f"{address}/close"):
        assert (await elsewhere.get(path)).status_code == 404
    assert (await helper.get(f"{address}/edit")).status_code == 403
    assert (await helper.get("/vacancies/new")).status_code == 403
    assert (await helper.get("/vacancies/sheet")).status_code == 403
    assert (await clerk.get(f"{address}/edit")).status_code == 200, "the office may correct what lies in its own street"


def sheet(*rows: dict[str, object]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(list(LABELS.values()))
    for row in rows:
        page.append([row.get(name) for name in LABELS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(employer: str, **more: object) -> dict[str, object]:
    plain = {
        "employer": employer,
        "title": "保洁员",
        "channel": "单位吸纳",
        "posts": 2,
        "pay_fen": 2600,
        "area": OFFICE,
    }
    return plain | more


async def upload(site: DeskSite, account: str, content: bytes, name: str = "岗位.xlsx") -> tuple[int, str]:
    files = {"file": (name, content, "application/octet-stream")}
    answer = await site.submit(await site.visit(account), "/vacancies/sheet", {}, action="/uploads", files=files)
    return answer.status_code, answer.text


async def test_a_sheet_is_taken_in_whole_and_again_without_doubling(desk_site: DeskSite) -> None:
    employer = f"物业{uuid4().hex[:8]}"
    content = sheet(
        row(employer, reserved=1, demands="夜班、重体力", open_until="2030/12/31", education="大专"),
        row(employer, title="门卫", pay_fen="2,800.50"),
    )
    status, text = await upload(desk_site, SUPERVISOR, content)
    assert (status, "新岗位 2 个，更新原有岗位 0 个" in text) == (200, True), text
    status, text = await upload(desk_site, SUPERVISOR, content)
    assert "新岗位 0 个，更新原有岗位 2 个" in text
    listed = (await desk_site.page(await desk_site.visit(HELPER), f"/vacancies?words={employer}")).text
    assert "共 2 条" in listed
    assert "市级以上归集" in listed


async def test_one_wrong_cell_keeps_the_whole_sheet_out(desk_site: DeskSite) -> None:
    employer = f"物业{uuid4().hex[:8]}"
    content = sheet(
        row(employer),
        row(employer, title="门卫", pay_fen="两千", area="110101001"),
        row(employer, title="电工", demands="飞行", credit_code="123"),
        row(employer),
        row(employer, title="厨师", posts="=1+1"),
    )
    status, text = await upload(desk_site, SUPERVISOR, content)
    assert status == 422
    for words in ("有6处要更正", "一行也没有导入", "月工资应为金额", "“110101001”不是您管辖范围内", "身体要求只能是"):
        assert words in text, words
    assert "与第2行是同一岗位" in text
    assert employer not in (await desk_site.page(await desk_site.visit(HELPER), f"/vacancies?words={employer}")).text
    for name, bytes_, words in (
        ("岗位.xls", b"x", "只接受.csv和.xlsx"),
        ("岗位.csv", "用人单位,岗位名称\n甲,乙\n".encode("gb18030"), "缺少这些列"),
        ("岗位.xlsx", b"PK\x03\x04", "不是完好的"),
    ):
        status, text = await upload(desk_site, SUPERVISOR, bytes_, name)
        assert (status, words in text) == (422, True), (name, text)


async def test_the_template_itself_can_be_taken_in(desk_site: DeskSite) -> None:
    county = await desk_site.visit(COUNTY)
    for kind in ("xlsx", "csv"):
        template = (await county.get(f"/vacancies/sheet/template.{kind}")).content
        status, text = await upload(desk_site, COUNTY, template, f"模板.{kind}")
        assert (status, "导入完成" in text) == (200, True), text
