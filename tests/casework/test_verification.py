"""Verification (核查): declared by hand or connected, hits judged by a person, visits with their three deliveries."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.review_facts import ComparisonOutcome
from casework.states import Actor, State
from policies.packs import load_pack
from tests.make import CLERK, COUNTY, HELPER, SEALER, Life, a_member

DAY = "2026-09-28"


def no(life: Life, code: str, when: str, trigger: str, by: Actor = CLERK, **fields: object) -> str:
    with pytest.raises(CaseworkError) as said:
        life.do(when, trigger, by, **fields)
    assert said.value.code == code, said.value.message
    return said.value.message


def accepted(pack: str = "test-anzhou", *members: object) -> Life:
    life = Life(*members, pack=pack)  # type: ignore[arg-type]
    life.do(DAY, "apply")
    life.do(DAY, "accept_application")
    return life


def test_acceptance_opens_a_comparison_and_a_visit() -> None:
    assert accepted("jilin-2021").open_tasks == ["compare_online", "first_review", "visit_home"]


@pytest.mark.parametrize("pack", ["jilin-2021", "liaoning-2006", "national-2007"])
def test_where_the_word_is_enough_the_review_closes_both_and_says_it_was_by_hand(pack: str) -> None:
    event = accepted(pack).do(DAY, "pass_first_review", compared_online=True)

    assert {t.kind for t in event.closed if t.done} == {"first_review", "compare_online", "visit_home"}
    assert ("线上比对", "手工比对") in [(f.label, f.value) for f in event.why.facts]


def test_where_it_is_connected_a_word_is_not_enough() -> None:
    life = accepted()

    message = no(life, "comparison_incomplete", DAY, "pass_first_review", compared_online=True)

    assert "户籍—本人（M1）（未比对）" in message
    assert "社会保险—配偶（M2）（未比对）" in message
    assert "税务" not in message
    life.compared(DAY)
    assert life.open_tasks == ["first_review", "visit_home"]
    no(life, "visit_missing", DAY, "pass_first_review", compared_online=True)
    life.do(DAY, "record_visit", met=("M2",), policies=True)
    assert life.open_tasks == ["first_review"]
    life.do(DAY, "pass_first_review", compared_online=False)


def test_a_source_that_cannot_be_asked_never_passes_silently() -> None:
    life = accepted()
    event = life.compared(DAY, business_M2="unavailable")

    assert "1项来源不可用" in event.why.says
    assert "compare_online" in life.open_tasks
    life.do(DAY, "record_visit", met=("M1",))
    assert "工商登记—配偶（M2）（来源不可用）" in no(
        life, "comparison_incomplete", DAY, "pass_first_review", compared_online=True
    )


def test_an_unavailable_source_takes_no_good_result_away_but_an_expired_one_is_gone() -> None:
    life = accepted()
    life.do(DAY, "record_visit", met=("M1",))
    life.compared(DAY)
    life.compared("2026-09-29", business_M2="unavailable")
    kept = next(c for c in life.case.comparisons if c.key == "business-M2")

    assert kept.result is ComparisonOutcome.CLEAR
    assert kept.valid_until == date(2026, 10, 28)
    life.do("2026-10-28", "pass_first_review", compared_online=False)


def test_expired_results_do_not_count() -> None:
    """比对之日起30日内有效: the 30th day still counts, the next does not."""
    life = accepted()
    life.do(DAY, "record_visit", met=("M1",))
    life.compared(DAY)

    assert "已于2026年10月28日过期" in no(
        life, "comparison_incomplete", "2026-10-29", "pass_first_review", compared_online=True
    )


def test_a_source_may_say_less_than_the_locality_but_never_more() -> None:
    life = accepted()
    row = {"source": "register", "member": "M1", "result": "clear"}
    life.do(DAY, "record_comparison", results=[row | {"valid_until": "2026-10-01"}])
    assert life.case.comparisons[0].valid_until == date(2026, 10, 1)
    life.do(DAY, "record_comparison", results=[row | {"valid_until": "2027-10-01"}])
    assert life.case.comparisons[0].valid_until == date(2026, 10, 28)
    no(life, "expiry_before_comparison", DAY, "record_comparison", results=[row | {"valid_until": "2026-09-27"}])
    no(life, "comparison_twice", DAY, "record_comparison", results=[row, row])
    no(life, "member_unknown", DAY, "record_comparison", results=[row | {"member": "M7"}])


@pytest.mark.parametrize("pack", ["test-anzhou", "jilin-2021"])
def test_a_hit_waits_for_a_persons_written_finding(pack: str) -> None:
    life = accepted(pack)
    life.do(DAY, "record_visit", met=("M1",))
    event = life.compared(DAY, business_M2="hit")

    assert [(t.kind, t.about) for t in event.opened] == [("judge_hit", "business-M2")]
    assert "工商登记—配偶（M2）" in no(life, "hit_unjudged", DAY, "pass_first_review", compared_online=True)
    no(life, "hit_unknown", DAY, "judge_comparison_hit", source="business", member="M1", affects=False)
    life.do(DAY, "judge_comparison_hit", source="business", member="M2", affects=False)
    no(life, "hit_judged", DAY, "judge_comparison_hit", source="business", member="M2", affects=True)
    life.do(DAY, "pass_first_review", compared_online=True)


def test_a_hit_that_stands_against_the_application_lets_nothing_pass() -> None:
    life = accepted()
    life.do(DAY, "record_visit", met=("M1",))
    life.compared(DAY, business_M2="hit")
    life.do(DAY, "judge_comparison_hit", source="business", member="M2", affects=True)

    no(life, "hit_affects", DAY, "pass_first_review", compared_online=True)
    assert life.do(DAY, "decline_first_review").target is State.EXITED


def test_a_later_clear_result_ends_the_wait_and_a_new_hit_wants_a_new_finding() -> None:
    life = accepted()
    life.do(DAY, "record_visit", met=("M1",))
    life.compared(DAY, business_M2="hit")
    life.compared("2026-09-29")
    assert "judge_hit" not in life.open_tasks
    life.compared("2026-09-30", business_M2="hit")
    life.do("2026-09-30", "judge_comparison_hit", source="business", member="M2", affects=False)
    event = life.compared("2026-10-08", business_M2="hit")

    assert [t.about for t in event.opened] == ["business-M2"]
    no(life, "hit_unjudged", "2026-10-08", "pass_first_review", compared_online=True)


def test_a_hit_found_during_publicity_stops_recheck_and_seal() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")
    life.compared("2026-10-12", tax_M1="hit")

    no(life, "hit_unjudged", "2026-10-13", "pass_recheck", COUNTY)
    life.do("2026-10-13", "judge_comparison_hit", COUNTY, source="tax", member="M1", affects=False)
    life.do("2026-10-13", "pass_recheck", COUNTY)
    life.compared("2026-10-14", tax_M1="hit")
    no(life, "hit_unjudged", "2026-10-14", "certify", SEALER)


def test_somebody_who_does_not_count_as_family_need_not_be_compared() -> None:
    brother = a_member("M2", relation="兄弟", booklet="B")
    life = accepted("test-anzhou", a_member(), brother)
    life.do(DAY, "record_visit", met=("M1",))
    rows = [{"source": s, "member": "M1", "result": "clear"} for s in ("register", "social_insurance", "business")]
    life.do(DAY, "record_comparison", results=rows)

    assert "compare_online" not in life.open_tasks
    life.do(DAY, "pass_first_review", compared_online=True)


def test_a_visit_that_found_nobody_stays_on_record_and_verifies_nothing() -> None:
    life = accepted()
    life.compared(DAY)
    event = life.do(DAY, "record_visit")

    assert "没有见到家庭成员" in event.why.says
    assert "visit_home" in life.open_tasks
    no(life, "visit_missing", DAY, "pass_first_review", compared_online=True)
    no(life, "member_unknown", DAY, "record_visit", met=("M5",))


def test_a_visit_before_the_household_was_found_verifies_nothing() -> None:
    life = accepted()
    life.compared(DAY)
    life.do(DAY, "record_visit", visited_on="2026-09-01", met=("M1",))

    no(life, "visit_missing", DAY, "pass_first_review", compared_online=True)


def test_the_survey_visit_that_found_the_household_is_its_visit() -> None:
    life = Life(pack="test-anzhou")
    life.do(DAY, "apply", discovered_on="2026-09-20")
    life.do(DAY, "accept_application")
    life.compared(DAY)
    life.do(DAY, "record_visit", visited_on="2026-09-20", met=("M1",))
    event = life.do(DAY, "pass_first_review", compared_online=True)

    assert ("入户走访", "2026-09-20") in [(f.label, f.value) for f in event.why.facts]


def test_helpers_record_visits_with_three_deliveries_later_in_life() -> None:
    """送政策、送岗位、送服务."""
    life = Life().assisted()
    event = life.do("2026-09-22", "record_visit", HELPER, met=("M1", "M2", "M1"), policies=True, posts=True)

    assert ("三送", "送政策、送岗位") in [(f.label, f.value) for f in event.why.facts]
    visit = life.case.visits[-1]
    assert (visit.met, visit.policies, visit.posts, visit.services) == (("M1", "M2"), True, True, False)


def test_who_must_keep_away_verifies_nothing() -> None:
    life = accepted()
    life.do(DAY, "declare_conflict")

    no(life, "conflict_of_interest", DAY, "record_visit", met=("M1",))
    row = {"source": "tax", "member": "M1", "result": "clear"}
    no(life, "conflict_of_interest", DAY, "record_comparison", results=[row])


def test_where_a_photograph_is_wanted_the_period_counts_only_with_it() -> None:
    life = Life(pack="test-anzhou")
    life.do(DAY, "apply")
    life.do(DAY, "accept_application")
    life.verified(DAY).do(DAY, "pass_first_review", compared_online=True)
    life.do(DAY, "post_publicity")
    assert "record_proof" in life.open_tasks
    assert "尚无张贴证明" in life.until("2026-10-09")[-1].why.says

    assert "没有张贴证明" in no(life, "proof_missing", "2026-10-12", "report_up")
    no(life, "proof_outside_period", "2026-10-12", "record_publicity_proof")
    life.do("2026-10-12", "record_publicity_proof", on="2026-09-29")
    no(life, "proof_recorded", "2026-10-12", "record_publicity_proof", on="2026-09-29")
    life.do("2026-10-12", "report_up")


def test_scenario_12_without_a_photograph_the_notice_comes_down_and_the_next_one_needs_its_own() -> None:
    life = Life(pack="test-anzhou").publicised(DAY)
    life.do("2026-10-12", "take_down_publicity")
    life.do("2026-10-12", "post_publicity")

    assert life.case.publicity is not None
    assert life.case.publicity.proof_on is None
    assert "record_proof" in life.open_tasks
    life.do("2026-10-13", "take_down_publicity")
    assert "record_proof" not in life.open_tasks


def test_the_board_itself_is_the_proof_elsewhere() -> None:
    assert load_pack("jilin-2021").publicity.proof.value == "board"
    assert "record_proof" not in Life().publicised("2026-09-30").open_tasks
