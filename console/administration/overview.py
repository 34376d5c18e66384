"""The administrator's first page (管理首页): what must be done, what is away, and where to go."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.messages import MessageState
from casework.states import Role
from casework.times import local_date
from console.asking import Administrator, for_roles
from console.rendering import page
from desk.alerts import alerts
from desk.desk import Desk
from records.errors import RecordUnavailable
from records.traffic import NEWEST, Traffic, newest_traffic

router = APIRouter()

ADMINISTRATORS = (Role.ADMINISTRATOR,)

SHOWN = (
    MessageState.PLANNED,
    MessageState.SENDING,
    MessageState.SENT,
    MessageState.CONFIRMED,
    MessageState.DOUBTFUL,
    MessageState.UNKNOWN,
    MessageState.FAILED,
    MessageState.SUPPRESSED,
)


@router.get("/administration", **for_roles(ADMINISTRATORS))
def overview(request: Request, desk: OurDesk, now: Now, _: Administrator) -> Response:
    with desk.record.read() as work:
        found = alerts(work, local_date(now))
    return page(request, "administration/overview.html", title="管理首页", alerts=found)


@router.get("/administration/health", **for_roles(ADMINISTRATORS))
async def health(request: Request, desk: OurDesk, _: Administrator) -> Response:
    """What the system depends on, and how messages fare, by gateway."""
    engine = await desk.cases.available()
    record, lines = await run_in_threadpool(_looked, desk)
    return page(
        request,
        "administration/health.html",
        title="运行状况",
        engine=engine,
        record=record,
        traffic=lines,
        newest=NEWEST,
        states=SHOWN,
        runs=(
            ("工作日历更新", request.app.state.calendar_runs.running),
            ("办法采用", request.app.state.policy_runs.running),
        ),
    )


def _looked(desk: Desk) -> tuple[bool, tuple[Traffic, ...]]:
    try:
        desk.record.ping()
        with desk.record.read() as work:
            return True, newest_traffic(work)
    except RecordUnavailable:
        return False, ()
