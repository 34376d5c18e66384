"""A changed policy: what is better for the household moves, what is not stays, counts ask the rule of the day (A36)."""

from datetime import date
from typing import Any

import pytest

from casework.case import Case
from casework.commands.policy_change import AdoptPolicy
from casework.decide import decide
from casework.errors import CaseworkError, NotYourStep
from casework.events import CaseEvent
from casework.services import missing_services
from casework.states import State
from casework.table import allowed_steps
from policies.packs import load_pack
from policies.schema import Policy
from tests.make import CLERK, COUNTY, HELPER, OTHER_CLERK, Life, a_member

JILIN = load_pack("jilin-2021")


def revised(terms: dict[str, Any], effective: str = "2026-10-09", version: str = "2", of: Policy = JILIN) -> Policy:
    """Return a later version of a policy with some values changed, each with a basis of its own."""
    raw = of.model_dump(mode="json") | {"version": version, "effective_from": effective}
    for key, value in terms.items():
        group, name = key.split(".")
        raw[group] = {**raw[group], name: {"value": value, "basis": "《测试所设修订》第一条"}}
    return Policy.model_validate(raw)


def told(event: CaseEvent) -> dict[str, str]:
    return {fact.label: fact.value for fact in event.why.facts}


def due_of(case: Case, kind: str) -> date:
    clock = case.clock(kind)
    assert clock is not None
    return clock.due_on


FIVE_DAYS = revised({"publicity.length": "5wd"})


def test_scenario_87_a_notice_that_is_up_keeps_its_three_working_days() -> None:
    life = Life().publicised("2026-09-30")
    event = life.adopt_policy("2026-10-09", FIVE_DAYS)

    assert due_of(life.case, "publicity") == date(2026, 10, 10)
    assert "仍按3个工作日，至2026年10月10日" in told(event)["公示期"]
    assert (life.case.pack_version, life.case.pack_hash) == ("2", FIVE_DAYS.short_hash)
    ended = life.until("2026-10-11")
    assert [e.trigger for e in ended] == ["publicity_ended"]
    assert ended[0].why.clause == JILIN.publicity.length.basis
    assert told(ended[0])["计入日期"] == "2026-10-08、2026-10-09、2026-10-10"
    assert life.do("2026-10-11", "report_up").why.clause == JILIN.publicity.length.basis


def test_scenario_87_a_notice_posted_on_the_day_itself_uses_five() -> None:
    life = Life()
    for day, step in (("2026-09-28", "apply"), ("2026-09-28", "accept_application")):
        life.do(day, step)
    life.do("2026-09-30", "pass_first_review", compared_online=True)
    life.adopt_policy("2026-10-09", FIVE_DAYS)
    life.do("2026-10-09 14:00", "post_publicity")
    assert due_of(life.case, "publicity") == date(2026, 10, 15)  # 10-10, 10-12, 10-13, 10-14, 10-15
    assert due_of(Life(pack=FIVE_DAYS).publicised("2026-10-09").case, "publicity") == date(2026, 10, 15)


def test_the_day_of_the_posting_decides_not_the_day_it_was_typed() -> None:
    life = Life()
    life.do("2026-09-29", "apply")
    life.do("2026-09-29", "accept_application")
    life.do("2026-09-29", "pass_first_review", compared_online=True)
    life.adopt_policy("2026-10-09", FIVE_DAYS)
    posted = life.do("2026-10-09", "post_publicity", posted_on="2026-09-30")
    assert due_of(life.case, "publicity") == date(2026, 10, 10)
    assert posted.why.clause == JILIN.publicity.length.basis


def test_a_notice_taken_down_is_posted_anew_under_the_new_rule() -> None:
    life = Life().publicised("2026-09-30")
    life.adopt_policy("2026-10-09", FIVE_DAYS)
    life.do("2026-10-09", "take_down_publicity")
    life.do("2026-10-09", "post_publicity")
    assert due_of(life.case, "publicity") == date(2026, 10, 15)


def test_a_shorter_promise_is_better_and_a_longer_one_is_not() -> None:
    life = Life().assisted()
    event = life.adopt_policy("2026-10-09", revised({"promise.length": "15wd"}))
    promise, clock = life.case.promise, life.case.clock("promise")
    assert promise is not None
    assert clock is not None
    assert (promise.due_on, clock.due_on, clock.first_due_on) == (
        date(2026, 10, 15),
        date(2026, 10, 15),
        date(2026, 10, 22),
    )
    assert "安置承诺由2026年10月22日提前为2026年10月15日" in event.why.says
    assert [m.was for m in clock.moves] == [date(2026, 10, 22)]
    assert "A36" in clock.moves[0].clause
    overdue = [e for e in life.until("2026-10-20") if e.trigger == "promise_overdue"]
    assert [e.on for e in overdue] == [date(2026, 10, 16)]

    life = Life().assisted()
    event = life.adopt_policy("2026-10-09", revised({"promise.length": "30wd"}))
    assert due_of(life.case, "promise") == date(2026, 10, 22)
    assert "不早于原定日期" in told(event)["安置承诺"]


