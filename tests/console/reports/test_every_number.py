"""Every number of the report's pages over HTTP, at every level and in locked, drawn up and running months: its list.

A record of its own and no engine: reports only read and write the record.
"""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.monthly_reports import take
from desk.opening_balances import confirm, enter
from desk.report_rounds import draw_up_reports
from operations.demo_accounts import seed
from records import monthly_reports as kept
from records.case_file import write_event
from records.engine import Record
from register.dispatch import Balance
from tests.console.desk_site import DeskSite
from tests.desk.report_cast import AREA, MONTH, a_desk, at, staff
from tests.engine_stack import KEYS
from tests.installation import CLERK, NOWHERE, OFFICE, REVIEWERS, Installation, configured, serving
from tests.make import CLERK as CASEWORKER
from tests.make import COUNTY, HELPER, SEALER, Life

CELL = re.compile(r'<td data-title="([^"]+)" class="number">(?:<a href="([^"]+)">)?(-?\d+)')
ELSEWHERE = re.compile(r'<a href="(/reports/[^"]+/rows[^"]+)">([+-]?\d+)</a>')
BALANCE = re.compile(r"其中 (\d+) 是已确认的期初累计数")
PARTED = re.compile(
    r">(-?\d+)</strong> = 计入 (?:<a [^>]+>)?(\d+)(?:</a>)? 条 − 减去 <a [^>]+>(\d+)</a> 条(?: \+ 期初累计数 (\d+))?"
)
TOTAL = re.compile(r"共 (\d+) 条")
MONTHS = (MONTH, "2026-10", "2026-11")
BEFORE = Balance(recognised=300, eliminated=280, employed=310)


def lives() -> list[Life]:
    """One household each: a job in time, one known late, one made up, handed on near and far, revoked, restored."""
    found = [
        Life().assisted("2026-08-03", "2026-08-13"),
        *(Life().assisted("2026-09-08", "2026-09-18") for _ in "1234567"),
    ]
    in_time, late, made_up, taken_back, far, near, revoked, restored = found
    in_time.employed("2026-09-24", "2026-09-25")
    late.employed("2026-09-29", "2026-10-09")
    job = made_up.employed("2026-09-28", "2026-09-29")
    made_up.do("2026-11-02", "withdraw_elimination", COUNTY, employment=job)
    job = taken_back.employed("2026-10-12", "2026-10-13")
    taken_back.do("2026-10-20", "withdraw_elimination", COUNTY, employment=job)
    far.do("2026-09-25", "transfer_case", CASEWORKER, to_office="220303001", ground="moved")
    near.do("2026-10-09", "transfer_case", CASEWORKER, to_office="220302005", ground="moved")
    revoked.do("2026-09-21", "propose_exit", CASEWORKER, reason="false_report")
    revoked.do("2026-10-09", "approve_exit", COUNTY)
    restored.employed("2026-09-25", "2026-09-28")
    restored.do("2026-11-03", "record_job_loss", HELPER, member="M1")
    restored.do("2026-11-06", "restore_certification", SEALER)
    return found


def fill(record: Record) -> None:
    """Write the lives, lock September, draw up October, leave November running; the county had balances before."""
    with record.write() as work:
        for number, life in enumerate(lives(), 1):
            case_id = f"{OFFICE}-2026-{number:05d}"
            for event in life.events:
                case = event.case.model_copy(update={"case_id": case_id})
                named = {"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"}
                write_event(work, event.model_copy(update=named))
    desk, who, then = a_desk(record), staff(), at("2026-11-09")
    enter(desk, who["reviews"], BEFORE, "2025年台账", then)
    with record.read() as work:
        shown = kept.balances(work, AREA)[AREA].entered_at.isoformat()
    confirm(desk, who["signs"], shown, then)
    draw_up_reports(record, date(2026, 10, 1), then)
    draw_up_reports(record, date(2026, 11, 1), then)
    for name, act in (("reviews", "reviewed"), ("signs", "signed"), ("reviews", "submitted"), ("city", "locked")):
        take(desk, who[name], AREA, MONTH, act, 1, None, then)


