"""Commands after the county's decision on an exit (退出决定之后): appeal, its decision, the checked effect."""

from typing import ClassVar

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.request import Command
from casework.commands.review import On


class RaiseAppeal(Command):
    """The household appeals against a decided exit; whoever it told writes it down (A7)."""

    trigger: ClassVar[str] = "raise_appeal"
    title: ClassVar[str] = "登记对退出决定的申诉"
    on: On = Field(description="申诉日期（书面或口头提出之日）", examples=["2026-10-20"])
    statement: TextId = Field(description="申诉理由", examples=["第三次推荐当天孩子住院，附住院证明。"])


class UpholdAppeal(Command):
    trigger: ClassVar[str] = "uphold_appeal"
    title: ClassVar[str] = "申诉成立，撤销退出决定"
    sets_aside: str | None = Field(
        default=None, max_length=20, description="复查认定不应计次的拒绝或联系编号；没有的不填", examples=["F15"]
    )
    finding: TextId = Field(description="复查结论", examples=["住院证明属实，第三次拒绝有正当理由。"])


class DismissAppeal(Command):
    trigger: ClassVar[str] = "dismiss_appeal"
    title: ClassVar[str] = "申诉不成立，退出生效"
    finding: TextId = Field(description="复查结论", examples=["三次推荐均合适并已送达，提醒书已签收，理由不成立。"])


class ConfirmExitEffect(Command):
    trigger: ClassVar[str] = "confirm_exit_effect"
    title: ClassVar[str] = "核对日历后确认退出生效"
    calendar_checked: bool = Field(description="申诉期限为暂定时，是否已人工核对放假安排", examples=[True])
