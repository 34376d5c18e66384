"""Which clocks and limits a changed calendar counts anew (重新计算), and which way each may move.  A37, A38.

Publicity and what protects the household may only lengthen; a promise and the office's own limits follow the day of the
law, but never to a day that has passed.  What is over, reported, certified or overdue stays.  Windows of days and
months, birthdays and retirement dates need no calendar, so they are not here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from casework.appeals import open_appeal
from casework.case import Case
from casework.case_facts import RefusalStatus
from casework.clocks import Ring
from casework.due_dates import due
from casework.explanation import Fact
from casework.lost_days import made_good_days, paused_days
from casework.recount import Recount, Span, change, dates, move, moved
from casework.recounts_promise import RECOUNTED_HERE
from casework.ruling import Setting
from casework.starting import follow_up_ring
from casework.supplements import awaited
from casework.tasks import TASK_KINDS, Task
from casework.times import end_of, in_words, start_of
from casework.working_days import count, is_provisional, lengthen_only


def _publicity(case: Case, setting: Setting) -> Recount:
    """Never earlier; one that is over stays over, and is no longer provisional only if it was long enough."""
    notice = case.publicity
    if notice is None or not notice.up or case.reviews.reported_on is not None:
        return Recount(case)
    exact = count(
        setting.calendar, notice.posted_on, setting.terms_under(notice.under).publicity.length.value, roll=True
    )
    span = Span("publicity", notice.ends_on, notice.provisional, exact)
    if notice.over:
        still = span.still_provisional()
        changed = notice.model_copy(update={"provisional": still})
        reason = "公示已期满，不再改期，上报前请人工核对" if still else "公示已期满，不再改期"
        return span.recount(case, {"publicity": changed}, None, notice.ends_on, still, reason)
    ends = lengthen_only(notice.ends_on, exact).ends
    changed = notice.model_copy(
        update={"ends_on": ends, "ends_at": end_of(ends), "provisional": exact.provisional},
    )
    ring = Ring(at=end_of(ends), trigger="publicity_ended")
    clock = moved(case.clock("publicity"), ends, exact.provisional, (ring,), setting.today)
    return span.recount(case, {"publicity": changed}, clock, ends, exact.provisional, "公示期只延长不缩短")


def _exit_response(case: Case, setting: Setting) -> Recount:
    """The household's time to answer may only lengthen."""
    proposal = case.exit_proposal
    if proposal is None:
        return Recount(case)
    period = setting.terms_under(proposal.under).exit.response_period.value
    exact = count(setting.calendar, proposal.proposed_on, period, roll=True)
    span = Span("exit_response", proposal.respond_by, proposal.provisional, exact)
    if proposal.response_ended:
        still = span.still_provisional()
        changed = proposal.model_copy(update={"provisional": still})
        reason = "陈述申辩期已届满，不再改期，决定前请人工核对" if still else "陈述申辩期已届满，不再改期"
        return span.recount(case, {"exit_proposal": changed}, None, proposal.respond_by, still, reason)
    ends = lengthen_only(proposal.respond_by, exact).ends
    changed = proposal.model_copy(update={"respond_by": ends, "provisional": exact.provisional})
    ring = Ring(at=end_of(ends), trigger="exit_response_ended")
    clock = moved(case.clock("exit_response"), ends, exact.provisional, (ring,), setting.today)
    return span.recount(case, {"exit_proposal": changed}, clock, ends, exact.provisional, "陈述申辩期只延长不缩短")


def _exit_effect(case: Case, setting: Setting) -> Recount:
    """The household's time to appeal may only lengthen; what ended on a provisional date is for a person to look at."""
    decided = case.exit_decided
    if decided is None or open_appeal(case) is not None:
        return Recount(case)
    exact = count(
        setting.calendar, decided.decided_on, setting.terms_under(decided.under).exit.appeal_period.value, roll=True
    )
    span = Span("exit_effect", decided.appeal_by, decided.provisional, exact)
    if decided.period_ended:
        still = span.still_provisional()
        changed = decided.model_copy(update={"provisional": still})
        reason = "申诉期按暂定日期已届满，生效前请人工核对" if still else "申诉期已届满，不再改期"
        return span.recount(case, {"exit_decided": changed}, None, decided.appeal_by, still, reason)
    ends = lengthen_only(decided.appeal_by, exact).ends
    changed = decided.model_copy(
        update={"appeal_by": ends, "takes_effect_on": ends + timedelta(days=1), "provisional": exact.provisional}
    )
    ring = Ring(at=end_of(ends), trigger="exit_effective")
    clock = moved(case.clock("exit_effect"), ends, exact.provisional, (ring,), setting.today)
    return span.recount(case, {"exit_decided": changed}, clock, ends, exact.provisional, "申诉期只延长不缩短")


