"""Rules of refusals (拒绝岗位): what counts, the rolling month, the warning before the last, and the proposal.

“3次以上” includes three; “1个月内” is, for every refusal, the month that begins with it (A1, A2).  Members are never
summed (A3).  Nobody is exited here: a reached count proposes, the county decides (A7).
"""

from casework import grounds
from casework.breach import proposed_anew
from casework.case import Case
from casework.case_facts import Referral, ReferralOutcome, Refusal, RefusalStatus, RefusalWarning
from casework.commands.assistance import IssueWarning, JudgeRefusal, RecordRefusal
from casework.commands.deadlines import RefusalWindowLapsed
from casework.errors import NotYourStep, SaidNo
from casework.exits import follow
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.refusal_counts import counted, largest_window, threshold, warned_for_next, window_end
from casework.ruling import Ruling, Setting
from casework.services import require_referral, with_referral
from casework.states import ExitReason, State, same_person
from casework.suitability import UNSUITABLE, suitability_basis
from casework.times import in_words
from casework.working_days import count
from policies.groups import Refusal as RefusalTerms
from policies.schema import Policy

NOT_A_REFUSAL = "内部规定：用人单位未录用不是拒绝（A4）"
SECOND_PERSON = "内部规定：有无正当理由由第二人认定（A5）"


def record_refusal(case: Case, command: RecordRefusal, setting: Setting) -> Ruling:
    """A member declined or did not attend; it waits for a second person's judgement (A4, A5, scenario 47)."""
    referral = require_referral(case, command.referral)
    if referral.member != command.member:
        raise SaidNo("referral_of_other_member", "这次推荐不是给该成员的，请核对推荐编号。", field="member")
    if referral.outcome not in (ReferralOutcome.OPEN, ReferralOutcome.HIRED):
        raise SaidNo(
            "referral_decided",
            "这次推荐已有结果（未录用不是拒绝，同一次推荐只能拒绝一次），不能再登记拒绝。",
            field="referral",
            clause=NOT_A_REFUSAL,
        )
    _require_real_offer(case, referral, setting)
    if command.on < (since := referral.delivered_on or referral.on):
        raise SaidNo(
            "refusal_before_referral",
            f"拒绝日期不能早于推荐送达日期（{in_words(since)}），请核对。",
            field="on",
        )
    _check_reason(command.reason_code, setting.policy)
    member = case.household.member(command.member)
    registered = member is not None and member.status is WorkStatus.REGISTERED_UNEMPLOYED
    stated = command.statement is not None or command.reason_code is not None
    period = setting.policy.refusal.reason_period.value
    refusal = Refusal(
        refusal_id=f"F{case.seq + 1}",
        referral=command.referral,
        member=command.member,
        on=command.on,
        reason_code=command.reason_code,
        recorded_by=command.by.hand,
        registered=registered,
        no_show=command.no_show,
        reasons_by=None if stated else count(setting.calendar, setting.today, period, roll=True).ends,
    )
    case = with_referral(case, referral.model_copy(update={"outcome": ReferralOutcome.DECLINED}))
    case = case.model_copy(update={"refusals": (*case.refusals, refusal)})
    why = Why(
        rule="refusals.recorded",
        says=("登记未按约参加面试或到岗" if command.no_show else "登记拒绝岗位")
        + "，待另一名工作人员认定有无正当理由；认定之前不计次。"
        + (f"成员可在{in_words(refusal.reasons_by)}前说明理由。" if refusal.reasons_by else ""),
        facts=(
            Fact(label="成员", value=case.member_words(command.member)),
            Fact(label="拒绝日期", value=in_words(command.on)),
        ),
        clause=setting.policy.refusal.justified_reasons.basis,
    )
    return Ruling(case, why, about=refusal.refusal_id)


def _require_real_offer(case: Case, referral: Referral, setting: Setting) -> None:
    """Only a suitable job that was delivered can be refused (A4)."""
    if referral.suitable and referral.delivered:
        return
    low = setting.terms_on(referral.on).refusal
    clause = low.minimum_wage_fen.basis
    why = "未送达确认，送达后请先登记送达"
    if not referral.suitable:
        why = UNSUITABLE.get(referral.unsuitable or "", "低于最低工资或不符合帮扶方案")
        clause = suitability_basis(referral.unsuitable, low)
    raise SaidNo(
        "referral_not_suitable",
        f"只有合适且已送达的推荐才可能算拒绝；这次推荐{why}，不计入拒绝。",
        field="referral",
        clause=clause,
    )


