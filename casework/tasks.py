"""Human tasks (待办): each kind's words, whose role it is, how long it may take, and which steps end it.

Which step opens a task is said in `casework/table.py`, nowhere else.
"""

from dataclasses import dataclass
from datetime import date

from casework.clocks import Move, Pause
from casework.household import Facts
from casework.states import Role


class Task(Facts):
    """An open task.  The id is made of the event that opened it, the kind and the subject."""

    task_id: str
    kind: str
    role: Role
    about: str | None = None
    opened_on: date
    opened_seq: int
    due_on: date | None = None
    internal: bool = True
    """True when the limit is not in the documents: screens must say 内部时限."""
    overdue: bool = False
    title: str | None = None
    """What the locality calls this very task, where the kind's words do not say it (预案步骤)."""
    pauses: tuple[Pause, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def paused(self) -> bool:
        """True while the limit waits for somebody else; it falls due only after the pause has ended."""
        return any(pause.last is None for pause in self.pauses)


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What a kind of task is called and who does it; `due` names the rule in `casework/due_dates.py`, or None."""

    words: str
    role: Role
    steps: tuple[str, ...]
    due: str | None = None


TASK_KINDS: dict[str, TaskKind] = {
    "accept_application": TaskKind("受理申请", Role.CASEWORKER, ("accept_application", "withdraw"), "first_review"),
    "decide_special_situation": TaskKind("特殊情形书面决定", Role.REVIEWER, ("decide_special_situation",), "recheck"),
    "first_review": TaskKind("初审", Role.CASEWORKER, ("pass_first_review", "decline_first_review"), "first_review"),
    "compare_online": TaskKind("线上比对", Role.CASEWORKER, ("record_comparison", "pass_first_review")),
    "visit_home": TaskKind("入户走访", Role.CASEWORKER, ("record_visit", "pass_first_review")),
    "judge_hit": TaskKind("查明比对有记录的情况", Role.CASEWORKER, ("judge_comparison_hit",), "first_review"),
    "await_supplement": TaskKind("等待补正材料", Role.CASEWORKER, ("record_supplement",), "supplement"),
    "record_proof": TaskKind(
        "登记公示张贴证明", Role.CASEWORKER, ("record_publicity_proof", "take_down_publicity"), "next_working_day"
    ),
    "post_publicity": TaskKind("张贴公示", Role.CASEWORKER, ("post_publicity",), "report_up"),
    "decide_objection": TaskKind(
        "调查处理异议", Role.CASEWORKER, ("dismiss_objection", "uphold_objection", "correct_objection"), "objection"
    ),
    "review_certification": TaskKind("复查认定", Role.REVIEWER, ("conclude_review",), "objection"),
    "report_up": TaskKind("公示期满上报", Role.CASEWORKER, ("report_up",), "report_up"),
    "county_recheck": TaskKind(
        "县级复核", Role.REVIEWER, ("pass_recheck", "return_to_office", "decline_recheck"), "recheck"
    ),
    "seal": TaskKind("加盖印章认定", Role.REVIEWER, ("certify", "return_to_office", "decline_recheck"), "seal"),
    "assign_helper": TaskKind("指定帮扶责任人", Role.CASEWORKER, ("assign_helper",), "next_working_day"),
    "sign_plan": TaskKind("签订帮扶方案（一人一策）", Role.CASEWORKER, ("sign_plan",), "first_review"),
    "receive_transfer": TaskKind("接收转入的个案", Role.CASEWORKER, ("receive_transfer",), "next_working_day"),
    "monitoring_visit": TaskKind("走访重点监控家庭", Role.CASEWORKER, ("record_monitoring_visit",), "first_review"),
    "decide_monitoring": TaskKind("决定是否结束重点监控", Role.REVIEWER, ("end_monitoring",), "recheck"),
    "update_plan": TaskKind("补充帮扶方案", Role.CASEWORKER, ("sign_plan",), "first_review"),
    "register_unemployed": TaskKind("办理失业登记", Role.CASEWORKER, ("register_member",), "first_review"),
    "judge_refusal": TaskKind("认定拒绝岗位有无正当理由", Role.CASEWORKER, ("judge_refusal",), "refusal_reason"),
    "issue_warning": TaskKind("发出拒绝岗位书面提醒", Role.CASEWORKER, ("issue_warning",), "next_working_day"),
    "decide_exit": TaskKind("决定是否退出", Role.REVIEWER, ("approve_exit", "reject_exit"), "exit_decision"),
    "decide_appeal": TaskKind("复查退出申诉", Role.SUPERVISOR, ("uphold_appeal", "dismiss_appeal"), "appeal_decision"),
    "confirm_exit_effect": TaskKind(
        "核对日历后确认退出生效", Role.REVIEWER, ("confirm_exit_effect",), "next_working_day"
    ),
    "reach_member": TaskKind("联系到不在的成员", Role.HELPER, ("record_contact",), "reach_member"),
    "handle_overdue": TaskKind("督办超期承诺并确认原因", Role.SUPERVISOR, ("confirm_breach_cause",), "first_review"),
    "approve_elimination": TaskKind(
        "核准消除零就业", Role.REVIEWER, ("approve_elimination", "reject_elimination"), "recheck"
    ),
    "follow_up": TaskKind("按月回访", Role.HELPER, ("record_follow_up",), "month_end"),
    "restore_certification": TaskKind("恢复认定", Role.REVIEWER, ("restore_certification",), "recheck"),
    "handle_relocation_overdue": TaskKind(
        "督办超期的棚改回迁承诺并确认原因", Role.SUPERVISOR, ("confirm_breach_cause",), "first_review"
    ),
    "handle_unsteady_job": TaskKind("督办未按期稳定的就业", Role.SUPERVISOR, ("handle_unsteady_job",), "first_review"),
    "arrange_guaranteed_post": TaskKind("安排托底岗位", Role.REVIEWER, ("arrange_guaranteed_post",), "guaranteed_post"),
    "contingency_step": TaskKind("即时援助预案步骤", Role.CASEWORKER, ("complete_contingency_step",), "plan_step"),
    "confirm_stable": TaskKind("确认稳定就业并结案", Role.REVIEWER, ("confirm_stable",), "recheck"),
}
