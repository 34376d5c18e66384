"""The rule of a changed working calendar (放假安排公布或调整): open clocks are counted anew, each move is told.

A37, A38: publicity and what protects the household may only lengthen; a promise and the office's own limits follow the
day of the law, but never to a day that has passed.  What is over, reported, certified or overdue stays.  Windows of
days and months, birthdays and retirement dates need no calendar, so they are not here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from casework.case import Case
from casework.case_facts import RefusalStatus
from casework.clocks import Clock, Ring
from casework.commands.calendar_change import AdoptCalendar
from casework.due_dates import due
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.publicity import count_facts
from casework.ruling import Ruling, Setting
from casework.starting import CLOCK_WORDS, follow_up_ring, promise_rings
from casework.tasks import TASK_KINDS, Task
from casework.times import end_of, in_words, start_of
from casework.working_days import Counted, count, is_provisional, lengthen_only

RECOUNTED = "内部规定：放假安排公布或调整后重新计算，公示期只延长不缩短（A37、A38）"


@dataclass(frozen=True, slots=True)
class Recount:
    """One family counted anew: the case after it, clocks with other dates, and what to tell of it."""

    case: Case
    clocks: tuple[Clock, ...] = ()
    said: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What stood of one clock before, and the plain count of its length on the new calendar, where it has a length."""

    kind: str
    ended: date
    provisional: bool
    exact: Counted | None

    def still_provisional(self) -> bool:
        """Say whether an end that will not move any more still needs a person's look: unknown, or too early."""
        assert self.exact is not None
        return self.provisional and (self.exact.provisional or self.exact.ends > self.ended)

    def recount(
        self, case: Case, update: dict[str, object], clock: Clock | None, ends: date, provisional: bool, kept: str
    ) -> Recount:
        """Return the case with its new facts; `kept` is the reason when the end is not the one that was counted."""
        words = CLOCK_WORDS[self.kind]
        facts: tuple[Fact, ...] = ()
        if self.exact is not None and self.exact.ends != ends:
            value = f"按新日历为{in_words(self.exact.ends)}，{kept}，仍为{in_words(ends)}"
            facts = (Fact(label=f"{words}重新计算", value=value),)
        said: tuple[str, ...] = ()
        if ends != self.ended:
            said = (f"{words}由{in_words(self.ended)}改为{in_words(ends)}",)
            facts = (_change(words, self.ended, ends), *facts)
        elif self.provisional and not provisional:
            said = (f"{words}{in_words(ends)}不变，不再是暂定",)
            facts = (Fact(label=words, value=f"{in_words(ends)}，不再是暂定"), *facts)
        elif clock is not None:
            said = (f"{words}{in_words(ends)}不变，提醒日期按新日历",)
        if self.exact is not None and (said or facts):
            facts += _dates(words, self.exact)
        return Recount(case.model_copy(update=update), () if clock is None else (clock,), said, facts)


def adopt_calendar(case: Case, command: AdoptCalendar, setting: Setting) -> Ruling:
    """Count every open clock anew on the calendar that the command brings (A37, A38, scenarios 10, 89)."""
    _check(case, setting)
    old, new = case.calendar_version, setting.calendar.version
    clocks: list[Clock] = []
    said: list[str] = []
    facts = [Fact(label="工作日历", value=f"{old} → {new}"), *_documents(setting)]
    for recount in RECOUNTS:
        done = recount(case, setting)
        case = done.case
        clocks += done.clocks
        said += done.said
        facts += done.facts
    why = Why(
        rule="calendar.adopted",
        says=f"工作日历由{old}更新为{new}，未届满的时限重新计算：{'；'.join(said) or '无变化'}。",
        facts=tuple(facts),
        clause=RECOUNTED,
    )
    return Ruling(case.model_copy(update={"calendar_version": new}), why, moved=tuple(clocks))


def _check(case: Case, setting: Setting) -> None:
    """The same calendar twice is nothing to do; one that knows fewer years than the one in force is an old one."""
    old, new = setting.replaced or setting.calendar, setting.calendar
    if new.version == case.calendar_version == old.version:
        raise SaidNo("calendar_unchanged", f"本户已按工作日历{new.version}计算，无需重复更新。", field="calendar")
    if gone := sorted(old.published - new.published):
        years = "、".join(str(year) for year in gone)
        raise SaidNo(
            "calendar_older",
            f"新的工作日历没有{years}年的放假安排，早于本户现行的工作日历，请核对版本后再更新。",
            field="calendar",
        )


def _documents(setting: Setting) -> tuple[Fact, ...]:
    """Return the holiday notices that the calendar before did not have, or had otherwise."""
    known = setting.replaced.years if setting.replaced else ()
    return tuple(Fact(label="放假安排", value=s.source) for s in setting.calendar.years if s not in known)


