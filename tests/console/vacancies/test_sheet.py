"""A sheet of vacancies: shown line by line before it is written, wrong lines back as a sheet, the rest at once."""

import io

import httpx2
import openpyxl
import pytest

from console.vacancies.reading import LABELS
from tests.console.desk_site import DeskSite
from tests.console.vacancies.test_pool import enter
from tests.fresh_names import fresh
from tests.installation import HELPER, OFFICE, REVIEWERS, SUPERVISOR

pytestmark = pytest.mark.engine

COUNTY = REVIEWERS[0]


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


async def upload(site: DeskSite, account: str, content: bytes, name: str = "岗位.xlsx") -> httpx2.Response:
    files = {"file": (name, content, "application/octet-stream")}
    return await site.submit(await site.visit(account), "/vacancies/sheet", {}, action="/uploads", files=files)


async def confirm(site: DeskSite, account: str, shown: httpx2.Response) -> httpx2.Response:
    return await site.submit(await site.visit(account), shown.url.path, {"sure": "yes"}, action="/confirm")


async def listed(site: DeskSite, employer: str) -> str:
    return (await site.page(await site.visit(HELPER), f"/vacancies?words={employer}")).text


async def test_a_sheet_is_looked_at_then_taken_in_and_again_without_doubling(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    content = sheet(
        row(employer, reserved=1, demands="夜班、重体力", open_until="2030/12/31", education="大专"),
        row(employer, title="门卫", pay_fen="2,800.50"),
    )
    shown = await upload(desk_site, SUPERVISOR, content)
    for words in ("还没有写入任何内容", "2 行", "新岗位", "门卫", "岗位库中没有"):
        assert words in shown.text, words
    assert "共 2 条" not in await listed(desk_site, employer), "nothing is written before it is confirmed"
    unsure = await desk_site.submit(await desk_site.visit(SUPERVISOR), shown.url.path, {}, action="/confirm")
    assert (unsure.status_code, "勾选确认" in unsure.text) == (422, True)
    done = await confirm(desk_site, SUPERVISOR, shown)
    assert "新岗位 2 个，更新原有岗位 0 个，没有变化 0 个" in done.text
    assert "共 2 条" in await listed(desk_site, employer)

    same = await upload(desk_site, SUPERVISOR, content)
    assert "与岗位库完全一致" in same.text
    other = await upload(
        desk_site, SUPERVISOR, sheet(row(employer, title="门卫", posts=5, contact="王小五 19900001234"))
    )
    assert "招用人数：2 → 5；月工资：2,800.50元 → 2,600元；联系人和电话：有变化" in other.text
    assert "19900001234" not in other.text
    form = await desk_site.visit(SUPERVISOR)
    assert (
        "更新原有岗位 1 个" in (await desk_site.submit(form, other.url.path, {"sure": "yes"}, action="/confirm")).text
    )


async def test_wrong_lines_come_back_as_a_sheet_and_the_right_ones_wait_for_a_word(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    shown = await upload(
        desk_site,
        SUPERVISOR,
        sheet(
            row(employer),
            row(employer, title="门卫", pay_fen="两千", area="110101001"),
            row(employer, title="电工", demands="飞行", credit_code="123"),
            row(employer),
            row(employer, title="厨师", posts="=1+1"),
        ),
    )
    for words in ("4 行有错误", "月工资应为金额", "“110101001”不是您管辖范围内", "身体要求只能是", "与第2行是同一岗位"):
        assert words in shown.text, words
    supervisor = await desk_site.visit(SUPERVISOR)
    answer = await supervisor.get(f"{shown.url.path}/errors.xlsx")
    assert answer.headers["cache-control"] == "no-store"
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert page is not None
    lines = [[cell.value or "" for cell in line] for line in page.iter_rows()]
    assert lines[0] == [*LABELS.values(), "错误原因"]
    assert [line[0] for line in lines[1:]] == [employer] * 4
    assert "第3行“月工资”：月工资应为金额" in str(lines[1][-1])

    done = await confirm(desk_site, SUPERVISOR, shown)
    assert "新岗位 1 个" in done.text
    assert "没有导入" in done.text
    assert "共 1 条" in await listed(desk_site, employer)
    lines[1][5 + 1], lines[1][8] = "2600", OFFICE
    book = openpyxl.Workbook()
    again = book.active
    assert again is not None
    for line in lines[:2]:
        again.append([str(cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    corrected = await upload(desk_site, SUPERVISOR, out.getvalue())
    assert "1 行" in corrected.text, "the sheet of errors is imported again as it is, its last column is left alone"
    assert "错误清单" not in corrected.text


async def test_a_sheet_is_its_senders_alone(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    shown = await upload(desk_site, SUPERVISOR, sheet(row(employer)))
    county, helper = await desk_site.visit(COUNTY), await desk_site.visit(HELPER)
    for path in (shown.url.path, f"{shown.url.path}/errors.xlsx"):
        assert (await county.get(path)).status_code == 404
        assert (await helper.get(path)).status_code == 403


async def test_a_closed_vacancy_in_a_sheet_is_said_to_open_again(desk_site: DeskSite) -> None:
    employer = f"物业{fresh()}"
    address = await enter(desk_site, employer, credit_code="", open_until="", demands=[], contact="")
    county = await desk_site.visit(COUNTY)
    await desk_site.submit(county, f"{address}/close", {}, action="/close")
    shown = await upload(desk_site, COUNTY, sheet(row(employer)))
    assert "重新开放" in shown.text
    await confirm(desk_site, COUNTY, shown)
    assert "可推荐" in (await desk_site.page(county, address)).text


async def test_what_cannot_be_read_is_said_at_once(desk_site: DeskSite) -> None:
    for name, content, words in (
        ("岗位.xls", b"x", "只接受.csv和.xlsx"),
        ("岗位.csv", "用人单位,岗位名称\n甲,乙\n".encode("gb18030"), "缺少这些列"),
        ("岗位.xlsx", b"PK\x03\x04", "不是完好的"),
    ):
        answer = await upload(desk_site, SUPERVISOR, content, name)
        assert (answer.status_code, words in answer.text) == (422, True), (name, answer.text)


async def test_the_template_itself_can_be_taken_in(desk_site: DeskSite) -> None:
    county = await desk_site.visit(COUNTY)
    for kind in ("xlsx", "csv"):
        template = (await county.get(f"/vacancies/sheet/template.{kind}")).content
        shown = await upload(desk_site, COUNTY, template, f"模板.{kind}")
        assert ("1 行" in shown.text, "错误清单" in shown.text) == (True, False), shown.text
