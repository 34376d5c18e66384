"""The form by which a household is listed for key monitoring (重点监控登记表): an application, and whose work it is."""

from typing import Any

from pydantic import ConfigDict, Field

from casework.monitoring_facts import Cause, Job
from desk.bodies import Day
from desk.intake_form import FORM_EXAMPLE, ApplicationForm

MONITORING_EXAMPLE: dict[str, Any] = FORM_EXAMPLE | {
    "members": [
        FORM_EXAMPLE["members"][0],
        FORM_EXAMPLE["members"][1] | {"status": "灵活就业", "wage_fen": 150000},
    ],
    "cause": "low_or_unstable",
    "jobs": [{"member": "M2", "insured": False}],
}


class JobForm(Job):
    """每名就业成员的工作情况."""

    changed_on: tuple[Day, ...] = Field(
        default=(), max_length=20, description="近期每次换岗的日期，不得晚于今天", examples=[["2026-08-01"]]
    )


class MonitoringForm(ApplicationForm):
    """纳入重点监控；`applied_on` 为纳入日期，成员编号按顺序为 M1、M2……."""

    model_config = ConfigDict(json_schema_extra={"examples": [MONITORING_EXAMPLE]})

    cause: Cause = Field(
        description="low_or_unstable 只有1人就业且收入低或不稳定；layoff 裁员名单涉及全部就业成员",
        examples=["low_or_unstable"],
    )
    alert_on: Day | None = Field(default=None, description="裁员名单上的离岗日期（裁员时必填）")
    jobs: tuple[JobForm, ...] = Field(min_length=1, max_length=10, description="每名就业成员的工作情况")
