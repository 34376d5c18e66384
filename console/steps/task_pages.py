"""A task (待办) as a page: what it is, whose, until when, and with which step it ends; claimed and given back here."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.commands import COMMANDS
from casework.errors import CaseworkError, Conflict
from casework.held_back import held_back
from casework.tasks import TASK_KINDS
from console import words
from console.asking import CASE_PATH, Posted, Staff, for_roles
from console.case_pages.said import People
from console.forms import Form
from console.rendering import page
from console.sending_on import go, place_to_go
from console.steps.forms_shown import task_words
from console.steps.possible import address_of
from console.steps.situation import Situation, situation
from desk import tasks
from desk.desk import Caller, off_loop
from desk.step_checks import roles_of
from records.worklists import task_closed

router = APIRouter()

CaseId = Annotated[str, Path(pattern=CASE_PATH)]
TaskId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,120}$")]
TASK = "/cases/{case_id}/tasks/{task_id}"


@dataclass(frozen=True, slots=True)
class Ending:
    """A step that ends the task; `no` is what the caller would be told whatever is typed, None when it may be tried."""

    trigger: str
    title: str
    path: str
    no: CaseworkError | None


@router.get(TASK, **for_roles(STAFF))
async def task_page(
    request: Request, case_id: CaseId, task_id: TaskId, caller: Staff, desk: OurDesk, now: Now
) -> Response:
    """Show a task with its steps; one that ends with a single step of the caller's leads straight to it."""
    at = await off_loop(situation, desk, caller, case_id, None, task_id, now)
    endings = _endings(at, caller)
    if len(endings) == 1 and endings[0].no is None and _free(at, caller):
        return go(endings[0].path)
    return _page(request, case_id, caller, at, endings)


@router.post(TASK + "/claim", **for_roles(STAFF))
async def claim(
    request: Request, case_id: CaseId, task_id: TaskId, caller: Staff, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Claim a task and go on where one was; whoever comes second is told who was first."""
    try:
        await off_loop(tasks.claim, desk, caller, case_id, task_id, now)
    except Conflict as error:
        at = await off_loop(situation, desk, caller, case_id, None, task_id, now)
        return _page(request, case_id, caller, at, _endings(at, caller), error)
    return go(place_to_go(form.text("next"), f"/cases/{case_id}/tasks/{task_id}"))


@router.post(TASK + "/release", **for_roles(STAFF))
async def release(
    request: Request, case_id: CaseId, task_id: TaskId, caller: Staff, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Give a claim back and go on where one was."""
    try:
        await off_loop(tasks.release, desk, caller, case_id, task_id)
    except Conflict as error:
        at = await off_loop(situation, desk, caller, case_id, None, task_id, now)
        return _page(request, case_id, caller, at, _endings(at, caller), error)
    return go(place_to_go(form.text("next"), f"/cases/{case_id}/tasks/{task_id}"))


def _endings(at: Situation, caller: Caller) -> tuple[Ending, ...]:
    """Return the steps of the caller's role that end the task, each with what stands in its way."""
    task, case = at.task, at.case
    assert task is not None
    return tuple(
        Ending(
            trigger,
            COMMANDS[trigger].title,
            address_of(case.case_id, trigger, task.local_id),
            held_back(case, trigger, at.acts_as, at.setting),
        )
        for trigger in TASK_KINDS[task.kind].steps
        if caller.role in roles_of(trigger) and at.allows(trigger)
    )


def _free(at: Situation, caller: Caller) -> bool:
    task = at.task
    assert task is not None
    return task.closed_seq is None and task.claimed_by in (None, caller.account, task.acting_for)


def _about(at: Situation, subject: str | None) -> str:
    """Return whom or what a task is about; a number that says nothing to anybody is not shown."""
    if subject is None or subject in at.people.called:
        return at.people.words(subject) if subject else ""
    words = People(at.case, dict(at.people.names), {}).about(subject)
    return "" if words == subject else words


def _page(
    request: Request,
    case_id: str,
    caller: Caller,
    at: Situation,
    endings: tuple[Ending, ...],
    error: CaseworkError | None = None,
) -> Response:
    task = at.task
    assert task is not None
    kind = TASK_KINDS[task.kind]
    closed = task_closed(task).message if task.closed_seq is not None else None
    return page(
        request,
        "steps/task.html",
        title=task.title or kind.words,
        status=409 if error else 200,
        case_id=case_id,
        at=at,
        task=task,
        words=task.title or kind.words,
        about=_about(at, task.about),
        limit=words.due(task.due_on, at.today, at.calendar, overdue=task.overdue, paused=bool(task.paused)),
        steps=endings,
        mine=task.claimed_by in (caller.account, task.acting_for) and task.claimed_by is not None,
        free=_free(at, caller),
        closed=closed,
        form=Form(),
        task_words=task_words,
        refused=error.message if error else None,
    )