def _publicity(case: Case, setting: Setting) -> Recount:
    """Never earlier; one that is over stays over, and is no longer provisional only if it was long enough."""
    notice = case.publicity
    if notice is None or not notice.up or case.reviews.reported_on is not None:
        return Recount(case)
    exact = count(setting.calendar, notice.posted_on, setting.policy.publicity.length.value, roll=True)
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
    clock = _moved(case.clock("publicity"), ends, exact.provisional, (ring,))
    return span.recount(case, {"publicity": changed}, clock, ends, exact.provisional, "公示期只延长不缩短")


def _promise(case: Case, setting: Setting) -> Recount:
    """It follows the day of the law, not to a day that has passed; what was met or missed is never judged otherwise."""
    promise = case.promise
    if promise is None or promise.overdue_on is not None or case.eliminated_on is not None:
        return Recount(case)
    terms = setting.policy.promise
    exact = count(setting.calendar, promise.started_on, terms.length.value, roll=terms.rolls)
    span = Span("promise", promise.due_on, promise.provisional, exact)
    settled = promise.met_on is not None or exact.ends < setting.today
    ends = max(promise.due_on, exact.ends) if settled else exact.ends
    changed = promise.model_copy(update={"due_on": ends, "provisional": exact.provisional})
    clock = case.clock("promise")
    if clock is not None:
        waiting = {(ring.trigger, ring.label) for ring in clock.rings}
        rings = tuple(r for r in promise_rings(changed, setting) if (r.trigger, r.label) in waiting)
        clock = _moved(clock, ends, exact.provisional, rings)
    reason = "承诺已实现，不提前" if promise.met_on else "该日已过，不提前"
    return span.recount(case, {"promise": changed}, clock, ends, exact.provisional, reason)


def _exit_response(case: Case, setting: Setting) -> Recount:
    """The household's time to answer may only lengthen."""
    proposal = case.exit_proposal
    if proposal is None:
        return Recount(case)
    exact = count(setting.calendar, proposal.proposed_on, setting.policy.exit.response_period.value, roll=True)
    span = Span("exit_response", proposal.respond_by, proposal.provisional, exact)
    if proposal.response_ended:
        still = span.still_provisional()
        changed = proposal.model_copy(update={"provisional": still})
        reason = "陈述申辩期已届满，不再改期，决定前请人工核对" if still else "陈述申辩期已届满，不再改期"
        return span.recount(case, {"exit_proposal": changed}, None, proposal.respond_by, still, reason)
    ends = lengthen_only(proposal.respond_by, exact).ends
    changed = proposal.model_copy(update={"respond_by": ends, "provisional": exact.provisional})
    ring = Ring(at=end_of(ends), trigger="exit_response_ended")
    clock = _moved(case.clock("exit_response"), ends, exact.provisional, (ring,))
    return span.recount(case, {"exit_proposal": changed}, clock, ends, exact.provisional, "陈述申辩期只延长不缩短")


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
                facts += [_change(words, by, ends), *_dates(words, exact)]
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
    return span.recount(case, {}, _moved(clock, day, provisional, (ring,)), day, provisional, "")


def _tasks(case: Case, setting: Setting) -> Recount:
    """The last days of open tasks, counted from the day they were opened; overdue ones stay so."""
    facts: list[Fact] = []
    rows: list[Task] = []
    for task in case.tasks:
        day = _due_anew(task, case, setting)
        if task.due_on is not None and day is not None and day != task.due_on:
            about = f"（{task.about}）" if task.about else ""
            facts.append(_change(f"待办“{TASK_KINDS[task.kind].words}”{about}", task.due_on, day))
            task = task.model_copy(update={"due_on": day})
        rows.append(task)
    said = (f"{len(facts)}项待办的期限改期",) if facts else ()
    return Recount(case.model_copy(update={"tasks": tuple(rows)}), (), said, tuple(facts))


def _due_anew(task: Task, case: Case, setting: Setting) -> date | None:
    if task.due_on is None or task.overdue:
        return None
    opened = replace(setting, now=start_of(task.opened_on))
    day, _ = due(TASK_KINDS[task.kind].due, case, task.about, opened)
    return None if day is None or day < setting.today else day


RECOUNTS: tuple[Callable[[Case, Setting], Recount], ...] = (
    _publicity,
    _promise,
    _exit_response,
    _reasons,
    _follow_up,
    _tasks,
)
"""In this order: what a task waits for is counted before the task."""


def _moved(clock: Clock | None, day: date, provisional: bool, rings: tuple[Ring, ...]) -> Clock | None:
    """Return the clock with its new dates, or None when there is none or nothing about it is new."""
    if clock is None:
        return None
    changed = clock.model_copy(update={"due_on": day, "provisional": provisional, "rings": rings})
    return None if changed == clock else changed


def _change(words: str, before: date, after: date) -> Fact:
    return Fact(label=words, value=f"{in_words(before)} → {in_words(after)}")


def _dates(words: str, counted: Counted) -> tuple[Fact, ...]:
    """Return the counted and skipped dates under the clock's name."""
    return tuple(Fact(label=f"{words}{fact.label}", value=fact.value) for fact in count_facts(counted))
