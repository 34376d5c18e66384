"""What is on file of each member (成员情况), beside a form that changes it or weighs it.  Facts only, names masked."""

from dataclasses import dataclass

from casework.case import Case
from casework.household import Member
from console.steps.choosing import People
from console.words import yuan

ABOUT_MEMBERS = frozenset(
    {
        *("amend_household", "add_member", "remove_member", "decide_member", "decide_special_situation"),
        *("pass_first_review", "decline_first_review", "decline_recheck", "return_to_office"),
    }
)
"""Steps beside whose form the members are shown."""


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One member: who, and (term, value) of what is on file."""

    called: str
    facts: tuple[tuple[str, str], ...]


def member_facts(case: Case, people: People) -> tuple[MemberShown, ...]:
    """Return the members as they are on file, in the order of the household."""
    return tuple(MemberShown(people.words(m.member_id), _facts(case, m)) for m in case.household.members)


def _facts(case: Case, member: Member) -> tuple[tuple[str, str], ...]:
    counted = member.member_id in case.standing.counted
    base = member.member_id in case.standing.base
    incomes = {"工资": member.wage_fen, "经营": member.business_income_fen, "投资": member.investment_income_fen}
    income = "，".join(f"{name}{yuan(fen)}" for name, fen in incomes.items() if fen)
    helped = [name for name, has in (("低保", member.dibao), ("失业保险", member.unemployment_insurance)) if has]
    return (
        ("就业失业状态", member.status.value),
        ("劳动能力", member.capacity.value),
        ("就业愿望", "有" if member.willing else "没有"),
        ("职工类型", member.track.value if member.track else "没有填"),
        ("户口", f"{member.hukou.value}，户口簿 {member.booklet}"),
        ("婚姻状况", member.marital.value),
        ("共同生活", "是" if member.cohabiting else "否"),
        ("月收入", income or "没有"),
        ("正在享受", "、".join(helped) or "没有"),
        ("按办法", ("计入家庭" if counted else "不计入家庭") + ("，是援助对象" if base else "")),
    )
