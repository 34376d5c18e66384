"""Rules of an elimination that turns out to be wrong (撤销消除): a job found fake later (A12, A16, scenario 62).

The job never counted: another approved one takes its place, or the promise was never met and the original clock goes
on.  The elimination stays on file with the day of its withdrawal, for the month's correction row.
"""

from casework import promise
from casework.case import Case
from casework.case_facts import Employment
from casework.commands.employment import WithdrawElimination
from casework.elimination_facts import Elimination
from casework.employment import promise_met, with_employment, with_status
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.job_loss import tasks_after
from casework.promise_met import judged
from casework.ruling import Ruling, Setting
from casework.steadiness import settled
from casework.times import in_words


def withdraw_elimination(case: Case, command: WithdrawElimination, setting: Setting) -> Ruling:
    """The county finds that an approved job was not real; what rested on it falls."""
    job = next((e for e in case.employments if e.employment_id == command.employment), None)
    if job is None or job.rejected_on is not None:
        raise SaidNo(
            "employment_unknown",
            f"本户没有编号为{command.employment}的有效就业记录，请核对就业编号。",
            field="employment",
        )
    if job.approved_on is None:
        raise SaidNo("not_approved_yet", "该就业尚未核准，请办理“就业证明不予采信”。", field="employment")
    was_active = job.active
    case = with_employment(case, job.model_copy(update={"rejected_on": setting.today}))
    if was_active:
        case = with_status(case, job.member, job.status_before or WorkStatus.REGISTERED_UNEMPLOYED)
    case = case.model_copy(update={"double_employment": len(case.active_employments) > 1})
    based = next((e for e in case.eliminations if e.employment == job.employment_id and e.stands), None)
    case, says = _without(case, based, setting)
    facts = [
        Fact(label="成员", value=case.member_words(job.member)),
        Fact(label="上岗日期", value=in_words(job.started_on)),
        Fact(label="原核准日期", value=in_words(job.approved_on)),
    ]
    why = Why(
        rule="employment.elimination_withdrawn",
        says=f"该就业查实不属实，不算实现就业。{says}已上报的月份不改，在本月报表中更正。",
        facts=tuple(facts),
        clause=f"{setting.policy.employment.evidence.basis}；{promise.NO_RESET}",
    )
    each = tasks_after(case, job) if was_active else {}
    each["closes:approve_elimination"] = (job.employment_id,)
    return Ruling(settled(case, setting), why, about=job.employment_id, each=each)


def _without(case: Case, based: Elimination | None, setting: Setting) -> tuple[Case, str]:
    """Take the elimination back that rested on the job; another approved job of the same promise takes its place."""
    if based is None:
        return (
            case,
            f"消除日期{in_words(case.eliminated_on)}不变。" if case.eliminated_on else "没有消除记录依据该就业。",
        )
    withdrawn = based.model_copy(update={"withdrawn_on": setting.today})
    rows = tuple(withdrawn if e is based else e for e in case.eliminations)
    case = case.model_copy(update={"eliminations": rows})
    current = promise.require(case)
    if based.promise != current.number or case.eliminated_on != based.on:
        return case, f"{in_words(based.on)}的消除予以撤销；其后已恢复认定，现在的承诺期限不变。"
    says = f"撤销{in_words(based.on)}的消除。"
    instead = _next_job(case, based)
    unmet = judged(current.model_copy(update={"employed_on": None}), setting)
    case = case.model_copy(update={"promise": unmet, "eliminated_on": None})
    if instead is not None:
        return _moved(case, instead, setting, says)
    if case.active_employments:
        case, kept = promise_met(case, setting)
        return promise.judged_late(case, setting), f"{says}另有成员在岗，{kept}，待县级核准。"
    past = "已过，按超期处理" if current.due_on < setting.today else "，继续计算"
    return case, f"{says}承诺未曾实现，原期限{in_words(current.due_on)}{past}。"


def _next_job(case: Case, based: Elimination) -> Employment | None:
    """Return the earliest other job that the county approved for the same elimination."""
    others = [e for e in case.employments if e.approved_on and e.rejected_on is None and e.started_on >= based.on]
    return min(others, key=lambda e: (e.started_on, int(e.employment_id[1:])), default=None)


def _moved(case: Case, job: Employment, setting: Setting, says: str) -> tuple[Case, str]:
    """Let another approved job eliminate the household from its own first day."""
    assert job.approved_on is not None
    current = promise.require(case)
    row = Elimination(
        employment=job.employment_id, promise=current.number, on=job.started_on, approved_on=job.approved_on
    )
    met = judged(current.model_copy(update={"employed_on": job.started_on}), setting)
    kept = job.started_on <= current.due_on
    case = case.model_copy(
        update={
            "eliminations": (*case.eliminations, row),
            "eliminated_on": job.started_on,
            "promise": met,
        }
    )
    words = "承诺期限内" if kept else "承诺已超期后"
    return promise.judged_late(
        case, setting
    ), f"{says}另一就业已核准，改自{in_words(job.started_on)}起消除（{words}）。"
