"""Between the county's decision and its effect: standing still, appeal upheld or dismissed, in time or late."""

from datetime import date

from casework.case import Case
from casework.refusal_counts import largest_window
from casework.states import Actor, ExitReason, Role, State
from policies.calendar_model import Holiday, YearSchedule
from tests.casework.decided import decided, due, no, refused_thrice
from tests.make import CHIEF, CLERK, COUNTY, HELPER, OTHER_CLERK, Life


def test_the_decision_waits_until_midnight_of_the_last_day_to_appeal() -> None:
    life = decided()
    waits = life.case.exit_decided
    assert waits is not None
    assert (waits.reason, waits.decided_on, waits.decided_by) == ("refused_referrals", date(2026, 2, 25), "reviewer1")
    assert (waits.appeal_by, waits.takes_effect_on) == (date(2026, 3, 3), date(2026, 3, 4))
    assert [n.name for n in life.events[-1].notices] == ["exit_appealable", "help_pauses"]

    assert not [e for e in life.until("2026-03-03 23:59") if e.trigger == "exit_effective"]
    (effective,) = [e for e in life.until("2026-03-04 00:00") if e.trigger == "exit_effective"]
    assert (effective.trigger, effective.target) == ("exit_effective", State.EXITED)
    assert effective.case.exit is not None
    assert effective.case.exit.on == date(2026, 3, 4)
    assert effective.case.exit.decided_by == "reviewer1"
    assert effective.case.exit_decided is None


def test_help_and_promise_stand_still_meanwhile() -> None:
    life = decided()
    promise = life.case.clock("promise")
    assert promise is not None
    assert promise.paused
    assert all(t.paused or t.overdue for t in life.case.tasks)
    for step, fields in (
        ("record_referral", {"member": "M1", "vacancy": "V9", "pay_fen": 260000, "matches_plan": True,
                             "acknowledged": True}),
        ("propose_exit", {"reason": "moved_away"}),
        ("record_contact", {"channel": "phone", "outcome": "failed"}),
        ("judge_refusal", {"refusal": life.case.refusals[0].refusal_id, "justified": False}),
        ("record_service", {"member": "M1", "kind": "guidance"}),
    ):  # fmt: skip
        refused = no(life, "2026-02-26", step, CLERK, **fields)
        assert refused.code == "exit_decided", step
        assert "申诉" in refused.message
    assert [e.trigger for e in life.until("2026-03-03 23:00")] == []


def test_an_upheld_appeal_restores_everything_with_the_lost_working_days_made_good() -> None:
    life = refused_thrice()
    before = life.until("2026-02-25") and life.case
    life.do("2026-02-25", "approve_exit", COUNTY)
    raised = life.do("2026-03-03 16:00", "raise_appeal", OTHER_CLERK)
    assert [t.kind for t in raised.opened] == ["decide_appeal"]
    assert raised.case.clock("exit_effect") is None
    assert not [e for e in life.until("2026-03-10") if e.target is State.EXITED]
    event = life.do("2026-03-10", "uphold_appeal", CHIEF, sets_aside=life.case.refusals[-1].refusal_id)

    case = event.case
    assert case.state is State.ASSISTED
    assert case.exit_decided is None
    # lost: 02-25 … 03-09, of which 02-25, 26, 27, 28 (make-up Saturday), 03-02…06, 03-09 are working days: 10
    assert isinstance(before, Case)
    assert (due(before), due(case)) == (date(2026, 3, 6), date(2026, 3, 20))
    clock = case.clock("promise")
    assert clock is not None
    assert not clock.paused
    assert (clock.first_due_on, clock.due_on) == (date(2026, 3, 6), date(2026, 3, 20))
    assert [(p.first, p.last) for p in clock.pauses] == [(date(2026, 2, 25), date(2026, 3, 9))]
    assert not any(t.paused for t in case.tasks)
    assert len(largest_window(case, "M1", life.setting)) == 2
    assert case.appeals[0].upheld
    assert {n.name for n in event.notices} == {"exit_decision_lifted", "help_resumes"}
    fallen = [(e.trigger, e.on) for e in life.until("2026-03-22") if e.trigger == "promise_overdue"]
    assert fallen == [("promise_overdue", date(2026, 3, 21))]


def test_after_an_upheld_appeal_the_same_refusals_propose_nothing_but_one_more_does() -> None:
    life = decided()
    life.do("2026-02-26", "raise_appeal", CLERK)
    life.do("2026-02-27", "uphold_appeal", CHIEF)
    assert life.case.exit_proposal is None
    life.contact("2026-02-28", "phone", "reached")
    assert life.case.exit_proposal is None
    life.refused("2026-03-02", "2026-03-03")

    assert life.case.exit_proposal is not None


