"""A changed working calendar: what moves, which way it may move, what stays, and what is told of it (A37, A38)."""

from datetime import date

import pytest

from casework.commands.calendar_change import AdoptCalendar
from casework.decide import decide
from casework.errors import CaseworkError, NotYourStep
from casework.events import CaseEvent
from casework.states import Role, State
from casework.table import allowed_steps
from casework.times import at_local, end_of
from policies.calendar_model import Holiday, WorkCalendar, YearSchedule
from policies.calendars import load_calendar
from tests.make import CLERK, COUNTY, HELPER, OTHER_CLERK, Life

NOW = load_calendar()
BECAUSE = "国家公布或调整放假安排"


def published(*off: str, work: tuple[str, ...] = ()) -> WorkCalendar:
    """The calendar of today with a schedule of 2027: New Year's Day, the days given off and the make-up workdays."""
    days = [date(2027, 1, 1), *map(date.fromisoformat, off)]
    return NOW.with_schedule(
        YearSchedule(
            year=2027,
            source="测试所设的2027年安排",
            issued=date(2026, 12, 31),
            holidays=tuple(Holiday(name="元旦", first=d, last=d) for d in days),
            workdays=tuple(map(date.fromisoformat, work)),
        )
    )


def corrected(*off: str, work: tuple[str, ...] = ()) -> WorkCalendar:
    """The calendar of today with more days off, or more make-up workdays, in 2026."""
    known = next(s for s in NOW.years if s.year == 2026)
    more = tuple(Holiday(name="国庆节", first=date.fromisoformat(d), last=date.fromisoformat(d)) for d in off)
    workdays = tuple(sorted((*known.workdays, *map(date.fromisoformat, work))))
    changed = known.model_copy(update={"holidays": (*known.holidays, *more), "workdays": workdays})
    return NOW.with_schedule(YearSchedule.model_validate(changed.model_dump()))


NINTH_OFF = corrected("2026-10-09")
"""Scenario 89: the State Council adds 2026-10-09 as a day off."""


def noticed(event: CaseEvent) -> dict[str, tuple[str, dict[str, str]]]:
    """The notices of an event: to whom, with which words."""
    return {n.name: (n.recipient, dict(n.words)) for n in event.notices}


def ends(life: Life, kind: str) -> date:
    clock = life.case.clock(kind)
    assert clock is not None
    return clock.due_on


def told(event: CaseEvent) -> dict[str, str]:
    return {fact.label: fact.value for fact in event.why.facts}


def new_year() -> Life:
    life = Life().publicised("2026-12-30")
    assert life.case.publicity is not None
    assert (ends(life, "publicity"), life.case.publicity.provisional) == (date(2027, 1, 5), True)
    return life


def test_scenario_10_a_make_up_sunday_does_not_end_the_publicity_earlier() -> None:
    life = new_year()
    event = life.adopt("2026-12-31", published(work=("2027-01-03",)))

    notice = life.case.publicity
    assert notice is not None
    assert (notice.ends_on, notice.ends_at, notice.provisional) == (
        date(2027, 1, 5),
        end_of(date(2027, 1, 5)),
        False,
    )
    assert "2027年1月4日，公示期只延长不缩短，仍为2027年1月5日" in told(event)["公示期重新计算"]
    assert [c.kind for c in event.started] == ["publicity"]
    assert [e.trigger for e in life.until("2027-01-06")] == ["publicity_ended"]
    assert life.do("2027-01-06", "report_up").opened[0].kind == "county_recheck"  # nobody checked a calendar


def test_scenario_10_a_day_off_ends_the_publicity_later() -> None:
    life = new_year()
    event = life.adopt("2026-12-31", published("2027-01-04"))

    assert ends(life, "publicity") == date(2027, 1, 6)
    assert "公示期由2027年1月5日改为2027年1月6日" in event.why.says
    assert told(event)["公示期"] == "2027年1月5日 → 2027年1月6日"
    assert told(event)["公示期计入日期"] == "2026-12-31、2027-01-05、2027-01-06"
    assert told(event)["放假安排"] == "测试所设的2027年安排"
    with pytest.raises(CaseworkError) as no:
        life.do("2027-01-06", "report_up")
    assert no.value.code == "publicity_not_over"
    assert [e.at for e in life.until("2027-01-07")] == [end_of(date(2027, 1, 6))]
    life.do("2027-01-07", "report_up")


