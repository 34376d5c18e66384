"""A promise that stands still (承诺暂停): what is refused, what is made good, and documents that come late."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.promise_terms import gone_on, stood_still
from casework.times import at_local, end_of
from casework.timetable import next_due
from tests.casework.promises import promise_of, suspended
from tests.make import CHIEF, CLERK, COUNTY, Life


def refused(life: Life, day: str, trigger: str, by: object = COUNTY, **fields: object) -> str:
    with pytest.raises(CaseworkError) as no:
        life.do(day, trigger, by, **fields)  # type: ignore[arg-type]
    return no.value.code


def test_scenario_36_the_clock_shows_the_pause_the_first_and_the_present_due_day() -> None:
    life = Life().assisted()
    suspended(life, "2026-10-14", "2026-10-12", "2026-10-26")
    clock = life.case.clock("promise")

    assert clock is not None
    assert (clock.first_due_on, clock.due_on) == (date(2026, 10, 22), date(2026, 11, 6))
    assert [(p.first, p.last) for p in clock.pauses] == [(date(2026, 10, 12), date(2026, 10, 26))]
    assert [r.at for r in clock.rings if r.trigger == "promise_reminder"] == [
        at_local(date(2026, 10, 30), 8),
        at_local(date(2026, 11, 4), 8),
    ]
    assert clock.rings[-1].at == end_of(date(2026, 11, 6))


def test_reminders_step_over_the_days_of_a_suspension_that_lies_ahead() -> None:
    """Suspended 10-20…10-26: of the five working days before 10-29, only those that count are counted."""
    life = Life().assisted()
    suspended(life, "2026-10-20 07:00", "2026-10-20", "2026-10-26")
    fallen = [(e.trigger, e.on.isoformat()) for e in life.until("2026-10-30") if e.trigger.startswith("promise_")]

    assert promise_of(life).due_on == date(2026, 10, 29)
    assert fallen[:2] == [("promise_reminder", "2026-10-27"), ("promise_overdue", "2026-10-30")]


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2026-10-17", "2026-10-18", "suspension_takes_nothing"),
        ("2026-10-16", "2026-10-15", "suspension_ends_early"),
        ("2026-10-12", "2026-10-14", None),
    ],
)
def test_a_suspension_must_take_days_of_the_promise(since: str, until: str, code: str | None) -> None:
    life = Life().assisted()
    fields = {"ground": "illness", "member": "M1"}
    dates = {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}
    if code is None:
        life.do("2026-10-19", "suspend_promise", COUNTY, **fields, **dates)
        assert promise_of(life).due_on == date(2026, 10, 27)
    else:
        assert refused(life, "2026-10-19", "suspend_promise", **fields, **dates) == code


def test_what_is_refused_of_a_suspension() -> None:
    life = Life().assisted()
    day = {"since": date(2026, 10, 12)}
    assert (
        refused(life, "2026-10-12", "suspend_promise", CLERK, ground="illness", member="M1", **day)
        == "role_not_allowed"
    )
    assert refused(life, "2026-10-12", "suspend_promise", ground="illness", **day) == "suspension_of_whom"
    assert refused(life, "2026-10-12", "suspend_promise", ground="custody", member="M9", **day) == "member_unknown"
    assert refused(life, "2026-10-12", "suspend_promise", ground="illness", member="M1", since=date(2026, 10, 13)) == (
        "date_in_future"
    )
    suspended(life, "2026-10-12", "2026-10-12", None)
    assert refused(life, "2026-10-13", "suspend_promise", ground="disaster", since=date(2026, 10, 13)) == (
        "suspension_overlaps"
    )
    assert refused(life, "2026-10-14", "resume_promise", until=date(2026, 10, 11)) == "resumed_before_suspension"
    life.do("2026-10-20", "resume_promise", COUNTY, until=date(2026, 10, 19))
    assert promise_of(life).due_on == date(2026, 10, 30)
    assert refused(life, "2026-10-21", "resume_promise", until=date(2026, 10, 21)) == "not_suspended"
    life.until("2026-11-02")
    assert refused(life, "2026-11-03", "suspend_promise", ground="illness", member="M1", since=date(2026, 11, 2)) == (
        "suspension_after_due"
    )


def test_a_promise_without_a_known_end_of_its_suspension_is_never_missed() -> None:
    life = Life().assisted()
    suspended(life, "2026-10-21", "2026-10-20", None)

    assert not [e for e in life.until("2027-03-01") if e.trigger.startswith("promise")]
    assert promise_of(life).overdue_on is None
    life.do("2027-03-01", "resume_promise", COUNTY, until=date(2026, 10, 23))
    life.until("2027-03-01 11:00")
    assert promise_of(life).overdue_on == date(2026, 10, 29)
    assert next_due(life.case) is None or next_due(life.case) > life.now  # type: ignore[operator]


def test_work_during_a_suspension_keeps_the_promise() -> None:
    life = Life().assisted()
    suspended(life, "2026-10-14", "2026-10-12", None)
    life.employed("2026-11-20")

    promise = promise_of(life)
    assert (promise.met_on, promise.overdue_on, promise.paused) == (date(2026, 11, 20), None, False)
    assert promise.due_on > date(2026, 11, 20)


def test_documents_that_come_after_a_late_job_put_the_record_right() -> None:
    life = Life().assisted()
    life.employed("2026-11-02")
    assert promise_of(life).overdue_on == date(2026, 10, 23)
    life.do("2026-11-03", "confirm_breach_cause", CHIEF, cause="agency_failed")
    suspended(life, "2026-11-05", "2026-10-12", "2026-10-26")

    promise = promise_of(life)
    assert (promise.due_on, promise.met_on, promise.overdue_on, promise.cause) == (
        date(2026, 11, 6),
        date(2026, 11, 2),
        None,
        None,
    )
    assert "handle_overdue" not in life.open_tasks


def test_documents_too_few_leave_it_overdue_from_the_later_day() -> None:
    life = Life().assisted()
    life.until("2026-11-05")
    suspended(life, "2026-11-05", "2026-10-12", "2026-10-14")

    assert promise_of(life).due_on == date(2026, 10, 27)
    assert promise_of(life).overdue_on == date(2026, 10, 28)
    assert "handle_overdue" in life.open_tasks
    assert life.case.clock("escalation") is not None


def test_standing_still_and_going_on_gives_every_day_back_once() -> None:
    """What a decided exit takes (open) within what illness takes (closed) is made good once."""
    life = Life().assisted()
    suspended(life, "2026-10-14", "2026-10-12", "2026-10-26")
    still = stood_still(promise_of(life), date(2026, 10, 20), life.setting, "退出决定", "内部规定")
    assert still.paused
    life.until("2026-10-30")
    again = gone_on(still, date(2026, 10, 29), life.setting, "退出决定撤销", "内部规定")

    assert not again.paused
    assert again.due_on == date(2026, 11, 11)
    assert again.first_due_on == date(2026, 10, 22)
