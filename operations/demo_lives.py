"""The lives (经历) that the demo's households go through, from 2026-11-20, when the sheet was surveyed, to 2027-01-20.

Made from a seed and nothing else: the same household lives the same life every time.  What the lives have in common is
in `demo_acts.py`, who goes which way in `demo_cast.py`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from operations.demo_acts import (
    COUNTY_1,
    COUNTY_2,
    DESK,
    HELPER,
    JOB_DAYS,
    JOBS,
    POSTED,
    RECHECKED,
    SECOND,
    SUPERVISOR,
    VISITS,
    Act,
    Family,
    act,
    applied,
    employed,
    followed_up,
    objection,
    recognised,
    referral,
    refused,
    served,
    warned,
)

Life = Callable[[Family], Iterator[Act]]


def finds_work(family: Family) -> Iterator[Act]:
    """Yield the life of most: served, employed through one of five channels, followed up."""
    day, job = family.random.choice(JOB_DAYS), family.random.choice(JOBS)
    yield from recognised(family)
    yield from served(family, family.random.randint(1, 3), before=day)
    yield from employed(family, day, job)
    yield from followed_up(family, family.random.choice(VISITS))


def relapses(family: Family) -> Iterator[Act]:
    """Yield a job that is lost in January, and a certification restored with a new promise into an open calendar."""
    lost, restored = date(2027, 1, 12), date(2027, 1, 14)
    yield from recognised(family)
    yield from served(family, 1, before=date(2026, 12, 8))
    yield from employed(family, date(2026, 12, 8), dict(JOBS[0]))
    yield from followed_up(family, date(2027, 1, 7))
    yield act(lost, 15, HELPER, "record_job_loss", member=family.first, on=lost, note="单位停产裁员。")
    yield act(date(2027, 1, 13), 9, DESK, "register_member", member=family.first, registered_on=date(2027, 1, 13))
    yield act(restored, 10, COUNTY_2, "restore_certification")
    again: dict[str, Any] = {
        "member": family.first,
        "kind": "guidance",
        "on": date(2027, 1, 15),
        "note": "重新分析求职方向。",
    }
    yield act(date(2027, 1, 15), 10, HELPER, "record_service", **again)


def both_employed(family: Family) -> Iterator[Act]:
    """Yield a second job in the same household: the elimination stands, the household has two earners."""
    yield from recognised(family)
    yield from served(family, 1, before=date(2026, 12, 10))
    yield from employed(family, date(2026, 12, 10), dict(JOBS[1]))
    second: dict[str, Any] = {"member": family.base[1], "started_on": date(2026, 12, 21)} | dict(JOBS[2])
    yield act(date(2026, 12, 21), 15, HELPER, "record_employment", **second)
    yield from followed_up(family, date(2027, 1, 6))


def missed_by_the_office(family: Family) -> Iterator[Act]:
    """Yield a promise nobody worked for: overdue on 2026-12-31, the supervisor confirms why."""
    yield from recognised(family)
    yield from served(family, 1, before=date(2026, 12, 30))
    found = "仅推荐1次岗位，责成帮扶责任人三日内补足。"
    yield act(date(2027, 1, 4), 10, SUPERVISOR, "confirm_breach_cause", cause="agency_failed", finding=found)
    yield referral(family, date(2027, 1, 5), 2)


def employed_too_late(family: Family) -> Iterator[Act]:
    """Yield a promise missed although the office did all: two referrals refused, a job only in January."""
    yield from recognised(family)
    yield from served(family, 3, before=date(2026, 12, 30))
    for number in (1, 2):
        yield from refused(family, number)
    yield warned(family)
    found = "服务次数已足，家庭成员两次无正当理由拒绝。"
    yield act(date(2027, 1, 5), 10, SUPERVISOR, "confirm_breach_cause", cause="client_declined", finding=found)
    yield from employed(family, date(2027, 1, 6), dict(JOBS[0]))


def _refuses_three(family: Family) -> Iterator[Act]:
    yield from recognised(family)
    yield from served(family, 3, before=date(2026, 12, 30))
    for number in (1, 2, 3):
        yield from refused(family, number)
    yield warned(family)


def refuses(family: Family) -> Iterator[Act]:
    """Yield three unjustified refusals with the warning in between: the exit is proposed, the county approves."""
    yield from _refuses_three(family)
    yield act(date(2026, 12, 23), 14, COUNTY_1, "approve_exit", reason="事实清楚，提醒书已送达，同意退出。")


def refuses_with_late_evidence(family: Family) -> Iterator[Act]:
    """Yield a third refusal that a sick child explains, proven after the proposal, which falls; then a job."""
    day = date(2026, 12, 21)
    yield from _refuses_three(family)
    answer = "孩子住院，附诊断证明。"
    yield act(day, 9, DESK, "record_exit_response", on=day, response=answer)
    finding: dict[str, Any] = {
        "justified": True,
        "reason_code": "illness_or_care",
        "finding": "诊断证明属实，理由成立。",
    }
    yield act(day, 10, SECOND, "judge_refusal", refusal="@refusal3", **finding)
    yield from employed(family, date(2026, 12, 25), dict(JOBS[1]))
    yield from followed_up(family, date(2027, 1, 8))


def cannot_be_reached(family: Family) -> Iterator[Act]:
    """Yield three failed attempts on three days by two channels: the exit is proposed, the county approves."""
    yield from recognised(family)
    for day, channel in ((7, "phone"), (9, "visit"), (11, "phone")):
        on = date(2026, 12, day)
        yield act(on, 10, HELPER, "record_contact", on=on, channel=channel, outcome="failed", note="无人应答。")
    yield act(date(2026, 12, 21), 10, COUNTY_1, "approve_exit", reason="三次联系不上，期满未作答复，同意退出。")


def moves_away(family: Family) -> Iterator[Act]:
    """Yield an exit on another ground: the household has moved to another place."""
    yield from recognised(family)
    yield from served(family, 1, before=date(2026, 12, 14))
    moved = "户口已迁往外省，附迁移证复印件。"
    yield act(date(2026, 12, 14), 11, DESK, "propose_exit", reason="moved_away", statement=moved)
    yield act(date(2026, 12, 22), 10, COUNTY_1, "approve_exit", reason="户籍已迁出，同意退出。")


def posted_again(family: Family) -> Iterator[Act]:
    """Yield a notice taken down for want of a photo and posted again: the three days count anew."""
    down = date(2026, 11, 25)
    yield act(POSTED, 9, DESK, "post_publicity", posted_on=POSTED)
    yield act(down, 9, DESK, "take_down_publicity", on=down, reason="公示照片缺失，无法证明张贴。")
    yield act(down, 14, DESK, "post_publicity", posted_on=down)
    yield act(RECHECKED, 9, DESK, "report_up")
    yield act(RECHECKED, 14, COUNTY_1, "pass_recheck")
    yield from _after_another_publicity(family)


def objection_dismissed(family: Family) -> Iterator[Act]:
    """Yield an objection that is groundless: the report waits for the decision, the publicity is not repeated."""
    yield act(POSTED, 9, DESK, "post_publicity", posted_on=POSTED)
    yield objection(date(2026, 11, 26))
    finding = "经查，营业执照已于2025年注销，异议不成立。"
    yield act(RECHECKED, 9, SECOND, "dismiss_objection", objection="@objection", finding=finding)
    yield act(RECHECKED, 10, DESK, "report_up")
    yield act(RECHECKED, 14, COUNTY_1, "pass_recheck")
    yield from _after_another_publicity(family)


def _after_another_publicity(family: Family) -> Iterator[Act]:
    yield from recognised(family, posted=False)
    yield from served(family, 2, before=date(2026, 12, 18))
    yield from employed(family, date(2026, 12, 18), dict(JOBS[0]))
    yield from followed_up(family, date(2027, 1, 11))


def objection_upheld(family: Family) -> Iterator[Act]:
    """Yield an objection that proves true: the household is not recognised."""
    yield from applied(family)
    yield act(POSTED, 9, DESK, "post_publicity", posted_on=POSTED)
    yield objection(date(2026, 11, 25))
    finding = "经比对，家庭成员名下有在营个体工商户，异议成立。"
    yield act(date(2026, 11, 27), 10, SECOND, "uphold_objection", objection="@objection", finding=finding)


def withdraws(family: Family) -> Iterator[Act]:
    """Yield an application that is withdrawn during publicity."""
    yield from applied(family)
    yield act(POSTED, 9, DESK, "post_publicity", posted_on=POSTED)
    yield act(date(2026, 11, 25), 15, DESK, "withdraw", statement="本人自愿撤回申请。")


def sealed_at_night(family: Family) -> Iterator[Act]:
    """Yield a seal at 21:40: the household's SMS waits for 08:00."""
    yield from recognised(family, sealed_at=(21, 40))
    yield from served(family, 2, before=date(2026, 12, 16))
    yield from employed(family, date(2026, 12, 16), dict(JOBS[2]))
    yield from followed_up(family, date(2027, 1, 12))
