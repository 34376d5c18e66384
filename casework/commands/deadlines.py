"""Deadlines falling due (时限届满), as commands nobody typed.  The workflow's timers send them; so do drills."""

from typing import ClassVar

from casework.commands.request import Deadline


class PublicityEnded(Deadline):
    trigger: ClassVar[str] = "publicity_ended"
    title: ClassVar[str] = "公示期满"


class SupplementLapsed(Deadline):
    trigger: ClassVar[str] = "supplement_lapsed"
    title: ClassVar[str] = "补正等待期满"


class PromiseReminder(Deadline):
    trigger: ClassVar[str] = "promise_reminder"
    title: ClassVar[str] = "承诺到期前提醒"


class ServicesChecked(Deadline):
    trigger: ClassVar[str] = "services_checked"
    title: ClassVar[str] = "服务次数中期检查"


class PromiseOverdue(Deadline):
    trigger: ClassVar[str] = "promise_overdue"
    title: ClassVar[str] = "承诺超期"


class RefusalWindowLapsed(Deadline):
    trigger: ClassVar[str] = "refusal_window_lapsed"
    title: ClassVar[str] = "拒绝岗位计次窗口届满"


class ContactWindowLapsed(Deadline):
    trigger: ClassVar[str] = "contact_window_lapsed"
    title: ClassVar[str] = "联系计次窗口届满"


class ExitResponseEnded(Deadline):
    trigger: ClassVar[str] = "exit_response_ended"
    title: ClassVar[str] = "陈述申辩期满"


class ExitEffective(Deadline):
    trigger: ClassVar[str] = "exit_effective"
    title: ClassVar[str] = "申诉期满，退出生效"


class FollowUpMonthBegan(Deadline):
    trigger: ClassVar[str] = "follow_up_month_began"
    title: ClassVar[str] = "新的回访月开始"


class StabilityReached(Deadline):
    trigger: ClassVar[str] = "stability_reached"
    title: ClassVar[str] = "稳定期满"


class MemberDateReached(Deadline):
    trigger: ClassVar[str] = "member_date_reached"
    title: ClassVar[str] = "成员满16周岁或达到法定退休年龄"


class TaskOverdue(Deadline):
    trigger: ClassVar[str] = "task_overdue"
    title: ClassVar[str] = "待办超期"
