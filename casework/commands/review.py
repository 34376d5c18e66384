"""Commands from application to certification (申请、初审、公示、复核、认定)."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.request import Command
from casework.household import Household
from casework.reentry_facts import EarlierCase

On = Annotated[date, Field(description="发生日期（北京时间），不得晚于今天", examples=["2026-09-30"])]


class Apply(Command):
    """Open a case.  People are already registered and reserved; facts travel under member ids (N3, J4)."""

    trigger: ClassVar[str] = "apply"
    title: ClassVar[str] = "提出申请"
    from_desk: ClassVar[frozenset[str]] = frozenset({"forwarded_by", "earlier"})
    case_id: str
    office: str
    applied_on: On
    discovered_on: date | None = Field(default=None, description="摸底或登记发现日期；不填为申请日期")
    relocated_on: date | None = Field(default=None, description="棚改回迁日期；不是棚改回迁家庭的不填")
    household: Household
    forwarded_by: str | None = Field(default=None, description="转交的机构")
    earlier: tuple[EarlierCase, ...] = Field(default=(), description="成员以往已结束的个案")


class AcceptApplication(Command):
    """受理申请."""

    trigger: ClassVar[str] = "accept_application"
    title: ClassVar[str] = "受理申请"


class DecideSpecialSituation(Command):
    """A county reviewer decides a special situation with a written reason (J3, A24)."""

    trigger: ClassVar[str] = "decide_special_situation"
    title: ClassVar[str] = "特殊情形书面决定"
    eligible: bool = Field(description="是否按零就业家庭对待")
    reason: TextId = Field(description="书面理由", examples=["配偶系农业户口，长期在城镇共同生活，经核实均失业。"])


class PassFirstReview(Command):
    """初审通过: facts checked online and by visit (J5)."""

    trigger: ClassVar[str] = "pass_first_review"
    title: ClassVar[str] = "初审通过"
    compared_online: bool = Field(description="是否已完成线上比对", examples=[True])
    visited_on: On = Field(description="入户走访日期", examples=["2026-09-28"])


class DeclineFirstReview(Command):
    trigger: ClassVar[str] = "decline_first_review"
    title: ClassVar[str] = "初审不予通过"
    reason: TextId = Field(description="不予通过的理由", examples=["线上比对发现配偶有在册的企业登记。"])


class PostPublicity(Command):
    """张贴公示; also re-posting after a take-down (A8)."""

    trigger: ClassVar[str] = "post_publicity"
    title: ClassVar[str] = "张贴公示"
    posted_on: On = Field(description="张贴（上网）日期", examples=["2026-09-30"])


class TakeDownPublicity(Command):
    trigger: ClassVar[str] = "take_down_publicity"
    title: ClassVar[str] = "撤下公示（本次公示不算）"
    on: On
    reason: TextId = Field(description="撤下原因", examples=["公示照片缺失，无法证明张贴。"])


class ReportUp(Command):
    trigger: ClassVar[str] = "report_up"
    title: ClassVar[str] = "公示期满上报"
    calendar_checked: bool = Field(
        default=False, description="期满日为暂定时，是否已人工核对放假安排", examples=[False]
    )


class PassRecheck(Command):
    trigger: ClassVar[str] = "pass_recheck"
    title: ClassVar[str] = "县级复核通过"


class ReturnToOffice(Command):
    trigger: ClassVar[str] = "return_to_office"
    title: ClassVar[str] = "退回街道重新初审"
    reason: TextId = Field(description="退回理由", examples=["户口簿首页不清晰，请重新核实并公示。"])


class DeclineRecheck(Command):
    trigger: ClassVar[str] = "decline_recheck"
    title: ClassVar[str] = "县级复核不予认定"
    reason: TextId = Field(description="不予认定的理由", examples=["复核发现家庭成员已参加职工社会保险。"])


class Certify(Command):
    """加盖电子印章，认定 (J7)."""

    trigger: ClassVar[str] = "certify"
    title: ClassVar[str] = "加盖印章认定"


class Withdraw(Command):
    trigger: ClassVar[str] = "withdraw"
    title: ClassVar[str] = "申请人撤回申请"
    statement: TextId = Field(description="申请人撤回说明", examples=["本人自愿撤回申请。"])
