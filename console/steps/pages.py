"""Every step of a person as a page (办理): the form, the look ahead for weighty steps, the act, and what came of it.

The act itself is `desk.steps.take_step`, the same as over HTTP.  A form says which event it was shown after: when the
case has moved on since, nothing is done; the page tells who did what meanwhile and keeps everything typed.
"""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from api.errors import status_of
from api.step_paths import STEP_PATHS
from casework.commands import COMMANDS
from casework.errors import CaseworkError, Conflict, SaidNo, StepNotInTable
from casework.events import Receipt
from casework.held_back import held_back
from casework.machine import require_in_table
from console.asking import CASE_PATH, Posted, Staff, for_roles
from console.forms import KEY, Form
from console.sending_on import go
from console.steps.ahead import confirmation
from console.steps.beginnings import beginning
from console.steps.done import done_address
from console.steps.fields import fields_of
from console.steps.forms_shown import (
    ACTING,
    ADD,
    CHANGE,
    CONFIRMED,
    DROP,
    REST,
    SEEN,
    StepPage,
    form_page,
    mistakes_for,
    refusal_of,
    with_rows,
)
from console.steps.reading import read
from console.steps.related import Line, line_of, since
from console.steps.situation import Situation, situation
from console.steps.weighty import WEIGHTY
from desk import tasks
from desk.bodies import Body, body_of
from desk.case_client import AcceptedNotRecorded
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from desk.look_ahead import look_ahead
from desk.step_checks import check_task
from desk.steps import take_step
from records.case_files import event_by_command
from records.timeline import events_of

router = APIRouter()

CaseId = Annotated[str, Path(pattern=CASE_PATH)]
Trigger = Annotated[str, Path(pattern=r"^[a-z_]{3,60}$")]
Task = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z_-]{1,120}$")]

SENT_BEFORE = "这张表刚才已经提交并办理过，现在的内容和那次不同，没有再次办理。确实要另办一次的，请核对后再提交。"

STEP = "/cases/{case_id}/steps/{trigger}"


@router.get(STEP, **for_roles(STAFF))
async def step_page(
    request: Request, case_id: CaseId, trigger: Trigger, caller: Staff, desk: OurDesk, now: Now, task: Task = None
) -> Response:
    """Show the form of a step, or why it cannot be taken now (409)."""
    here = _here(request, desk, caller, case_id, trigger, task)
    asked = dict(request.query_params)
    at = await off_loop(situation, desk, caller, case_id, trigger, task, now, asked)
    form = beginning(trigger, at, request.query_params)
    try:
        require_in_table(trigger, at.case.state)
        await off_loop(_check_task, here)
        if not fields_of(trigger):  # nothing to fill in: what comes of it is shown at once
            return await _ahead(here, at, form, body_of(trigger)(), now)
    except (StepNotInTable, Conflict) as error:
        no = refusal_of(here, at, error)
        last = await off_loop(_last, here) if isinstance(error, StepNotInTable) else ()
        return await form_page(here, at, form, status=status_of(error), refused=no, last=last, shown=False)
    held = await off_loop(held_back, at.case, trigger, at.acts_as, at.setting)
    return await form_page(here, at, form, refused=refusal_of(here, at, held) if held else None)


@router.post(STEP, **for_roles(STAFF))
async def step_posted(
    request: Request,
    case_id: CaseId,
    trigger: Trigger,
    caller: Staff,
    desk: OurDesk,
    now: Now,
    form: Posted,
    task: Task = None,
) -> Response:
    """Take the step that was typed, or show the form again; weighty steps are looked at first."""
    caller = replace(caller, wants_to_act_for=form.text(ACTING))
    here = _here(request, desk, caller, case_id, trigger, task)
    if any(form.text(button) for button in (ADD, DROP, REST, CHANGE)):
        at = await off_loop(situation, desk, caller, case_id, trigger, task, now)
        return await form_page(here, at, with_rows(trigger, form))
    typed = read(trigger, form)
    recorded = await off_loop(_recorded, here, form)
    if recorded and typed.body is not None:
        return await _act(here, form, typed.body, now)
    at = await off_loop(situation, desk, caller, case_id, trigger, task, now)
    meanwhile = await off_loop(_since, here, form)
    if typed.body is None:
        return await form_page(here, at, form, status=422, mistakes=typed.mistakes, since=meanwhile)
    if meanwhile:
        return await form_page(here, at, form, status=409, since=meanwhile)
    if (trigger in WEIGHTY or not fields_of(trigger)) and not form.text(CONFIRMED):
        return await _ahead(here, at, form, typed.body, now)
    return await _act(here, form, typed.body, now)


