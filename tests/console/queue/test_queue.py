"""The work queue as the people of an office see it: what stands on it, who has what, and what the second is told."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from casework.times import local_date
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page, PageForm
from tests.installation import CLERK, CLERK_2, ELSEWHERE, HELPER, REVIEWERS, SUPERVISOR, member

pytestmark = pytest.mark.engine


def place() -> str:
    """Return a community that no other test uses."""
    letters = "东西南北春夏秋冬松柏杨柳"
    return "".join(letters[byte % 12] for byte in uuid4().bytes[:6]) + "社区"


def counted(page: Page, words: str) -> int:
    """Return the count on a tab."""
    found = re.search(rf"{words}\s+(\d+)项", page.text)
    assert found, page.text
    return int(found[1])


def claims(page: Page) -> PageForm:
    return next(form for form in page.forms if form.action.startswith("/queue/claims"))


async def test_a_case_is_on_the_queue_with_its_applicant_masked_and_its_limit_in_words(desk_site: DeskSite) -> None:
    where = place()
    case_id = await desk_site.api.open(members=[member(name="皇甫清")], community=where)
    page = await desk_site.page(await desk_site.visit(CLERK), f"/queue?community={where}")

    assert page.text.count(case_id) >= 1
    assert "皇*" in page.text
    assert "皇甫清" not in page.text
    assert re.search(r"还剩 \d+ 个工作日", page.text)
    assert "内部时限" in page.text
    assert "共 1 条" in page.text
    assert f"/cases/{case_id}" in page.links
    for account in (ELSEWHERE, HELPER, REVIEWERS[0]):
        theirs = await desk_site.page(await desk_site.visit(account), f"/queue?community={where}")
        assert case_id not in theirs.text, account
    for account in (REVIEWERS[0], SUPERVISOR):
        all_ = await desk_site.page(await desk_site.visit(account), f"/queue?shelf=all&community={where}")
        assert case_id in all_.text, account


async def test_a_task_is_claimed_once_and_the_second_learns_who_has_it(desk_site: DeskSite) -> None:
    where = place()
    case_id = await desk_site.api.open(community=where)
    first, second = await desk_site.visit(CLERK), await desk_site.visit(CLERK_2)
    free, mine = (f"/queue?shelf={shelf}&community={where}" for shelf in ("free", "mine"))
    stale = claims(await desk_site.page(second, free))
    task = dict(stale.buttons)["claim"]

    done = await desk_site.submit(first, free, {"claim": task})
    assert done.status_code == 200
    assert case_id not in Page(done.text).text.split("没有", 1)[0]  # it left the shelf of what nobody has
    page = await desk_site.page(first, mine)
    assert case_id in page.text
    assert dict(claims(page).buttons) == {"release": task}

    refused = await desk_site.send(second, free, stale, {"claim": task})
    assert refused.status_code == 409
    assert CLERK in refused.text
    assert f"{local_date(datetime.now(UTC)).year}年" in refused.text
    theirs = await desk_site.page(second, f"/queue?shelf=work&community={where}")
    assert case_id not in theirs.text
    everybody = await desk_site.page(second, f"/queue?shelf=all&community={where}")
    assert "演练经办人1" in everybody.text
    assert claims(everybody).buttons == []

    back = await desk_site.submit(first, mine, {"release": task})
    assert back.status_code == 200
    assert case_id in (await desk_site.page(second, free)).text


async def test_claiming_twice_is_the_same_claim(desk_site: DeskSite) -> None:
    where = place()
    await desk_site.api.open(community=where)
    client, path = await desk_site.visit(CLERK), f"/queue?shelf=free&community={where}"
    form = claims(await desk_site.page(client, path))
    for _ in range(2):
        assert (await desk_site.send(client, path, form, {"claim": dict(form.buttons)["claim"]})).status_code == 200
    assert counted(await desk_site.page(client, f"/queue?shelf=mine&community={where}"), "我的") >= 1


@pytest.mark.parametrize("named", ["", "x", "../x", "220102001-2026-00001/1-accept_application"])
async def test_a_task_that_is_not_there_cannot_be_claimed(desk_site: DeskSite, named: str) -> None:
    client = await desk_site.visit(CLERK)
    where = place()
    await desk_site.api.open(community=where)
    form = claims(await desk_site.page(client, f"/queue?community={where}"))
    form.buttons = [("claim", named)]
    assert (await desk_site.send(client, "/queue", form, {"claim": named})).status_code == 404


async def test_the_county_finds_what_waits_for_it_and_the_office_sees_it_waiting(desk_site: DeskSite) -> None:
    where, api = place(), desk_site.api
    case_id = await api.in_publicity(community=where)
    await api.until(case_id, "2026-10-12")
    await api.step(CLERK, case_id, "publicity/report-ups", {})

    office = await desk_site.page(await desk_site.visit(CLERK), f"/queue?shelf=waiting&community={where}")
    assert "县级复核" in office.text
    assert "由县级复核人员办理" in office.text or "复核" in office.text
    assert counted(office, "待审批") >= 1
    assert claims(office).buttons == []
    county = await desk_site.page(await desk_site.visit(REVIEWERS[0]), f"/queue?community={where}")
    assert "县级复核" in county.text
    assert claims(county).buttons


async def test_limits_are_filtered_by_the_day_it_is_for_each_case(desk_site: DeskSite) -> None:
    """A drill's cases live on days of their own; "within 3 working days" is told by theirs."""
    where, client = place(), await desk_site.visit(CLERK)
    today = local_date(datetime.now(UTC))
    long_ago = await desk_site.api.in_publicity(community=where)
    await desk_site.api.until(long_ago, "2026-10-12")
    fresh = await desk_site.api.open(community=where)
    assert today > datetime(2026, 10, 13, tzinfo=UTC).date() + timedelta(days=7)

    soon = await desk_site.page(client, f"/queue?shelf=all&due=soon&community={where}")
    assert long_ago in soon.text
    assert fresh not in soon.text
    overdue = await desk_site.page(client, f"/queue?shelf=all&due=overdue&community={where}")
    assert "没有符合这些条件的待办" in overdue.text


