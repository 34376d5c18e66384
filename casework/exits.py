"""Rules of exit (退出): a proposal, the household's answer, and the county's decision.  Never automatic (A7)."""

from casework import refusal_counts
from casework.case import Case
from casework.case_facts import Exit, ExitProposal
from casework.commands.assistance import ApproveExit, ProposeExit, RecordExitResponse, RejectExit
from casework.commands.deadlines import ExitResponseEnded
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, same_person
from casework.times import in_words
from casework.working_days import count
from policies.schema import Policy
from policies.terms import Term

UNCHECKED = "内部规定：暂定日期须人工核对（A38）"
SECOND_PERSON = "内部规定：退出由提出人以外的人员决定（A7）"


def ground(reason: ExitReason, policy: Policy) -> str:
    """Return the clause an exit reason stands on in this locality."""
    grounds = policy.grounds
    if reason is ExitReason.STABLE_EMPLOYMENT:
        return policy.exit.on.basis
    term: Term[bool] = getattr(grounds, reason.value, grounds.other)
    return term.basis


def reason_words(reason: ExitReason, policy: Policy) -> str:
    """Return an exit reason with the locality's own numbers: 1个月内无正当理由拒绝推荐就业3次以上."""
    if reason is ExitReason.REFUSED_REFERRALS:
        return f"{policy.refusal.window.value.words}内无正当理由拒绝推荐就业{policy.refusal.threshold.value}次以上"
    if reason is ExitReason.LOST_CONTACT:
        return f"{policy.contact.window.value.words}内连续{policy.contact.threshold.value}次无法取得联系"
    return reason.words


def open_proposal(case: Case, reason: ExitReason, setting: Setting, *, about: str | None, by: str | None) -> Case:
    """Return the case with a proposed exit; the household may answer until `respond_by`."""
    counted = count(setting.calendar, setting.today, setting.policy.exit.response_period.value, roll=True)
    proposal = ExitProposal(
        proposal_id=f"X{case.seq + 1}",
        reason=reason,
        proposed_on=setting.today,
        respond_by=counted.ends,
        provisional=counted.provisional,
        about=about,
        proposed_by=by,
    )
    return case.model_copy(update={"exit_proposal": proposal})


def propose_exit(case: Case, command: ProposeExit, setting: Setting) -> Ruling:
    """Propose an exit on a coded ground other than those the clocks count (J12, A41)."""
    if case.exit_proposal is not None:
        raise SaidNo("exit_already_proposed", "本户已有待决定的退出建议，请等待县级决定。", field="reason")
    reason = ExitReason(command.reason)
    known: Term[bool] = getattr(setting.policy.grounds, reason.value)
    if not known.value:
        raise SaidNo("ground_unknown_here", "本地办法没有这一退出情形，请另选。", field="reason", clause=known.basis)
    case = open_proposal(case, reason, setting, about=None, by=command.by.hand)
    assert case.exit_proposal is not None
    why = Why(
        rule="exits.proposed",
        says=f"提出退出建议：{reason_words(reason, setting.policy)}。"
        f"家庭可在{in_words(case.exit_proposal.respond_by)}24时前陈述申辩，由县级决定。",
        facts=(Fact(label="答复期限", value=in_words(case.exit_proposal.respond_by)),),
        clause=ground(reason, setting.policy),
    )
    return Ruling(case, why)


def record_exit_response(case: Case, command: RecordExitResponse, setting: Setting) -> Ruling:
    """The household answers the proposal; the county reads it before deciding."""
    proposal = _require_proposal(case)
    if command.on < proposal.proposed_on:
        raise SaidNo(
            "response_before_proposal",
            f"答复日期不能早于提出退出建议的日期（{in_words(proposal.proposed_on)}），请核对。",
            field="on",
        )
    case = case.model_copy(update={"exit_proposal": proposal.model_copy(update={"responded_on": command.on})})
    why = Why(
        rule="exits.responded",
        says="家庭已对退出建议作出陈述申辩，县级决定前须审阅。",
        facts=(Fact(label="答复日期", value=in_words(command.on)),),
        clause=setting.policy.exit.response_period.basis,
    )
    return Ruling(case, why)


def exit_response_ended(case: Case, command: ExitResponseEnded, setting: Setting) -> Ruling:
    """24:00 of the last day to answer has passed; the county may decide."""
    proposal = _require_proposal(case)
    case = case.model_copy(update={"exit_proposal": proposal.model_copy(update={"response_ended": True})})
    answered = "家庭已答复" if proposal.responded_on else "家庭未答复"
    why = Why(
        rule="exits.response_ended",
        says=f"陈述申辩期已于{in_words(proposal.respond_by)}24时届满，{answered}，可以决定。",
        facts=(Fact(label="提出日期", value=in_words(proposal.proposed_on)),),
        clause=setting.policy.exit.response_period.basis,
    )
    return Ruling(case, why)


