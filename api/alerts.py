"""Alerts (告警) for administrators over HTTP: what must be done about the installation."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.asking import READ_ERRORS, Administrator, Now, OurDesk, who
from casework.household import Facts
from casework.states import Role
from casework.times import local_date
from desk.alerts import alerts
from desk.bodies import Day

router = APIRouter(tags=["告警"])


class AlertLine(Facts):
    """一条告警或提示."""

    code: str = Field(description="稳定的代码")
    urgent: bool = Field(description="true 为告警，须办理；false 为提示")
    words: str
    what_to_do: str = Field(description="怎样办理")
    since: date | None = Field(description="自哪天起为告警")


class Alerts(Facts):
    alerts: tuple[AlertLine, ...]


@router.get(
    "/alerts", summary="告警", operation_id="list_alerts", responses=READ_ERRORS, openapi_extra=who(Role.ADMINISTRATOR)
)
def list_alerts(
    _: Administrator,
    desk: OurDesk,
    now: Now,
    as_of: Annotated[Day | None, Query(description="截至日期，缺省为今天")] = None,
) -> Alerts:
    """须由管理员办理的事：次年放假安排未导入、个案未更新到现行工作日历等，急的在前。"""
    with desk.record.read() as work:
        found = alerts(work, as_of or local_date(now))
    lines = (
        AlertLine(code=a.code, urgent=a.urgent, words=a.words, what_to_do=a.what_to_do, since=a.since) for a in found
    )
    return Alerts(alerts=tuple(lines))
