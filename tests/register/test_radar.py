"""What the radar lists (J21, A31, A32) at its boundaries: exactly the number, exactly the day belong to the list."""

from datetime import date, timedelta
from typing import Any

import pytest

from policies.calendars import load_calendar
from policies.packs import load_pack
from register.inspection import AreaMonth
from register.radar import KnownWithoutCase, OpenPromise, open_promises, unrecognised, zeros
from register.radar_help import HelpGiven, LateTask, Placement, late_tasks, missing_help, placements
from register.radar_items import Item
from register.radar_rights import UnclaimedRight, unclaimed_rights

POLICY = load_pack("jilin-2021")
CALENDAR = load_calendar("220302")
ON = date(2026, 10, 31)


def test_every_number_of_the_radar_is_the_offices_own() -> None:
    terms = [getattr(POLICY.radar, name) for name in type(POLICY.radar).model_fields]
    assert all(term is not None and term.internal for term in terms)


def zero(months: int, **more: Any) -> list[Item]:
    rows = [
        AreaMonth(area="220302004", month=f"2026-{n:02d}", **{"recognised": 0, "registered_unemployed": 40} | more)
        for n in range(10 - months, 10)
    ]
    return list(zeros(rows, date(2026, 10, 1), POLICY))


def test_scenario_86_an_area_of_six_zero_months_is_listed_and_another_month_is_a_new_fact() -> None:
    [item] = zero(6)
    assert (item.subject, item.since, item.rule) == ("220302004", date(2026, 4, 1), "inspection.persistent_zero")
    assert "2026年4月至2026年9月" in item.says
    assert item.why.clause == POLICY.supervision.persistent_zero_months.basis
    assert zero(5) == []
    assert zero(6, registered_unemployed=0) == []
    more = [
        AreaMonth(area="220302004", month=f"2026-{n:02d}", recognised=0, registered_unemployed=40) for n in range(4, 11)
    ]
    [later] = zeros(more, date(2026, 11, 1), POLICY)
    assert later.key == item.key
    assert later.digest != item.digest


def missed(**more: Any) -> OpenPromise:
    told: dict[str, Any] = {
        "case_id": "220302004-2026-00001",
        "office": "220302004",
        "kind": "main",
        "number": 1,
        "due_on": date(2026, 10, 22),
        "overdue_on": date(2026, 10, 23),
        "cause": None,
        "confirmed": False,
    }
    return OpenPromise(**told | more)


def test_an_open_promise_is_listed_from_the_day_after_it_was_due() -> None:
    assert list(open_promises([missed()], date(2026, 10, 22), CALENDAR)) == []
    [item] = open_promises([missed()], date(2026, 10, 23), CALENDAR)
    assert item.since == date(2026, 10, 23)
    assert "已超期1个工作日" in item.says
    [next_day] = open_promises([missed()], date(2026, 10, 26), CALENDAR)
    assert next_day.digest == item.digest  # time alone is no new fact
    [confirmed] = open_promises([missed(confirmed=True, cause="agency_failed")], ON, CALENDAR)
    assert confirmed.digest != item.digest


def known(**more: Any) -> KnownWithoutCase:
    told: dict[str, Any] = {
        "household_id": "h1",
        "office": "220302004",
        "number": "A-7",
        "source": "sheet",
        "surveyed_on": date(2026, 10, 16),
        "outcome": "eligible",
        "base_members": 2,
        "version": 1,
    }
    return KnownWithoutCase(**told | more)


def test_a_known_household_is_listed_when_the_fifteenth_day_has_come() -> None:
    assert list(unrecognised([known()], date(2026, 10, 30), POLICY)) == []
    [item] = unrecognised([known()], ON, POLICY)
    assert "已过15日没有申请或建档" in item.says
    [told_anew] = unrecognised([known(version=2)], ON, POLICY)
    former = known(former=(("220302004-2025-00009", "家庭书面自愿退出", date(2025, 5, 1)),))
    [with_past] = unrecognised([former], ON, POLICY)
    assert len({item.digest, told_anew.digest, with_past.digest}) == 3
    assert "2025年5月1日退出" in dict(with_past.facts)["以往个案"]


def job(number: int, **more: Any) -> Placement:
    told: dict[str, Any] = {
        "case_id": f"220302004-2026-{number:05d}",
        "employment_id": "E9",
        "office": "220302004",
        "employer": "吉达物业",
        "started_on": date(2026, 8, 31),
        "ended_on": None,
        "insured": True,
    }
    return Placement(**told | more)


