"""Commands of employment and what follows (就业、回访、重新失业、稳定)."""

from typing import ClassVar

from pydantic import Field

from casework.case_facts import ContactChannel, TextId
from casework.commands.assistance import MemberId
from casework.commands.request import Command
from casework.commands.review import On


class RecordEmployment(Command):
    """A member started work, with evidence of a kind the pack accepts (A16)."""

    trigger: ClassVar[str] = "record_employment"
    title: ClassVar[str] = "登记就业"
    member: MemberId
    started_on: On = Field(description="上岗日期", examples=["2026-10-15"])
    channel: str = Field(max_length=40, description="就业渠道代码（见办法）", examples=["employer"])
    evidence: str = Field(max_length=40, description="就业证明种类代码（见办法）", examples=["contract"])
    monthly_income_fen: int = Field(ge=0, le=100_000_000, description="月收入，单位：分", examples=[260000])
    contract_months: int | None = Field(default=None, ge=0, le=600, description="合同期限（月）", examples=[12])
    insured: bool = Field(default=False, description="是否已参加社会保险", examples=[True])


class ApproveElimination(Command):
    trigger: ClassVar[str] = "approve_elimination"
    title: ClassVar[str] = "核准消除零就业"
    employment: str = Field(description="就业编号", examples=["E20"])


class RejectElimination(Command):
    trigger: ClassVar[str] = "reject_elimination"
    title: ClassVar[str] = "就业证明不予采信"
    employment: str = Field(description="就业编号", examples=["E20"])
    reason: TextId = Field(description="理由", examples=["单位否认录用，合同系伪造。"])


class WithdrawElimination(Command):
    """A job that the county had approved turns out not to be real (scenario 62)."""

    trigger: ClassVar[str] = "withdraw_elimination"
    title: ClassVar[str] = "撤销消除（就业不属实）"
    employment: str = Field(description="就业编号", examples=["E20"])
    finding: TextId = Field(description="查实情况", examples=["单位证实合同系伪造，该成员从未上岗。"])


class RecordFollowUp(Command):
    """One completed follow-up of a calendar month (A18).  A failed call is a contact, not a follow-up."""

    trigger: ClassVar[str] = "record_follow_up"
    title: ClassVar[str] = "登记按月回访"
    month: str = Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="回访月份", examples=["2026-11"])
    on: On
    channel: ContactChannel = Field(description="phone 电话；visit 入户；letter 书面；sms 短信", examples=["phone"])
    still_employed: bool = Field(description="是否仍在岗", examples=[True])
    insured: bool = Field(default=False, description="是否已参加社会保险", examples=[True])
    note: TextId | None = Field(
        default=None, description="就业、服务、政策、困难情况", examples=["工作稳定，社保已接续。"]
    )


class RecordJobLoss(Command):
    trigger: ClassVar[str] = "record_job_loss"
    title: ClassVar[str] = "登记重新失业"
    member: MemberId
    on: On = Field(description="离岗日期", examples=["2026-11-20"])
    note: TextId | None = Field(default=None, description="原因", examples=["单位停产裁员。"])


class RestoreCertification(Command):
    trigger: ClassVar[str] = "restore_certification"
    title: ClassVar[str] = "恢复认定"


class ConfirmStable(Command):
    trigger: ClassVar[str] = "confirm_stable"
    title: ClassVar[str] = "确认稳定就业并结案"
