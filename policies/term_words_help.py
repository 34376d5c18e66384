"""What the terms are called that surround the promise and follow work: plan, hardship, subsidies, benefits (叫法)."""

OF_HELP = {
    "suspension.grounds": "可以暂停承诺的原因",
    "relocated.met_by": "棚改回迁承诺以何实现",
    "steady.contract_months": "较为稳定的岗位：合同月数",
    "steady.evidence": "较为稳定的岗位：凭证",
    "steady.deadline": "不稳定的岗位限期稳定",
    "escalation.rungs": "逐级督办的层级",
    "hardship.grounds": "特别困难的情形",
    "hardship.arrange_within": "托底安置时限",
    "contingency.steps": "预案的步骤",
    "subsidies.social_insurance": "社会保险补贴",
    "subsidies.post": "岗位补贴",
    "subsidies.training": "职业技能培训补贴",
    "subsidies.certificate": "职业技能鉴定补贴",
    "subsidies.start_up": "初次创业补贴",
    "subsidies.tax_relief": "税收减免",
    "subsidies.loan_interest": "创业担保贷款贴息",
    "subsidies.ending_notice_days": "补贴期满前提醒的天数",
    "linkage.coordinate_within": "与民政、失业保险经办机构协调的时限",
    "linkage.dibao_grace_months": "就业后低保原额延续的月数",
    "linkage.dibao_deduct_percent": "核算低保时扣减的就业收入（百分比）",
    "linkage.unemployment_benefit_fen": "失业保险金（每月）",
    "linkage.unemployment_benefit_ends": "重新就业即停发失业保险金",
}
"""Key → what it is called on paper."""