def jobs(count: int, ended: int = 0, uninsured: int = 0, **more: Any) -> list[Placement]:
    soon = {"ended_on": date(2026, 9, 30)}
    return [
        *(job(n, **soon | more) for n in range(ended)),
        *(job(n, **{"insured": False} | more) for n in range(ended, ended + uninsured)),
        *(job(n, **more) for n in range(ended + uninsured, count)),
    ]


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        (jobs(5, ended=3), 1),
        (jobs(4, ended=3), 0),
        (jobs(5, ended=2), 0),
        (jobs(5, uninsured=3), 1),
        (jobs(5, uninsured=2), 0),
        (jobs(5, ended=2, uninsured=2), 0),
        (jobs(5), 0),
        ([*jobs(4, ended=3), job(4, employer="另一单位")], 0),
        ([*jobs(4, ended=3), job(4, office="220303001")], 0),
        ([*jobs(4, ended=3), job(4, office="220302009")], 1),
        (jobs(5, ended=3, started_on=date(2026, 7, 31), ended_on=date(2026, 8, 31)), 1),
        (jobs(5, ended=3, started_on=date(2026, 7, 30), ended_on=date(2026, 8, 30)), 0),
        (jobs(5, ended=3, started_on=date(2026, 9, 1), ended_on=date(2026, 10, 1)), 1),
        (jobs(5, ended=3, started_on=date(2026, 9, 1), ended_on=date(2026, 10, 2)), 0),
        (jobs(5, uninsured=3, started_on=date(2026, 9, 30)), 1),
        (jobs(5, uninsured=3, started_on=date(2026, 10, 1)), 0),
        (jobs(5, uninsured=3, ended_on=date(2026, 10, 30)), 0),
    ],
)
def test_placements_at_one_employer_are_listed_at_exactly_the_numbers(rows: list[Placement], number: int) -> None:
    found = list(placements(rows, ON, POLICY))
    assert len(found) == number
    for item in found:
        assert "吉达物业" in item.says
        assert item.clause.startswith("内部规定")
        assert "吉达" not in item.subject


def test_one_more_who_left_is_a_new_fact_and_one_more_who_stays_is_none() -> None:
    [before] = placements(jobs(6, ended=3), ON, POLICY)
    [more_left] = placements(jobs(6, ended=4), ON, POLICY)
    [more_stay] = placements(jobs(7, ended=3), ON, POLICY)
    assert before.digest == more_stay.digest != more_left.digest


def test_late_help_is_listed_five_days_after_its_limit_and_only_help() -> None:
    task = LateTask("c", "c/3-sign_plan", "220302004", "sign_plan", None, date(2026, 10, 26))
    assert list(late_tasks([task], date(2026, 10, 30), POLICY)) == []
    [item] = late_tasks([task], ON, POLICY)
    assert (item.subject, item.since) == ("c.3-sign_plan", date(2026, 10, 26))
    internal = LateTask("c", "c/3-seal", "220302004", "seal", None, date(2026, 1, 1))
    assert list(late_tasks([internal], ON, POLICY)) == []


def test_missing_services_are_listed_from_the_day_after_they_are_checked() -> None:
    def given(least: tuple[int, int, int], check_on: date = ON - timedelta(days=1)) -> list[Item]:
        row = HelpGiven("c", "220302004", date(2026, 10, 9), check_on, least, (9, 9, 9))
        return list(missing_help([row], ON, POLICY))

    [item] = given((1, 0, 2))
    assert "还差技能培训信息1次、推荐岗位1次" in item.says
    assert given((1, 1, 3)) == []
    assert given((0, 0, 0), check_on=ON) == []


def test_a_right_nobody_claimed_is_listed_a_month_after_it_began_once_a_kind() -> None:
    def listed(since: date) -> list[Item]:
        right = UnclaimedRight("c", "220302004", "M1", "E7", "social_insurance", "unit", since)
        return list(unclaimed_rights([right, right], ON, POLICY))

    [item] = listed(date(2026, 9, 30))
    assert item.clause.startswith("内部规定")
    assert "用人单位没有申领" in item.says
    assert listed(date(2026, 10, 1)) == []


def test_jobs_without_a_referral_are_judged_together_for_their_office() -> None:
    [item] = placements(jobs(5, ended=3, employer=""), ON, POLICY)
    assert item.office == "220302004"
    assert "未经推荐就业" in item.says
    assert item.clause.endswith("按受理机构合并核对")
    elsewhere = job(4, employer="", office="220302009")
    assert list(placements([*jobs(4, ended=3, employer=""), elsewhere], ON, POLICY)) == []
    assert list(placements([*jobs(4, ended=3, employer=""), job(4)], ON, POLICY)) == []
