"""What the terms of a policy are called on paper (各项条款的叫法), and how their values read; for diffs, checks, pages.

A term without words here is called by its key; `wanjia pack check` never fails for that, a test does.
"""

from typing import Any

from pydantic import BaseModel

from policies.groups_subsidies import Subsidy
from policies.term_words_help import OF_HELP
from policies.term_words_radar import OF_WATCH, PEOPLE
from policies.terms import Frozen, Length

GROUPS = {
    "terms": "称谓",
    "eligibility": "认定条件",
    "verification": "核查",
    "review": "初审、复核、盖章",
    "publicity": "公示",
    "promise": "就业承诺",
    "suspension": "承诺暂停",
    "relocated": "棚改回迁承诺",
    "escalation": "超期逐级督办",
    "services": "服务次数",
    "contingency": "即时援助预案",
    "hardship": "特别困难托底",
    "refusal": "拒绝岗位",
    "contact": "联系",
    "exit": "退出程序",
    "grounds": "退出情形",
    "employment": "实现就业",
    "steady": "较为稳定的岗位",
    "stable": "稳定就业",
    "followup": "按月回访",
    "reassist": "重新援助",
    "watchlist": "重点监控",
    "reentry": "退出后再次申请",
    "supervision": "督导",
    "radar": "核查线索",
    "notices": "通知",
    "subsidies": "就业扶持政策",
    "linkage": "低保、失业保险与就业联动",
}
"""Group → heading, in the order in which people read a policy."""