def test_a_dismissed_appeal_exits_at_once() -> None:
    life = decided()
    life.do("2026-03-02", "raise_appeal", CLERK)
    event = life.do("2026-03-06", "dismiss_appeal", CHIEF)

    assert event.target is State.EXITED
    assert event.case.exit is not None
    assert (event.case.exit.on, event.case.exit.reason) == (date(2026, 3, 6), ExitReason.REFUSED_REFERRALS)
    assert event.case.appeals[0].upheld is False
    assert [n.name for n in event.notices] == ["appeal_dismissed", "help_ended"]


def test_a_late_appeal_is_refused_and_told_what_else_is_possible() -> None:
    life = decided()
    late = no(life, "2026-03-04", "raise_appeal", CLERK)

    assert late.code == "step_not_allowed"
    assert "再次申请" in late.message
    assert "行政复议" in late.message


def test_only_one_appeal_and_none_without_a_decision() -> None:
    life = refused_thrice()
    assert no(life, "2026-02-24", "raise_appeal").code == "no_exit_decided"
    life.do("2026-02-25", "approve_exit", COUNTY)
    assert no(life, "2026-02-26", "raise_appeal", on="2026-02-24").code == "appeal_before_decision"
    life.do("2026-02-26", "raise_appeal")
    assert no(life, "2026-02-27", "raise_appeal").code == "appeal_raised"


def test_who_judged_proposed_or_decided_does_not_review_the_appeal() -> None:
    """Four eyes also when the same person has another role, or acts for the one who judged."""
    life = decided()
    life.do("2026-02-26", "raise_appeal", OTHER_CLERK)
    for account, acting_for in (("reviewer1", None), ("caseworker1", None), ("deputy", "reviewer1")):
        by = Actor(account=account, role=Role.SUPERVISOR, acting_for=acting_for)
        for step in ("uphold_appeal", "dismiss_appeal"):
            assert no(life, "2026-02-27", step, by).code == "same_person"
    assert life.do("2026-02-27", "dismiss_appeal", CHIEF).target is State.EXITED


def test_a_follow_up_month_that_began_meanwhile_is_asked_for_after_the_appeal() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    life.employed("2026-02-03", "2026-02-04")
    life.do("2026-02-05", "propose_exit", CLERK, reason="income_found")
    life.until("2026-02-25")
    life.do("2026-02-25", "approve_exit", COUNTY)
    life.do("2026-02-26", "raise_appeal", CLERK)
    assert not life.until("2026-03-09 09:00") or life.events[-1].trigger != "follow_up_month_began"
    life.do("2026-03-09", "uphold_appeal", CHIEF)
    (began,) = [e for e in life.until("2026-03-12") if e.trigger == "follow_up_month_began"]

    assert (began.on, began.about) == (date(2026, 3, 10), "2026-03")


def test_a_provisional_end_of_the_appeal_period_waits_for_a_person_and_an_appeal_is_still_heard() -> None:
    life = Life().assisted("2026-12-01", "2026-12-10")
    life.do("2026-12-14", "propose_exit", HELPER, reason="moved_away")
    life.until("2026-12-29")
    life.do("2026-12-29", "approve_exit", COUNTY)
    (event,) = [e for e in life.until("2027-01-11") if e.trigger == "exit_effective"]
    assert event.target is State.ASSISTED
    assert [t.kind for t in event.opened] == ["confirm_exit_effect"]

    appealed = life.do("2027-01-11", "raise_appeal", CLERK)
    assert not appealed.case.tasks_of("confirm_exit_effect")
    assert appealed.case.tasks_of("decide_appeal")


def test_a_published_holiday_lengthens_the_time_to_appeal_and_never_shortens_it() -> None:
    life = decided()
    known = next(s for s in life.calendar.years if s.year == 2026)
    days = (*known.holidays, Holiday(name="放假", first=date(2026, 3, 2), last=date(2026, 3, 2)))
    other = YearSchedule(
        year=2026, source="国务院办公厅调整通知", issued=date(2026, 2, 26), holidays=days, workdays=known.workdays
    )
    event = life.adopt("2026-02-26", life.calendar.with_schedule(other))

    assert event.case.exit_decided is not None
    assert (event.case.exit_decided.appeal_by, event.case.exit_decided.takes_effect_on) == (
        date(2026, 3, 4),
        date(2026, 3, 5),
    )
    assert not [e for e in life.until("2026-03-04 23:00") if e.target is State.EXITED]
    assert life.until("2026-03-05")[-1].target is State.EXITED
