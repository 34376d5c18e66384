"""Cases (个案): open, list, read; their tasks, clocks, timeline and messages.  Steps are in the nouns' own files."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import CaseAnswer, CaseList, Clocks, Messages, Tasks, Timeline
from api.asking import READ_ERRORS, STAFF, WRITE_ERRORS, CaseId, Key, Now, OurDesk, Staff, who
from api.showing import case_answer, case_list, clock_stories, event_line, message_answer, task_line
from api.steps import ACCEPTED, StepAnswer, answer_of
from casework.clock_changes import clock_changes
from casework.clock_history import lives_of
from casework.states import Role, State
from desk.acting import standing_in_case
from desk.applications import open_case
from desk.bodies import Day
from desk.errors import or_not_found
from desk.intake_form import FORM_EXAMPLE, ApplicationForm
from records import case_files, worklists
from records.calendars import calendar_of, newest_for
from records.case_files import CaseFilter
from records.policies import policy_of
from records.texts import texts_of
from records.timeline import events_of, messages_of, timeline

router = APIRouter(prefix="/cases", tags=["个案"])

Code = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z_-]{1,40}$")]


@router.post(
    "",
    status_code=201,
    summary="提出申请，建立个案",
    operation_id="apply",
    responses={**ACCEPTED, **WRITE_ERRORS},
    openapi_extra={
        **who(Role.CASEWORKER),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": FORM_EXAMPLE}}}}},
    },
)
async def apply(form: ApplicationForm, caller: Staff, desk: OurDesk, now: Now, key: Key) -> StepAnswer:
    """由经办人受理本机构的申请。先按规则核对，再登记家庭成员，最后建立个案；同一请求号重发得到同一个案。"""
    done = await open_case(desk, caller, form, key, now=now)
    return answer_of(done, caller.role)


@router.get("", summary="个案清单", operation_id="list_cases", responses=READ_ERRORS, openapi_extra=who(*STAFF))
def list_cases(
    caller: Staff,
    desk: OurDesk,
    state: Annotated[State | None, Query(description="状态", examples=["assisted"])] = None,
    office: Code = None,
    area: Code = None,
    helper: Code = None,
    promise_overdue: Annotated[bool | None, Query(description="承诺是否超期过")] = None,
    key_monitored: Annotated[bool | None, Query(description="是否重点监控")] = None,
    opened_from: Annotated[Day | None, Query(description="申请日期起")] = None,
    opened_to: Annotated[Day | None, Query(description="申请日期止")] = None,
    after: Annotated[Code, Query(description="上一页答复中的 next_after")] = None,
    limit: Annotated[int, Query(ge=1, le=case_files.LONGEST_PAGE)] = 50,
) -> CaseList:
    """只列出本人办理范围内的个案，按编号排列。"""
    wanted = CaseFilter(state, office, area, helper, promise_overdue, key_monitored, opened_from, opened_to)
    with desk.record.read() as work:
        return case_list(case_files.page(work, caller.scope, wanted, after=after, limit=limit), caller.scope)


@router.get(
    "/{case_id}", summary="一户个案", operation_id="read_case", responses=READ_ERRORS, openapi_extra=who(*STAFF)
)
def read_case(case_id: CaseId, caller: Staff, desk: OurDesk, now: Now) -> CaseAnswer:
    """状态、认定情况、承诺、服务次数、待办、时限，以及本人现在可以办理的步骤。"""
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        tasks = or_not_found(worklists.tasks_of(work, caller.scope, case_id))
        policy = policy_of(work, case)
        standing = standing_in_case(work, caller, case, now)
    return case_answer(case, tasks, caller.role, policy, standing)


@router.get(
    "/{case_id}/tasks",
    summary="个案的待办",
    operation_id="list_case_tasks",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def list_case_tasks(
    case_id: CaseId,
    caller: Staff,
    desk: OurDesk,
    closed: Annotated[bool, Query(description="是否连同已办结的")] = False,
) -> Tasks:
    """各角色的待办，超期的在前。"""
    with desk.record.read() as work:
        found = worklists.tasks_of(work, caller.scope, case_id, closed=closed)
    return Tasks(tasks=tuple(task_line(row) for row in or_not_found(found)))


@router.get(
    "/{case_id}/clocks",
    summary="个案的时限",
    operation_id="list_clocks",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def list_clocks(case_id: CaseId, caller: Staff, desk: OurDesk) -> Clocks:
    """每个时限：因何起算、多长、依据什么、计入和不计入哪些日子、暂停和改期、何时到期、到时办什么、通知谁。"""
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        calendar = calendar_of(work, case) or newest_for(work, case.office)
        events = events_of(work, case_id)
    return clock_stories(case, lives_of(events, case), calendar)


@router.get(
    "/{case_id}/timeline",
    summary="个案的经过",
    operation_id="read_timeline",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def read_timeline(case_id: CaseId, caller: Staff, desk: OurDesk) -> Timeline:
    """每一件事连同理由：依据的规则、计入的事实、文件条款；文字记录只给工作人员看。"""
    with desk.record.read() as work:
        found = timeline(work, caller.scope, case_id)
        texts = texts_of(work, caller.scope, case_id)
    events = or_not_found(found)
    clocks = clock_changes(events)
    return Timeline(events=tuple(event_line(event, texts, clocks.get(event.seq, ())) for event in events))


@router.get(
    "/{case_id}/messages",
    summary="个案的短信",
    operation_id="list_messages",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def list_messages(case_id: CaseId, caller: Staff, desk: OurDesk) -> Messages:
    """每条短信发给谁（账号或成员编号）、到了哪一步；不含号码和正文。"""
    with desk.record.read() as work:
        found = messages_of(work, caller.scope, case_id)
    return Messages(messages=tuple(message_answer(line) for line in or_not_found(found)))
