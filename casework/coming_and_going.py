"""Rules of members who come and go (家庭成员增减): birth, marriage, return, death, divorce, moving out (A40).

The applicant's place never stays empty: whoever takes it states every relation anew.  A household of which nobody is
left ends before the seal, and is put before the county after it.  What follows is judged in `amending.py`.
"""

from casework.amending import Change, judged_again, since
from casework.amendment_facts import Amendment
from casework.amendments import CAUSE_WORDS, still_member, with_members, works_here
from casework.case import Case
from casework.commands.household import AddMember, RemoveMember
from casework.errors import SaidNo
from casework.explanation import Fact, called
from casework.household import Member, Relation
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.step import BEFORE_SEAL
from casework.times import in_words

MOST_MEMBERS = 30


def add_member(case: Case, command: AddMember, setting: Setting) -> Ruling:
    """Take a new member in, or one back who left or was removed by mistake; who it is, the record knows already."""
    member = command.person
    require_not_there(case, member.member_id)
    if member.birth_date > command.happened_on:
        raise SaidNo(
            "joined_before_birth",
            f"加入日期早于该成员出生日期（{in_words(member.birth_date)}），请核对。",
            field="happened_on",
        )
    stay = tuple(m for m in case.household.members if m.member_id != member.member_id)
    if (member.relation is Relation.APPLICANT) == any(m.relation is Relation.APPLICANT for m in stay):
        raise SaidNo("one_applicant", "一户只有一位申请人，请核对与申请人的关系。", field="person.relation")
    members = (member, *stay) if member.relation is Relation.APPLICANT else (*stay, member)
    if len(members) > MOST_MEMBERS:
        raise SaidNo("too_many_members", "家庭成员不能超过30人，请核对。", field="person")
    amendment = _amendment(case, command.by.hand, "added", member.member_id, command, setting)
    changed = with_members(case, members).model_copy(update={"amendments": (*case.amendments, amendment)})
    says = f"家庭增加成员{called(member)}（{CAUSE_WORDS[command.cause]}，{since(command.happened_on, setting)}）。"
    return judged_again(case, changed, _change(amendment, says, _row_facts(amendment)), setting)


def require_not_there(case: Case, member_id: str) -> None:
    """Raise when this person is a member now; asked at the desk too, before what was typed replaces what is kept."""
    there = case.household.member(member_id)
    if there is not None and there.left_on is None:
        raise SaidNo("member_there", f"家庭中已有{called(there)}，请改为办理变更。", field="member")


def remove_member(case: Case, command: RemoveMember, setting: Setting) -> Ruling:
    """Let a member go; the last one can only die, which ends the case or is put before the county."""
    member = still_member(case, command.member)
    if works_here(case, command.member):
        raise SaidNo(
            "member_still_employed", "该成员有在岗记录，请先登记重新失业（离岗），再办理减少成员。", field="member"
        )
    amendment = _amendment(case, command.by.hand, "removed", command.member, command, setting)
    dropped = tuple(a.amendment_id for a in case.amendments if a.pending and a.member == command.member)
    kept = tuple(a for a in case.amendments if a.amendment_id not in dropped)
    changed = with_members(case, _without(case, member, command)).model_copy(update={"amendments": (*kept, amendment)})
    says = f"{called(member)}{since(command.happened_on, setting)}不再是家庭成员（{CAUSE_WORDS[command.cause]}）。"
    if member is case.household.applicant and len(case.household.members) > 1:
        says += f"申请人改为{changed.household.applicant.member_id}，其余成员的关系已重新填写。"
    ruling = judged_again(case, changed, _change(amendment, says, _row_facts(amendment)), setting)
    last = changed.household.members[0].left_on is not None
    ended = ExitReason.DECEASED if last and case.state in BEFORE_SEAL else None
    each = {**ruling.each, "stops:amendment": dropped}
    return Ruling(ruling.case, ruling.why, about=ruling.about, each=each, ended=ended)


def _without(case: Case, member: Member, command: RemoveMember) -> tuple[Member, ...]:
    """Return who stays; when the applicant goes, another takes the place and every relation is stated anew (A40)."""
    stay = tuple(m for m in case.household.members if m is not member)
    if not stay:
        if command.cause != "death":
            raise SaidNo(
                "last_member", "这是家庭唯一的成员：迁出请提出退出建议（户籍迁出），误登请撤回申请。", field="cause"
            )
        return (member.model_copy(update={"left_on": command.happened_on}),)
    if member is not case.household.applicant:
        if command.new_applicant is not None or command.relations:
            raise SaidNo("applicant_stays", "减少的不是申请人，不用填写新申请人和关系。", field="new_applicant")
        return stay
    first = next((m for m in stay if m.member_id == command.new_applicant), None)
    if first is None:
        raise SaidNo(
            "new_applicant_missing", "减少的是申请人，请填写由家中哪一名成员担任申请人。", field="new_applicant"
        )
    stated = {r.member: r.relation for r in command.relations}
    others = tuple(m for m in stay if m is not first)
    wrong = set(stated) ^ {m.member_id for m in others} or len(stated) != len(command.relations)
    if wrong or Relation.APPLICANT in stated.values():
        raise SaidNo(
            "relations_incomplete", "请逐一填写其余每名成员与新申请人的关系，不多不少，不能填本人。", field="relations"
        )
    return (
        first.model_copy(update={"relation": Relation.APPLICANT}),
        *(m.model_copy(update={"relation": stated[m.member_id]}) for m in others),
    )


def _amendment(
    case: Case, hand: str, kind: str, member: str, command: AddMember | RemoveMember, setting: Setting
) -> Amendment:
    return Amendment.model_validate(
        {
            "amendment_id": f"A{case.seq + 1}",
            "kind": kind,
            "member": member,
            "cause": command.cause,
            "effective_on": command.happened_on,
            "recorded_on": setting.today,
            "recorded_by": hand,
        }
    )


def _change(amendment: Amendment, says: str, facts: tuple[Fact, ...]) -> Change:
    return Change(amendment.amendment_id, amendment.member, amendment.effective_on, says, amendment.recorded_by, facts)


def _row_facts(amendment: Amendment) -> tuple[Fact, ...]:
    return (
        Fact(label="事由", value=CAUSE_WORDS[amendment.cause]),
        Fact(label="发生日期", value=in_words(amendment.effective_on)),
    )
