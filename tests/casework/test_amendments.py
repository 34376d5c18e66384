"""Households that change (A39, A40, scenario 70): since when, what was before, and what follows in each state."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.states import ExitReason, State
from tests.make import CLERK, COUNTY, HELPER, JOB, SEALER, Life, a_member

SON = a_member("M3", relation="儿子", birth_date=date(2003, 3, 3), marital="未婚", status="登记失业")


def amended(life: Life, day: str, since: str, member: str = "M1", **facts: object) -> object:
    return life.do(day, "amend_household", member=member, effective_on=date.fromisoformat(since), **facts)


def refused(life: Life, day: str, trigger: str, **fields: object) -> str:
    with pytest.raises(CaseworkError) as no:
        life.do(day, trigger, **fields)
    return no.value.code


def test_scenario_70_out_of_the_base_from_the_benefit_date_at_midnight() -> None:
    life = Life().assisted()
    amended(life, "2026-09-25", "2026-10-01", "M2", status="已退休")

    assert life.until("2026-09-30 23:59") == []
    assert life.case.standing.base == ("M1", "M2")
    assert [e.trigger for e in life.until("2026-10-01 00:00")] == ["amendment_took_effect"]
    assert life.case.standing.base == ("M1",)
    assert life.case.exit_proposal is None
    [kept] = life.case.amendments
    assert (kept.effective_on, kept.pending) == (date(2026, 10, 1), False)
    assert [(c.field, c.was, c.now) for c in kept.changes] == [("status", "登记失业", "已退休")]


def test_the_only_base_member_leaving_is_proposed_never_done() -> None:
    life = Life(a_member()).assisted()
    event = amended(life, "2026-09-25", "2026-09-24", status="已退休")

    assert life.case.state is State.ASSISTED
    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.reason is ExitReason.NO_BASE_MEMBER
    assert life.open_tasks == ["decide_exit"]
    assert "自2026年9月24日起" in event.why.says  # type: ignore[attr-defined]


def test_a_wrong_change_is_corrected_by_a_further_one_and_both_stay_on_file() -> None:
    life = Life(a_member()).assisted()
    amended(life, "2026-09-25", "2026-09-24", capacity="完全丧失")
    amended(life, "2026-09-28", "2026-09-24", capacity="有")

    assert life.case.exit_proposal is None
    assert life.case.clock("exit_response") is None
    assert [(a.changes[0].was, a.changes[0].now) for a in life.case.amendments] == [
        ("有", "完全丧失"),
        ("完全丧失", "有"),
    ]


@pytest.mark.parametrize(
    ("since", "income", "pack", "reason"),
    [
        ("2026-09-01", 0, "jilin-2021", ExitReason.FALSE_REPORT),
        ("2026-09-17", 0, "jilin-2021", ExitReason.FALSE_REPORT),
        ("2026-09-01", 90000, "national-2007", ExitReason.FALSE_REPORT),
        ("2026-09-18", 90000, "national-2007", ExitReason.INCOME_FOUND),
        ("2026-09-18", 90000, "jilin-2021", None),
    ],
)
def test_what_is_found_after_the_seal_is_proposed_on_its_own_ground(
    since: str, income: int, pack: str, reason: ExitReason | None
) -> None:
    life = Life(pack=pack).assisted()
    facts: dict[str, object] = {"business_income_fen": income} if income else {"status": "单位就业"}
    amended(life, "2026-09-25", since, **facts)

    assert (life.case.exit_proposal.reason if life.case.exit_proposal else None) is reason


def test_work_that_began_after_the_seal_has_its_own_step() -> None:
    life = Life().assisted()
    day = date(2026, 9, 18)
    asked = {"member": "M1", "effective_on": day, "status": "单位就业"}

    assert refused(life, "2026-09-25", "amend_household", **asked) == "employment_by_its_own_step"
    life.do("2026-09-25", "record_employment", HELPER, member="M1", **JOB)
    asked["status"] = "登记失业"
    assert refused(life, "2026-09-28", "amend_household", **asked) == "job_loss_by_its_own_step"
    gone = {"member": "M1", "cause": "death", "happened_on": day}
    assert refused(life, "2026-09-28", "remove_member", **gone) == "member_still_employed"


def test_no_willingness_needs_a_signed_declaration() -> None:
    life = Life().assisted()
    asked = {"member": "M2", "effective_on": date(2026, 9, 25), "willing": False}

    assert refused(life, "2026-09-25", "amend_household", **asked) == "declaration_missing"
    life.do("2026-09-25", "amend_household", declaration_signed=True, **asked)
    assert life.case.standing.base == ("M1",)


def test_a_new_spouse_at_work_after_the_seal_is_put_before_the_county() -> None:
    life = Life(a_member(marital="离异")).assisted()
    wife = a_member("M2", sex="女", birth_date=date(1985, 1, 1), status="单位就业", track="工人")
    life.do("2026-09-25", "add_member", cause="marriage", happened_on=date(2026, 9, 24), person=wife)

    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.reason is ExitReason.OTHER
    assert life.case.state is State.ASSISTED


def test_who_joins_the_base_is_registered_planned_for_and_served() -> None:
    life = Life().assisted()
    joins = a_member("M3", relation="儿子", birth_date=date(2003, 3, 3), marital="未婚", status="失业未登记")
    life.do("2026-09-25", "add_member", cause="returned", happened_on=date(2026, 9, 24), person=joins)

    assert life.open_tasks == ["register_unemployed", "update_plan"]
    life.do("2026-09-28", "sign_plan", HELPER)
    assert life.open_tasks == ["register_unemployed"]
    amended(life, "2026-09-29", "2026-09-29", "M3", status="在校学生")
    assert life.open_tasks == []
    assert life.case.promise is not None
    assert life.case.promise.due_on == date(2026, 10, 22)


def test_a_child_born_has_its_own_age_clock_at_sixteen() -> None:
    life = Life().assisted()
    baby = a_member("M3", relation="女儿", sex="女", birth_date=date(2026, 9, 24), marital="未婚", status="在校学生")
    life.do("2026-09-25", "add_member", cause="birth", happened_on=date(2026, 9, 24), person=baby)

    clock = life.case.clock("member_date", "M3")
    assert clock is not None
    assert clock.due_on == date(2042, 9, 24)
    assert life.case.standing.base == ("M1", "M2")
    assert life.open_tasks == []


def test_the_applicants_place_never_stays_empty() -> None:
    life = Life(*Life().household.members, SON).assisted()
    gone = {"member": "M1", "cause": "death", "happened_on": date(2026, 9, 24)}

    assert refused(life, "2026-09-25", "remove_member", **gone) == "new_applicant_missing"
    assert refused(life, "2026-09-25", "remove_member", new_applicant="M2", **gone) == "relations_incomplete"
    life.do("2026-09-25", "remove_member", new_applicant="M2", relations=[{"member": "M3", "relation": "儿子"}], **gone)
    assert [(m.member_id, m.relation) for m in life.case.household.members] == [("M2", "本人"), ("M3", "儿子")]
    assert life.events[-1].notices[0].recipient == "M2"


def test_when_nobody_is_left_the_case_ends_before_the_seal_and_is_put_to_the_county_after_it() -> None:
    gone = {"member": "M1", "cause": "death", "happened_on": date(2026, 9, 24)}
    early = Life(a_member()).publicised("2026-09-22")
    event = early.do("2026-09-25", "remove_member", **gone)
    assert (event.target, event.case.exit and event.case.exit.reason) == (State.EXITED, ExitReason.DECEASED)

    life = Life(a_member()).assisted()
    assert refused(life, "2026-09-25", "remove_member", **(gone | {"cause": "moved_out"})) == "last_member"
    life.do("2026-09-25", "remove_member", **gone)
    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.reason is ExitReason.DECEASED
    life.do("2026-09-28", "add_member", cause="correction", happened_on=date(2026, 9, 24), person=a_member())
    assert life.case.exit_proposal is None
    assert life.case.standing.base == ("M1",)


@pytest.mark.parametrize("change", [{"status": "登记失业"}, {"wage_fen": 0}, {"track": "工人"}])
def test_what_changes_nothing_is_said_so(change: dict[str, object]) -> None:
    asked = {"member": "M2", "effective_on": date(2026, 9, 24)}
    assert refused(Life().assisted(), "2026-09-25", "amend_household", **asked, **change) == "nothing_changed"


def test_an_immaterial_change_leaves_the_publicity_alone() -> None:
    life = Life().publicised("2026-09-30")
    amended(life, "2026-10-09", "2026-10-09", wage_fen=100)
    life.until("2026-10-11")

    assert life.open_tasks == ["report_up"]


def test_a_material_change_in_publicity_shows_the_household_anew_in_full() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")
    life.do("2026-10-12", "pass_recheck", COUNTY)
    life.do("2026-10-13", "add_member", cause="correction", happened_on=date(2026, 9, 1), person=SON)

    assert life.case.state is State.IN_PUBLICITY
    assert life.open_tasks == ["post_publicity"]
    with pytest.raises(CaseworkError) as no:
        life.do("2026-10-13", "certify", SEALER)
    assert no.value.code == "not_reported"
    life.do("2026-10-13", "post_publicity")
    assert life.case.publicity is not None
    assert (life.case.publicity.round, life.case.publicity.ends_on) == (2, date(2026, 10, 16))


def test_a_change_that_makes_a_special_situation_goes_back_to_the_county_in_writing() -> None:
    life = Life().publicised("2026-09-30")
    amended(life, "2026-10-09", "2026-10-01", "M2", hukou="农业")

    assert life.case.state is State.UNDER_REVIEW
    assert life.open_tasks == ["decide_special_situation", "first_review"]
    life.do("2026-10-12", "decide_special_situation", COUNTY, eligible=True)
    life.do("2026-10-12", "pass_first_review", CLERK, compared_online=True)
    life.do("2026-10-12", "post_publicity")
    amended(life, "2026-10-13", "2026-10-13", "M1", hukou="农业")
    assert life.case.standing.special_decision is None  # the decision was about another situation
    assert "decide_special_situation" in life.open_tasks


def test_a_member_who_left_takes_what_waits_for_a_later_day_along() -> None:
    life = Life().assisted()
    amended(life, "2026-09-25", "2026-10-20", "M2", status="已退休")
    life.do("2026-09-28", "remove_member", member="M2", cause="divorce", happened_on=date(2026, 9, 27))

    assert life.case.clock("amendment") is None
    assert [a.kind for a in life.case.amendments] == ["removed"]
    assert not [e for e in life.until("2026-10-21") if e.trigger == "amendment_took_effect"]
