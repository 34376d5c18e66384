"""Targets (任务和进度): their periods, and when a number is behind.  Pure."""

from datetime import date

import pytest

from register.targets import days_of, progress


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_period_is_a_year_or_a_month(period: str, first: date, last: date) -> None:
    days = days_of(period)

    assert days is not None
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize("period", ["", "26", "2026-13", "2026-1", "2026-11-01", "1999", "２０２６"])
def test_anything_else_is_none(period: str) -> None:
    assert days_of(period) is None


def test_progress_is_held_against_the_days_that_have_passed() -> None:
    november = days_of("2026-11")
    assert november is not None

    half = progress(30, 14, november, date(2026, 11, 15))
    assert (half.expected, half.behind, half.percent, half.words) == (15, True, 46, "落后进度，到今天应有15")
    assert progress(30, 15, november, date(2026, 11, 15)).words == "按进度进行"
    assert progress(30, 30, november, date(2026, 11, 1)).words == "已完成"
    assert progress(30, 28, november, date(2026, 12, 1)).words == "未完成，差2"
    assert not progress(30, 0, november, date(2026, 10, 31)).behind
