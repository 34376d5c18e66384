"""Messages that a person has to see to (待人工处理的短信) over HTTP: the list, and that somebody was told."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field, StringConstraints

from api.answers import MORE
from api.asking import READ_ERRORS, WRITE_ERRORS, Needs, Now, OurDesk, who
from casework.household import Facts
from casework.messages import MessageState
from casework.states import Role
from desk import handling as desk_handling
from desk.bodies import Body, Line
from desk.desk import Caller
from desk.receipts import title_of
from records.unsettled import LONGEST_LIST, Unsettled, unsettled

router = APIRouter(prefix="/messages", tags=["短信"])

SEERS = (Role.SUPERVISOR, Role.REVIEWER, Role.CASEWORKER)
Seer = Annotated[Caller, Depends(Needs(SEERS))]

TO_DO = {
    MessageState.UNKNOWN: "无法查明是否送达：请打电话或上门确认对方已经知道，再登记处理结果；不要重发短信。",
    MessageState.FAILED: "没有送达：请打电话或上门告知，核对手机号码，再登记处理结果。",
}
HANDLING_EXAMPLE = {
    "key": "220302004-2026-00001/7/exit_proposed/M1",
    "note": "已电话告知本人，并约定周五来办公室陈述。",
}


class UnsettledMessage(Facts):
    """一条需要人工处理的短信."""

    key: str = Field(description="短信编号，登记处理时用")
    case_id: str
    seq: int = Field(description="由第几号事件引起")
    notice: str
    title: str = Field(description="通知标题")
    role: Role | None = Field(description="收件人角色；null 为家庭成员")
    recipient: str = Field(description="收件人的账号或成员编号")
    instead_of: str | None = Field(description="本来发给谁")
    state: str
    state_words: str = Field(description="情况")
    code: str | None = Field(description="运营商或系统给出的原因代码")
    gateway: str | None = Field(description="最后一次经哪个通道")
    planned_at: datetime
    settled_at: datetime | None
    to_do: str = Field(description="该怎么办")


class UnsettledMessages(Facts):
    messages: tuple[UnsettledMessage, ...]
    more: bool = Field(default=False, description=MORE)


class Handling(Body):
    """登记已用其他方式告知."""

    key: str = Field(max_length=200, description="短信编号", examples=[HANDLING_EXAMPLE["key"]])
    note: Annotated[Line, StringConstraints(min_length=4)] = Field(
        description="谁、怎样告知了收件人", examples=[HANDLING_EXAMPLE["note"]]
    )


class Handled(Facts):
    key: str
    handled_by: str


@router.get(
    "/unsettled",
    summary="需要人工处理的短信",
    operation_id="unsettled_messages",
    responses=READ_ERRORS,
    openapi_extra=who(*SEERS),
)
def unsettled_messages(caller: Seer, desk: OurDesk) -> UnsettledMessages:
    """本人范围内没有送达、或无法查明是否送达的短信，最早的在前；已转告代办人或督导人员的不在内。"""
    with desk.record.read() as work:
        found = unsettled(work, caller.scope, LONGEST_LIST + 1)
    return UnsettledMessages(
        messages=tuple(_shown(row) for row in found[:LONGEST_LIST]), more=len(found) > LONGEST_LIST
    )


@router.post(
    "/handlings",
    status_code=201,
    summary="登记短信已人工处理",
    operation_id="handle_message",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*SEERS),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": HANDLING_EXAMPLE}}}}},
    },
)
def handle_message(body: Handling, caller: Seer, desk: OurDesk, now: Now) -> Handled:
    """写明怎样告知了收件人；记下谁、何时处理。只说明已告知，不代表收件人已办理。"""
    desk_handling.handle_message(desk, caller, body.key, body.note, now)
    return Handled(key=body.key, handled_by=caller.account)


def _shown(row: Unsettled) -> UnsettledMessage:
    same = ("key", "case_id", "seq", "notice", "role", "recipient", "instead_of", "code", "gateway")
    fields = {name: getattr(row, name) for name in (*same, "planned_at", "settled_at")}
    return UnsettledMessage(
        **fields,
        title=title_of(row.notice),
        state=row.state.value,
        state_words=row.state.words,
        to_do=TO_DO[row.state],
    )
