"""Rules of a job that falls away (重新失业、证明不予采信) and of restoring (恢复认定): N1, A12, A16, A19."""

from datetime import date

from casework import monitoring, promise
from casework.application import beyond_special, reassess
from casework.case import Case
from casework.case_facts import Employment
from casework.commands.employment import RecordJobLoss, RejectElimination, RestoreCertification
from casework.contingency import codes
from casework.eligibility import Outcome
from casework.employment import SECOND_PERSON, promise_met, require_employment, with_employment, with_status
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.promise_met import judged
from casework.ruling import Ruling, Setting
from casework.states import same_person
from casework.steadiness import settled
from casework.times import in_words
from casework.working_days import count

ANEW = "重新申请并公示：请先征得家庭书面同意办理自愿退出，再另行提出申请"
"""What is left to a household that lost its job too late for the county to restore the certification (A19)."""


def reject_elimination(case: Case, command: RejectElimination, setting: Setting) -> Ruling:
    """The evidence is not accepted: the job does not count, the original promise goes on (A12)."""
    employment = require_employment(case, command.employment)
    if same_person(command.by, employment.recorded_by):
        raise NotYourStep("same_person", "就业由您登记，须由另一名工作人员核准。", clause=SECOND_PERSON)
    if employment.approved_on is not None:
        raise SaidNo("already_approved", "该就业已核准，查实不属实的请办理“撤销消除”。", field="employment")
    case = with_employment(case, employment.model_copy(update={"rejected_on": setting.today}))
    case = with_status(case, employment.member, employment.status_before or WorkStatus.REGISTERED_UNEMPLOYED)
    case, says, facts = _without(case, setting)
    why = Why(
        rule="employment.rejected",
        says=f"就业证明不予采信，不算实现就业；{says}",
        facts=facts,
        clause=f"{setting.policy.employment.evidence.basis}；{promise.NO_RESET}",
    )
    return Ruling(settled(case, setting), why, about=command.employment, each=tasks_after(case, employment))


def record_job_loss(case: Case, command: RecordJobLoss, setting: Setting) -> Ruling:
    """A job ended.  With no other earner the household is helped again at once (N1, A12, A19, scenario 59)."""
    if case.monitored:
        return monitoring.job_lost(case, command, setting)
    mine = [e for e in case.active_employments if e.member == command.member]
    if not mine:
        raise SaidNo("not_employed", "该成员没有在岗记录，请核对。", field="member")
    if command.on < mine[0].started_on:
        raise SaidNo(
            "loss_before_start", f"离岗日期不能早于上岗日期（{in_words(mine[0].started_on)}），请核对。", field="on"
        )
    case = with_employment(case, mine[0].model_copy(update={"ended_on": command.on}))
    case = with_status(case, command.member, WorkStatus.UNREGISTERED_UNEMPLOYED)
    case, says, more = _without(case, setting)
    facts = (
        Fact(label="成员", value=case.member_words(command.member)),
        Fact(label="离岗日期", value=in_words(command.on)),
        *more,
    )
    if case.active_employments:
        clause = setting.policy.followup.cadence.basis
    else:
        clause = promise.NO_RESET if case.eliminated_on is None else setting.policy.reassist.within.basis
    why = Why(rule="employment.lost", says=says, facts=facts, clause=clause)
    return Ruling(settled(case, setting), why, about=mine[0].employment_id, each=tasks_after(case, mine[0]))


