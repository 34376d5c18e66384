"""Rules of dates in a member's life: the 16th birthday and the statutory retirement date (A39, scenarios 67, 68)."""

from casework.application import reassess
from casework.case import Case
from casework.commands.deadlines import MemberDateReached
from casework.exits import follow
from casework.explanation import Fact, Why
from casework.grounds import RECOGNISED, unknown_age
from casework.household import WorkStatus
from casework.ruling import Ruling, Setting
from casework.working_age import is_working_age


def member_date_reached(case: Case, command: MemberDateReached, setting: Setting) -> Ruling:
    """Judge the household again on the day; with no base member left an exit is proposed (ground 4)."""
    before = case.standing.base
    standing, why = reassess(case, setting)
    case = case.model_copy(update={"standing": standing})
    member = command.about or ""
    joining = case.household.member(member)
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
    case, more, moved = follow(case, setting)
    says += more
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
        moved=moved,
    )
