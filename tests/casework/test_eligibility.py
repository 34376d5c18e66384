"""Who counts, who is in the base, and what the household is: J1–J3, N2, A21–A26."""

from datetime import date
from typing import Any

import pytest

from casework.eligibility import Assessment, Outcome, Reason, assess
from casework.errors import SaidNo
from casework.household import Capacity, Household, Hukou, Marital, Member, Relation, Sex, Track, WorkStatus
from policies.packs import load_pack
from policies.schema import Policy

ON = date(2026, 11, 20)
JILIN = load_pack("jilin-2021")
NATIONAL = load_pack("national-2007")


def a_member(relation: Relation = Relation.APPLICANT, **facts: Any) -> Member:
    sensible: dict[str, Any] = {
        "member_id": "M1",
        "sex": Sex.MALE,
        "birth_date": date(1985, 5, 5),
        "booklet": "B1",
        "marital": Marital.MARRIED,
        "status": WorkStatus.REGISTERED_UNEMPLOYED,
    }
    return Member(relation=relation, **(sensible | facts))


def judged(*members: Member, policy: Policy = JILIN, on: date = ON, **decided: bool) -> Assessment:
    numbered = tuple(m.model_copy(update={"member_id": f"M{i}"}) for i, m in enumerate(members, 1))
    return assess(Household(members=numbered), policy, on, decided=decided)


def with_terms(policy: Policy, **values: Any) -> Policy:
    """Return the policy with other values under `eligibility`, as a pack that says so would load."""
    data = policy.model_dump()
    for name, value in values.items():
        data["eligibility"][name]["value"] = value
    return Policy.model_validate(data)


def rule_of(answer: Assessment, member_id: str) -> str:
    everybody = (*answer.base_why, *answer.not_base_why, *answer.not_counted_why)
    return next(item.why.rule for item in everybody if item.member_id == member_id)


def family_rule(answer: Assessment, member_id: str) -> str:
    everybody = (*answer.counted_why, *answer.not_counted_why)
    return next(item.why.rule for item in everybody if item.member_id == member_id)


def test_all_base_members_unemployed_is_eligible_with_clause_and_facts() -> None:
    """所有法定劳动年龄内、具有劳动能力和就业愿望的家庭成员均处于失业状态."""
    answer = judged(a_member(), a_member(Relation.SPOUSE, status=WorkStatus.UNREGISTERED_UNEMPLOYED))

    assert (answer.outcome, answer.reason) == (Outcome.ELIGIBLE, Reason.ALL_UNEMPLOYED)
    assert answer.counted == answer.base == ("M1", "M2")
    assert answer.why.rule == "eligibility.all_unemployed"
    assert "吉人社函〔2021〕102号" in answer.why.clause
    assert [fact.value for fact in answer.why.facts] == ["本人（M1）、配偶（M2）"] * 2


@pytest.mark.parametrize(("on", "base"), [(date(2026, 5, 14), ("M2",)), (date(2026, 5, 15), ())])
def test_scenario_68_husband_counts_until_the_day_before_retirement(on: date, base: tuple[str, ...]) -> None:
    """男，1966-01-15 生：2026-05-15 达到法定退休年龄."""
    wife = a_member(sex=Sex.FEMALE, willing=False)
    husband = a_member(Relation.SPOUSE, birth_date=date(1966, 1, 15))

    answer = judged(wife, husband, on=on)

    assert answer.base == base
    assert answer.reason is (Reason.ALL_UNEMPLOYED if base else Reason.NO_BASE_MEMBER)


def a_daughter_with_parents(*parents: Member) -> Assessment:
    daughter = a_member(sex=Sex.FEMALE, marital=Marital.DIVORCED)
    return judged(daughter, *parents)


MOTHER = a_member(
    Relation.MOTHER, sex=Sex.FEMALE, birth_date=date(1968, 3, 1), booklet="B2", track=Track.WORKER,
    status=WorkStatus.RETIRED, investment_income_fen=100_00,
)  # fmt: skip
FATHER = a_member(Relation.FATHER, birth_date=date(1967, 3, 1), booklet="B2", status=WorkStatus.EMPLOYED_BY_UNIT)


