"""Hints beside the fields of the steps (栏目提示), and which fields are asked in another way than their model says.

Keys are as in `field_words.py`: "step.field", else the field's name.
"""

from collections.abc import Mapping

HINTS: Mapping[str, str] = {
    "record_comparison.on": "不填的按今天。",
    "results": "没有比对的行不用选结果，会被略过。来源暂时查不到的选“来源不可用”，如实登记。"
    "来源没有给出有效期的不填，按办法计算。都比对过的，先选有记录的，再点“其余均为未发现”，核对后提交。",
    "affects": "选“是”的，这条记录会挡住初审通过。",
    "met": "没有见到人的不勾选；没有见到人的走访不算核实。",
    "concerns": "选中的人从此不能判断本户的异议和认定。没有的不选。",
    "checkable": "没有可核查事实的匿名异议只作记录，不影响公示。",
    "account": "不选的是您本人；他人的回避由督导人员申报。",
    "assign_helper.reason": "本户已有帮扶责任人、这次是更换的，必须写明。",
    "plan": "逐人写明：推荐什么岗位、参加什么培训、谁负责。",
    "vacancy": "从已登记的岗位中选，或填写岗位编号。",
    "acknowledged": "选“否”的暂不计次；送达后再登记送达。",
    "matches_plan": "选“否”的不算合适岗位，不计次，家庭不接受也不算拒绝。",
    "unsuitable_for": "岗位合适的不选。",
    "no_show": "当面或电话拒绝的不勾选。",
    "record_refusal.reason_code": "成员还没有说明理由的不选，系统会留出说明理由的时间。",
    "judge_refusal.reason_code": "认定有正当理由时必选。",
    "answered": "联系上的必选。只有家庭的成年成员应答才算联系上。",
    "sought": "其他成员应答而要找的人不在的，系统会另开待办联系本人。",
    "until": "可以晚于今天。还不知道的不填，以后登记恢复。",
    "resume_promise.until": "这一天仍算暂停，次日起恢复计算。",
    "suspend_promise.member": "受灾影响全家的不选。",
    "contract_months": "没有书面合同的不填。",
    "record_stability_evidence.contract_months": "没有新合同的不填。",
    "record_stability_evidence.insured": "没有变化的选“没有变化”。",
    "sets_aside": "没有的不选。",
    "to_office": "只能转到适用同一办法、已有经办人的机构。转到外地的，请提出退出，由迁入地受理新的申请。",
    "effective_on": "可以是以前，也可以是一年之内的以后。",
    "willing": "改为没有就业愿望的，须有本人签字声明。",
    "person.willing": "没有就业愿望的，须有本人签字声明。",
    "booklet": "同一本户口簿的成员用同一个代号，如 A。",
    "track": "决定女性的法定退休年龄；不清楚的不选。",
    "person.id_number": "18位，末位可以是X。出生日期和性别由号码得出。",
    "person.phone": "11位手机号；没有的不填。",
    "happened_on": "可以早于申请日期。",
    "new_applicant": "减少的是申请人时才选。",
    "relations": "减少的是申请人时才填：其余每名成员是新申请人的什么人。",
    "record_follow_up.on": "实际联系上家庭、完成回访的那一天。没有联系上的请登记联系情况。",
}

NO_ANSWER: Mapping[str, str] = {
    "amend_household": "不变",
    "record_stability_evidence": "没有变化",
    "record_contact.answered": "没有人应答",
}
"""How a step, or a field of it, says that what may be left out is left out."""

TICKS = frozenset(
    {
        "policies",
        "posts",
        "services",
        "lifted",
        "no_show",
        "number_verified",
        "by_household",
        "declaration_signed",
        "report_up.calendar_checked",
        "approve_exit.calendar_checked",
        "confirm_breach_cause.calendar_checked",
    }
)
"""Yes-or-no fields that are false unless somebody says otherwise: a box to tick instead of two choices."""

MUST_ANSWER = frozenset(
    {
        "anonymous",
        "checkable",
        "promise",
        "insured",
        "changed_job",
        "person.hukou",
        "person.cohabiting",
        "person.capacity",
        "person.willing",
        "person.dibao",
        "person.unemployment_insurance",
    }
)
"""Fields whose model has a default, but whose answer matters so much that nobody is spared it."""

NEEDED_WHEN: Mapping[str, tuple[str, str]] = {"record_contact.answered": ("outcome", "reached")}
"""Fields with a default that have to be answered when another field has this value."""
