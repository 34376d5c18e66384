"""The working calendar (工作日历): years published, what a schedule would change, its import, the cases moved.

An import is tried first: its page shows every changed day and every case that moves, and holds the text; the button on
it imports exactly that text.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.times import local_date
from console.administration.overview import ADMINISTRATORS
from console.asking import Administrator, Posted, for_roles
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go
from desk.calendar_runs import failed_in
from desk.calendars import Change, import_change, read_change, touched
from desk.desk import Caller, Desk, off_loop
from policies.calendars import years_to_declare
from policies.errors import PolicyError
from records import calendars

router = APIRouter(prefix="/administration/calendars")

HERE = "/administration/calendars"
LISTED = 200
FIELD = "content"


@router.get("", **for_roles(ADMINISTRATORS))
def listed(request: Request, desk: OurDesk, now: Now, caller: Administrator) -> Response:
    return _page(request, desk, now, caller, Form(), ())


@router.post("", **for_roles(ADMINISTRATORS))
async def try_or_import(request: Request, desk: OurDesk, now: Now, caller: Administrator, form: Posted) -> Response:
    """Show what the schedule would change; with the button of that page, import it."""
    text = form.typed(FIELD).replace("\r\n", "\n")
    try:
        if not text.strip():
            raise PolicyError("empty", "请粘贴一年的放假安排。")
        change = await off_loop(read_change, desk.record, text, "安排")
        if form.text("import") == "yes":
            await off_loop(_imported, desk, caller, change, now)
            request.app.state.calendar_runs.start(caller.account)
            return go(f"{HERE}#progress")
    except PolicyError as error:
        found = [finding.words for finding in error.findings] or [error.message]
        mistakes = tuple(Mistake(FIELD, words) for words in found[:20])
        return await off_loop(_page, request, desk, now, caller, form, mistakes)
    except CaseworkError as error:
        return await off_loop(_page, request, desk, now, caller, form, (Mistake(FIELD, error.message),))
    moved = await off_loop(_touched, desk, caller, change, now)
    return page(
        request,
        "administration/calendar_change.html",
        title="导入会改变什么",
        change=change,
        area=getattr(change.schedule, "area", None),
        touched=moved,
        listed=LISTED,
        text=text,
        form=form,
    )


@router.post("/runs", **for_roles(ADMINISTRATORS))
async def resume(request: Request, caller: Administrator) -> Response:
    """Go on moving the cases that were left."""
    request.app.state.calendar_runs.start(caller.account)
    return go(f"{HERE}#progress")


def _imported(desk: Desk, caller: Caller, change: Change, now: Now) -> None:
    import_change(desk.record, change, by=caller.account, area=caller.area, now=now)


def _touched(desk: Desk, caller: Caller, change: Change, now: Now) -> tuple[object, ...]:
    return tuple(touched(desk.record, change.calendar, now, area=caller.area))


def _page(
    request: Request, desk: Desk, now: Now, caller: Caller, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    runs = request.app.state.calendar_runs
    with desk.record.read() as work:
        calendar = calendars.newest(work)
        issues = calendars.issues(work)
        waiting = len(calendars.lagging(work, calendar))
    return page(
        request,
        "administration/calendars.html",
        title="工作日历",
        status=422 if mistakes else 200,
        calendar=calendar,
        years=tuple(reversed(calendar.years)),
        overlays=calendar.overlays,
        missing=years_to_declare(calendar, local_date(now)),
        issues=tuple(reversed(issues)),
        waiting=waiting,
        running=runs.running,
        failed=failed_in(runs.last.failed, caller.area) if runs.last else {},
        form=form,
        mistakes=mistakes,
    )
