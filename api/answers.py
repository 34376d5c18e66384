"""What reading routes answer (答复): shapes and their words, without any personal data.

People are in `people.py`, the answer of a step in `steps.py`.
"""

from datetime import date, datetime

from pydantic import Field

from api.step_paths import step_url
from api.steps import AllowedStep, allowed_for
from casework.case import Case
from casework.case_facts import (
    Contact,
    Employment,
    Exit,
    ExitProposal,
    FollowUp,
    Objection,
    Promise,
    Publicity,
    Referral,
    Refusal,
    RefusalWarning,
    Standing,
)
from casework.clocks import Clock, Ring
from casework.commands import COMMANDS
from casework.events import ClosedTask
from casework.explanation import Why
from casework.household import Facts
from casework.services import service_counts
from casework.starting import CLOCK_WORDS
from casework.states import Role, State
from casework.tasks import TASK_KINDS, Task
from policies.packs import load_pack
from records.case_files import CasePage, CaseRow
from records.timeline import MessageLine, TimelineEvent
from records.worklists import TaskRow


class CaseLine(Facts):
    """清单中的一户."""

    case_id: str = Field(description="个案编号")
    office: str = Field(description="受理机构")
    state: State
    state_words: str = Field(description="状态")
    helper: str | None = Field(description="帮扶责任人账号")
    opened_on: date = Field(description="申请日期")
    certified_on: date | None = Field(description="认定日期")
    promise_due_on: date | None = Field(description="承诺到期日")
    promise_overdue_on: date | None = Field(description="承诺超期日")
    promise_met_on: date | None = Field(description="承诺兑现日")
    eliminated_on: date | None = Field(description="消除零就业日期")
    exit_reason: str | None = Field(description="退出原因代码")
    exit_reason_words: str | None = Field(description="退出原因")
    exit_on: date | None = Field(description="退出日期")
    members: int = Field(description="家庭人数")
    base_members: int = Field(description="需援助成员人数")
    objection_open: bool = Field(description="是否有异议待处理")
    exit_proposed: bool = Field(description="是否有退出建议待决定")


class CaseList(Facts):
    """一页清单；`next_after` 填入 after 取下一页，没有则为最后一页."""

    cases: tuple[CaseLine, ...]
    total: int = Field(description="符合条件的总户数")
    next_after: str | None


class TaskLine(Facts):
    """一项待办."""

    task_id: str = Field(description="待办编号（在个案内）")
    case_id: str
    kind: str
    words: str = Field(description="待办名称")
    role: Role
    about: str | None
    opened_on: date
    due_on: date | None = Field(description="期限")
    internal: bool = Field(description="true 表示内部时限，不是文件规定")
    overdue: bool = Field(description="是否超期")
    claimed_by: str | None = Field(description="已由谁领取")
    closed_at: datetime | None = None
    closed_by: str | None = None
    done: bool | None = Field(default=None, description="true 办结，false 因其他原因取消")
    steps: tuple[AllowedStep, ...] = Field(description="用哪些步骤办结")


class Tasks(Facts):
    tasks: tuple[TaskLine, ...]


class ClockLine(Facts):
    """一个时限，连同怎样算出来的."""

    kind: str
    words: str = Field(description="时限名称")
    about: str | None
    started_on: date = Field(description="起算日（当日不计）")
    length: str = Field(description="长度")
    due_on: date = Field(description="最后一日")
    provisional: bool = Field(description="true 表示跨入放假安排未公布的年份，日期为暂定")
    basis: str = Field(description="依据")
    rings: tuple[Ring, ...] = Field(description="到时自动办理的事项")
    says: str = Field(description="一句话说明")


class Clocks(Facts):
    clocks: tuple[ClockLine, ...]


class EventLine(Facts):
    """经过中的一件事，连同理由."""

    seq: int
    trigger: str
    title: str = Field(description="办理事项")
    at: datetime
    on: date = Field(description="日期（北京时间）")
    account: str
    role: Role
    source: State | None
    target: State
    target_words: str
    about: str | None
    why: Why
    texts: dict[str, str] = Field(description="本步骤的文字记录")
    opened: tuple[Task, ...]
    closed: tuple[ClosedTask, ...]
    notices: tuple[str, ...]
    clock_offset: int = Field(description="演练时钟偏移（秒），正式环境为 0")


class Timeline(Facts):
    events: tuple[EventLine, ...]


class MessageAnswer(Facts):
    """一条短信的进展；不含号码和正文."""

    seq: int
    notice: str
    recipient: str
    state: str
    planned_at: datetime
    settled_at: datetime | None
    late: bool = Field(description="是否迟发")
    code: str | None


class Messages(Facts):
    messages: tuple[MessageAnswer, ...]


class MemberServices(Facts):
    """一名需援助成员的服务次数（职业指导、培训信息、岗位推荐）."""

    member: str
    guidance: int
    guidance_needed: int
    training_info: int
    training_info_needed: int
    referrals: int
    referrals_needed: int


class MemberFacts(Facts):
    """一名家庭成员在规则中的身份；姓名等见 people."""

    member_id: str
    relation: str
    status: str
    counted: bool = Field(description="是否计入家庭")
    base: bool = Field(description="是否为需援助成员")


