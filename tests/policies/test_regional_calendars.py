"""Days off that one area alone has: they hold there alone, and a national revision leaves them (scenario 14).

The schedules are invented, for tests only.
"""

from datetime import date
from pathlib import Path
from shutil import copy, copytree

import pytest

from casework.working_days import count, reason_off
from policies.calendar_file import read_schedule, remarks
from policies.calendar_model import Holiday, RegionalSchedule, WorkCalendar, YearSchedule
from policies.calendars import HERE, load_calendar
from policies.errors import PolicyError
from policies.terms import Length

NATION = load_calendar()
FEAST = date(2026, 4, 20)
"""A Monday, invented: a day off in area 99."""


def regional(
    area: str = "99", *days: date, work: tuple[date, ...] = (), issued: str = "2026-01-05"
) -> RegionalSchedule:
    return RegionalSchedule(
        area=area,
        year=2026,
        source="测试用的地方放假安排",
        issued=date.fromisoformat(issued),
        holidays=tuple(Holiday(name="测试节", first=day, last=day) for day in days),
        workdays=work,
    )


def test_scenario_14_the_day_is_skipped_in_its_area_alone() -> None:
    everywhere = NATION.with_schedule(regional("99", FEAST))
    there, here = everywhere.for_area("990101001"), everywhere.for_area("220302004")
    three = Length.parse("3wd")

    assert count(there, date(2026, 4, 17), three, roll=True).ends == date(2026, 4, 23)
    assert count(here, date(2026, 4, 17), three, roll=True).ends == date(2026, 4, 22)
    assert reason_off(there, FEAST) == "测试节（本地区放假）"
    assert reason_off(everywhere, FEAST) is None  # what all areas have is counted by nobody
    assert here == NATION
    assert there.version != here.version == NATION.version


def test_an_areas_word_holds_over_the_nations_and_a_smaller_areas_over_a_larger() -> None:
    made_up = date(2026, 5, 9)  # a Saturday on which the nation works
    calendar = NATION.with_schedule(regional("99", FEAST, made_up, work=(date(2026, 4, 25),)))
    calendar = calendar.with_schedule(regional("9901", work=()))
    there = calendar.for_area("990101001")
    assert reason_off(there, made_up) is not None
    assert reason_off(there, date(2026, 4, 25)) is None
    smaller = calendar.with_schedule(regional("9901", work=(date(2026, 4, 26),)).model_copy(update={"holidays": ()}))
    assert reason_off(smaller.for_area("990101001"), date(2026, 4, 26)) is None
    assert reason_off(smaller.for_area("990201001"), date(2026, 4, 26)) == "周日"


def test_a_national_revision_keeps_the_areas_days_and_an_empty_schedule_takes_them_back() -> None:
    there = NATION.with_schedule(regional("99", FEAST)).for_area("990101001")
    known = NATION.years[-1]
    more = Holiday(name="国庆节", first=date(2026, 10, 9), last=date(2026, 10, 9))
    revised = NATION.with_schedule(YearSchedule(**{**dict(known), "holidays": (*known.holidays, more)}))

    after = revised.for_area("990101001", there)
    assert reason_off(after, FEAST) is not None
    assert reason_off(after, date(2026, 10, 9)) is not None
    back = revised.with_schedule(regional("99", issued="2026-02-01")).for_area("990101001", after)
    assert reason_off(back, FEAST) is None


def test_a_regional_calendar_travels_and_comes_back_the_same() -> None:
    there = NATION.with_schedule(regional("99", FEAST)).for_area("990101001")

    back = WorkCalendar.model_validate_json(there.model_dump_json())
    assert (back, back.version) == (there, there.version)
    assert there.issued(3).version == there.version


def test_a_file_of_an_area_is_loaded_by_its_name_and_none_is_shipped(tmp_path: Path) -> None:
    assert NATION.overlays == NATION.regional == ()
    copytree(HERE / "holidays", tmp_path / "holidays")
    copy(HERE / "statutory.toml", tmp_path)
    (tmp_path / "holidays" / "regional").mkdir()
    file = tmp_path / "holidays" / "regional" / "99-2026.toml"
    text = 'area = "99"\nyear = 2026\nsource = "测试用的安排"\nissued = 2026-01-05\n'
    file.write_text(
        text + 'holidays = [{ name = "测试节", first = 2026-04-20, last = 2026-04-20 }]\n', encoding="utf-8"
    )

    assert reason_off(load_calendar("990101001", directory=tmp_path), FEAST) == "测试节（本地区放假）"
    assert reason_off(load_calendar("220302004", directory=tmp_path), FEAST) is None
    assert isinstance(read_schedule(file.read_text(encoding="utf-8"), file.name), RegionalSchedule)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("year = = 2027\n", 1, "TOML"),
        ('year = 2027\nsource = "通知"\n', 2, "不能为空"),
        ("year = 2027\nissued = yesterday\n", 2, "TOML"),
        ('year = 2027\nissued = "昨天"\n', 2, "应为日期"),
        ('area = "9x"\nyear = 2027\n', 1, "地区代码"),
        ("year = 2027\nwhat = 1\n", 2, "不认识"),
        ("year = 27\n", 1, "1949"),
        ("holidays = [\n  { name = \"元旦\", first = 2027-01-01 },\n]\n", 2, "缺少"),
        ("holidays = [\n  { name = \"甲\", first = 2027-01-03, last = 2027-01-01 },\n]\n", 2, "起止日期"),
        ("workdays = [2027-01-09,\n  # 注\n  2027-13-10]\n", 3, "TOML"),
    ],
)  # fmt: skip
def test_each_mistake_of_a_file_names_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(PolicyError) as caught:
        read_schedule(text, "2027.toml")

    assert (caught.value.code, caught.value.file) == ("bad_calendar", "2027.toml")
    assert line in [f.line for f in caught.value.findings if words in f.reason]


def test_what_looks_invented_is_remarked() -> None:
    schedule = YearSchedule(
        year=2027,
        source="网上流传的2027年放假表",
        issued=date(2026, 11, 5),
        holidays=(Holiday(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3)),),
        workdays=(),
    )
    said = remarks(schedule, NATION)
    assert any("国务院办公厅" in each for each in said)
    assert any("2027-10-01（国庆节）是法定节假日" in each for each in said)
    assert not any("2027-01-01" in each for each in said)
