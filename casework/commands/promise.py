"""Commands around the promise (承诺): suspension, resumption, relocation, stability evidence, unsteady jobs."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.assistance import MemberId
from casework.commands.request import Command, Deadline
from casework.commands.review import On

Until = Annotated[date, Field(description="暂停末日（含），可以晚于今天", examples=["2026-10-26"])]


class SuspendPromise(Command):
    """The county records that the promise stands still, with documents (A12, scenario 36)."""

    trigger: ClassVar[str] = "suspend_promise"
    title: ClassVar[str] = "登记承诺暂停"
    ground: Literal["illness", "custody", "disaster"] = Field(
        description="illness 重病；custody 被羁押；disaster 受灾", examples=["illness"]
    )
    member: MemberId | None = Field(default=None, description="哪名成员；受灾的可不填", examples=["M1"])
    since: date = Field(description="暂停首日（含），不得晚于今天", examples=["2026-10-12"])
    until: Until | None = Field(default=None, description="暂停末日（含），可以晚于今天；尚不知道的不填，以后登记恢复")
    documents: TextId = Field(description="证明材料", examples=["县医院诊断书及住院证明（10月12日至26日）。"])


class ResumePromise(Command):
    """A suspension without an end, or with a later one, ends on a day."""

    trigger: ClassVar[str] = "resume_promise"
    title: ClassVar[str] = "登记承诺恢复计算"
    until: Until
    documents: TextId = Field(description="证明材料", examples=["出院小结，10月26日出院。"])


class FlagRelocation(Command):
    """The household moved back after shanty-town renewal: a promise of its own (L3, scenario 33)."""

    trigger: ClassVar[str] = "flag_relocation"
    title: ClassVar[str] = "登记棚改回迁"
    relocated_on: date = Field(description="回迁日期，不得晚于今天", examples=["2026-08-03"])
    documents: TextId = Field(description="回迁证明", examples=["回迁安置协议及入住通知单。"])


class RecordStabilityEvidence(Command):
    """A job became steady: a contract was signed, insurance was taken out (scenario 65)."""

    trigger: ClassVar[str] = "record_stability_evidence"
    title: ClassVar[str] = "登记稳定就业凭证"
    employment: str = Field(description="就业编号", examples=["E20"])
    on: On = Field(description="签订合同或参保的日期", examples=["2026-11-20"])
    contract_months: int | None = Field(
        default=None, ge=0, le=600, description="合同期限（月），没有新合同的不填", examples=[12]
    )
    insured: bool | None = Field(default=None, description="是否已参加社会保险，没有变化的不填", examples=[True])


class HandleUnsteadyJob(Command):
    """The supervisor has looked at a job that did not become steady in time."""

    trigger: ClassVar[str] = "handle_unsteady_job"
    title: ClassVar[str] = "督办未稳定就业"
    employment: str = Field(description="就业编号", examples=["E20"])
    finding: TextId = Field(description="督办意见", examples=["责成帮扶责任人两周内落实参保。"])


class RelocationReminder(Deadline):
    trigger: ClassVar[str] = "relocation_reminder"
    title: ClassVar[str] = "棚改回迁承诺到期前提醒"


class RelocationOverdue(Deadline):
    trigger: ClassVar[str] = "relocation_overdue"
    title: ClassVar[str] = "棚改回迁承诺超期"


class PromiseEscalated(Deadline):
    """One rung of the ladder; the label is its level."""

    trigger: ClassVar[str] = "promise_escalated"
    title: ClassVar[str] = "超期承诺逐级督办"


class StabilisationOverdue(Deadline):
    trigger: ClassVar[str] = "stabilisation_overdue"
    title: ClassVar[str] = "限期稳定就业届满"
