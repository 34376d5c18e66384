"""Statutory working age under the 2025 reform: the check values, the edges, and the track nobody told."""

from datetime import date

import pytest

from casework.errors import SaidNo
from casework.household import Marital, Member, Relation, Sex, Track, WorkStatus
from casework.working_age import Age, is_working_age, retirement_dates, retires_on, turns_sixteen

MAN, WOMAN = Sex.MALE, Sex.FEMALE


def a_member(sex: Sex, birth_date: str, track: Track | None = None) -> Member:
    return Member(
        member_id="M1",
        relation=Relation.APPLICANT,
        sex=sex,
        birth_date=date.fromisoformat(birth_date),
        booklet="A",
        marital=Marital.SINGLE,
        status=WorkStatus.REGISTERED_UNEMPLOYED,
        track=track,
    )


@pytest.mark.parametrize(
    ("sex", "born", "track", "retires"),
    [
        (MAN, "1966-01-15", None, "2026-05-15"),
        (MAN, "1976-09-01", None, "2039-09-01"),
        (MAN, "1964-12-31", None, "2024-12-31"),
        (WOMAN, "1971-06-10", Track.CADRE, "2026-11-10"),
        (WOMAN, "1976-01-31", Track.WORKER, "2026-08-31"),
        (WOMAN, "1984-11-30", Track.WORKER, "2039-11-30"),
        (MAN, "1965-01-31", None, "2025-02-28"),
        (MAN, "1965-04-30", Track.WORKER, "2025-05-30"),
        (MAN, "1965-05-01", None, "2025-07-01"),
        (MAN, "1976-08-31", None, "2039-07-31"),
        (MAN, "1990-02-28", None, "2053-02-28"),
        (WOMAN, "1969-12-31", Track.CADRE, "2024-12-31"),
        (WOMAN, "1970-01-01", Track.CADRE, "2025-02-01"),
        (WOMAN, "1981-09-01", Track.CADRE, "2039-09-01"),
        (WOMAN, "1974-12-31", Track.WORKER, "2024-12-31"),
        (WOMAN, "1975-01-01", Track.WORKER, "2025-02-01"),
        (WOMAN, "1975-03-01", Track.WORKER, "2025-05-01"),
        (WOMAN, "1995-01-01", Track.WORKER, "2050-01-01"),
    ],
)
def test_the_statutory_retirement_date(sex: Sex, born: str, track: Track | None, retires: str) -> None:
    assert retires_on(sex, date.fromisoformat(born), track).isoformat() == retires


@pytest.mark.parametrize(
    ("on", "age", "counts"),
    [("2026-05-14", Age.WORKING, True), ("2026-05-15", Age.RETIRED, False)],
)
def test_scenario_68_the_husband_counts_until_the_day_before_his_retirement_date(
    on: str, age: Age, counts: bool
) -> None:
    verdict = is_working_age(a_member(MAN, "1966-01-15"), date.fromisoformat(on))

    assert (verdict.age, verdict.of_working_age) == (age, counts)
    assert verdict.until == date(2026, 5, 15)
    assert on in verdict.why


@pytest.mark.parametrize(("on", "age"), [("2026-10-12", Age.TOO_YOUNG), ("2026-10-13", Age.WORKING)])
def test_scenario_67_working_age_begins_on_the_sixteenth_birthday(on: str, age: Age) -> None:
    assert is_working_age(a_member(MAN, "2010-10-13"), date.fromisoformat(on)).age is age


def test_born_on_29_february() -> None:
    """Sixteen years later is a leap year, but for 2100; then the month's last day (民法典 202)."""
    assert turns_sixteen(date(2012, 2, 29)) == date(2028, 2, 29)
    assert turns_sixteen(date(2084, 2, 29)) == date(2100, 2, 28)
    assert is_working_age(a_member(MAN, "2012-02-29"), date(2028, 2, 28)).age is Age.TOO_YOUNG
    assert is_working_age(a_member(MAN, "2012-02-29"), date(2028, 2, 29)).age is Age.WORKING
    assert retires_on(WOMAN, date(1968, 2, 29), Track.CADRE) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("on", "age", "counts"),
    [
        ("2025-12-31", Age.WORKING, True),
        ("2026-08-30", Age.WORKING, True),
        ("2026-08-31", Age.UNKNOWN_TRACK, None),
        ("2032-08-30", Age.UNKNOWN_TRACK, None),
        ("2032-08-31", Age.RETIRED, False),
    ],
)
def test_an_unknown_track_is_asked_for_only_on_days_where_it_matters(on: str, age: Age, counts: bool | None) -> None:
    woman = a_member(WOMAN, "1976-01-31")
    assert retirement_dates(WOMAN, woman.birth_date, None) == (date(2026, 8, 31), date(2032, 8, 31))

    verdict = is_working_age(woman, date.fromisoformat(on))

    assert (verdict.age, verdict.of_working_age) == (age, counts)
    assert (verdict.until, verdict.until_latest) == (date(2026, 8, 31), date(2032, 8, 31))


def test_no_retirement_date_is_chosen_silently() -> None:
    with pytest.raises(SaidNo) as caught:
        retires_on(WOMAN, date(1976, 1, 31), None)
    assert (caught.value.code, caught.value.field) == ("unknown_track", "track")
