"""Counting on the real calendar: the scenarios by number, and the properties every count has."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.working_days import (
    Skipped,
    add_months,
    count,
    is_provisional,
    is_working,
    last_working_day_of_month,
    lengthen_only,
    next_working_day,
    nth_working_day_of_month,
    previous_working_day,
    working_days_before,
    working_days_between,
)
from policies.calendar_model import Holiday, WorkCalendar, YearSchedule
from policies.calendars import load_calendar
from policies.packs import load_pack
from policies.terms import Length

CALENDAR = load_calendar()
PUBLICITY = load_pack("jilin-2021").publicity.length.value
PROMISE = load_pack("jilin-2021").promise.length.value


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(day, texts))


def ends(start: str, length: str, *, roll: bool = False) -> str:
    return count(CALENDAR, day(start), Length.parse(length), roll=roll).ends.isoformat()


def test_scenario_1_publicity_over_national_day_counts_the_make_up_saturday() -> None:
    counted = count(CALENDAR, day("2026-09-30"), PUBLICITY, roll=False)

    assert counted.counted == days("2026-10-08", "2026-10-09", "2026-10-10")
    assert counted.ends == day("2026-10-10")
    assert counted.skipped == tuple(Skipped(day(f"2026-10-0{n}"), "国庆节放假") for n in range(1, 8))
    assert not counted.provisional
    assert next_working_day(CALENDAR, counted.ends) == day("2026-10-12")


def test_scenario_2_neither_a_weekday_calendar_nor_one_without_make_up_days_gives_the_same() -> None:
    real = CALENDAR.years[-1]
    no_holidays = real.model_copy(
        update={"holidays": (Holiday(name="元旦", first=day("2026-01-01"), last=day("2026-01-01")),)}
    )
    naive = CALENDAR.with_schedule(no_holidays.model_copy(update={"workdays": ()}))
    no_make_up = CALENDAR.with_schedule(real.model_copy(update={"workdays": ()}))

    assert count(naive, day("2026-09-30"), PUBLICITY, roll=False).ends == day("2026-10-05")
    assert count(no_make_up, day("2026-09-30"), PUBLICITY, roll=False).ends == day("2026-10-12")
    assert count(CALENDAR, day("2026-09-30"), PUBLICITY, roll=False).ends == day("2026-10-10")


def test_scenario_4_posted_on_a_holiday_ends_the_same() -> None:
    assert ends("2026-10-01", "3wd") == "2026-10-10"


def test_scenario_5_the_saturday_before_spring_festival_counts() -> None:
    counted = count(CALENDAR, day("2026-02-13"), PUBLICITY, roll=False)

    assert counted.counted == days("2026-02-14", "2026-02-24", "2026-02-25")


def test_scenario_7_after_labour_day_the_next_working_day_is_a_saturday() -> None:
    counted = count(CALENDAR, day("2026-04-30"), PUBLICITY, roll=False)

    assert counted.counted == days("2026-05-06", "2026-05-07", "2026-05-08")
    assert next_working_day(CALENDAR, counted.ends) == day("2026-05-09")


def with_2027(*workdays: str) -> WorkCalendar:
    new_year = Holiday(name="元旦", first=day("2027-01-01"), last=day("2027-01-02"))
    schedule = YearSchedule(
        year=2027, source="测试用的通知", issued=day("2026-11-04"), holidays=(new_year,), workdays=days(*workdays)
    )
    return CALENDAR.with_schedule(schedule)


def test_scenario_10_an_end_in_an_unpublished_year_is_provisional_and_may_only_lengthen() -> None:
    standing = count(CALENDAR, day("2026-12-30"), PUBLICITY, roll=False)
    assert standing.counted == days("2026-12-31", "2027-01-04", "2027-01-05")
    assert standing.provisional

    recounted = count(with_2027("2027-01-03"), day("2026-12-30"), PUBLICITY, roll=False)

    assert (recounted.ends, recounted.provisional) == (day("2027-01-04"), False)
    assert lengthen_only(standing.ends, recounted).ends == day("2027-01-05")
    assert lengthen_only(day("2027-01-03"), recounted) == recounted


def test_scenario_12_reposted_after_a_void_publicity() -> None:
    assert ends("2026-10-12", "3wd") == "2026-10-15"


def test_scenario_22_the_promise_and_its_reminders() -> None:
    due = count(CALENDAR, day("2026-09-18"), PROMISE, roll=False).ends

    assert due == day("2026-10-22")
    assert [working_days_before(CALENDAR, due, n) for n in (5, 2)] == list(days("2026-10-15", "2026-10-20"))
    assert working_days_between(CALENDAR, day("2026-09-18"), due) == 20


def test_scenario_24_the_last_promises_inside_the_known_calendar() -> None:
    counted = count(CALENDAR, day("2026-11-25"), PROMISE, roll=False)

    assert (counted.ends, counted.provisional) == (day("2026-12-23"), False)
    assert count(CALENDAR, day("2026-12-04"), PROMISE, roll=False).provisional


def test_scenario_31_liaonings_twenty_days() -> None:
    promise = load_pack("liaoning-2006").promise

    counted = count(CALENDAR, day("2026-09-18"), promise.length.value, roll=promise.rolls)

    assert (counted.ends, counted.skipped, len(counted.counted)) == (day("2026-10-08"), (), 20)


def test_scenario_33_sixty_days_ending_on_a_holiday_roll_to_the_next_working_day() -> None:
    promise = load_pack("liaoning-2006").promise
    assert promise.relocated_length is not None

    counted = count(CALENDAR, day("2026-08-03"), promise.relocated_length.value, roll=promise.rolls)

    assert counted.counted[-1] == day("2026-10-02")
    assert counted.ends == day("2026-10-08")
    assert [s.day for s in counted.skipped] == [day(f"2026-10-0{n}") for n in range(2, 8)]
    assert ends("2026-08-03", "60d", roll=False) == "2026-10-02"
    assert previous_working_day(CALENDAR, day("2026-10-02")) == day("2026-09-30")


def test_scenario_35_sealed_on_a_make_up_saturday() -> None:
    counted = count(CALENDAR, day("2026-10-10"), PROMISE, roll=False)

    assert is_working(CALENDAR, day("2026-10-10"))
    assert (counted.counted[0], counted.ends) == (day("2026-10-12"), day("2026-11-06"))


def test_scenario_36_eleven_working_days_of_illness() -> None:
    assert working_days_between(CALENDAR, day("2026-10-11"), day("2026-10-26")) == 11
    assert ends("2026-10-22", "11wd") == "2026-11-06"


def test_scenario_89_a_day_off_added_later_moves_the_ends() -> None:
    real = CALENDAR.years[-1]
    longer = Holiday(name="国庆节", first=day("2026-10-01"), last=day("2026-10-07"))
    extra = Holiday(name="临时放假", first=day("2026-10-09"), last=day("2026-10-09"))
    kept = tuple(h for h in real.holidays if h != longer)
    revised = CALENDAR.with_schedule(real.model_copy(update={"holidays": (*kept, longer, extra)}))

    assert count(revised, day("2026-09-30"), PUBLICITY, roll=False).ends == day("2026-10-12")
    assert count(revised, day("2026-09-18"), PROMISE, roll=False).ends == day("2026-10-23")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2026-02-10", "2026-03-10"),
        ("2026-02-28", "2026-03-28"),
        ("2024-01-31", "2024-02-29"),
        ("2026-09-19", "2026-10-19"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_a2_a_window_of_a_month_ends_on_the_corresponding_day_and_needs_no_calendar(start: str, end: str) -> None:
    counted = count(CALENDAR, day(start), Length.parse("1mo"), roll=False)

    assert (counted.ends, counted.skipped, counted.provisional) == (day(end), (), False)


def test_a_rolled_month_that_ends_in_an_unpublished_year_is_provisional() -> None:
    counted = count(CALENDAR, day("2026-12-01"), Length.parse("1mo"), roll=True)

    assert (counted.ends, counted.provisional) == (day("2027-01-04"), True)
    assert [s.reason for s in counted.skipped] == [
        "元旦（法定节假日，放假安排尚未公布）",
        "周六（放假安排尚未公布）",
        "周日（放假安排尚未公布）",
    ]


def test_only_days_that_were_looked_at_make_an_answer_provisional() -> None:
    assert not count(CALENDAR, day("2026-12-30"), Length.parse("1wd"), roll=False).provisional
    assert not count(CALENDAR, day("2023-12-31"), Length.parse("1wd"), roll=False).provisional
    assert count(CALENDAR, day("2023-12-30"), Length.parse("1wd"), roll=False).provisional
    assert is_provisional(CALENDAR, day("2027-01-01"))


def test_the_monthly_report_is_due_on_the_seventh_working_day() -> None:
    """每月后7个工作日内 (N19, A34)."""
    due = ["01-12", "02-10", "03-10", "04-10", "05-13", "06-09", "07-09", "08-11", "09-09", "10-15", "11-10", "12-09"]

    computed = [nth_working_day_of_month(CALENDAR, 2026, month, 7).strftime("%m-%d") for month in range(1, 13)]

    assert computed == due


def test_a_month_has_a_last_working_day_and_no_more_than_it_has() -> None:
    assert last_working_day_of_month(CALENDAR, 2026, 10) == day("2026-10-30")
    assert last_working_day_of_month(CALENDAR, 2026, 2) == day("2026-02-28")
    assert nth_working_day_of_month(CALENDAR, 2026, 10, 1) == day("2026-10-08")
    for n in (0, 24):
        with pytest.raises(ValueError, match="no working day number"):
            nth_working_day_of_month(CALENDAR, 2026, 10, n)


a_day = st.dates(day("2023-06-01"), day("2032-12-31"))


@settings(max_examples=60, deadline=None)
@given(start=a_day, n=st.integers(1, 60))
def test_a_count_of_working_days_is_what_it_says(start: date, n: int) -> None:
    counted = count(CALENDAR, start, Length.parse(f"{n}wd"), roll=True)

    passed = sorted([*counted.counted, *(s.day for s in counted.skipped)])
    assert len(counted.counted) == n
    assert passed == [start + timedelta(days=k) for k in range(1, len(passed) + 1)]
    assert counted.ends == counted.counted[-1] == passed[-1]
    assert working_days_between(CALENDAR, start, counted.ends) == n
    assert all(is_working(CALENDAR, d) for d in counted.counted)
    assert counted.provisional == any(d.year not in (2024, 2025, 2026) for d in passed)
    if is_working(CALENDAR, start):
        assert working_days_before(CALENDAR, counted.ends, n) == start


@settings(max_examples=60, deadline=None)
@given(start=a_day, n=st.integers(1, 40))
def test_a_month_never_overshoots_and_keeps_the_day_when_it_can(start: date, n: int) -> None:
    end = add_months(start, n)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@settings(max_examples=60, deadline=None)
@given(after=a_day, days_on=st.integers(-400, 1200))
def test_working_days_between_are_those_that_one_would_count_by_hand(after: date, days_on: int) -> None:
    until = after + timedelta(days=days_on)
    by_hand = sum(is_working(CALENDAR, after + timedelta(days=k)) for k in range(1, days_on + 1))

    assert working_days_between(CALENDAR, after, until) == by_hand


def test_another_calendar_is_counted_anew() -> None:
    before = working_days_between(CALENDAR, day("2026-10-11"), day("2026-10-26"))
    real = CALENDAR.years[-1]
    extra = Holiday(name="临时放假", first=day("2026-10-13"), last=day("2026-10-13"))
    revised = CALENDAR.with_schedule(real.model_copy(update={"holidays": (*real.holidays, extra)}))

    assert working_days_between(revised, day("2026-10-11"), day("2026-10-26")) == before - 1
    assert revised != CALENDAR
    assert "working_days" not in CALENDAR.model_dump()
