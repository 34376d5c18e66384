"""Rules of employment and elimination (就业、消除): J9, A12–A17.  A job that falls away is in `job_loss.py`."""

from casework import promise
from casework.application import reassess
from casework.case import Case
from casework.case_facts import Employment
from casework.commands.employment import (
    ApproveElimination,
    RecordEmployment,
)
from casework.elimination_facts import Elimination
from casework.errors import NotYourStep, SaidNo
from casework.exits import answered_by_work
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.promise_met import judged, suspension_over
from casework.ruling import Ruling, Setting
from casework.services import missing_services, require_member
from casework.states import same_person
from casework.steadiness import settled, steadied
from casework.times import in_words

STATUS_BY_CHANNEL = {"own_business": WorkStatus.SELF_EMPLOYED, "flexible": WorkStatus.FLEXIBLE}
SECOND_PERSON = "内部规定：登记就业与核准消除由不同人员办理（A30）"


def record_employment(case: Case, command: RecordEmployment, setting: Setting) -> Ruling:
    """A member works, proven by evidence the pack accepts; casual days below the limit are not employment (A16)."""
    before = case.household.member(command.member)
    if before is None:
        raise SaidNo("member_unknown", f"家庭中没有成员{command.member}，请核对成员编号。", field="member")
    terms = setting.policy.employment
    if command.evidence not in terms.evidence.value:
        raise SaidNo(
            "evidence_unknown",
            f"就业证明种类不在办法列举之内，请从以下选择：{'、'.join(terms.evidence.value)}。",
            field="evidence",
            clause=terms.evidence.basis,
        )
    if command.channel not in terms.channels.value:
        raise SaidNo(
            "channel_unknown",
            f"就业渠道不在办法列举之内，请从以下选择：{'、'.join(terms.channels.value)}。",
            field="channel",
            clause=terms.channels.basis,
        )
    least = terms.flexible_minimum_income_fen
    if command.evidence == "flexible_registration" and command.monthly_income_fen < least.value:
        raise SaidNo(
            "short_work",
            f"灵活就业月收入低于{least.value / 100:.0f}元，属短时务工，不算实现就业，请继续推荐岗位。",
            field="monthly_income_fen",
            clause=least.basis,
        )
    _check_start(case, command)
    employment = Employment(
        employment_id=f"E{case.seq + 1}",
        member=command.member,
        started_on=command.started_on,
        channel=command.channel,
        evidence=command.evidence,
        monthly_income_fen=command.monthly_income_fen,
        contract_months=command.contract_months,
        insured=command.insured,
        recorded_by=command.by.hand,
        recorded_on=setting.today,
        status_before=before.status,
    )
    employment = steadied(employment, employment.started_on, setting.policy)
    second = bool(case.active_employments)
    case, answered, moved = answered_by_work(case, setting)
    case = _at_work(case, command, setting).model_copy(
        update={
            "employments": (*case.employments, employment),
            "double_employment": case.double_employment or second,
        }
    )
    facts = [
        Fact(label="成员", value=case.member_words(command.member)),
        Fact(label="上岗日期", value=in_words(command.started_on)),
    ]
    # What the job makes pointless: the member's registration, warnings of refusals.
    each = {
        "closes:register_unemployed": (command.member,),
        "closes:issue_warning": tuple(t.about for t in case.tasks_of("issue_warning") if t.about),
    }
    if second:
        case = case if case.eliminated_on else promise_met(case, setting)[0]
        double = setting.policy.employment.double_goal
        says = "家庭又有一名成员就业，" + ("实现双就业，" if double.value else "") + "消除日期不变。"
        why = Why(rule="employment.second_member", says=says + answered, facts=tuple(facts), clause=double.basis)
        return Ruling(settled(case, setting), why, about=employment.employment_id, each=each, moved=moved)
    missing = missing_services(case, setting.policy)
    case, kept = promise_met(case, setting)
    facts.append(Fact(label="承诺", value=kept))
    facts += [
        Fact(label=f"{case.member_words(row.member)}免除的服务", value=f"{row.words}（家庭已实现就业）")
        for row in missing
    ]
    why = Why(
        rule="employment.recorded",
        says=f"家庭已有1人就业，{kept}；待县级核准消除零就业。" + answered,
        facts=tuple(facts),
        clause=setting.policy.exit.on.basis,
    )
    return Ruling(settled(case, setting), why, about=employment.employment_id, each=each, moved=moved)


