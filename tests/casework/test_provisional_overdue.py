"""A promise called overdue on a provisional day: shown so, confirmed with a look, put right by the notice (A38)."""

import pytest

from casework.errors import SaidNo
from casework.events import CaseEvent
from casework.states import Actor, Role
from casework.times import end_of
from policies.calendar_model import WorkCalendar
from tests.casework.test_calendar_change import published
from tests.make import HELPER, Life

SUPERVISOR = Actor(account="city1", role=Role.SUPERVISOR)
LATER = published("2027-01-04", "2027-01-05")
"""Two more days off: the promise of a household sealed on 2026-12-10 ends on 2027-01-12, not on 01-08."""


def overdue() -> Life:
    """Sealed on 2026-12-10, nobody at work; the last day was a guess."""
    life = Life().assisted("2026-12-03", "2026-12-10")
    life.until("2027-01-09")
    promise = life.case.promise
    assert promise is not None
    assert (promise.due_on.isoformat(), promise.provisional) == ("2027-01-08", True)
    assert str(promise.overdue_on) == "2027-01-09"
    return life


def adopted(life: Life, when: str, calendar: WorkCalendar = LATER) -> CaseEvent:
    return life.adopt(when, calendar)


def state(life: Life) -> tuple[str, str | None, str | None, bool]:
    promise = life.case.promise
    assert promise is not None
    return (
        promise.due_on.isoformat(),
        promise.overdue_on.isoformat() if promise.overdue_on else None,
        promise.cause,
        promise.provisional,
    )


def test_the_event_says_that_the_day_is_provisional_and_the_cause_needs_a_look() -> None:
    life = overdue()
    event = next(e for e in life.events if e.trigger == "promise_overdue")
    assert "2027年1月8日（暂定）" in {f.value for f in event.why.facts}
    with pytest.raises(SaidNo) as no:
        life.do("2027-01-09", "confirm_breach_cause", SUPERVISOR, cause="agency_failed")
    assert (no.value.code, no.value.field) == ("provisional_date", "calendar_checked")
    life.do("2027-01-09", "confirm_breach_cause", SUPERVISOR, cause="agency_failed", calendar_checked=True)
    adopted(life, "2027-01-10")
    assert state(life)[1:3] == ("2027-01-09", "agency_failed")  # a person's finding stays


def test_a_later_day_of_the_law_takes_the_overdue_back_and_the_promise_goes_on() -> None:
    life = overdue()
    event = adopted(life, "2027-01-10")

    assert state(life) == ("2027-01-12", None, None, False)
    assert not life.case.tasks_of("handle_overdue")
    assert life.case.clock("escalation") is None
    assert "现予撤销" in event.why.says
    assert [n.name for n in event.notices] == ["promise_moved"]
    clock = life.case.clock("promise")
    assert clock is not None
    assert [r.at for r in clock.rings if r.trigger == "promise_overdue"] == [end_of(clock.due_on)]
    again = [e for e in life.until("2027-01-13") if e.trigger == "promise_overdue"]
    assert [e.at for e in again] == [end_of(clock.due_on)]
    assert life.case.tasks_of("handle_overdue")
    life.do("2027-01-13", "confirm_breach_cause", SUPERVISOR, cause="agency_failed")  # no longer a guess


def test_a_later_day_that_has_passed_moves_the_overdue_only() -> None:
    life = overdue()
    adopted(life, "2027-01-20")

    assert state(life) == ("2027-01-12", "2027-01-13", "agency_failed", False)
    assert life.case.tasks_of("handle_overdue")
    assert life.case.clock("promise") is None


def test_an_earlier_day_of_the_law_makes_nothing_worse() -> None:
    life = overdue()
    adopted(life, "2027-01-10", published(work=("2027-01-02", "2027-01-03")))

    assert state(life) == ("2027-01-08", "2027-01-09", "agency_failed", False)


def test_work_found_by_the_day_of_the_law_kept_the_promise() -> None:
    life = overdue()
    life.employed("2027-01-11")
    assert state(life)[1] == "2027-01-09"
    event = adopted(life, "2027-01-12")

    assert state(life) == ("2027-01-12", None, None, False)
    assert not life.case.tasks_of("handle_overdue")
    assert event.notices == ()
    assert life.case.employments[-1].recorded_by == HELPER.hand