TERMS = {
    "terms.household": "家庭的称谓",
    "eligibility.hukou_required": "户籍要求",
    "eligibility.mixed_hukou": "家庭中有农业户口成员",
    "eligibility.relations_core": "家庭成员（不问是否同住）",
    "eligibility.relations_if_cohabiting": "共同生活才算的家庭成员",
    "eligibility.deem_spouse_other_booklet": "夫妻不在同一户籍视为共同生活",
    "eligibility.deem_parents_of_single_booklet": "单人单户的父母视为共同生活",
    "eligibility.excluded_statuses": "不计入的就业失业状态",
    "eligibility.excluded_capacities": "不计入的劳动能力状况",
    "eligibility.income_test": "收入条件",
    "eligibility.unemployed_statuses": "算作失业的状态",
    "eligibility.applicant_must_be_registered": "申请人须已登记失业",
    "verification.comparison": "线上比对的方式",
    "verification.sources": "须比对的数据来源",
    "verification.validity": "比对结果的有效期",
    "verification.visit": "入户走访的方式",
    "review.compare_online": "初审前须线上比对",
    "review.certifier": "由谁认定",
    "review.first_review": "初审时限",
    "review.recheck": "县级复核时限",
    "review.report_up": "公示期满上报时限",
    "review.seal": "盖章时限",
    "review.supplement_wait": "等待补正材料的最长时间",
    "publicity.length": "公示期",
    "publicity.proof": "张贴的证明",
    "publicity.objection_blocks": "异议未决不得上报",
    "publicity.objection_sla": "异议调查时限",
    "promise.length": "承诺期限",
    "promise.start": "承诺起算",
    "promise.met_by": "承诺以何实现",
    "promise.roll": "最后一日遇休息日",
    "promise.remind_before": "到期前几个工作日提醒",
    "promise.services_check_after": "检查服务次数的时间",
    "promise.relocated_length": "棚改回迁家庭的承诺期限",
    "services.guidance": "职业指导",
    "services.training_info": "技能培训信息",
    "services.referrals": "推荐岗位",
    "services.per": "服务次数按什么计",
    "services.helper": "帮扶责任人",
    "services.plan": "帮扶方案",
    "services.registration": "组织失业登记",
    "refusal.threshold": "拒绝岗位的次数",
    "refusal.window": "拒绝岗位的计次窗口",
    "refusal.scope": "谁的拒绝达到次数",
    "refusal.registered_only": "只计已登记失业成员的拒绝",
    "refusal.reason_period": "说明理由的期限",
    "refusal.warning_at": "第几次拒绝后书面提醒",
    "refusal.justified_reasons": "正当理由",
    "refusal.minimum_wage_fen": "合适岗位的最低月工资",
    "refusal.dibao_line_fen": "低保标准（每人每月）",
    "refusal.commute_minutes": "合适岗位的最长单程时间（分钟）",
    "contact.threshold": "未联系上的次数",
    "contact.window": "未联系上的计次窗口",
    "contact.counting": "怎样算无法取得联系",
    "contact.distinct_days": "同一日多次只计一次",
    "contact.min_channels": "至少用过的联系方式",
    "contact.needs_visit_or_letter": "须有上门或书面通知",
    "contact.member_within": "未遇本人时再联系的期限",
    "exit.decider": "由谁决定退出",
    "exit.response_period": "陈述申辩期",
    "exit.appeal_period": "申诉期",
    "exit.appeal_decision": "申诉复查时限",
    "exit.at_once": "决定后立即生效的退出原因",
    "exit.on": "何种就业后退出",
    "grounds.refused_referrals": "因拒绝岗位退出",
    "grounds.lost_contact": "因无法取得联系退出",
    "grounds.no_base_member": "因无劳动年龄内有能力和愿望的成员退出",
    "grounds.voluntary": "自愿退出",
    "grounds.moved_away": "因户籍迁出退出",
    "grounds.deceased": "因成员去世退出",
    "grounds.income_found": "因有经营性、投资性收入退出",
    "grounds.false_report": "因虚报瞒报退出",
    "grounds.other": "其他退出情形",
    "employment.evidence": "就业凭证",
    "employment.channels": "就业渠道",
    "employment.flexible_minimum_income_fen": "灵活就业的最低月收入",
    "employment.double_goal": "以双就业为目标",
    "stable.insured_months": "连续参保月数",
    "stable.contract_months": "合同月数",
    "stable.after": "稳定多久后可以退出",
    "followup.min_count": "结案须完成的回访次数",
    "followup.cadence": "回访间隔",
    "reassist.within": "多久内失去工作仍回到援助",
    "reassist.republicity": "重新援助须重新公示",
    "watchlist.dibao_line_fen": "低保标准（每人每月）",
    "watchlist.low_income_k": "低收入线：低保标准的倍数",
    "watchlist.unstable_contract_months": "不稳定就业：合同短于几个月",
    "watchlist.unstable_without_insurance": "不稳定就业：没有参保",
    "watchlist.unstable_job_changes": "不稳定就业：换岗次数",
    "watchlist.job_changes_within": "换岗次数的统计期间",
    "watchlist.rhythm": "走访间隔",
    "watchlist.holds_closing": "属重点监控的暂不结案",
    "reentry.cooling_off": "再次申请的间隔期",
    "reentry.cooling_reasons": "须有间隔期的退出原因",
    "supervision.persistent_zero_months": "连续几个月认定为零须核查",
    "supervision.report_due_working_day": "月报截止的工作日（每月第几个）",
    **OF_HELP,
    **OF_WATCH,
}