def approve_exit(case: Case, command: ApproveExit, setting: Setting) -> Ruling:
    """The county exits the household: ground standing, household heard, warning given, by a second person."""
    proposal = _require_proposal(case)
    if same_person(command.by, proposal.proposed_by):
        raise NotYourStep("same_person", "退出建议由您提出，须由另一名工作人员决定。", clause=SECOND_PERSON)
    if not proposal.response_ended and proposal.responded_on is None:
        raise SaidNo(
            "response_period_running",
            f"家庭可在{in_words(proposal.respond_by)}24时前陈述申辩，期限未满且未收到答复，暂不能决定。",
            field="exit_proposal",
            clause=setting.policy.exit.response_period.basis,
        )
    if proposal.provisional and not command.calendar_checked:
        raise SaidNo(
            "provisional_date",
            "答复期限涉及尚未公布放假安排的年份，为暂定日期。请核对国务院办公厅放假通知后勾选“已核对日历”。",
            field="calendar_checked",
            clause=UNCHECKED,
        )
    facts = [Fact(label="提出日期", value=in_words(proposal.proposed_on))]
    _require_standing(case, proposal, setting)
    if proposal.reason is ExitReason.REFUSED_REFERRALS:
        if not refusal_counts.may_exit(case, setting):
            raise SaidNo(
                "warning_missing",
                "第二次无正当理由拒绝之后、最后一次拒绝之前没有书面提醒，不能批准退出；事后补发不算。",
                field="warnings",
                clause=setting.policy.refusal.warning_at.basis,
            )
        window = setting.policy.refusal.window.value.words
        facts += [
            Fact(
                label=case.member_words(m),
                value=f"{window}内最多计{len(refusal_counts.largest_window(case, m, setting))}次",
            )
            for m in case.standing.base
        ]
    why = Why(
        rule=f"exits.{proposal.reason.value}",
        says=f"县级决定退出：{reason_words(proposal.reason, setting.policy)}。",
        facts=tuple(facts),
        clause=ground(proposal.reason, setting.policy),
    )
    exit_ = Exit(reason=proposal.reason, on=setting.today, decided_by=command.by.hand)
    return Ruling(case.model_copy(update={"exit": exit_}), why, ended=proposal.reason)


def _require_standing(case: Case, proposal: ExitProposal, setting: Setting) -> None:
    """The ground must still stand on the day of the decision."""
    from casework import contacts

    gone = {
        ExitReason.REFUSED_REFERRALS: not refusal_counts.reached_by(case, setting),
        ExitReason.LOST_CONTACT: not contacts.lost(case, setting),
        ExitReason.NO_BASE_MEMBER: bool(case.standing.base),
    }
    if gone.get(proposal.reason, False):
        raise SaidNo(
            "ground_gone",
            f"“{reason_words(proposal.reason, setting.policy)}”的事实已不成立，不能批准退出，请办理“不同意退出”。",
            field="exit_proposal",
            clause=ground(proposal.reason, setting.policy),
        )


def withdrawn_by_work(case: Case) -> Case:
    """Work answers what the clocks proposed: such a proposal is withdrawn; one that a person made stands (A12)."""
    proposal = case.exit_proposal
    answered = (ExitReason.REFUSED_REFERRALS, ExitReason.LOST_CONTACT, ExitReason.NO_BASE_MEMBER)
    return case.model_copy(update={"exit_proposal": None}) if proposal and proposal.reason in answered else case


def reject_exit(case: Case, command: RejectExit, setting: Setting) -> Ruling:
    """The county does not agree; help goes on, no clock was stopped meanwhile."""
    proposal = _require_proposal(case)
    why = Why(
        rule="exits.rejected",
        says=f"县级不同意退出（{reason_words(proposal.reason, setting.policy)}），继续帮扶，各项时限不变。",
        facts=(Fact(label="提出日期", value=in_words(proposal.proposed_on)),),
        clause=ground(proposal.reason, setting.policy),
    )
    return Ruling(case.model_copy(update={"exit_proposal": None}), why)


def _require_proposal(case: Case) -> ExitProposal:
    if case.exit_proposal is None:
        raise SaidNo("no_exit_proposal", "本户没有待决定的退出建议，请刷新后查看。", field="exit_proposal")
    return case.exit_proposal
