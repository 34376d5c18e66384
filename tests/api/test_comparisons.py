"""Comparing a household over HTTP: every connected source is asked about everybody, once; nothing passes silently."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.review_facts import Source
from connectors.file_source import FileSource
from connectors.http_source import HttpSettings, HttpSource
from records.household_pages import views_of
from tests.connectors.office_stub import OtherOffice
from tests.installation import (
    CASES,
    CLERK,
    ELSEWHERE,
    HELPER,
    REVIEWERS,
    Installation,
    application,
    configured,
    member,
    serving,
)

pytestmark = pytest.mark.engine


@dataclass
class Connected:
    """A second API over the same record and engine, connected to another office and to an extract."""

    api: Installation
    office: OtherOffice


@pytest.fixture(scope="module")
async def connected(
    api: Installation, engine_address: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Connected]:
    office = OtherOffice("secret-token")
    office.valid_until = f"{datetime.now(UTC).year + 1}-12-31"
    extract = tmp_path_factory.mktemp("exchange") / "register.json"
    day = datetime.now(UTC)
    whole = {"source": "register", "as_of": "2000-01-01", "valid_until": f"{day.year + 1}-12-31", "records": []}
    extract.write_text(json.dumps(whole), encoding="utf-8")
    connectors = {
        Source.BUSINESS: HttpSource(
            Source.BUSINESS, HttpSettings(url=office.url, token="secret-token", tries=1), wait=no_wait
        ),
        Source.REGISTER: FileSource(Source.REGISTER, extract),
    }
    url = f"sqlite:///{api.home / 'record.db'}"
    async with serving(replace(configured(engine_address, url, Path(api.home)), connectors=connectors)) as base:
        installation = Installation(base, api.record, api.staff, api.home, api.stack)
        yield Connected(installation, office)
        await installation.close()
    office.stop()


def no_wait(seconds: float) -> None:
    """Tests do not sleep."""


async def opened(api: Installation, **more: Any) -> tuple[str, list[str]]:
    people = [member(), member("配偶", marital="已婚", track="工人")]
    people[0]["marital"] = "已婚"
    answer = await api.post(CLERK, CASES, application(members=people, **more))
    assert answer.status_code == 201, answer.text
    return answer.json()["case_id"], [person["id_number"] for person in people]


async def test_a_run_asks_every_source_about_everybody_and_a_hit_waits_for_a_person(connected: Connected) -> None:
    api, office = connected.api, connected.office
    case_id, numbers = await opened(api)
    office.asked.clear()
    office.on_record = (numbers[1],)
    runs = f"{CASES}/{case_id}/comparisons/runs"
    early = await api.post(CLERK, runs)
    assert (early.status_code, office.asked) == (409, []), "nobody is asked about before the step is allowed"
    await api.step(CLERK, case_id, "acceptances")

    answer = await api.post(CLERK, runs, key="run-0001")

    done = answer.json()
    assert answer.status_code == 201, answer.text
    assert [p["id_number"] for p in office.asked[0]["people"]] == numbers
    assert [(t["kind"], t["about"]) for t in done["opened"]] == [("judge_hit", "business-M2")]
    assert done["why"]["says"].startswith("线上比对8项：3项未发现，1项有记录，4项来源不可用。")
    again = await api.post(CLERK, runs, key="run-0001")
    assert (again.json()["seq"], len(office.asked)) == (done["seq"], 1), "the same request asks nobody twice"
    first = {"compared_online": True, "visited_on": done["at"][:10]}
    refused = await api.post(CLERK, f"{CASES}/{case_id}/reviews/first-pass", first)
    assert refused.json()["error"]["code"] == "hit_unjudged"
    finding = {"source": "business", "member": "M2", "affects": False, "finding": "企业已于2023年注销。"}
    await api.step(CLERK, case_id, "comparisons/findings", finding)
    await api.step(CLERK, case_id, "reviews/first-pass", first)
    for path in ("", "/timeline", "/tasks"):
        shown = str(await api.get(CLERK, f"{CASES}/{case_id}{path}"))
        assert not [secret for secret in (*numbers, "存续") if secret in shown]


async def test_the_sources_words_are_read_with_a_reason_that_is_logged(connected: Connected) -> None:
    api, office = connected.api, connected.office
    case_id, numbers = await opened(api)
    office.on_record = (numbers[0],)
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "comparisons/runs")
    views = f"{CASES}/{case_id}/comparisons/views"

    found = (await api.post(REVIEWERS[0], views, {"reason": "查明工商登记"})).json()["answers"]

    told = next(a for a in found if a["source"] == "business" and a["member"] == "M1")
    assert (told["result_words"], told["reference"], told["source_words"]) == ("有记录", "GS-0007", "工商登记")
    assert "存续" in told["raw"]
    assert {a["raw"] for a in found if a["source"] == "tax"} == {"not_connected"}
    with api.record.read() as work:
        assert [(v.account, v.what) for v in views_of(work, case_id)] == [(REVIEWERS[0], "comparisons")]
    assert (await api.post(ELSEWHERE, views, {"reason": "看一看别处的"})).status_code == 404
    assert (await api.post(HELPER, views, {"reason": "想看一看"})).status_code == 403


async def test_a_source_that_is_down_is_on_record_as_such(connected: Connected) -> None:
    api, office = connected.api, connected.office
    case_id, _ = await opened(api)
    await api.step(CLERK, case_id, "acceptances")
    office.modes = ["500"]
    done = await api.step(CLERK, case_id, "comparisons/runs")
    office.modes = ["ok"]

    assert "6项来源不可用" in done["why"]["says"]
    assert "compare_online" in [t["kind"] for t in (await api.get(CLERK, f"{CASES}/{case_id}"))["tasks"]]


async def test_who_must_keep_away_or_may_not_compare_asks_nobody(connected: Connected) -> None:
    api, office = connected.api, connected.office
    case_id, _ = await opened(api)
    await api.step(CLERK, case_id, "acceptances")
    await api.step(CLERK, case_id, "conflicts", {"reason": "申请人是本人的表兄。"})
    office.asked.clear()
    runs = f"{CASES}/{case_id}/comparisons/runs"

    said = [(await api.post(account, runs)).status_code for account in (CLERK, HELPER, ELSEWHERE)]

    assert (said, office.asked) == ([403, 403, 404], [])


async def test_scenario_93_the_board_shows_the_minimum_and_the_original_is_untouched(api: Installation) -> None:
    """Masked name, community, category, period, contact; nothing else, and nothing is masked in the record itself."""
    case_id = await api.in_publicity()
    answer = await api.ask(CLERK, "GET", "/api/v1/board?as_of=2026-10-05&area=220302")
    postings = (await api.get(CLERK, f"{CASES}/{case_id}/publicity/postings"))["postings"]
    mine = next(n for n in answer.json()["notices"] if n["public_id"] == postings[0]["public_id"])

    assert {k: v for k, v in mine.items() if k not in ("public_id", "contact")} == {
        "masked_name": "张*",
        "community": "向阳社区",
        "category": "零就业家庭认定公示",
        "posted_on": "2026-09-30",
        "ends_on": "2026-10-10",
    }
    secrets = ("张三", "220000", "19900000001", "向阳街", "失业", "M1", case_id)
    assert not [secret for secret in secrets if secret in str(mine)]
    assert (postings[0]["posted_by"], postings[0]["down_on"]) == (CLERK, None)
    whole = (await api.post(CLERK, f"{CASES}/{case_id}/people/views", {"reason": "核对公示原件"})).json()
    assert (whole["people"][0]["name"], whole["address"]) == ("张三", "向阳街12号")
    assert len(whole["people"][0]["id_number"]) == 18
