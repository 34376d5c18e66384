"""Layoff lists against known households (scenario 95): red when nobody will be left at work."""

from datetime import date

from casework.household import Household
from policies.packs import load_pack
from register.layoffs import Alert, KnownHousehold, Layoff, alerts
from tests.make import a_member

POLICY, TODAY = load_pack("jilin-2021"), date(2026, 9, 21)
AT_WORK = {"status": "单位就业"}
WIFE = a_member("M2", sex="女", birth_date=date(1982, 7, 9), track="工人", **AT_WORK)


def known(*members: object, number: str = "H1") -> KnownHousehold:
    household = Household.model_validate({"members": members})
    return KnownHousehold(
        household_id=number,
        household=household,
        people={m.member_id: f"{number}-{m.member_id}" for m in household.members},
    )


def found(*lines: tuple[str, str], household: KnownHousehold) -> list[Alert]:
    layoffs = [Layoff(person=person, leaves_on=date.fromisoformat(day)) for person, day in lines]
    return list(alerts(layoffs, [household], POLICY, TODAY))


def test_scenario_95_both_spouses_on_one_list_are_a_red_alert_on_that_date() -> None:
    couple = known(a_member(**AT_WORK), WIFE)
    [alert] = found(("H1-M1", "2026-10-15"), ("H1-M2", "2026-10-15"), household=couple)

    assert (alert.level, alert.alert_on, alert.members) == ("red", date(2026, 10, 15), ("M1", "M2"))
    assert "不作认定" in alert.why.says


def test_from_different_lists_the_last_day_at_work_of_the_household_counts() -> None:
    couple = known(a_member(**AT_WORK), WIFE)
    [alert] = found(("H1-M1", "2026-11-01"), ("H1-M2", "2026-10-15"), household=couple)
    assert (alert.level, alert.alert_on) == ("red", date(2026, 11, 1))


def test_one_of_two_earners_is_a_yellow_alert() -> None:
    [alert] = found(("H1-M2", "2026-10-15"), household=known(a_member(**AT_WORK), WIFE))
    assert (alert.level, alert.alert_on, alert.members) == ("yellow", date(2026, 10, 15), ("M2",))


def test_the_only_earner_is_red_and_a_student_or_the_retired_do_not_count() -> None:
    son = a_member("M3", relation="儿子", birth_date=date(2005, 1, 1), marital="未婚", status="在校学生")
    mother = a_member("M4", relation="母亲", sex="女", birth_date=date(1955, 1, 1), track="工人", status="已退休")
    [alert] = found(("H1-M2", "2026-10-15"), household=known(a_member(), WIFE, son, mother))
    assert alert.level == "red"


def test_a_household_that_nobody_listed_or_that_has_nobody_at_work_has_no_alert() -> None:
    assert found(("H9-M1", "2026-10-15"), household=known(a_member(**AT_WORK), WIFE)) == []
    assert found(("H1-M1", "2026-10-15"), household=known(a_member())) == []


def test_a_person_on_two_lists_leaves_with_the_first_and_red_comes_before_yellow() -> None:
    couple, other = known(a_member(**AT_WORK), WIFE), known(a_member(**AT_WORK), number="H2")
    lines = [("H1-M1", "2026-12-01"), ("H1-M1", "2026-10-01"), ("H2-M1", "2026-11-01")]
    layoffs = [Layoff(person=p, leaves_on=date.fromisoformat(d)) for p, d in lines]
    got = alerts(layoffs, [couple, other], POLICY, TODAY)
    assert [(a.household_id, a.level, a.alert_on) for a in got] == [
        ("H2", "red", date(2026, 11, 1)),
        ("H1", "yellow", date(2026, 10, 1)),
    ]
