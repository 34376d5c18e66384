"""Key-monitored households (J14, A33): who is watched, how, and what a lost job opens at once."""

from datetime import date
from typing import Any

import pytest

from casework.errors import CaseworkError
from casework.events import CaseEvent
from casework.key_monitored import Work, judge
from casework.states import ExitReason, State
from tests.make import CLERK, COUNTY, HELPER, SEALER, Life, a_member

GOOD = Work(wage_fen=300000, contract_months=12, contract=True, insured=True)


def judged(wage_fen: int = 300000, heads: int = 2, day: str = "2026-09-18", **work: Any) -> tuple[bool, bool]:
    life = Life()
    life.until(day)
    told = {"contract_months": 12, "contract": True, "insured": True} | work
    verdict = judge(a_member(status="单位就业"), Work(wage_fen=wage_fen, **told), heads, life.setting)
    return verdict.low, verdict.unstable


@pytest.mark.parametrize(
    ("wage", "heads", "low"),
    [
        (300000, 2, False),
        (188000, 2, False),  # the minimum wage itself is not below it
        (187999, 2, True),
        (260000, 4, False),  # 650 a head is the line itself
        (259999, 4, True),
        (260000, 5, True),
    ],
)
def test_low_is_below_the_dibao_line_a_head_or_below_the_minimum_wage(wage: int, heads: int, low: bool) -> None:
    assert judged(wage, heads) == (low, False)


@pytest.mark.parametrize(
    ("work", "unstable"),
    [
        ({"contract_months": 3}, False),
        ({"contract_months": 2}, True),
        ({"contract_months": None}, True),
        ({"contract_months": None, "contract": False}, False),
        ({"insured": False}, True),
        ({"changed_on": (date(2026, 8, 1),)}, False),
        ({"changed_on": (date(2026, 3, 18), date(2026, 8, 1))}, True),
        ({"changed_on": (date(2026, 3, 17), date(2026, 8, 1))}, False),
        ({"changed_on": (date(2026, 8, 1), date(2026, 8, 1))}, False),
    ],
)
def test_unstable_is_a_short_contract_no_insurance_or_two_changes_in_six_months(
    work: dict[str, Any], unstable: bool
) -> None:
    assert judged(**work) == (False, unstable)


def household(**wife: Any) -> Life:
    facts = {"sex": "女", "birth_date": date(1982, 7, 9), "track": "工人", "status": "灵活就业", "wage_fen": 150000}
    return Life(a_member(), a_member("M2", **(facts | wife)))


def opened(life: Life, day: str = "2026-09-18", **more: Any) -> CaseEvent:
    fields = {"cause": "low_or_unstable", "jobs": [{"member": "M2"}]} | more
    return life.do(day, "open_monitoring", CLERK, **fields)


def refused(life: Life, day: str, trigger: str, by: Any = CLERK, **fields: Any) -> str:
    with pytest.raises(CaseworkError) as no:
        life.do(day, trigger, by, **fields)
    return no.value.code


def test_a_watched_household_is_followed_and_never_counted() -> None:
    life = household()
    event = opened(life)

    assert event.target is State.APPLIED
    assert life.case.key_monitored
    assert life.open_tasks == []
    assert life.case.reviews.certified_on is None
    assert refused(life, "2026-09-18", "accept_application") == "monitored_without_application"
    for month in ("2026-10-19", "2026-11-19", "2026-12-21"):
        assert [e.trigger for e in life.until(month)] == ["monitoring_visit_due"]
        life.do(month, "record_monitoring_visit", member="M2", channel="visit", wage_fen=150000, insured=False)
    assert len(life.case.monitoring.looks) == 3  # type: ignore[union-attr]
    assert life.case.eliminations == ()


def test_a_rhythm_nobody_keeps_is_overdue_and_stays_one_task() -> None:
    life = household()
    opened(life)
    life.until("2026-12-01")
    assert life.open_tasks == ["monitoring_visit"]
    assert life.case.tasks[0].overdue


def test_an_improvement_goes_to_the_county_which_alone_ends_it() -> None:
    life = household()
    opened(life)
    visit = {"member": "M2", "channel": "visit", "insured": True, "contract_months": 12}
    life.do("2026-10-19", "record_monitoring_visit", wage_fen=300000, **visit)
    assert life.open_tasks == ["decide_monitoring"]
    assert life.case.state is State.APPLIED
    assert refused(life, "2026-10-20", "end_monitoring", CLERK) == "role_not_allowed"
    life.do("2026-10-20", "record_monitoring_visit", wage_fen=100000, **visit)
    assert life.open_tasks == []
    event = life.do("2026-10-21", "end_monitoring", COUNTY)
    assert (event.target, event.case.exit and event.case.exit.reason) == (State.EXITED, ExitReason.MONITORING_ENDED)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"jobs": [{"member": "M1"}]}, "jobs_do_not_match"),
        ({"jobs": [{"member": "M2"}, {"member": "M2"}]}, "jobs_do_not_match"),
        ({"cause": "layoff"}, "alert_date_missing"),
    ],
)
def test_what_is_told_of_the_work_must_fit_the_household(more: dict[str, Any], code: str) -> None:
    with pytest.raises(CaseworkError) as no:
        opened(household(), **more)
    assert no.value.code == code


