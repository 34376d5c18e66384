"""Several upheavals in one life: a decision falls while something else waits, stands still, or is only provisional.

Dates are counted by hand on the calendar of 2026.
"""

from datetime import date

from casework.states import ExitReason, State
from policies.packs import load_pack
from policies.schema import Policy
from tests.casework.decided import decided, due, no, refused_thrice
from tests.casework.promises import promise_of, suspended
from tests.casework.test_calendar_change import corrected, published
from tests.make import CHIEF, COUNTY, HELPER, OTHER_CLERK, SEALER, Life, a_member

PENSION = {"member": "M2", "capacity": "完全丧失"}


def rings(life: Life, kind: str = "promise") -> list[tuple[str, date]]:
    clock = life.case.clock(kind)
    assert clock is not None
    return [(r.label or r.trigger, r.at.date()) for r in clock.rings]


def moved_away(sealed: str, proposed: str, approved: str, pack: str = "jilin-2021", posted: str = "2026-09-03") -> Life:
    life = Life(pack=pack).assisted(posted, sealed)
    life.do(proposed, "propose_exit", reason="moved_away")
    life.do(approved, "approve_exit", COUNTY)
    return life


def test_a_change_told_before_takes_effect_on_its_own_day_although_an_exit_is_decided() -> None:
    life = refused_thrice()
    life.do("2026-02-11", "amend_household", effective_on=date(2026, 2, 27), **PENSION)
    life.do("2026-02-25", "approve_exit", COUNTY)

    (took,) = [e for e in life.until("2026-02-28") if e.trigger == "amendment_took_effect"]
    assert took.on == date(2026, 2, 27)
    assert life.case.exit_decided is not None
    assert life.case.standing.base == ("M1",)


def test_a_change_told_before_lifts_a_decision_whose_ground_it_takes_away() -> None:
    life = Life(a_member()).assisted("2026-01-26", "2026-02-02")
    life.do("2026-02-03", "amend_household", member="M1", capacity="完全丧失", effective_on=date(2026, 2, 3))
    life.do("2026-02-10", "amend_household", member="M1", capacity="有", effective_on=date(2026, 3, 2))
    life.do("2026-02-25", "approve_exit", COUNTY)

    fallen = [(e.trigger, e.on) for e in life.until("2026-03-04 09:00")]
    assert fallen == [("amendment_took_effect", date(2026, 3, 2))]
    assert life.case.exit_decided is None
    assert life.case.state is State.ASSISTED
    # lost: 02-25, 26, 27, 28 (make-up Saturday); 03-02 is not lost
    assert due(life.case) == date(2026, 3, 12)


def test_an_appeal_that_became_pointless_does_not_bar_the_next_one() -> None:
    life = decided()
    life.do("2026-02-26", "raise_appeal", OTHER_CLERK)
    life.judged("2026-02-27", life.case.refusals[0].refusal_id, True)
    assert [(a.decided_on, a.upheld) for a in life.case.appeals] == [(date(2026, 2, 27), None)]

    life.do("2026-03-02", "propose_exit", reason="moved_away")
    life.do("2026-03-10", "approve_exit", COUNTY)
    life.do("2026-03-11", "raise_appeal", OTHER_CLERK)
    life.do("2026-03-12", "uphold_appeal", CHIEF)
    assert [a.upheld for a in life.case.appeals] == [None, True]
    assert life.case.state is State.ASSISTED


def test_the_only_member_dies_while_a_decided_exit_waits() -> None:
    life = Life(a_member()).assisted("2026-01-26", "2026-02-02")
    life.refused("2026-02-03", "2026-02-04")
    life.refused("2026-02-05", "2026-02-06")
    life.do("2026-02-06", "issue_warning", member="M1")
    life.refused("2026-02-09", "2026-02-10")
    life.do("2026-02-25", "approve_exit", COUNTY)
    life.do("2026-02-26", "raise_appeal", OTHER_CLERK)
    event = life.do("2026-02-27", "remove_member", member="M1", cause="death")

    assert event.case.exit_decided is None
    assert event.case.exit_proposal is not None
    assert event.case.exit_proposal.reason is ExitReason.DECEASED
    assert life.open_tasks == ["decide_exit"]
    assert {c.kind for c in event.case.clocks} & {"exit_effect", "exit_response"} == {"exit_response"}
    life.do("2026-02-28", "approve_exit", SEALER)
    assert life.case.state is State.EXITED


