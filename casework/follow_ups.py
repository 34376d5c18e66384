"""Rules of monthly follow-ups and stability (按月回访、稳定就业).  J20, N5, A15, A17, A18."""

from datetime import date
from typing import Any

from casework.case import Case
from casework.case_facts import Employment, FollowUp
from casework.commands.deadlines import FollowUpMonthBegan, StabilityReached
from casework.commands.employment import ConfirmStable, RecordFollowUp
from casework.errors import SaidNo
from casework.exit_facts import Exit
from casework.explanation import Fact, Why
from casework.key_monitored import verdict_of
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.steadiness import settled, steadied
from casework.times import in_words, month_in_words
from casework.working_days import count
from policies.schema import Policy
from policies.terms import Term


def first_job(case: Case) -> Employment:
    """Return the earliest job still held; follow-ups count from the month after it began."""
    return min(case.active_employments, key=lambda e: e.started_on)


def follow_up_month_began(case: Case, command: FollowUpMonthBegan, setting: Setting) -> Ruling:
    """A new calendar month: this month's follow-up is due by its last working day; a missed month is said so."""
    missed = tuple(t.about for t in case.tasks_of("follow_up") if t.about)
    facts = [Fact(label="回访月份", value=month_in_words(command.label))]
    facts += [Fact(label="未完成回访", value=month_in_words(month)) for month in missed]
    why = Why(
        rule="follow_ups.month_began",
        says=f"{month_in_words(command.label)}回访待办，本月最后一个工作日前完成。"
        + (f"{'、'.join(month_in_words(m) for m in missed)}未完成回访，已记录。" if missed else ""),
        facts=tuple(facts),
        clause=setting.policy.followup.cadence.basis,
    )
    return Ruling(case, why, about=command.label, each={"closes:follow_up": missed})


def record_follow_up(case: Case, command: RecordFollowUp, setting: Setting) -> Ruling:
    """One completed follow-up in each calendar month after the month of employment (A18)."""
    if command.on.isoformat()[:7] != command.month:
        raise SaidNo("follow_up_month_mismatch", "回访日期须在所填回访月份之内，请核对。", field="on")
    started = first_job(case).started_on
    if command.month <= started.isoformat()[:7]:
        raise SaidNo(
            "follow_up_too_early",
            f"成员{in_words(started)}上岗，按月回访从次月起计，请填写次月及以后的月份。",
            field="month",
            clause=setting.policy.followup.cadence.basis,
        )
    if any(f.month == command.month for f in case.follow_ups):
        raise SaidNo("follow_up_done", f"{month_in_words(command.month)}的回访已完成，无需重复登记。", field="month")
    if not command.still_employed:
        raise SaidNo("job_lost", "回访发现已离岗，请改为“登记重新失业”，以便立即恢复帮扶。", field="still_employed")
    done = FollowUp(month=command.month, on=command.on, channel=command.channel, insured=command.insured)
    case = case.model_copy(update={"follow_ups": (*case.follow_ups, done)})
    if command.insured:
        case = settled(_insured(case, command.on, setting), setting)
    enough, facts = may_close(case, setting)
    need = setting.policy.followup.min_count
    why = Why(
        rule="follow_ups.recorded",
        says=f"完成{month_in_words(command.month)}回访（第{len(_counted(case))}次，结案须{need.value}次）。"
        + ("已达到稳定就业条件，提请县级结案。" if enough else ""),
        facts=facts,
        clause=setting.policy.followup.cadence.basis,
    )
    return Ruling(case, why, about=command.month)


def _insured(case: Case, on: date, setting: Setting) -> Case:
    """Return the case with the job that is followed up insured: a follow-up may find what made it steady."""
    job = first_job(case)
    changed = steadied(job.model_copy(update={"insured": True}), on, setting.policy)
    rows = tuple(changed if e.employment_id == job.employment_id else e for e in case.employments)
    return case.model_copy(update={"employments": rows})


