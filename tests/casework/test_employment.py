"""Employment, the promise, job loss, restoration, follow-ups and exit: late facts, second jobs, relapse twice."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.services import service_counts
from casework.states import State
from tests.make import CHIEF, COUNTY, HELPER, JOB, TEXT, Life, a_member


def triggers(life: Life) -> list[str]:
    return [event.trigger for event in life.events]


def test_a_job_that_began_in_time_but_was_typed_late_keeps_the_promise() -> None:
    """The day it began decides, not the day it was typed."""
    life = Life().assisted()
    life.until("2026-10-23")
    assert life.case.promise is not None
    assert life.case.promise.overdue_on == date(2026, 10, 23)
    life.employed("2026-10-26", started_on="2026-10-22")

    assert life.case.promise.overdue_on is None
    assert "handle_overdue" not in life.open_tasks


def test_when_such_a_job_is_not_accepted_the_promise_is_overdue_again_at_once() -> None:
    life = Life().assisted()
    life.until("2026-10-23")
    job = life.employed("2026-10-26", started_on="2026-10-22")
    life.do("2026-10-28", "reject_elimination", COUNTY, employment=job)
    fallen = life.until("2026-10-28 11:00")

    assert [e.trigger for e in fallen] == ["promise_overdue"]
    assert life.case.state is State.ASSISTED
    assert "handle_overdue" in life.open_tasks


def test_a_job_not_accepted_leaves_the_original_promise_running() -> None:
    """原承诺期限继续计算."""
    life = Life().assisted()
    job = life.employed("2026-09-28")
    life.do("2026-09-29", "reject_elimination", COUNTY, employment=job)

    clock = life.case.clock("promise")
    assert clock is not None
    assert clock.due_on == date(2026, 10, 22)
    assert life.case.household.members[0].status == "登记失业"


def test_a_confirmed_breach_stays_a_breach_when_the_late_job_falls_away() -> None:
    life = Life().assisted()
    life.until("2026-10-23")
    job = life.employed("2026-10-26")
    life.do("2026-10-27", "confirm_breach_cause", CHIEF, cause="agency_failed")
    life.do("2026-10-28", "reject_elimination", COUNTY, employment=job)

    assert life.case.clock("promise") is None
    assert life.case.promise is not None
    assert life.case.promise.cause_confirmed_by == "supervisor1"


def test_with_a_second_job_the_county_is_asked_about_that_one() -> None:
    life = Life().assisted()
    first = life.employed("2026-09-28")
    life.do("2026-09-29", "record_employment", HELPER, member="M2", **JOB)
    life.do("2026-09-30", "reject_elimination", COUNTY, employment=first)
    second = life.case.active_employments[0].employment_id

    assert life.case.state is State.EMPLOYED
    assert [t.about for t in life.case.tasks_of("approve_elimination")] == [second]
    life.do("2026-10-08", "approve_elimination", COUNTY, employment=second)
    assert life.case.eliminated_on == date(2026, 9, 29)


def test_scenario_59_relapse_twice() -> None:
    """Each restored certification has a promise and services of its own."""
    life = Life().assisted()
    life.do("2026-09-21", "record_service", HELPER, member="M1", kind="guidance")
    life.employed("2026-10-15", approved="2026-10-16")
    life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    assert life.case.clock("follow_up") is None
    life.do("2026-11-25", "restore_certification", COUNTY)
    assert life.case.promise is not None
    assert (life.case.promise.number, life.case.promise.due_on) == (2, date(2026, 12, 23))
    assert service_counts(life.case, "M1")["guidance"] == 0
    life.employed("2026-12-01", approved="2026-12-02")
    assert life.case.eliminated_on == date(2026, 12, 1)
    life.do("2026-12-10", "record_job_loss", HELPER, member="M1")
    life.do("2026-12-14", "restore_certification", COUNTY)

    assert life.case.promise.number == 3
    assert triggers(life).count("publicity_ended") == 1


def test_a_new_job_before_the_restoration_needs_no_restoration() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", approved="2026-10-16")
    life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    life.employed("2026-11-23", member="M2")

    assert "restore_certification" not in life.open_tasks
    assert life.case.promise is not None
    assert life.case.promise.met_on == date(2026, 10, 15)
    job = life.case.active_employments[0].employment_id
    life.do("2026-11-24", "reject_elimination", COUNTY, employment=job)
    assert life.case.state is State.ASSISTED
    assert "restore_certification" in life.open_tasks


def test_after_six_months_a_relapse_needs_a_new_application() -> None:
    life = Life().assisted()
    life.employed("2026-09-28", approved="2026-09-29")
    life.do("2027-04-01", "record_job_loss", HELPER, member="M1")

    with pytest.raises(CaseworkError, match="须重新申请并公示"):
        life.do("2027-04-02", "restore_certification", COUNTY)
    life.do("2027-04-02", "propose_exit", HELPER, reason="other")


def test_a_missed_month_is_said_so_and_the_next_one_is_due() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", approved="2026-10-16")
    life.until("2026-12-02")

    began = [e for e in life.events if e.trigger == "follow_up_month_began"]
    assert "2026年11月未完成回访，已记录" in began[-1].why.says
    assert [t.about for t in life.case.tasks_of("follow_up")] == ["2026-12"]
    assert [c.done for c in began[-1].closed] == [False]


def test_stable_after_six_follow_ups_the_county_closes_and_nothing_is_left() -> None:
    life = Life().assisted()
    life.employed("2026-09-28", approved="2026-09-29", contract_months=12)
    months = ("2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03")
    for month in months:
        life.do(f"{month}-20", "record_follow_up", HELPER, month=month, channel="phone", still_employed=True)
    assert life.open_tasks == ["confirm_stable"]
    event = life.do("2027-03-22", "confirm_stable", COUNTY)

    assert event.target is State.EXITED
    assert event.case.tasks == event.case.clocks == ()


def test_somebody_who_declared_no_wish_to_work_may_be_the_one_who_works() -> None:
    life = Life(a_member(), a_member("M2", sex="女", willing=False, track="工人")).assisted()
    life.employed("2026-09-28", member="M2")

    assert life.case.state is State.EMPLOYED


def test_a_new_helper_of_an_employed_household_is_not_told_of_a_promise() -> None:
    life = Life().assisted()
    life.employed("2026-09-28", approved="2026-09-29")
    event = life.do("2026-10-12", "assign_helper", helper="helper2", reason=TEXT)

    assert [(n.name, n.recipient) for n in event.notices] == [
        ("helper_takes_over", "helper2"),
        ("helper_relieved", "helper1"),
    ]


def test_scenario_31_in_liaoning_every_clause_is_that_of_its_own_pack() -> None:
    life = Life(pack="liaoning-2006").assisted()
    life.employed("2026-09-28", approved="2026-09-29")
    life.do("2026-10-12", "record_employment", HELPER, member="M2", **JOB)

    assert not [e.trigger for e in life.events if "吉人社" in e.why.model_dump_json()]
    assert "双就业" in life.events[-1].why.clause


def test_a_clock_that_starts_again_for_the_same_day_rings_again() -> None:
    """全国办法：稳定期满后一人离岗，另一人同日上岗的，稳定期满仍由时限写下."""
    life = Life(pack="national-2007").assisted()
    life.employed("2026-10-15", approved="2026-10-16")
    life.do("2026-10-16", "record_employment", HELPER, member="M2", started_on="2026-10-15", **JOB)
    life.until("2027-04-16")
    life.do("2027-04-16", "record_job_loss", HELPER, member="M1")

    assert [e.trigger for e in life.until("2027-04-16 11:00")] == ["stability_reached"]
    assert "confirm_stable" in life.open_tasks


def test_an_unregistered_applicant_does_not_hide_that_nobody_is_left_to_help() -> None:
    """After a job loss the applicant is not yet registered; the other reasons are looked at all the same."""
    life = Life(a_member(birth_date=date(1966, 5, 15))).assisted()
    job = life.employed("2026-09-28")
    life.do("2026-09-29", "approve_elimination", COUNTY, employment=job)
    life.do("2026-10-12", "record_job_loss", HELPER, member="M1")
    life.until("2026-10-16")
    assert life.case.standing.base == ()

    with pytest.raises(CaseworkError) as said_no:
        life.do("2026-10-16", "restore_certification", COUNTY)

    assert said_no.value.code == "not_eligible_no_base_member"