def test_a_promise_is_never_moved_to_a_day_that_has_passed() -> None:
    life = Life().assisted()
    event = life.adopt_policy("2026-10-12", revised({"promise.length": "5wd"}))
    assert due_of(life.case, "promise") == date(2026, 10, 22)
    assert "该日已过，不溯及" in told(event)["安置承诺"]
    life = Life().assisted()
    life.adopt_policy("2026-10-15", revised({"promise.length": "15wd"}))  # on its very day
    assert due_of(life.case, "promise") == date(2026, 10, 15)


def test_a_missed_promise_stays_missed_and_a_later_one_takes_the_new_rule() -> None:
    life = Life().assisted()
    life.until("2026-10-26")
    before = life.case.promise
    life.adopt_policy("2026-10-26", revised({"promise.length": "40wd"}))
    assert life.case.promise is not None
    assert before is not None
    assert life.case.promise.overdue_on == before.overdue_on == date(2026, 10, 23)
    assert life.case.promise.due_on == before.due_on


def test_nobody_gets_fewer_services_while_the_promise_runs() -> None:
    life = Life().assisted()
    event = life.adopt_policy("2026-10-09", revised({"services.referrals": 2, "services.guidance": 2}))
    gaps = {g.name: g.want for g in missing_services(life.case, life.policy)[0].gaps}
    assert gaps == {"职业指导": 2, "技能培训信息": 1, "推荐岗位": 3}
    assert told(event)["推荐岗位"] == "承诺期内仍不少于3次（新办法为2次）"
    assert "职业指导由1次增为2次" in event.why.says
    fresh = Life(pack=revised({"services.referrals": 2})).assisted()
    assert {g.name: g.want for g in missing_services(fresh.case, fresh.policy)[0].gaps}["推荐岗位"] == 2


@pytest.mark.parametrize(("length", "ends"), [("10wd", date(2026, 10, 21)), ("3wd", date(2026, 10, 14))])
def test_the_time_to_answer_and_to_give_a_reason_only_lengthens(length: str, ends: date) -> None:
    life = Life().assisted()
    life.do("2026-10-08", "propose_exit", HELPER, reason="voluntary")
    life.do("2026-10-08", "record_referral", HELPER, member="M1", vacancy="V9", pay_fen=260000, matches_plan=True,
            acknowledged=True)  # fmt: skip
    life.do("2026-10-08", "record_refusal", HELPER, member="M1", referral=life.case.referrals[-1].referral_id)
    assert due_of(life.case, "exit_response") == date(2026, 10, 14)
    life.adopt_policy("2026-10-09", revised({"exit.response_period": length, "refusal.reason_period": length}))
    assert life.case.exit_proposal is not None
    assert (due_of(life.case, "exit_response"), life.case.exit_proposal.respond_by) == (ends, ends)
    assert life.case.refusals[0].reasons_by == ends
    tasks = {t.kind: t for t in life.case.tasks}
    assert tasks["judge_refusal"].due_on == (date(2026, 10, 22) if length == "10wd" else date(2026, 10, 15))
    assert bool(tasks["judge_refusal"].moves) == (length == "10wd")


def test_the_offices_own_limits_only_shorten() -> None:
    life = Life()
    life.do("2026-10-08", "apply")
    life.do("2026-10-08", "accept_application")
    life.adopt_policy("2026-10-09", revised({"review.first_review": "3wd"}))
    task = life.case.tasks_of("first_review")[0]
    assert (task.due_on, [m.was for m in task.moves]) == (date(2026, 10, 12), [date(2026, 10, 14)])
    life = Life()
    life.do("2026-10-08", "apply")
    life.do("2026-10-08", "accept_application")
    life.adopt_policy("2026-10-09", revised({"review.first_review": "9wd"}))
    assert life.case.tasks_of("first_review")[0].due_on == date(2026, 10, 14)


