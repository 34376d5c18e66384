"""Tasks (待办) over HTTP: mine, claim, release, complete.  Lists of one case are in `cases.py`."""

from typing import Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from api.answers import TaskLine, Tasks
from api.asking import READ_ERRORS, STAFF, WRITE_ERRORS, ActingStaff, CaseId, Key, Now, OurDesk, Staff, TaskId, who
from api.showing import task_line
from api.steps import ACCEPTED, StepAnswer, answer_of
from desk import tasks
from desk.bodies import Body, body_of
from desk.desk import off_loop
from records.worklists import LONGEST_LIST

router = APIRouter(tags=["待办"])

EXAMPLE = {"step": "pass_first_review", "with": {"compared_online": True, "visited_on": "2026-09-28"}}


class Completion(Body):
    """用哪一步办结，以及该步骤的内容（与该步骤自己的接口相同）."""

    step: str = Field(max_length=60, description="步骤代码，见待办的 steps", examples=["pass_first_review"])
    content: dict[str, Any] = Field(
        default_factory=dict,
        alias="with",
        description="该步骤的内容，字段见该步骤的接口",
        examples=[EXAMPLE["with"]],
    )


@router.get("/tasks", summary="我的待办", operation_id="my_tasks", responses=READ_ERRORS, openapi_extra=who(*STAFF))
def my_tasks(caller: Staff, desk: OurDesk) -> Tasks:
    """本角色在本人办理范围内的待办，以及本人已领取的；超期的在前，再按期限。

    同事请假由本人代办的，其待办一并列出并注明代谁；本人请假期间，待办在代办人的清单里，销假后回到这里。
    """
    found = tasks.my_tasks(desk, caller, LONGEST_LIST + 1)
    return Tasks(tasks=tuple(task_line(row) for row in found[:LONGEST_LIST]), more=len(found) > LONGEST_LIST)


@router.post(
    "/cases/{case_id}/tasks/{task_id}/claim",
    summary="领取待办",
    operation_id="claim_task",
    responses=WRITE_ERRORS,
    openapi_extra=who(*STAFF),
)
def claim(case_id: CaseId, task_id: TaskId, caller: Staff, desk: OurDesk, now: Now) -> TaskLine:
    """领取后他人不能再领取；已被领取时，答复由谁、何时领取。"""
    return task_line(tasks.claim(desk, caller, case_id, task_id, now))


@router.delete(
    "/cases/{case_id}/tasks/{task_id}/claim",
    summary="释放待办",
    operation_id="release_task",
    responses=WRITE_ERRORS,
    openapi_extra=who(*STAFF),
)
def release(case_id: CaseId, task_id: TaskId, caller: Staff, desk: OurDesk) -> TaskLine:
    """把本人领取的待办交还。"""
    return task_line(tasks.release(desk, caller, case_id, task_id))


@router.post(
    "/cases/{case_id}/tasks/{task_id}/completion",
    status_code=201,
    summary="办结待办",
    operation_id="complete_task",
    responses={**ACCEPTED, **WRITE_ERRORS},
    openapi_extra={
        **who(*STAFF),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": EXAMPLE}}}}},
    },
)
async def complete(
    case_id: CaseId, task_id: TaskId, body: Completion, caller: ActingStaff, desk: OurDesk, now: Now, key: Key
) -> StepAnswer:
    """用一个步骤办结；已被他人办结时，答复由谁、何时、以第几号事件办结。"""
    step = await off_loop(tasks.steps_of, desk, caller, case_id, task_id, body.step)
    try:
        content = body_of(step).model_validate(body.content)
    except ValidationError as error:
        raise RequestValidationError([{**e, "loc": ("body", "with", *e["loc"])} for e in error.errors()]) from None
    return answer_of(await tasks.complete(desk, caller, case_id, task_id, step, content, key, now), caller.role)
