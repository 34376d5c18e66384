"""Key monitoring (重点监控): a household listed, visited, released."""

from fastapi import APIRouter

from api.asking import WRITE_ERRORS, Key, Now, OurDesk, Staff, who
from api.steps import ACCEPTED, StepAnswer, answer_of, step_router
from casework.states import Role
from desk.applications import open_case
from desk.monitoring_form import MONITORING_EXAMPLE, MonitoringForm

router = APIRouter()
router.include_router(step_router("重点监控", "record_monitoring_visit", "end_monitoring"))


@router.post(
    "/monitored-households",
    status_code=201,
    summary="纳入重点监控",
    operation_id="open_monitoring",
    tags=["重点监控"],
    responses={**ACCEPTED, **WRITE_ERRORS},
    openapi_extra={
        **who(Role.CASEWORKER),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": MONITORING_EXAMPLE}}}}},
    },
)
async def open_monitoring(form: MonitoringForm, caller: Staff, desk: OurDesk, now: Now, key: Key) -> StepAnswer:
    """由经办人登记：不作认定、不计入零就业家庭；失业时登记重新失业，同一个案立即转入审核。"""
    done = await open_case(desk, caller, form, key, now=now)
    return answer_of(done, caller.role)
