"""Whether a household is a zero-employment household (零就业家庭) on a day: who counts, who is in the base, and why.

Counted members (计入家庭的成员) are family by J1 and J2; base members (基数成员) are those of them who are of statutory
working age, able, not excluded by status, and willing (N2, A22, A23).  The household is eligible when there is a base
member and every one of them is unemployed.  What differs between localities is in `policy.eligibility`; the working
age is `casework/working_age.py`; deciding a special situation (J3) is the county's step, not this file's.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from casework.errors import SaidNo
from casework.explanation import Fact, Why, called
from casework.household import Facts, Household, Hukou, Marital, Member, Relation, WorkStatus
from casework.times import in_words
from casework.working_age import Age, is_working_age
from policies.schema import Eligibility, Policy

PARENTS = frozenset({Relation.FATHER, Relation.MOTHER})
WITHOUT_SPOUSE = frozenset({Marital.SINGLE, Marital.DIVORCED, Marital.WIDOWED})


class Outcome(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    SPECIAL_REVIEW = "special_review"


class Reason(StrEnum):
    """Why, as a stable code; the first that applies, in this order, decides."""

    RURAL_MEMBER = "rural_member"
    UNKNOWN_TRACK = "unknown_track"
    APPLICANT_NOT_REGISTERED = "applicant_not_registered"
    NO_BASE_MEMBER = "no_base_member"
    MEMBER_EMPLOYED = "member_employed"
    HAS_INCOME = "has_income"
    ALL_UNEMPLOYED = "all_unemployed"


class MemberWhy(Facts):
    """Why one member is in or out of a set."""

    member_id: str
    why: Why


class Assessment(Facts):
    """The answer for a household on a day.  Every member is in `counted` or `not_counted`, every counted member in
    `base` or `not_base`; the `…_why` give the reason for each, all in the order of the household.
    """

    on: date
    outcome: Outcome
    reason: Reason
    why: Why
    counted_why: tuple[MemberWhy, ...]
    not_counted_why: tuple[MemberWhy, ...]
    base_why: tuple[MemberWhy, ...]
    not_base_why: tuple[MemberWhy, ...]

    @property
    def counted(self) -> tuple[str, ...]:
        return tuple(item.member_id for item in self.counted_why)

    @property
    def base(self) -> tuple[str, ...]:
        return tuple(item.member_id for item in self.base_why)


def assess(
    household: Household, policy: Policy, on: date, *, decided: Mapping[str, bool] | None = None, heard: bool = False
) -> Assessment:
    """Judge a household by a locality's policy on a legal date.

    `decided` are a reviewer's written decisions by member id: True counts the person as family, False does not (J3).
    With `heard` the reasons of a special review are passed over: the county has looked at them (J3).
    Raises `SaidNo` when such a decision would leave out the applicant or names nobody.
    """
    terms = policy.eligibility
    decided = decided or {}
    _refuse_impossible(household, decided)
    family = [(m, *_family(m, household, terms, decided.get(m.member_id))) for m in household.members]
    counted = [m for m, counts, _ in family if counts]
    base = [(m, *_base(m, terms, on)) for m in counted]
    base_members = [m for m, belongs, _ in base if belongs]
    outcome, reason, why = _judge(household, counted, base_members, terms, on, heard)
    return Assessment(
        on=on,
        outcome=outcome,
        reason=reason,
        why=why,
        counted_why=_reasons(family, True),
        not_counted_why=_reasons(family, False),
        base_why=_reasons(base, True),
        not_base_why=_reasons(base, False),
    )


def _reasons(judged: list[tuple[Member, bool, Why]], inside: bool) -> tuple[MemberWhy, ...]:
    return tuple(MemberWhy(member_id=m.member_id, why=why) for m, inside_set, why in judged if inside_set is inside)


def _refuse_impossible(household: Household, decided: Mapping[str, bool]) -> None:
    for member_id, counts in decided.items():
        if household.member(member_id) is None:
            raise SaidNo("unknown_member", "家庭中没有这名成员，请核对成员编号", field="decided")
        if not counts and member_id == household.applicant.member_id:
            raise SaidNo("applicant_always_counts", "申请人本人必须计入家庭，不能排除", field="decided")


def _family(m: Member, household: Household, terms: Eligibility, decided: bool | None) -> tuple[bool, Why]:
    """Say whether a person counts as family (J1, J2, J3)."""
    applicant = household.applicant
    same_booklet = m.booklet == applicant.booklet
    facts = (
        Fact(label="与申请人关系", value=m.relation.value),
        Fact(label="与申请人同一户口簿", value="是" if same_booklet else "否"),
        Fact(label="共同生活", value="是" if m.cohabiting else "否"),
    )

    def because(rule: str, says: str, clause: str) -> Why:
        return Why(rule=f"eligibility.{rule}", says=f"{called(m)}{says}", facts=facts, clause=clause)

    if m.left_on is not None:
        return False, because("left", f"已于{in_words(m.left_on)}去世，不计入家庭成员", terms.relations_core.basis)
    if decided is not None:
        says = "经审核人员书面说明理由，计入家庭成员" if decided else "经审核人员书面说明理由，不计入家庭成员"
        return decided, because(f"reviewer_{'included' if decided else 'excluded'}", says, terms.mixed_hukou.basis)
    if m is applicant:
        return True, because("applicant", "是申请人，计入家庭成员", terms.relations_core.basis)
    if m.relation is Relation.SPOUSE and not same_booklet:
        deemed, clause = terms.deem_spouse_other_booklet.value, terms.deem_spouse_other_booklet.basis
        if deemed:
            return True, because("deemed_spouse", "与申请人不在同一户口簿，夫妻视为共同生活，计入家庭成员", clause)
        return False, because("spouse_elsewhere", "与申请人不在同一户口簿，不计入家庭成员", clause)
    if m.relation in PARENTS and not same_booklet:
        clause = terms.deem_parents_of_single_booklet.basis
        alone = sum(other.booklet == applicant.booklet for other in household.members) == 1
        single = applicant.marital in WITHOUT_SPOUSE
        if terms.deem_parents_of_single_booklet.value and alone and single:
            says = f"不在同一户口簿，但申请人{applicant.marital.value}且单人单户，父母视为共同生活，计入家庭成员"
            return True, because("deemed_parent", says, clause)
        says = "不在同一户口簿，且申请人不是未婚、离异或丧偶的单人单户，不计入家庭成员"
        return False, because("parent_elsewhere", says, clause)
    if not same_booklet:
        return False, because("other_booklet", "不在申请人的户口簿上，不计入家庭成员", terms.relations_core.basis)
    if m.relation.value in terms.relations_core.value:
        says = f"在同一户口簿上，{m.relation.value}计入家庭成员"
        return True, because("core_relation", says, terms.relations_core.basis)
    clause = terms.relations_if_cohabiting.basis
    if m.relation.value not in terms.relations_if_cohabiting.value:
        return False, because("relation_not_listed", "的关系不在家庭成员范围内，不计入家庭成员", clause)
    if m.cohabiting:
        return True, because("cohabiting_relation", "在同一户口簿上且共同生活，计入家庭成员", clause)
    return False, because("not_cohabiting", "在同一户口簿上但不共同生活，不计入家庭成员", clause)


def working(m: Member, terms: Eligibility) -> bool:
    """Say whether a member's status is one of work: neither unemployed nor excluded."""
    return m.status.value not in (*terms.unemployed_statuses.value, *terms.excluded_statuses.value)


