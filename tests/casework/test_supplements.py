"""Supplements (补正, A29): internal limits wait for papers and say so; publicity and promise never do."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.states import Actor, Role
from tests.make import CLERK, COUNTY, SEALER, Life


def no(life: Life, code: str, when: str, trigger: str, by: Actor = CLERK, **fields: object) -> None:
    with pytest.raises(CaseworkError) as said:
        life.do(when, trigger, by, **fields)
    assert said.value.code == code, said.value.message


def limit(life: Life, kind: str = "first_review") -> date | None:
    return life.case.tasks_of(kind)[0].due_on


def asked(day: str = "2026-09-14") -> Life:
    """Accepted on Friday the 11th: first review is due on Friday the 18th."""
    life = Life()
    life.do("2026-09-11", "apply")
    life.do("2026-09-11", "accept_application")
    assert limit(life) == date(2026, 9, 18)
    life.do(day, "ask_supplement", items=("booklet", "income_paper"))
    return life


def test_the_limit_waits_and_the_working_days_lost_are_made_good() -> None:
    """Asked on Monday, received on Friday: Tuesday to Friday are lost; the make-up Sunday the 20th counts."""
    life = asked()
    task = life.case.tasks_of("first_review")[0]
    assert task.paused
    assert task.pauses[0].first == date(2026, 9, 15)

    event = life.do("2026-09-18", "record_supplement")

    task = life.case.tasks_of("first_review")[0]
    assert not task.paused
    assert (task.pauses[0].first, task.pauses[0].last) == (date(2026, 9, 15), date(2026, 9, 18))
    assert task.due_on == date(2026, 9, 23)
    assert "顺延至2026年9月23日" in [f.value for f in event.why.facts][-1]
    assert life.until("2026-09-23 23:59") == []
    assert [e.trigger for e in life.until("2026-09-24 00:01")] == ["task_overdue"]


def test_nothing_is_overdue_while_it_waits_and_the_longest_wait_ends_by_itself() -> None:
    """10 working days from 09-14: 09-15…18, 20 (make-up), 21…24, 28 → 24:00 of 09-28."""
    life = asked()
    fallen = life.until("2026-10-09")

    assert [(e.trigger, e.at.isoformat()) for e in fallen] == [("supplement_lapsed", "2026-09-28T16:00:00+00:00")]
    assert "按现有材料作出决定" in fallen[0].why.says
    assert "await_supplement" not in life.open_tasks
    assert limit(life) == date(2026, 10, 9)
    life.do("2026-10-09", "pass_first_review", compared_online=True)


def test_the_same_day_costs_nothing() -> None:
    life = asked()
    life.do("2026-09-14 16:00", "record_supplement")

    task = life.case.tasks_of("first_review")[0]
    assert (task.due_on, task.pauses) == (date(2026, 9, 18), ())


def test_papers_that_came_on_a_day_and_are_typed_later_count_from_their_day() -> None:
    life = asked()
    no(life, "received_before_asked", "2026-09-18", "record_supplement", on="2026-09-11")
    life.do("2026-09-18", "record_supplement", on="2026-09-16")

    assert limit(life) == date(2026, 9, 21)


def test_a_weekend_day_of_receipt_loses_working_days_alone() -> None:
    life = asked()
    life.do("2026-09-19", "record_supplement")

    assert limit(life) == date(2026, 9, 23)


def test_the_household_is_told_in_general_words_and_until_when() -> None:
    life = asked()
    event = life.events[-1]

    assert [(n.name, n.role, dict(n.words)) for n in event.notices] == [
        ("supplement_asked", None, {"papers": "户口簿、收入证明", "until": "2026-09-28"})
    ]
    assert event.opened[0].due_on == date(2026, 9, 28)


def test_what_was_asked_for_is_waited_for_before_anything_is_decided() -> None:
    life = asked()
    no(life, "supplement_open", "2026-09-15", "pass_first_review", compared_online=True)
    no(life, "supplement_open", "2026-09-15", "decline_first_review")
    no(life, "supplement_already_asked", "2026-09-15", "ask_supplement", COUNTY, items=("other",))
    life.do("2026-09-16", "record_supplement")
    no(life, "no_supplement_awaited", "2026-09-16", "record_supplement")
    life.do("2026-09-16", "ask_supplement", items=("other",))
    life.do("2026-09-16", "withdraw")


def test_the_county_asks_and_the_publicity_and_the_objection_run_on() -> None:
    """Publicity never pauses; the recheck that opens while papers are awaited opens paused."""
    life = Life().publicised("2026-09-30")
    life.do("2026-10-09", "raise_objection")
    life.do("2026-10-09", "ask_supplement", COUNTY, items=("identity_card",))

    assert life.case.tasks_of("await_supplement")[0].role is Role.REVIEWER
    assert not life.case.tasks_of("decide_objection")[0].paused
    assert [e.trigger for e in life.until("2026-10-12")] == ["publicity_ended"]
    life.do("2026-10-12", "dismiss_objection", objection=life.case.objections[0].objection_id)
    life.do("2026-10-12", "report_up")
    assert life.case.tasks_of("county_recheck")[0].paused
    no(life, "supplement_open", "2026-10-13", "pass_recheck", COUNTY)
    life.do("2026-10-14", "record_supplement")
    assert limit(life, "county_recheck") == date(2026, 10, 21)
    life.do("2026-10-14", "pass_recheck", COUNTY)
    life.do("2026-10-14", "ask_supplement", COUNTY, items=("other",))
    no(life, "supplement_open", "2026-10-15", "certify", SEALER)


def test_an_overdue_task_is_not_made_timely_by_asking() -> None:
    life = Life()
    life.do("2026-09-11", "apply")
    life.do("2026-09-11", "accept_application")
    life.until("2026-09-20")
    event = life.do("2026-09-20", "ask_supplement", items=("other",))

    assert "目前没有可暂停的内部时限" in event.why.says
    assert life.case.tasks_of("first_review")[0].overdue
    assert not life.case.tasks_of("first_review")[0].paused


def test_the_wait_before_acceptance_is_the_acceptance_tasks() -> None:
    life = Life()
    life.do("2026-09-11", "apply")
    life.do("2026-09-11", "ask_supplement", items=("signed_form",))

    no(life, "supplement_open", "2026-09-14", "accept_application")
    life.do("2026-09-15", "record_supplement")
    assert limit(life, "accept_application") == date(2026, 9, 21)
    life.do("2026-09-15", "accept_application")