async def _act(here: StepPage, form: Form, body: Body, now: datetime) -> Response:
    """Take the step; the same form again (a second click, a reload, the back button) leads to the same end."""
    try:
        done = await _take(here, body, form.key, now)
    except AcceptedNotRecorded:
        return go(f"/cases/{here.case_id}/steps/{here.trigger}/waiting?key={form.key}")
    except NotFound:
        raise
    except CaseworkError as error:
        return await refused(here, form, error, now)
    return go(done_address(here.case_id, done.trigger, done.seq))


async def _take(here: StepPage, body: Body, key: str, now: datetime) -> Receipt:
    if here.task is None:
        return await take_step(here.desk, here.caller, here.case_id, here.trigger, body, key, now=now)
    step = await off_loop(tasks.steps_of, here.desk, here.caller, here.case_id, here.task, here.trigger)
    return await tasks.complete(here.desk, here.caller, here.case_id, here.task, step, body, key, now)


async def _ahead(here: StepPage, at: Situation, form: Form, body: Body, now: datetime) -> Response:
    """Show what the step would do.  A drilled case may be ahead of the record: its no is left to the engine."""
    try:
        event = await off_loop(look_ahead, here.desk, here.caller, here.case_id, here.trigger, body, here.task, now)
    except SaidNo as no:
        if at.case.clock_offset == 0:
            return await refused(here, form, no, now)
        event = None
    except CaseworkError as no:
        return await refused(here, form, no, now)
    return await confirmation(here, at, form, event)


async def refused(here: StepPage, form: Form, error: CaseworkError, now: datetime) -> Response:
    """Show the form again with the no, and with what happened meanwhile."""
    status = status_of(error)
    if status == 500:
        raise error
    if error.code == "idempotency_key_reused":
        form = Form(tuple(pair for pair in form.pairs if pair[0] != KEY))
        error = Conflict("sent_before", SENT_BEFORE)  # the form carries a new key now
    meanwhile = await off_loop(_since, here, form)
    at = await off_loop(
        situation, here.desk, replace(here.caller, wants_to_act_for=None), here.case_id, here.trigger, here.task, now
    )
    answer = await form_page(
        here,
        at,
        form,
        status=status,
        mistakes=mistakes_for(here, error),
        refused=refusal_of(here, at, error),
        since=meanwhile,
        shown=bool(fields_of(here.trigger)) or status == 503,
    )
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer


def _here(request: Request, desk: Desk, caller: Caller, case_id: str, trigger: str, task: str | None) -> StepPage:
    if trigger not in STEP_PATHS or trigger not in COMMANDS:
        raise NotFound("步骤")
    return StepPage(request, desk, caller, case_id, trigger, task)


def _check_task(here: StepPage) -> None:
    if here.task is not None:
        with here.desk.record.read() as work:
            check_task(work, here.caller, here.case_id, here.task)


def _recorded(here: StepPage, form: Form) -> bool:
    with here.desk.record.read() as work:
        return event_by_command(work, here.case_id, f"{here.caller.account}:{form.key}") is not None


def _last(here: StepPage) -> tuple[Line, ...]:
    """Return when this very step was taken last: whoever comes second learns by whom."""
    with here.desk.record.read() as work:
        taken = [event for event in events_of(work, here.case_id) if event.trigger == here.trigger]
    return tuple(line_of(event, {}) for event in taken[-1:])


def _since(here: StepPage, form: Form) -> tuple[Line, ...]:
    seen = form.text(SEEN) or ""
    if not seen.isascii() or not seen.isdigit():
        return ()
    with here.desk.record.read() as work:
        return since(work, here.case_id, int(seen[:9]), f"{here.caller.account}:{form.key}")
