"""Quiet hours 21:00–08:00 in Shanghai, to the second."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.times import SHANGHAI
from notifications.quiet_hours import QuietHours, send_after


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("2026-10-15T20:59:59", "2026-10-15T20:59:59"),
        ("2026-10-15T20:59:59.999999", "2026-10-15T20:59:59.999999"),
        ("2026-10-15T21:00:00", "2026-10-16T08:00:00"),
        ("2026-10-15T23:59:59", "2026-10-16T08:00:00"),
        ("2026-10-16T00:00:00", "2026-10-16T08:00:00"),
        ("2026-10-16T07:59:59", "2026-10-16T08:00:00"),
        ("2026-10-16T08:00:00", "2026-10-16T08:00:00"),
        ("2026-12-31T22:00:00", "2027-01-01T08:00:00"),
    ],
)
def test_the_boundaries_are_exact(now: str, sent: str) -> None:
    assert send_after(shanghai(now).astimezone(UTC)) == shanghai(sent)


@given(
    st.integers(0, 15 * 365 * 86400).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
)
def test_a_notice_never_goes_early_never_at_night_and_waits_at_most_eleven_hours(now: datetime) -> None:
    sent = send_after(now)

    assert timedelta() <= sent - now <= timedelta(hours=11)
    assert time(8) <= sent.astimezone(SHANGHAI).time() < time(21)
    assert send_after(sent) == sent
    assert sent.utcoffset() == timedelta()


def test_quiet_hours_that_do_not_cross_midnight_are_refused() -> None:
    with pytest.raises(ValueError, match="midnight"):
        QuietHours(starts=time(1), ends=time(8))
