"""Whoever must know is told: no task opens and no deadline falls in silence, and each is told in the fitting way."""

import pytest

from casework.commands import COMMANDS, Deadline
from casework.events import CaseEvent, Channel
from casework.notices import BY_SMS_ALONE, BY_SMS_TOO, channels_of
from casework.states import Role
from casework.table import TABLE
from notifications.catalog import notice_named
from notifications.rendering import render
from notifications.words import words_from
from tests.make import CLERK, COUNTY, HELPER, OTHER_CLERK, SEALER, TEXT, Life

SILENT = {
    "refusal_window_lapsed": "计次到期只会减少计次，对家庭有利",
    "contact_window_lapsed": "计次到期只会减少计次，对家庭有利",
    "services_checked": "服务次数已够，无须提醒",
}
"""Deadlines that may pass without a notice, and why."""

LOOKED = {"case_no": "001", "household": "张*家庭", "helper": "李梅", "office_phone": "0434-3123456"}


def told(event: CaseEvent) -> list[tuple[str, Role | None]]:
    return [(notice.name, notice.role) for notice in event.notices]


def text(event: CaseEvent, name: str) -> str:
    notice = notice_named(name)
    brought = next(n.words for n in event.notices if n.name == name)
    return render(notice, words_from(notice.words, {**brought, **{w: LOOKED[w] for w in notice.looked_up_words}}))


def test_no_deadline_falls_in_silence() -> None:
    silent = {
        row.trigger
        for row in TABLE
        if issubclass(COMMANDS[row.trigger], Deadline) and not row.notices and not row.opens
    }
    assert silent <= set(SILENT)


@pytest.mark.parametrize(
    ("role", "channels"),
    [
        (None, {Channel.SMS}),
        (Role.HELPER, {Channel.SMS, Channel.IN_APP}),
        (Role.CASEWORKER, {Channel.IN_APP}),
        (Role.REVIEWER, {Channel.IN_APP}),
        (Role.SUPERVISOR, {Channel.IN_APP}),
    ],
)
def test_each_role_is_told_in_its_way(role: Role | None, channels: set[Channel]) -> None:
    assert set(channels_of("task_opened", role)) == channels
    for name in BY_SMS_TOO - BY_SMS_ALONE:
        assert set(channels_of(name, Role.REVIEWER)) == {Channel.SMS, Channel.IN_APP}


def test_from_the_application_to_the_seal_each_desk_learns_of_its_task() -> None:
    life = Life().publicised("2026-09-14")
    assert told(life.events[0]) == [("application_received", None)]
    assert told(life.events[2]) == [], "the caseworker's next task is the caseworker's own"

    (over,) = [e for e in life.until("2026-09-18") if e.trigger == "publicity_ended"]
    assert told(over) == [("task_opened", Role.CASEWORKER)]
    assert text(over, "task_opened") == "001张*家庭：公示期满。待您办理：公示期满上报，期限9月18日。咨询0434-3123456。"

    reported = life.do("2026-09-18", "report_up")
    assert told(reported) == [("task_opened", Role.REVIEWER)]
    assert reported.notices[0].recipient == "220302"
    passed = life.do("2026-09-18", "pass_recheck", COUNTY)
    assert told(passed) == [("task_opened", Role.REVIEWER)], "another one has to seal"
    sealed = life.do("2026-09-18", "certify", SEALER)
    assert told(sealed) == [("certified", None), ("task_opened", Role.CASEWORKER)]
    assert "指定帮扶责任人、签订帮扶方案（一人一策）" in text(sealed, "task_opened")


def test_a_case_sent_back_says_what_to_do_and_once() -> None:
    life = Life().publicised("2026-09-14")
    life.do("2026-09-18", "report_up")
    event = life.do("2026-09-18", "return_to_office", COUNTY)

    assert told(event) == [("returned_to_office", Role.CASEWORKER)]
    assert "请按退回意见补正后重新初审" in text(event, "returned_to_office")


def test_a_refusal_waits_for_a_judge_and_the_warning_for_a_writer() -> None:
    life = Life().assisted()
    life.refused("2026-09-21", "2026-09-22")
    refusal = life.refused("2026-09-24", None)
    assert told(life.events[-1]) == [("task_opened", Role.CASEWORKER)]

    judged = life.judged("2026-09-25", refusal, justified=False)
    assert told(judged) == [("task_opened", Role.CASEWORKER)]
    assert "待您办理：发出拒绝岗位书面提醒，期限9月28日。" in text(judged, "task_opened")