def test_a_guaranteed_post_that_was_delivered_proves_a_contact() -> None:
    life = Life().assisted()
    life.do("2026-09-21", "mark_special_hardship", ground="disability")
    life.contact("2026-10-08", "visit")
    life.contact("2026-10-09")
    life.do(
        "2026-10-10", "arrange_guaranteed_post", COUNTY, member="M1", vacancy="G1", pay_fen=260000, matches_plan=True,
        acknowledged=True,
    )  # fmt: skip
    life.contact("2026-10-12")

    assert life.case.exit_proposal is None


def test_unsteady_work_during_a_suspension_leaves_the_relocated_promise_running() -> None:
    life = Life(pack="liaoning-2006").assisted("2026-08-03", "2026-08-10")
    life.do("2026-08-10", "flag_relocation", relocated_on=date(2026, 8, 3))
    suspended(life, "2026-08-12", "2026-08-11", None)
    life.employed("2026-08-20", "2026-08-21", member="M2", evidence="flexible_registration", channel="flexible")

    assert [s.until for s in life.case.suspensions] == [date(2026, 8, 19)]
    # 60 days from 08-03 are 10-02; nine days were lost: Sunday 10-11, so Monday 10-12
    assert rings(life, "relocation_promise")[-1] == ("relocation_overdue", date(2026, 10, 12))
    fallen = [(e.trigger, e.on) for e in life.until("2026-10-13 09:00")]
    assert ("relocation_overdue", date(2026, 10, 13)) in fallen


def test_work_that_began_with_the_suspension_leaves_no_trace_of_it() -> None:
    life = Life().assisted()
    suspended(life, "2026-10-13", "2026-10-12", None)
    life.employed("2026-10-14", None, member="M2", started_on=date(2026, 10, 12))

    assert life.case.suspensions == ()
    assert (promise_of(life).due_on, promise_of(life).pauses) == (date(2026, 10, 22), ())


def test_an_offer_during_a_suspension_ends_it_where_offers_count() -> None:
    pack = load_pack("jilin-2021").model_dump(mode="json")
    pack["promise"]["met_by"]["value"] = "job_offered"
    life = Life(pack=Policy.model_validate(pack)).assisted()
    suspended(life, "2026-10-12", "2026-10-12", None)
    life.do(
        "2026-11-10", "record_referral", HELPER, member="M2", vacancy="V1", pay_fen=260000, matches_plan=True,
        acknowledged=True,
    )  # fmt: skip

    # 21 working days lost, 10-12 … 11-09; the offer came in time
    assert (promise_of(life).met_on, promise_of(life).due_on) == (date(2026, 11, 10), date(2026, 11, 20))
    assert not promise_of(life).paused
    assert [s.until for s in life.case.suspensions] == [date(2026, 11, 9)]


def test_after_an_upheld_appeal_a_promise_in_months_reminds_on_working_days() -> None:
    life = moved_away("2026-10-20", "2026-11-02", "2026-11-10", "test-anzhou", "2026-10-09")
    life.do("2026-11-11", "raise_appeal", OTHER_CLERK)
    life.do("2026-11-13", "uphold_appeal", CHIEF)

    # until 11-20; three days lost: Monday 11-23, five and two working days before it
    assert rings(life) == [
        ("5", date(2026, 11, 16)),
        ("2", date(2026, 11, 19)),
        ("promise_overdue", date(2026, 11, 23)),
    ]


