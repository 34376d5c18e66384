"""What is overdue (超期) in a supervisor's area, over HTTP.  "Overdue" is what a timer's event wrote, never a guess."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.answers import Overdue
from api.asking import READ_ERRORS, Needs, OurDesk, who
from api.showing import case_line, task_line
from casework.states import Role
from desk.desk import Caller
from records import worklists
from records.worklists import LONGEST_LIST as MOST

router = APIRouter(tags=["超期"])

WATCHERS = (Role.SUPERVISOR, Role.REVIEWER)


@router.get(
    "/overdue", summary="辖区内的超期", operation_id="overdue", responses=READ_ERRORS, openapi_extra=who(*WATCHERS)
)
def overdue(caller: Annotated[Caller, Depends(Needs(WATCHERS))], desk: OurDesk) -> Overdue:
    """承诺已超期、仍未就业的家庭，和超期的待办。"""
    with desk.record.read() as work:
        promises = worklists.overdue_promises(work, caller.scope, MOST + 1)
        tasks = worklists.overdue_tasks(work, caller.scope, MOST + 1)
    return Overdue(
        promises=tuple(case_line(r, caller.scope) for r in promises[:MOST]),
        tasks=tuple(task_line(r) for r in tasks[:MOST]),
        more=max(len(promises), len(tasks)) > MOST,
    )
