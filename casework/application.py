"""Rules of application, acceptance and the county's decision of special situations (申请、受理、特殊情形)."""

from casework.case import Case
from casework.case_facts import Standing
from casework.commands.review import AcceptApplication, Apply, DecideSpecialSituation, Withdraw
from casework.eligibility import Assessment, Outcome, assess
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.household import Household, Relation
from casework.reentry import facts_of, require_cooled_off
from casework.relocation import relocated
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, State
from casework.supplements import require_none_awaited
from casework.times import in_words


def apply(command: Apply, clock_offset: int, setting: Setting) -> Ruling:
    """Open the case with a first judgement of eligibility; an ineligible household is still heard (N3)."""
    _check_household(command.household)
    discovered = command.discovered_on or command.applied_on
    if discovered > command.applied_on:
        raise SaidNo("discovered_after_application", "发现日期不能晚于申请日期，请核对。", field="discovered_on")
    require_cooled_off(command.earlier, setting)
    assessment = assess(command.household, setting.policy, setting.today)
    case = Case(
        case_id=command.case_id,
        office=command.office,
        pack_id=setting.policy.pack_id,
        pack_version=setting.policy.version,
        pack_hash=setting.policy.short_hash,
        calendar_version=setting.calendar.version,
        calendar_issue=setting.calendar.issue,
        clock_offset=clock_offset,
        state=State.APPLIED,
        seq=0,
        opened_on=setting.today,
        discovered_on=discovered,
        household=command.household,
        forwarded_by=command.forwarded_by,
        earlier_cases=command.earlier,
        standing=Standing(
            outcome=assessment.outcome,
            reason=assessment.reason,
            counted=assessment.counted,
            base=assessment.base,
            judged_on=setting.today,
        ),
    )
    told = facts_of(command.earlier)
    if command.forwarded_by is not None:
        told = (Fact(label="转交机构", value=command.forwarded_by), *told)
    if command.relocated_on is not None:
        case, counted = relocated(case, command.relocated_on, setting)
        told = (*told, *counted)
    why = assessment.why
    return Ruling(case, why.model_copy(update={"facts": (*why.facts, *told)}) if told else why)


def _check_household(household: Household) -> None:
    ids = [m.member_id for m in household.members]
    if len(set(ids)) != len(ids):
        raise SaidNo("member_id_repeated", "家庭成员编号重复，请逐人编号 M1、M2……。", field="household.members")
    applicants = [m for m in household.members if m.relation is Relation.APPLICANT]
    if len(applicants) != 1 or household.applicant is not applicants[0]:
        raise SaidNo(
            "applicant_not_first", "第一位成员须为申请人（本人），且只能有一位申请人。", field="household.members"
        )


def decided_of(case: Case) -> dict[str, bool]:
    """Return a reviewer's written decisions on members who are still there; the applicant always counts (J3)."""
    there = {m.member_id for m in case.household.members}
    applicant = case.household.applicant.member_id
    return {d.member: d.counts for d in case.standing.decided if d.member in there - {applicant}}


def judged(case: Case, setting: Setting, *, heard: bool = False) -> Assessment:
    """Judge a case's household today, with what reviewers decided; `heard` passes over what makes it special."""
    return assess(case.household, setting.policy, setting.today, decided=decided_of(case), heard=heard)


def reassess(case: Case, setting: Setting) -> tuple[Standing, Why]:
    """Judge the household again today; a county decision of a special situation stands (J3)."""
    assessment = judged(case, setting)
    standing = case.standing.model_copy(
        update={
            "outcome": assessment.outcome,
            "reason": assessment.reason,
            "counted": assessment.counted,
            "base": assessment.base,
            "judged_on": setting.today,
        }
    )
    return standing, assessment.why


def beyond_special(case: Case, setting: Setting) -> Assessment:
    """Judge what a special situation would hide: its reasons come first, but they are not the only ones (J3)."""
    return judged(case, setting, heard=True)


def require_eligible(case: Case, setting: Setting) -> tuple[Standing, Why]:
    """Return today's standing, or say no with the rule, the facts and the clause."""
    standing, why = reassess(case, setting)
    if standing.outcome == "eligible":
        return standing, why
    reason = standing.reason
    if standing.outcome == "special_review" and standing.special_decision:
        rest = beyond_special(case, setting)
        if rest.outcome is Outcome.ELIGIBLE:
            return standing, why
        reason, why = rest.reason, rest.why
    elif standing.outcome == "special_review":
        raise SaidNo(
            "special_situation_undecided",
            f"该户属特殊情形，须先由县级作出书面决定。{why.says}。",
            field="household",
            clause=why.clause,
        )
    raise SaidNo(
        f"not_eligible_{reason}",
        f"按办法不符合认定条件：{why.says}。如事实有误请先更正；如事实无误请办理不予通过。",
        field="household",
        clause=why.clause,
    )


def _require_applied(case: Case) -> None:
    """Say no while a household is only monitored: nothing was applied for."""
    if case.monitored:
        raise SaidNo(
            "monitored_without_application",
            "本户在重点监控中，尚未提出认定申请：失业时登记重新失业即转入审核；不再需要监控的，由县级结束监控。",
        )


def accept_application(case: Case, command: AcceptApplication, setting: Setting) -> Ruling:
    """受理: the application is complete; the office's review clock starts."""
    _require_applied(case)
    require_none_awaited(case)
    why = Why(
        rule="application.accepted",
        says=f"申请材料齐全，予以受理，{setting.policy.review.first_review.value.words}内完成初审。",
        facts=(Fact(label="受理日期", value=in_words(setting.today)),),
        clause=setting.policy.review.first_review.basis,
    )
    return Ruling(case, why)


def decide_special_situation(case: Case, command: DecideSpecialSituation, setting: Setting) -> Ruling:
    """The county decides by a written reason; the household is never refused silently (J3, A24)."""
    require_none_awaited(case)
    standing, today = reassess(case, setting)
    if standing.outcome != "special_review" or standing.special_decision is not None:
        raise SaidNo("no_special_situation", "该户没有待决定的特殊情形，无需办理；请按初审办理。", field="eligible")
    rest = beyond_special(case, setting)
    if command.eligible and rest.outcome is not Outcome.ELIGIBLE:
        raise SaidNo(
            f"not_eligible_{rest.reason}",
            f"除特殊情形外还有：{rest.why.says}。不能按零就业家庭对待，请先办理或更正；职工类型未填的，请查明后撤回并填明再申请。",
            field="eligible",
            clause=rest.why.clause,
        )
    standing = standing.model_copy(update={"special_decision": command.eligible})
    verdict = "按零就业家庭对待" if command.eligible else "不按零就业家庭对待"
    why = Why(
        rule="application.special_situation",
        says=f"县级书面决定：特殊情形，{verdict}，理由已存卷。",
        facts=(Fact(label="特殊情形", value=today.says),),
        clause=setting.policy.eligibility.mixed_hukou.basis,
    )
    ended = None if command.eligible else ExitReason.NOT_RECOGNISED
    return Ruling(case.model_copy(update={"standing": standing}), why, ended=ended)


def withdraw(case: Case, command: Withdraw, setting: Setting) -> Ruling:
    """Before the seal the applicant may withdraw at any time (A41)."""
    _require_applied(case)
    why = Why(
        rule="application.withdrawn",
        says="申请人在认定前撤回申请，个案结束，可随时再次申请。",
        clause=setting.policy.grounds.voluntary.basis,
    )
    return Ruling(case, why, ended=ExitReason.WITHDRAWN)
