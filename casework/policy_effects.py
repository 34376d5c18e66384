"""What a new policy does to what is running (从旧兼从优), family by family: moved for the better, else kept (A36).

Better for the household is: an earlier promise, more services, a longer time to answer or to give a reason, an earlier
decision of the office.  A publicity that is up keeps its length.  Called by `policy_change.py` with the terms of before
already among `setting.former`.
"""

from collections.abc import Callable
from datetime import date

from casework.application import beyond_special, reassess
from casework.case import Case
from casework.case_facts import Promise, RefusalStatus
from casework.clocks import Move, Ring
from casework.explanation import Fact, Why
from casework.follow_ups import stable_from
from casework.policy_effects_exits import A36, BECAUSE, exit_effect, exit_response
from casework.policy_effects_exits import moved as _moved
from casework.promise_terms import run_here
from casework.publicity import length_of
from casework.recount import Recount, change
from casework.recounts import due_anew
from casework.ruling import Ruling, Setting
from casework.services import owed_services
from casework.starting import stability as begin_stability
from casework.starting_promise import promise_rings
from casework.states import State
from casework.supplements import awaited
from casework.tasks import TASK_KINDS, Task
from casework.times import end_of, in_words, start_of
from casework.working_days import Counted, count, lengthen_only
from policies.groups import Promise as PromiseTerms
from policies.schema import Policy

Effect = Callable[[Case, Policy, Setting], Recount]


def publicity(case: Case, old: Policy, setting: Setting) -> Recount:
    """A notice that is up keeps the length it was posted for (scenario 87)."""
    notice = case.publicity
    if notice is None or notice.over or not notice.up:
        return Recount(case)
    before, after = length_of(notice, setting).value, setting.policy.publicity.length.value
    if before == after:
        return Recount(case)
    words = f"已张贴的仍按{before.words}，至{in_words(notice.ends_on)}；新办法的{after.words}适用于此后张贴的"
    return Recount(case, facts=(Fact(label="公示期", value=words),))


def promise(case: Case, old: Policy, setting: Setting) -> Recount:
    """A running promise takes the new rule when that ends it earlier, on a day that has not passed.

    One that stands still has counted up to its pause: the days of the pause are made good in the new terms later.
    """
    current = case.promise
    if current is None:
        return Recount(case)
    kept = current.model_copy(update={"under": current.under or old.label})
    stays = case.model_copy(update={"promise": kept})
    running = current.met_on is None and current.overdue_on is None and case.eliminated_on is None
    clock = case.clock("promise")
    terms, former = setting.policy.promise, setting.terms_under(kept.under).promise
    if not running or clock is None or _same(former, terms):
        return Recount(stays)
    start = _start(case, current, terms)
    run = run_here(terms)
    exact = run.counted(setting, start, current.pauses).counted
    counted_to = next((p.first for p in current.pauses if p.last is None), setting.today)
    if not counted_to <= exact.ends < current.due_on:
        reason = "该日已过，不溯及" if exact.ends < counted_to else "不早于原定日期"
        words = (
            f"仍为{in_words(current.due_on)}（按新办法{terms.length.value.words}为{in_words(exact.ends)}，{reason}）"
        )
        return Recount(stays, facts=(Fact(label="安置承诺", value=words),))
    update = {
        "started_on": start,
        "due_on": exact.ends,
        "provisional": exact.provisional,
        "target_on": run.target(setting, start, current.pauses),
        "moves": (*current.moves, Move(on=setting.today, was=current.due_on, now=exact.ends, why=BECAUSE, clause=A36)),
        "under": setting.policy.label,
    }
    changed = current.model_copy(update=update)
    rings = promise_rings(changed, setting)
    moved = _moved(clock, exact, rings, setting, terms.length.basis).model_copy(
        update={"started_on": start, "length": str(terms.length.value), "basis": terms.length.basis}
    )
    said = f"安置承诺由{in_words(current.due_on)}提前为{in_words(exact.ends)}（{terms.length.value.words}）"
    return Recount(
        case.model_copy(update={"promise": changed}),
        (moved,),
        (said,),
        (change("安置承诺", current.due_on, exact.ends), Fact(label="安置承诺依据", value=terms.length.basis)),
    )


