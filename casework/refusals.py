"""Rules of refusals (拒绝岗位): what counts, the rolling month, the warning before the last, and the proposal.

“3次以上” includes three; “1个月内” is, for every refusal, the month that begins with it (A1, A2).  Members are never
summed (A3).  Nobody is exited here: a reached count proposes, the county decides (A7).
"""

from datetime import date

from casework.case import Case
from casework.case_facts import ReferralOutcome, Refusal, RefusalStatus, RefusalWarning
from casework.commands.assistance import IssueWarning, JudgeRefusal, RecordRefusal
from casework.commands.deadlines import RefusalWindowLapsed
from casework.errors import NotYourStep, SaidNo
from casework.exits import open_proposal
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.services import require_referral, with_referral
from casework.states import ExitReason
from casework.working_days import count
from policies.schema import Policy

SECOND_PERSON = "内部规定：有无正当理由由第二人认定（A5）"


def window_end(start: date, setting: Setting) -> date:
    """Return the last day of the rolling window that begins with a refusal; a holiday does not extend it (A2)."""
    return count(setting.calendar, start, setting.policy.refusal.window.value, roll=False).ends


def counted(case: Case, member: str) -> tuple[Refusal, ...]:
    """Return the member's unjustified refusals by date; pending and justified ones never count (A5)."""
    mine = [r for r in case.refusals if r.member == member and r.status is RefusalStatus.UNJUSTIFIED]
    return tuple(sorted(mine, key=lambda r: (r.on, r.refusal_id)))


def largest_window(case: Case, member: str, setting: Setting) -> tuple[Refusal, ...]:
    """Return the most refusals of a member that fall into one rolling window."""
    mine = counted(case, member)
    windows = [tuple(r for r in mine if first.on <= r.on <= window_end(first.on, setting)) for first in mine]
    return max(windows, key=len, default=())


def exhausted(case: Case, setting: Setting) -> tuple[Refusal, ...]:
    """Return the refusals that reach the threshold (of any member, or of every base member), or none."""
    terms = setting.policy.refusal
    base = case.standing.base
    reached = {m: w for m in base if len(w := largest_window(case, m, setting)) >= terms.threshold.value}
    if terms.scope.value == "all_members":
        return tuple(r for w in reached.values() for r in w) if base and len(reached) == len(base) else ()
    return next(iter(reached.values()), ())


def record_refusal(case: Case, command: RecordRefusal, setting: Setting) -> Ruling:
    """A member declined or did not attend; it waits for a second person's judgement (A4, A5, scenario 47)."""
    referral = require_referral(case, command.referral)
    if referral.member != command.member:
        raise SaidNo("referral_of_other_member", "这次推荐不是给该成员的，请核对推荐编号。", field="member")
    if referral.outcome is not ReferralOutcome.OPEN:
        raise SaidNo(
            "referral_decided",
            "这次推荐已有结果（未录用不是拒绝），不能再登记拒绝。",
            field="referral",
            clause="内部规定：用人单位未录用不是拒绝（A4）",
        )
    if not referral.suitable or not referral.delivered:
        raise SaidNo(
            "referral_not_suitable",
            "只有合适且已送达的推荐才可能算拒绝；这次推荐"
            + ("未送达确认" if referral.suitable else "低于最低工资或不符合帮扶方案")
            + "，不计入拒绝。",
            field="referral",
            clause=setting.policy.refusal.minimum_wage_fen.basis,
        )
    if command.on < referral.on:
        raise SaidNo("refusal_before_referral", "拒绝日期不能早于推荐日期，请核对。", field="on")
    _check_reason(command.reason_code, setting.policy)
    refusal = Refusal(
        refusal_id=f"F{case.seq + 1}",
        referral=command.referral,
        member=command.member,
        on=command.on,
        reason_code=command.reason_code,
        recorded_by=command.by.account,
    )
    case = with_referral(case, referral.model_copy(update={"outcome": ReferralOutcome.DECLINED}))
    case = case.model_copy(update={"refusals": (*case.refusals, refusal)})
    why = Why(
        rule="refusals.recorded",
        says="登记拒绝岗位，待另一名工作人员认定有无正当理由；认定之前不计次。",
        facts=(
            Fact(label="成员", value=case.member_words(command.member)),
            Fact(label="拒绝日期", value=command.on.isoformat()),
        ),
        clause=setting.policy.refusal.justified_reasons.basis,
    )
    return Ruling(case, why, about=refusal.refusal_id)


