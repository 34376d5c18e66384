"""Rules of the placement promise (安置承诺) and of the services it goes with (1 / 1 / 3).  J18, J19, A10–A14."""

from datetime import timedelta

from casework.case import Case
from casework.case_facts import Promise, RefusalStatus
from casework.commands.assistance import ConfirmBreachCause, RegisterMember
from casework.commands.deadlines import PromiseOverdue, PromiseReminder, ServicesChecked
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.publicity import count_facts
from casework.ruling import Ruling, Setting
from casework.services import missing_services
from casework.times import end_of, in_words
from casework.working_days import count, working_days_between

NO_RESET = "内部规定：承诺期限不因拒绝、未联系上而重新起算（A12）"
CAUSE_WORDS = {"agency_failed": "工作未到位", "client_declined": "家庭未做到不挑不拣"}


def begin(case: Case, setting: Setting) -> tuple[Case, tuple[Fact, ...]]:
    """Start a new promise: from the seal, or from discovery where the pack says so; the first day is not counted."""
    terms = setting.policy.promise
    first = case.promise is None
    start = case.discovered_on if terms.start.value == "discovery" and first else setting.today
    counted = count(setting.calendar, start, terms.length.value, roll=terms.rolls)
    promise = Promise(
        number=1 if case.promise is None else case.promise.number + 1,
        started_on=start,
        due_on=counted.ends,
        provisional=counted.provisional,
    )
    words = f"{terms.length.value.words}内，自{in_words(start)}起算（当日不计），最迟{in_words(counted.ends)}"
    facts = (Fact(label="承诺期限", value=words), *count_facts(counted))
    return case.model_copy(update={"promise": promise}), facts


def require(case: Case) -> Promise:
    """Return the promise of a certified case."""
    if case.promise is None:
        raise SaidNo("no_promise", "该户尚未认定，没有承诺期限，请先办理认定。")
    return case.promise


def promise_reminder(case: Case, command: PromiseReminder, setting: Setting) -> Ruling:
    """Remind the helper some working days before the end (内部提醒)."""
    promise = require(case)
    left = working_days_between(setting.calendar, setting.today, promise.due_on)
    why = Why(
        rule="promise.reminder",
        says=f"承诺{in_words(promise.due_on)}到期，还剩{left}个工作日，家庭尚无人就业。",
        facts=(Fact(label="到期日", value=in_words(promise.due_on)), *_missing_facts(case, setting)),
        clause=setting.policy.promise.remind_before.basis,
    )
    return Ruling(case, why)


def services_checked(case: Case, command: ServicesChecked, setting: Setting) -> Ruling:
    """Half-way look at the 1 / 1 / 3 counters; the helper is told what is missing."""
    missing = _missing_facts(case, setting)
    says = "服务次数尚有欠缺，请尽快补足。" if missing else "承诺的服务次数已全部完成。"
    why = Why(rule="services.checked", says=says, facts=missing, clause=setting.policy.services.referrals.basis)
    return Ruling(case, why)


def promise_overdue(case: Case, command: PromiseOverdue, setting: Setting) -> Ruling:
    """24:00 of the last day has passed and nobody works: escalate, and propose the cause (scenarios 27–29)."""
    promise = require(case)
    if promise.met_on is not None or setting.now < end_of(promise.due_on):
        raise SaidNo("promise_not_overdue", "承诺没有超期。", field="promise")
    cause = _proposed_cause(case, setting)
    since = promise.due_on + timedelta(days=1)
    changed = promise.model_copy(update={"overdue_on": since, "cause": cause})
    why = Why(
        rule="promise.overdue",
        says=f"承诺已于{in_words(promise.due_on)}24时到期，家庭仍无人就业；拟定原因：{CAUSE_WORDS[cause]}，由督导人员确认。",
        facts=(
            Fact(label="起算日", value=in_words(promise.started_on)),
            Fact(label="到期日", value=in_words(promise.due_on)),
            *_missing_facts(case, setting),
        ),
        clause=setting.policy.promise.length.basis,
    )
    return Ruling(case.model_copy(update={"promise": changed}), why)


def judged_late(case: Case, setting: Setting) -> Case:
    """Return the case with its promise marked overdue when it turns out to have been met too late."""
    promise = require(case)
    late = promise.met_on is not None and promise.met_on > promise.due_on and promise.overdue_on is None
    if not late:
        return case
    since = promise.due_on + timedelta(days=1)
    update = {"overdue_on": since, "cause": _proposed_cause(case, setting)}
    return case.model_copy(update={"promise": promise.model_copy(update=update)})


def breach_undecided(case: Case) -> bool:
    """Say whether the promise was missed and no supervisor confirmed why."""
    promise = case.promise
    return promise is not None and promise.overdue_on is not None and promise.cause_confirmed_by is None


def _proposed_cause(case: Case, setting: Setting) -> str:
    """When services are missing the office failed, whatever the household did; else look at refusals."""
    if missing_services(case, setting.policy):
        return "agency_failed"
    unjustified = any(r.status is RefusalStatus.UNJUSTIFIED for r in case.refusals)
    return "client_declined" if unjustified else "agency_failed"


def confirm_breach_cause(case: Case, command: ConfirmBreachCause, setting: Setting) -> Ruling:
    """The supervisor confirms or corrects the proposed cause (A12, J21)."""
    promise = require(case)
    if promise.overdue_on is None:
        raise SaidNo("nothing_to_confirm", "承诺没有超期，无需确认原因。", field="cause")
    if promise.cause_confirmed_by is not None:
        raise SaidNo("cause_confirmed", "超期原因已确认，无需重复办理。", field="cause")
    changed = promise.model_copy(update={"cause": command.cause, "cause_confirmed_by": command.by.hand})
    why = Why(
        rule="promise.cause_confirmed",
        says=f"督导人员确认超期原因：{CAUSE_WORDS[command.cause]}。",
        facts=(
            Fact(label="系统拟定", value=CAUSE_WORDS[promise.cause or "agency_failed"]),
            Fact(label="到期日", value=in_words(promise.due_on)),
        ),
        clause=NO_RESET,
    )
    return Ruling(case.model_copy(update={"promise": changed}), why)


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
