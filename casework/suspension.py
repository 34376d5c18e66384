"""Rules of a promise that stands still (承诺暂停): recorded by the county, on documents, and made good.  A12.

Nothing else stops the clock.  Documents that come late are heard: a promise that was called overdue is corrected when
its new last day has not passed, or was kept; what was written before stays among the events.
"""

from collections.abc import Callable
from datetime import date, timedelta

from casework import promise as promises
from casework.breach import proposed_cause
from casework.case import Case
from casework.case_facts import Promise
from casework.clocks import Pause
from casework.commands.promise import ResumePromise, SuspendPromise
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.promise_facts import Suspension
from casework.promise_met import NOT_MISSED
from casework.promise_terms import Run, relocated_run_of, run_of, with_pauses
from casework.publicity import count_facts
from casework.ruling import Ruling, Setting
from casework.times import in_words

GROUND_WORDS = {"illness": "重病", "custody": "被羁押", "disaster": "受灾"}
OF_A_MEMBER = ("illness", "custody")


def suspend_promise(case: Case, command: SuspendPromise, setting: Setting) -> Ruling:
    """The days of the suspension do not count; the first due day stays visible (scenario 36)."""
    current = promises.require(case)
    _check(case, current, command, setting)
    suspension = Suspension(
        suspension_id=f"P{case.seq + 1}",
        ground=command.ground,
        member=command.member,
        since=command.since,
        until=command.until,
        recorded_by=command.by.hand,
        recorded_on=setting.today,
    )
    words = f"{GROUND_WORDS[command.ground]}（{suspension.suspension_id}）"
    clause = setting.policy.suspension.grounds.basis
    pause = Pause(first=command.since, last=command.until, why=words, clause=clause)
    after = _changed(case, lambda p: (*p.pauses, pause), setting, words, clause)
    moved = promises.require(after)
    if moved.due_on == current.due_on and command.until is not None:
        raise SaidNo(
            "suspension_takes_nothing",
            "这段暂停没有占用承诺期限内的任何一天（都是休息日，或已另行暂停），到期日不变，无需登记；请核对起止日期。",
            field="until",
            clause=clause,
        )
    after = after.model_copy(update={"suspensions": (*case.suspensions, suspension)})
    says = f"承诺自{in_words(command.since)}起暂停计算（{GROUND_WORDS[command.ground]}），"
    says += _moved(moved, setting) if command.until else "恢复后补足所占的时间，其间不会超期。"
    why = Why(
        rule="promise.suspended",
        says=says + _put_right(current, moved),
        facts=(*_who(case, command.member), *_dates(moved, setting)),
        clause=clause,
    )
    return Ruling(after, why, about=suspension.suspension_id)


def resume_promise(case: Case, command: ResumePromise, setting: Setting) -> Ruling:
    """The suspension ends; what it took is made good from the day after."""
    current = promises.require(case)
    row = next((s for s in reversed(case.suspensions) if s.until is None or s.until >= setting.today), None)
    if row is None or current.met_on is not None:
        raise SaidNo("not_suspended", "承诺没有正在进行的暂停，无需恢复。")
    if command.until < row.since:
        raise SaidNo(
            "resumed_before_suspension",
            f"暂停末日不能早于暂停首日（{in_words(row.since)}），请核对。",
            field="until",
        )
    name = f"{GROUND_WORDS[row.ground]}（{row.suspension_id}）"
    clause = setting.policy.suspension.grounds.basis

    def ended(promise: Promise) -> tuple[Pause, ...]:
        return tuple(p.model_copy(update={"last": command.until}) if p.why == name else p for p in promise.pauses)

    after = _changed(case, ended, setting, f"{name}结束", clause)
    moved = promises.require(after)
    rows = tuple(s.model_copy(update={"until": command.until}) if s is row else s for s in case.suspensions)
    why = Why(
        rule="promise.resumed",
        says=f"承诺暂停至{in_words(command.until)}止，{_moved(moved, setting)}",
        facts=_dates(moved, setting),
        clause=clause,
    )
    return Ruling(after.model_copy(update={"suspensions": rows}), why, about=row.suspension_id)


