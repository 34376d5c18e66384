"""Matching a member to vacancies: what is out and why, what comes first and why, and how fast."""

from dataclasses import replace
from datetime import date
from functools import cache
from time import process_time

import pytest

from casework.case import Case
from casework.household import Sex
from policies.packs import load_pack
from register.matching import Matches, Seeker, match, seeker_of, way_to
from register.plan import Measure, MeasureKind, Plan
from register.vacancy import Demand, Education, Offered, Vacancy
from tests.make import OFFICE, Life, a_member

TODAY = date(2026, 10, 12)
LEAST = load_pack("jilin-2021").refusal.minimum_wage_fen.value


@cache
def assisted_case(born: date = date(1980, 3, 1)) -> Case:
    life = Life(a_member(birth_date=born, sex=Sex.MALE))
    life.assisted()
    return life.case


def plan(**more: object) -> Plan:
    measure = Measure(kind=MeasureKind.REFERRAL, by=date(2026, 11, 1), who="hp-1")
    values = {"profile": "做过保洁", "wishes": "保洁、仓储", "skills": "保洁", "measures": (measure,)} | more
    return Plan.model_validate(values)


def vacancy(number: int = 1, **more: object) -> Vacancy:
    made = Vacancy(f"V-{number}", "向阳物业", "保洁员", LEAST + 50_000, OFFICE, posts=2)
    return replace(made, **more)  # type: ignore[arg-type]


def seeker(own: Plan | None, **more: object) -> Seeker:
    case = assisted_case()
    found = seeker_of(case, case.household.members[0], own, load_pack("jilin-2021").refusal, TODAY)
    return replace(found, **more)  # type: ignore[arg-type]


def found(own: Plan | None, *pool: Vacancy, taken: int = 0, **more: object) -> Matches:
    return match(seeker(own, **more), [Offered(each, taken) for each in pool], TODAY)


@pytest.mark.parametrize(
    ("code", "changed", "says"),
    [
        ("pay", {"pay_fen": LEAST - 1}, "低于最低工资"),
        ("health", {"demands": (Demand.NIGHT, Demand.STANDING)}, "夜班"),
        ("closed", {"closed_on": TODAY}, "停止招用"),
        ("closed", {"open_until": date(2026, 10, 11)}, "招用期"),
        ("closed", {"open_from": date(2026, 10, 13)}, "招用期"),
        ("distance", {"area": "220102001"}, "单程约180分钟，超过60分钟"),
        ("recommended", {"vacancy_id": "V-9"}, "已向本人推荐过"),
    ],
)
def test_each_hard_no_says_why(code: str, changed: dict[str, object], says: str) -> None:
    own = plan(cannot=(Demand.NIGHT,), most_minutes=60)
    matches = found(own, vacancy(**changed), recommended=frozenset({"V-9"}))
    assert matches.suggested == ()
    (out,) = matches.excluded
    assert out.code == code
    assert says in out.words
    assert out.clause


def test_at_the_very_border_it_stands() -> None:
    own = plan(cannot=(Demand.NIGHT,), most_minutes=40)
    just = vacancy(pay_fen=LEAST, area="220302001", open_until=TODAY, open_from=TODAY)
    matches = found(own, just, taken=1)
    assert [s.vacancy for s in matches.suggested] == [just]
    assert found(own, just, taken=2).excluded[0].code == "full"


def test_what_fits_better_comes_first_and_says_why() -> None:
    own = plan(most_minutes=100, least_pay_fen=LEAST + 10_000)
    best, far, unwished = (
        vacancy(1, skills="保洁"),
        vacancy(2, area="220381001"),
        vacancy(3, title="电焊工", skills="电焊"),
    )
    first, second, third = found(own, unwished, far, best).suggested
    assert (first.vacancy, second.vacancy, third.vacancy) == (best, far, unwished)
    said = "；".join(first.reasons)
    for words in ("保洁相符", "想做“保洁员”", "同一街道", "不低于期望", "身体要求：没有"):
        assert words in said
    assert "岗位要求电焊，方案中没有写" in "；".join(third.reasons)


def test_public_welfare_posts_come_first_for_who_they_are_kept_for() -> None:
    welfare, plain = vacancy(1, channel="public_welfare_post", title="护路员"), vacancy(2)
    young = found(plan(), welfare, plain)
    assert [s.vacancy for s in young.suggested] == [plain, welfare]
    assert any("优先留给" in words for words in young.suggested[1].reasons)
    for hard in (plan(difficulties=("serious_illness",)), plan(difficulties=("older_member",))):
        first = found(hard, welfare, plain).suggested[0]
        assert first.vacancy == welfare
        assert any("优先安排" in words for words in first.reasons)


def test_reserved_places_lift_a_vacancy_until_they_are_taken() -> None:
    plain, reserved = vacancy(1), vacancy(2, reserved=1)
    assert [s.vacancy for s in found(plan(), plain, reserved).suggested] == [reserved, plain]
    taken = found(plan(), plain, reserved, taken=1).suggested
    assert not any("预留" in words for s in taken for words in s.reasons)


def test_too_much_schooling_asked_for_is_said() -> None:
    (only,) = found(plan(), vacancy(education=Education.DEGREE)).suggested
    assert "学历：岗位要求本科及以上，本人初中" in only.reasons


def test_without_a_plan_only_the_rules_sift() -> None:
    (only,) = found(None, vacancy(demands=(Demand.NIGHT,), area="220102001")).suggested
    assert any("还没有帮扶方案" in words for words in only.reasons)
    assert "身体要求：夜班，还没有帮扶方案，请先问本人能否从事" in only.reasons


def test_no_reason_says_of_a_member_what_nobody_wrote() -> None:
    (only,) = found(plan(channels=("flexible",)), vacancy(demands=(Demand.NIGHT,))).suggested
    assert "身体要求：夜班，方案没有写本人不能从事，请再问本人" in only.reasons
    assert any("但方案没有写愿意单位吸纳" in words for words in only.reasons)


@pytest.mark.parametrize(
    ("area", "minutes"),
    [
        ("220302004", 15),
        ("220302004001", 15),
        ("220302001", 40),
        ("220302", 40),
        ("220381001", 90),
        ("220381", 90),
        ("220102001", 180),
        ("210102001", 300),
        ("2203", None),
        ("220300", None),
        ("220000", None),
    ],
)
def test_the_way_is_estimated_from_codes(area: str, minutes: int | None) -> None:
    assert way_to(OFFICE, area)[0] == minutes


def test_older_is_by_age_too() -> None:
    case = assisted_case(date(1976, 10, 12))
    terms = load_pack("jilin-2021").refusal
    at = {
        day: seeker_of(case, case.household.members[0], None, terms, day).older for day in (date(2026, 10, 11), TODAY)
    }
    assert at == {date(2026, 10, 11): False, TODAY: True}


def test_five_thousand_vacancies_are_judged_well_under_a_second() -> None:
    places = ("220302004", "220302001", "220381001", "220300")
    pool = [
        Offered(
            vacancy(n, area=places[n % 4], skills="电工、焊工" if n % 3 else "保洁", pay_fen=LEAST - 5_000 + n * 40)
        )
        for n in range(5_000)
    ]
    own = seeker(plan(most_minutes=60, least_pay_fen=LEAST))
    began = process_time()
    matches = match(own, pool, TODAY)
    assert process_time() - began < 1.5
    assert len(matches.suggested) + len(matches.excluded) == 5_000
    again = match(own, list(reversed(pool)), TODAY)
    assert again.suggested == matches.suggested
