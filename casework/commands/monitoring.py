"""Commands of key monitoring (重点监控): opened, looked after, ended (J14, A33)."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.assistance import MemberId
from casework.commands.request import Command, Deadline
from casework.commands.review import Apply, On
from casework.household import Facts
from casework.monitoring_facts import Cause, Job

Fen = Annotated[int, Field(ge=0, le=100_000_000_00)]


class OpenMonitoring(Apply):
    """Follow a household that still has an earner; `applied_on` is the day it is listed, nothing is applied for yet."""

    trigger: ClassVar[str] = "open_monitoring"
    title: ClassVar[str] = "纳入重点监控"
    cause: Cause = Field(
        description="low_or_unstable 只有1人就业且收入低或不稳定；layoff 裁员名单涉及全部就业成员", examples=["layoff"]
    )
    alert_on: date | None = Field(default=None, description="裁员名单上的离岗日期（裁员时必填）")
    jobs: tuple[Job, ...] = Field(min_length=1, max_length=10, description="每名就业成员的工作情况")


class RecordMonitoringVisit(Command):
    """A look at the household by the rhythm: what the work is like now."""

    trigger: ClassVar[str] = "record_monitoring_visit"
    title: ClassVar[str] = "登记监控走访"
    member: MemberId
    on: On
    channel: Literal["phone", "visit"] = Field(description="phone 电话；visit 入户", examples=["visit"])
    wage_fen: Fen = Field(description="现在的月工资，单位：分", examples=[150000])
    contract_months: int | None = Field(default=None, ge=0, le=600, description="合同期限（月）；没有书面合同不填")
    insured: bool = Field(description="是否参加社会保险", examples=[False])
    changed_job: bool = Field(default=False, description="上次走访以来是否换岗", examples=[False])
    note: TextId | None = Field(default=None, description="走访情况", examples=["仍在饭店帮工，按日结算。"])


class EndMonitoring(Command):
    trigger: ClassVar[str] = "end_monitoring"
    title: ClassVar[str] = "结束重点监控"
    reason: TextId = Field(description="结束理由", examples=["已签一年合同并参保，收入高于低保标准两倍。"])


class MonitoringVisitDue(Deadline):
    trigger: ClassVar[str] = "monitoring_visit_due"
    title: ClassVar[str] = "监控走访到期"


__all__ = ["EndMonitoring", "Facts", "MonitoringVisitDue", "OpenMonitoring", "RecordMonitoringVisit"]
