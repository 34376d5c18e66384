"""Rules of the county's decision on an exit (县级决定退出), yes or no; its effect is in `exit_effect.py` (A7, A42)."""

from casework import exit_effect, grounds, refusal_counts
from casework.case import Case
from casework.commands.assistance import ApproveExit, RejectExit
from casework.errors import NotYourStep, SaidNo
from casework.exit_facts import ExitProposal
from casework.exits import follow, ground, reason_words, require_proposal
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, same_person
from casework.times import end_of, in_words
from casework.working_days import count
from policies.schema import Policy

UNCHECKED = "内部规定：暂定日期须人工核对（A38）"
SECOND_PERSON = "内部规定：退出由提出人和认定拒绝的人以外的人员决定（A7、A30）"


def approve_exit(case: Case, command: ApproveExit, setting: Setting) -> Ruling:
    """The county decides the exit: ground standing, household heard, warning given, by a second person."""
    proposal = require_proposal(case)
    _require_other_eyes(case, command, proposal, setting)
    if not takes_effect_at_once(proposal.reason, setting.policy):
        _require_heard(proposal, command, setting)
    _require_standing(case, proposal, setting)
    facts = [Fact(label="提出日期", value=in_words(proposal.proposed_on))]
    if proposal.reason is ExitReason.REFUSED_REFERRALS:
        facts += _counted(case, setting)
    reason = ExitReason.REVOKED if proposal.reason is ExitReason.FALSE_REPORT else proposal.reason
    case = case.model_copy(update={"exit_proposal": None})
    if takes_effect_at_once(reason, setting.policy):
        ruled = exit_effect.ended(case, reason, setting, decided_by=command.by.hand, decided_on=setting.today)
        says = f"县级决定退出：{reason_words(reason, setting.policy)}。决定即生效，今后如有需要可随时再次申请。"
        ended: ExitReason | None = reason
    else:
        ruled, more = exit_effect.decided(case, proposal, reason, setting, by=command.by.hand)
        says = f"县级决定退出：{reason_words(reason, setting.policy)}。{more}"
        ended = None
    why = Why(
        rule=f"exits.{reason.value}",
        says=says,
        facts=(*facts, *exit_effect.facts(ruled)),
        clause=ground(reason, setting.policy),
    )
    return Ruling(ruled, why, ended=ended)


def takes_effect_at_once(reason: ExitReason, policy: Policy) -> bool:
    """Say whether a reason needs neither the household's answer nor time to appeal: it asked for it itself (A41)."""
    return reason.value in policy.exit.at_once.value


def _require_other_eyes(case: Case, command: ApproveExit, proposal: ExitProposal, setting: Setting) -> None:
    """Whoever proposed, or judged one of the refusals it rests on, does not decide (A30)."""
    if same_person(command.by, proposal.proposed_by):
        raise NotYourStep("same_person", "退出建议由您提出，须由另一名工作人员决定。", clause=SECOND_PERSON)
    if proposal.reason is not ExitReason.REFUSED_REFERRALS:
        return
    if any(same_person(command.by, hand) for hand in refusal_counts.judges(case, setting)):
        raise NotYourStep("same_person", "计入次数的拒绝由您认定，须由另一名工作人员决定退出。", clause=SECOND_PERSON)


def _require_heard(proposal: ExitProposal, command: ApproveExit, setting: Setting) -> None:
    """The household answered, or 24:00 of its last day has passed on a date that is sure (A7, A38)."""
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
            "陈述申辩期限涉及尚未公布放假安排的年份，为暂定日期。请核对国务院办公厅放假通知后勾选“已核对日历”。",
            field="calendar_checked",
            clause=UNCHECKED,
        )
    length = setting.terms_under(proposal.under).exit.response_period.value
    exact = count(setting.calendar, proposal.proposed_on, length, roll=True)
    unheard = proposal.provisional and proposal.responded_on is None
    if unheard and not exact.provisional and setting.now < end_of(exact.ends):
        raise SaidNo(
            "response_period_running",
            f"按已公布的放假安排，家庭可在{in_words(exact.ends)}24时前陈述申辩，尚未届满，请届满后再决定。",
            field="exit_proposal",
            clause=setting.policy.exit.response_period.basis,
        )


def _require_standing(case: Case, proposal: ExitProposal, setting: Setting) -> None:
    """The ground must still stand on the day of the decision, and the warning must have come in time."""
    if grounds.gone(case, proposal.reason, setting):
        raise SaidNo(
            "ground_gone",
            f"“{reason_words(proposal.reason, setting.policy)}”的事实已不成立，不能批准退出，请办理“不同意退出”。",
            field="exit_proposal",
            clause=ground(proposal.reason, setting.policy),
        )
    if proposal.reason is ExitReason.REFUSED_REFERRALS and not refusal_counts.may_exit(case, setting):
        raise SaidNo(
            "warning_missing",
            "第二次无正当理由拒绝之后、最后一次拒绝之前没有书面提醒，不能批准退出，事后补发不算；请办理“不同意退出”，继续帮扶。",
            field="warnings",
            clause=setting.policy.refusal.warning_at.basis,
        )


def _counted(case: Case, setting: Setting) -> list[Fact]:
    """Show all members, also those who did not refuse, and when each warning was written down (A3)."""
    window = setting.policy.refusal.window.value.words
    rows = [
        Fact(
            label=case.member_words(m),
            value=f"{window}内最多计{len(refusal_counts.largest_window(case, m, setting))}次",
        )
        for m in case.standing.base
    ]
    for warning in case.warnings:
        noted = f"（{in_words(warning.recorded_on)}登记）" if warning.recorded_on not in (None, warning.on) else ""
        rows.append(Fact(label=f"提醒{case.member_words(warning.member)}", value=in_words(warning.on) + noted))
    return rows


def reject_exit(case: Case, command: RejectExit, setting: Setting) -> Ruling:
    """The county does not agree; help goes on, no clock was stopped meanwhile.

    What it decided on is weighed: it takes one more refusal or attempt to propose that again.  A counted ground that
    only waited behind this proposal is proposed now, and who was not warned in time is to be warned for the next.
    """
    proposal = require_proposal(case)
    case = grounds.weigh(case.model_copy(update={"exit_proposal": None}), proposal.reason)
    case, more, _ = follow(case, setting)
    unwarned: tuple[str, ...] = ()
    if proposal.reason is ExitReason.REFUSED_REFERRALS:
        reached = refusal_counts.reached_by(case, setting)
        unwarned = tuple(m for m in reached if not refusal_counts.warned_for_next(case, m, setting))
    why = Why(
        rule="exits.rejected",
        says=f"县级不同意退出（{reason_words(proposal.reason, setting.policy)}），继续帮扶，各项时限不变。" + more,
        facts=(Fact(label="提出日期", value=in_words(proposal.proposed_on)),),
        clause=ground(proposal.reason, setting.policy),
    )
    return Ruling(case, why, each={"issue_warning": unwarned})
