"""Where the options of a choice come from, and the words of codes that no model says (选项用词).

`CHOSEN_FROM` names the source in `choices.py`; keys are as in `field_words.py`.
"""

from collections.abc import Mapping

CHOSEN_FROM: Mapping[str, str] = {
    "member": "members",
    "results.member": "members",
    "relations.member": "members",
    "met": "members",
    "answered_by": "members",
    "sought": "members",
    "new_applicant": "members",
    "helper": "helpers",
    "to_office": "offices",
    "concerns": "staff",
    "account": "staff",
    "vacancy": "vacancies",
    "booklet": "booklets",
    "acknowledge_referral.referral": "undelivered_referrals",
    "record_referral_outcome.referral": "open_referrals",
    "record_refusal.referral": "refusable_referrals",
    "refusal": "refusals",
    "sets_aside": "counted",
    "conclude_review.objection": "objections_after",
    "objection": "objections",
    "approve_elimination.employment": "unapproved_employments",
    "reject_elimination.employment": "unapproved_employments",
    "withdraw_elimination.employment": "approved_employments",
    "employment": "active_employments",
    "month": "months",
    "step": "plan_steps",
    "reason_code": "justified_reasons",
    "mark_special_hardship.ground": "hardship_grounds",
    "promise": "promises",
    "suspend_promise.ground": "suspension_grounds",
    "propose_exit.reason": "exit_grounds",
    "record_employment.channel": "employment_channels",
    "record_employment.evidence": "employment_evidence",
}

OPEN_ENDED = frozenset({"vacancies", "booklets"})
"""Sources that only suggest: something else may be typed."""

WORDS: Mapping[str, str] = {
    "health": "不适合成员的健康状况",
    "skill": "不适合成员的技能",
    "distance": "路途过远，不符合帮扶方案",
    "unlawful_or_unsafe": "用工不合法或不安全",
}
"""Codes whose words in a description are too short for a form."""

YES_NO_WORDS: Mapping[str, tuple[str, str]] = {"willing": ("有", "没有")}
"""How a field says yes and no where 是 and 否 do not answer its question."""

EMPTY: Mapping[str, str] = {
    "members": "本户没有可选的成员。",
    "helpers": "还没有能负责本机构家庭的帮扶责任人账号，请管理员先建立。",
    "offices": "没有其他适用同一办法、已有经办人的机构。",
    "staff": "没有可选的工作人员。",
    "undelivered_referrals": "没有等待送达的推荐。",
    "open_referrals": "没有等待结果的推荐，请先推荐岗位。",
    "refusable_referrals": "没有已送达、合适而未有结果的推荐：只有这样的推荐才可能算拒绝。",
    "refusals": "没有可以认定的拒绝。",
    "counted": "没有计次的拒绝或联系。",
    "objections": "没有尚未处理的异议。",
    "objections_after": "没有等待复查的异议。",
    "unapproved_employments": "没有等待核准的就业。",
    "approved_employments": "没有已核准的就业。",
    "active_employments": "没有在岗的就业。",
    "months": "没有应回访的月份。",
    "plan_steps": "没有等待完成的预案步骤。",
    "justified_reasons": "办法没有列出正当理由。",
    "hardship_grounds": "办法没有列出困难情形。",
    "promises": "本户没有安置承诺。",
    "suspension_grounds": "办法没有列出可以暂停承诺的原因。",
    "exit_grounds": "办法没有列出可以提出的退出原因。",
    "employment_channels": "办法没有列出就业渠道。",
    "employment_evidence": "办法没有列出就业证明。",
}
"""What is said where there is nothing to choose."""
