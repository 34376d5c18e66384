"""Dates in members' lives, proposals by people, provisional answers, and the task that is overdue."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.states import State
from tests.make import COUNTY, HELPER, SEALER, Life, a_member


def test_scenario_67_a_member_who_turns_sixteen_is_registered_and_helped() -> None:
    son = a_member("M2", relation="儿子", birth_date=date(2010, 10, 13), marital="未婚", status="失业未登记")
    life = Life(a_member(), son).assisted()
    life.until("2026-10-13")

    assert life.case.standing.base == ("M1", "M2")
    assert life.case.state is State.ASSISTED
    assert [t.about for t in life.case.tasks_of("register_unemployed")] == ["M2"]
    clock = life.case.clock("member_date", "M2")
    assert clock is not None
    assert clock.due_on.year > 2060


def test_scenario_68_at_retirement_the_only_member_leaves_and_an_exit_is_proposed() -> None:
    life = Life(a_member(birth_date=date(1966, 1, 15))).assisted("2026-04-21", "2026-05-06")
    assert not life.until("2026-05-14 23:59") or life.case.standing.base == ("M1",)
    fallen = life.until("2026-05-15")

    assert life.case.standing.base == ()
    assert life.case.exit_proposal is not None
    assert [n.name for e in fallen for n in e.notices if n.name == "exit_proposed"] == ["exit_proposed"]


def test_a_woman_whose_track_is_unknown_is_asked_for_it_and_not_proposed_for_exit() -> None:
    """Her two dates differ: never choose silently."""
    life = Life(a_member(sex="女", birth_date=date(1976, 1, 31), track=None, marital="未婚"))
    life.assisted("2026-06-01", "2026-06-10")
    life.until("2026-09-01")

    reached = [e for e in life.events if e.trigger == "member_date_reached"]
    assert [e.on for e in reached] == [date(2026, 8, 31)]
    assert "职工类型未填" in reached[0].why.says
    assert life.case.exit_proposal is None
    assert life.case.clock("member_date", "M1") is not None


def test_a_person_who_proposed_does_not_decide() -> None:
    life = Life().assisted()
    life.do("2026-09-21", "propose_exit", HELPER, reason="moved_away")
    life.do("2026-09-22", "record_exit_response", HELPER)

    event = life.do("2026-09-22", "approve_exit", COUNTY)
    assert event.target is State.ASSISTED
    assert event.case.exit_decided is not None
    assert event.case.exit_decided.takes_effect_on == date(2026, 10, 1)
    (effective,) = [e for e in life.until("2026-10-01") if e.trigger == "exit_effective"]
    assert (effective.target, effective.on) == (State.EXITED, date(2026, 10, 1))
    assert effective.case.tasks == effective.case.clocks == ()


def test_a_proposal_that_a_person_made_stands_when_somebody_finds_work() -> None:
    life = Life().assisted()
    life.do("2026-09-21", "propose_exit", HELPER, reason="moved_away")
    life.employed("2026-09-22")

    assert life.case.exit_proposal is not None
    assert "decide_exit" in life.open_tasks
    life.until("2026-10-09")
    life.do("2026-10-09", "approve_exit", COUNTY)
    life.until("2026-10-17")
    assert life.case.state is State.EXITED


def test_an_answer_period_into_an_unpublished_year_needs_a_checked_calendar() -> None:
    """涉及未公布放假安排的年份，日期为暂定，须人工核对."""
    life = Life().assisted("2026-12-01", "2026-12-10")
    life.do("2026-12-29", "propose_exit", HELPER, reason="moved_away")
    life.until("2027-01-08")

    with pytest.raises(CaseworkError) as no:
        life.do("2027-01-08", "approve_exit", SEALER)
    assert (no.value.code, no.value.field) == ("provisional_date", "calendar_checked")
    decided = life.do("2027-01-08", "approve_exit", SEALER, calendar_checked=True).case.exit_decided
    assert decided is not None
    assert decided.provisional
    life.until("2027-01-18")
    assert life.case.state is State.ASSISTED
    assert "confirm_exit_effect" in life.open_tasks
    with pytest.raises(CaseworkError) as no:
        life.do("2027-01-18", "confirm_exit_effect", SEALER, calendar_checked=False)
    assert (no.value.code, no.value.field) == ("provisional_date", "calendar_checked")
    assert life.do("2027-01-18", "confirm_exit_effect", SEALER, calendar_checked=True).target is State.EXITED


def test_an_applicant_may_register_before_the_review() -> None:
    life = Life(a_member(status="失业未登记"))
    life.do("2026-09-28", "apply")
    life.do("2026-09-28", "accept_application")
    with pytest.raises(CaseworkError, match="须先办理失业登记"):
        life.do("2026-09-28", "pass_first_review", compared_online=True)
    life.do("2026-09-29", "register_member", member="M1")

    assert life.do("2026-09-29", "pass_first_review", compared_online=True).opened[0].kind == "post_publicity"


def test_overdue_is_an_event_that_a_timer_wrote() -> None:
    life = Life()
    life.do("2026-09-28", "apply")
    life.do("2026-09-28", "accept_application")
    fallen = life.until("2026-10-13")

    assert [(e.trigger, e.on) for e in fallen] == [("task_overdue", date(2026, 10, 11))]
    assert fallen[0].why.says == "待办“初审”已于2026年10月10日24时超期，由经办人尽快办理。"
    assert life.case.tasks[0].overdue
