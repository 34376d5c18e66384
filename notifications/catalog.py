"""The notices of this release: stable names, who receives each, and its words.  The texts are in `templates/<name>/`.

Which step sends which notice is said in `casework/table.py`; how a notice becomes a text in `rendering.py`.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from casework.errors import CaseworkError
from notifications import words
from notifications import words_for_calendars as calendars
from notifications import words_for_desks as desks
from notifications import words_for_households as households
from notifications import words_for_lives as lives
from notifications import words_for_promise as promises
from notifications import words_for_public as public
from notifications import words_for_staff as staff


class Recipient(StrEnum):
    """收件人: who a notice is for."""

    APPLICANT = "applicant"
    HELPER = "helper"
    FORMER_HELPER = "former_helper"
    FORMER_OFFICE = "former_office"
    CASEWORKER = "caseworker"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    DOER = "doer"
    VISITOR = "visitor"

    @property
    def words(self) -> str:
        return _RECIPIENT_WORDS[self]


_RECIPIENT_WORDS = {
    Recipient.APPLICANT: "申请人",
    Recipient.HELPER: "帮扶责任人",
    Recipient.FORMER_HELPER: "原帮扶责任人",
    Recipient.FORMER_OFFICE: "原机构的督导人员",
    Recipient.CASEWORKER: "经办人",
    Recipient.REVIEWER: "县级复核人员",
    Recipient.SUPERVISOR: "督导人员",
    Recipient.DOER: "该待办的办理人",
    Recipient.VISITOR: "网上办事的群众",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice (通知): `title` is what a list shows, `words` the dataclass its template is rendered with."""

    name: str
    title: str
    recipients: tuple[Recipient, ...]
    words: type[words.Words]

    @property
    def event_words(self) -> frozenset[str]:
        """Names of the words that the event must bring; the rest is looked up when the notice is sent."""
        return frozenset(f.name for f in fields(self.words)) - words.LOOKED_UP

    @property
    def looked_up_words(self) -> frozenset[str]:
        """Names of the words that the record adds when the notice is sent."""
        return frozenset(f.name for f in fields(self.words)) & words.LOOKED_UP


_APPLICANT = (Recipient.APPLICANT,)
_HELPER = (Recipient.HELPER,)
_CASEWORKER = (Recipient.CASEWORKER,)
_REVIEWER = (Recipient.REVIEWER,)
_SUPERVISOR = (Recipient.SUPERVISOR,)
_DOER = (Recipient.DOER,)
_VISITOR = (Recipient.VISITOR,)
_DESKS_AND_HELPER = (Recipient.CASEWORKER, Recipient.REVIEWER, Recipient.HELPER, Recipient.SUPERVISOR)
_DESK_AND_SUPERVISOR = (Recipient.CASEWORKER, Recipient.SUPERVISOR)
_NEW_SIDE = (Recipient.HELPER, Recipient.CASEWORKER, Recipient.SUPERVISOR)
_APPLICANT_AND_HELPER = (Recipient.APPLICANT, Recipient.HELPER)
_REVIEWER_AND_SUPERVISOR = (Recipient.REVIEWER, Recipient.SUPERVISOR)
_HELPER_AND_SUPERVISOR = (Recipient.HELPER, Recipient.SUPERVISOR)

