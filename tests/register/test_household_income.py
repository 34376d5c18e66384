"""Incomes before and after (就业前后收入对照) and continuation of insurance (参保接续): pure, in fen."""

from datetime import date
from typing import Any

from casework.case_facts import Employment
from casework.household import Household, Relation
from policies.packs import load_pack
from register.continuation import continued
from register.household_income import compared
from tests.records.made import a_case, a_household

LINKAGE = load_pack("jilin-2021").linkage
LINE = 65000


def job(income: int) -> Employment:
    return Employment(
        employment_id="E2",
        member="M1",
        started_on=date(2026, 10, 12),
        channel="employer",
        evidence="contract",
        monthly_income_fen=income,
        recorded_by="clerk",
        recorded_on=date(2026, 10, 12),
    )


def totals(income: int, *, subsidies: int = 0, **facts: Any) -> tuple[int, int | None, int]:
    assert LINKAGE is not None
    case = a_case(household=a_household(**facts), employments=(job(income),))
    found = compared(case, LINKAGE, LINE, subsidies_fen=subsidies)
    assert found is not None
    return found.before.total, found.within.total if found.within else None, found.after.total


def test_dibao_goes_on_and_is_then_computed_with_half_the_wage() -> None:
    """One head, the line 650 yuan: of 1000 yuan 500 count, so 150 are left."""
    assert totals(100000, dibao=True) == (65000, 165000, 115000)
    assert totals(300000, dibao=True) == (65000, 365000, 300000)


def test_unemployment_benefit_ends_with_work_and_less_than_before_is_said() -> None:
    assert LINKAGE is not None
    assert totals(120000, unemployment_insurance=True) == (150000, None, 120000)
    case = a_case(household=a_household(unemployment_insurance=True), employments=(job(120000),))
    found = compared(case, LINKAGE, LINE)
    assert found is not None
    assert found.lower
    assert "社会保险法" in found.why.clause


def test_own_subsidies_count_afterwards_and_nobody_at_work_has_no_view() -> None:
    assert LINKAGE is not None
    assert totals(120000, subsidies=80000) == (0, None, 200000)
    assert compared(a_case(), LINKAGE, LINE) is None


def test_what_others_of_the_household_have_counts_before_and_after() -> None:
    """Two heads with 低保, the line 650 yuan each; the other earns 300 and receives 100 of a business throughout."""
    assert LINKAGE is not None
    first = a_household(dibao=True).members[0]
    other = {"member_id": "M2", "relation": Relation.SPOUSE, "wage_fen": 30000, "business_income_fen": 10000}
    case = a_case(household=Household(members=(first, first.model_copy(update=other))), employments=(job(100000),))
    found = compared(case, LINKAGE, LINE)
    assert found is not None
    assert found.within is not None
    assert found.heads == 2
    before, after = found.before, found.after
    assert (before.wages, before.other, before.dibao, before.total) == (30000, 10000, 90000, 130000)
    assert (found.within.wages, found.within.dibao, found.within.total) == (130000, 90000, 230000)
    assert (after.wages, after.other, after.dibao, after.total) == (130000, 10000, 40000, 180000)


def test_gaps_are_the_months_over_without_a_record() -> None:
    begun, on = date(2026, 8, 20), date(2026, 11, 20)

    assert continued(begun, None, ["2026-08", "2026-10"], on).gaps == ("2026-09",)
    assert continued(begun, None, ["2026-08", "2026-09", "2026-10", "2026-11"], on).months == 4
    assert continued(begun, date(2026, 9, 2), (), on).gaps == ("2026-08", "2026-09")
    assert not continued(date(2026, 11, 1), None, (), on).broken
