"""What a case remembers of key monitoring (重点监控): why, since when, whose work, and each look at the household."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from casework.case_facts import ContactChannel
from casework.household import Facts

Cause = Literal["low_or_unstable", "layoff"]


class Job(Facts):
    """The work of one member: what A33 asks about it beside the wage, which is the member's own fact."""

    member: str = Field(pattern=r"^M[1-9][0-9]?$", description="成员编号", examples=["M2"])
    contract_months: int | None = Field(
        default=None, ge=0, le=600, description="合同期限（月）；不填为没有书面合同", examples=[2]
    )
    insured: bool = Field(default=False, description="是否参加社会保险", examples=[False])
    changed_on: tuple[date, ...] = Field(
        default=(), max_length=20, description="近期每次换岗的日期", examples=[["2026-08-01"]]
    )


class Look(Facts):
    """One visit or call."""

    on: date
    channel: ContactChannel
    by: str


class Monitoring(Facts):
    """`lost_on` is set when nobody works any more: from then on the case is on its way to recognition."""

    cause: Cause
    since: date
    alert_on: date | None = None
    jobs: Annotated[tuple[Job, ...], Field(min_length=1)]
    looks: tuple[Look, ...] = ()
    lost_on: date | None = None