def test_good_work_is_not_watched_and_nobody_at_work_applies() -> None:
    with pytest.raises(CaseworkError) as no:
        opened(household(wage_fen=300000), jobs=[{"member": "M2", "insured": True, "contract_months": 12}])
    assert no.value.code == "not_key_monitored"
    with pytest.raises(CaseworkError) as no:
        opened(Life())
    assert no.value.code == "jobs_do_not_match"


def test_losing_the_job_opens_assistance_on_the_same_case_and_day() -> None:
    life = household()
    opened(life)
    event = life.do("2026-10-12", "record_job_loss", member="M2", on=date(2026, 10, 10))

    assert event.target is State.UNDER_REVIEW
    assert life.case.discovered_on == date(2026, 10, 12)
    assert life.case.clock("monitoring") is None
    assert life.open_tasks == ["assign_helper", "compare_online", "first_review", "register_unemployed", "visit_home"]
    assert life.case.household.member("M2").status == "失业未登记"  # type: ignore[union-attr]
    life.do("2026-10-12", "assign_helper", helper="helper1")
    life.do("2026-10-13", "record_service", HELPER, member="M2", kind="guidance")
    assert refused(life, "2026-10-13", "certify", SEALER) == "step_not_allowed"
    life.do("2026-10-13", "pass_first_review", compared_online=True)
    life.do("2026-10-13", "post_publicity")
    life.do("2026-10-19", "report_up")
    life.do("2026-10-19", "pass_recheck", COUNTY)
    life.do("2026-10-19", "certify", SEALER)
    assert "assign_helper" not in life.open_tasks
    life.do("2026-10-19", "sign_plan", HELPER)
    assert life.case.state is State.ASSISTED


def test_liaoning_counts_the_promise_from_the_day_the_loss_was_found() -> None:
    life = Life(*household().household.members, pack="liaoning-2006")
    opened(life)
    life.do("2026-10-12", "record_job_loss", member="M2")
    life.do("2026-10-12", "register_member", member="M2")
    life.do("2026-10-12", "pass_first_review", compared_online=True)
    life.do("2026-10-12", "post_publicity")
    life.do("2026-10-20", "report_up")
    life.do("2026-10-20", "pass_recheck", COUNTY)
    life.do("2026-10-20", "certify", SEALER)
    assert life.case.promise is not None
    assert (life.case.promise.started_on, life.case.promise.due_on) == (date(2026, 10, 12), date(2026, 11, 2))


def test_help_before_the_seal_is_for_such_households_alone() -> None:
    life = Life()
    life.publicised("2026-09-18")
    assert refused(life, "2026-09-18", "record_service", HELPER, member="M1", kind="guidance") == "help_not_begun"
    assert refused(life, "2026-09-18", "assign_helper", helper="helper1") == "help_not_begun"


def test_scenario_95_both_spouses_on_a_layoff_list_are_watched_until_the_day_and_not_certified() -> None:
    life = household(status="单位就业")
    jobs = [{"member": "M1"}, {"member": "M2"}]
    life = Life(a_member(status="单位就业"), life.household.members[1])
    opened(life, "2026-09-18", cause="layoff", alert_on=date(2026, 9, 28), jobs=jobs)
    assert [e.at.isoformat() for e in life.until("2026-09-28")] == ["2026-09-28T00:00:00+00:00"]
    life.do("2026-09-28", "record_job_loss", member="M1")
    assert life.case.monitored
    life.do("2026-09-28", "record_job_loss", member="M2")
    assert life.case.state is State.UNDER_REVIEW
    assert life.case.promise is None


def test_placed_work_that_is_low_or_unstable_carries_the_flag_and_holds_the_closing() -> None:
    life = Life().assisted()
    life.employed("2026-09-21", "2026-09-22", monthly_income_fen=190000, insured=True, contract_months=12)
    assert not life.case.key_monitored
    life = Life(*Life().household.members, a_member("M3", relation="儿子", birth_date=date(2014, 1, 1))).assisted()
    life.employed("2026-09-21", "2026-09-22", monthly_income_fen=190000, insured=True, contract_months=12)
    assert life.case.key_monitored  # 633 a head
    for n, month in enumerate(("2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03")):
        last = life.do(
            f"{month}-20", "record_follow_up", HELPER, month=month, channel="phone", still_employed=True, insured=True
        )
        assert last.case.key_monitored, n
    assert "confirm_stable" not in life.open_tasks
    assert refused(life, "2027-03-25", "confirm_stable", COUNTY) == "not_stable_yet"


def test_a_watched_job_changes_by_its_own_steps() -> None:
    life = household()
    opened(life)
    day = date(2026, 9, 20)
    assert refused(life, "2026-09-21", "amend_household", member="M2", effective_on=day, status="登记失业") == (
        "job_loss_by_its_own_step"
    )
    gone = {"member": "M2", "cause": "death", "happened_on": day}
    assert refused(life, "2026-09-21", "remove_member", **gone) == "member_still_employed"
    life.do("2026-09-21", "amend_household", member="M1", effective_on=day, status="失业未登记")
    assert life.case.monitored