def _check(case: Case, current: Promise, command: SuspendPromise, setting: Setting) -> None:
    grounds = setting.policy.suspension.grounds
    if command.ground not in grounds.value:
        words = "、".join(GROUND_WORDS[g] for g in grounds.value)
        raise SaidNo(
            "ground_not_here", f"本地办法没有这一暂停情形，可用的有：{words}。", field="ground", clause=grounds.basis
        )
    if command.ground in OF_A_MEMBER and command.member is None:
        raise SaidNo("suspension_of_whom", "请填写因病或被羁押的成员编号。", field="member")
    if command.member is not None and case.household.member(command.member) is None:
        raise SaidNo("member_unknown", f"家庭中没有成员{command.member}，请核对成员编号。", field="member")
    if command.until is not None and command.until < command.since:
        raise SaidNo("suspension_ends_early", "暂停末日不能早于暂停首日，请核对。", field="until")
    if current.met_on is not None and current.met_on <= current.due_on:
        raise SaidNo("promise_over", "承诺已在期限内实现，无需暂停。", field="since")
    if current.met_on is not None and command.until is None:
        raise SaidNo("suspension_needs_end", "承诺已经实现，补登的暂停须写明末日。", field="until")
    if command.since > current.due_on:
        raise SaidNo(
            "suspension_after_due",
            f"承诺已于{in_words(current.due_on)}到期，其后的情形不影响承诺期限，不能登记暂停。",
            field="since",
            clause=grounds.basis,
        )
    other = next((s for s in case.suspensions if _overlap(s, command)), None)
    if other is not None:
        until = f"至{in_words(other.until)}" if other.until else "尚未恢复"
        raise SaidNo(
            "suspension_overlaps",
            f"这段时间已有暂停（{other.suspension_id}，{in_words(other.since)}起，{until}），同一天不重复暂停；"
            "请只登记此外的日子；尚未恢复的请先登记恢复。",
            field="since",
        )


def _overlap(known: Suspension, command: SuspendPromise) -> bool:
    return known.since <= (command.until or date.max) and command.since <= (known.until or date.max)


def _changed(
    case: Case, pauses: Callable[[Promise], tuple[Pause, ...]], setting: Setting, words: str, clause: str
) -> Case:
    """Return the case with the pauses of every promise that has not been kept changed, each judged again."""
    main = promises.require(case)
    run = run_of(main, setting)
    update: dict[str, object] = {"promise": _judged(case, main, pauses(main), setting, words, clause, run)}
    if (moved := case.relocation) is not None and (moved.promise.met_on is None):
        own = moved.promise
        again = _judged(case, own, pauses(own), setting, words, clause, relocated_run_of(own, setting))
        update["relocation"] = moved.model_copy(update={"promise": again})
    return case.model_copy(update=update)


def _judged(
    case: Case,
    current: Promise,
    pauses: tuple[Pause, ...],
    setting: Setting,
    words: str,
    clause: str,
    run: Run,
) -> Promise:
    """Count again; a promise that was called overdue is put right when its last day has not passed or it was kept."""
    after = with_pauses(current, pauses, setting, words, clause, run)
    if after.overdue_on is None:
        return after
    kept = after.met_on is not None and after.met_on <= after.due_on
    running = after.met_on is None and (after.paused or after.due_on >= setting.today)
    if kept or running:
        return after.model_copy(update=NOT_MISSED)
    update: dict[str, object] = {"overdue_on": after.due_on + timedelta(days=1)}
    if after.cause_confirmed_by is None:
        update["cause"] = proposed_cause(case, after, setting)
    return after.model_copy(update=update)


def _moved(after: Promise, setting: Setting) -> str:
    run = run_of(after, setting)
    lost = run.counted(setting, after.started_on, after.pauses).lost
    words = f"共{len(lost)}{run.unit_words}不计入，"
    if after.due_on == after.first_due_on:
        return f"{words}到期日仍为{in_words(after.due_on)}。"
    return f"{words}到期日由原定的{in_words(after.first_due_on)}改为{in_words(after.due_on)}。"


def _put_right(before: Promise, after: Promise) -> str:
    if before.overdue_on is None:
        return ""
    if after.overdue_on is None:
        return "原记超期更正，督办停止；当时的记录保留。"
    return f"仍于{in_words(after.due_on)}到期，超期不变。"


def _who(case: Case, member: str | None) -> tuple[Fact, ...]:
    if member is None:
        return ()
    others = "、".join(case.member_words(m) for m in case.standing.base if m != member) or "无"
    return (
        Fact(label="成员", value=case.member_words(member)),
        Fact(label="其他需援助成员", value=others),
    )


def _dates(promise: Promise, setting: Setting) -> tuple[Fact, ...]:
    return (
        Fact(label="原定到期日", value=in_words(promise.first_due_on)),
        Fact(label="现到期日", value=in_words(promise.due_on) if not promise.paused else "恢复后重新计算"),
        *promises.target_facts(promise),
        *count_facts(run_of(promise, setting).counted(setting, promise.started_on, promise.pauses).counted),
    )