def relocation(case: Case, old: Policy, setting: Setting) -> Recount:
    """The promise of a relocated household goes on in the terms it was made in."""
    moved_back = case.relocation
    if moved_back is None:
        return Recount(case)
    kept = moved_back.promise.model_copy(update={"under": moved_back.promise.under or old.label})
    return Recount(case.model_copy(update={"relocation": moved_back.model_copy(update={"promise": kept})}))


def _same(one: PromiseTerms, other: PromiseTerms) -> bool:
    return (one.length.value, one.start.value, one.rolls) == (other.length.value, other.start.value, other.rolls)


def _start(case: Case, current: Promise, terms: PromiseTerms) -> date:
    """A first promise begins with the discovery or the seal, one after a restoration with that."""
    if current.number > 1:
        return current.started_on
    return case.discovered_on if terms.start.value == "discovery" else case.reviews.certified_on or current.started_on


def services(case: Case, old: Policy, setting: Setting) -> Recount:
    """While the promise runs nobody gets fewer services than promised, and more where the new policy gives more."""
    before, after, owed = old.services, setting.policy.services, owed_services(case, setting.policy)
    facts = []
    names = (("guidance", "职业指导"), ("training_info", "技能培训信息"), ("referrals", "推荐岗位"))
    said: tuple[str, ...] = ()
    for name, words in names:
        was, now, is_owed = (getattr(terms, name).value for terms in (before, after, owed))
        if was == now or case.promise is None or case.promise.met_on is not None:
            continue
        if is_owed > was:
            facts.append(Fact(label=words, value=f"不少于{was}次 → 不少于{is_owed}次"))
            said += (f"{words}由{was}次增为{is_owed}次",)
        else:
            facts.append(Fact(label=words, value=f"承诺期内仍不少于{is_owed}次（新办法为{now}次）"))
    return Recount(case, said=said, facts=tuple(facts))


def reasons(case: Case, old: Policy, setting: Setting) -> Recount:
    """A member's time to give a reason for a refusal takes the new length when that is longer."""
    period = setting.policy.refusal.reason_period.value
    rows, facts = [], []
    for refusal in case.refusals:
        task = next((t for t in case.tasks_of("judge_refusal") if t.about == refusal.refusal_id), None)
        by = refusal.reasons_by
        if refusal.status is RefusalStatus.PENDING and task is not None and by is not None and by >= setting.today:
            ends = lengthen_only(by, count(setting.calendar, task.opened_on, period, roll=True)).ends
            if ends != by:
                facts.append(change(f"说明理由期限（{refusal.refusal_id}）", by, ends))
                refusal = refusal.model_copy(update={"reasons_by": ends})
        rows.append(refusal)
    said = tuple(f"{fact.label}由{fact.value.replace(' → ', '延长为')}" for fact in facts)
    return Recount(case.model_copy(update={"refusals": tuple(rows)}), said=said, facts=tuple(facts))


def supplement(case: Case, old: Policy, setting: Setting) -> Recount:
    """The applicant's time to bring papers takes the new length when that is longer."""
    waiting, clock = awaited(case), case.clock("supplement")
    if waiting is None or clock is None:
        return Recount(case)
    term = setting.policy.review.supplement_wait
    exact = lengthen_only(waiting.until, count(setting.calendar, waiting.asked_on, term.value, roll=True))
    if exact.ends == waiting.until:
        return Recount(case)
    changed = waiting.model_copy(update={"until": exact.ends, "provisional": exact.provisional})
    rings = tuple(ring.model_copy(update={"at": end_of(exact.ends)}) for ring in clock.rings)
    return Recount(
        case.model_copy(update={"supplements": tuple(changed if s == waiting else s for s in case.supplements)}),
        (_moved(clock, exact, rings, setting, term.basis),),
        (f"补正期限由{in_words(waiting.until)}延长为{in_words(exact.ends)}",),
        (change("补正期限", waiting.until, exact.ends),),
    )


