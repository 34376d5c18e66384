"""Whether the system serves (运行状况), for operators and load balancers.  Says what is away, and nothing else."""

from fastapi import APIRouter, Response

from api.asking import PUBLIC, OurDesk
from casework.household import Facts
from desk.desk import off_loop
from records.errors import RecordUnavailable

router = APIRouter(tags=["运行"])
alive = APIRouter()


class Health(Facts):
    """运行状况：record 记录库，engine 办理引擎."""

    record: bool
    engine: bool


@alive.get("/healthz", include_in_schema=False)
async def healthz() -> dict[str, str]:
    """The process serves; what it depends on is in `/api/v1/health`."""
    return {"status": "ok"}


@router.get(
    "/health",
    summary="运行状况",
    operation_id="health",
    responses={503: {"model": Health, "description": "记录库不可用"}, 405: {"description": "只支持 GET"}},
    openapi_extra=PUBLIC,
)
async def health(desk: OurDesk, response: Response) -> Health:
    """记录库不可用时答复 503；办理引擎不可用时仍可查询，但不能办理。"""
    try:
        await off_loop(desk.record.ping)
        record = True
    except RecordUnavailable:
        record = False
        response.status_code = 503
    return Health(record=record, engine=await desk.cases.available())
