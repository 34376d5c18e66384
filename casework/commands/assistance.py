"""Commands of assistance (帮扶): helper, plan, services, referrals, refusals, contacts, the promise."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.case_facts import Answered, ContactChannel, ContactOutcome, ServiceKind, TextId
from casework.commands.request import Command
from casework.commands.review import On

MemberId = Annotated[str, Field(pattern=r"^M[1-9][0-9]?$", description="家庭成员编号", examples=["M1"])]


class AssignHelper(Command):
    trigger: ClassVar[str] = "assign_helper"
    title: ClassVar[str] = "指定帮扶责任人"
    helper: str = Field(max_length=40, description="帮扶责任人账号", examples=["helper1"])
    reason: TextId | None = Field(
        default=None, description="更换责任人的原因：已有责任人时必填", examples=["原责任人调离，按社区重新分工。"]
    )


class SignPlan(Command):
    trigger: ClassVar[str] = "sign_plan"
    title: ClassVar[str] = "签订帮扶方案"
    signed_on: On
    plan: TextId = Field(description="帮扶方案（一人一策）", examples=["M1：推荐保洁、仓储岗位；参加家政培训。"])


class RegisterMember(Command):
    trigger: ClassVar[str] = "register_member"
    title: ClassVar[str] = "办理失业登记"
    member: MemberId
    registered_on: On


class RecordService(Command):
    trigger: ClassVar[str] = "record_service"
    title: ClassVar[str] = "记录职业指导或培训信息"
    member: MemberId
    kind: ServiceKind = Field(description="guidance 职业指导；training_info 技能培训信息", examples=["guidance"])
    on: On
    note: TextId | None = Field(default=None, description="服务内容", examples=["分析就业意愿，讲解家政培训班。"])


class RecordReferral(Command):
    """推荐一个岗位给一名成员.  Suitable means it matches the plan: health, skill, distance, pay (A4)."""

    trigger: ClassVar[str] = "record_referral"
    title: ClassVar[str] = "推荐岗位"
    member: MemberId
    vacancy: str = Field(max_length=60, description="岗位编号", examples=["V-2026-0031"])
    on: On
    pay_fen: int = Field(gt=0, le=100_000_000, description="月工资，单位：分", examples=[260000])
    matches_plan: bool = Field(description="健康、技能、距离是否符合帮扶方案", examples=[True])
    acknowledged: bool = Field(description="成员是否已签收或确认收到推荐", examples=[True])
    unsuitable_for: Literal["health", "skill", "distance", "unlawful_or_unsafe"] | None = Field(
        default=None,
        description="哪一方面不合适：health 健康；skill 技能；distance 距离；unlawful_or_unsafe 不合法或不安全",
    )
    commute_minutes: int | None = Field(default=None, ge=0, le=600, description="单程路途时间，单位：分钟")


class AcknowledgeReferral(Command):
    """The member signed for a referral after the day it was made (A4)."""

    trigger: ClassVar[str] = "acknowledge_referral"
    title: ClassVar[str] = "登记推荐送达"
    referral: str = Field(description="推荐编号", examples=["R12"])
    on: On = Field(description="签收或确认收到的日期", examples=["2026-10-12"])


class RecordReferralOutcome(Command):
    trigger: ClassVar[str] = "record_referral_outcome"
    title: ClassVar[str] = "登记推荐结果"
    referral: str = Field(description="推荐编号", examples=["R12"])
    outcome: Literal["employer_rejected", "hired"] = Field(
        description="employer_rejected 用人单位未录用；hired 已录用", examples=["employer_rejected"]
    )
    on: On


class RecordRefusal(Command):
    """A member declined or did not attend; a second person judges the reason (A4, A5)."""

    trigger: ClassVar[str] = "record_refusal"
    title: ClassVar[str] = "登记拒绝岗位"
    referral: str = Field(description="推荐编号", examples=["R12"])
    member: MemberId
    on: On
    reason_code: str | None = Field(
        default=None, max_length=40, description="理由代码（见办法）", examples=["distance"]
    )
    no_show: bool = Field(
        default=False, description="是否未答复而未按约参加面试或到岗（不是当面拒绝）", examples=[False]
    )
    statement: TextId | None = Field(default=None, description="成员陈述", examples=["离家太远，需照顾老人。"])


class JudgeRefusal(Command):
    """认定有无正当理由.  Late evidence may revoke an earlier judgement (A5, scenario 42)."""

    trigger: ClassVar[str] = "judge_refusal"
    title: ClassVar[str] = "认定拒绝有无正当理由"
    refusal: str = Field(description="拒绝编号", examples=["F15"])
    justified: bool = Field(description="是否有正当理由", examples=[False])
    reason_code: str | None = Field(default=None, max_length=40, description="正当理由代码（认定有理由时必填）")
    finding: TextId = Field(description="认定意见", examples=["未提供证明材料，岗位距家1.5公里，理由不成立。"])


class IssueWarning(Command):
    trigger: ClassVar[str] = "issue_warning"
    title: ClassVar[str] = "发出拒绝岗位书面提醒"
    member: MemberId
    on: On


class RecordContact(Command):
    trigger: ClassVar[str] = "record_contact"
    title: ClassVar[str] = "登记联系情况"
    on: On
    channel: ContactChannel = Field(description="phone 电话；visit 入户；letter 书面；sms 短信", examples=["phone"])
    outcome: ContactOutcome = Field(
        description="reached 联系上；failed 未联系上；wrong_number 号码有误；returned 信件退回", examples=["failed"]
    )
    number_verified: bool = Field(
        default=False, description="号码有误或信件退回之后，本次所用号码、地址是否已重新核实", examples=[False]
    )
    answered: Answered = Field(
        default=Answered.ADULT,
        description="应答的人：adult 家庭成年成员；minor 未成年人；other 其他人（只有成年成员算联系上）",
        examples=["adult"],
    )
    answered_by: MemberId | None = Field(default=None, description="应答的家庭成员编号", examples=["M2"])
    sought: MemberId | None = Field(
        default=None, description="要找的家庭成员编号；其他成员应答而本人不在的，另开待办联系本人", examples=["M1"]
    )
    by_household: bool = Field(default=False, description="是否家庭主动来人、来电、来信", examples=[False])
    note: TextId | None = Field(default=None, description="情况说明", examples=["上午九点两次拨打无人接听。"])


class ConfirmBreachCause(Command):
    trigger: ClassVar[str] = "confirm_breach_cause"
    title: ClassVar[str] = "确认承诺超期原因"
    promise: Literal["main", "relocated"] = Field(
        default="main", description="main 安置承诺；relocated 棚改回迁安置承诺", examples=["main"]
    )
    cause: Literal["agency_failed", "client_declined"] = Field(
        description="agency_failed 工作未到位；client_declined 家庭未做到不挑不拣", examples=["agency_failed"]
    )
    finding: TextId = Field(description="督办意见", examples=["仅推荐2次岗位，责成三日内补足。"])
    calendar_checked: bool = Field(
        default=False, description="到期日为暂定时，已核对国务院办公厅放假通知", examples=[False]
    )


class ProposeExit(Command):
    """Propose an exit on another coded ground (J12, A41); the county decides."""

    trigger: ClassVar[str] = "propose_exit"
    title: ClassVar[str] = "提出退出建议"
    reason: Literal["voluntary", "moved_away", "income_found", "false_report", "other"] = Field(
        description="voluntary 自愿退出；moved_away 户籍迁出；income_found 有经营性或投资性收入；"
        "false_report 虚报瞒报；other 其他",
        examples=["moved_away"],
    )
    statement: TextId = Field(description="事实与证据", examples=["户口已于9月迁往四平市。"])


class RecordExitResponse(Command):
    trigger: ClassVar[str] = "record_exit_response"
    title: ClassVar[str] = "登记家庭对退出建议的答复"
    on: On
    response: TextId = Field(description="家庭的陈述申辩", examples=["因孩子住院未能参加面试，附病历。"])


class ApproveExit(Command):
    trigger: ClassVar[str] = "approve_exit"
    title: ClassVar[str] = "批准退出"
    calendar_checked: bool = Field(
        default=False, description="陈述申辩期限为暂定时，是否已人工核对放假安排", examples=[False]
    )
    reason: TextId = Field(description="决定理由", examples=["经复核，事实清楚，同意退出。"])


class RejectExit(Command):
    trigger: ClassVar[str] = "reject_exit"
    title: ClassVar[str] = "不同意退出"
    reason: TextId = Field(description="决定理由", examples=["提醒书送达日期不明，不同意退出。"])