def stability(case: Case, old: Policy, setting: Setting) -> Recount:
    """The months of stable work shorten where the new policy is quicker; where only the new one asks, they begin."""
    if case.state is not State.EMPLOYED or not case.active_employments or case.tasks_of("confirm_stable"):
        return Recount(case)
    clock = case.clock("stability")
    if clock is None:
        begun = begin_stability(Ruling(case, Why(rule="policy.adopted", says="", clause=A36)), setting)
        told = tuple(Fact(label="稳定就业期", value=f"按新办法至{in_words(c.due_on)}") for c in begun)
        return Recount(case, begun, tuple(f"稳定就业期{fact.value}" for fact in told), told)
    day = stable_from(case, setting)
    if not setting.today < day < clock.due_on:
        return Recount(case)
    exact = Counted(day, (), (), clock.provisional)
    moved = _moved(clock, exact, (Ring(at=start_of(day), trigger="stability_reached"),), setting, clock.basis)
    told = (change("稳定就业期", clock.due_on, day),)
    return Recount(case, (moved,), (f"稳定就业期提前为{in_words(day)}",), told)


def standing(case: Case, old: Policy, setting: Setting) -> Recount:
    """Before the seal the household is judged anew, and the new judgement counts only when it is the better one."""
    if case.state not in (State.APPLIED, State.UNDER_REVIEW, State.IN_PUBLICITY):
        return Recount(case)
    now, why = reassess(case, setting)
    before = case.standing
    if now.outcome == before.outcome or now.outcome != "eligible":
        return Recount(case)
    facts = (Fact(label="条件判断", value=f"原判断不符合或属特殊情形，按新办法：{why.says}"),)
    changed = case.model_copy(update={"standing": now})
    assert beyond_special(changed, setting).outcome == "eligible"
    return Recount(changed, said=("按新办法符合认定条件",), facts=facts)


def tasks(case: Case, old: Policy, setting: Setting) -> Recount:
    """The office's own limits shorten where the new policy is quicker; those that wait for the household follow it."""
    rows: list[Task] = []
    facts = []
    for task in case.tasks:
        day = _due_anew(task, case, setting)
        if task.due_on is not None and day is not None and day != task.due_on:
            about = f"（{task.about}）" if task.about and not task.title else ""
            facts.append(change(f"待办“{task.title or TASK_KINDS[task.kind].words}”{about}", task.due_on, day))
            move = Move(on=setting.today, was=task.due_on, now=day, why="改用新办法", clause=A36)
            task = task.model_copy(update={"due_on": day, "moves": (*task.moves, move)})
        rows.append(task)
    said = (f"{len(facts)}项待办的期限改期",) if facts else ()
    return Recount(case.model_copy(update={"tasks": tuple(rows)}), said=said, facts=tuple(facts))


FOR_THE_HOUSEHOLD = ("refusal_reason", "exit_decision")
"""Limits of tasks that come after a time of the household's: they follow it, later if it became later."""


def _due_anew(task: Task, case: Case, setting: Setting) -> date | None:
    day = due_anew(task, case, setting)
    if day is None or task.due_on is None or task.paused:
        return None
    return day if TASK_KINDS[task.kind].due in FOR_THE_HOUSEHOLD else min(day, task.due_on)


EFFECTS: tuple[Effect, ...] = (
    publicity,
    promise,
    relocation,
    services,
    exit_response,
    exit_effect,
    reasons,
    supplement,
    stability,
    standing,
    tasks,
)
"""In this order: what a task waits for comes before the task."""
