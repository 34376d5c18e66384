"""The seven states of a household case, the roles of the people around it, and who acted.

A case is always in one of these seven (C3); everything else is an open task, a clock, a flag or an exit reason.
"""

from enum import StrEnum

from pydantic import Field

from casework.household import Facts


class State(StrEnum):
    """State (状态) of a household case."""

    APPLIED = "applied"
    UNDER_REVIEW = "under_review"
    IN_PUBLICITY = "in_publicity"
    CERTIFIED = "certified"
    ASSISTED = "assisted"
    EMPLOYED = "employed"
    EXITED = "exited"

    @property
    def words(self) -> str:
        """What a screen shows."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    State.APPLIED: "已申请",
    State.UNDER_REVIEW: "审核中",
    State.IN_PUBLICITY: "公示中",
    State.CERTIFIED: "已认定",
    State.ASSISTED: "帮扶中",
    State.EMPLOYED: "已就业",
    State.EXITED: "已退出",
}


class Role(StrEnum):
    """What a person may be.  SYSTEM is a deadline falling due: a command nobody typed."""

    CASEWORKER = "caseworker"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    HELPER = "helper"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"

    @property
    def words(self) -> str:
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.CASEWORKER: "经办人",
    Role.REVIEWER: "县级复核人员",
    Role.SUPERVISOR: "督导人员",
    Role.HELPER: "帮扶责任人",
    Role.ADMINISTRATOR: "管理员",
    Role.SYSTEM: "系统（时限）",
}


FOR = "/"
"""Stands in a stored hand between who acted, for whom, and who noted it: no account's name holds it."""


class Actor(Facts):
    """Who takes a step: an account id and the role it acts in, never a name.

    `acting_for` is the absent colleague in whose stead; `noted_by` the colleague whose offline entry (离线登记) it is.
    """

    account: str = Field(max_length=40)
    role: Role
    acting_for: str | None = Field(default=None, max_length=40)
    noted_by: str | None = Field(default=None, max_length=40)

    @property
    def words(self) -> str:
        """Who acted, as timelines, receipts and conflicts say it: "S 代 X" for a substitute."""
        return self.account if self.acting_for is None else f"{self.account} 代 {self.acting_for}"

    @property
    def hand(self) -> str:
        """What a case remembers of who did something: the account, and beside it for whom and by whose note (A30)."""
        return FOR.join(name for name in (self.account, self.acting_for, self.noted_by) if name is not None)


def same_person(actor: Actor, hand: str | None) -> bool:
    """Say whether the actor, or whom it acts for, is one of those behind a remembered hand: four eyes are needed.

    A substitute acts with the eyes of both, so neither may then judge the other's work (A30, scenario 79); so does
    who takes over what another has noted (scenario 81).
    """
    return hand is not None and not set(actor.hand.split(FOR)).isdisjoint(hand.split(FOR))


SYSTEM = Actor(account="system", role=Role.SYSTEM)


class ExitReason(StrEnum):
    """Why a case ended (退出原因).  N5, J9–J12, A41, A42."""

    NOT_RECOGNISED = "not_recognised"
    WITHDRAWN = "withdrawn"
    STABLE_EMPLOYMENT = "stable_employment"
    REFUSED_REFERRALS = "refused_referrals"
    LOST_CONTACT = "lost_contact"
    NO_BASE_MEMBER = "no_base_member"
    VOLUNTARY = "voluntary"
    MOVED_AWAY = "moved_away"
    DECEASED = "deceased"
    INCOME_FOUND = "income_found"
    FALSE_REPORT = "false_report"
    MONITORING_ENDED = "monitoring_ended"
    REVOKED = "revoked"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _EXIT_WORDS[self]


_EXIT_WORDS = {
    ExitReason.NOT_RECOGNISED: "不予认定",
    ExitReason.WITHDRAWN: "申请人撤回申请",
    ExitReason.STABLE_EMPLOYMENT: "家庭成员已稳定就业",
    ExitReason.REFUSED_REFERRALS: "无正当理由拒绝推荐就业达到规定次数",
    ExitReason.LOST_CONTACT: "连续无法取得联系达到规定次数",
    ExitReason.NO_BASE_MEMBER: "家庭中已无法定劳动年龄内、有劳动能力和就业愿望的成员",
    ExitReason.VOLUNTARY: "家庭书面自愿退出",
    ExitReason.MOVED_AWAY: "户籍迁出",
    ExitReason.DECEASED: "家庭成员均已去世",
    ExitReason.INCOME_FOUND: "查实有经营性或投资性收入",
    ExitReason.FALSE_REPORT: "查实虚报瞒报",
    ExitReason.MONITORING_ENDED: "重点监控结束，从未认定",
    ExitReason.REVOKED: "查实虚报瞒报，撤销认定",
    ExitReason.OTHER: "其他应当退出的情形",
}
