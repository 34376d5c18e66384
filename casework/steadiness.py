"""Rules of steady work (较为稳定的就业): what is steady, until when it should have become so, who looks when not.

Liaoning, scenario 65; the same measure keeps the promise to a relocated household (`relocation.py`).  That a case may
be closed as stable is another, longer measure: `follow_ups.py`.
"""

from datetime import date

from casework.case import Case
from casework.case_facts import Employment
from casework.commands.promise import HandleUnsteadyJob, RecordStabilityEvidence, StabilisationOverdue
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.lost_days import count_over
from casework.promise_facts import Unsteady
from casework.relocation import met_anew
from casework.ruling import Ruling, Setting
from casework.times import end_of, in_words
from casework.working_days import Counted
from policies.schema import Policy


def is_steady(employment: Employment, policy: Policy) -> bool:
    """Say whether a job is steady by the pack: insured, a contract long enough, or an evidence that says so itself."""
    terms = policy.steady
    return (
        employment.insured
        or (employment.contract_months or 0) >= terms.contract_months.value
        or employment.evidence in terms.evidence.value
    )


def steady(case: Case) -> bool:
    """Say whether somebody of the household holds a steady job."""
    return any(e.steady_on is not None for e in case.active_employments)


def steadied(employment: Employment, on: date, policy: Policy) -> Employment:
    """Return the job with the day from which it is steady, if it is and none was known."""
    if employment.steady_on is not None or not is_steady(employment, policy):
        return employment
    return employment.model_copy(update={"steady_on": max(on, employment.started_on)})


def settled(case: Case, setting: Setting) -> Case:
    """Return the case after its jobs changed: what steady work, or no work at all, makes pointless is gone."""
    if case.unsteady is not None and (steady(case) or not case.active_employments):
        case = case.model_copy(update={"unsteady": None})
    return met_anew(case, setting)


def unsteady_unhandled(case: Case) -> bool:
    """Say whether the work did not become steady in time and no supervisor has looked yet."""
    return case.unsteady is not None and case.unsteady.handled_by is None


def deadline(case: Case, setting: Setting) -> tuple[date, Counted] | None:
    """Return from when and until when the work now held should become steady; None where nothing runs."""
    term = setting.policy.steady.deadline
    if term is None or not case.active_employments or steady(case):
        return None
    begun = min(e.started_on for e in case.active_employments)
    lost = max((e.ended_on for e in case.employments if e.steady_on and e.ended_on), default=begun)
    start = max(begun, lost)
    clock = case.clock("stabilisation")
    pauses = clock.pauses if clock else ()
    return start, count_over(
        setting.calendar, start, term.value, roll=setting.policy.promise.rolls, pauses=pauses
    ).counted


def record_stability_evidence(case: Case, command: RecordStabilityEvidence, setting: Setting) -> Ruling:
    """A contract or insurance makes a job steady; what is not said stays as it was."""
    job = next((e for e in case.active_employments if e.employment_id == command.employment), None)
    if job is None:
        raise SaidNo(
            "employment_unknown", f"本户没有编号为{command.employment}的在岗记录，请核对就业编号。", field="employment"
        )
    if command.contract_months is None and command.insured is None:
        raise SaidNo("evidence_empty", "请填写新的合同期限，或是否已参加社会保险。", field="contract_months")
    if command.on < job.started_on:
        raise SaidNo("evidence_before_job", f"日期不能早于上岗日期（{in_words(job.started_on)}），请核对。", field="on")
    months = job.contract_months if command.contract_months is None else command.contract_months
    insured = job.insured if command.insured is None else command.insured
    changed = steadied(
        job.model_copy(update={"contract_months": months, "insured": insured}), command.on, setting.policy
    )
    if not is_steady(changed, setting.policy):
        changed = changed.model_copy(update={"steady_on": None})
    rows = tuple(changed if e.employment_id == job.employment_id else e for e in case.employments)
    case = settled(case.model_copy(update={"employments": rows}), setting)
    says = "凭证已登记，属较为稳定的就业。" if changed.steady_on else "凭证已登记，尚不属较为稳定的就业。"
    why = Why(
        rule="employment.evidence",
        says=says,
        facts=job_facts(changed),
        clause=setting.policy.steady.contract_months.basis,
    )
    return Ruling(case, why, about=job.employment_id)


def job_facts(job: Employment) -> tuple[Fact, ...]:
    """Return what was looked at to judge whether a job is steady."""
    contract = f"{job.contract_months}个月" if job.contract_months else "无"
    return (
        Fact(label="就业编号", value=job.employment_id),
        Fact(label="合同期限", value=contract),
        Fact(label="参加社会保险", value="是" if job.insured else "否"),
    )


def stabilisation_overdue(case: Case, command: StabilisationOverdue, setting: Setting) -> Ruling:
    """24:00 of the last day has passed and no job of the household is steady: a supervisor looks (scenario 65)."""
    running = deadline(case, setting)
    if running is None or setting.now < end_of(running[1].ends):
        raise SaidNo("not_unsteady", "本户就业已稳定，或期限未满。")
    start, counted = running
    term = setting.policy.steady.deadline
    assert term is not None
    facts = tuple(fact for job in case.active_employments for fact in job_facts(job))
    why = Why(
        rule="employment.unsteady",
        says=f"自{in_words(start)}上岗起{term.value.words}内未实现稳定就业（{in_words(counted.ends)}届满），列入督导清单。",
        facts=facts,
        clause=term.basis,
    )
    return Ruling(case.model_copy(update={"unsteady": Unsteady(due_on=counted.ends)}), why)


def handle_unsteady_job(case: Case, command: HandleUnsteadyJob, setting: Setting) -> Ruling:
    """The supervisor has seen to it; the household's work is followed up as before."""
    if case.unsteady is None or case.unsteady.handled_by is not None:
        raise SaidNo("nothing_unsteady", "本户没有待督办的未稳定就业，请刷新后查看。")
    changed = case.unsteady.model_copy(update={"handled_by": command.by.hand})
    term = setting.policy.steady.deadline
    why = Why(
        rule="employment.unsteady_handled",
        says="督导人员已督办未按期稳定就业的情形，继续跟踪回访。",
        facts=(Fact(label="限期", value=in_words(case.unsteady.due_on)),),
        clause=term.basis if term else setting.policy.steady.contract_months.basis,
    )
    return Ruling(case.model_copy(update={"unsteady": changed}), why)
