"""Areas that never find anybody (A31, scenario 86)."""

from datetime import date
from typing import Any

import pytest

from policies.packs import load_pack
from register.inspection import AreaMonth, to_inspect

POLICY = load_pack("jilin-2021")
APRIL_TO_SEPTEMBER = tuple(f"2026-{n:02d}" for n in range(4, 10))


def area(months: tuple[str, ...] = APRIL_TO_SEPTEMBER, **more: Any) -> list[AreaMonth]:
    told: dict[str, Any] = {"recognised": 0, "registered_unemployed": 40} | more
    return [AreaMonth(area="220302004", month=month, **told) for month in months]


def listed(rows: list[AreaMonth], on: str = "2026-10-01") -> list[str]:
    return [found.area for found in to_inspect(rows, date.fromisoformat(on), POLICY)]


def test_scenario_86_zero_from_april_to_september_is_listed_on_the_first_of_october() -> None:
    [found] = to_inspect(area(), date(2026, 10, 1), POLICY)
    assert (found.since, found.listed_on) == ("2026-04", date(2026, 10, 1))
    assert "40人" in found.why.says
    assert listed(area(), "2026-09-30") == []


@pytest.mark.parametrize(
    ("rows", "on"),
    [
        (area(APRIL_TO_SEPTEMBER[1:]), "2026-10-01"),
        (area(registered_unemployed=0), "2026-10-01"),
        (area(platform=False), "2026-10-01"),
        (area(APRIL_TO_SEPTEMBER[:3] + APRIL_TO_SEPTEMBER[4:]), "2026-10-01"),
        (area()[:-1] + area(("2026-09",), recognised=1), "2026-10-01"),
        (area(), "2026-11-01"),
    ],
)
def test_otherwise_not(rows: list[AreaMonth], on: str) -> None:
    assert listed(rows, on) == []


def test_a_recognition_before_the_six_months_does_not_help_and_one_person_is_enough() -> None:
    rows = area(("2026-03",), recognised=3) + area(registered_unemployed=1)
    assert listed(rows) == ["220302004"]
    assert listed(rows, "2026-10-31") == ["220302004"]


def test_the_months_run_across_the_turn_of_the_year() -> None:
    months = ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02")
    assert listed(area(months), "2027-03-01") == ["220302004"]
