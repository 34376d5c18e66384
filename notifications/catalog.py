"""The notices of this release: stable names, who receives each, and its words.  The texts are in `templates/<name>/`.

Which step sends which notice is said in `casework/table.py`; how a notice becomes a text in `rendering.py`.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from casework.errors import CaseworkError
from notifications import words
from notifications import words_for_households as households
from notifications import words_for_staff as staff


class Recipient(StrEnum):
    """收件人: who a notice is for."""

    APPLICANT = "applicant"
    HELPER = "helper"
    FORMER_HELPER = "former_helper"
    CASEWORKER = "caseworker"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    DOER = "doer"

    @property
    def words(self) -> str:
        return _RECIPIENT_WORDS[self]


_RECIPIENT_WORDS = {
    Recipient.APPLICANT: "申请人",
    Recipient.HELPER: "帮扶责任人",
    Recipient.FORMER_HELPER: "原帮扶责任人",
    Recipient.CASEWORKER: "经办人",
    Recipient.REVIEWER: "县级复核人员",
    Recipient.SUPERVISOR: "督导人员",
    Recipient.DOER: "该待办的办理人",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice (通知): `title` is what a list shows, `words` the dataclass its template is rendered with."""

    name: str
    title: str
    recipients: tuple[Recipient, ...]
    words: type[words.NoticeWords]

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
_HELPER_AND_SUPERVISOR = (Recipient.HELPER, Recipient.SUPERVISOR)

NOTICES: dict[str, Notice] = {
    notice.name: notice
    for notice in (
        Notice("application_received", "申请已收到", _APPLICANT, households.ApplicationReceived),
        Notice("publicity_started", "公示开始", _APPLICANT, households.PublicityStarted),
        Notice("certified", "已认定", _APPLICANT, households.Certified),
        Notice("not_recognised", "不予认定", _APPLICANT, households.NotRecognised),
        Notice("helper_assigned", "新的帮扶对象", _HELPER, staff.HelperAssigned),
        Notice("helper_takes_over", "接手帮扶对象", _HELPER, staff.HelperTakesOver),
        Notice("services_lagging", "服务次数不足", _HELPER, staff.ServicesLagging),
        Notice("promise_due_soon", "安置承诺即将到期", _HELPER, staff.PromiseDueSoon),
        Notice("promise_overdue", "安置承诺超期", _HELPER, staff.PromiseOverdue),
        Notice("promise_overdue_supervisor", "安置承诺超期督办", _SUPERVISOR, staff.PromiseOverdueSupervisor),
        Notice("follow_up_due", "本月回访", _HELPER, staff.FollowUpDue),
        Notice("refusal_warning", "拒绝岗位提醒", _APPLICANT, households.RefusalWarning),
        Notice("exit_proposed", "拟退出告知", _APPLICANT, households.ExitProposed),
        Notice("exit_proposal_withdrawn", "退出提议撤回", _APPLICANT, households.ExitProposalWithdrawn),
        Notice("exit_decided", "退出决定", _APPLICANT, households.ExitDecided),
        Notice("employment_confirmed", "就业已确认", _APPLICANT, households.EmploymentConfirmed),
        Notice("job_loss_reported", "重新失业", _HELPER_AND_SUPERVISOR, staff.JobLossReported),
        Notice("restored", "恢复认定", _APPLICANT, households.Restored),
        Notice("household_changed", "家庭情况变更", _APPLICANT, households.HouseholdChanged),
        Notice("household_changed_staff", "帮扶对象家庭情况变更", _HELPER, staff.HouseholdChangedStaff),
    )
}


class NoticeUnknown(CaseworkError):
    """No notice of this name is in the catalogue."""


def notice_named(name: str) -> Notice:
    """Return the notice of this name or raise `NoticeUnknown` (code `notice_unknown`)."""
    try:
        return NOTICES[name]
    except KeyError:
        raise NoticeUnknown("notice_unknown", f"没有名为 {name} 的通知，请核对通知目录。", field="notice") from None