def test_scenario_71_deemed_father_at_work_defeats_and_the_rule_is_named() -> None:
    """登记失业人员未婚、离异（或丧偶），如户籍为单人单户，其父母视为共同生活家庭成员."""
    answer = a_daughter_with_parents(FATHER, MOTHER)

    assert (answer.outcome, answer.reason) == (Outcome.NOT_ELIGIBLE, Reason.MEMBER_EMPLOYED)
    assert answer.counted == ("M1", "M2", "M3")
    assert answer.base == ("M1", "M2")
    assert family_rule(answer, "M2") == "eligibility.deemed_parent"
    assert "单人单户" in answer.counted_why[1].why.says
    assert "第一条第（二）项" in answer.counted_why[1].why.clause
    assert "父亲（M2）" in answer.why.says


def test_scenario_72_father_dead_mother_retired_is_eligible() -> None:
    answer = a_daughter_with_parents(MOTHER)

    assert (answer.outcome, answer.reason) == (Outcome.ELIGIBLE, Reason.ALL_UNEMPLOYED)
    assert answer.base == ("M1",)


def test_parents_elsewhere_do_not_count_when_the_applicant_is_married_or_not_alone() -> None:
    child = a_member(Relation.SON, birth_date=date(2015, 1, 1), marital=Marital.SINGLE, status=WorkStatus.STUDENT)

    assert judged(a_member(), FATHER).counted == ("M1",)
    assert judged(a_member(marital=Marital.WIDOWED), child, FATHER).counted == ("M1", "M2")
    assert judged(a_member(marital=Marital.SINGLE), FATHER, policy=NATIONAL).counted == ("M1",)


def test_spouse_elsewhere_counts_even_when_living_apart() -> None:
    """已婚，如夫妻双方未在同一户籍，视为共同生活家庭成员."""
    answer = judged(a_member(), a_member(Relation.SPOUSE, booklet="B9", cohabiting=False))

    assert family_rule(answer, "M2") == "eligibility.deemed_spouse"
    off = with_terms(JILIN, deem_spouse_other_booklet=False)
    assert judged(a_member(), a_member(Relation.SPOUSE, booklet="B9"), policy=off).counted == ("M1",)


def test_siblings_count_only_in_the_booklet_and_living_together() -> None:
    def counted(**facts: Any) -> str:
        answer = judged(a_member(), a_member(Relation.BROTHER, status=WorkStatus.FLEXIBLE, **facts))
        return family_rule(answer, "M2")

    assert counted() == "eligibility.cohabiting_relation"
    assert counted(cohabiting=False) == "eligibility.not_cohabiting"
    assert counted(booklet="B2") == "eligibility.other_booklet"


def test_children_elsewhere_do_not_count() -> None:
    answer = judged(a_member(), a_member(Relation.SON, booklet="B3", status=WorkStatus.FLEXIBLE))

    assert (answer.reason, answer.counted) == (Reason.ALL_UNEMPLOYED, ("M1",))


def test_scenario_74_rural_husband_is_a_special_situation_in_jilin_and_urban_where_the_pack_says_so() -> None:
    wife = a_member(sex=Sex.FEMALE, track=Track.WORKER)
    husband = a_member(Relation.SPOUSE, hukou=Hukou.RURAL)

    assert judged(wife, husband).outcome is Outcome.SPECIAL_REVIEW
    assert judged(wife, husband).reason is Reason.RURAL_MEMBER
    assert judged(wife, husband, policy=with_terms(JILIN, mixed_hukou="urban")).outcome is Outcome.ELIGIBLE
    assert judged(wife, husband, policy=with_terms(JILIN, hukou_required="any")).outcome is Outcome.ELIGIBLE
    refused = judged(wife, husband, policy=with_terms(JILIN, mixed_hukou="reject"))
    assert (refused.outcome, refused.reason) == (Outcome.NOT_ELIGIBLE, Reason.RURAL_MEMBER)


def test_mixed_as_urban_still_asks_for_one_urban_member() -> None:
    rural = a_member(hukou=Hukou.RURAL)

    assert judged(rural, policy=with_terms(JILIN, mixed_hukou="urban")).outcome is Outcome.NOT_ELIGIBLE


def test_a21_nobody_in_the_base_is_not_a_zero_employment_household() -> None:
    answer = judged(a_member(willing=False), a_member(Relation.SPOUSE, capacity=Capacity.NONE))

    assert (answer.outcome, answer.reason, answer.base) == (Outcome.NOT_ELIGIBLE, Reason.NO_BASE_MEMBER, ())
    assert rule_of(answer, "M1") == "eligibility.not_willing"
    assert rule_of(answer, "M2") == "eligibility.not_able"
    assert "民政" in answer.why.says


