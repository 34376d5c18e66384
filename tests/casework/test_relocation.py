"""Households moved back after shanty-town renewal (棚改回迁, L3), and unsteady work made steady (scenario 65)."""

from datetime import date

import pytest

from casework.case_facts import Promise
from casework.errors import CaseworkError
from tests.casework.promises import suspended
from tests.make import CLERK, HELPER, Life

FLEXIBLE = {"channel": "flexible", "evidence": "flexible_registration"}


def liaoning(day: str = "2026-09-18") -> Life:
    return Life(pack="liaoning-2006").assisted("2026-09-01", day)


def own(life: Life) -> Promise:
    assert life.case.relocation is not None
    return life.case.relocation.promise


def test_scenario_33_said_at_the_application_it_is_owed_from_the_seal() -> None:
    life = Life(pack="liaoning-2006")
    life.do("2026-09-01", "apply", relocated_on=date(2026, 8, 3))
    assert own(life).due_on == date(2026, 10, 8)
    assert own(life).target_on == date(2026, 9, 30)
    assert life.case.clock("relocation_promise") is None

    with pytest.raises(CaseworkError) as no:
        Life().do("2026-09-01", "apply", relocated_on=date(2026, 8, 3))
    assert (no.value.code, no.value.field) == ("relocation_not_here", "relocated_on")


def test_what_ran_out_before_the_application_is_not_promised() -> None:
    life = liaoning()
    with pytest.raises(CaseworkError) as no:
        life.do("2026-09-18", "flag_relocation", CLERK, relocated_on=date(2026, 6, 1))
    assert no.value.code == "relocated_long_ago"


def test_steady_work_in_time_keeps_it_and_its_loss_before_approval_takes_it_back() -> None:
    life = liaoning()
    life.do("2026-09-18", "flag_relocation", CLERK, relocated_on=date(2026, 8, 10))
    job = life.employed("2026-09-22", **FLEXIBLE)
    assert own(life).met_on is None
    life.do("2026-09-28", "record_stability_evidence", HELPER, employment=job, insured=True)
    assert own(life).met_on == date(2026, 9, 28)
    assert life.case.clock("relocation_promise") is None
    life.do("2026-09-30", "record_job_loss", HELPER, member="M1")
    assert own(life).met_on is None
    assert life.case.clock("relocation_promise") is not None


def test_a_suspension_moves_both_promises_each_in_its_own_way() -> None:
    life = Life(pack="liaoning-2006").assisted("2026-09-08", "2026-09-18")
    life.do("2026-09-18", "flag_relocation", CLERK, relocated_on=date(2026, 8, 10))
    assert own(life).due_on == date(2026, 10, 9)
    suspended(life, "2026-09-28", "2026-09-21", "2026-09-23")

    assert own(life).due_on == date(2026, 10, 12)
    assert own(life).first_due_on == date(2026, 10, 9)
    assert life.case.promise is not None
    assert life.case.promise.due_on == date(2026, 10, 8)  # 09-28 and three days are 10-01, a holiday


def test_scenario_65_the_household_has_one_limit_and_any_steady_job_ends_it() -> None:
    life = liaoning("2026-09-10")
    life.employed("2026-09-15", "2026-09-16", **FLEXIBLE)
    clock = life.case.clock("stabilisation")
    assert clock is not None
    assert clock.due_on == date(2026, 12, 15)
    life.employed("2026-10-12", member="M2", contract_months=12)
    assert life.case.clock("stabilisation") is None
    life.do("2026-11-20", "record_job_loss", HELPER, member="M2")
    again = life.case.clock("stabilisation")
    assert again is not None
    assert (again.started_on, again.due_on) == (date(2026, 11, 20), date(2027, 2, 22))


def test_a_steady_job_and_other_localities_set_no_limit() -> None:
    life = liaoning("2026-09-10")
    life.employed("2026-09-15", channel="public_welfare_post", evidence="public_welfare_post")
    assert life.case.clock("stabilisation") is None
    life = Life().assisted()
    life.employed("2026-09-22", **FLEXIBLE)
    assert life.case.clock("stabilisation") is None
