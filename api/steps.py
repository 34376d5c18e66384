"""The skin over every step: one POST route for each trigger, made from its command and its rows in the table."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import Field

from api.asking import WRITE_ERRORS, ActingStaff, CaseId, Key, Now, OurDesk, who
from api.errors import ErrorBody
from api.step_paths import STEP_PATHS, step_url
from casework.commands import COMMANDS
from casework.events import Receipt
from casework.household import Facts
from casework.states import Role
from casework.table import allowed_steps, rows_of
from desk.bodies import body_of, example_of
from desk.step_checks import roles_of
from desk.steps import take_step

ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": ErrorBody, "description": "已受理，正在写入记录：用同一请求号再次提交以取得结果"}
}


class AllowedStep(Facts):
    """A step the caller may take next."""

    step: str = Field(description="步骤代码")
    title: str = Field(description="步骤名称")
    path: str = Field(description="办理地址（POST）")


class StepAnswer(Receipt):
    """办理结果：已写入记录的事件，以及接下来可以办理的步骤."""

    state_words: str = Field(description="办理后的状态")
    by_words: str = Field(description="由谁办理；代办的写明“甲 代 乙”")
    allowed: tuple[AllowedStep, ...] = Field(description="本人接下来可以办理的步骤")


def allowed_for(case_id: str, state: Any, role: Role) -> tuple[AllowedStep, ...]:
    """Return what the table lets a role do next."""
    return tuple(
        AllowedStep(step=trigger, title=COMMANDS[trigger].title, path=step_url(case_id, trigger))
        for trigger in allowed_steps(state, role)
    )


def answer_of(done: Receipt, role: Role) -> StepAnswer:
    """Return the answer of a step; the same receipt always gives the same answer."""
    fields = {name: getattr(done, name) for name in type(done).model_fields}
    by = done.by.words if done.by else ""
    allowed = allowed_for(done.case_id, done.state, role)
    return StepAnswer(**fields, state_words=done.state.words, by_words=by, allowed=allowed)


def step_router(tag: str, *triggers: str) -> APIRouter:
    """Return the routes of a noun's steps."""
    router = APIRouter(prefix="/cases/{case_id}", tags=[tag])
    for trigger in triggers:
        _add(router, trigger)
    return router


def _add(router: APIRouter, trigger: str) -> None:
    model: Any = body_of(trigger)
    bare = not model.model_fields
    kind: Any = Annotated[model | None, Body()] if bare else model
    default: Any = None if bare else ...

    async def take(
        case_id: CaseId,
        caller: ActingStaff,
        desk: OurDesk,
        now: Now,
        key: Key,
        body: kind = default,
    ) -> StepAnswer:
        done = await take_step(desk, caller, case_id, trigger, body or model(), key, now=now)
        return answer_of(done, caller.role)

    take.__name__ = trigger
    router.add_api_route(
        f"/{STEP_PATHS[trigger]}",
        take,
        methods=["POST"],
        status_code=201,
        response_model=StepAnswer,
        summary=COMMANDS[trigger].title,
        description=_described(trigger),
        operation_id=trigger,
        responses={**ACCEPTED, **WRITE_ERRORS},
        openapi_extra={**who(*roles_of(trigger)), "requestBody": {"required": not bare, "content": _shown(trigger)}},
    )


def _shown(trigger: str) -> dict[str, Any]:
    return {"application/json": {"examples": {"例": {"value": example_of(trigger)}}}}


def _described(trigger: str) -> str:
    rows = rows_of(trigger)
    states = dict.fromkeys(state.words for row in rows for state in row.source)
    people = "、".join(role.words for role in roles_of(trigger))
    return f"由{people}办理；个案状态为{'、'.join(states)}时可以办理。同一请求号重发，得到同一答复。"