def test_a_provisional_publicity_that_is_over_stays_over_and_is_sure_only_if_it_was_long_enough() -> None:
    for calendar, code in ((published(), None), (published("2027-01-04"), "provisional_date")):
        life = new_year()
        life.adopt("2027-01-06", calendar)
        notice = life.case.publicity
        assert notice is not None
        assert (notice.over, notice.ends_on) == (True, date(2027, 1, 5))
        if code is None:
            life.do("2027-01-06", "report_up")
            continue
        with pytest.raises(CaseworkError) as no:
            life.do("2027-01-06", "report_up")
        assert no.value.code == code
        life.do("2027-01-06", "report_up", calendar_checked=True)


def test_scenario_89_the_publicity_of_case_1_moves_two_days() -> None:
    life = Life().publicised("2026-09-30")
    event = life.adopt("2026-10-10 12:00", NINTH_OFF)

    assert ends(life, "publicity") == date(2026, 10, 12)
    assert told(event)["公示期"] == "2026年10月10日 → 2026年10月12日"
    assert noticed(event) == {
        "dates_moved": ("M1", {"moved": "公示期由2026年10月10日改为2026年10月12日", "because": BECAUSE})
    }
    assert "2026-10-09（国庆节放假）" in told(event)["公示期不计日期"]
    assert (event.source, event.target, event.by.role) == (State.IN_PUBLICITY, State.IN_PUBLICITY, Role.SYSTEM)
    assert [e.at for e in life.until("2026-10-13")] == [end_of(date(2026, 10, 12))]


def test_scenario_89_the_promise_of_case_22_moves_one_day_and_shows_the_old_one() -> None:
    life = Life().assisted()
    sealed = life.case.reviews
    event = life.adopt("2026-10-10 12:00", NINTH_OFF)

    promise = life.case.promise
    assert promise is not None
    assert (promise.due_on, ends(life, "promise")) == (date(2026, 10, 23), date(2026, 10, 23))
    assert told(event)["安置承诺"] == "2026年10月22日 → 2026年10月23日"
    assert noticed(event) == {
        "promise_moved": ("helper1", {"was": "2026-10-22", "promise_due": "2026-10-23", "because": BECAUSE})
    }
    assert told(event)["工作日历"] == f"{NOW.version} → {NINTH_OFF.version}"
    assert life.case.calendar_version == NINTH_OFF.version
    assert life.case.reviews == sealed
    assert life.case.publicity is not None
    assert life.case.publicity.ends_on == date(2026, 9, 11)
    rung = [(e.trigger, e.at) for e in life.until("2026-10-25") if e.trigger.startswith("promise")]
    assert rung == [
        ("promise_reminder", at_local(date(2026, 10, 16), 8)),
        ("promise_reminder", at_local(date(2026, 10, 21), 8)),
        ("promise_overdue", end_of(date(2026, 10, 23))),
    ]


def test_a_reminder_that_rang_does_not_ring_again_and_one_whose_morning_has_passed_is_dropped() -> None:
    life = Life().assisted()
    life.adopt("2026-10-15 12:00", NINTH_OFF)  # the first rang at eight; it would now fall on the 16th
    assert [e.trigger for e in life.until("2026-10-21") if e.trigger == "promise_reminder"] == ["promise_reminder"]

    life = Life().assisted()
    life.adopt("2026-10-19 12:00", corrected(work=("2026-10-17",)))  # the second moves from the 20th to this morning
    assert ends(life, "promise") == date(2026, 10, 21)
    assert [e.trigger for e in life.until("2026-10-22") if e.trigger.startswith("promise")] == ["promise_overdue"]


def test_a_promise_never_moves_to_a_day_that_has_passed_nor_once_it_is_missed() -> None:
    two = corrected(work=("2026-10-17", "2026-10-18"))
    life = Life().assisted()
    event = life.adopt("2026-10-21 12:00", two)
    assert ends(life, "promise") == date(2026, 10, 22)
    assert "仍为2026年10月22日" in told(event)["安置承诺重新计算"]
    assert event.why.says.endswith("无变化。")

    life = Life().assisted()
    life.adopt("2026-10-23 12:00", NINTH_OFF)
    assert life.case.promise is not None
    assert life.case.promise.overdue_on == date(2026, 10, 23)
    assert life.case.promise.due_on == date(2026, 10, 22)


