"""The rule of persons whom a reviewer includes or excludes by a written reason (特殊人员的书面决定, J3).

What is decided is kept with the standing and goes into every later judgement (`casework/application.py`).
"""

from casework.application import decided_of, reassess
from casework.case import Case
from casework.commands.verification import DecideMember
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.review_facts import DecidedMember
from casework.ruling import Ruling, Setting

VERDICTS = {"include": "计入家庭成员", "exclude": "不计入家庭成员", "by_rule": "撤销原书面决定，按办法判断"}


def decide_member(case: Case, command: DecideMember, setting: Setting) -> Ruling:
    """Include, exclude, or take an earlier decision back; the applicant always counts.

    When the family that counts changes, an earlier decision of a special situation no longer covers it.
    """
    member = case.household.member(command.member)
    if member is None:
        raise SaidNo("member_unknown", f"家庭中没有成员{command.member}，请核对成员编号。", field="member")
    if member is case.household.applicant:
        raise SaidNo("applicant_undecided", "申请人本人必须计入家庭，不能另行决定。", field="member")
    counts = {"include": True, "exclude": False, "by_rule": None}[command.decision]
    if decided_of(case).get(command.member) is counts:
        says = "原来就没有书面决定" if counts is None else "已有同样的书面决定"
        raise SaidNo("member_decided", f"该成员{says}，无需重复办理。", field="decision")
    kept = tuple(d for d in case.standing.decided if d.member != command.member)
    if counts is not None:
        new = DecidedMember(member=command.member, counts=counts, decided_by=command.by.hand, decided_on=setting.today)
        kept = (*kept, new)
    before = case.standing.counted
    case = case.model_copy(update={"standing": case.standing.model_copy(update={"decided": kept})})
    standing, judged = reassess(case, setting)
    if standing.counted != before:
        standing = standing.model_copy(update={"special_decision": None})
    why = Why(
        rule="application.member_decided",
        says=f"书面决定：{case.member_words(command.member)}{VERDICTS[command.decision]}，理由已存卷。",
        facts=(Fact(label="按此判断", value=judged.says), *judged.facts),
        clause=setting.policy.eligibility.mixed_hukou.basis,
    )
    return Ruling(case.model_copy(update={"standing": standing}), why, about=command.member)
