"""Rules of special hardship (特别困难) and of the guaranteed post (托底安置) that the upper level then owes.  N11."""

from casework.case import Case
from casework.case_facts import Referral, ReferralOutcome, RefusalStatus
from casework.commands.hardship import ArrangeGuaranteedPost, LiftSpecialHardship, MarkSpecialHardship
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.promise_facts import Hardship
from casework.promise_met import offered
from casework.ruling import Ruling, Setting
from casework.services import require_member
from casework.times import in_words

GROUND_WORDS = {
    "disability": "成员残疾",
    "serious_illness": "成员患重病",
    "single_parent": "单亲抚养未成年子女",
    "older_member": "成员年龄偏大",
    "long_unemployed": "长期失业",
    "heavy_burden": "赡养、抚养负担重",
    "other": "其他特别困难",
}


def post_owed(case: Case) -> bool:
    """Say whether a guaranteed post is owed: nobody works, and none that was offered still stands."""
    return (
        case.hardship is not None and not case.active_employments and not any(_stands(case, r) for r in case.referrals)
    )


def _stands(case: Case, referral: Referral) -> bool:
    """A post stands until the employer rejects the member, the member had a good reason, or the job is lost."""
    if not referral.guaranteed or not referral.suitable or not referral.delivered:
        return False
    if referral.outcome is ReferralOutcome.EMPLOYER_REJECTED:
        return False
    refusal = next((r for r in reversed(case.refusals) if r.referral == referral.referral_id), None)
    if refusal is not None and refusal.status is RefusalStatus.JUSTIFIED:
        return False
    return not any(e.started_on >= referral.on and not e.active for e in case.employments)


def mark_special_hardship(case: Case, command: MarkSpecialHardship, setting: Setting) -> Ruling:
    """The household is a 重点对象; the post is due from the county or city."""
    terms = setting.policy.hardship
    if case.hardship is not None:
        raise SaidNo("hardship_known", "本户已标记特别困难，无需重复标记；情形有变的先取消再标记。", field="ground")
    if command.ground not in terms.grounds.value:
        raise SaidNo(
            "hardship_ground_unknown",
            f"困难情形不在办法列举之内，请从以下选择：{'、'.join(f'{g} {_words(g)}' for g in terms.grounds.value)}。",
            field="ground",
            clause=terms.grounds.basis,
        )
    hardship = Hardship(ground=command.ground, marked_on=setting.today, marked_by=command.by.hand)
    case = case.model_copy(update={"hardship": hardship})
    owed = (
        f"由上一级{terms.arrange_within.value.words}内安排托底岗位。"
        if post_owed(case)
        else "家庭已有人就业，暂不安排托底岗位。"
    )
    why = Why(
        rule="hardship.marked",
        says=f"标记为特别困难家庭（{_words(command.ground)}），{owed}",
        facts=(Fact(label="困难情形", value=_words(command.ground)),),
        clause=terms.grounds.basis,
    )
    return Ruling(case, why)


def lift_special_hardship(case: Case, command: LiftSpecialHardship, setting: Setting) -> Ruling:
    """The mark is taken away; posts that were offered remain what they are."""
    if case.hardship is None:
        raise SaidNo("no_hardship", "本户没有特别困难标记，无需取消。")
    why = Why(
        rule="hardship.lifted",
        says="取消特别困难标记，托底安置待办随之取消，其余帮扶不变。",
        facts=(Fact(label="标记日期", value=in_words(case.hardship.marked_on)),),
        clause=setting.policy.hardship.grounds.basis,
    )
    return Ruling(case.model_copy(update={"hardship": None}), why)


def arrange_guaranteed_post(case: Case, command: ArrangeGuaranteedPost, setting: Setting) -> Ruling:
    """A suitable post, put to a member and delivered; it counts as a referral (N11, J17, A4)."""
    terms = setting.policy.hardship
    if case.hardship is None:
        raise SaidNo("no_hardship", "本户没有特别困难标记，请先由街道标记，或按一般岗位推荐办理。")
    require_member(case, command.member, setting)
    minimum = setting.policy.refusal.minimum_wage_fen
    if not command.matches_plan or command.pay_fen < minimum.value:
        raise SaidNo(
            "guaranteed_post_unsuitable",
            "托底岗位须符合帮扶方案且不低于最低工资，请另选岗位。",
            field="matches_plan" if not command.matches_plan else "pay_fen",
            clause=minimum.basis,
        )
    if not command.acknowledged:
        raise SaidNo(
            "guaranteed_post_undelivered", "托底岗位须送达成员并确认收到，请送达后登记。", field="acknowledged"
        )
    referral = Referral(
        referral_id=f"R{case.seq + 1}",
        member=command.member,
        vacancy=command.vacancy,
        on=command.on,
        pay_fen=command.pay_fen,
        suitable=True,
        delivered=True,
        delivered_on=command.on,
        guaranteed=True,
    )
    case, more = offered(case.model_copy(update={"referrals": (*case.referrals, referral)}), referral, setting)
    why = Why(
        rule="hardship.post_arranged",
        says=f"上一级安排托底岗位{command.vacancy}，计为一次岗位推荐{more}。",
        facts=(Fact(label="成员", value=case.member_words(command.member)),),
        clause=terms.arrange_within.basis,
    )
    return Ruling(case, why, about=referral.referral_id)


def _words(ground: str) -> str:
    return GROUND_WORDS.get(ground, ground)
