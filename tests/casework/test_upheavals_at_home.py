"""Households that change while something of theirs waits: nobody left to help, a death, a registration before the seal.

Dates are counted by hand on the calendar of 2026.
"""

from datetime import date

from casework.household import Sex, Track
from casework.states import ExitReason
from tests.make import CHIEF, COUNTY, HELPER, OTHER_CLERK, Life, a_member


def retired_at_work() -> Life:
    """The only base member works and reaches 60 years and 4 months on 2026-05-15; his wife had declared no wish."""
    wife = a_member("M2", sex=Sex.FEMALE, birth_date=date(1982, 7, 9), track=Track.WORKER)
    life = Life(a_member(birth_date=date(1966, 1, 15)), wife).assisted("2026-01-26", "2026-02-02")
    life.employed("2026-02-05", "2026-02-06")
    life.do(
        "2026-02-09", "amend_household", member="M2", willing=False, declaration_signed=True,
        effective_on=date(2026, 2, 9),
    )  # fmt: skip
    life.until("2026-05-16")
    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.reason is ExitReason.NO_BASE_MEMBER
    return life


def test_a_second_job_answers_the_proposal_that_nobody_is_left_to_help() -> None:
    life = retired_at_work()
    life.employed("2026-05-18", member="M2")

    assert life.case.exit_proposal is None
    assert not life.case.tasks_of("decide_exit")
    assert life.case.clock("exit_response") is None
    assert life.case.standing.base == ("M2",)
    life.contact("2026-05-19", "phone", "reached")
    assert life.case.exit_proposal is None


def test_a_second_job_lifts_the_decision_that_nobody_is_left_to_help() -> None:
    life = retired_at_work()
    life.do("2026-05-25", "approve_exit", COUNTY)
    life.do("2026-05-26", "raise_appeal", OTHER_CLERK)
    life.employed("2026-05-27", member="M2")

    assert life.case.exit_decided is None
    assert not life.case.tasks_of("decide_appeal")
    assert not any(t.paused for t in life.case.tasks)
    (follow_up,) = life.case.tasks_of("follow_up")
    # lost: 05-25 and 05-26; the month's last working day was 05-29
    assert follow_up.due_on == date(2026, 6, 2)
    assert [(m.was, m.now) for m in follow_up.moves] == [(date(2026, 5, 29), date(2026, 6, 2))]


def watched_and_jobless() -> Life:
    """Monitored since 09-18, the wife's job lost on 09-22: help may begin before the seal."""
    wife = a_member("M2", sex=Sex.FEMALE, birth_date=date(1982, 7, 9), track=Track.WORKER, status="灵活就业")
    life = Life(a_member(), wife.model_copy(update={"wage_fen": 150000}))
    life.do("2026-09-18", "open_monitoring", cause="low_or_unstable", jobs=[{"member": "M2"}])
    life.do("2026-09-22", "record_job_loss", HELPER, member="M2")
    assert [t.about for t in life.case.tasks_of("register_unemployed")] == ["M2"]
    return life


def test_whoever_dies_before_the_seal_is_not_registered_any_more() -> None:
    life = watched_and_jobless()
    life.do("2026-09-23", "remove_member", member="M2", cause="death")
    assert not life.case.tasks_of("register_unemployed")


def test_whoever_is_found_registered_before_the_seal_need_not_be_registered() -> None:
    life = watched_and_jobless()
    life.do("2026-09-23", "amend_household", member="M2", status="登记失业", effective_on=date(2026, 9, 22))
    assert not life.case.tasks_of("register_unemployed")


def test_nobody_left_to_help_is_proposed_with_its_task_also_while_somebody_works() -> None:
    wife = a_member("M2", sex=Sex.FEMALE, birth_date=date(1982, 7, 9), track=Track.WORKER, capacity="完全丧失")
    life = Life(a_member(birth_date=date(1966, 1, 15)), wife).assisted("2026-04-07", "2026-04-14")
    life.employed("2026-04-20", "2026-04-21")
    life.do("2026-05-06", "propose_exit", reason="other")
    life.do("2026-05-14", "approve_exit", COUNTY)
    life.do("2026-05-14 11:00", "raise_appeal", OTHER_CLERK)
    life.do("2026-05-18", "uphold_appeal", CHIEF)  # he reached his retirement on 05-15
    assert life.case.standing.base == ()
    life.contact("2026-05-19", "phone", "reached")

    assert life.case.exit_proposal is not None
    assert life.open_tasks.count("decide_exit") == 1
    assert life.case.clock("exit_response") is not None
