"""Commands of a case that goes to another office (转移): handed over, taken over (A28, A40)."""

from typing import ClassVar, Literal

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.request import Command


class TransferCase(Command):
    """Hand the case to another office; `keeps_helper` is what the desk finds of the helper's area."""

    trigger: ClassVar[str] = "transfer_case"
    title: ClassVar[str] = "转移到另一机构"
    from_desk: ClassVar[frozenset[str]] = frozenset({"keeps_helper"})
    to_office: str = Field(pattern=r"^[0-9]{6,12}$", description="接收机构代码", examples=["220302005"])
    ground: Literal["moved", "hukou_moved", "jurisdiction", "other"] = Field(
        description="moved 居住地变动；hukou_moved 户籍迁移；jurisdiction 原受理机构无管辖；other 其他",
        examples=["moved"],
    )
    reason: TextId = Field(description="事由和证明", examples=["已迁居铁东街道，附居住证明。"])
    keeps_helper: bool = True


class ReceiveTransfer(Command):
    trigger: ClassVar[str] = "receive_transfer"
    title: ClassVar[str] = "接收转入的个案"
    note: TextId | None = Field(default=None, description="接收情况", examples=["已与家庭见面，材料齐全。"])
