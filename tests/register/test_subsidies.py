"""Who is entitled to which subsidy, for how many months and how much (应享未享、期限、金额): the pack's terms, pure."""

from datetime import date

import pytest

from casework.errors import SaidNo
from policies.packs import load_pack, pack_ids
from policies.schema import Policy
from register.subsidies import KINDS, Job, Taken, entitled, kind_words
from register.subsidy_months import amount, months_due, span

JILIN = load_pack("jilin-2021")
ON = date(2026, 11, 20)


def job(channel: str = "employer", *, insured: bool = True, **more: object) -> Job:
    return Job("C", "E7", "M1", channel, insured, date(2026, 9, 15), **more)  # type: ignore[arg-type]


def rights(*jobs: Job, measures: tuple[Taken, ...] = ()) -> set[tuple[str, str]]:
    assert JILIN.subsidies is not None
    return {(each.kind, each.by) for each in entitled(JILIN.subsidies, jobs, measures, ON)}


def test_the_kinds_are_exactly_those_of_the_notice() -> None:
    assert [kind_words(kind) for kind in KINDS] == [
        *("社会保险补贴", "岗位补贴", "职业技能培训补贴", "职业技能鉴定补贴"),
        *("初次创业补贴", "税收减免", "创业担保贷款贴息"),
    ]


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_locality_has_them_with_what_the_amount_stands_on(pack_id: str) -> None:
    subsidies = load_pack(pack_id).subsidies

    assert subsidies is not None
    for kind in KINDS:
        term = subsidies.of(kind)
        assert term is not None
        assert term.value.amount_fen is None or term.value.amount_basis.startswith("内部规定")


def test_a_content_hashes_as_before_there_were_subsidies() -> None:
    """What open cases remember of their policy does not change with the amounts (0049)."""
    without = JILIN.model_copy(update={"subsidies": None, "linkage": None})
    stored = without.model_dump_json(exclude={"subsidies", "linkage"})

    assert Policy.model_validate_json(stored).sha256 == JILIN.sha256


def test_the_channel_says_who_may_claim_what() -> None:
    assert rights(job("employer")) == {("social_insurance", "unit"), ("tax_relief", "unit")}
    assert rights(job("employer", insured=False)) == set()
    assert rights(job("public_welfare_post", insured=False)) == {("post", "unit")}
    assert rights(job("flexible")) == {("social_insurance", "person")}
    assert rights(job("own_business", insured=False)) == {("start_up", "person"), ("tax_relief", "person")}
    assert rights(job("labour_export")) == set()


def test_a_job_that_ended_gives_nothing_and_measures_do() -> None:
    assert rights(job(ended_on=date(2026, 11, 19))) == set()
    assert rights(job(ended_on=ON)) != set()
    trained = Taken("C", "x", "M2", "training", ON)
    assert rights(measures=(trained, Taken("C", "y", "M2", "placement", ON))) == {("training", "person")}


def test_every_right_says_why_with_its_clause() -> None:
    assert JILIN.subsidies is not None
    right = next(iter(entitled(JILIN.subsidies, [job(retires_on=date(2031, 9, 1))], (), ON)))

    assert right.why.clause.startswith("吉人社函〔2021〕102号第四条")
    assert "用人单位可以申请社会保险补贴" in right.why.says
    assert "2026年9月至2031年9月（61个月，至法定退休）" in right.why.says


@pytest.mark.parametrize(
    ("retires", "last", "months"),
    [
        (date(2040, 1, 1), "2029-08", 36),
        (date(2031, 9, 15), "2029-08", 36),
        (date(2031, 9, 14), "2031-09", 61),
        (date(2027, 1, 31), "2027-01", 5),
        (None, "2029-08", 36),
    ],
)
def test_three_years_or_until_retirement(retires: date | None, last: str, months: int) -> None:
    """Under five years to retirement: until retirement; exactly five are not under five."""
    assert JILIN.subsidies is not None
    found = span(JILIN.subsidies.social_insurance.value, date(2026, 9, 15), retires)

    assert found is not None
    assert (found.last, found.months) == (last, months)


def test_the_cap_counts_from_the_first_approval() -> None:
    assert JILIN.subsidies is not None
    post = JILIN.subsidies.post.value
    again = span(post, date(2026, 9, 1), None, first_approved=date(2024, 1, 10))
    over = span(post, date(2026, 9, 1), None, first_approved=date(2023, 8, 1))

    assert again is not None
    assert over is not None
    assert (again.last, again.months, over.months) == ("2026-12", 4, 0)


def test_months_due_stop_with_the_day_asked_and_with_the_work() -> None:
    assert months_due("2026-09", "2029-08", ON) == ("2026-09", "2026-10", "2026-11")
    assert months_due("2026-09", "2029-08", ON, ended_on=date(2026, 10, 1)) == ("2026-09", "2026-10")
    assert months_due("2026-12", "2029-08", ON) == ()
    assert months_due("2025-11", "2026-01", ON) == ("2025-11", "2025-12", "2026-01")


def test_amounts_are_whole_fen_rounded_down_under_their_ceiling() -> None:
    assert JILIN.subsidies is not None
    social, training = JILIN.subsidies.social_insurance.value, JILIN.subsidies.training.value
    person = next(c for c in social.claims if c.by == "person")

    assert amount(social, person, 100000, 0) == 66666
    assert amount(training, training.claims[0], 149999, 0) == 149999
    assert amount(training, training.claims[0], 900000, 0) == 150000
    with pytest.raises(SaidNo, match="请填写每月实际缴纳的社会保险费的金额"):
        amount(social, person, None, 0)
