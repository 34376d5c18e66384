"""Importing a schedule over HTTP: mistakes by line, what it changes, whom it moves, what an administrator is told."""

import asyncio

import pytest

from operations.demo_accounts import ADMINISTRATOR
from tests.installation import CASES, CLERK, REVIEWERS, SUPERVISOR, Installation

pytestmark = pytest.mark.engine

CALENDARS = "/api/v1/calendars"


def regional(area: str, day: str = "2026-10-09", source: str = "测试用的地方放假安排") -> str:
    """An invented schedule of one area."""
    return (
        f'area = "{area}"\nyear = 2026\nsource = "{source}"\nissued = 2026-10-01\n'
        f'holidays = [{{ name = "测试节", first = {day}, last = {day} }}]\n'
    )


async def test_scenario_14_an_import_moves_the_cases_of_its_area_and_says_so(api: Installation) -> None:
    case_id = await api.in_publicity()
    before = await api.get(ADMINISTRATOR, CALENDARS)
    text = {"content": regional("220302004")}

    asked = await api.post(ADMINISTRATOR, f"{CALENDARS}/previews", text)
    assert asked.status_code == 200, asked.text
    preview = asked.json()
    assert [d["words"] for d in preview["days"]] == ["2026-10-09（周五） 上班 → 测试节（本地区放假）"]
    assert preview["area"] == "220302004"
    assert case_id in [each["case_id"] for each in preview["cases"]]
    assert (await api.get(ADMINISTRATOR, CALENDARS))["number"] == before["number"]

    done = await api.post(ADMINISTRATOR, CALENDARS, text)
    assert done.status_code == 201, done.text
    assert done.json()["number"] == before["number"] + 1
    assert done.json()["waiting"] >= 1
    for _ in range(900):
        after = await api.get(ADMINISTRATOR, CALENDARS)
        if not after["progress"]["waiting"] and not after["progress"]["running"]:
            break
        await asyncio.sleep(0.1)
    assert after["progress"]["failed"] == {}
    assert after["issues"][0]["imported_by"] == ADMINISTRATOR
    clocks = await api.get(CLERK, f"{CASES}/{case_id}/clocks")
    assert {c["kind"]: c["due_on"] for c in clocks["clocks"]}["publicity"] == "2026-10-12"
    events = await api.get(CLERK, f"{CASES}/{case_id}/timeline")
    adopted = [e for e in events["events"] if e["trigger"] == "adopt_calendar"]
    assert len(adopted) == 1
    assert {"label": "更新人", "value": ADMINISTRATOR} in adopted[0]["why"]["facts"]

    again = await api.post(ADMINISTRATOR, CALENDARS, text)
    assert (again.status_code, again.json()["error"]["code"]) == (422, "calendar_same")
    older = await api.post(ADMINISTRATOR, CALENDARS, {"content": text["content"].replace("2026-10-01", "2026-09-01")})
    assert (older.status_code, older.json()["error"]["code"]) == (422, "schedule_older")
    await api.post(ADMINISTRATOR, CALENDARS, {"content": regional("220302004", "2026-12-31", "测试后撤回的安排")})
    assert (await api.post(ADMINISTRATOR, f"{CALENDARS}/runs")).status_code == 202


async def test_every_mistake_of_a_file_is_named_with_its_line(api: Installation) -> None:
    wrong = 'year = 2027\nsource = "国务院办公厅关于2027年部分节假日安排的通知"\nissued = 2026-11-05\nholidays = [\n'
    wrong += '  { name = "元旦", first = 2027-01-01, last = 2027-01-03 },\n]\nworkdays = [2027-01-02,\n  2027-01-11]\n'
    said = (await api.post(ADMINISTRATOR, CALENDARS, {"content": wrong})).json()["error"]
    assert said["code"] == "bad_calendar"
    assert said["details"]["findings"] == [
        "content 第7行　（整个文件）　2027-01-02 既放假又上班",
        "content 第8行　（整个文件）　2027-01-11 列为调休上班日，应是周六或周日",
    ]


async def test_only_an_administrator_sees_and_imports_calendars(api: Installation) -> None:
    for account in (CLERK, REVIEWERS[0], SUPERVISOR):
        for method, path in (("GET", CALENDARS), ("POST", CALENDARS), ("POST", f"{CALENDARS}/previews"),
                             ("POST", f"{CALENDARS}/runs"), ("GET", "/api/v1/alerts")):  # fmt: skip
            body = {"content": regional("99")} if method == "POST" else None
            assert (await api.ask(account, method, path, json=body)).status_code == 403, (account, path)


async def test_from_november_a_missing_next_year_is_an_alert(api: Installation) -> None:
    async def told(day: str) -> list[tuple[str, bool]]:
        answer = await api.get(ADMINISTRATOR, f"/api/v1/alerts?as_of={day}")
        return [(a["code"], a["urgent"]) for a in answer["alerts"] if a["code"].startswith("calendar_next")]

    assert await told("2026-10-31") == [("calendar_next_year_missing", False)]
    assert await told("2026-11-01") == [("calendar_next_year_missing", True)]
    assert await told("2025-12-31") == []
