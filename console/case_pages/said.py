"""Codes of the case file as people read them (措辞), and how members and staff are called on the pages of a case.

What the trade's own rooms have words for is taken from there; only what nobody said yet is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.case import Case
from casework.case_facts import Answered, ContactOutcome, ObjectionStatus, ReferralOutcome, RefusalStatus
from casework.states import Actor, Role
from casework.times import in_words as day_words
from policies.term_words import VALUES
from records.case_pages import CaseSeen

CONTACT_OUTCOMES: Mapping[ContactOutcome, str] = {
    ContactOutcome.REACHED: "联系上",
    ContactOutcome.FAILED: "未联系上",
    ContactOutcome.WRONG_NUMBER: "号码有误",
    ContactOutcome.RETURNED: "信件退回",
}
WHO_ANSWERED: Mapping[Answered, str] = {
    Answered.ADULT: "家庭成年成员",
    Answered.MINOR: "未成年人",
    Answered.OTHER: "其他人",
}
REFERRAL_OUTCOMES: Mapping[ReferralOutcome, str] = {
    ReferralOutcome.OPEN: "尚无结果",
    ReferralOutcome.EMPLOYER_REJECTED: "用人单位未录用",
    ReferralOutcome.HIRED: "用人单位已录用",
    ReferralOutcome.DECLINED: "成员没有接受",
}
REFUSALS: Mapping[RefusalStatus, str] = {
    RefusalStatus.PENDING: "待认定",
    RefusalStatus.JUSTIFIED: "有正当理由",
    RefusalStatus.UNJUSTIFIED: "无正当理由",
}
OBJECTIONS: Mapping[ObjectionStatus, str] = {
    ObjectionStatus.OPEN: "待处理",
    ObjectionStatus.NOT_BLOCKING: "已登记，不影响办理",
    ObjectionStatus.DISMISSED: "不成立",
    ObjectionStatus.UPHELD: "成立",
    ObjectionStatus.CORRECTED: "已更正",
}
AMENDMENTS: Mapping[str, str] = {"amended": "情况变更", "added": "增加成员", "removed": "减少成员"}
MONITORED_FOR: Mapping[str, str] = {"low_or_unstable": "唯一就业成员收入低或工作不稳定", "layoff": "唯一就业成员将失业"}


def code_words(code: str | None) -> str:
    """Return a policy's code as people read it; one that nobody named is shown as it is."""
    return VALUES.get(code, code) if code else ""


@dataclass(frozen=True, slots=True)
class People:
    """How the members of a case and the staff around it are called: masked, and by what they are to each other."""

    case: Case
    names: Mapping[str, str] = field(repr=False)
    staff: Mapping[str, str]

    @classmethod
    def of(cls, seen: CaseSeen) -> "People":
        return cls(seen.case, seen.names, seen.staff)

    def member(self, member_id: str | None) -> str:
        """张*（本人）; somebody who has left is called by the id."""
        if member_id is None:
            return "全户"
        found = self.case.household.member(member_id)
        name = self.names.get(member_id, "")
        return f"{name}（{found.relation.value}）" if found else f"{name}（{member_id}）"

    def members(self, ids: tuple[str, ...]) -> str:
        return "、".join(self.member(each) for each in ids)

    def account(self, account: str | None) -> str:
        """王芳（cw-1）; what a case remembers of several hands is told in order."""
        if account is None:
            return "—"
        return "、".join(self._one(each) for each in account.split("/"))

    def _one(self, account: str) -> str:
        if account == "system":
            return "系统"
        name = self.staff.get(account)
        return f"{name}（{account}）" if name and name != account else account

    def actor(self, actor: Actor) -> str:
        """Who took a step, and for whom; the system's own steps are its own."""
        if actor.role is Role.SYSTEM:
            return "系统自动"
        who = self._one(actor.account)
        return f"{who} 代 {self._one(actor.acting_for)}" if actor.acting_for else who

    def about(self, subject: str | None) -> str:
        """Return what a task or a clock is about: a member by name, a month, a thing by its number."""
        if subject is None:
            return ""
        if subject in self.names or self.case.household.member(subject):
            return self.member(subject)
        if len(subject) == 7 and subject[4] == "-":
            return f"{subject[:4]}年{int(subject[5:])}月"
        return self._thing(subject)

    def _thing(self, subject: str) -> str:
        for refusal in self.case.refusals:
            if refusal.refusal_id == subject:
                return f"{self.member(refusal.member)}{day_words(refusal.on)}的拒绝"
        for objection in self.case.objections:
            if objection.objection_id == subject:
                return f"{day_words(objection.raised_on)}的异议"
        for job in self.case.employments:
            if job.employment_id == subject:
                return f"{self.member(job.member)}{day_words(job.started_on)}上岗"
        for contact in self.case.contacts:
            if contact.contact_id == subject:
                return f"{day_words(contact.on)}的联系"
        return subject
