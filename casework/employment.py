"""Rules of employment, elimination, job loss and restoration (就业、消除、重新失业、恢复认定): J9, A12–A19."""

from casework import promise
from casework.application import reassess
from casework.case import Case
from casework.case_facts import Employment
from casework.commands.employment import (
    ApproveElimination,
    RecordEmployment,
    RecordJobLoss,
    RejectElimination,
    RestoreCertification,
)
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.ruling import Ruling, Setting
from casework.services import missing_services, require_member
from casework.working_days import count

STATUS_BY_CHANNEL = {"own_business": WorkStatus.SELF_EMPLOYED, "flexible": WorkStatus.FLEXIBLE}
ELIMINATION = "吉人社函〔2021〕102号 三（一）"


def record_employment(case: Case, command: RecordEmployment, setting: Setting) -> Ruling:
    """A member works, proven by evidence the pack accepts; casual days below the limit are not employment (A16)."""
    require_member(case, command.member)
    terms = setting.policy.employment
    if command.evidence not in terms.evidence.value:
        raise SaidNo(
            "evidence_unknown",
            f"就业证明种类须为：{'、'.join(terms.evidence.value)}。",
            field="evidence",
            clause=terms.evidence.basis,
        )
    if command.channel not in terms.channels.value:
        raise SaidNo(
            "channel_unknown",
            f"就业渠道须为：{'、'.join(terms.channels.value)}。",
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
    certified_on = case.reviews.certified_on
    if certified_on and command.started_on < certified_on:
        raise SaidNo(
            "employed_before_certification",
            f"上岗日期早于认定日期{certified_on}，说明认定时已有人就业，请核实后按虚报或更正办理。",
            field="started_on",
        )
    if any(e.member == command.member for e in case.active_employments):
        raise SaidNo("already_employed", "该成员已登记在岗，如换岗请先登记离岗。", field="member")
    employment = Employment(
        employment_id=f"E{case.seq + 1}",
        member=command.member,
        started_on=command.started_on,
        channel=command.channel,
        evidence=command.evidence,
        monthly_income_fen=command.monthly_income_fen,
        contract_months=command.contract_months,
        insured=command.insured,
        recorded_by=command.by.account,
        recorded_on=setting.today,
    )
    second = bool(case.active_employments)
    case = _with_status(case, command.member, STATUS_BY_CHANNEL.get(command.channel, WorkStatus.EMPLOYED_BY_UNIT))
    case = case.model_copy(
        update={
            "employments": (*case.employments, employment),
            "double_employment": case.double_employment or second,
        }
    )
    facts = [
        Fact(label="成员", value=case.member_words(command.member)),
        Fact(label="上岗日期", value=command.started_on.isoformat()),
    ]
    if second:
        return Ruling(
            case,
            Why(
                rule="employment.second_member",
                says="家庭又有一名成员就业，实现双就业，消除日期不变。",
                facts=tuple(facts),
                clause="辽宁省零就业家庭就业援助工作经验及案例选编（力争零就业家庭实现双就业）",
            ),
            about=employment.employment_id,
        )
    case, kept = _promise_met(case, command.started_on.isoformat(), setting)
    facts.append(Fact(label="承诺", value=kept))
    waived = missing_services(case, setting.policy)
    facts += [Fact(label=f"{case.member_words(m)}免除的服务", value=f"{w}（家庭已实现就业）") for m, w in waived]
    why = Why(
        rule="employment.recorded",
        says=f"家庭已有1人就业，{kept}；待县级核准消除零就业。",
        facts=tuple(facts),
        clause=ELIMINATION,
    )
    return Ruling(case, why, about=employment.employment_id)


def _promise_met(case: Case, started_on: str, setting: Setting) -> tuple[Case, str]:
    current = promise.require(case)
    started = case.employments[-1].started_on
    met = current.model_copy(update={"met_on": started})
    words = "承诺期限内实现" if started <= current.due_on else "承诺已超期后实现"
    return case.model_copy(update={"promise": met}), f"{words}（到期日{current.due_on}）"


def approve_elimination(case: Case, command: ApproveElimination, setting: Setting) -> Ruling:
    """The county approves: the household is eliminated from the day the member started (A15, scenario 58)."""
    employment = _require_employment(case, command.employment)
    if employment.recorded_by == command.by.account:
        raise NotYourStep("same_person", "就业由您登记，须由另一名工作人员核准。")
    if employment.approved_on is not None:
        raise SaidNo("already_approved", "该就业已核准，无需重复办理。", field="employment")
    approved = employment.model_copy(update={"approved_on": setting.today})
    case = _with_employment(case, approved)
    case = case.model_copy(update={"eliminated_on": case.eliminated_on or employment.started_on})
    why = Why(
        rule="employment.eliminated",
        says=f"县级核准，自{case.eliminated_on}起消除零就业，继续按月回访。",
        facts=(
            Fact(label="上岗日期", value=employment.started_on.isoformat()),
            Fact(label="核准日期", value=setting.today.isoformat()),
        ),
        clause=ELIMINATION,
    )
    return Ruling(case, why, about=command.employment)


def reject_elimination(case: Case, command: RejectElimination, setting: Setting) -> Ruling:
    """The evidence is not accepted: the job does not count, the original promise goes on (A12)."""
    employment = _require_employment(case, command.employment)
    if employment.recorded_by == command.by.account:
        raise NotYourStep("same_person", "就业由您登记，须由另一名工作人员核准。")
    if employment.approved_on is not None:
        raise SaidNo("already_approved", "该就业已核准，如属虚假请按重新失业或虚报办理。", field="employment")
    case = _with_employment(case, employment.model_copy(update={"rejected_on": setting.today}))
    case = _with_status(case, employment.member, WorkStatus.REGISTERED_UNEMPLOYED)
    why = Why(
        rule="employment.rejected",
        says="就业证明不予采信，不算实现就业；原承诺期限继续计算。",
        facts=(Fact(label="原到期日", value=promise.require(case).due_on.isoformat()),),
        clause=f"{ELIMINATION}；{promise.NO_RESET}",
    )
    return Ruling(_resumed(case), why, about=command.employment)


def record_job_loss(case: Case, command: RecordJobLoss, setting: Setting) -> Ruling:
    """A job ended.  With no other earner the household is helped again at once (N1, A12, A19, scenario 59)."""
    mine = [e for e in case.active_employments if e.member == command.member]
    if not mine:
        raise SaidNo("not_employed", "该成员没有在岗记录，请核对。", field="member")
    if command.on < mine[0].started_on:
        raise SaidNo("loss_before_start", "离岗日期不能早于上岗日期，请核对。", field="on")
    case = _with_employment(case, mine[0].model_copy(update={"ended_on": command.on}))
    case = _with_status(case, command.member, WorkStatus.UNREGISTERED_UNEMPLOYED)
    facts = (
        Fact(label="成员", value=case.member_words(command.member)),
        Fact(label="离岗日期", value=command.on.isoformat()),
    )
    if case.active_employments:
        says, clause = "另有成员在岗，不返回帮扶，继续回访。", "吉人社函〔2021〕102号 四（四）"
    elif case.eliminated_on is None:
        case = _resumed(case)
        says = f"核准消除之前离岗，原承诺期限继续计算，到期日{promise.require(case).due_on}。"
        clause = promise.NO_RESET
    else:
        says = "家庭重新无人就业，立即恢复帮扶，待县级恢复认定后重新起算承诺。"
        clause = setting.policy.reassist.within.basis
    return Ruling(case, Why(rule="employment.lost", says=says, facts=facts, clause=clause), about=mine[0].employment_id)


def restore_certification(case: Case, command: RestoreCertification, setting: Setting) -> Ruling:
    """Within the pack's months the county restores the certification without new publicity; a new promise (A19)."""
    if not case.tasks_of("restore_certification") or case.eliminated_on is None:
        raise SaidNo("nothing_to_restore", "本户没有待恢复的认定。")
    terms = setting.policy.reassist
    last = count(setting.calendar, case.eliminated_on, terms.within.value, roll=False).ends
    lost_on = max((e.ended_on for e in case.employments if e.ended_on), default=setting.today)
    if lost_on > last or terms.republicity.value:
        raise SaidNo(
            "new_application_needed",
            f"自{case.eliminated_on}消除起已超过{terms.within.value.words}或办法要求重新公示，须重新申请并公示；请办理退出后另行申请。",
            clause=terms.within.basis,
        )
    standing, why = reassess(case, setting)
    if standing.outcome == "not_eligible" and standing.reason != "applicant_not_registered":
        raise SaidNo(f"not_eligible_{standing.reason}", f"不符合恢复条件：{why.says}", clause=why.clause)
    case = case.model_copy(update={"standing": standing, "eliminated_on": None, "double_employment": False})
    case, facts = promise.begin(case, setting)
    why = Why(
        rule="certification.restored",
        says="县级恢复认定，不再公示，承诺期限重新起算。",
        facts=(Fact(label="离岗日期", value=lost_on.isoformat()), *facts),
        clause=f"{terms.within.basis}；{setting.policy.promise.length.basis}",
    )
    return Ruling(case, why)


def _resumed(case: Case) -> Case:
    current = promise.require(case)
    return case.model_copy(update={"promise": current.model_copy(update={"met_on": None})})


def _require_employment(case: Case, employment_id: str) -> Employment:
    found = next((e for e in case.employments if e.employment_id == employment_id), None)
    if found is None or not found.active:
        raise SaidNo("employment_unknown", f"本户没有编号为{employment_id}的在岗记录，请核对。", field="employment")
    return found


def _with_employment(case: Case, changed: Employment) -> Case:
    rows = tuple(changed if e.employment_id == changed.employment_id else e for e in case.employments)
    return case.model_copy(update={"employments": rows})


def _with_status(case: Case, member_id: str, status: WorkStatus) -> Case:
    members = tuple(
        m.model_copy(update={"status": status}) if m.member_id == member_id else m for m in case.household.members
    )
    return case.model_copy(update={"household": case.household.model_copy(update={"members": members})})
