"""A supervisor's pages: every number opens to exactly its rows, charts say what tables say, reassignment row by row."""

import csv
import html
import io
import re
from dataclasses import dataclass
from datetime import date

import pytest

from casework.states import Role
from casework.times import at_local
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.steps.taking import take
from tests.installation import CASES, CLERK, HELPER, REVIEWERS, SUPERVISOR, Installation, member

pytestmark = pytest.mark.engine

PERIODS = ("2026-10", "2026-Q4", "2026")
PAGES = (
    "/supervision",
    "/supervision/figures",
    "/supervision/promises",
    "/supervision/backlog",
    "/supervision/helpers",
)
NUMBER = re.compile(r'<a href="(?P<link>/supervision/list\?[^"]+)">(?:<span class="tile-number">)?(?P<number>\d+)(?=<)')
TOTAL = re.compile(r"<h1>[^<]*（(\d+)）</h1>")


@dataclass(frozen=True, slots=True)
class Lives:
    """Households of ours: one past its promise, one proposed to leave, one in publicity."""

    overdue: str
    proposed: str
    posted: str


@pytest.fixture(scope="module")
async def lives(desk_site: DeskSite) -> Lives:
    api = desk_site.api
    overdue, proposed, posted = await long_overdue(api), await api.assisted(), await api.in_publicity()
    await api.step(CLERK, proposed, "exits/proposals", {"reason": "income_found", "statement": "查实经营摊位。"})
    return Lives(overdue, proposed, posted)


async def long_overdue(api: Installation) -> str:
    """Bring a case past its promise before any other test's: lists begin with what is overdue longest."""
    case_id = await api.open(start=at_local(date(2026, 8, 3), 9))
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "reviews/first-pass", {"compared_online": True, "visited_on": "2026-08-02"})
    await api.step(CLERK, case_id, "publicity/postings", {"posted_on": "2026-08-03"})
    await api.until(case_id, "2026-08-14")
    await api.step(CLERK, case_id, "publicity/report-ups", {})
    await api.step(REVIEWERS[0], case_id, "reviews/recheck-pass")
    await api.step(REVIEWERS[1], case_id, "certifications")
    await api.step(CLERK, case_id, "helpers", {"helper": HELPER})
    await api.step(CLERK, case_id, "plans", {"signed_on": "2026-08-14", "plan": "推荐保洁岗位。"})
    await api.until(case_id, "2026-09-24")
    return case_id


async def text_of(site: DeskSite, account: str, path: str) -> str:
    answer = await (await site.visit(account)).get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.text


