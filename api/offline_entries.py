"""Offline entries (离线登记) over HTTP: send what a device noted, see what waits, hand over, adopt, discard."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, Field, StringConstraints

from api.asking import READ_ERRORS, STAFF, WRITE_ERRORS, ActingStaff, Now, OurDesk, Staff, who
from api.steps import ACCEPTED
from casework.commands import COMMANDS
from casework.household import Facts
from desk import offline_entries
from desk.bodies import Body, Day, Text
from desk.desk import Caller
from records.offline_entries import EntryState, OfflineEntry
from records.worklists import LONGEST_LIST

router = APIRouter(prefix="/offline-entries", tags=["离线登记"])

NOTE = {"channel": "visit", "on": "2026-10-09", "outcome": "reached", "note": "入户走访，成员在家。"}
NEW_EXAMPLE = {
    "device_key": "3d0c5f0e-phone-0001",
    "case_id": "220302004-2026-00001",
    "step": "record_contact",
    "recorded_at": "2026-10-09T15:20:00+08:00",
    "content": NOTE,
}

EntryId = Annotated[str, Path(pattern=r"^off-[0-9a-f]{32}$", description="离线记录编号")]


class NewEntry(Body):
    """设备离线时登记的一步，连同登记时间和设备自编的编号."""

    device_key: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{8,120}$")] = Field(
        description="设备为这条记录编的号：没有收到答复时原样重发，不会重复办理", examples=["3d0c5f0e-phone-0001"]
    )
    case_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,40}$")] = Field(
        description="个案编号", examples=["220302004-2026-00001"]
    )
    step: str = Field(max_length=60, description="步骤代码", examples=["record_contact"])
    recorded_at: AwareDatetime = Field(description="登记时间，带时区", examples=["2026-10-09T15:20:00+08:00"])
    content: dict[str, Any] = Field(description="该步骤的内容，字段见该步骤的接口", examples=[NOTE], repr=False)


class Adoption(Body):
    """接手或再次办理；不填内容即按原登记办理."""

    content: dict[str, Any] | None = Field(
        default=None, description="更正后的内容；不填为原登记的内容", examples=[NOTE], repr=False
    )


class Discard(Body):
    """放弃的原因."""

    reason: Text = Field(description="为什么放弃", examples=["当日已由新责任人入户并登记。"], repr=False)


class EntryAnswer(Facts):
    """一条离线记录."""

    entry_id: str
    account: str = Field(description="由谁离线登记")
    device_key: str
    case_id: str
    step: str
    title: str = Field(description="步骤名称")
    recorded_at: AwareDatetime
    recorded_on: Day = Field(description="登记日期（北京时间）")
    received_at: AwareDatetime
    state: EntryState = Field(
        description="waiting 待处理；taking 正在办理；handed_over 已移交；taken 已办理；discarded 已放弃"
    )
    state_words: str = Field(description="状态")
    refused: str | None = Field(description="没有办理的原因代码")
    message: str | None = Field(description="没有办理的原因")
    taken_by: str | None = Field(description="由谁办理或放弃")
    seq: int | None = Field(description="办理后是第几号事件")
    content: dict[str, Any] = Field(description="登记的内容", repr=False)
    choices: tuple[str, ...] = Field(description="本人可以：retry 再办理；hand_over 移交；adopt 接手；discard 放弃")


class EntryList(Facts):
    entries: tuple[EntryAnswer, ...]
    more: bool = Field(default=False, description="true 表示清单太长，只列出了前面的")


@router.post(
    "",
    status_code=201,
    summary="送来一条离线登记",
    operation_id="sync_offline_entry",
    responses={**ACCEPTED, **WRITE_ERRORS},
    openapi_extra={
        **who(*STAFF),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": NEW_EXAMPLE}}}}},
    },
)
async def sync(body: NewEntry, caller: ActingStaff, desk: OurDesk, now: Now) -> EntryAnswer:
    """先保存，再按现在的办理范围和规则办理。不能办理的答复 409 和可以选择的处理；记录不会丢失。"""
    return _answer(await offline_entries.sync(desk, caller, **dict(body), now=now), caller)


@router.get(
    "",
    summary="待处理的离线登记",
    operation_id="list_offline_entries",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def unsettled(caller: Staff, desk: OurDesk) -> EntryList:
    """本人送来没有办成的，和移交到本人办理范围内的。"""
    found = offline_entries.unsettled(desk, caller, LONGEST_LIST + 1)
    lines = tuple(_answer(entry, caller) for entry in found[:LONGEST_LIST])
    return EntryList(entries=lines, more=len(found) > LONGEST_LIST)


@router.post(
    "/{entry_id}/hand-over",
    summary="移交给现在的责任人",
    operation_id="hand_over_offline_entry",
    responses=WRITE_ERRORS,
    openapi_extra=who(*STAFF),
)
def give(entry_id: EntryId, caller: Staff, desk: OurDesk, now: Now) -> EntryAnswer:
    """移交后，现在的责任人可以接手办理或放弃。"""
    return _answer(offline_entries.give(desk, caller, entry_id, now), caller)


@router.post(
    "/{entry_id}/adoption",
    status_code=201,
    summary="接手或再次办理",
    operation_id="adopt_offline_entry",
    responses={**ACCEPTED, **WRITE_ERRORS},
    openapi_extra={
        **who(*STAFF),
        "requestBody": {"required": False, "content": {"application/json": {"examples": {"例": {"value": {}}}}}},
    },
)
async def adopt(
    entry_id: EntryId, caller: ActingStaff, desk: OurDesk, now: Now, body: Adoption | None = None
) -> EntryAnswer:
    """以接手人的名义办理；理由中写明原登记人和登记日期。"""
    content = body.content if body else None
    return _answer(await offline_entries.adopt(desk, caller, entry_id, content, now), caller)


@router.post(
    "/{entry_id}/discard",
    status_code=204,
    summary="放弃",
    operation_id="discard_offline_entry",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*STAFF),
        "requestBody": {
            "content": {"application/json": {"examples": {"例": {"value": {"reason": "当日已由新责任人登记。"}}}}}
        },
    },
)
def drop(entry_id: EntryId, body: Discard, caller: Staff, desk: OurDesk, now: Now) -> None:
    """写明原因；记录仍保存，不再列出。"""
    offline_entries.drop(desk, caller, entry_id, body.reason, now)


def _answer(entry: OfflineEntry, caller: Caller) -> EntryAnswer:
    same = set(EntryAnswer.model_fields) - {"title", "state_words", "refused", "choices"}
    return EntryAnswer(
        **{name: getattr(entry, name) for name in same},
        title=COMMANDS[entry.step].title,
        state_words=entry.state.words,
        refused=entry.code,
        choices=offline_entries.choices_of(entry, caller),
    )
