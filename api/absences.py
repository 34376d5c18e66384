"""Absences (请假与代办) over HTTP: enter one with its substitute, list, end on another day, cancel."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from api.asking import EVERYBODY, READ_ERRORS, WRITE_ERRORS, Anybody, Now, OurDesk, who
from api.sessions import AccountName
from casework.household import Facts
from desk import absences
from desk.bodies import Body, Day, Line
from records.absences import Absence

router = APIRouter(prefix="/absences", tags=["请假与代办"])

NEW_EXAMPLE = {
    "substitute": "hp-220302004-2",
    "first": "2026-10-12",
    "last": "2026-10-16",
    "reason": "年休假",
}

AbsenceId = Annotated[int, Path(ge=1, le=2**31 - 1, description="请假编号", examples=[1])]


class NewAbsence(Body):
    """一次请假及其代办人；起止日都算在内."""

    account: AccountName | None = Field(
        default=None, description="谁请假：不填为本人；督导人员、管理员可填本辖区的账号", examples=["hp-220302004-1"]
    )
    substitute: AccountName = Field(
        description="代办人账号：同一角色，能看到同一机构或辖区的个案", examples=["hp-220302004-2"]
    )
    first: Day = Field(description="第一日", examples=["2026-10-12"])
    last: Day = Field(description="最后一日", examples=["2026-10-16"])
    reason: Line = Field(description="事由", examples=["年休假"], repr=False)


class NewLastDay(Body):
    """提前销假或延长：新的最后一日."""

    last: Day = Field(description="最后一日", examples=["2026-10-14"])


class AbsenceLine(Facts):
    """一次请假."""

    absence_id: int = Field(description="请假编号")
    account: str = Field(description="谁请假")
    substitute: str = Field(description="由谁代办")
    first: Day = Field(description="第一日")
    last: Day = Field(description="最后一日")
    reason: str = Field(description="事由；只给本人、登记人、督导人员和管理员看")
    made_by: str = Field(description="由谁登记")


class AbsenceList(Facts):
    absences: tuple[AbsenceLine, ...]


@router.post(
    "",
    status_code=201,
    summary="登记请假与代办人",
    operation_id="enter_absence",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*EVERYBODY),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": NEW_EXAMPLE}}}}},
    },
)
def enter(body: NewAbsence, caller: Anybody, desk: OurDesk, now: Now) -> AbsenceLine:
    """请假期间，待办、提醒和清单转给代办人，办理记录写明“甲 代 乙”；销假次日全部回到本人，各项时限不变。"""
    return _line(absences.enter(desk, caller, **dict(body), now=now))


@router.get(
    "", summary="请假与代办", operation_id="list_absences", responses=READ_ERRORS, openapi_extra=who(*EVERYBODY)
)
def list_all(
    caller: Anybody,
    desk: OurDesk,
    since: Annotated[Day | None, Query(description="只列这一天及以后还没有结束的", examples=["2026-10-12"])] = None,
    as_of: Annotated[Day | None, Query(description="只列这一天在请假的", examples=["2026-10-12"])] = None,
) -> AbsenceList:
    """本人的、由本人代办的，以及本机构或本辖区的；不含已撤销的。"""
    found = absences.list_known(desk, caller, since=since, on=as_of)
    return AbsenceList(absences=tuple(_line(each) for each in found))


@router.patch(
    "/{absence_id}",
    summary="提前销假或延长",
    operation_id="change_absence",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*EVERYBODY),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": {"last": "2026-10-14"}}}}}},
    },
)
def change(absence_id: AbsenceId, body: NewLastDay, caller: Anybody, desk: OurDesk, now: Now) -> AbsenceLine:
    """当天就回来的，填昨天。代办人已办的事不变。"""
    return _line(absences.change_last(desk, caller, absence_id, body.last, now))


@router.delete(
    "/{absence_id}",
    status_code=204,
    summary="撤销请假",
    operation_id="cancel_absence",
    responses=READ_ERRORS,
    openapi_extra=who(*EVERYBODY),
)
def cancel(absence_id: AbsenceId, caller: Anybody, desk: OurDesk, now: Now) -> None:
    """撤销后立即回到本人；代办人已办的事不变，记录保留。"""
    absences.cancel(desk, caller, absence_id, now)


def _line(each: Absence) -> AbsenceLine:
    return AbsenceLine(**{name: getattr(each, name) for name in AbsenceLine.model_fields})
