"""Conflict of interest (回避): who is named in an objection or declared an interest judges nothing here (A9, A30).

What may not be done is one list here, checked for every step in `casework/decide.py`, so that no rule forgets it.
"""

from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.commands.objections import DeclareConflict
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.review_facts import Conflict
from casework.ruling import Ruling, Setting
from casework.states import FOR, Actor, Role, same_person
from casework.times import in_words

AVOIDANCE = "内部规定：与当事家庭有利害关系或被异议反映的人员回避（A9、A30）"

JUDGING = frozenset(
    {
        "decide_special_situation",
        "decide_member",
        "record_comparison",
        "judge_comparison_hit",
        "pass_first_review",
        "decline_first_review",
        "dismiss_objection",
        "uphold_objection",
        "correct_objection",
        "conclude_review",
        "pass_recheck",
        "return_to_office",
        "decline_recheck",
        "certify",
        "restore_certification",
        "judge_refusal",
        "approve_elimination",
        "reject_elimination",
        "confirm_stable",
        "confirm_breach_cause",
        "approve_exit",
        "reject_exit",
        "confirm_exit_effect",
        "uphold_appeal",
        "dismiss_appeal",
        "withdraw_elimination",
        "suspend_promise",
        "resume_promise",
        "end_monitoring",
        "handle_unsteady_job",
    }
)
"""Steps that judge the household or its helpers; services, contacts and visits may go on."""


def concerned(case: Case) -> tuple[str, ...]:
    """Return the accounts that must keep away from this case's judgements.

    Named in an objection that is more than hearsay, or declared; what a supervisor has lifted since does not count.
    """
    named = [o.concerns for o in case.objections if o.concerns and o.status is not ObjectionStatus.NOT_BLOCKING]
    declared = {c.account: c.lifted_on is None for c in case.conflicts}
    return tuple(dict.fromkeys(a for a in (*named, *declared) if declared.get(a, True)))


def require_unconcerned(case: Case, actor: Actor) -> None:
    """Say no to somebody who, or for whom somebody acts who, must keep away."""
    if any(same_person(actor, account) for account in concerned(case)):
        raise NotYourStep(
            "conflict_of_interest",
            "您与本户有利害关系或被异议反映，须回避，这一步请由其他工作人员办理。",
            clause=AVOIDANCE,
        )


def declare_conflict(case: Case, command: DeclareConflict, setting: Setting) -> Ruling:
    """Everybody declares for himself; a supervisor for another, and only he lifts it again, never his own."""
    account = command.account or command.by.account
    himself = account in command.by.hand.split(FOR)
    if command.by.role is not Role.SUPERVISOR and (command.lifted or not himself):
        raise NotYourStep("not_yours_to_declare", "只能申报本人回避；他人的回避和解除回避由督导人员办理。")
    if command.lifted and himself:
        raise NotYourStep("own_conflict", "本人的回避须由另一名督导人员解除。")
    if command.lifted is not (account in concerned(case)):
        says = "该账号没有须解除的回避，请核对。" if command.lifted else "该账号已在回避，无需重复申报。"
        raise SaidNo("conflict_unchanged", says, field="account")
    stands = Conflict(
        account=account,
        declared_on=setting.today,
        declared_by=command.by.hand,
        lifted_on=setting.today if command.lifted else None,
    )
    kept = tuple(c for c in case.conflicts if c.account != account)
    done = "解除回避，可以办理本户的审核和决定" if command.lifted else "须回避，不得办理本户的审核、异议处理和各项决定"
    why = Why(
        rule="conflicts.lifted" if command.lifted else "conflicts.declared",
        says=f"工作人员{account}{done}，理由已存卷。",
        facts=(Fact(label="申报日期", value=in_words(setting.today)),),
        clause=AVOIDANCE,
    )
    return Ruling(case.model_copy(update={"conflicts": (*kept, stands)}), why)
