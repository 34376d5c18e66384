"""Comparing a household with the registers that can be asked (联网比对), from the page of the comparison's step."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import CASE_PATH, OpenTo, Posted, for_roles
from console.forms import Form
from console.sending_on import go
from console.steps.done import done_address
from console.steps.forms_shown import StepPage
from console.steps.pages import refused
from desk.case_client import AcceptedNotRecorded
from desk.comparisons import STEP, run_comparisons
from desk.desk import Caller
from desk.errors import NotFound

router = APIRouter()

COMPARERS = (Role.CASEWORKER, Role.REVIEWER)


@router.post(f"/cases/{{case_id}}/steps/{STEP}/run", **for_roles(COMPARERS))
async def run(
    request: Request,
    case_id: Annotated[str, Path(pattern=CASE_PATH)],
    caller: Annotated[Caller, Depends(OpenTo(COMPARERS))],
    desk: OurDesk,
    now: Now,
    form: Posted,
) -> Response:
    """Ask every source about every member and record what they said; the same form again asks nobody twice."""
    try:
        done = await run_comparisons(desk, caller, case_id, form.key, now=now)
    except AcceptedNotRecorded:
        return go(f"/cases/{case_id}/steps/{STEP}/waiting?key={form.key}")
    except NotFound:
        raise
    except CaseworkError as error:
        return await refused(StepPage(request, desk, caller, case_id, STEP, None), Form(), error, now)
    return go(done_address(case_id, STEP, done.seq))