def _reasons(case: Case, setting: Setting) -> Recount:
    """A member's time to give a reason for a refusal may only lengthen; it is counted from the day it was recorded."""
    said, facts, rows = [], [], []
    for refusal in case.refusals:
        task = next((t for t in case.tasks_of("judge_refusal") if t.about == refusal.refusal_id), None)
        by = refusal.reasons_by
        if refusal.status is RefusalStatus.PENDING and task is not None and by is not None and by >= setting.today:
            exact = count(setting.calendar, task.opened_on, setting.policy.refusal.reason_period.value, roll=True)
            ends = lengthen_only(by, exact).ends
            if ends != by:
                words = f"说明理由期限（{refusal.refusal_id}）"
                said.append(f"{words}由{in_words(by)}改为{in_words(ends)}")
                facts += [change(words, by, ends), *dates(words, exact)]
                refusal = refusal.model_copy(update={"reasons_by": ends})
        rows.append(refusal)
    return Recount(case.model_copy(update={"refusals": tuple(rows)}), (), tuple(said), tuple(facts))


def _follow_up(case: Case, setting: Setting) -> Recount:
    """The morning on which the next month's follow-up falls due, unless that morning has passed."""
    clock = case.clock("follow_up")
    if clock is None or not clock.rings:
        return Recount(case)
    day, ring = follow_up_ring(date.fromisoformat(f"{clock.rings[0].label}-01"), setting)
    if ring.at <= setting.now:
        return Recount(case)
    provisional = is_provisional(setting.calendar, day)
    span = Span("follow_up", clock.due_on, clock.provisional, None)
    return span.recount(case, {}, moved(clock, day, provisional, (ring,), setting.today), day, provisional, "")


def _supplement(case: Case, setting: Setting) -> Recount:
    """The applicant's time to bring papers may only lengthen (A29)."""
    waiting = awaited(case)
    if waiting is None:
        return Recount(case)
    exact = count(setting.calendar, waiting.asked_on, setting.policy.review.supplement_wait.value, roll=True)
    span = Span("supplement", waiting.until, waiting.provisional, exact)
    ends = lengthen_only(waiting.until, exact).ends
    changed = waiting.model_copy(update={"until": ends, "provisional": exact.provisional})
    supplements = tuple(changed if s == waiting else s for s in case.supplements)
    ring = Ring(at=end_of(ends), trigger="supplement_lapsed")
    clock = moved(case.clock("supplement"), ends, exact.provisional, (ring,), setting.today)
    update: dict[str, object] = {"supplements": supplements}
    return span.recount(case, update, clock, ends, exact.provisional, "补正等待期只延长不缩短")


def _tasks(case: Case, setting: Setting) -> Recount:
    """The last days of open tasks, counted from the day they were opened; overdue ones stay so."""
    facts: list[Fact] = []
    rows: list[Task] = []
    for task in case.tasks:
        day = due_anew(task, case, setting)
        if task.due_on is not None and day is not None and day != task.due_on:
            about = f"（{task.about}）" if task.about and not task.title else ""
            facts.append(change(f"待办“{task.title or TASK_KINDS[task.kind].words}”{about}", task.due_on, day))
            task = task.model_copy(
                update={"due_on": day, "moves": (*task.moves, *move(task.due_on, day, setting.today))}
            )
        rows.append(task)
    said = (f"{len(facts)}项待办的期限改期",) if facts else ()
    return Recount(case.model_copy(update={"tasks": tuple(rows)}), (), said, tuple(facts))


def due_anew(task: Task, case: Case, setting: Setting) -> date | None:
    """Return the last day of a task as the setting counts it; None when it has none, is overdue, or the day passed."""
    if task.due_on is None or task.overdue:
        return None
    opened = replace(setting, now=start_of(task.opened_on))
    day, _ = due(TASK_KINDS[task.kind].due, case, task.about, opened)
    if day is not None:
        day = made_good_days(setting.calendar, day, sorted(paused_days(task.pauses)))
    return None if day is None or day < setting.today else day


RECOUNTS: tuple[Callable[[Case, Setting], Recount], ...] = (
    _publicity,
    *RECOUNTED_HERE,
    _exit_response,
    _exit_effect,
    _reasons,
    _follow_up,
    _supplement,
    _tasks,
)
"""In this order: what a task waits for is counted before the task."""
