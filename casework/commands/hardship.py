"""Commands of special hardship (特别困难、托底安置) and of the locality's contingency plan (即时援助预案)."""

from typing import ClassVar

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.assistance import MemberId
from casework.commands.request import Command
from casework.commands.review import On


class MarkSpecialHardship(Command):
    """The office marks a household as 重点对象: the upper level owes it a guaranteed post (N11)."""

    trigger: ClassVar[str] = "mark_special_hardship"
    title: ClassVar[str] = "标记特别困难家庭"
    ground: str = Field(max_length=40, description="困难情形代码（见办法）", examples=["serious_illness"])
    statement: TextId = Field(description="困难情况说明", examples=["户主重病，配偶照料，子女尚幼，多次推荐未果。"])


class LiftSpecialHardship(Command):
    trigger: ClassVar[str] = "lift_special_hardship"
    title: ClassVar[str] = "取消特别困难标记"
    statement: TextId = Field(description="取消理由", examples=["困难情形已消除。"])


class ArrangeGuaranteedPost(Command):
    """The upper level offers a post itself; it counts as a referral marked 托底."""

    trigger: ClassVar[str] = "arrange_guaranteed_post"
    title: ClassVar[str] = "安排托底岗位"
    member: MemberId
    vacancy: str = Field(max_length=60, description="岗位编号", examples=["G-2026-0007"])
    on: On
    pay_fen: int = Field(gt=0, le=100_000_000, description="月工资，单位：分", examples=[220000])
    matches_plan: bool = Field(description="健康、技能、距离是否符合帮扶方案", examples=[True])
    acknowledged: bool = Field(description="成员是否已签收或确认收到", examples=[True])


class CompleteContingencyStep(Command):
    """One step of the plan that started by itself on certification was done (N16)."""

    trigger: ClassVar[str] = "complete_contingency_step"
    title: ClassVar[str] = "完成预案步骤"
    step: str = Field(max_length=40, description="预案步骤代码（见待办）", examples=["name_helper"])
    note: TextId | None = Field(default=None, description="完成情况", examples=["已上门告知，家庭签收承诺书。"])