def test_a_calendar_that_comes_while_all_stands_still_loses_no_reminder() -> None:
    life = moved_away("2026-09-18", "2026-09-28", "2026-10-14")
    life.do("2026-10-15", "raise_appeal", OTHER_CLERK)
    life.adopt("2026-10-21", corrected("2026-10-30"))
    life.do("2026-10-22", "uphold_appeal", CHIEF)

    # due 10-22; lost 10-14, 15, 16, 19, 20, 21; 10-30 is off now
    assert rings(life) == [
        ("5", date(2026, 10, 23)),
        ("2", date(2026, 10, 28)),
        ("promise_overdue", date(2026, 11, 2)),
    ]


def test_an_appeal_over_national_day_makes_good_the_working_days_alone() -> None:
    life = moved_away("2026-09-10", "2026-09-11", "2026-09-22")
    assert due(life.case) == date(2026, 10, 14)
    life.do("2026-09-30", "raise_appeal", OTHER_CLERK)
    life.do("2026-10-09", "uphold_appeal", CHIEF)

    # lost: 09-22, 23, 24, 28, 29, 30, 10-08
    assert due(life.case) == date(2026, 10, 23)


def test_a_suspension_resumed_after_an_upheld_appeal_loses_no_day_twice() -> None:
    life = Life().assisted()
    suspended(life, "2026-10-12", "2026-10-12", None)
    life.do("2026-10-12", "propose_exit", reason="moved_away")
    life.do("2026-10-20", "approve_exit", COUNTY)
    life.do("2026-10-21", "raise_appeal", OTHER_CLERK)
    life.do("2026-10-28", "uphold_appeal", CHIEF)
    life.do("2026-11-02", "resume_promise", COUNTY, until=date(2026, 10, 26))

    # lost: 10-12 … 10-27, twelve working days, seven of them to both
    assert due(life.case) == date(2026, 11, 9)


def test_a_time_to_answer_that_was_provisional_is_waited_for_once_the_year_is_known() -> None:
    life = Life().assisted("2026-12-07", "2026-12-18")
    life.do("2026-12-28", "propose_exit", reason="moved_away")
    life.until("2027-01-06")
    life.adopt("2027-01-06 11:00", published("2027-01-04", "2027-01-05"))

    early = no(life, "2027-01-07", "approve_exit", SEALER, calendar_checked=True)
    assert early.code == "response_period_running"
    assert "2027年1月7日24时" in early.message
    life.do("2027-01-08", "approve_exit", SEALER, calendar_checked=True)
    assert life.case.exit_decided is not None


def test_a_refusal_set_aside_on_appeal_is_followed_by_the_warning_that_is_owed() -> None:
    life = decided()
    second = life.case.refusals[1].refusal_id
    life.do("2026-02-26", "raise_appeal", OTHER_CLERK)
    event = life.do("2026-02-27", "uphold_appeal", CHIEF, sets_aside=second)

    # left: 02-03 and 02-09; the warning of 02-06 does not stand before the next one
    assert [(t.kind, t.about) for t in event.opened] == [("issue_warning", "M1")]
    assert [n.name for n in event.notices][:2] == ["exit_decision_lifted", "help_resumes"]


def test_a_household_that_appeals_is_not_lost() -> None:
    life = Life().assisted()
    life.contact("2026-09-30")
    life.contact("2026-10-08", "visit")
    life.contact("2026-10-09")
    life.do("2026-10-19", "approve_exit", COUNTY)
    life.do("2026-10-20", "raise_appeal", OTHER_CLERK)

    assert no(life, "2026-10-21", "dismiss_appeal", CHIEF).code == "ground_gone"
    life.do("2026-10-21", "uphold_appeal", CHIEF)
    # lost: 10-19 and 10-20; one more failed call after that is the first
    assert due(life.case) == date(2026, 10, 26)
    life.contact("2026-10-22")
    assert life.case.exit_proposal is None
