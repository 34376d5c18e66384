"""Commands of objections and conflicts of interest (异议、回避), before the seal and after it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.request import Command
from casework.commands.review import On

Account = Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,40}$")]


class RaiseObjection(Command):
    """Somebody objects: named, or anonymous; `concerns` is a member of staff whom the objection is about (A9)."""

    trigger: ClassVar[str] = "raise_objection"
    title: ClassVar[str] = "登记异议"
    on: On
    anonymous: bool = Field(default=False, description="是否匿名")
    checkable: bool = Field(default=True, description="是否有可核查的具体事实")
    concerns: Account | None = Field(
        default=None, description="异议涉及的工作人员账号（须回避），没有不填", examples=["caseworker1"]
    )
    content: TextId = Field(description="异议内容", examples=["反映该户配偶在市场经营摊位。"])


class DismissObjection(Command):
    trigger: ClassVar[str] = "dismiss_objection"
    title: ClassVar[str] = "异议不成立"
    objection: str = Field(description="异议编号", examples=["O7"])
    finding: TextId = Field(description="调查结论", examples=["经核实，摊位已于2025年注销。"])


class UpholdObjection(Command):
    trigger: ClassVar[str] = "uphold_objection"
    title: ClassVar[str] = "异议成立，不予认定"
    objection: str = Field(description="异议编号", examples=["O7"])
    finding: TextId = Field(description="调查结论", examples=["经比对，配偶名下有在营个体工商户。"])


class CorrectObjection(Command):
    """Substantiated, but only facts to correct: the household is publicised anew (A9)."""

    trigger: ClassVar[str] = "correct_objection"
    title: ClassVar[str] = "异议属实，更正后重新公示"
    objection: str = Field(description="异议编号", examples=["O7"])
    finding: TextId = Field(description="调查结论和更正内容", examples=["长子已于9月分户，家庭成员由四人更正为三人。"])


class ConcludeReview(Command):
    """The county concludes a review of a certification that an objection after the seal opened (scenario 21)."""

    trigger: ClassVar[str] = "conclude_review"
    title: ClassVar[str] = "认定复查结论"
    objection: str = Field(description="异议编号", examples=["O31"])
    outcome: Literal["stands", "income_found", "false_report"] = Field(
        description="stands 维持认定；income_found 查实有经营性或投资性收入，提出退出；"
        "false_report 查实虚报瞒报，提出退出",
        examples=["stands"],
    )
    finding: TextId = Field(description="复查结论", examples=["经入户复查，反映情况不属实，维持认定。"])


class DeclareConflict(Command):
    """Somebody has an interest in this household: by oneself, or by a supervisor about another (A9, A30)."""

    trigger: ClassVar[str] = "declare_conflict"
    title: ClassVar[str] = "申报回避"
    account: Account | None = Field(
        default=None, description="须回避的工作人员账号；不填为本人，他人的由督导人员申报", examples=["caseworker1"]
    )
    lifted: bool = Field(default=False, description="经查不存在利害关系，由督导人员解除回避", examples=[False])
    reason: TextId = Field(description="与该户的利害关系（或解除的理由）", examples=["申请人是本人的表兄。"])
