"""What the county decides on an exit and what lifts it: other eyes, evidence, a job, a contact; voluntary; revoked."""

from datetime import date

import pytest

from casework.errors import NotYourStep
from casework.states import ExitReason, State
from tests.casework.decided import decided, due, no
from tests.make import CLERK, COUNTY, HELPER, JOB, OTHER_CLERK, SEALER, TEXT, Life


def test_a_reviewer_who_judged_a_counted_refusal_does_not_approve_the_exit() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    life.refused("2026-02-03", "2026-02-04")
    life.refused("2026-02-05", "2026-02-06")
    life.do("2026-02-06", "issue_warning", member="M1")
    last = life.refused("2026-02-09", None)
    life.do("2026-02-10", "judge_refusal", COUNTY, refusal=last, justified=False)

    with pytest.raises(NotYourStep, match="由您认定"):
        life.do("2026-02-25", "approve_exit", COUNTY)
    assert life.do("2026-02-25", "approve_exit", SEALER).case.exit_decided is not None


def test_evidence_before_the_effect_lifts_the_decision() -> None:
    """补来正当理由: the ground is gone, so the decision falls, also while an appeal is open (A5)."""
    for appealed in (False, True):
        life = decided()
        if appealed:
            life.do("2026-02-26", "raise_appeal", OTHER_CLERK)
        event = life.judged("2026-03-02", life.case.refusals[-1].refusal_id, True)

        assert event.case.exit_decided is None
        assert event.case.state is State.ASSISTED
        assert not event.case.tasks_of("decide_appeal")
        assert event.case.clock("exit_effect") is None
        assert due(event.case) == date(2026, 3, 12)  # four working days: 02-25…28
        assert "exit_decision_lifted" in [n.name for n in event.notices]


def test_a_job_before_the_effect_answers_refusals_but_not_what_a_person_stated() -> None:
    life = decided()
    event = life.do("2026-02-27", "record_employment", HELPER, member="M2", **JOB)
    assert event.target is State.EMPLOYED
    assert event.case.exit_decided is None
    assert event.case.clock("promise") is None

    moved = Life().assisted("2026-01-26", "2026-02-02")
    moved.do("2026-02-03", "propose_exit", CLERK, reason="moved_away")
    moved.do("2026-02-10", "record_exit_response", HELPER)
    moved.do("2026-02-10", "approve_exit", COUNTY)
    assert no(moved, "2026-02-11", "record_employment", HELPER, member="M2", **JOB).code == "exit_decided"


def test_a_household_that_turns_up_before_the_effect_was_not_lost() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    for day, channel in (("2026-02-03", "phone"), ("2026-02-04", "visit"), ("2026-02-05", "phone")):
        life.contact(day, channel)
    life.until("2026-02-13")
    life.do("2026-02-13", "approve_exit", COUNTY)
    event = life.contact("2026-02-14", "visit", "reached", by_household=True)

    assert event.case.exit_decided is None
    assert due(event.case) == date(2026, 3, 9)  # one working day made good: 02-13


def test_the_household_s_answer_ends_what_was_proposed_because_it_was_lost() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    for day, channel in (("2026-02-03", "phone"), ("2026-02-04", "visit"), ("2026-02-05", "phone")):
        life.contact(day, channel)
    event = life.do("2026-02-06", "record_exit_response", HELPER)

    assert event.case.exit_proposal is None
    assert "decide_exit" not in life.open_tasks


def test_a_decision_lifted_on_its_own_day_loses_nothing() -> None:
    life = decided()
    event = life.judged("2026-02-25 15:00", life.case.refusals[-1].refusal_id, True)

    assert due(event.case) == date(2026, 3, 6)
    clock = event.case.clock("promise")
    assert clock is not None
    assert (clock.pauses, clock.moves) == ((), ())


def test_a_voluntary_exit_takes_effect_at_once_without_waiting_for_an_answer() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    life.do("2026-02-03", "propose_exit", HELPER, reason="voluntary", statement=TEXT)
    event = life.do("2026-02-04", "approve_exit", COUNTY)

    assert event.target is State.EXITED
    assert event.case.exit is not None
    assert event.case.exit.reason is ExitReason.VOLUNTARY
    assert "随时再次申请" in event.why.says


def test_fraud_found_while_employed_revokes_and_withdraws_the_elimination() -> None:
    """A42: reported apart, not counted as eliminated, subsidies on the list to be paid back; with a right to appeal."""
    life = Life().assisted("2026-01-26", "2026-02-02")
    life.employed("2026-02-03", "2026-02-04")
    life.do("2026-02-05", "propose_exit", CLERK, reason="false_report")
    life.until("2026-02-13")
    event = life.do("2026-02-13", "approve_exit", COUNTY)
    assert event.case.exit_decided is not None
    assert event.case.eliminated_on == date(2026, 2, 3)
    assert "追回" in dict(event.notices[0].words)["effect"]
    (effective,) = [e for e in life.until("2026-02-28") if e.trigger == "exit_effective"]

    case = effective.case
    assert case.exit is not None
    assert (case.exit.reason, case.exit.recovers_subsidies) == (ExitReason.REVOKED, True)
    assert (case.eliminated_on, case.exit.withdrawn_elimination) == (None, date(2026, 2, 3))
    assert all(not e.stands for e in case.eliminations)


def test_a_person_s_proposal_that_is_rejected_makes_room_for_the_ground_that_waited_behind_it() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    life.do("2026-02-02", "propose_exit", CLERK, reason="moved_away")
    life.refused("2026-02-03", "2026-02-04")
    life.refused("2026-02-05", "2026-02-06")
    life.refused("2026-02-09", "2026-02-10")
    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.reason is ExitReason.MOVED_AWAY
    event = life.do("2026-02-11", "reject_exit", COUNTY)

    assert event.case.exit_proposal is not None
    assert event.case.exit_proposal.reason is ExitReason.REFUSED_REFERRALS
    assert len(event.case.tasks_of("decide_exit")) == 1
    assert event.case.clock("exit_response") is not None


def test_whoever_was_not_warned_is_to_be_warned_after_the_county_said_no() -> None:
    life = Life().assisted("2026-01-26", "2026-02-02")
    for day, judged in (("2026-02-03", "2026-02-04"), ("2026-02-05", "2026-02-06"), ("2026-02-09", "2026-02-10")):
        life.refused(day, judged)
    event = life.do("2026-02-11", "reject_exit", COUNTY)

    assert [t.about for t in event.case.tasks_of("issue_warning")] == ["M1"]
    life.do("2026-02-12", "issue_warning", member="M1")
    life.refused("2026-02-24", "2026-02-25")
    life.until("2026-03-06")
    assert life.do("2026-03-06", "approve_exit", COUNTY).case.exit_decided is not None
