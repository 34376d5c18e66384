"""Rules of a proposed exit (退出建议) and the household's answer; the decision is in `exit_decision.py` (A7)."""

from datetime import date

from casework import grounds, standstill
from casework.case import Case
from casework.clocks import Clock
from casework.commands.assistance import ProposeExit, RecordExitResponse
from casework.commands.deadlines import ExitResponseEnded
from casework.errors import SaidNo
from casework.exit_facts import ExitProposal
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.times import in_words
from casework.working_days import count
from policies.schema import Policy
from policies.terms import Term

REVOKED_FROM = {ExitReason.REVOKED: ExitReason.FALSE_REPORT}
"""What is proposed as a false report ends as a revocation of the certification, reported apart (A42)."""


def ground(reason: ExitReason, policy: Policy) -> str:
    """Return the clause an exit reason stands on in this locality."""
    if reason is ExitReason.STABLE_EMPLOYMENT:
        return policy.exit.on.basis
    known = policy.grounds
    term: Term[bool] = getattr(known, REVOKED_FROM.get(reason, reason).value, known.other)
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
    asked = "家庭已书面申请，县级可随时决定。" if reason is ExitReason.VOLUNTARY else ""
    why = Why(
        rule="exits.proposed",
        says=f"提出退出建议：{reason_words(reason, setting.policy)}。"
        + (asked or f"家庭可在{in_words(case.exit_proposal.respond_by)}24时前陈述申辩，由县级决定。"),
        facts=(Fact(label="陈述申辩期限", value=in_words(case.exit_proposal.respond_by)),),
        clause=ground(reason, setting.policy),
    )
    return Ruling(case, why)


def record_exit_response(case: Case, command: RecordExitResponse, setting: Setting) -> Ruling:
    """The household answers the proposal; the county reads it before deciding."""
    proposal = require_proposal(case)
    if command.on < proposal.proposed_on:
        raise SaidNo(
            "response_before_proposal",
            f"答复日期不能早于提出退出建议的日期（{in_words(proposal.proposed_on)}），请核对。",
            field="on",
        )
    case = case.model_copy(update={"exit_proposal": proposal.model_copy(update={"responded_on": command.on})})
    case, said, _ = follow(heard_from(case, command.on), setting)
    why = Why(
        rule="exits.responded",
        says=said or "家庭已对退出建议作出陈述申辩，县级决定前须审阅。",
        facts=(Fact(label="答复日期", value=in_words(command.on)),),
        clause=setting.policy.exit.response_period.basis,
    )
    return Ruling(case, why)


def heard_from(case: Case, on: date) -> Case:
    """Return the case with the household's own word noted: whoever answers is not lost (A6)."""
    return case.model_copy(update={"heard_on": (*case.heard_on, on)})


def exit_response_ended(case: Case, command: ExitResponseEnded, setting: Setting) -> Ruling:
    """24:00 of the last day to answer has passed; the county may decide."""
    proposal = require_proposal(case)
    case = case.model_copy(update={"exit_proposal": proposal.model_copy(update={"response_ended": True})})
    answered = "家庭已答复" if proposal.responded_on else "家庭未答复"
    why = Why(
        rule="exits.response_ended",
        says=f"陈述申辩期已于{in_words(proposal.respond_by)}24时届满，{answered}，可以决定。",
        facts=(Fact(label="提出日期", value=in_words(proposal.proposed_on)),),
        clause=setting.policy.exit.response_period.basis,
    )
    return Ruling(case, why)


def follow(case: Case, setting: Setting) -> tuple[Case, str, tuple[Clock, ...]]:
    """Bring proposal and decision to what is counted now; return also what to say of it, and the clocks that moved.

    What was proposed or decided on a counted ground falls with it, until the effect (A5); a ground that stands and was
    not weighed yet is proposed (A7).
    """
    proposal, decided = case.exit_proposal, case.exit_decided
    if case.standing.base:
        case = case.model_copy(update={"weighed": tuple(w for w in case.weighed if w != ExitReason.NO_BASE_MEMBER)})
    if decided is not None:
        if not grounds.gone(case, decided.reason, setting):
            return case, "", ()
        case, moved = standstill.lift(case, setting)
        return case, "退出情形不再成立，退出决定在生效前自动撤销，暂停的日子予以补足。", moved
    said = ""
    if proposal is not None and grounds.gone(case, proposal.reason, setting):
        case, said = case.model_copy(update={"exit_proposal": None}), "不再达到次数，退出建议自动撤销。"
        if proposal.reason is ExitReason.NO_BASE_MEMBER:
            said = "家庭中又有需援助成员，退出建议自动撤销。"
    if case.exit_proposal is None and (ground := grounds.unweighed(case, setting)) is not None:
        case = open_proposal(case, ground.reason, setting, about=ground.about, by=None)
        nobody = ground.reason is ExitReason.NO_BASE_MEMBER
        said += "家庭已无需援助成员，" if nobody else "已达到次数，"
        said += "提出退出建议，由县级决定，家庭可在期限内陈述申辩。"
    return case, said, ()


def answered_by_work(case: Case, setting: Setting) -> tuple[Case, str, tuple[Clock, ...]]:
    """Work answers what the clocks proposed or led to: it falls; what a person stated stands (A12).

    Nor do the same refusals and attempts propose anything again if the job is lost.
    """
    case = grounds.weigh(case, ExitReason.REFUSED_REFERRALS, ExitReason.LOST_CONTACT)
    if case.exit_decided is not None and case.exit_decided.reason in grounds.COUNTED:
        case, moved = standstill.lift(case, setting)
        return case, "退出决定在生效前自动撤销。", moved
    proposal = case.exit_proposal
    if proposal is not None and proposal.reason in grounds.COUNTED:
        return case.model_copy(update={"exit_proposal": None}), "退出建议自动撤销。", ()
    return case, "", ()


def require_proposal(case: Case) -> ExitProposal:
    """Return the proposal that awaits a decision, or say no."""
    if case.exit_proposal is None:
        raise SaidNo("no_exit_proposal", "本户没有待决定的退出建议，请刷新后查看。", field="exit_proposal")
    return case.exit_proposal
