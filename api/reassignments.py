"""Reassignment (改派) over HTTP: one household or many, and the helpers with what they have in hand."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field, StringConstraints

from api.asking import READ_ERRORS, WRITE_ERRORS, Key, Needs, Now, OurDesk, who
from api.sessions import AccountName
from casework.errors import CaseworkError
from casework.household import Facts
from casework.states import Role
from casework.times import local_date
from desk import reassignments
from desk.bodies import Body, Day, Text
from desk.desk import Caller, off_loop
from desk.reassignments import MOST_ROWS, Outcome, Row, RowResult

router = APIRouter(tags=["改派"])

ASSIGNERS = (Role.CASEWORKER, Role.SUPERVISOR)
LOOKERS = (*ASSIGNERS, Role.REVIEWER)

Assigner = Annotated[Caller, Depends(Needs(ASSIGNERS))]
Looker = Annotated[Caller, Depends(Needs(LOOKERS))]

EXAMPLE = {
    "rows": [
        {"case_id": "220302004-2026-00001", "helper": "hp-220302004-2", "reason": "原责任人调离，按社区重新分工。"}
    ]
}


class NewHelper(Body):
    """一户及其新的帮扶责任人."""

    case_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,40}$")] = Field(
        description="个案编号", examples=["220302004-2026-00001"]
    )
    helper: AccountName = Field(description="新的帮扶责任人账号", examples=["hp-220302004-2"])
    reason: Text | None = Field(
        default=None, description="更换原因：已有责任人时必填", examples=["原责任人调离，按社区重新分工。"]
    )


class Reassignment(Body):
    """改派清单，逐户办理."""

    rows: tuple[NewHelper, ...] = Field(min_length=1, max_length=MOST_ROWS, description=f"每户一行，最多{MOST_ROWS}行")


class RowAnswer(Facts):
    """一户的结果."""

    case_id: str
    helper: str
    outcome: Outcome = Field(description="done 已改派；refused 不予办理；pending 正在写入；not_tried 尚未办理")
    outcome_words: str = Field(description="结果")
    seq: int | None = Field(description="改派是第几号事件")
    code: str | None = Field(description="不予办理的代码")
    message: str | None = Field(description="不予办理的原因和怎样改正")
    field: str | None = Field(description="有误的字段")


class ReassignmentAnswer(Facts):
    """逐户的结果，顺序与清单相同."""

    rows: tuple[RowAnswer, ...]
    done: int = Field(description="已改派户数")
    refused: int = Field(description="不予办理户数")
    unfinished: int = Field(description="尚未办完户数：用同一请求号重发同一清单即可继续")


class HelperLine(Facts):
    """一名帮扶责任人及其手头工作；只计本人办理范围内的个案."""

    account: str
    name: str
    area: str = Field(description="机构或辖区代码")
    open_cases: int = Field(description="负责的在办户数")
    overdue_promises: int = Field(description="承诺超期户数")
    open_tasks: int = Field(description="待办数")
    overdue_tasks: int = Field(description="超期待办数")
    away: bool = Field(description="当日是否请假")
    responsible: str = Field(description="当日实际责任人账号：请假的为代办人")


class HelperList(Facts):
    as_of: Day
    helpers: tuple[HelperLine, ...]


@router.post(
    "/reassignments",
    summary="批量改派帮扶责任人",
    operation_id="reassign_helpers",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*ASSIGNERS),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": EXAMPLE}}}}},
    },
)
async def reassign(body: Reassignment, caller: Assigner, desk: OurDesk, now: Now, key: Key) -> ReassignmentAnswer:
    """逐户办理，互不影响，各记各的原因；各项时限不变。中断后用同一请求号重发同一清单，已办的不重复。"""
    rows = tuple(Row(row.case_id, row.helper, row.reason) for row in body.rows)
    results = await reassignments.reassign(desk, caller, rows, key, now)
    counted = [result.outcome for result in results]
    done, refused = counted.count(Outcome.DONE), counted.count(Outcome.REFUSED)
    return ReassignmentAnswer(
        rows=tuple(_row(result) for result in results),
        done=done,
        refused=refused,
        unfinished=len(counted) - done - refused,
    )


@router.get(
    "/helpers",
    summary="帮扶责任人及其手头工作",
    operation_id="list_helpers",
    responses=READ_ERRORS,
    openapi_extra=who(*LOOKERS),
)
async def helpers(
    caller: Looker,
    desk: OurDesk,
    now: Now,
    as_of: Annotated[Day | None, Query(description="哪一天的请假与代办，不填为今天", examples=["2026-10-12"])] = None,
) -> HelperList:
    """能负责本机构或本辖区家庭的帮扶责任人；户数和待办只计本人看得到的。"""
    day = as_of or local_date(now)
    found = await off_loop(reassignments.helper_loads, desk, caller, day)
    lines = tuple(
        HelperLine(
            account=each.helper.account,
            name=each.helper.name,
            area=each.helper.area,
            open_cases=each.open_cases,
            overdue_promises=each.overdue_promises,
            open_tasks=each.open_tasks,
            overdue_tasks=each.overdue_tasks,
            away=each.responsible != each.helper.account,
            responsible=each.responsible,
        )
        for each in found
    )
    return HelperList(as_of=day, helpers=lines)


def _row(result: RowResult) -> RowAnswer:
    no: CaseworkError | None = result.no
    return RowAnswer(
        case_id=result.row.case_id,
        helper=result.row.helper,
        outcome=result.outcome,
        outcome_words=result.outcome.words,
        seq=result.seq,
        code=no.code if no else None,
        message=no.message if no else None,
        field=no.field if no else None,
    )