NOTICES: dict[str, Notice] = {
    notice.name: notice
    for notice in (
        Notice("application_received", "申请已收到", _APPLICANT, households.ApplicationReceived),
        Notice("household_changed", "家庭情况变更", _APPLICANT, lives.HouseholdChanged),
        Notice("household_changed_staff", "帮扶对象家庭情况变更", _HELPER, lives.HouseholdChangedStaff),
        Notice("monitoring_opened", "纳入重点监控", _APPLICANT, lives.MonitoringOpened),
        Notice("monitoring_ended", "重点监控结束", _APPLICANT, lives.MonitoringEnded),
        Notice("assistance_opened", "立即援助", _APPLICANT, lives.AssistanceOpened),
        Notice("assistance_opened_staff", "重点监控家庭失业", _DESK_AND_SUPERVISOR, lives.AssistanceOpenedStaff),
        Notice("case_transferred", "转移机构", _APPLICANT, lives.CaseTransferred),
        Notice("case_transferred_staff", "个案转入", _NEW_SIDE, lives.CaseTransferredStaff),
        Notice("case_transferred_away", "个案转出", (Recipient.FORMER_OFFICE,), lives.CaseTransferredAway),
        Notice("elimination_withdrawn", "撤销消除", _APPLICANT, lives.EliminationWithdrawn),
        Notice(
            "elimination_withdrawn_staff", "帮扶对象消除撤销", _HELPER_AND_SUPERVISOR, lives.EliminationWithdrawnStaff
        ),
        Notice("supplement_asked", "补正材料", _APPLICANT, households.SupplementAsked),
        Notice("publicity_started", "公示开始", _APPLICANT, households.PublicityStarted),
        Notice("certified", "已认定", _APPLICANT, households.Certified),
        Notice("not_recognised", "不予认定", _APPLICANT, households.NotRecognised),
        Notice("helper_assigned", "新的帮扶对象", _HELPER, staff.HelperAssigned),
        Notice("helper_takes_over", "接手帮扶对象", _HELPER, staff.HelperTakesOver),
        Notice("services_lagging", "服务次数不足", _HELPER, staff.ServicesLagging),
        Notice("promise_due_soon", "安置承诺即将到期", _HELPER, staff.PromiseDueSoon),
        Notice("promise_overdue", "安置承诺超期", _HELPER, staff.PromiseOverdue),
        Notice("promise_overdue_supervisor", "安置承诺超期督办", _SUPERVISOR, staff.PromiseOverdueSupervisor),
        Notice("promise_escalated_county", "承诺超期报县级", _SUPERVISOR, promises.PromiseEscalated),
        Notice("promise_escalated_city", "承诺超期报市级", _SUPERVISOR, promises.PromiseEscalated),
        Notice("promise_suspended", "承诺暂停计算", _APPLICANT_AND_HELPER, promises.PromiseSuspended),
        Notice("promise_resumed", "承诺恢复计算", _APPLICANT_AND_HELPER, promises.PromiseResumed),
        Notice("relocation_due_soon", "棚改回迁承诺即将到期", _HELPER, promises.RelocationDueSoon),
        Notice("relocation_overdue", "棚改回迁承诺超期", _HELPER_AND_SUPERVISOR, promises.RelocationOverdue),
        Notice("unsteady_job", "就业未按期稳定", _HELPER_AND_SUPERVISOR, promises.UnsteadyJob),
        Notice("guaranteed_post_owed", "托底安置待办", _REVIEWER_AND_SUPERVISOR, promises.GuaranteedPostOwed),
        Notice("follow_up_due", "本月回访", _HELPER, staff.FollowUpDue),
        Notice("refusal_warning", "拒绝岗位提醒", _APPLICANT, households.RefusalWarning),
        Notice("exit_proposed", "拟退出告知", _APPLICANT, households.ExitProposed),
        Notice("exit_proposal_withdrawn", "退出建议撤回", _APPLICANT, households.ExitProposalWithdrawn),
        Notice("exit_decided", "退出决定", _APPLICANT, households.ExitDecided),
        Notice("exit_appealable", "退出决定及申诉权利告知", _APPLICANT, households.ExitAppealable),
        Notice("exit_decision_lifted", "退出决定撤销", _APPLICANT, households.ExitDecisionLifted),
        Notice("appeal_received", "申诉已收到", _APPLICANT, households.AppealReceived),
        Notice("appeal_dismissed", "申诉不成立", _APPLICANT, households.AppealDismissed),
        Notice("appeal_to_decide", "待复查的申诉", _SUPERVISOR, staff.AppealToDecide),
        Notice("help_pauses", "帮扶暂停", _HELPER, staff.HelpPauses),
        Notice("help_resumes", "帮扶恢复", _HELPER, staff.HelpResumes),
        Notice("employment_confirmed", "就业已确认", _APPLICANT, households.EmploymentConfirmed),
        Notice("job_loss_reported", "重新失业", _HELPER_AND_SUPERVISOR, staff.JobLossReported),
        Notice("restored", "恢复认定", _APPLICANT, households.Restored),
        Notice("application_withdrawn", "申请已撤回", _APPLICANT, households.ApplicationWithdrawn),
        Notice("publicity_interrupted", "公示撤下", _APPLICANT, households.PublicityInterrupted),
        Notice("task_opened", "新的待办", _DESKS_AND_HELPER, desks.TaskOpened),
        Notice("supplement_lapsed", "补正等待期满", _DOER, desks.SupplementLapsed),
        Notice("task_overdue", "待办超期", _DOER, desks.TaskOverdue),
        Notice("task_overdue_supervisor", "待办超期督办", _SUPERVISOR, desks.TaskOverdueSupervisor),
        Notice("returned_to_office", "县级退回", _CASEWORKER, desks.OfACase),
        Notice("special_situation_recognised", "特殊情形获认可", _CASEWORKER, desks.OfACase),
        Notice("application_declined", "县级不予认定", _CASEWORKER, desks.ApplicationDeclined),
        Notice("objection_logged", "匿名异议已登记", _SUPERVISOR, desks.ObjectionLogged),
        Notice("helper_relieved", "帮扶交接", (Recipient.FORMER_HELPER,), desks.HelperRelieved),
        Notice("exit_to_decide", "退出待决定", _REVIEWER, desks.ExitToDecide),
        Notice("household_answered", "家庭已陈述申辩", _REVIEWER, desks.HouseholdAnswered),
        Notice("exit_response_over", "陈述申辩期满", _REVIEWER, desks.ExitResponseOver),
        Notice("exit_rejected", "不予退出", _HELPER, desks.OfACase),
        Notice("help_ended", "帮扶结束", _HELPER, desks.HelpEnded),
        Notice("elimination_rejected", "就业未获核准", _HELPER, desks.EliminationRejected),
        Notice("promise_runs_again", "恢复认定后的承诺", _HELPER, desks.PromiseRunsAgain),
        Notice("helper_not_reached", "帮扶责任人未收到通知", _SUPERVISOR, desks.HelperNotReached),
        Notice("dates_moved", "期限改期", _APPLICANT, calendars.DatesMoved),
        Notice("promise_moved", "安置承诺改期", _HELPER, calendars.PromiseMoved),
        Notice("phone_code", "手机验证码", _VISITOR, public.PhoneCode),
        Notice("objection_answered", "异议已有答复", _VISITOR, public.ObjectionAnswered),
        Notice("application_returned", "网上申请需更正", _VISITOR, public.ApplicationReturned),
        Notice("member_age_changed", "成员年龄变化", _CASEWORKER, desks.MemberAgeChanged),
    )
}

AT_ONCE = frozenset({"phone_code", "objection_answered", "application_returned"})
"""Notices of no case: sent at once by `at_once.py`, planned by no event."""


class NoticeUnknown(CaseworkError):
    """No notice of this name is in the catalogue."""


def notice_named(name: str) -> Notice:
    """Return the notice of this name or raise `NoticeUnknown` (code `notice_unknown`)."""
    try:
        return NOTICES[name]
    except KeyError:
        raise NoticeUnknown("notice_unknown", f"没有名为 {name} 的通知，请核对通知目录。", field="notice") from None