def test_the_time_to_answer_an_exit_and_to_give_a_reason_only_lengthens_and_tasks_follow() -> None:
    life = Life().assisted()
    life.do("2026-10-08", "propose_exit", HELPER, reason="voluntary")
    life.refused("2026-10-08", None)
    life.do("2026-10-08", "record_referral", HELPER, member="M1", vacancy="V9", pay_fen=260000, matches_plan=True,
            acknowledged=True)  # fmt: skip
    life.do("2026-10-08", "record_refusal", HELPER, member="M1", referral=life.case.referrals[-1].referral_id)
    before = {t.kind: t.due_on for t in life.case.tasks if t.about != life.case.refusals[0].refusal_id}
    by = life.case.refusals[-1].reasons_by
    assert (ends(life, "exit_response"), by) == (date(2026, 10, 14), date(2026, 10, 14))

    event = life.adopt("2026-10-10 12:00", NINTH_OFF)
    assert (ends(life, "exit_response"), life.case.refusals[-1].reasons_by) == (date(2026, 10, 15),) * 2
    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.respond_by == date(2026, 10, 15)
    after = {t.kind: t.due_on for t in life.case.tasks if t.about != life.case.refusals[0].refusal_id}
    assert before != after
    assert after["judge_refusal"] == date(2026, 10, 16)
    assert told(event)["待办“决定是否退出”"].startswith("2026年")
    assert "项待办的期限改期" in event.why.says

    assert noticed(event)["dates_moved"][1]["moved"] == "陈述申辩期由2026年10月14日改为2026年10月15日"
    assert set(noticed(event)) == {"dates_moved", "promise_moved"}

    again = life.adopt("2026-10-10 13:00", NOW)  # the day off is taken back
    assert set(noticed(again)) == {"promise_moved"}
    assert ends(life, "exit_response") == date(2026, 10, 15)
    assert life.case.refusals[-1].reasons_by == date(2026, 10, 15)
    assert ends(life, "promise") == date(2026, 10, 22)
    assert "陈述申辩期只延长不缩短" in told(again)["陈述申辩期重新计算"]


def test_the_morning_of_the_next_follow_up_moves_and_windows_do_not() -> None:
    life = Life().assisted()
    life.refused("2026-09-21", "2026-09-22")
    life.employed("2026-10-15", "2026-10-16")
    windows = [c for c in life.case.clocks if c.kind in ("refusal_window", "member_date")]
    life.adopt("2026-10-20", corrected("2026-11-02"))

    assert ends(life, "follow_up") == date(2026, 11, 3)
    assert [c for c in life.case.clocks if c.kind in ("refusal_window", "member_date")] == windows
    assert life.case.promise is not None
    assert life.case.promise.due_on == date(2026, 10, 22)  # kept and approved: no running clock
    began = [e for e in life.until("2026-11-04") if e.trigger == "follow_up_month_began"]
    assert [e.at for e in began] == [at_local(date(2026, 11, 3), 8)]


def test_nothing_moves_when_the_calendar_changes_elsewhere() -> None:
    life = Life().assisted()
    life.until("2026-10-10")
    before = life.case
    event = life.adopt("2026-10-10", corrected("2026-12-24"))

    assert event.why.says.endswith("未届满的时限重新计算：无变化。")
    assert (event.started, event.stopped, event.opened, event.closed, event.notices) == ((), (), (), (), ())
    assert (event.case.clocks, event.case.tasks) == (before.clocks, before.tasks)


def test_the_same_calendar_twice_and_an_older_one_are_refused() -> None:
    life = Life().publicised("2026-12-30")
    life.adopt("2026-12-31", published())
    for calendar, code in ((published(), "calendar_unchanged"), (NOW, "calendar_older")):
        with pytest.raises(CaseworkError) as no:
            life.adopt("2026-12-31", calendar)
        assert (no.value.code, no.value.field) == (code, "calendar")


def test_no_person_may_change_the_calendar_of_a_case() -> None:
    life = Life().publicised("2026-09-30")
    for actor in (CLERK, OTHER_CLERK, COUNTY, HELPER):
        command = AdoptCalendar(command_id="k", by=actor, calendar=NINTH_OFF)
        with pytest.raises(NotYourStep):
            decide(life.case, command, life.policy, life.calendar, life.now)
    assert not any("adopt_calendar" in allowed_steps(state) for state in State)
