"""The vacancy pool and the referrals that count its places down, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete

from casework.errors import Conflict
from casework.states import Role, State
from records.case_file import write_event
from records.catching_up import catch_up
from records.engine import Record
from records.referrals import employers_waiting, open_referrals
from records.scope import Scope
from records.tables_vacancies import referrals
from records.vacancies import (
    change_vacancy,
    contact_of,
    kept_of,
    offered_of,
    pool_for,
    set_vacancy,
    vacancy_of,
)
from records.vacancy_lists import Asked, vacancies_asked
from register.vacancy import Demand, Education, Source, Vacancy
from tests.make import CASE_ID, COUNTY, HELPER, OFFICE, SEALER, Life

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
TODAY = date(2026, 10, 12)
FULL = Vacancy(
    vacancy_id="V-1",
    employer="向阳物业",
    title="保洁员",
    pay_fen=260_000,
    area=OFFICE,
    open_until=date(2026, 12, 31),
    posts=2,
    reserved=1,
    channel="public_welfare_post",
    skills="保洁、家政",
    education=Education.SENIOR,
    place="站前路3号",
    pay_to_fen=300_000,
    hours="8小时",
    demands=(Demand.STANDING, Demand.NIGHT),
    credit_code="91350100M000100Y43",
    open_from=date(2026, 10, 1),
    source=Source.COUNTY,
)
CLERK = Scope("cw-1", Role.CASEWORKER, OFFICE)
ELSEWHERE = Scope("cw-9", Role.CASEWORKER, "220102001")


def written(record: Record, life: Life) -> None:
    for event in life.events:
        with record.write() as work:
            write_event(work, event)


def referred(life: Life, vacancy: str, member: str = "M1", day: str = "2026-09-21") -> str:
    job = {"vacancy": vacancy, "pay_fen": 260_000, "matches_plan": True, "acknowledged": True}
    return str(life.do(day, "record_referral", HELPER, member=member, **job).about)


def taken(record: Record, vacancy_id: str = "V-1") -> int:
    with record.read() as work:
        offered = offered_of(work, vacancy_id)
    assert offered is not None
    return offered.taken


def test_a_vacancy_comes_back_as_it_was_kept(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL, contact="王五 19900001111", by="rv-1", now=NOW)
        assert vacancy_of(work, "V-1") == FULL
        assert contact_of(work, "V-1") == "王五 19900001111"
        assert kept_of(work, "V-1") == (1, "rv-1", NOW)


def test_two_people_changing_one_vacancy_do_not_overwrite_each_other(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL, contact="王五 19900001111", by="rv-1", now=NOW)
        change_vacancy(work, replace(FULL, posts=5), contact=None, seen=1, by="rv-2", now=NOW)
        assert contact_of(work, "V-1") == "王五 19900001111"
    with record.write() as work, pytest.raises(Conflict, match="同事修改"):
        change_vacancy(work, FULL, contact=None, seen=1, by="rv-1", now=NOW)


def test_places_count_down_and_come_back(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL)
    life = Life()
    life.assisted()
    first, second = referred(life, "V-1"), referred(life, "V-1", "M2")
    written(record, life)
    assert taken(record) == 2
    begun = len(life.events)
    life.do("2026-09-22", "record_refusal", HELPER, referral=first, member="M1", reason_code="too_far")
    life.do("2026-09-22", "record_referral_outcome", HELPER, referral=second, outcome="hired")
    for event in life.events[begun:]:
        with record.write() as work:
            write_event(work, event)
    assert taken(record) == 1, "turned down: the place is back; hired: it is gone for good"


def test_an_employers_no_and_the_end_of_a_case_give_the_place_back(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL)
        set_vacancy(work, replace(FULL, vacancy_id="V-2"))
    life = Life()
    life.assisted()
    first = referred(life, "V-1")
    referred(life, "V-2", "M2")
    life.do("2026-09-22", "record_referral_outcome", HELPER, referral=first, outcome="employer_rejected")
    written(record, life)
    assert (taken(record), taken(record, "V-2")) == (0, 1)
    begun = len(life.events)
    life.do("2026-09-23", "propose_exit", reason="voluntary")
    life.do("2026-09-24", "record_exit_response")
    life.do("2026-10-12", "approve_exit", SEALER)
    life.until("2027-01-31")
    if life.case.state is not State.EXITED:
        life.do("2027-02-01", "confirm_exit_effect", COUNTY)
    assert life.case.state is State.EXITED
    for event in life.events[begun:]:
        with record.write() as work:
            write_event(work, event)
    assert taken(record, "V-2") == 0


def test_who_waits_for_which_employer_is_told_in_scope_alone(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL)
    life = Life()
    life.assisted()
    referral = referred(life, "V-1")
    written(record, life)
    with record.read() as work:
        (waiting,) = employers_waiting(work, CLERK)
        assert (waiting.employer, waiting.number, waiting.since) == ("向阳物业", 1, date(2026, 9, 21))
        (line,) = open_referrals(work, CLERK, employer="向阳物业")
        assert (line.case_id, line.referral_id, line.title) == (CASE_ID, referral, "保洁员")
        assert employers_waiting(work, ELSEWHERE) == []
        assert open_referrals(work, ELSEWHERE) == []


def test_referrals_of_an_earlier_release_are_filled_in(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL)
    life = Life()
    life.assisted()
    referred(life, "V-1")
    written(record, life)
    with record.write() as work:
        work.connection.execute(delete(referrals))
    assert taken(record) == 0
    assert ("岗位推荐", 1) in list(catch_up(record))
    assert taken(record) == 1
    assert list(catch_up(record)) == []


def test_the_pool_of_a_household_is_its_citys_and_what_is_above(record: Record) -> None:
    near = {"V-1": OFFICE, "V-2": "220381001", "V-3": "220300", "V-4": "220000"}
    with record.write() as work:
        for vacancy_id, area in {**near, "V-5": "220102001", "V-6": "210000"}.items():
            set_vacancy(work, replace(FULL, vacancy_id=vacancy_id, area=area))
        set_vacancy(work, replace(FULL, vacancy_id="V-7", open_until=date(2026, 10, 11)))
        set_vacancy(work, replace(FULL, vacancy_id="V-8", closed_on=TODAY))
    with record.read() as work:
        assert {offered.vacancy.vacancy_id for offered in pool_for(work, OFFICE, TODAY)} == set(near)


def test_the_list_is_searched_and_filtered(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL)
        set_vacancy(work, Vacancy("V-2", "100%棉纺厂", "挡车工", 310_000, "220381001", posts=1))
        set_vacancy(work, Vacancy("V-3", "旧厂", "门卫", 220_000, OFFICE, date(2026, 10, 1), posts=1))
    asked = Asked(reach=OFFICE, today=TODAY)

    def ids(**more: object) -> list[str]:
        with record.read() as work:
            found, total = vacancies_asked(work, replace(asked, **more), offset=0, limit=50)  # type: ignore[arg-type]
        assert total == len(found)
        return sorted(offered.vacancy.vacancy_id for offered in found)

    assert ids() == ["V-1", "V-2"]
    assert ids(words="保洁 站前") == ["V-1"]
    assert ids(words="100%") == ["V-2"]
    assert ids(words="_") == []
    assert ids(channel="public_welfare_post") == ["V-1"]
    assert ids(area="220302") == ["V-1"]
    assert ids(state="over") == ["V-3"]
    assert ids(state="all") == ["V-1", "V-2", "V-3"]
    assert ids(reserved=True) == ["V-1"]
    assert ids(least_pay_fen=300_000) == ["V-2"]
    assert ids(reach="220102001") == []
    assert ids(reach="220000") == ["V-1", "V-2"]
