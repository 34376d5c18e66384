"""Rules of a household moved back after shanty-town renewal (棚改回迁): a promise of its own beside the main one.  L3.

Liaoning, scenario 33: steady work within 60 days of moving back.  A locality that made no such promise has no such
step.  It is counted from the day of the move, but owed, and running, only once the household is recognised.
"""

from datetime import date, timedelta

from casework.breach import CAUSE_WORDS, proposed_cause
from casework.case import Case
from casework.case_facts import Promise
from casework.commands.promise import FlagRelocation, RelocationOverdue, RelocationReminder
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.promise_facts import Relocation
from casework.promise_terms import Run, begun
from casework.publicity import count_facts
from casework.ruling import Ruling, Setting
from casework.times import end_of, in_words
from policies.terms import Length, Term


def length_here(setting: Setting, field: str | None = None) -> Term[Length]:
    """Return the length of the promise, or say no where the locality made none: to `field` where it is one of many."""
    term = setting.policy.promise.relocated_length
    if term is None:
        raise SaidNo(
            "relocation_not_here",
            "本地办法没有对棚改回迁家庭的单独承诺，无需登记回迁日期，按安置承诺办理。",
            field=field,
            clause=setting.policy.promise.length.basis,
        )
    return term


def relocated(case: Case, moved_on: date, setting: Setting) -> tuple[Case, tuple[Fact, ...]]:
    """Return the case with its relocation, and the dates counted."""
    term = length_here(setting, "relocated_on")
    promise, done = begun(setting, 1, moved_on, Run(term, setting.policy.promise.rolls))
    if done.ends < case.opened_on:
        raise SaidNo(
            "relocated_long_ago",
            f"回迁后{term.value.words}已于{in_words(done.ends)}届满，早于申请日期，不适用棚改回迁承诺。请核对回迁日期；日期无误的，按安置承诺办理。",
            field="relocated_on",
            clause=term.basis,
        )
    relocation = Relocation(moved_on=moved_on, flagged_on=setting.today, promise=promise)
    words = (
        f"{term.value.words}内提供较为稳定的岗位，自{in_words(moved_on)}回迁起算（当日不计），最迟{in_words(done.ends)}"
    )
    case = met_anew(case.model_copy(update={"relocation": relocation}), setting)
    return case, (Fact(label="棚改回迁承诺", value=words), *count_facts(done.counted))


def flag_relocation(case: Case, command: FlagRelocation, setting: Setting) -> Ruling:
    """The household moved back: on evidence, once."""
    term = length_here(setting)
    if case.relocation is not None:
        raise SaidNo(
            "relocation_known",
            f"本户已登记棚改回迁（{in_words(case.relocation.moved_on)}），无需重复登记。",
        )
    case, facts = relocated(case, command.relocated_on, setting)
    assert case.relocation is not None
    why = Why(
        rule="relocation.flagged",
        says=f"登记为棚改回迁家庭，最迟{in_words(case.relocation.promise.due_on)}提供较为稳定的岗位。",
        facts=facts,
        clause=term.basis,
    )
    return Ruling(case, why)


def met_anew(case: Case, setting: Setting) -> Case:
    """Return the case with its promise judged by the jobs held now; what the county has approved stays met."""
    moved = case.relocation
    if moved is None or (moved.promise.met_on is not None and case.eliminated_on is not None):
        return case
    by_any = setting.policy.relocated.met_by.value == "employed"
    days = [e.started_on if by_any else e.steady_on for e in case.active_employments]
    met = min((day for day in days if day is not None), default=None)
    promise = moved.promise.model_copy(update={"met_on": met})
    if met is not None and met <= promise.due_on:
        promise = promise.model_copy(update={"overdue_on": None, "cause": None, "cause_confirmed_by": None})
    elif met is not None and promise.overdue_on is None:
        promise = _missed(case, promise, setting)
    return case.model_copy(update={"relocation": moved.model_copy(update={"promise": promise})})


def _missed(case: Case, promise: Promise, setting: Setting) -> Promise:
    since = promise.due_on + timedelta(days=1)
    return promise.model_copy(update={"overdue_on": since, "cause": proposed_cause(case, promise, setting)})


def _running(case: Case) -> Promise:
    if case.relocation is None or not case.relocation.promise.running:
        raise SaidNo("relocation_not_running", "棚改回迁承诺没有在计算。")
    return case.relocation.promise


def relocation_reminder(case: Case, command: RelocationReminder, setting: Setting) -> Ruling:
    """Remind the helper some working days before the end (内部提醒)."""
    promise = _running(case)
    why = Why(
        rule="relocation.reminder",
        says=f"棚改回迁承诺{in_words(promise.due_on)}到期，尚未提供较为稳定的岗位。",
        facts=(Fact(label="回迁日期", value=in_words(promise.started_on)),),
        clause=setting.policy.promise.remind_before.basis,
    )
    return Ruling(case, why)


def relocation_overdue(case: Case, command: RelocationOverdue, setting: Setting) -> Ruling:
    """24:00 of the last day has passed without steady work: a supervisor looks, the cause is proposed."""
    promise = _running(case)
    if promise.paused or setting.now < end_of(promise.due_on):
        raise SaidNo("relocation_not_overdue", "棚改回迁承诺没有超期。")
    after = _missed(case, promise, setting)
    assert case.relocation is not None
    term = length_here(setting)
    working = "家庭虽有人就业，但不属较为稳定的就业" if case.active_employments else "家庭仍无人就业"
    why = Why(
        rule="relocation.overdue",
        says=f"棚改回迁承诺已于{in_words(promise.due_on)}24时到期，{working}；"
        f"拟定原因：{CAUSE_WORDS[after.cause or 'agency_failed']}，由督导人员确认。",
        facts=(
            Fact(label="回迁日期", value=in_words(promise.started_on)),
            Fact(label="到期日", value=in_words(promise.due_on)),
        ),
        clause=term.basis,
    )
    return Ruling(case.model_copy(update={"relocation": case.relocation.model_copy(update={"promise": after})}), why)