async def test_a_filter_is_kept_under_a_name_with_its_count_and_dropped_again(desk_site: DeskSite) -> None:
    where, client = place(), await desk_site.visit(CLERK_2)
    await desk_site.api.open(community=where)
    kept = await desk_site.submit(client, f"/queue?shelf=free&community={where}", {"name": "我的小区"})
    assert kept.status_code == 200
    assert counted(Page(kept.text), "我的小区") == 1
    assert "我的小区" not in (await desk_site.page(await desk_site.visit(CLERK), "/queue")).text

    for wrong in ("", "长" * 21):
        answer = await desk_site.submit(client, "/queue?shelf=free", {"name": wrong})
        assert answer.status_code == 422
        assert 'href="#name"' in answer.text
    page = await desk_site.page(client, "/queue")
    form = next(form for form in page.forms if form.action.endswith("/deletion"))
    gone = await desk_site.send(client, "/queue", form, {"filter": dict(form.buttons)["filter"]})
    assert "我的小区" not in gone.text


async def test_what_is_exported_is_what_is_filtered(desk_site: DeskSite) -> None:
    where, client = place(), await desk_site.visit(CLERK)
    ids = [await desk_site.api.open(community=where) for _ in range(2)]
    answer = await client.get(f"/queue/export.csv?community={where}&sort=case&order=desc")
    assert answer.status_code == 200
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[4] for line in lines[1:]] == sorted(ids, reverse=True)
    assert all("张*" in line and "张三" not in line for line in lines[1:])
    assert (await client.get(f"/queue/export.xlsx?community={where}")).content[:2] == b"PK"
    assert (await client.get("/queue/export.exe")).status_code == 404


async def test_an_address_that_makes_no_sense_shows_the_queue(desk_site: DeskSite) -> None:
    client = await desk_site.visit(CLERK)
    strange = "/queue?shelf=nowhere&kind='&state=x&due=never&sort=drop&order=x&page=99999999999&community=%F0%9F%8E%89"
    assert "没有符合这些条件的待办" in (await desk_site.page(client, strange)).text
