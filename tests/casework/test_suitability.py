"""A job that can be refused: suitable and delivered; and what is a refusal of it."""

from datetime import date
from typing import Any

import pytest

from casework.errors import CaseworkError
from policies.packs import load_pack
from policies.schema import Policy
from policies.terms import Term
from tests.make import HELPER, TEXT, Life

JOB = {"member": "M1", "vacancy": "V1", "pay_fen": 260000, "matches_plan": True, "acknowledged": True}


def life(pack: Policy | str = "jilin-2021") -> Life:
    return Life(pack=pack).assisted("2026-01-05", "2026-01-16")


def referred(case: Life, **fields: Any) -> str:
    number = case.do("2026-02-02", "record_referral", HELPER, **(JOB | fields)).about
    assert number is not None
    return number


def refuse(case: Life, referral: str, day: str = "2026-02-03", **fields: Any) -> Any:
    return case.do(day, "record_refusal", HELPER, member="M1", referral=referral, statement=TEXT, **fields)


@pytest.mark.parametrize("why", ["health", "skill", "distance", "unlawful_or_unsafe", None])
def test_scenario_46_what_does_not_fit_the_member_cannot_be_refused(why: str | None) -> None:
    case = life()
    referral = referred(case, matches_plan=False, unsuitable_for=why)
    with pytest.raises(CaseworkError) as no:
        refuse(case, referral)
    assert (no.value.code, no.value.field) == ("referral_not_suitable", "referral")
    assert not case.case.referrals[0].suitable


def test_pay_is_judged_by_the_fen() -> None:
    for pay, suitable in ((187999, False), (188000, True)):
        case = life()
        referred(case, pay_fen=pay)
        assert case.case.referrals[0].suitable is suitable


def test_a_pack_may_set_a_dibao_line_a_head_and_a_longest_way() -> None:
    jilin = load_pack("jilin-2021")
    strict = jilin.model_copy(
        update={
            "refusal": jilin.refusal.model_copy(
                update={
                    "dibao_line_fen": Term[int](value=120000, basis="内部规定：试验用低保标准"),
                    "commute_minutes": Term[int](value=60, basis="内部规定：试验用路途时间"),
                }
            )
        }
    )
    for fields, code in (
        ({"pay_fen": 239999}, "below_dibao_line"),
        ({"pay_fen": 240000}, None),
        ({"pay_fen": 260000, "commute_minutes": 60}, None),
        ({"pay_fen": 260000, "commute_minutes": 61}, "too_far"),
    ):
        case = life(strict)
        referred(case, **fields)
        assert case.case.referrals[0].unsuitable == code, fields


def test_what_contradicts_itself_is_asked_again() -> None:
    with pytest.raises(CaseworkError) as no:
        referred(life(), unsuitable_for="health")
    assert (no.value.code, no.value.field) == ("suitability_contradicts", "unsuitable_for")


def test_a_referral_delivered_later_can_be_refused_from_that_day() -> None:
    case = life()
    referral = referred(case, acknowledged=False)
    assert "尚未签收" in case.events[-1].why.says
    with pytest.raises(CaseworkError, match="未送达确认"):
        refuse(case, referral)
    case.do("2026-02-05", "acknowledge_referral", HELPER, referral=referral)
    assert case.case.referrals[0].delivered_on == date(2026, 2, 5)
    with pytest.raises(CaseworkError) as early:
        refuse(case, referral, "2026-02-06", on="2026-02-04")
    assert early.value.code == "refusal_before_referral"
    assert refuse(case, referral, "2026-02-06").about is not None
    with pytest.raises(CaseworkError) as twice:
        case.do("2026-02-06", "acknowledge_referral", HELPER, referral=referral)
    assert twice.value.code == "referral_delivered"


def test_scenario_44_an_employer_s_no_is_none_but_hired_and_not_begun_is_one() -> None:
    case = life()
    rejected, hired = referred(case), referred(case)
    case.do("2026-02-03", "record_referral_outcome", HELPER, referral=rejected, outcome="employer_rejected")
    with pytest.raises(CaseworkError) as no:
        refuse(case, rejected)
    assert no.value.code == "referral_decided"
    case.do("2026-02-03", "record_referral_outcome", HELPER, referral=hired, outcome="hired")

    assert refuse(case, hired, "2026-02-04", no_show=True).opened[0].kind == "judge_refusal"


def test_scenario_47_whoever_did_not_come_and_gives_no_answer_is_asked_for_a_reason_first() -> None:
    case = life()
    referral = referred(case)
    event = case.do("2026-02-03", "record_refusal", HELPER, member="M1", referral=referral, no_show=True)
    assert "未按约" in event.why.says
    number = case.case.refusals[0].refusal_id
    with pytest.raises(CaseworkError) as no:
        case.judged("2026-02-10", number, False)
    assert no.value.code == "reason_period_running"
    assert case.judged("2026-02-11", number, False).case.refusals[0].status == "unjustified"
