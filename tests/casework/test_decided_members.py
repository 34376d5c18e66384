"""Decided members (J3): a reviewer's written decision on who counts as family, kept in every later judgement."""

import pytest

from casework.errors import CaseworkError
from casework.household import Hukou, WorkStatus
from casework.states import Actor
from policies.packs import load_pack
from policies.schema import Policy
from tests.make import CLERK, COUNTY, Life, a_member

DAY = "2026-09-01"


def no(life: Life, code: str, trigger: str, by: Actor = COUNTY, when: str = DAY, **fields: object) -> str:
    with pytest.raises(CaseworkError) as said:
        life.do(when, trigger, by, **fields)
    assert said.value.code == code, said.value.message
    return said.value.message


def accepted(*members: object) -> Life:
    life = Life(*members)  # type: ignore[arg-type]
    life.do(DAY, "apply")
    life.do(DAY, "accept_application")
    return life


def working_brother() -> object:
    return a_member("M2", relation="兄弟", booklet="A", cohabiting=False, status="单位就业", marital="未婚")


def test_an_included_person_counts_in_every_later_judgement_until_it_is_taken_back() -> None:
    life = accepted(a_member(), working_brother())
    assert life.case.standing.counted == ("M1",)

    event = life.do(DAY, "decide_member", COUNTY, member="M2", decision="include")

    assert life.case.standing.counted == ("M1", "M2")
    assert life.case.standing.reason == "member_employed"
    assert "书面决定：兄弟（M2）计入家庭成员" in event.why.says
    no(life, "not_eligible_member_employed", "pass_first_review", CLERK, compared_online=True)
    no(life, "member_decided", "decide_member", member="M2", decision="include")
    life.do(DAY, "decide_member", COUNTY, member="M2", decision="by_rule")
    no(life, "member_decided", "decide_member", member="M2", decision="by_rule")
    life.do(DAY, "pass_first_review", compared_online=True)


def test_an_excluded_person_no_longer_counts_even_at_recheck_and_seal() -> None:
    father = a_member("M2", relation="父亲", birth_date="1968-03-05", status="单位就业")
    life = accepted(a_member(marital="未婚"), father)
    no(life, "not_eligible_member_employed", "pass_first_review", CLERK, compared_online=True)

    life.do(DAY, "decide_member", COUNTY, member="M2", decision="exclude")
    life.do(DAY, "pass_first_review", compared_online=True)
    life.do(DAY, "post_publicity")
    life.do("2026-09-07", "report_up")
    life.do("2026-09-07", "pass_recheck", COUNTY)

    assert life.case.standing.counted == ("M1",)
    assert [d.decided_by for d in life.case.standing.decided] == ["reviewer1"]


def test_the_applicant_always_counts_and_strangers_cannot_be_decided() -> None:
    life = accepted()

    no(life, "applicant_undecided", "decide_member", member="M1", decision="exclude")
    no(life, "member_unknown", "decide_member", member="M7", decision="include")
    no(life, "role_not_allowed", "decide_member", CLERK, member="M2", decision="exclude")


def test_including_a_rural_person_asks_for_the_countys_decision_and_excluding_one_ends_the_wait() -> None:
    rural = a_member(
        "M2", relation="兄弟", cohabiting=False, hukou=Hukou.RURAL, status=WorkStatus.REGISTERED_UNEMPLOYED
    )
    life = accepted(a_member(), rural)
    event = life.do(DAY, "decide_member", COUNTY, member="M2", decision="include")
    assert [t.kind for t in event.opened] == ["decide_special_situation"]
    no(life, "special_situation_undecided", "pass_first_review", CLERK, compared_online=True)

    event = life.do(DAY, "decide_member", COUNTY, member="M2", decision="exclude")

    assert [t.kind for t in event.closed] == ["decide_special_situation"]
    life.do(DAY, "pass_first_review", compared_online=True)


def test_a_decision_of_a_special_situation_does_not_cover_another_family() -> None:
    wife = a_member("M2", sex="女", hukou=Hukou.RURAL)
    life = accepted(a_member(), wife, a_member("M3", relation="兄弟", cohabiting=False, marital="未婚"))
    life.do(DAY, "decide_special_situation", COUNTY, eligible=True)

    event = life.do(DAY, "decide_member", COUNTY, member="M3", decision="include")

    assert life.case.standing.special_decision is None
    assert [t.kind for t in event.opened] == ["decide_special_situation"]


def test_during_publicity_the_special_situation_can_be_decided_too() -> None:
    rural = a_member("M2", relation="兄弟", cohabiting=False, hukou=Hukou.RURAL)
    life = Life(a_member(), rural).publicised("2026-09-30")
    life.do("2026-10-08", "decide_member", COUNTY, member="M2", decision="include")
    life.do("2026-10-12", "report_up")
    no(life, "special_situation_undecided", "pass_recheck", when="2026-10-12")

    life.do("2026-10-13", "decide_special_situation", COUNTY, eligible=True)

    life.do("2026-10-13", "pass_recheck", COUNTY)


def test_a_birthday_is_watched_only_of_somebody_who_counts() -> None:
    young = a_member("M2", relation="兄弟", cohabiting=False, birth_date="2010-10-13", marital="未婚")
    life = accepted(a_member(), young)
    assert life.case.clock("member_date", "M2") is None
    life.do(DAY, "decide_member", COUNTY, member="M2", decision="include")
    assert life.case.clock("member_date", "M2") is not None
    life.do(DAY, "decide_member", COUNTY, member="M2", decision="exclude")
    assert life.case.clock("member_date", "M2") is None


def mixed_as_urban() -> Policy:
    """Another locality (as Beijing has it): a mixed household is urban."""
    policy = load_pack("jilin-2021")
    term = policy.eligibility.mixed_hukou.model_copy(update={"value": "urban"})
    return policy.model_copy(update={"eligibility": policy.eligibility.model_copy(update={"mixed_hukou": term})})


@pytest.mark.parametrize(("pack", "outcome"), [("jilin-2021", "special_review"), (None, "eligible")])
def test_scenario_74_a_rural_husband_and_an_urban_wife(pack: str | None, outcome: str) -> None:
    husband = a_member("M2", sex="男", hukou=Hukou.RURAL)
    life = Life(a_member(sex="女", track="工人"), husband, pack=pack or mixed_as_urban())
    life.do(DAY, "apply")

    assert life.case.standing.outcome == outcome
