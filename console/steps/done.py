"""What came of a step (办理结果): its event from the record, safe to reload, with what can be done next.

Also the page that waits for an accepted step to be on record: it looks again by itself, without a script.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from api.step_paths import STEP_PATHS
from casework.case import Case
from casework.commands import COMMANDS
from casework.states import Actor
from casework.tasks import TASK_KINDS
from console.asking import CASE_PATH, Staff, for_roles
from console.home import FIRST
from console.rendering import page
from console.sending_on import go
from console.steps.choosing import People, people_of
from console.steps.fields import Options
from console.steps.possible import possible_steps, setting_of
from console.steps.told import Told, told
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from documents.offers import GIVEN_BY
from records import case_files, worklists
from records.calendars import calendar_of, newest_for
from records.engine import Reading
from records.policies import policy_of
from records.timeline import TimelineEvent, events_of

router = APIRouter()

CaseId = Annotated[str, Path(pattern=CASE_PATH)]
Trigger = Annotated[str, Path(pattern=r"^[a-z_]{3,60}$")]
NEXT_LOOK = 2
"""Seconds until the waiting page looks again."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step on record; `seen` is False when the case has left the caller's sight by it."""

    event: TimelineEvent
    told: Told
    seen: bool
    next_tasks: Options
    next_steps: Options


def done_address(case_id: str, trigger: str, seq: int) -> str:
    return f"/cases/{case_id}/steps/{trigger}/done?seq={seq}"


@router.get("/cases/{case_id}/steps/{trigger}/done", **for_roles(STAFF))
async def done_page(
    request: Request,
    case_id: CaseId,
    trigger: Trigger,
    caller: Staff,
    desk: OurDesk,
    now: Now,
    seq: Annotated[int, Query(ge=1, le=10**9)],
) -> Response:
    done = await off_loop(_done, desk, caller, case_id, trigger, seq, now)
    return page(
        request,
        "steps/done.html",
        title=f"已办理：{done.told.title}",
        case_id=case_id,
        done=done,
        home=FIRST.get(caller.role, "/"),
        paper=done.seen and trigger in GIVEN_BY,
    )


@router.get("/cases/{case_id}/steps/{trigger}/waiting", **for_roles(STAFF))
async def waiting_page(
    request: Request,
    case_id: CaseId,
    trigger: Trigger,
    caller: Staff,
    desk: OurDesk,
    key: Annotated[str, Query(pattern=r"^[\x21-\x7e]{8,120}$")],
) -> Response:
    """Go on when the accepted step is on record; until then look again by itself."""
    if trigger not in STEP_PATHS:
        raise NotFound("步骤")
    seq = await off_loop(_seq, desk, caller, case_id, key)
    if seq is not None:
        return go(done_address(case_id, trigger, seq))
    answer = page(
        request, "steps/waiting.html", title="正在写入记录", status=202, case_id=case_id, step=COMMANDS[trigger].title
    )
    answer.headers["Refresh"] = str(NEXT_LOOK)
    return answer


def _seq(desk: Desk, caller: Caller, case_id: str, key: str) -> int | None:
    with desk.record.read() as work:
        event = case_files.event_by_command(work, case_id, f"{caller.account}:{key}")
        if event is None and case_files.get(work, caller.scope, case_id) is None:
            raise NotFound
    return event.seq if event else None


def _steps(work: Reading, case: Case, caller: Caller, now: datetime) -> Options:
    """Return what the caller may do next in the case."""
    setting = setting_of(case, policy_of(work, case), calendar_of(work, case) or newest_for(work, case.office), now)
    return possible_steps(case, Actor(account=caller.account, role=caller.role), setting)


def _done(desk: Desk, caller: Caller, case_id: str, trigger: str, seq: int, now: datetime) -> Done:
    """Read the event; one's own act is told even when the case has gone out of sight by it (a transfer)."""
    with desk.record.read() as work:
        row = case_files.get(work, caller.scope, case_id)
        events = events_of(work, case_id)
        event = next((e for e in events if e.seq == seq and e.trigger == trigger), None)
        if event is None or (row is None and event.by.account != caller.account):
            raise NotFound
        case = case_files.full_case(work, caller.scope, case_id)
        people = people_of(work, caller.scope, case) if case else People({}, "", {})
        words = told(work, event, tuple(e for e in events if e.seq < seq), people)
        tasks = worklists.tasks_of(work, caller.scope, case_id) or ()
        steps = _steps(work, case, caller, now) if case else ()
    mine = tuple(
        (f"/cases/{case_id}/tasks/{task.local_id}", task.title or TASK_KINDS[task.kind].words)
        for task in tasks
        if task.role is caller.role and task.claimed_by in (None, caller.account)
    )
    return Done(event, words, row is not None, mine, steps)
