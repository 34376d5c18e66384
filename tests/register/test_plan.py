"""A member's plan: what changed between versions, what those on benefits must have, how lists are read."""

from datetime import date

from casework.household import WorkStatus
from register.plan import Measure, MeasureKind, Plan, changes, lines_of, plan_in_short, preparation_missing, single
from register.vacancy import Demand
from tests.make import a_member

REFERRAL = Measure(kind=MeasureKind.REFERRAL, by=date(2026, 11, 1), who="hp-1", words="家政公司")
TRAINING = Measure(kind=MeasureKind.TRAINING, by=date(2026, 11, 20), who="hp-1")
PLAN = Plan(profile="做过保洁", wishes="保洁", measures=(REFERRAL,))


def test_what_changed_is_said_field_by_field() -> None:
    after = PLAN.model_copy(
        update={"wishes": "保洁、仓储", "cannot": (Demand.NIGHT,), "measures": (REFERRAL, TRAINING)}
    )
    found = {change.label: (change.gone, change.new) for change in changes(PLAN, after)}
    assert found == {
        "想做的工作": (("保洁",), ("保洁、仓储",)),
        "不能从事": (("没有限制",), ("夜班",)),
        "帮扶措施": ((), ("职业培训（2026年11月20日前，hp-1）",)),
    }
    assert changes(PLAN, PLAN) == ()


def test_members_on_benefits_need_a_preparation() -> None:
    plain = a_member(status=WorkStatus.REGISTERED_UNEMPLOYED)
    for benefits in ({"dibao": True}, {"unemployment_insurance": True}):
        member = plain.model_copy(update=benefits)
        assert preparation_missing(PLAN, member)
        assert not preparation_missing(PLAN.model_copy(update={"measures": (REFERRAL, TRAINING)}), member)
    assert not preparation_missing(PLAN, plain)


def test_lists_are_read_however_they_are_parted() -> None:
    assert single("保洁，家政; 仓储/门卫　电工") == ("保洁", "家政", "仓储", "门卫", "电工")
    assert single(" 、 ") == ()


def test_the_signed_words_name_version_and_measures() -> None:
    assert plan_in_short("M1", 2, PLAN) == "M1（第2版）：意愿保洁；措施：推荐岗位（2026年11月1日前，hp-1）：家政公司"
    assert dict(lines_of(PLAN))["单程路途最多"] == ("未填",)
