"""Rules of the placement promise (安置承诺): how it begins, what meets it, when it is missed.  J19, A10–A14.

How long it runs is in `promise_terms.py`, what stops it from counting in `suspension.py`, why it was missed in
`breach.py`, who is told then in `escalation.py`.
"""

from datetime import timedelta

from casework.breach import CAUSE_WORDS, proposed_cause
from casework.case import Case
from casework.case_facts import Promise
from casework.commands.assistance import RegisterMember
from casework.commands.deadlines import PromiseOverdue, PromiseReminder, ServicesChecked
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.lost_days import paused_days
from casework.promise_terms import begun, run_here
from casework.publicity import count_facts
from casework.ruling import Ruling, Setting
from casework.services import missing_services
from casework.times import end_of, in_words
from casework.working_days import is_working

NO_RESET = "内部规定：承诺期限不因拒绝、未联系上而重新起算（A12）"


def begin(case: Case, setting: Setting) -> tuple[Case, tuple[Fact, ...]]:
    """Start a new promise: from the seal, or from discovery where the pack says so; the first day is not counted."""
    terms = setting.policy.promise
    first = case.promise is None
    start = case.discovered_on if terms.start.value == "discovery" and first else setting.today
    number = 1 if case.promise is None else case.promise.number + 1
    promise, done = begun(setting, number, start, run_here(terms))
    words = f"{terms.length.value.words}内，自{in_words(start)}起算（当日不计），最迟{in_words(done.ends)}"
    facts = (Fact(label="承诺期限", value=words), *target_facts(promise), *count_facts(done.counted))
    return case.model_copy(update={"promise": promise}), facts


def target_facts(promise: Promise) -> tuple[Fact, ...]:
    """Return the office's own aim, where the legal last day moved over days off (A13)."""
    if promise.target_on is None:
        return ()
    return (Fact(label="内部目标日", value=f"{in_words(promise.target_on)}（法定到期日因休息日顺延，承诺不等顺延）"),)


def require(case: Case) -> Promise:
    """Return the promise of a certified case."""
    if case.promise is None:
        raise SaidNo("no_promise", "该户尚未认定，没有承诺期限，请先办理认定。")
    return case.promise


def promise_reminder(case: Case, command: PromiseReminder, setting: Setting) -> Ruling:
    """Remind the helper some working days before the end (内部提醒)."""
    promise = require(case)
    why = Why(
        rule="promise.reminder",
        says=f"承诺{in_words(promise.due_on)}到期，还剩{days_left(promise, setting)}个工作日，家庭尚无人就业。",
        facts=(
            Fact(label="到期日", value=in_words(promise.due_on)),
            *target_facts(promise),
            *_missing_facts(case, setting),
        ),
        clause=setting.policy.promise.remind_before.basis,
    )
    return Ruling(case, why)


def days_left(promise: Promise, setting: Setting) -> int:
    """Count the working days after today up to the due day; days of a suspension are none."""
    out = paused_days(promise.pauses)
    days = ((setting.today + timedelta(days=n)) for n in range(1, (promise.due_on - setting.today).days + 1))
    return sum(is_working(setting.calendar, day) and day not in out for day in days)


def services_checked(case: Case, command: ServicesChecked, setting: Setting) -> Ruling:
    """Half-way look at the 1 / 1 / 3 counters; the helper is told what is missing."""
    missing = _missing_facts(case, setting)
    says = "服务次数尚有欠缺，请尽快补足。" if missing else "承诺的服务次数已全部完成。"
    why = Why(rule="services.checked", says=says, facts=missing, clause=setting.policy.services.referrals.basis)
    return Ruling(case, why)


def promise_overdue(case: Case, command: PromiseOverdue, setting: Setting) -> Ruling:
    """24:00 of the last day has passed and nobody works: escalate, and propose the cause (scenarios 27–29)."""
    promise = require(case)
    if promise.met_on is not None or promise.paused or setting.now < end_of(promise.due_on):
        raise SaidNo("promise_not_overdue", "承诺没有超期。", field="promise")
    cause = proposed_cause(case, promise, setting)
    since = promise.due_on + timedelta(days=1)
    told = at_once(setting)
    changed = promise.model_copy(update={"overdue_on": since, "cause": cause, "told": told})
    why = Why(
        rule="promise.overdue",
        says=f"承诺已于{in_words(promise.due_on)}24时到期，{_unmet(setting)}；拟定原因：{CAUSE_WORDS[cause]}，由督导人员确认。",
        facts=(
            Fact(label="起算日", value=in_words(promise.started_on)),
            Fact(label="到期日", value=in_words(promise.due_on) + ("（暂定）" if promise.provisional else "")),
            *_missing_facts(case, setting),
        ),
        clause=setting.policy.promise.length.basis,
    )
    unsaid = frozenset(notice for level, notice in TOLD_BY.items() if level not in told)
    return Ruling(case.model_copy(update={"promise": changed}), why, unsaid=unsaid)


TOLD_BY = {"helper": "promise_overdue", "supervisor": "promise_overdue_supervisor"}
"""The levels that the very event of a missed promise tells, where the ladder says at once, and by which notice."""


def at_once(setting: Setting) -> tuple[str, ...]:
    """Return the levels of the ladder that are told with the event itself; the others have rings of their own."""
    rungs = setting.policy.escalation.rungs.value
    return tuple(rung.level for rung in rungs if rung.after is None and rung.level in TOLD_BY)


def _unmet(setting: Setting) -> str:
    offer = setting.policy.promise.met_by.value == "job_offered"
    return "尚未提供合适岗位，也无人就业" if offer else "家庭仍无人就业"


def judged_late(case: Case, setting: Setting) -> Case:
    """Return the case with its promise marked overdue when it turns out to have been met too late."""
    promise = require(case)
    late = promise.met_on is not None and promise.met_on > promise.due_on and promise.overdue_on is None
    if not late:
        return case
    since = promise.due_on + timedelta(days=1)
    update = {"overdue_on": since, "cause": proposed_cause(case, promise, setting)}
    return case.model_copy(update={"promise": promise.model_copy(update=update)})


def register_member(case: Case, command: RegisterMember, setting: Setting) -> Ruling:
    """A base member who was unemployed but not registered is registered (A14)."""
    member = case.household.member(command.member)
    if member is None:
        raise SaidNo("member_unknown", f"家庭中没有成员{command.member}，请核对。", field="member")
    if member.status is not WorkStatus.UNREGISTERED_UNEMPLOYED:
        raise SaidNo("member_not_unregistered", "该成员不是失业未登记人员，无需办理失业登记。", field="member")
    changed = member.model_copy(update={"status": WorkStatus.REGISTERED_UNEMPLOYED})
    household = case.household.model_copy(
        update={"members": tuple(changed if m.member_id == command.member else m for m in case.household.members)}
    )
    why = Why(
        rule="members.registered",
        says=f"{case.member_words(command.member)}已办理失业登记。",
        facts=(Fact(label="登记日期", value=in_words(command.registered_on)),),
        clause=setting.policy.services.registration.basis,
    )
    return Ruling(case.model_copy(update={"household": household}), why, about=command.member)


def _missing_facts(case: Case, setting: Setting) -> tuple[Fact, ...]:
    return tuple(
        Fact(label=case.member_words(row.member), value=row.words) for row in missing_services(case, setting.policy)
    )
