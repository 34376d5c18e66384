"""Targets in the record (任务): a number is the count of its list, for an area and for a person; who sees which."""

from datetime import UTC, date, datetime

from sqlalchemy import insert

from casework.states import Role, State
from records.case_file import write_event
from records.engine import Record
from records.scope import Scope
from records.subsidy_applications import change
from records.subsidy_applications import one as application
from records.tables_surveys import survey_rounds, survey_visits
from records.targets import Target, done, drop, keep, listed, one, rows_of
from register.targets import Days, days_of
from tests.records.made import CASE, CITY, CLERK, COUNTY, ELSEWHERE, HELPER, OFFICE, a_case, an_event
from tests.records.test_subsidies import a_job, applied, approve

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def year() -> Days:
    days = days_of("2026")
    assert days is not None
    return days


def a_target(whose: str, about: str, measure: str, number: int = 10) -> Target:
    return Target(f"{measure}-{about}", whose, about, measure, "2026", number, "220300", "city", 1)


def an_employed_case(record: Record) -> None:
    case = a_case()
    with record.write() as work:
        write_event(work, an_event(1, case))
        more = {
            "helper": "h07",
            "reviews": case.reviews.model_copy(update={"certified_on": date(2026, 9, 19)}),
            "employments": (a_job(), a_job(employment_id="E3", ended_on=date(2026, 10, 1))),
            "eliminated_on": date(2026, 9, 20),
            "state": State.EMPLOYED,
        }
        write_event(work, an_event(2, case.model_copy(update=more)))


def test_a_number_is_the_count_of_its_list(record: Record) -> None:
    an_employed_case(record)
    with record.read() as work:
        for whose, about in (("area", "220302"), ("area", OFFICE), ("person", "h07")):
            for measure in ("certified", "eliminated", "employed"):
                target = a_target(whose, about, measure)
                rows, total = rows_of(work, CITY, target, year())
                assert (done(work, target, year()), total) == (1, 1)
                assert [row.case_id for row in rows] == [CASE]
        assert done(work, a_target("area", "220303", "employed"), year()) == 0
        assert done(work, a_target("person", "h08", "eliminated"), year()) == 0
        assert rows_of(work, ELSEWHERE, a_target("area", "220302", "employed"), year()) == ((), 0)


def test_every_measure_can_be_counted(record: Record) -> None:
    with record.read() as work:
        for measure in ("certified", "eliminated", "employed", "subsidies", "visits"):
            for whose, about in (("area", "2203"), ("person", "h07")):
                assert done(work, a_target(whose, about, measure), year()) == 0
                assert rows_of(work, HELPER, a_target(whose, about, measure), year()) == ((), 0)


def test_set_anew_the_last_number_holds(record: Record) -> None:
    with record.write() as work:
        keep(work, a_target("area", "220302", "employed"), NOW)
        keep(work, a_target("area", "220302", "employed", 12), NOW)
        found = listed(work, CITY)
        assert [(target.number, target.version) for target in found] == [(12, 2)]
        drop(work, found[0])
        assert listed(work, CITY) == ()


def test_each_sees_its_own_and_the_areas_above(record: Record) -> None:
    with record.write() as work:
        for target in (
            a_target("area", "220302", "employed"),
            a_target("area", OFFICE, "employed"),
            a_target("area", "220303", "employed"),
            a_target("person", "h07", "employed"),
        ):
            keep(work, target, NOW)

        def seen(scope: Scope) -> list[str]:
            return [target.about for target in listed(work, scope)]

        assert seen(CITY) == ["220302", OFFICE, "220303", "h07"]
        assert seen(COUNTY) == ["220302", OFFICE]
        assert seen(CLERK) == ["220302", OFFICE]
        assert seen(HELPER) == ["h07"]
        assert seen(Scope("sv", Role.SUPERVISOR, "210000")) == []
        assert one(work, COUNTY, "employed-220303") is None


def test_what_was_taken_back_and_who_was_not_at_home_count_for_nothing(record: Record) -> None:
    an_employed_case(record)
    approve(record, applied(record))
    subsidies, visits = a_target("area", "220302", "subsidies"), a_target("area", "220302", "visits")
    with record.write() as work:
        assert done(work, subsidies, year()) == 1
        found = application(work, COUNTY, "a-1")
        assert found is not None
        change(work, found, state="stopped", stopped_on=date(2026, 11, 20), stop_code="job_rejected")
        assert (done(work, subsidies, year()), rows_of(work, CITY, subsidies, year())) == (0, ((), 0))
        round_ = {"round_id": "r1", "office": OFFICE, "title": "秋", "first_on": date(2026, 11, 1)}
        round_ |= {"last_on": date(2026, 11, 30), "free_lines": 0, "opened_by": "zhao", "opened_at": NOW}
        work.connection.execute(insert(survey_rounds), round_)
        for number, state in (("1", "found"), ("2", "nobody")):
            one_of = {
                "visit_id": f"v{number}",
                "round_id": "r1",
                "office": OFFICE,
                "community": "向阳",
                "kind": "known",
            }
            told = {"number": number, "assignee": "zhao", "state": state, "visited_on": date(2026, 11, 2), "version": 1}
            work.connection.execute(insert(survey_visits), one_of | told)
        assert done(work, visits, year()) == rows_of(work, CITY, visits, year())[1] == 1
