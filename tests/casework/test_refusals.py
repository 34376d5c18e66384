"""Refusals and contacts: what counts, what is proposed again and what is not, who is warned and when."""

import pytest

from casework.errors import CaseworkError
from casework.refusal_counts import largest_window, reached_by
from tests.make import COUNTY, HELPER, Life, a_member


def life() -> Life:
    return Life().assisted("2026-01-05", "2026-01-16")


def three(case: Life, warned: str | None = None) -> Life:
    case.refused("2026-02-02", "2026-02-03")
    case.refused("2026-02-04", "2026-02-05")
    if warned:
        case.do(warned, "issue_warning", member="M1")
    case.refused("2026-02-09", "2026-02-10")
    return case


def test_scenario_37_three_within_the_corresponding_day_are_reached() -> None:
    """1个月内无正当理由拒绝3次以上（以上包括本数）；月末无对应日的为月末日."""
    case = life()
    for day, judged in (("2026-01-31", "2026-02-02"), ("2026-02-10", "2026-02-11"), ("2026-02-28", "2026-03-02")):
        case.refused(day, judged)

    assert len(largest_window(case.case, "M1", case.setting)) == 3
    assert case.case.exit_proposal is not None


def test_scenario_38_one_day_later_is_not() -> None:
    case = life()
    for day, judged in (("2026-01-31", "2026-02-02"), ("2026-02-10", "2026-02-11"), ("2026-03-01", "2026-03-02")):
        case.refused(day, judged)

    assert len(largest_window(case.case, "M1", case.setting)) == 2
    assert reached_by(case.case, case.setting) == ()


def test_a_rejected_proposal_is_not_made_again_from_the_same_refusals() -> None:
    case = three(life())
    case.do("2026-02-26", "reject_exit", COUNTY)
    case.refused("2026-04-02", "2026-04-03")

    assert case.case.exit_proposal is None


def test_a_fourth_refusal_within_the_month_proposes_again_and_a_warning_before_it_counts() -> None:
    case = three(life())
    case.do("2026-02-11", "reject_exit", COUNTY)
    case.do("2026-02-12", "issue_warning", member="M1")
    case.refused("2026-02-27", "2026-02-28")

    assert case.case.exit_proposal is not None
    case.until("2026-03-10")
    case.do("2026-03-10", "approve_exit", COUNTY)
    (effective,) = [e for e in case.until("2026-03-18") if e.trigger == "exit_effective"]
    assert effective.target == "exited"


def test_scenario_49_a_warning_on_the_day_of_the_last_refusal_is_too_late() -> None:
    case = three(life())
    case.do("2026-02-10", "issue_warning", member="M1", on="2026-02-09")
    case.until("2026-02-27")

    with pytest.raises(CaseworkError, match="事后补发不算"):
        case.do("2026-02-27", "approve_exit", COUNTY)


def test_scenario_42_late_evidence_withdraws_the_proposal_and_may_not_be_turned_again() -> None:
    case = three(life(), warned="2026-02-06")
    last = case.case.refusals[-1].refusal_id
    event = case.judged("2026-02-24", last, True)

    assert event.case.exit_proposal is None
    assert [n.name for n in event.notices] == ["exit_proposal_withdrawn"]
    with pytest.raises(CaseworkError, match="不得改为无正当理由"):
        case.judged("2026-02-25", last, False)


def test_a_warning_that_is_no_longer_due_is_not_left_open() -> None:
    case = life()
    case.refused("2026-02-02", "2026-02-03")
    second = case.refused("2026-02-04", "2026-02-05")
    assert "issue_warning" in case.open_tasks
    case.judged("2026-02-06", second, True)

    assert "issue_warning" not in case.open_tasks


def test_a_refusal_before_the_registration_does_not_count_in_jilin() -> None:
    """登记失业家庭成员……"""
    case = Life(a_member(), a_member("M2", sex="女", status="失业未登记", track="工人"))
    case.assisted("2026-01-05", "2026-01-16")
    for day, judged in (("2026-02-02", "2026-02-03"), ("2026-02-04", "2026-02-05"), ("2026-02-09", "2026-02-10")):
        case.refused(day, judged, member="M2")

    assert case.case.exit_proposal is None
    assert "尚未登记失业" in case.events[-1].why.says


def test_work_withdraws_what_the_clocks_proposed() -> None:
    case = three(life(), warned="2026-02-06")
    event = case.do(
        "2026-02-11", "record_employment", HELPER, member="M2", channel="employer", evidence="contract",
        monthly_income_fen=260000,
    )  # fmt: skip

    assert event.case.exit_proposal is None
    assert "decide_exit" not in case.open_tasks
    assert event.case.clock("exit_response") is None


def test_a_refusal_pending_when_work_begins_can_still_be_judged() -> None:
    case = life()
    refusal = case.refused("2026-02-02", None)
    case.employed("2026-02-03", member="M2")
    case.judged("2026-02-04", refusal, False)

    assert case.case.exit_proposal is None
    assert "judge_refusal" not in case.open_tasks


def test_a_rejected_lost_contact_is_not_proposed_again_by_another_day_s_call_outside_the_month() -> None:
    case = life()
    for day, channel in (("2026-02-02", "phone"), ("2026-02-03", "visit"), ("2026-02-04", "phone")):
        case.contact(day, channel)
    assert case.case.exit_proposal is not None
    case.do("2026-02-05", "reject_exit", COUNTY)
    case.contact("2026-03-10")

    assert case.case.exit_proposal is None


def test_scenario_56_calls_to_a_wrong_number_are_void_but_the_visit_stands() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    case.contact("2026-02-03", "visit")
    case.contact("2026-02-04", "phone", "wrong_number")
    case.contact("2026-02-05", "sms")
    assert len([c for c in case.case.clocks if c.kind == "contact_window"]) == 1
    assert case.case.exit_proposal is None
    case.contact("2026-02-06", "phone", number_verified=True)
    case.contact("2026-02-09", "phone")

    assert case.case.exit_proposal is not None