@pytest.mark.parametrize(
    "status",
    [WorkStatus.STUDENT, WorkStatus.SERVICE, WorkStatus.PRISON, WorkStatus.INTERNAL_RETIREMENT, WorkStatus.RETIRED],
)
def test_a22_some_statuses_stand_outside_the_base(status: WorkStatus) -> None:
    answer = judged(a_member(), a_member(Relation.SPOUSE, status=status))

    assert (answer.outcome, answer.base) == (Outcome.ELIGIBLE, ("M1",))
    assert rule_of(answer, "M2") == "eligibility.excluded_status"


@pytest.mark.parametrize("status", [WorkStatus.EMPLOYED_BY_UNIT, WorkStatus.SELF_EMPLOYED, WorkStatus.FLEXIBLE])
def test_a23_someone_who_works_counts_even_when_unwilling(status: WorkStatus) -> None:
    answer = judged(a_member(), a_member(Relation.SPOUSE, status=status, willing=False))

    assert (answer.reason, answer.base) == (Reason.MEMBER_EMPLOYED, ("M1", "M2"))


def test_partly_able_is_able() -> None:
    assert judged(a_member(capacity=Capacity.PARTIAL)).base == ("M1",)


def test_unknown_track_is_asked_for_after_rural_and_before_all_else() -> None:
    woman = a_member(sex=Sex.FEMALE, birth_date=date(1974, 1, 1), status=WorkStatus.UNREGISTERED_UNEMPLOYED)
    rural = a_member(Relation.SPOUSE, hukou=Hukou.RURAL)

    assert (judged(woman).outcome, judged(woman).reason) == (Outcome.SPECIAL_REVIEW, Reason.UNKNOWN_TRACK)
    assert judged(woman).base == ()
    assert judged(woman, rural).reason is Reason.RURAL_MEMBER
    known = woman.model_copy(update={"track": Track.CADRE})
    assert judged(known).reason is Reason.APPLICANT_NOT_REGISTERED


def test_applicant_must_be_registered_where_the_pack_says_so() -> None:
    applicant = a_member(status=WorkStatus.UNREGISTERED_UNEMPLOYED)

    assert judged(applicant).reason is Reason.APPLICANT_NOT_REGISTERED
    assert judged(applicant, policy=NATIONAL).reason is Reason.ALL_UNEMPLOYED


def test_income_defeats_only_where_the_pack_has_the_test_and_after_employment() -> None:
    earning = a_member(business_income_fen=1)
    retired = a_member(Relation.FATHER, birth_date=date(1950, 1, 1), investment_income_fen=1)
    employed = a_member(Relation.SPOUSE, status=WorkStatus.SELF_EMPLOYED, business_income_fen=1)

    assert judged(earning).reason is Reason.ALL_UNEMPLOYED
    assert judged(earning, policy=NATIONAL).reason is Reason.HAS_INCOME
    assert judged(a_member(), retired, policy=NATIONAL).reason is Reason.HAS_INCOME
    assert judged(a_member(), employed, policy=NATIONAL).reason is Reason.MEMBER_EMPLOYED
    assert judged(a_member(wage_fen=1), policy=NATIONAL).outcome is Outcome.ELIGIBLE


def test_j3_a_reviewer_may_count_or_leave_out_a_person_but_not_the_applicant() -> None:
    """其他特殊情形由各地结合实际确定."""
    aside = a_member(Relation.SON, booklet="B3", status=WorkStatus.FLEXIBLE)

    assert judged(a_member(), aside, M2=True).reason is Reason.MEMBER_EMPLOYED
    assert family_rule(judged(a_member(), aside, M2=True), "M2") == "eligibility.reviewer_included"
    assert judged(a_member(), a_member(Relation.SPOUSE, status=WorkStatus.FLEXIBLE), M2=False).counted == ("M1",)
    with pytest.raises(SaidNo) as said:
        judged(a_member(), M1=False)
    assert said.value.code == "applicant_always_counts"
    with pytest.raises(SaidNo) as said:
        judged(a_member(), M7=True)
    assert said.value.code == "unknown_member"