def _counted(case: Case) -> tuple[FollowUp, ...]:
    """Return the follow-ups since the job now held began; a relapse starts the row anew."""
    if not case.active_employments:
        return ()
    since = first_job(case).started_on.isoformat()[:7]
    return tuple(f for f in case.follow_ups if f.month > since)


def stability(case: Case, policy: Policy) -> tuple[bool, tuple[Fact, ...]]:
    """Say whether the job is stable: enough follow-ups, and insured months or a contract long enough (A17)."""
    done = _counted(case)
    insured = sum(f.insured for f in done)
    contract = max((e.contract_months or 0 for e in case.active_employments), default=0)
    terms = policy.stable
    enough = len(done) >= policy.followup.min_count.value and (
        insured >= terms.insured_months.value or contract >= terms.contract_months.value
    )
    facts = (
        Fact(label="已完成回访", value=f"{len(done)}/{policy.followup.min_count.value}次"),
        Fact(label="参保月数", value=f"{insured}/{terms.insured_months.value}个月"),
        Fact(label="合同期限", value=f"{contract}/{terms.contract_months.value}个月"),
    )
    return enough, facts


def stable_from(case: Case, setting: Setting) -> date:
    """Return the day from which a locality that exits on stable employment may close (N5, scenario 64).

    A change of policy never puts the day off for somebody who works already (A36).
    """
    began = first_job(case).started_on
    lived_under = [
        f.stable.after.value for f in setting.former if f.adopted_on >= began and f.exit.on.value == "stable"
    ]
    lengths = (setting.policy.stable.after.value, *lived_under)
    return min(count(setting.calendar, began, length, roll=False).ends for length in lengths)


def may_close(case: Case, setting: Setting) -> tuple[bool, tuple[Fact, ...]]:
    """Say whether the case may be closed today: by time where the pack exits on stable work, else by stability."""
    enough, facts = stability(case, setting.policy)
    if setting.policy.watchlist.holds_closing.value and (verdict := verdict_of(case, setting)) and verdict.low:
        return False, (*facts, Fact(label="重点监控", value=verdict.why.says.rstrip("。")))
    if setting.policy.exit.on.value != "stable":
        return enough, facts
    since = stable_from(case, setting)
    return setting.today >= since, (*facts, Fact(label="稳定期满日", value=in_words(since)))


def _closing_term(policy: Policy) -> Term[Any]:
    return policy.exit.on if policy.exit.on.value == "stable" else policy.stable.insured_months


def stability_reached(case: Case, command: StabilityReached, setting: Setting) -> Ruling:
    """The pack's months of stable work have passed: the county may end the case (N5, scenario 64)."""
    why = Why(
        rule="stability.reached",
        says=f"成员就业已满{setting.policy.stable.after.value.words}，提请县级确认稳定并退出。",
        facts=(Fact(label="上岗日期", value=in_words(first_job(case).started_on)),),
        clause=setting.policy.exit.on.basis,
    )
    return Ruling(case, why)


def confirm_stable(case: Case, command: ConfirmStable, setting: Setting) -> Ruling:
    """The county closes the case: eliminated, followed up and stable (A15)."""
    if case.eliminated_on is None:
        raise SaidNo(
            "elimination_not_approved",
            "尚未核准消除零就业，不能结案，请先核准。",
            clause=setting.policy.exit.on.basis,
        )
    enough, facts = may_close(case, setting)
    if not enough:
        raise SaidNo(
            "not_stable_yet",
            "尚未达到稳定就业条件：" + "，".join(f"{f.label}{f.value}" for f in facts) + "。",
            clause=_closing_term(setting.policy).basis,
        )
    why = Why(
        rule="exits.stable_employment",
        says="家庭成员已稳定就业，结案退出。",
        facts=(*facts, Fact(label="消除日期", value=in_words(case.eliminated_on))),
        clause=setting.policy.exit.on.basis,
    )
    exit_ = Exit(reason=ExitReason.STABLE_EMPLOYMENT, on=setting.today, decided_by=command.by.hand)
    return Ruling(case.model_copy(update={"exit": exit_}), why, ended=ExitReason.STABLE_EMPLOYMENT)
