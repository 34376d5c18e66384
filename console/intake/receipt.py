"""The receipt of an intake (受理回执): the number, what happens next and by when, a print of it.

Of a household that was sent on to another office only the number and where it is now are told.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.tasks import TASK_KINDS
from casework.times import local_date
from console.asking import Caseworker, for_roles
from console.forms import Form
from console.intake.my_drafts import CASEWORKERS
from console.intake.progress import address
from console.rendering import page
from console.sending_on import go
from console.words import Due, day, due
from desk import drafts
from policies.errors import PolicyError
from policies.packs import pack_for
from policies.schema import Policy
from records import case_files
from records.calendars import newest_for
from records.offices import office_for
from records.worklists import tasks_of

router = APIRouter()


@router.get("/intake/{draft_id}/done", **for_roles(CASEWORKERS))
def done(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft = drafts.look(desk, drafts.at_desk(caller), draft_id, now)
    case_id = draft.case_id
    if case_id is None:
        return go(address(draft_id))
    code = case_id.partition("-")[0]
    tasks: list[tuple[str, Due]] = []
    with desk.record.read() as work:
        row = case_files.get(work, caller.scope, case_id)
        case = case_files.full_case(work, caller.scope, case_id)
        office = office_for(work, code)
        today = row.clock.day(now) if row else local_date(now)
        calendar = newest_for(work, code)
        for task in tasks_of(work, caller.scope, case_id) or ():
            words = TASK_KINDS[task.kind].words
            tasks.append((words, due(task.due_on, today, calendar, overdue=task.overdue, paused=bool(task.paused))))
    try:
        policy: Policy | None = pack_for(code, on=today)
    except PolicyError:
        policy = None
    return page(
        request,
        "intake/done.html",
        title="已受理登记",
        form=Form(),
        case_id=case_id,
        here=row is not None,
        monitored=case is not None and case.monitored,
        office=f"{office.name}（{code}）" if office and office.office == code else code,
        phone=office.phone if office else "",
        opened=day(row.opened_on) if row else "",
        tasks=tasks,
        policy=policy,
        standing=case.standing if case else None,
    )