def judge_refusal(case: Case, command: JudgeRefusal, setting: Setting) -> Ruling:
    """有无正当理由, by somebody who did not record it; late evidence revokes (A5, scenarios 37, 42, 43)."""
    refusal = next((r for r in case.refusals if r.refusal_id == command.refusal), None)
    if refusal is None:
        raise SaidNo("refusal_unknown", f"本户没有编号为{command.refusal}的拒绝记录，请核对。", field="refusal")
    if same_person(command.by, refusal.recorded_by):
        raise NotYourStep("same_person", "您登记了这次拒绝，理由须由另一名工作人员认定。", clause=SECOND_PERSON)
    status = RefusalStatus.JUSTIFIED if command.justified else RefusalStatus.UNJUSTIFIED
    if refusal.status is status:
        raise SaidNo("refusal_judged", "这次拒绝已作同样认定，无需重复办理。", field="justified")
    if refusal.status is RefusalStatus.JUSTIFIED:
        raise SaidNo(
            "justified_stands",
            "已认定有正当理由的，不得改为无正当理由；如有新情况，请在下次推荐时另行登记。",
            field="justified",
        )
    if not command.justified and refusal.reasons_by is not None and setting.today <= refusal.reasons_by:
        raise SaidNo(
            "reason_period_running",
            f"成员尚未说明理由，可在{in_words(refusal.reasons_by)}24时前说明；期满之前不能认定无正当理由。",
            field="justified",
            clause=setting.policy.refusal.reason_period.basis,
        )
    _check_reason(command.reason_code, setting.policy)
    if command.justified and command.reason_code is None:
        raise SaidNo(
            "reason_code_missing",
            f"认定有正当理由时须选择理由代码：{'、'.join(setting.policy.refusal.justified_reasons.value)}。",
            field="reason_code",
        )
    judged = refusal.model_copy(
        update={"status": status, "judged_by": command.by.hand, "reason_code": command.reason_code}
    )
    rows = tuple(judged if r.refusal_id == judged.refusal_id else r for r in case.refusals)
    case = proposed_anew(case.model_copy(update={"refusals": rows}), setting)
    if case.state is State.EMPLOYED:  # the job has answered it already (A12)
        case = grounds.weigh(case, ExitReason.REFUSED_REFERRALS)
    case, outcome, moved = follow(case, setting)
    window = largest_window(case, refusal.member, setting)
    why = Why(
        rule="refusals.counted",
        says=_verdict(judged, setting) + outcome,
        facts=_facts(case, refusal.member, window, setting),
        clause=setting.terms_on(refusal.on).refusal.threshold.basis,
    )
    return Ruling(case, why, about=refusal.refusal_id, each=_warned(case, refusal.member, setting), moved=moved)


def _verdict(judged: Refusal, setting: Setting) -> str:
    if judged.status is RefusalStatus.JUSTIFIED:
        return "认定有正当理由，不计次。"
    if setting.terms_on(judged.on).refusal.registered_only.value and not judged.registered:
        return "认定无正当理由；拒绝时该成员尚未登记失业，不计入拒绝次数。"
    return "认定无正当理由，计入拒绝次数。"


def _warned(case: Case, member: str, setting: Setting) -> dict[str, tuple[str, ...]]:
    """Say whether a warning has to be written to the member, or is not needed any more."""
    window = largest_window(case, member, setting)
    terms = _terms(window, setting)
    owed = terms.warning_at.value <= len(window) < threshold(window, setting) and case.state is not State.EMPLOYED
    due = owed and not warned_for_next(case, member, setting)
    return {
        "issue_warning": (member,) if due else (),
        "closes:issue_warning": () if owed else (member,),
    }


def issue_warning(case: Case, command: IssueWarning, setting: Setting) -> Ruling:
    """The written warning: one more unjustified refusal may lead to exit (scenario 49)."""
    window = largest_window(case, command.member, setting)
    need = _terms(window, setting).warning_at
    if len(window) < need.value:
        raise SaidNo(
            "warning_not_due",
            f"该成员{setting.policy.refusal.window.value.words}内无正当理由拒绝不足{need.value}次，无需提醒。",
            field="member",
        )
    if command.on < window[need.value - 1].on:
        raise SaidNo(
            "warning_too_early",
            f"提醒日期不能早于第{need.value}次拒绝日期（{in_words(window[need.value - 1].on)}），请核对。",
            field="on",
        )
    warning = RefusalWarning(member=command.member, on=command.on, recorded_on=setting.today)
    case = case.model_copy(update={"warnings": (*case.warnings, warning)})
    why = Why(
        rule="refusals.warned",
        says=f"已书面提醒：{setting.policy.refusal.window.value.words}内再无正当理由拒绝，可能退出援助。",
        facts=_facts(case, command.member, window, setting),
        clause=need.basis,
    )
    return Ruling(case, why, about=command.member)


def refusal_window_lapsed(case: Case, command: RefusalWindowLapsed, setting: Setting) -> Ruling:
    """A month has passed since this refusal; write down what is left in the current window."""
    refusal = next((r for r in case.refusals if r.refusal_id == command.about), None)
    member = refusal.member if refusal else case.household.applicant.member_id
    current = tuple(r for r in counted(case, member, setting) if window_end(r.on, setting) >= setting.today)
    terms = setting.terms_on(refusal.on if refusal else setting.today).refusal
    why = Why(
        rule="refusals.window_lapsed",
        says=f"该次拒绝已满{terms.window.value.words}，{case.member_words(member)}当前窗口内计{len(current)}次。",
        facts=_facts(case, member, current, setting),
        clause=terms.window.basis,
    )
    return Ruling(case, why, about=command.about)


def _terms(window: tuple[Refusal, ...], setting: Setting) -> RefusalTerms:
    """Return the terms valid on the day of a window's last refusal."""
    return setting.terms_on(window[-1].on).refusal if window else setting.policy.refusal


def _check_reason(code: str | None, policy: Policy) -> None:
    allowed = policy.refusal.justified_reasons
    if code is not None and code not in allowed.value:
        raise SaidNo(
            "reason_code_unknown",
            f"理由代码不在办法列举之内，请从以下选择：{'、'.join(allowed.value)}。",
            field="reason_code",
            clause=allowed.basis,
        )


def _facts(case: Case, member: str, window: tuple[Refusal, ...], setting: Setting) -> tuple[Fact, ...]:
    terms = setting.terms_on(window[0].on).refusal if window else setting.policy.refusal
    facts = [
        Fact(label="成员", value=case.member_words(member)),
        Fact(
            label=f"{terms.window.value.words}内计次",
            value=f"{len(window)}/{threshold(window, setting)}次",
        ),
    ]
    if window:
        facts.append(Fact(label="计入日期", value="、".join(in_words(r.on) for r in window)))
        facts.append(
            Fact(label="窗口", value=f"{in_words(window[0].on)}至{in_words(window_end(window[0].on, setting))}")
        )
    return tuple(facts)