def _base(m: Member, terms: Eligibility, on: date) -> tuple[bool, Why]:
    """Say whether a counted member belongs to the base (N2, A22, A23): the first reason against decides."""
    age = is_working_age(m, on)
    facts = (
        Fact(label="法定劳动年龄", value=age.why),
        Fact(label="劳动能力", value=m.capacity.value),
        Fact(label="就业失业状态", value=m.status.value),
        Fact(label="就业愿望", value="有" if m.willing else "无（已签声明）"),
    )

    def because(rule: str, says: str, clause: str) -> Why:
        return Why(rule=f"eligibility.{rule}", says=f"{called(m)}{says}", facts=facts, clause=clause)

    if age.age is not Age.WORKING:
        says = {
            Age.TOO_YOUNG: "未满16周岁，不计入基数",
            Age.RETIRED: "已达法定退休年龄，不计入基数",
            Age.UNKNOWN_TRACK: "职工类型未填，是否在法定劳动年龄内须先查明",
        }[age.age]
        return False, because(age.age.value, says, age.clause)
    if m.capacity.value in terms.excluded_capacities.value:
        return False, because("not_able", f"{m.capacity.value}劳动能力，不计入基数", terms.excluded_capacities.basis)
    if m.status.value in terms.excluded_statuses.value:
        return False, because("excluded_status", f"{m.status.value}，不计入基数", terms.excluded_statuses.basis)
    if working(m, terms):
        return True, because("working_member", f"{m.status.value}，在法定劳动年龄内，计入基数", age.clause)
    if not m.willing:
        return False, because("not_willing", "已声明没有就业愿望，不计入基数", terms.unemployed_statuses.basis)
    says = "在法定劳动年龄内，有劳动能力和就业愿望，计入基数"
    return True, because("able_and_willing", says, terms.unemployed_statuses.basis)