def _check_start(case: Case, command: RecordEmployment) -> None:
    certified_on = case.reviews.certified_on
    if certified_on and command.started_on < certified_on:
        raise SaidNo(
            "employed_before_certification",
            f"上岗日期早于认定日期（{in_words(certified_on)}），说明认定时已有人就业，请核实后提出退出（虚报瞒报），或更正日期。",
            field="started_on",
        )
    mine = [e for e in case.employments if e.member == command.member and e.rejected_on is None]
    if any(e.active for e in mine):
        raise SaidNo("already_employed", "该成员已登记在岗，如换岗请先登记重新失业（离岗）。", field="member")
    last = max((e.ended_on for e in mine if e.ended_on), default=None)
    if last and command.started_on < last:
        raise SaidNo(
            "employed_before_loss",
            f"上岗日期不能早于该成员上次离岗日期（{in_words(last)}），请核对。",
            field="started_on",
        )


def _at_work(case: Case, command: RecordEmployment, setting: Setting) -> Case:
    """Return the case with the member at work; somebody whose work does not count for the household is refused.

    Work shows willingness, so a member who had declared none may be the one who is employed (A23); where
    nobody was to be helped any more, there is somebody again.
    """
    changed = with_status(case, command.member, STATUS_BY_CHANNEL.get(command.channel, WorkStatus.EMPLOYED_BY_UNIT))
    standing, _ = reassess(changed, setting)
    if command.member not in standing.base:
        require_member(case, command.member, setting)
    return changed if case.standing.base else changed.model_copy(update={"standing": standing})


def promise_met(case: Case, setting: Setting) -> tuple[Case, str]:
    """The earliest job still held meets the promise; the day it began decides, however late it was typed (A12).

    Work during a suspension ends it: the promise had not run out.
    """
    if promise.require(case).met_on is not None and case.eliminated_on is not None:
        return case, "恢复认定之前已重新就业"
    started = min(e.started_on for e in case.active_employments)
    case = suspension_over(case, started, setting, "就业")
    current = promise.require(case)
    done = judged(current.model_copy(update={"employed_on": started}), setting)
    assert done.met_on is not None
    words = "承诺期限内实现" if done.met_on <= done.due_on else "承诺已超期后实现"
    if done.overdue_on is None and current.overdue_on is not None:
        words += "，原记超期更正"
    return case.model_copy(update={"promise": done}), f"{words}（到期日{in_words(done.due_on)}）"


def approve_elimination(case: Case, command: ApproveElimination, setting: Setting) -> Ruling:
    """The county approves: the household is eliminated from the day the member started (A15, scenario 58)."""
    employment = require_employment(case, command.employment)
    if same_person(command.by, employment.recorded_by):
        raise NotYourStep("same_person", "就业由您登记，须由另一名工作人员核准。", clause=SECOND_PERSON)
    if employment.approved_on is not None:
        raise SaidNo("already_approved", "该就业已核准，无需重复办理。", field="employment")
    approved = employment.model_copy(update={"approved_on": setting.today})
    case = eliminated(with_employment(case, approved), approved, setting)
    eliminated_on = case.eliminated_on or employment.started_on
    why = Why(
        rule="employment.eliminated",
        says=f"县级核准，自{in_words(eliminated_on)}起消除零就业，继续按月回访。",
        facts=(
            Fact(label="上岗日期", value=in_words(employment.started_on)),
            Fact(label="核准日期", value=in_words(setting.today)),
        ),
        clause=setting.policy.exit.on.basis,
    )
    open_steps = tuple(task.about or "" for task in case.tasks_of("contingency_step"))
    return Ruling(case, why, about=command.employment, each={"closes:contingency_step": open_steps})


def eliminated(case: Case, job: Employment, setting: Setting) -> Case:
    """Return the case eliminated by a job that the county approves today; one already eliminated stays as it is."""
    if case.eliminated_on is not None:
        return case
    number = promise.require(case).number
    row = Elimination(employment=job.employment_id, promise=number, on=job.started_on, approved_on=setting.today)
    return case.model_copy(update={"eliminated_on": job.started_on, "eliminations": (*case.eliminations, row)})


def require_employment(case: Case, employment_id: str) -> Employment:
    """Return the job still held with this number, or say no."""
    found = next((e for e in case.employments if e.employment_id == employment_id), None)
    if found is None or not found.active:
        raise SaidNo("employment_unknown", f"本户没有编号为{employment_id}的在岗记录，请核对。", field="employment")
    return found


def with_employment(case: Case, changed: Employment) -> Case:
    """Return the case with this job in place of its earlier self."""
    rows = tuple(changed if e.employment_id == changed.employment_id else e for e in case.employments)
    return case.model_copy(update={"employments": rows})


def with_status(case: Case, member_id: str, status: WorkStatus) -> Case:
    """Return the case with a member's work status changed."""
    members = tuple(
        m.model_copy(update={"status": status}) if m.member_id == member_id else m for m in case.household.members
    )
    return case.model_copy(update={"household": case.household.model_copy(update={"members": members})})