def test_a_proposed_exit_goes_to_the_county_with_the_day_the_answer_ends() -> None:
    life = Life().assisted()
    for day, channel in (("2026-09-30", "phone"), ("2026-10-08", "visit"), ("2026-10-09", "phone")):
        proposed = life.contact(day, channel)
    assert told(proposed) == [("exit_proposed", None), ("exit_to_decide", Role.REVIEWER)]
    assert set(proposed.notices[1].channels) == {Channel.SMS, Channel.IN_APP}
    assert "陈述申辩期至10月15日，期满后请于2026年10月22日前（含当日）决定" in text(proposed, "exit_to_decide")

    life.contact("2026-10-12", "phone", "reached")  # whoever is reached is not lost: the proposal falls
    life.do("2026-10-12", "propose_exit", OTHER_CLERK, reason="moved_away")
    answered = life.do("2026-10-12", "record_exit_response", HELPER)
    assert told(answered) == [("household_answered", Role.REVIEWER)]
    (over,) = [e for e in life.until("2026-10-20") if e.trigger == "exit_response_ended"]
    assert told(over) == [("exit_response_over", Role.REVIEWER)]
    assert "已于10月19日届满，家庭已陈述申辩，意见见系统。请于2026年10月26日前（含当日）决定是否退出。" in text(
        over, "exit_response_over"
    )
    rejected = life.do("2026-10-20", "reject_exit", COUNTY)
    assert [name for name, _ in told(rejected)][:2] == ["exit_proposal_withdrawn", "exit_rejected"]


def test_a_job_goes_to_the_county_and_a_no_comes_back_to_the_helper() -> None:
    life = Life().assisted()
    job = life.employed("2026-09-28")
    assert told(life.events[-1]) == [("task_opened", Role.REVIEWER)]
    event = life.do("2026-09-29", "reject_elimination", COUNTY, employment=job)

    assert ("elimination_rejected", Role.HELPER) in told(event)
    assert "帮扶继续，承诺期限为2026年10月22日" in text(event, "elimination_rejected")


def test_a_lost_job_opens_a_restoration_at_the_county_and_then_the_helper_hears_the_new_day() -> None:
    life = Life().assisted()
    life.employed("2026-09-28", "2026-09-29")
    lost = life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    assert ("task_opened", Role.REVIEWER) in told(lost)
    county = next(n for n in lost.notices if n.role is Role.REVIEWER)
    assert county.words["tasks"] == "恢复认定"
    restored = life.do("2026-11-25", "restore_certification", COUNTY)
    assert told(restored)[:2] == [("restored", None), ("promise_runs_again", Role.HELPER)]
    assert "12月23日" in text(restored, "promise_runs_again")


def test_an_overdue_task_is_told_to_its_doer_and_to_the_supervisor() -> None:
    life = Life()
    life.do("2026-09-14", "apply")
    (late,) = [e for e in life.until("2026-09-30") if e.trigger == "task_overdue"]

    assert told(late) == [("task_overdue", Role.CASEWORKER), ("task_overdue_supervisor", Role.SUPERVISOR)]
    assert "待办“受理申请”期限9月20日已过，由经办人办理" in text(late, "task_overdue_supervisor")


def test_a_missed_follow_up_is_told_to_the_helper_and_to_the_supervisor() -> None:
    life = Life().assisted()
    life.employed("2026-09-28", "2026-09-29")
    fallen = [e for e in life.until("2026-11-10") if e.trigger == "task_overdue"]

    assert told(fallen[-1]) == [("task_overdue", Role.HELPER), ("task_overdue_supervisor", Role.SUPERVISOR)]
    assert "按月回访" in text(fallen[-1], "task_overdue")


def test_whoever_hands_a_household_over_is_told_and_by_sms() -> None:
    life = Life().assisted()
    event = life.do("2026-09-21", "assign_helper", CLERK, helper="helper2", reason=TEXT)

    former = next(n for n in event.notices if n.name == "helper_relieved")
    assert (former.recipient, former.role, former.channels) == ("helper1", Role.HELPER, (Channel.SMS,))
    assert ("helper_assigned", Role.HELPER) in told(event)
    again = life.do("2026-09-22", "assign_helper", CLERK, helper="helper3", reason=TEXT)
    assert [n.recipient for n in again.notices] == ["helper3", "helper2"]


def test_the_first_helper_relieves_nobody() -> None:
    life = Life().certified("2026-09-08", "2026-09-18")
    assert told(life.do("2026-09-18", "assign_helper", OTHER_CLERK, helper="helper1")) == [
        ("helper_assigned", Role.HELPER)
    ]


def test_a_withdrawn_application_and_a_notice_taken_down_are_told_to_the_applicant() -> None:
    life = Life().publicised("2026-09-14")
    down = life.do("2026-09-15", "take_down_publicity", CLERK)
    assert told(down) == [("publicity_interrupted", None)]
    assert told(life.do("2026-09-16", "withdraw", CLERK)) == [("application_withdrawn", None)]


def test_18_an_anonymous_objection_without_facts_is_seen_by_the_supervisor() -> None:
    life = Life().publicised("2026-09-14")
    event = life.do("2026-09-15", "raise_objection", anonymous=True, checkable=False)

    assert told(event) == [("objection_logged", Role.SUPERVISOR)]
