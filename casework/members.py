"""Rules of dates in a member's life: the 16th birthday and the statutory retirement date (A39, scenarios 67, 68)."""

from datetime import date

from casework.application import reassess
from casework.case import Case
from casework.commands.deadlines import MemberDateReached
from casework.exits import open_proposal
from casework.explanation import Fact, Why
from casework.household import Member, WorkStatus
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, State
from casework.working_age import Age, is_working_age, retirement_dates, turns_sixteen

RECOGNISED = (State.CERTIFIED, State.ASSISTED, State.EMPLOYED)


def dates_of(member: Member) -> tuple[date, ...]:
    """Return the days on which this member's working age begins or (perhaps) ends."""
    return (turns_sixteen(member.birth_date), *retirement_dates(member.sex, member.birth_date, member.track))


def next_date(member: Member, today: date) -> date | None:
    """Return the next such day after today, or None."""
    return min((d for d in dates_of(member) if d > today), default=None)


def _may_propose(case: Case, setting: Setting) -> bool:
    """Propose only what is sure: with a woman's track unknown the age is asked for first, never chosen silently."""
    unknown = any(unknown_age(case, m, setting.today) for m in case.standing.counted)
    return case.exit_proposal is None and setting.policy.grounds.no_base_member.value and not unknown


def unknown_age(case: Case, member_id: str, on: date) -> bool:
    """Say whether a member's age is unknown on a day because her track is."""
    member = case.household.member(member_id)
    return member is not None and is_working_age(member, on).age is Age.UNKNOWN_TRACK


def member_date_reached(case: Case, command: MemberDateReached, setting: Setting) -> Ruling:
    """Judge the household again on the day; with no base member left an exit is proposed (ground 4)."""
    before = case.standing.base
    standing, why = reassess(case, setting)
    case = case.model_copy(update={"standing": standing})
    member = command.about or ""
    joined, left = set(standing.base) - set(before), set(before) - set(standing.base)
    says = f"{case.member_words(member)}于今日年龄发生变化，"
    if member in joined:
        says += "进入劳动年龄，计入需援助成员，请补充帮扶方案；尚未登记失业的，办理失业登记。"
    elif member in left and unknown_age(case, member, setting.today):
        says += "职工类型未填，是否已达法定退休年龄须先查明，请补充职工类型。"
    elif member in left:
        says += "达到法定退休年龄，不再计入需援助成员。"
    else:
        says += "需援助成员不变。"
    if not standing.base and case.state in RECOGNISED and _may_propose(case, setting):
        case = open_proposal(case, ExitReason.NO_BASE_MEMBER, setting, about=None, by=None)
        says += "家庭已无需援助成员，提出退出建议，由县级决定。"
    joining = case.household.member(member)
    register = (
        member in joined
        and case.state in RECOGNISED
        and joining is not None
        and joining.status is WorkStatus.UNREGISTERED_UNEMPLOYED
    )
    names = "、".join(case.member_words(m) for m in standing.base) or "无"
    facts = (Fact(label="需援助成员", value=names), *why.facts)
    clause = is_working_age(joining, setting.today).clause if joining else why.clause
    return Ruling(
        case,
        Why(rule="members.date_reached", says=says, facts=facts, clause=clause),
        about=command.about,
        each={"register_unemployed": (member,) if register else ()},
    )
