"""Random households: the eligibility rules against an independent reading of their text."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casework.eligibility import assess
from casework.household import Household, Marital, Member, Relation, WorkStatus
from policies.packs import load_pack

from .eligibility_oracle import judge

JILIN = load_pack("jilin-2021")
NATIONAL = load_pack("national-2007")


def words_of(row: dict, member_id: str) -> Member:
    return Member(
        member_id=member_id, relation=row["relation"], sex=row["sex"], birth_date=row["born"], booklet=row["booklet"],
        hukou=row["hukou"], marital=row["marital"], cohabiting=row["together"], capacity=row["capacity"],
        willing=row["willing"], status=row["status"], track=row["track"], business_income_fen=row["business"],
        investment_income_fen=row["investment"],
    )  # fmt: skip


def often(*values: Any) -> st.SearchStrategy[Any]:
    """The first value as often as all others together, so that late reasons are reached too."""
    return st.one_of(st.just(values[0]), st.sampled_from(values))


rows = st.fixed_dictionaries(
    {
        "relation": often("配偶", *[r.value for r in Relation if r is not Relation.APPLICANT]),
        "sex": st.sampled_from(["男", "女"]),
        "born": st.one_of(
            st.dates(date(1960, 1, 1), date(1978, 12, 31)), st.dates(date(1930, 1, 1), date(2026, 11, 20))
        ),
        "booklet": often("甲", "乙"),
        "hukou": often("城镇", "城镇", "城镇", "农业"),
        "marital": st.sampled_from([m.value for m in Marital]),
        "together": often(True, False),
        "capacity": often("有", "部分丧失", "完全丧失"),
        "willing": often(True, False),
        "status": often("登记失业", *[s.value for s in WorkStatus]),
        "track": often("工人", "干部", None),
        "business": often(0, 0, 1),
        "investment": often(0, 0, 1),
    }
)
households = st.tuples(rows, st.lists(rows, max_size=4)).map(
    lambda parts: [{**parts[0], "relation": "本人", "booklet": "甲"}, *parts[1]]
)


@given(households, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_the_rules_agree_with_an_independent_reading(household: list[dict], on: date) -> None:
    members = Household(members=tuple(words_of(row, f"M{i}") for i, row in enumerate(household, 1)))

    for policy, terms in (
        (JILIN, {"deem_parents": True, "income": False, "registered": True}),
        (NATIONAL, {"deem_parents": False, "income": True, "registered": False}),
    ):
        answer = assess(members, policy, on)
        outcome, reason, counted, base = judge(household, on, **terms)
        assert (answer.outcome.value, answer.reason.value) == (outcome, reason)
        assert answer.counted == tuple(f"M{i + 1}" for i in counted)
        assert answer.base == tuple(f"M{i + 1}" for i in base)
        everyone = [item.member_id for item in (*answer.counted_why, *answer.not_counted_why)]
        assert sorted(everyone) == sorted(m.member_id for m in members.members)
        judged_for_base = [item.member_id for item in (*answer.base_why, *answer.not_base_why)]
        assert sorted(judged_for_base) == sorted(answer.counted)