def judge_refusal(case: Case, command: JudgeRefusal, setting: Setting) -> Ruling:
    """有无正当理由, by somebody who did not record it; late evidence revokes (A5, scenarios 37, 42, 43)."""
    refusal = next((r for r in case.refusals if r.refusal_id == command.refusal), None)
    if refusal is None:
        raise SaidNo("refusal_unknown", f"本户没有编号为{command.refusal}的拒绝记录，请核对。", field="refusal")
    if refusal.recorded_by == command.by.account:
        raise NotYourStep("same_person", "您登记了这次拒绝，理由须由另一名工作人员认定。", clause=SECOND_PERSON)
    status = RefusalStatus.JUSTIFIED if command.justified else RefusalStatus.UNJUSTIFIED
    if refusal.status is status:
        raise SaidNo("refusal_judged", "这次拒绝已作同样认定，无需重复办理。", field="justified")
    if refusal.status is RefusalStatus.JUSTIFIED:
        raise SaidNo("justified_stands", "已认定有正当理由的，不得改为无正当理由。", field="justified")
    _check_reason(command.reason_code, setting.policy)
    if command.justified and command.reason_code is None:
        raise SaidNo("reason_code_missing", "认定有正当理由时须选择理由代码。", field="reason_code")
    judged = refusal.model_copy(
        update={"status": status, "judged_by": command.by.account, "reason_code": command.reason_code}
    )
    rows = tuple(judged if r.refusal_id == judged.refusal_id else r for r in case.refusals)
    case = case.model_copy(update={"refusals": rows})
    case, outcome = _follow(case, refusal, setting)
    window = largest_window(case, refusal.member, setting)
    why = Why(
        rule="refusals.counted",
        says=("认定有正当理由，不计次。" if command.justified else "认定无正当理由，计入拒绝次数。") + outcome,
        facts=_facts(case, refusal.member, window, setting),
        clause=setting.policy.refusal.threshold.basis,
    )
    return Ruling(case, why, about=refusal.refusal_id, each=_warned(case, refusal.member, window, setting))


def _follow(case: Case, judged: Refusal, setting: Setting) -> tuple[Case, str]:
    """Propose the exit when the count is reached; withdraw the proposal when it no longer is."""
    reached = exhausted(case, setting)
    proposal = case.exit_proposal
    if reached and proposal is None:
        case = open_proposal(case, ExitReason.REFUSED_REFERRALS, setting, about=reached[0].member, by=None)
        return case, "已达到次数，提出退出建议，由县级决定，家庭可在期限内陈述申辩。"
    if not reached and proposal is not None and proposal.reason is ExitReason.REFUSED_REFERRALS:
        return case.model_copy(update={"exit_proposal": None}), "不再达到次数，退出建议自动撤销。"
    return case, ""


def _warned(case: Case, member: str, window: tuple[Refusal, ...], setting: Setting) -> dict[str, tuple[str, ...]]:
    due = (
        len(window) == setting.policy.refusal.warning_at.value
        and not any(w.member == member and w.on >= window[0].on for w in case.warnings)
        and not any(t.about == member for t in case.tasks_of("issue_warning"))
    )
    return {"issue_warning": (member,)} if due else {}


def issue_warning(case: Case, command: IssueWarning, setting: Setting) -> Ruling:
    """The written warning: one more unjustified refusal may lead to exit (scenario 49)."""
    window = largest_window(case, command.member, setting)
    need = setting.policy.refusal.warning_at
    if len(window) < need.value:
        raise SaidNo("warning_not_due", f"该成员一个月内无正当理由拒绝不足{need.value}次，无需提醒。", field="member")
    if command.on < window[need.value - 1].on:
        raise SaidNo("warning_too_early", f"提醒日期不能早于第{need.value}次拒绝日期，请核对。", field="on")
    case = case.model_copy(update={"warnings": (*case.warnings, RefusalWarning(member=command.member, on=command.on))})
    why = Why(
        rule="refusals.warned",
        says="已书面提醒：一个月内再无正当理由拒绝一次，可能退出援助。",
        facts=_facts(case, command.member, window, setting),
        clause=need.basis,
    )
    return Ruling(case, why, about=command.member)


def warned_in_time(case: Case, member: str, setting: Setting) -> bool:
    """Say whether a warning stood between the second and the last counted refusal (scenario 49)."""
    window = largest_window(case, member, setting)
    terms = setting.policy.refusal
    if len(window) < terms.threshold.value:
        return False
    second, last = window[terms.warning_at.value - 1], window[terms.threshold.value - 1]
    return any(w.member == member and second.on <= w.on <= last.on for w in case.warnings)


def refusal_window_lapsed(case: Case, command: RefusalWindowLapsed, setting: Setting) -> Ruling:
    """A month has passed since this refusal; write down what is left in the current window."""
    refusal = next((r for r in case.refusals if r.refusal_id == command.about), None)
    member = refusal.member if refusal else case.household.applicant.member_id
    current = tuple(r for r in counted(case, member) if window_end(r.on, setting) >= setting.today)
    why = Why(
        rule="refusals.window_lapsed",
        says=f"该次拒绝已满一个月，{case.member_words(member)}当前窗口内计{len(current)}次。",
        facts=_facts(case, member, current, setting),
        clause=setting.policy.refusal.window.basis,
    )
    return Ruling(case, why, about=command.about)


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
    facts = [
        Fact(label="成员", value=case.member_words(member)),
        Fact(label="一个月内计次", value=f"{len(window)}/{setting.policy.refusal.threshold.value}次"),
    ]
    if window:
        facts.append(Fact(label="计入日期", value="、".join(r.on.isoformat() for r in window)))
        facts.append(Fact(label="窗口", value=f"{window[0].on}至{window_end(window[0].on, setting)}"))
    return tuple(facts)
