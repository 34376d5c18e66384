"""What reading routes answer (答复): shapes and their words, without any personal data.

How rows become these is in `showing.py`; people are in `people.py`, the answer of a step in `steps.py`.
"""

from datetime import date, datetime

from pydantic import Field

from api.steps import AllowedStep
from casework.amendment_facts import Amendment
from casework.case_facts import (
    Contact,
    Employment,
    FollowUp,
    Objection,
    Promise,
    Publicity,
    Referral,
    Refusal,
    RefusalWarning,
    Standing,
)
from casework.clock_story import ClockStory
from casework.clocks import Pause, Ring
from casework.elimination_facts import Elimination
from casework.events import ClosedTask
from casework.exit_facts import Appeal, Exit, ExitDecided, ExitProposal
from casework.explanation import Why
from casework.household import Facts
from casework.monitoring_facts import Monitoring
from casework.promise_facts import Hardship, Relocation, Suspension, Unsteady
from casework.reentry_facts import EarlierCase
from casework.review_facts import Comparison, Conflict, Supplement, Visit
from casework.states import Role, State
from casework.tasks import Task
from casework.transfer_facts import Transfer


class CaseLine(Facts):
    """清单中的一户."""

    case_id: str = Field(description="个案编号")
    office: str = Field(description="受理机构")
    state: State
    state_words: str = Field(description="状态")
    helper: str | None = Field(description="帮扶责任人账号")
    acting_for: str | None = Field(description="本人代谁办理：该责任人请假、由本人代办时为其账号")
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
    key_monitored: bool | None = Field(description="重点监控；空为尚未判断")


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
    paused: bool = Field(default=False, description="true 表示时限暂停（如等待申请人补正），期满日待恢复后顺延")
    pauses: tuple[Pause, ...] = Field(default=(), description="历次暂停，只在个案页面列出")
    claimed_by: str | None = Field(description="已由谁领取")
    acting_for: str | None = Field(default=None, description="本人代谁办理：请假同事的账号")
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_for: str | None = Field(default=None, description="代谁办结")
    done: bool | None = Field(default=None, description="true 办结，false 因其他原因取消")
    steps: tuple[AllowedStep, ...] = Field(description="用哪些步骤办结")


MORE = "true 表示清单太长，只列出了前面的"


class Tasks(Facts):
    tasks: tuple[TaskLine, ...]
    more: bool = Field(default=False, description=MORE)


class ClockLine(Facts):
    """一个时限，连同怎样算出来的."""

    kind: str
    words: str = Field(description="时限名称")
    about: str | None
    started_on: date = Field(description="起算日（当日不计）")
    length: str = Field(description="长度")
    due_on: date = Field(description="最后一日")
    first_due_on: date = Field(description="最初定下的最后一日")
    paused: bool = Field(description="true 表示暂停计算，恢复后补足")
    provisional: bool = Field(description="true 表示跨入放假安排未公布的年份，日期为暂定")
    basis: str = Field(description="依据")
    rings: tuple[Ring, ...] = Field(description="到时自动办理的事项")
    says: str = Field(description="一句话说明")
    story: ClockStory | None = Field(default=None, description="逐日说明；只在“个案的时限”中给出")
    sentences: tuple[str, ...] = Field(default=(), description="可以念出来的说明")


class Clocks(Facts):
    clocks: tuple[ClockLine, ...] = Field(description="正在走的")
    finished: tuple[ClockLine, ...] = Field(default=(), description="已结束的")


class EventLine(Facts):
    """经过中的一件事，连同理由."""

    seq: int
    trigger: str
    title: str = Field(description="办理事项")
    at: datetime
    on: date = Field(description="日期（北京时间）")
    account: str
    acting_for: str | None = Field(description="代谁办理")
    by_words: str = Field(description="由谁办理；代办的写明“甲 代 乙”")
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
    clocks: tuple[str, ...] = Field(default=(), description="哪些时限开始、改期、暂停、结束")
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
    gateway: str | None = Field(description="最后一次经哪个通道")
    instead_of: str | None = Field(description="本来发给谁；代办人、督导人员代收的才有")


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
    pack_version: str = Field(description="本户适用的办法版本")
    state: State
    state_words: str
    seq: int = Field(description="最后一件事的编号")
    opened_on: date
    discovered_on: date
    clock_offset: int
    standing: Standing
    members: tuple[MemberFacts, ...]
    helper: str | None
    responsible: str | None = Field(description="当日实际责任人账号：帮扶责任人请假的为代办人")
    acting_for: str | None = Field(description="本人代谁办理：该责任人请假、由本人代办时为其账号")
    plan_signed_on: date | None
    publicity: Publicity | None
    objections: tuple[Objection, ...]
    conflicts: tuple[Conflict, ...] = Field(description="回避")
    comparisons: tuple[Comparison, ...] = Field(description="各来源对各成员最近一次线上比对")
    visits: tuple[Visit, ...] = Field(description="入户走访和三送")
    supplements: tuple[Supplement, ...] = Field(description="补正")
    promise: Promise | None
    suspensions: tuple[Suspension, ...] = Field(description="承诺暂停")
    relocation: Relocation | None = Field(description="棚改回迁及其承诺")
    hardship: Hardship | None = Field(description="特别困难标记")
    unsteady: Unsteady | None = Field(description="未按期稳定就业")
    services: tuple[MemberServices, ...]
    referrals: tuple[Referral, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[RefusalWarning, ...]
    contacts: tuple[Contact, ...]
    exit_proposal: ExitProposal | None
    exit_decided: ExitDecided | None
    appeals: tuple[Appeal, ...]
    employments: tuple[Employment, ...]
    eliminated_on: date | None
    eliminations: tuple[Elimination, ...]
    double_employment: bool
    follow_ups: tuple[FollowUp, ...]
    exit: Exit | None
    amendments: tuple[Amendment, ...]
    transfers: tuple[Transfer, ...]
    monitoring: Monitoring | None
    forwarded_by: str | None = Field(description="在哪一机构窗口申请后转来")
    earlier_cases: tuple[EarlierCase, ...] = Field(description="成员以往已结束的个案和退出原因")
    key_monitored: bool = Field(description="重点监控：只有1人就业且收入低或不稳定，或裁员预警")
    tasks: tuple[TaskLine, ...]
    clocks: tuple[ClockLine, ...]
    allowed: tuple[AllowedStep, ...] = Field(description="本人现在可以办理的步骤")


class Overdue(Facts):
    """辖区内超期的承诺和待办."""

    promises: tuple[CaseLine, ...] = Field(description="承诺已超期、仍未就业的家庭")
    tasks: tuple[TaskLine, ...] = Field(description="超期的待办")
    more: bool = Field(description=MORE)