async def last_seq(api: Installation, case_id: str) -> int:
    return int((await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"][-1]["seq"])


@pytest.mark.parametrize("account", [SUPERVISOR, "sv-220000"])
@pytest.mark.parametrize("path", PAGES)
async def test_every_number_opens_to_exactly_its_rows(
    desk_site: DeskSite, lives: Lives, path: str, account: str
) -> None:
    seen = 0
    for period in PERIODS if path.endswith(("figures", "promises")) else PERIODS[:1]:
        text = await text_of(desk_site, account, f"{path}?period={period}")
        for found in NUMBER.finditer(text):
            link = html.unescape(found["link"])
            listed = await text_of(desk_site, account, link)
            total = TOTAL.search(listed)
            assert total, link
            assert total[1] == found["number"], f"{path}: {link}"
            assert f"共 {found['number']} 条" in listed, link
            seen += 1
    assert seen >= 4


async def test_an_export_is_the_list(desk_site: DeskSite, lives: Lives) -> None:
    client = await desk_site.visit(SUPERVISOR)
    for query in ("figure=open", "figure=tasks&kind=contingency_step", "figure=due&period=2026"):
        listed = await text_of(desk_site, SUPERVISOR, f"/supervision/list?{query}")
        total = TOTAL.search(listed)
        assert total
        file = await client.get(f"/supervision/list/export.csv?{query}")
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert len(rows) - 1 == int(total[1]) > 0, query
        assert "supervision-" in file.headers["content-disposition"]
    assert (await client.get("/supervision/list/export.exe?figure=open")).status_code == 404
    assert (await client.get("/supervision/list?figure=nothing")).status_code == 404


async def test_a_chart_says_what_its_table_says(desk_site: DeskSite, lives: Lives) -> None:
    text = await text_of(desk_site, SUPERVISOR, "/supervision/figures?period=2026-10")
    said = re.search(r'<desc id="states-d">([^<]*)</desc>', text)
    assert said
    drawn = dict(re.findall(r"(\w+)：户(\d+)", said[1]))
    table = text[text.index('aria-label="在办个案，按状态"') :]
    titles = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', table[: table.index("</thead>")])[2:]
    total = table[table.index("<tfoot>") : table.index("</tfoot>")]
    numbers = re.findall(r'<td class="number">(?:<a[^>]*>)?(\d+)', total)
    assert drawn == dict(zip(titles, numbers[1:], strict=True))
    assert int(numbers[0]) == sum(map(int, numbers[1:]))
    labels = re.findall(r'class="c-number">(\d+)</text>', text[: text.index("</svg>", text.index("states-d"))])
    assert labels == numbers[1:]


async def test_what_is_overdue_is_on_top_with_who_holds_it(desk_site: DeskSite, lives: Lives) -> None:
    page = Page(await text_of(desk_site, SUPERVISOR, "/supervision"))
    late = page.text[page.text.index("承诺超期未兑现（") : page.text.index("超期的待办（")]
    row = late[late.index(lives.overdue) :]
    for words in ("已超期", "工作日", "帮扶责任人、本机构督导人员", HELPER, "未领取", "确认超期原因"):
        assert words in row, words
    assert lives.posted not in late
    assert [link for link in page.links if link == f"/cases/{lives.overdue}"]


async def test_a_cause_is_confirmed_and_moves_to_another_number(desk_site: DeskSite, lives: Lives) -> None:
    listed = Page(await text_of(desk_site, SUPERVISOR, "/supervision/causes"))
    assert "工作未到位" in listed.text[listed.text.index(lives.overdue) :]
    step = next(link for link in listed.links if link.startswith(f"/cases/{lives.overdue}/steps/confirm_breach_cause"))

    async def number(figure: str) -> int:
        found = TOTAL.search(await text_of(desk_site, SUPERVISOR, f"/supervision/list?figure={figure}&period=2026"))
        return int(found[1]) if found else -1

    before = (await number("unconfirmed"), await number("agency_failed"), await number("all_missed"))
    await take(
        desk_site,
        SUPERVISOR,
        lives.overdue,
        "confirm_breach_cause",
        task=step.partition("task=")[2],
        cause="agency_failed",
        finding="服务次数不足，责成补足。",
    )
    after = (await number("unconfirmed"), await number("agency_failed"), await number("all_missed"))
    assert after == (before[0] - 1, before[1] + 1, before[2])
    assert lives.overdue not in await text_of(desk_site, SUPERVISOR, "/supervision/causes")


async def test_another_area_is_in_no_number(desk_site: DeskSite, lives: Lives) -> None:
    stranger = await staff(desk_site.api, Role.SUPERVISOR, "220303")
    ours = (lives.overdue, lives.proposed, lives.posted)
    for path in (*PAGES, "/supervision/causes", "/supervision/list?figure=open&area=220302&helper=" + HELPER):
        text = await text_of(desk_site, stranger, path)
        assert not [case_id for case_id in ours if case_id in text], path
        assert not NUMBER.search(text), path
    own = await text_of(desk_site, SUPERVISOR, "/supervision/list?figure=open")
    tried = await text_of(desk_site, SUPERVISOR, "/supervision/list?figure=open&area=2201")
    assert TOTAL.findall(own) == TOTAL.findall(tried)
    client = await desk_site.visit(stranger)
    assert (await client.get(f"/county/{lives.proposed}/exit")).status_code == 404


async def test_a_supervisor_sees_no_name(desk_site: DeskSite, lives: Lives) -> None:
    case_id = await desk_site.api.assisted(members=[member(name="司马督导")])
    helper = f"/supervision/reassign?helper={HELPER}"
    for path in (*PAGES, helper, f"/county/{case_id}/exit", "/supervision/list?figure=open"):
        text = await text_of(desk_site, SUPERVISOR, path)
        assert "司马" not in text, path


async def test_households_are_reassigned_and_what_fails_stays_ticked(desk_site: DeskSite) -> None:
    api = desk_site.api
    old, new = await staff(api), await staff(api)
    cases = [await api.assisted() for _ in range(3)]
    for case_id in cases:
        await api.step(CLERK, case_id, "helpers", {"helper": old, "reason": "分工。"})
    gone = cases[1]
    await api.step(CLERK, gone, "exits/proposals", {"reason": "income_found", "statement": "查实经营摊位。"})
    await api.step(CLERK, gone, "exits/responses", {"on": "2026-10-12", "response": "没有意见。"})
    await api.step(REVIEWERS[0], gone, "exits/approvals", {"reason": "事实清楚。"})
    client = await desk_site.visit(SUPERVISOR)
    path = f"/supervision/reassign?helper={old}"
    fields: dict[str, str | list[str]] = {"case": cases, "to": new, "reason": "按社区重新分工。"}

    empty = await desk_site.submit(client, path, {"to": "", "reason": ""})
    assert empty.status_code == 422
    for words in ("请勾选要改派的家庭", "请选择新的帮扶责任人", "请填写更换原因"):
        assert words in empty.text
    preview = await desk_site.submit(client, path, fields)
    assert preview.status_code == 200
    assert "核对改派清单（3 户）" in preview.text
    seqs = [await last_seq(api, case_id) for case_id in cases]

    form = Page(preview.text).form({"confirmed"}, "/supervision/reassign")
    back = await desk_site.send(client, path, form, {"confirmed": "edit"})
    assert back.status_code == 200
    assert Page(back.text).form({"to"}).value("to") == new
    assert [await last_seq(api, case_id) for case_id in cases] == seqs

    done = await desk_site.send(client, path, form, {"confirmed": "yes"})
    assert done.status_code == 422
    assert "已改派 2 户" in done.text
    assert f"{gone}：本户的退出已由县级决定" in done.text
    left = Page(done.text).form({"case"}, "/supervision/reassign")
    assert [value for name, value in left.fields if name == "case"] == [gone]
    assert left.value("reason") == "按社区重新分工。"
    after = [await last_seq(api, case_id) for case_id in cases]
    assert after == [seqs[0] + 1, seqs[1], seqs[2] + 1]

    again = await desk_site.send(client, path, form, {"confirmed": "yes"})
    assert again.status_code == 422
    assert [await last_seq(api, case_id) for case_id in cases] == after
    helpers = [(await api.get(CLERK, f"{CASES}/{case_id}"))["helper"] for case_id in cases]
    assert helpers == [new, old, new]


async def test_all_of_a_helper_are_ticked_and_each_may_go_to_another(desk_site: DeskSite) -> None:
    api = desk_site.api
    old, one, other = await staff(api), await staff(api), await staff(api)
    cases = [await api.assisted() for _ in range(2)]
    for case_id in cases:
        await api.step(CLERK, case_id, "helpers", {"helper": old, "reason": "分工。"})
    client = await desk_site.visit(SUPERVISOR)
    path = f"/supervision/reassign?helper={old}&ticked=all"
    form = (await desk_site.page(client, path)).form({"case"}, "/supervision/reassign")
    assert [value for name, value in form.fields if name == "case"] == sorted(cases)
    preview = await desk_site.send(client, path, form, {"to": one, f"to-{cases[1]}": other, "reason": "调整。"})
    confirm = Page(preview.text).form({"confirmed"}, "/supervision/reassign")
    done = await desk_site.send(client, path, confirm, {"confirmed": "yes"})
    assert done.status_code == 200
    assert str(done.url).endswith("/supervision/reassign/done?count=2")
    assert [(await api.get(CLERK, f"{CASES}/{c}"))["helper"] for c in cases] == [one, other]


async def test_what_is_not_the_supervisors_is_refused_row_by_row(desk_site: DeskSite) -> None:
    """A case of elsewhere, typed into the form, is not there; nothing of it is told."""
    api = desk_site.api
    stranger = await staff(api, Role.SUPERVISOR, "220102")
    elsewhere = await staff(api, area="220102001")
    case_id = await api.assisted()
    client = await desk_site.visit(stranger)
    answer = await client.get(f"/supervision/reassign?helper={HELPER}")
    assert case_id not in answer.text
    token = Page(answer.text).forms[0].value("csrf")
    fields = {"csrf": token, "case": case_id, "to": elsewhere, "reason": "试一试", "helper": HELPER, "confirmed": "yes"}
    headers = {"Origin": desk_site.base, "Sec-Fetch-Site": "same-origin"}
    refused = await client.post("/supervision/reassign", data=fields, headers=headers)
    assert refused.status_code == 422
    assert "没有" in refused.text
    assert (await api.get(CLERK, f"{CASES}/{case_id}"))["helper"] == HELPER