class CaseAnswer(Facts):
    """一户个案."""

    case_id: str
    office: str
    pack_id: str
    state: State
    state_words: str
    seq: int = Field(description="最后一件事的编号")
    opened_on: date
    discovered_on: date
    clock_offset: int
    standing: Standing
    members: tuple[MemberFacts, ...]
    helper: str | None
    plan_signed_on: date | None
    publicity: Publicity | None
    objections: tuple[Objection, ...]
    promise: Promise | None
    services: tuple[MemberServices, ...]
    referrals: tuple[Referral, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[RefusalWarning, ...]
    contacts: tuple[Contact, ...]
    exit_proposal: ExitProposal | None
    employments: tuple[Employment, ...]
    eliminated_on: date | None
    double_employment: bool
    follow_ups: tuple[FollowUp, ...]
    exit: Exit | None
    tasks: tuple[TaskLine, ...]
    clocks: tuple[ClockLine, ...]
    allowed: tuple[AllowedStep, ...] = Field(description="本人现在可以办理的步骤")


class Overdue(Facts):
    """辖区内超期的承诺和待办."""

    promises: tuple[CaseLine, ...] = Field(description="承诺已超期、仍未就业的家庭")
    tasks: tuple[TaskLine, ...] = Field(description="超期的待办")


def case_line(row: CaseRow) -> CaseLine:
    """Return a row as lists show it."""
    fields = {name: getattr(row, name) for name in CaseLine.model_fields if hasattr(row, name)}
    fields["exit_reason"] = row.exit_reason.value if row.exit_reason else None
    words = row.exit_reason.words if row.exit_reason else None
    return CaseLine(**fields, state_words=row.state.words, exit_reason_words=words)


def case_list(page: CasePage) -> CaseList:
    return CaseList(cases=tuple(case_line(r) for r in page.rows), total=page.total, next_after=page.next_after)


def task_line(row: TaskRow) -> TaskLine:
    """Return a task with the steps that end it."""
    steps = allowed_steps_of(row.case_id, row.kind)
    same = ("case_id", "kind", "role", "about", "opened_on", "due_on", "internal", "overdue", "claimed_by")
    fields = {name: getattr(row, name) for name in (*same, "closed_at", "closed_by", "done")}
    return TaskLine(**fields, task_id=row.local_id, words=TASK_KINDS[row.kind].words, steps=steps)


def allowed_steps_of(case_id: str, kind: str) -> tuple[AllowedStep, ...]:
    return tuple(
        AllowedStep(step=step, title=COMMANDS[step].title, path=step_url(case_id, step))
        for step in TASK_KINDS[kind].steps
    )


def clock_line(clock: Clock) -> ClockLine:
    """Return a clock with its explanation."""
    words = CLOCK_WORDS.get(clock.kind, clock.kind)
    says = f"{words}自{clock.started_on}起算（当日不计），{clock.length}，至{clock.due_on}24时止"
    says += "；所在年份放假安排尚未公布，日期为暂定。" if clock.provisional else "。"
    fields = {name: getattr(clock, name) for name in type(clock).model_fields}
    return ClockLine(**fields, words=words, says=says)


def event_line(event: TimelineEvent, texts: dict[str, str]) -> EventLine:
    """Return an event with its texts for staff."""
    same = ("seq", "trigger", "at", "on", "source", "target", "about", "why", "opened", "closed", "clock_offset")
    return EventLine(
        **{name: getattr(event, name) for name in same},
        title=COMMANDS[event.trigger].title,
        account=event.by.account,
        role=event.by.role,
        target_words=event.target.words,
        texts={text_id: texts[text_id] for text_id in event.text_ids if text_id in texts},
        notices=tuple(notice.name for notice in event.notices),
    )


def message_answer(line: MessageLine) -> MessageAnswer:
    fields = {name: getattr(line, name) for name in MessageAnswer.model_fields}
    return MessageAnswer(**{**fields, "state": line.state.value})


def case_answer(case: Case, tasks: tuple[TaskRow, ...], role: Role) -> CaseAnswer:
    """Return one case as its page shows it to a role."""
    same = [name for name in CaseAnswer.model_fields if name in Case.model_fields]
    own = ("tasks", "clocks", "services")
    fields = {name: getattr(case, name) for name in same if name not in own}
    standing = case.standing
    return CaseAnswer(
        **fields,
        state_words=case.state.words,
        members=tuple(
            MemberFacts(
                member_id=m.member_id,
                relation=m.relation.value,
                status=m.status.value,
                counted=m.member_id in standing.counted,
                base=m.member_id in standing.base,
            )
            for m in case.household.members
        ),
        services=_services(case),
        tasks=tuple(task_line(row) for row in tasks),
        clocks=tuple(clock_line(clock) for clock in case.clocks),
        allowed=allowed_for(case.case_id, case.state, role),
    )


def _services(case: Case) -> tuple[MemberServices, ...]:
    needed = load_pack(case.pack_id).services
    return tuple(
        MemberServices(
            member=member,
            guidance_needed=needed.guidance.value,
            training_info_needed=needed.training_info.value,
            referrals_needed=needed.referrals.value,
            **service_counts(case, member),
        )
        for member in case.standing.base
    )
