"""Rules of facts that change (家庭成员情况变更): since a day past or still to come (A39, A40, scenario 70).

No event is rewritten: what was before stays in the event and in `case.amendments`, what holds now in the household, and
a wrong change is corrected by a further one.  What a change leads to is judged in `amending.py`, members who
come and go in `coming_and_going.py`.
"""

from casework.amending import CHANGED, Change, judged_again, since
from casework.amendment_facts import Amendment, Changed, Scalar
from casework.case import Case
from casework.commands.household import AmendHousehold, AmendmentTookEffect
from casework.errors import SaidNo
from casework.explanation import Fact, Why, called
from casework.household import Household, Member
from casework.ruling import Ruling, Setting
from casework.times import in_words
from policies.schema import Policy

FIELD_WORDS = {
    "status": "就业失业状态",
    "capacity": "劳动能力",
    "willing": "就业愿望",
    "track": "职工类型",
    "hukou": "户口性质",
    "marital": "婚姻状况",
    "booklet": "户口簿",
    "cohabiting": "共同生活",
    "wage_fen": "月工资收入",
    "business_income_fen": "月经营性收入",
    "investment_income_fen": "月投资性收入",
    "dibao": "享受低保",
    "unemployment_insurance": "享受失业保险",
}
CAUSE_WORDS = {
    "birth": "出生",
    "marriage": "结婚",
    "returned": "回迁或返家",
    "correction": "更正",
    "other": "其他",
    "death": "去世",
    "divorce": "离婚",
    "moved_out": "迁出或分户",
}


def amend_household(case: Case, command: AmendHousehold, setting: Setting) -> Ruling:
    """Change facts of one member since a day; a day still to come waits on a clock."""
    member = still_member(case, command.member)
    changes = _changes(member, command)
    if not changes:
        raise SaidNo("nothing_changed", "所填各项都与现有情况相同，请填写有变化的项目。", field="member")
    _check_day(member, command, setting)
    _check_by_own_step(case, member, command, setting.policy)
    waits = command.effective_on > setting.today
    amendment = Amendment(
        amendment_id=f"A{case.seq + 1}",
        kind="amended",
        member=command.member,
        effective_on=command.effective_on,
        recorded_on=setting.today,
        recorded_by=command.by.hand,
        changes=changes,
        pending=waits,
    )
    kept = case.model_copy(update={"amendments": (*case.amendments, amendment)})
    if not waits:
        return _amended(case, kept, amendment, setting)
    why = Why(
        rule="household.change_waits",
        says=f"登记{called(member)}的变更，{in_words(command.effective_on)}零时起生效，届时重新判断；在此之前情况不变。",
        facts=_facts(member, amendment),
        clause=CHANGED,
    )
    return Ruling(kept, why, about=amendment.amendment_id)


def amendment_took_effect(case: Case, command: AmendmentTookEffect, setting: Setting) -> Ruling:
    """The day has come from which a change that was told before holds."""
    found = next(a for a in case.amendments if a.amendment_id == command.about)
    return _amended(case, _with(case, found.model_copy(update={"pending": False})), found, setting)


def _amended(before: Case, case: Case, amendment: Amendment, setting: Setting) -> Ruling:
    member = still_member(case, amendment.member)
    now = {c.field: c.now for c in amendment.changes}
    # What was before is what the change meets on its day, which another change may have altered since it was told.
    was = member.model_dump(mode="json")
    changes = tuple(c.model_copy(update={"was": was[c.field]}) for c in amendment.changes)
    amendment = amendment.model_copy(update={"changes": changes, "pending": False})
    changed = Member.model_validate(was | now)
    members = tuple(changed if m.member_id == member.member_id else m for m in case.household.members)
    case = _with(with_members(case, members), amendment)
    says = f"{called(member)}的情况{since(amendment.effective_on, setting)}变更："
    says += "，".join(f"{f.label}{f.value}" for f in _facts(member, amendment)[:-1]) + "。"
    change = Change(
        amendment.amendment_id,
        member.member_id,
        amendment.effective_on,
        says,
        amendment.recorded_by,
        _facts(member, amendment),
    )
    return judged_again(before, case, change, setting)


def _check_day(member: Member, command: AmendHousehold, setting: Setting) -> None:
    if command.effective_on < member.birth_date:
        raise SaidNo(
            "effective_before_birth",
            f"生效日期早于出生日期（{in_words(member.birth_date)}），请核对。",
            field="effective_on",
        )


def _check_by_own_step(case: Case, member: Member, command: AmendHousehold, policy: Policy) -> None:
    """Work that begins or ends during help has its own steps, with evidence; no willingness needs a signature (A23)."""
    if command.willing is False and member.willing and not command.declaration_signed:
        raise SaidNo(
            "declaration_missing",
            "改为无就业愿望须有本人签字声明，请取得声明后勾选“已签字声明”。",
            field="declaration_signed",
            clause=policy.eligibility.unemployed_statuses.basis,
        )
    if command.status is None or command.status is member.status:
        return
    if works_here(case, member.member_id):
        raise SaidNo("job_loss_by_its_own_step", "该成员有在岗记录，请先登记重新失业（离岗）。", field="status")
    terms = policy.eligibility
    works = command.status.value not in (*terms.unemployed_statuses.value, *terms.excluded_statuses.value)
    certified = case.reviews.certified_on
    if works and certified and command.effective_on >= certified and member.member_id in case.standing.base:
        raise SaidNo(
            "employment_by_its_own_step",
            "认定以后上岗的，请办理“登记就业”并附就业证明；认定之前已在岗的，请填写实际上岗日期。",
            field="status",
            clause=policy.employment.evidence.basis,
        )


def works_here(case: Case, member_id: str) -> bool:
    """Say whether the case itself follows a job of this member, placed or monitored."""
    watched = case.monitoring.jobs if case.monitoring is not None and case.monitored else ()
    return any(e.member == member_id for e in case.active_employments) or any(j.member == member_id for j in watched)


def _changes(member: Member, command: AmendHousehold) -> tuple[Changed, ...]:
    was, now = member.model_dump(mode="json"), command.model_dump(mode="json")
    return tuple(
        Changed(field=name, was=was[name], now=now[name])
        for name in FIELD_WORDS
        if now[name] is not None and now[name] != was[name]
    )


def _facts(member: Member, amendment: Amendment) -> tuple[Fact, ...]:
    rows = tuple(
        Fact(label=FIELD_WORDS[c.field], value=f"由“{_said(c.field, c.was)}”变为“{_said(c.field, c.now)}”")
        for c in amendment.changes
    )
    return (*rows, Fact(label="生效日期", value=in_words(amendment.effective_on)))


def _said(name: str, value: Scalar) -> str:
    if isinstance(value, bool):
        return ("有" if value else "无（已签声明）") if name == "willing" else ("是" if value else "否")
    if value is None:
        return "未填"
    return f"{value / 100:.2f}元" if isinstance(value, int) else value


def still_member(case: Case, member_id: str) -> Member:
    member = case.household.member(member_id)
    if member is None or member.left_on is not None:
        raise SaidNo("member_unknown", f"家庭中没有成员{member_id}，请核对成员编号。", field="member")
    return member


def _with(case: Case, amendment: Amendment) -> Case:
    rows = tuple(amendment if a.amendment_id == amendment.amendment_id else a for a in case.amendments)
    return case.model_copy(update={"amendments": rows})


def with_members(case: Case, members: tuple[Member, ...]) -> Case:
    return case.model_copy(update={"household": Household(members=members)})
