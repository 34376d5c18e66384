"""What is done with a report (审核、签发、上报、接收、退回): one button a step, refused in words on the same page."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from console.asking import Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.reports.asking import COUNTY_AND_ABOVE, Area, CountyOrAbove, Month
from console.reports.one import report_page
from console.sending_on import go
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from desk.monthly_reports import see, take

router = APIRouter()

LONGEST = 500


@router.post("/reports/{month}/{area}/acts", **for_roles(COUNTY_AND_ABOVE))
async def act(
    request: Request, desk: OurDesk, now: Now, caller: CountyOrAbove, month: Month, area: Area, form: Posted
) -> Response:
    """Take the report's next step; a second click on the same button is the same act."""
    return await _taken(request, desk, now, caller, month, area, form, form.text("act") or "")


@router.post("/reports/{month}/{area}/returns", **for_roles(COUNTY_AND_ABOVE))
async def give_back(
    request: Request, desk: OurDesk, now: Now, caller: CountyOrAbove, month: Month, area: Area, form: Posted
) -> Response:
    """Return the report for correction, with a reason."""
    return await _taken(request, desk, now, caller, month, area, form, "returned")


async def _taken(
    request: Request, desk: Desk, now: datetime, caller: Caller, month: str, area: str, form: Form, name: str
) -> Response:
    words, version = form.text("words"), form.text("version") or "1"
    mistakes: tuple[Mistake, ...] = ()
    try:
        if words and len(words) > LONGEST:
            mistakes = (Mistake("words", f"说明不超过{LONGEST}字，请写短一些。"),)
        elif not (version.isascii() and version.isdigit() and len(version) < 6):
            mistakes = (Mistake(None, "页面已过时，请刷新后再办理。"),)
        else:
            await off_loop(take, desk, caller, area, month, name, int(version), words, now)
            return go(f"/reports/{month}/{area}#history")
    except NotFound:
        raise
    except CaseworkError as no:
        if no.code == "already_done":
            return go(f"/reports/{month}/{area}#history")
        mistakes = mistakes_of(no, ("words",))
    seen = await off_loop(see, desk, caller, area, month, now)
    return await off_loop(report_page, request, desk, caller, seen, form, mistakes)
