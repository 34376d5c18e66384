"""Time lost to a pause is made good: working days in working days, days in days, nothing twice, nothing outside."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.clocks import Pause
from casework.lost_days import count_over, made_good
from casework.working_days import count, is_working
from policies.calendars import load_calendar
from policies.terms import Length

CALENDAR = load_calendar()
TWENTY = Length.parse("20wd")


def a_pause(first: str, last: str | None) -> Pause:
    end = None if last is None else date.fromisoformat(last)
    return Pause(first=date.fromisoformat(first), last=end, why="患病", clause="x")


def ends(start: str, length: str, *pauses: Pause, roll: bool = False) -> str:
    term = Length.parse(length)
    return count_over(CALENDAR, date.fromisoformat(start), term, roll=roll, pauses=pauses).ends.isoformat()


def test_scenario_36_eleven_working_days_of_illness_are_made_good() -> None:
    done = count_over(CALENDAR, date(2026, 9, 18), TWENTY, roll=False, pauses=[a_pause("2026-10-12", "2026-10-26")])

    assert (done.ends, len(done.lost), len(done.counted.counted)) == (date(2026, 11, 6), 11, 20)
    assert any(s.reason == "暂停：患病" for s in done.counted.skipped)
    assert made_good(CALENDAR, date(2026, 10, 22), date(2026, 10, 12), date(2026, 10, 26)) == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([("2026-10-22", "2026-10-22")], "2026-10-23"),
        ([("2026-10-23", "2026-10-30")], "2026-10-22"),  # it had run out
        ([("2026-09-01", "2026-09-18")], "2026-10-22"),  # it had not begun
        ([("2026-10-01", "2026-10-07")], "2026-10-22"),  # nothing but days off
        ([("2026-10-10", "2026-10-11")], "2026-10-23"),  # a make-up Saturday is a working day
        ([("2026-10-12", "2026-10-16"), ("2026-10-14", "2026-10-20")], "2026-11-02"),
        ([("2026-10-12", "2026-10-16"), ("2026-10-27", "2026-10-28")], "2026-11-02"),
        ([("2026-10-12", None)], "2026-10-22"),  # its end is not known yet
    ],
)
def test_what_a_pause_takes_from_twenty_working_days(pauses: list[tuple[str, str | None]], due: str) -> None:
    assert ends("2026-09-18", "20wd", *(a_pause(*p) for p in pauses)) == due


def test_a_promise_in_days_gets_days_and_rolls_once_at_the_end() -> None:
    """60 days from 08-03 end on 10-02, a holiday; three lost days make it 10-05, still a holiday: 10-08."""
    assert ends("2026-08-03", "60d", roll=True) == "2026-10-08"
    assert ends("2026-08-03", "60d", a_pause("2026-09-01", "2026-09-03"), roll=True) == "2026-10-08"
    assert ends("2026-08-03", "60d", a_pause("2026-09-01", "2026-09-07"), roll=True) == "2026-10-09"
    assert ends("2026-08-03", "60d", a_pause("2026-10-08", "2026-10-08"), roll=True) == "2026-10-09"
    assert ends("2026-08-03", "60d", a_pause("2026-09-01", "2026-09-03")) == "2026-10-05"
    assert made_good(CALENDAR, date(2026, 10, 8), date(2026, 10, 1), date(2026, 10, 2),
                     Length.parse("20d"), rolls=True) == date(2026, 10, 10)  # fmt: skip


def test_a_promise_of_a_month_gets_days() -> None:
    assert ends("2026-01-31", "1mo") == "2026-02-28"
    assert ends("2026-01-31", "1mo", a_pause("2026-02-10", "2026-02-11")) == "2026-03-02"


DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 30))
PAUSES = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4)


@given(start=DAYS, n=st.integers(1, 25), raw=PAUSES)
def test_twenty_days_are_always_twenty_days_that_counted(start: date, n: int, raw: list[tuple[date, int]]) -> None:
    pauses = [Pause(first=f, last=f + timedelta(days=k), why="灾害", clause="x") for f, k in raw]
    term = Length.parse(f"{n}wd")
    done = count_over(CALENDAR, start, term, roll=False, pauses=pauses)
    out = {f + timedelta(days=i) for f, k in raw for i in range(k + 1)}

    assert len(done.counted.counted) == n
    assert done.counted.counted[-1] == done.ends
    assert not set(done.counted.counted) & out
    assert all(is_working(CALENDAR, d) for d in done.counted.counted)
    assert done.ends >= count(CALENDAR, start, term, roll=False).ends
    span = (done.ends - start).days
    assert len(done.counted.counted) + len(done.counted.skipped) == span


@given(start=DAYS, n=st.integers(1, 70), raw=PAUSES)
def test_days_are_always_days_that_counted(start: date, n: int, raw: list[tuple[date, int]]) -> None:
    pauses = [Pause(first=f, last=f + timedelta(days=k), why="灾害", clause="x") for f, k in raw]
    done = count_over(CALENDAR, start, Length.parse(f"{n}d"), roll=True, pauses=pauses)

    assert len(done.counted.counted) == n
    assert is_working(CALENDAR, done.ends)
