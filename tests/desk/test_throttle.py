"""Failed tries by address: counted for a minute, each address alone, with a memory that has an end."""

from datetime import UTC, datetime, timedelta

import pytest

from desk import throttle as throttle_file
from desk.errors import TooManyTries
from desk.throttle import AddressThrottle

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_after_so_many_failures_an_address_waits_a_minute() -> None:
    throttle = AddressThrottle(3)
    for _ in range(3):
        throttle.check("10.0.0.1", NOW)
        throttle.failed("10.0.0.1", NOW)
    with pytest.raises(TooManyTries):
        throttle.check("10.0.0.1", NOW + timedelta(seconds=59))
    throttle.check("10.0.0.2", NOW)
    throttle.check("10.0.0.1", NOW + timedelta(seconds=60))


def test_the_throttle_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle_file, "ADDRESSES", 100)
    throttle = AddressThrottle(3)
    for number in range(1000):
        throttle.failed(f"10.0.{number}", NOW)
    assert len(throttle._failures) == 100


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("", "", True),
        ("testclient", "testclient", True),
    ],
)
def test_a_visitor_with_many_addresses_of_one_network_is_one(one: str, other: str, same: bool) -> None:
    throttle = AddressThrottle(1)
    throttle.failed(one, NOW)
    if not same:
        throttle.check(other, NOW)
        return
    with pytest.raises(TooManyTries):
        throttle.check(other, NOW)