@dataclass
class Walk:
    """Opens each list once; `opened` says what stood on the page that led there, and how long the list is."""

    site: DeskSite
    opened: dict[str, tuple[int, int]]

    async def page(self, account: str, path: str) -> str:
        answer = await (await self.site.visit(account)).get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    async def numbers(self, account: str, path: str) -> dict[str, int]:
        """Open every number of a report as this account; return those of its table, by title and count."""
        shown = await self.page(account, path)
        assert "数字没有对上" not in shown, path
        table: dict[str, int] = {}
        for title, link, number in CELL.findall(shown):
            assert link or number == "0", f"{path}: {number} of {title} leads nowhere"
            if link:
                table[f"{title} {link.partition('count=')[2].partition('&')[0]}"] = int(number)
        links = {link: int(number) for link, number in ELSEWHERE.findall(shown)}
        for link, number in links.items():
            await self.open(account, link.replace("&amp;", "&"), number)
        return table

    async def open(self, account: str, link: str, number: int) -> None:
        if link in self.opened:
            assert self.opened[link][0] == number, link
            return
        shown = await self.page(account, link)
        rows = sum(int(total) for total in TOTAL.findall(shown))
        parted, balance = PARTED.search(shown), BALANCE.search(shown)
        before = int(balance[1]) if balance else int(parted[4] or 0) if parted else 0
        assert before == 0 or before in BEFORE.model_dump().values(), link
        if parted:
            plus, minus = int(parted[2]), int(parted[3])
            assert (int(parted[1]), number, rows) == (number, plus - minus + before, plus + minus), link
        else:
            assert number == rows + before, f"{link}: {number}, and {rows} rows"
        self.opened[link] = (number, rows)


@pytest.fixture
async def site(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[DeskSite]:
    shutil.copy(sqlite_template, tmp_path / "record.db")
    url = f"sqlite:///{tmp_path / 'record.db'}"
    record = Record(url, KEYS)
    people = seed(record, datetime.now(UTC), tmp_path)
    fill(record)
    async with serving(configured(NOWHERE, url, tmp_path)) as base:
        nothing: Any = None
        found = DeskSite(Installation(base, record, people, tmp_path, nothing))
        yield found
        await found.api.close()
    record.close()


async def test_every_number_of_every_level_and_month_leads_to_its_list(site: DeskSite) -> None:
    walk, tables = Walk(site, {}), dict[tuple[str, str], dict[str, int]]()
    for month in MONTHS:
        for account, area in (
            ("sv-220000", "22"),
            ("sv-220300", "2203"),
            ("sv-220300", AREA),
            (REVIEWERS[0], AREA),
            ("sv-220300", "220303"),
            (CLERK, OFFICE),
        ):
            tables[month, area] = await walk.numbers(account, f"/reports/{month}/{area}")
        shown = await walk.page("sv-220300", f"/reports?month={month}")
        for link, number in ELSEWHERE.findall(shown):
            await walk.open("sv-220300", link, int(number))
    assert "已锁定" in await walk.page(REVIEWERS[0], f"/reports/{MONTH}/{AREA}")
    september, october, november = (tables[month, AREA] for month in MONTHS)
    named = {key.rpartition(" ")[2] for table in tables.values() for key in table}
    assert {"column_members", "column_transferred", "corrected", "closing", "eliminated", "returned"} <= named
    assert september["合计 new"] == 7
    assert (october["合计 corrected"], november["合计 corrected"]) == (-1, 1)
    assert tables[MONTH, "220303"]["合计 column_transferred"] == 1
    kinds = " ".join(walk.opened)
    for each in ("count=late", "count=since", "office=", "count=channel_employer", "count=all_employed"):
        assert each in kinds


async def test_a_list_says_what_adds_and_what_takes_away_and_its_file_is_the_same(site: DeskSite) -> None:
    walk = Walk(site, {})
    path = f"/reports/2026-10/{AREA}/rows?count=corrected"
    shown = await walk.page(REVIEWERS[0], path)
    assert "减去" in shown
    minus = await walk.page(REVIEWERS[0], path + "&sign=minus")
    assert "全部列出" in minus
    file = await walk.page(REVIEWERS[0], path.replace("/rows?", "/rows/export.csv?"))
    assert [file.count(f"{OFFICE}-2026-")] == [int(total) for total in TOTAL.findall(shown)[:1]]
    wrong = (
        "count=column_nothing",
        "count=closing&office=220303001",
        "count=late&fact=eliminated&of=2026-01",
        "count=x",
    )
    for query in wrong:
        answer = await (await site.visit(REVIEWERS[0])).get(f"/reports/2026-10/{AREA}/rows?{query}")
        assert answer.status_code == 404, query
