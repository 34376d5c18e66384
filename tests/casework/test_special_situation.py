"""特殊情形 (J3, A24): the county's decision is about the special reason alone and hides no other."""

import pytest

from casework.errors import SaidNo
from casework.household import Sex
from tests.make import CLERK, COUNTY, Life, a_member

DAY = "2026-09-01"


def accepted(*members: object) -> Life:
    life = Life(*members)  # type: ignore[arg-type]
    life.do(DAY, "apply")
    life.do(DAY, "accept_application")
    assert "decide_special_situation" in life.open_tasks
    return life


def rural(status: str) -> object:
    return a_member("M2", hukou="农业", status=status)


def test_a_rural_member_without_work_may_be_recognised_by_decision() -> None:
    life = accepted(a_member(), rural("失业未登记"))
    life.do(DAY, "decide_special_situation", COUNTY, eligible=True)
    life.do(DAY, "pass_first_review", CLERK, compared_online=True)

    assert life.open_tasks == ["post_publicity"]
    assert life.case.standing.reason == "rural_member"


def test_a_rural_member_at_work_is_still_a_member_at_work() -> None:
    life = accepted(a_member(), rural("单位就业"))

    with pytest.raises(SaidNo) as said_no:
        life.do(DAY, "decide_special_situation", COUNTY, eligible=True)

    assert said_no.value.code == "not_eligible_member_employed"
    assert "除特殊情形外还有：配偶（M2）不处于失业状态" in said_no.value.message
    assert life.do(DAY, "decide_special_situation", COUNTY, eligible=False).target == "exited"


def test_an_applicant_registers_before_the_decision() -> None:
    life = accepted(a_member(status="失业未登记"), rural("失业未登记"))
    with pytest.raises(SaidNo) as said_no:
        life.do(DAY, "decide_special_situation", COUNTY, eligible=True)
    assert said_no.value.code == "not_eligible_applicant_not_registered"

    life.do(DAY, "register_member", CLERK, member="M1")

    assert life.do(DAY, "decide_special_situation", COUNTY, eligible=True).case.standing.special_decision is True


def test_nobody_is_recognised_without_a_base_member() -> None:
    """A woman of 52 without a track: nobody could ever be helped or employed in such a case."""
    life = accepted(a_member(sex=Sex.FEMALE, birth_date="1974-03-05"))

    with pytest.raises(SaidNo) as said_no:
        life.do(DAY, "decide_special_situation", COUNTY, eligible=True)

    assert said_no.value.code == "not_eligible_no_base_member"