def _without(case: Case, setting: Setting) -> tuple[Case, str, tuple[Fact, ...]]:
    """Return the case after a job fell away, what follows in words, and the promise that goes on, if one does."""
    if case.active_employments:
        if case.eliminated_on is None:
            case, kept = promise_met(case, setting)
            return promise.judged_late(case, setting), f"另有成员在岗，不返回帮扶，{kept}，待县级核准。", ()
        return case, "另有成员在岗，不返回帮扶，继续回访。", ()
    if case.eliminated_on is not None:
        says = "家庭重新无人就业，立即恢复帮扶，"
        if (barred := _not_restorable(case, case.eliminated_on, setting)) is not None:
            return case, f"{says}但{barred}，须{ANEW}。", ()
        return case, f"{says}待县级恢复认定后重新起算承诺。", ()
    current = promise.require(case)
    after = judged(current.model_copy(update={"employed_on": None}), setting)
    case = case.model_copy(update={"promise": after})
    facts = (Fact(label="原到期日", value=in_words(current.due_on)),)
    if after.met_on is not None:
        return case, f"核准消除之前就业已不成立，继续帮扶；{in_words(after.met_on)}已提供合适岗位，承诺已实现。", facts
    return case, f"核准消除之前就业已不成立，原承诺期限继续计算，到期日{in_words(current.due_on)}。", facts


def _lost_on(case: Case, setting: Setting) -> date:
    return max((e.ended_on for e in case.employments if e.ended_on), default=setting.today)


def _not_restorable(case: Case, eliminated_on: date, setting: Setting) -> str | None:
    """Say why the certification cannot be restored without a new publicity; None when it can (A19)."""
    terms = setting.policy.reassist
    if terms.republicity.value:
        return "本地办法要求重新公示"
    last = count(setting.calendar, eliminated_on, terms.within.value, roll=False).ends
    if _lost_on(case, setting) <= last:
        return None
    since = f"自{in_words(eliminated_on)}消除起，到{in_words(last)}已满{terms.within.value.words}"
    return f"{since}，离岗在此之后，不能直接恢复认定"


def tasks_after(case: Case, gone: Employment) -> dict[str, tuple[str, ...]]:
    """Name the subjects of the tasks that a job's end opens: the member's registration, another job's approval."""
    member = case.household.member(gone.member)
    unregistered = member is not None and member.status is WorkStatus.UNREGISTERED_UNEMPLOYED
    waiting = min(case.active_employments, key=lambda e: (e.started_on, int(e.employment_id[1:])), default=None)
    another = waiting is not None and case.eliminated_on is None
    return {
        "register_unemployed": (gone.member,) if unregistered else (),
        "approve_elimination": (waiting.employment_id,) if waiting is not None and another else (),
    }


def _as_registered(case: Case) -> Case:
    """Whoever just lost the job registers after the restoration, so that alone must not hide what else is wrong."""
    applicant = case.household.applicant
    if applicant.status is not WorkStatus.UNREGISTERED_UNEMPLOYED:
        return case
    return with_status(case, applicant.member_id, WorkStatus.REGISTERED_UNEMPLOYED)


def restore_certification(case: Case, command: RestoreCertification, setting: Setting) -> Ruling:
    """Within the pack's months the county restores the certification without new publicity; a new promise (A19)."""
    if not case.tasks_of("restore_certification") or case.eliminated_on is None:
        raise SaidNo("nothing_to_restore", "本户没有待恢复的认定，请核对当前待办。")
    if (barred := _not_restorable(case, case.eliminated_on, setting)) is not None:
        raise SaidNo("new_application_needed", f"{barred}，须{ANEW}。", clause=setting.policy.reassist.within.basis)
    standing, _ = reassess(case, setting)
    judged = beyond_special(_as_registered(case), setting)
    if judged.outcome is not Outcome.ELIGIBLE:
        raise SaidNo(
            f"not_eligible_{judged.reason}",
            f"不符合恢复条件：{judged.why.says}。如事实无误请提出退出。",
            clause=judged.why.clause,
        )
    case = case.model_copy(update={"standing": standing, "eliminated_on": None, "double_employment": False})
    case, facts = promise.begin(case, setting)
    why = Why(
        rule="certification.restored",
        says="县级恢复认定，不再公示，承诺期限重新起算。",
        facts=(Fact(label="离岗日期", value=in_words(_lost_on(case, setting))), *facts),
        clause=f"{setting.policy.reassist.within.basis}；{setting.policy.promise.length.basis}",
    )
    return Ruling(case, why, each={"contingency_step": codes(setting.policy)})