VALUES = {
    "urban": "城镇",
    "any": "不限",
    "special_review": "转特殊情形人工审核",
    "reject": "不符合条件",
    "none": "没有",
    "no_business_or_investment": "不得有经营性、投资性收入",
    "county": "县（市、区）",
    "seal": "盖章认定之日",
    "discovery": "发现登记之日",
    "employed": "实现就业",
    "job_offered": "提供合适岗位",
    "following": "顺延到下一个工作日",
    "member": "每名成员",
    "household": "每户",
    "one_to_one": "一对一",
    "per_member": "一人一策",
    "any_member": "任何一名成员",
    "all_members": "全部成员都达到",
    "one_employed": "一人就业即消除",
    "stable": "稳定就业后才退出",
    "calendar_month": "每个自然月一次",
    "declared": "由经办人声明",
    "connected": "须有系统比对结果",
    "recorded": "须有走访记录",
    "board": "公示栏本身即为证明",
    "photo": "须有照片",
    "within": "一段时间内达到次数",
    "lasting": "持续一段时间都没有联系上",
    "illness_or_care": "生病或照顾家人",
    "too_far": "路途过远",
    "below_minimum_wage": "低于最低工资",
    "health_mismatch": "与身体状况不符",
    "unlawful_or_unsafe": "违法或不安全",
    "clash_training_or_interview": "与培训或面试冲突",
    "family_emergency": "家庭急事",
    "other": "其他",
    "contract": "劳动合同",
    "insurance_record": "参保记录",
    "licence": "营业执照",
    "public_welfare_post": "公益性岗位",
    "flexible_registration": "灵活就业登记",
    "employer": "单位吸纳",
    "own_business": "自主创业",
    "flexible": "灵活就业",
    "labour_export": "劳务输出",
    "illness": "患重病",
    "custody": "被羁押",
    "disaster": "受灾",
    "voluntary": "自愿退出",
    "deceased": "去世",
    "moved_away": "迁出",
    "no_base_member": "没有需援助的成员",
    "stable_employment": "稳定就业",
    "helper": "帮扶责任人",
    "supervisor": "督导人员",
    "city": "市级",
    "caseworker": "经办人",
    "reviewer": "县级复核人员",
    "steady": "较为稳定的岗位",
    "refused_referrals": "拒绝岗位达到次数",
    "lost_contact": "无法取得联系",
    "income_found": "有经营性、投资性收入",
    "false_report": "虚报瞒报",
    "not_recognised": "不予认定",
    "withdrawn": "撤回申请",
    "revoked": "撤销认定",
    "disability": "残疾",
    "serious_illness": "患重病",
    "single_parent": "单亲",
    "older_member": "年龄偏大",
    "long_unemployed": "长期失业",
    "heavy_burden": "负担沉重",
    "register": "户籍",
    "social_insurance": "社会保险",
    "business": "市场主体登记",
    "tax": "税务",
}
"""Coded values as people read them; others (关系、状态) are Chinese already."""

_SPECIAL = {"promise.roll": {"none": "不顺延"}}
_TIMES = (
    "watchlist.unstable_job_changes",
    "services.guidance",
    "services.training_info",
    "services.referrals",
    "refusal.threshold",
    "contact.threshold",
)
_MONTHS = (
    "watchlist.unstable_contract_months",
    "supervision.persistent_zero_months",
    "stable.insured_months",
    "stable.contract_months",
    "steady.contract_months",
    "linkage.dibao_grace_months",
)


def called(key: str) -> str:
    """Return what a term is called; the key itself when nobody named it."""
    return TERMS.get(key, key)


def in_words(key: str, value: Any) -> str:
    """Return a term's value as people read it: 20个工作日, 1880元, 城镇."""
    if value is None:
        return "没有规定"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Length):
        return value.words
    if isinstance(value, int):
        return _number(key, value)
    if isinstance(value, str):
        return _SPECIAL.get(key, {}).get(value) or VALUES.get(value, value)
    if isinstance(value, tuple | list):
        return "、".join(in_words(key, each) for each in value) or "没有"
    if isinstance(value, BaseModel):
        return _parts(key, value)
    return str(value)


def _number(key: str, value: int) -> str:
    if key.endswith("_fen"):
        return f"{value / 100:.0f}元" if value % 100 == 0 else f"{value / 100:.2f}元"
    if key.endswith("_hour"):
        return f"{value}时"
    if key.endswith("_minutes"):
        return f"{value}分钟"
    if key.endswith("_percent"):
        return f"{value}%"
    if key in PEOPLE:
        return f"{value}人"
    if key in _TIMES:
        return f"{value}次"
    return f"{value}个月" if key in _MONTHS else str(value)


def _parts(key: str, value: BaseModel) -> str:
    """Return a step or rung that has parts of its own; its basis is told apart."""
    if isinstance(value, Subsidy):
        return value.words
    names = [name for name in type(value).model_fields if name not in ("basis", "code")]
    return "，".join(in_words(key, part) for name in names if (part := getattr(value, name)) is not None)


def groups_of(policy: Frozen) -> tuple[str, ...]:
    """Return the groups of a policy in reading order; those without a heading come last."""
    own = [name for name in type(policy).model_fields if isinstance(getattr(policy, name), BaseModel)]
    known = [name for name in GROUPS if name in own]
    return (*known, *(name for name in own if name not in known))
