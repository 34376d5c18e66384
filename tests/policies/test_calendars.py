"""The calendar data: right on every published day, honest about the other years, never stale in December."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from shutil import copy, copytree

import chinese_calendar
import holidays
import pytest

from casework.working_days import is_working, reason_off
from policies.calendar_model import Holiday, WorkCalendar, YearSchedule
from policies.calendars import HERE, load_calendar, years_to_declare
from policies.errors import PolicyError

CALENDAR = load_calendar()


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


EXPLAINED: dict[tuple[str, date], str] = {}
"""Days on which a library says otherwise than the notice, with the reason; the notice holds."""

NOT_COVERED: dict[tuple[str, int], str] = {}
"""Published years that the locked release of a library does not know yet, with the reason."""


def a_library_says(library: str, day: date) -> bool:
    if library == "chinesecalendar":
        return bool(chinese_calendar.is_workday(day))
    return bool(holidays.country_holidays("CN", years=day.year).is_working_day(day))


@pytest.mark.parametrize("library", ["chinesecalendar", "holidays"])
@pytest.mark.parametrize("year", sorted(CALENDAR.published))
def test_every_day_of_every_published_year_agrees_with_two_independent_libraries(library: str, year: int) -> None:
    if (library, year) in NOT_COVERED:
        pytest.skip(NOT_COVERED[library, year])

    unlike = {(library, d) for d in days_of(year) if is_working(CALENDAR, d) != a_library_says(library, d)}

    assert unlike == {place for place in EXPLAINED if place[0] == library and place[1].year == year}


HASHES = {
    2024: "9ebdb6f3e09899c12576a036be02ff52cbfa71a197524e5a2d72ddf8390a3a8a",
    2025: "dae289ddb6f5bf9f3d0fc6ebdb9eb0860099513634adbaf78465fc5244df4f80",
    2026: "9928d8164a637dd3fa734be36bc023a213cd67560bc8fe535282d77980ddca4e",
}
"""What each year's file said when it was checked against its notice, so that no slip of an editor goes unseen."""


def test_a_published_year_is_still_what_was_checked_against_its_notice() -> None:
    assert {s.year: hashlib.sha256(s.model_dump_json().encode()).hexdigest() for s in CALENDAR.years} == HASHES


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2030, 2031])
def test_the_statutory_days_of_unpublished_years_are_the_thirteen_of_the_decree(year: int) -> None:
    """元旦1、春节4（含除夕）、清明1、劳动节2、端午1、中秋1、国庆3."""
    china = holidays.country_holidays("CN", years=year, observed=False)

    ours = {day for day in days_of(year) if "法定节假日" in (reason_off(CALENDAR, day) or "")}

    assert ours == {day for day in china if day.year == year}
    assert sum(len(china.get_list(day)) for day in ours) == 13


def test_published_years_are_2024_to_2026_and_2027_is_declared_missing() -> None:
    assert CALENDAR.published == {2024, 2025, 2026}
    assert CALENDAR.declared_missing == (2027,)
    assert all(s.source.startswith("国务院办公厅关于") and s.issued.year == s.year - 1 for s in CALENDAR.years)


def test_next_years_schedule_is_present_or_declared_missing_today() -> None:
    """Fails from November on: add policies/holidays/<year>.toml from the notice, or declare the year missing."""
    today = date.today()  # noqa: DTZ011  the one place where the data are held against the real day

    assert years_to_declare(CALENDAR, today) == ()


def test_from_november_next_year_must_be_published_or_declared() -> None:
    forgetful = CALENDAR.model_copy(update={"declared_missing": ()})

    assert years_to_declare(forgetful, date(2026, 10, 31)) == ()
    assert years_to_declare(forgetful, date(2026, 11, 1)) == (2027,)
    assert years_to_declare(forgetful, date(2027, 1, 1)) == (2027,)
    assert years_to_declare(CALENDAR, date(2026, 12, 31)) == ()
    assert years_to_declare(CALENDAR, date(2027, 11, 1)) == (2028,)


def a_schedule(year: int = 2027, **changed: object) -> YearSchedule:
    """An invented schedule, for tests only."""
    days_off = [Holiday(name="元旦", first=date(year, 1, 1), last=date(year, 1, 2))]
    raw = {
        "year": year,
        "source": "测试用的通知",
        "issued": date(year - 1, 11, 4),
        "holidays": days_off,
        "workdays": (),
    }
    return YearSchedule.model_validate(raw | changed)


def test_a_published_notice_replaces_the_estimate_and_changes_the_version() -> None:
    known = CALENDAR.with_schedule(a_schedule(workdays=(date(2027, 1, 3),)))

    assert 2027 in known.published
    assert known.declared_missing == ()
    assert is_working(known, date(2027, 1, 3))
    assert not is_working(CALENDAR, date(2027, 1, 3))
    assert known.version != CALENDAR.version
    assert known.version.startswith("2027-")


def test_a_notice_may_reach_back_into_the_december_before() -> None:
    """元旦 2023 began on 2022-12-31."""
    new_year = Holiday(name="元旦", first=date(2026, 12, 31), last=date(2027, 1, 2))

    known = CALENDAR.with_schedule(a_schedule(holidays=[new_year], workdays=(date(2026, 12, 27),)))

    assert not is_working(known, date(2026, 12, 31))
    assert is_working(known, date(2026, 12, 27))


def test_the_calendar_travels_small_and_comes_back_the_same() -> None:
    carried = CALENDAR.model_dump_json()

    back = WorkCalendar.model_validate_json(carried)

    assert len(carried.encode()) < 5000
    assert back == CALENDAR
    assert (back.version, back.sha256) == (CALENDAR.version, CALENDAR.sha256)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("workdays = [2026-01-04", "workdays = [2026-01-05", "周六或周日"),
        ("workdays = [2026-01-04", "workdays = [2026-01-03", "既放假又上班"),
        ("last = 2026-01-03", "last = 2025-01-03", "起止日期"),
        ("year = 2026", "year = 2027", "2026.toml"),
        ("year = 2026", "", "year"),
        ("year = 2026", "year = = 2026", "TOML"),
        ('"元旦"', '"元旦", extra = 1', "extra"),
    ],
)
def test_a_bad_schedule_names_its_file(tmp_path: Path, old: str, new: str, words: str) -> None:
    copytree(HERE / "holidays", tmp_path / "holidays")
    copy(HERE / "statutory.toml", tmp_path)
    sheet = tmp_path / "holidays" / "2026.toml"
    text = sheet.read_text(encoding="utf-8")
    assert old in text
    sheet.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(PolicyError) as caught:
        load_calendar(directory=tmp_path)

    assert (caught.value.code, caught.value.file) == ("bad_calendar", "2026.toml")
    assert words in caught.value.message