def test_a_special_situation_that_the_new_policy_settles_needs_no_decision() -> None:
    rural = a_member("M2", sex="女", birth_date=date(1982, 7, 9), track="工人", hukou="农业")
    life = Life(a_member(), rural)
    life.do("2026-10-08", "apply")
    life.do("2026-10-08", "accept_application")
    assert "decide_special_situation" in life.open_tasks
    event = life.adopt_policy("2026-10-09", revised({"eligibility.mixed_hukou": "urban"}))
    assert life.case.standing.outcome == "eligible"
    assert "decide_special_situation" not in life.open_tasks
    assert "按新办法符合认定条件" in event.why.says
    life.do("2026-10-09", "pass_first_review", compared_online=True)


def test_a_judgement_that_would_be_worse_is_not_taken() -> None:
    life = Life().publicised("2026-09-30")
    before = life.case.standing
    life.adopt_policy("2026-10-09", revised({"eligibility.unemployed_statuses": ["失业未登记"]}))
    assert life.case.standing == before


def test_months_of_stable_work_begin_or_shorten_but_never_lengthen() -> None:
    life = Life().assisted()
    life.employed("2026-09-21", "2026-09-22")
    life.adopt_policy("2026-10-09", revised({"exit.on": "stable"}))
    assert due_of(life.case, "stability") == date(2027, 3, 21)
    life.adopt_policy("2026-10-12", revised({"exit.on": "stable", "stable.after": "3mo"}, "2026-10-12", "3"))
    assert due_of(life.case, "stability") == date(2026, 12, 21)
    life.adopt_policy("2026-10-13", revised({"exit.on": "stable", "stable.after": "9mo"}, "2026-10-13", "4"))
    assert due_of(life.case, "stability") == date(2026, 12, 21)
    assert "stability_reached" in [e.trigger for e in life.until("2026-12-22")]


def test_a_calendar_that_changes_later_counts_what_was_kept_by_the_old_rule() -> None:
    from tests.casework.test_calendar_change import NINTH_OFF

    life = Life().publicised("2026-09-30")
    life.adopt_policy("2026-10-09", revised({"publicity.length": "9wd"}))
    life.adopt("2026-10-10 12:00", NINTH_OFF)
    assert due_of(life.case, "publicity") == date(2026, 10, 12)
    life = Life().assisted()
    life.adopt_policy("2026-10-09", revised({"promise.length": "30wd"}))
    life.adopt("2026-10-10 12:00", NINTH_OFF)
    assert due_of(life.case, "promise") == date(2026, 10, 23)


def test_only_forwards_in_the_same_place_and_from_its_day() -> None:
    life = Life().publicised("2026-09-30")
    away = revised({}, of=load_pack("liaoning-2006"))
    for policy, code in (
        (JILIN, "policy_unchanged"),
        (away, "policy_of_another_place"),
        (revised({}, "2021-06-30"), "policy_older"),
        (revised({}, "2026-10-10"), "policy_not_in_force"),
    ):
        with pytest.raises(CaseworkError) as no:
            life.adopt_policy("2026-10-09", policy)
        assert (no.value.code, no.value.field) == (code, "policy")
    successor = revised({}).model_copy(update={"pack_id": "jilin-2026", "replaces": "jilin-2021"})
    life.adopt_policy("2026-10-09", successor)
    assert life.case.pack_id == "jilin-2026"
    with pytest.raises(CaseworkError, match="不是jilin-2026的新版本"):
        life.adopt_policy("2026-10-09", revised({}, "2026-10-09", "3"))


def test_no_person_may_change_the_policy_of_a_case() -> None:
    life = Life().publicised("2026-09-30")
    life.until("2026-10-09")
    for actor in (CLERK, OTHER_CLERK, COUNTY, HELPER):
        command = AdoptPolicy(command_id="k", by=actor, policy=FIVE_DAYS)
        with pytest.raises(NotYourStep):
            decide(life.case, command, life.policy, life.calendar, life.now)
    assert not any("adopt_policy" in allowed_steps(state) for state in State)


def test_the_change_is_told_with_who_ordered_it_and_nothing_else_happens() -> None:
    life = Life().assisted()
    life.until("2026-10-09")
    before = life.case
    event = life.adopt_policy("2026-10-09", revised({"notices.quiet_from_hour": 20}))
    assert event.why.says.endswith("无变化。")
    assert told(event)["办法"] == "jilin-2021@1 → jilin-2021@2"
    assert told(event)["决定采用人"] == "admin"
    assert (event.started, event.stopped, event.opened, event.closed, event.notices) == ((), (), (), (), ())
    assert (event.case.clocks, event.case.tasks) == (before.clocks, before.tasks)
    assert Case.model_validate_json(event.case.model_dump_json()) == event.case
