"""A clock explains itself: begun by what, which days counted, what moved it, what rings; and a case, read aloud."""

from datetime import date

from casework.case_story import coming, standing
from casework.clock_changes import clock_changes
from casework.clock_history import lives_of
from casework.clock_sentences import sentences
from casework.clock_story import ClockStory, story_of
from casework.clocks import Pause
from casework.lost_days import count_over
from casework.times import end_of
from policies.terms import Length
from tests.casework.test_calendar_change import NINTH_OFF, NOW, published
from tests.make import COUNTY, HELPER, Life


def stories(life: Life) -> dict[str, ClockStory]:
    """The last story of each kind of clock."""
    return {each.clock.kind: story_of(each, life.case, life.calendar) for each in lives_of(life.events, life.case)}


def test_scenario_1_the_publicity_counts_three_days_and_says_why_the_holiday_does_not_count() -> None:
    story = stories(Life().publicised("2026-09-30"))["publicity"]

    assert (story.started_by, story.started_seq, story.running) == ("张贴公示", 4, True)
    assert story.counted == (date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10))
    assert {s.reason for s in story.skipped} == {"国庆节放假"}
    assert (story.due_on, story.first_due_on, story.internal, story.provisional) == (
        date(2026, 10, 10),
        date(2026, 10, 10),
        False,
        False,
    )
    assert [(r.at, r.trigger, r.opens) for r in story.rings] == [
        (end_of(date(2026, 10, 10)), "publicity_ended", ("公示期满上报",))
    ]
    said = sentences(story)
    assert said[0] == "公示期到2026年10月10日24时止。"
    assert "计入3天：10月8日至10日。" in said
    assert "不计：10月1日至7日国庆节放假。" in said
    assert said[-1].startswith("2026年10月10日24时：公示期满，届时可能产生待办：公示期满上报")


def test_scenario_24_the_last_promise_inside_the_known_calendar_is_not_provisional() -> None:
    story = stories(Life().assisted("2026-11-16", "2026-11-25"))["promise"]

    assert (story.due_on, story.provisional, len(story.counted)) == (date(2026, 12, 23), False, 20)
    assert [r.trigger for r in story.rings][-1] == "promise_overdue"


def test_scenario_89_a_moved_clock_keeps_its_first_day_and_tells_the_move_once() -> None:
    life = Life().assisted()
    event = life.adopt("2026-10-10 12:00", NINTH_OFF)
    story = stories(life)["promise"]

    assert (story.first_due_on, story.due_on) == (date(2026, 10, 22), date(2026, 10, 23))
    assert [(m.on, m.was, m.now) for m in story.moves] == [(date(2026, 10, 10), date(2026, 10, 22), date(2026, 10, 23))]
    assert story.started_by == "加盖印章认定"  # the move is not a new beginning
    said = sentences(story)
    assert "最初到2026年10月22日。" in said
    assert "2026年10月10日由2026年10月22日改为2026年10月23日，原因：放假安排公布或调整。" in said
    assert clock_changes(life.events)[event.seq] == (
        "安置承诺由2026年10月22日改为2026年10月23日：放假安排公布或调整。",
    )
    again = life.adopt("2026-10-10 13:00", NOW)
    assert [m.now for m in stories(life)["promise"].moves] == [date(2026, 10, 23), date(2026, 10, 22)]
    assert again.seq in clock_changes(life.events)


def test_scenario_10_a_kept_publicity_says_what_a_plain_count_would_give() -> None:
    life = Life().publicised("2026-12-30")
    assert "暂定" in sentences(stories(life)["publicity"])[-2]
    life.adopt("2026-12-31", published(work=("2027-01-03",)))
    story = stories(life)["publicity"]

    assert (story.kept, story.due_on, story.provisional) == (date(2027, 1, 4), date(2027, 1, 5), False)
    assert any("仍为2027年1月5日" in line for line in sentences(story))


def test_scenario_31_a_promise_in_days_that_rolls_has_an_internal_target_before_the_holiday() -> None:
    life = Life(pack="liaoning-2006").certified("2026-09-18", "2026-09-24")
    story = stories(life)["promise"]
    assert (story.length_words, story.internal_target) == ("20日", None)

    life = Life(pack="liaoning-2006").certified("2026-09-11", "2026-09-17")  # discovered 09-11: the 20th day is 10-01
    story = stories(life)["promise"]
    assert (story.due_on, story.internal_target) == (date(2026, 10, 8), date(2026, 9, 30))
    assert {s.reason for s in story.skipped} == {"国庆节放假"}
    assert "内部目标：2026年9月30日前办成，即休息日之前的最后一个工作日。" in sentences(story)


def test_a_pause_is_told_with_the_days_made_good() -> None:
    life = Life().assisted()
    clock = life.case.clock("promise")
    assert clock is not None
    pauses = (Pause(first=date(2026, 10, 12), last=date(2026, 10, 26), why="重病", clause="A12"),)
    due = count_over(NOW, clock.started_on, Length.parse("20wd"), roll=False, pauses=pauses).ends
    (promise,) = [each for each in lives_of(life.events, life.case) if each.clock.kind == "promise"]
    paused = clock.model_copy(update={"pauses": pauses, "due_on": due})
    story = story_of(type(promise)(paused, promise.began), life.case, NOW)

    assert (story.due_on, story.made_good, len(story.counted)) == (date(2026, 11, 6), 11, 20)
    assert date(2026, 10, 13) in [s.day for s in story.skipped]
    assert "2026年10月12日至2026年10月26日暂停，原因：重病。" in sentences(story)
    assert "暂停损失的11天已补足。" in sentences(story)


def test_an_ended_clock_says_when_and_by_what() -> None:
    life = Life().assisted()
    life.employed("2026-10-15")
    story = stories(life)["promise"]

    assert (story.running, story.ended_on, story.rings) == (False, date(2026, 10, 15), ())
    assert sentences(story)[0].startswith("安置承诺已于2026年10月15日结束，因为：")


def test_each_months_follow_up_is_a_clock_of_its_own() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    life.until("2026-12-10")
    lives = [each for each in lives_of(life.events, life.case) if each.clock.kind == "follow_up"]

    assert [each.ended is None for each in lives] == [False, False, True]


def test_a_birth_date_is_not_said() -> None:
    life = Life().publicised("2026-09-30")
    said = "".join(sentences(stories(life)["member_date"]))
    born = life.case.household.applicant.birth_date

    assert f"{born.year}年" not in said
    assert "按该成员的年龄计算。" in said


def test_a_case_says_where_it_stands_and_who_must_do_what() -> None:
    life = Life().assisted()
    life.do("2026-10-08", "propose_exit", HELPER, reason="voluntary")
    now = standing(life.case, life.events[-1], life.policy)
    then = coming(life.case)

    assert "目前状态：帮扶中。" in now
    assert "2026年9月18日认定。" in now
    assert "安置承诺到2026年10月22日。" in now
    assert any(line.startswith("家庭可在2026年10月14日24时前陈述申辩") for line in now)
    assert any("待办：决定是否退出，由县级复核人员办理" in line and "内部时限" in line for line in then)


def test_an_exited_case_is_told_too() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-09", "withdraw")
    now = standing(life.case, life.events[-1], life.policy)

    assert "已于2026年10月9日退出，原因：申请人撤回申请。此后不再办理任何步骤。" in now
    assert coming(life.case) == ()
    assert all(not each.running for each in stories(life).values())
    assert COUNTY.account not in "".join(now)