def _judge(
    household: Household, counted: list[Member], base: list[Member], terms: Eligibility, on: date, heard: bool
) -> tuple[Outcome, Reason, Why]:
    """Find the first reason that applies, in the order of `Reason`."""
    applicant = household.applicant
    rural = [m for m in counted if m.hukou is not Hukou.URBAN]
    unknown = [m for m in counted if is_working_age(m, on).age is Age.UNKNOWN_TRACK]
    employed = [m for m in base if m.status.value not in terms.unemployed_statuses.value]
    earning = [m for m in counted if m.business_income_fen > 0 or m.investment_income_fen > 0]

    def answer(outcome: Outcome, reason: Reason, says: str, clause: str, *about: Fact) -> tuple[Outcome, Reason, Why]:
        facts = (Fact(label="计入家庭的成员", value=_list(counted)), Fact(label="基数成员", value=_list(base)), *about)
        return outcome, reason, Why(rule=f"eligibility.{reason.value}", says=says, facts=facts, clause=clause)

    refused = _hukou_outcome(rural, counted, terms)
    if refused is Outcome.SPECIAL_REVIEW and not heard:
        says = f"{_list(rural)}不是城镇户籍，转特殊情形审核"
        return answer(refused, Reason.RURAL_MEMBER, says, terms.mixed_hukou.basis)
    if refused is Outcome.NOT_ELIGIBLE:
        says = f"{_list(rural)}不是城镇户籍，不符合认定条件"
        return answer(refused, Reason.RURAL_MEMBER, says, terms.hukou_required.basis)
    if unknown and not heard:
        says = f"{_list(unknown)}的职工类型未填，是否已达法定退休年龄须先查明，转特殊情形审核"
        return answer(Outcome.SPECIAL_REVIEW, Reason.UNKNOWN_TRACK, says, is_working_age(unknown[0], on).clause)
    if terms.applicant_must_be_registered.value and applicant.status is not WorkStatus.REGISTERED_UNEMPLOYED:
        says = f"申请人就业失业状态为{applicant.status.value}，须先办理失业登记才能申请"
        clause = terms.applicant_must_be_registered.basis
        return answer(Outcome.NOT_ELIGIBLE, Reason.APPLICANT_NOT_REGISTERED, says, clause)
    if not base:
        says = "没有在法定劳动年龄内、有劳动能力和就业愿望的家庭成员，不属于零就业家庭，可转民政部门"
        return answer(Outcome.NOT_ELIGIBLE, Reason.NO_BASE_MEMBER, says, terms.unemployed_statuses.basis)
    if employed:
        says = f"{_list(employed)}不处于失业状态，不符合认定条件"
        statuses = [Fact(label=f"{called(m)}就业失业状态", value=m.status.value) for m in employed]
        clause = terms.unemployed_statuses.basis
        return answer(Outcome.NOT_ELIGIBLE, Reason.MEMBER_EMPLOYED, says, clause, *statuses)
    if terms.income_test.value == "no_business_or_investment" and earning:
        says = f"{_list(earning)}有经营性或投资性收入，不符合认定条件"
        return answer(Outcome.NOT_ELIGIBLE, Reason.HAS_INCOME, says, terms.income_test.basis)
    says = f"{len(base)}名基数成员均处于失业状态，符合零就业家庭认定条件"
    return answer(Outcome.ELIGIBLE, Reason.ALL_UNEMPLOYED, says, terms.unemployed_statuses.basis)


def _hukou_outcome(rural: list[Member], counted: list[Member], terms: Eligibility) -> Outcome | None:
    """Return what rural members make of the household, or None (A24); treated as urban it needs one urban member."""
    if terms.hukou_required.value == "any" or not rural:
        return None
    if terms.mixed_hukou.value == "special_review":
        return Outcome.SPECIAL_REVIEW
    if terms.mixed_hukou.value == "urban" and len(rural) < len(counted):
        return None
    return Outcome.NOT_ELIGIBLE


def _list(members: list[Member]) -> str:
    return "、".join(map(called, members)) or "无"
