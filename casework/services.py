"""Rules of helper, plan, services and referrals (帮扶责任人、一人一策、职业指导、培训信息、岗位推荐): J15–J18."""

from dataclasses import dataclass
from datetime import date

from casework import suitability
from casework.case import Case
from casework.case_facts import Referral, ReferralOutcome, Service, ServiceKind
from casework.commands.assistance import (
    AcknowledgeReferral,
    AssignHelper,
    RecordReferral,
    RecordReferralOutcome,
    RecordService,
    SignPlan,
)
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.former_terms import services_owed
from casework.promise_met import offered
from casework.ruling import Ruling, Setting
from casework.times import in_words
from policies.groups import Services
from policies.schema import Policy

SERVICE_WORDS = {ServiceKind.GUIDANCE: "职业指导", ServiceKind.TRAINING_INFO: "技能培训信息"}
REASSIGNED = "内部规定：更换帮扶责任人须写明原因，各项时限不变"


def assign_helper(case: Case, command: AssignHelper, setting: Setting) -> Ruling:
    """Name the person who answers for this household (N9)."""
    require_help_begun(case, setting)
    if command.helper == case.helper:
        raise SaidNo("helper_unchanged", "该账号已是本户帮扶责任人，请选择另一人。", field="helper")
    if case.helper is not None and command.reason is None:
        raise SaidNo(
            "reassignment_reason_missing",
            "本户已有帮扶责任人，更换时须写明原因，请补填“更换责任人的原因”。",
            field="reason",
            clause=REASSIGNED,
        )
    replaced = () if case.helper is None else (Fact(label="原帮扶责任人账号", value=case.helper),)
    why = Why(
        rule="helper.assigned",
        says="指定帮扶责任人，专人包保，一帮一。" if case.helper is None else "更换帮扶责任人，各项时限不变。",
        facts=(*replaced, Fact(label="帮扶责任人账号", value=command.helper)),
        clause=setting.policy.services.helper.basis,
    )
    return Ruling(case.model_copy(update={"helper": command.helper}), why)


def sign_plan(case: Case, command: SignPlan, setting: Setting) -> Ruling:
    """The assistance plan is signed; a later plan replaces it (J15)."""
    why = Why(
        rule="plan.signed",
        says="帮扶方案（一人一策）已签订。" if case.plan_signed_on is None else "帮扶方案已更新。",
        facts=(Fact(label="签订日期", value=in_words(command.signed_on)),),
        clause=setting.policy.services.plan.basis,
    )
    for_whom = tuple(t.about for t in case.tasks_of("update_plan") if t.about)
    changed = case.model_copy(update={"plan_signed_on": command.signed_on})
    return Ruling(changed, why, each={"closes:update_plan": for_whom})


def record_service(case: Case, command: RecordService, setting: Setting) -> Ruling:
    """One guidance or one training information for one member (J18)."""
    require_help_begun(case, setting)
    require_member(case, command.member, setting)
    service = Service(service_id=f"S{case.seq + 1}", member=command.member, kind=command.kind, on=command.on)
    case = case.model_copy(update={"services": (*case.services, service)})
    return Ruling(case, _counted(case, command.member, f"记录一次{SERVICE_WORDS[command.kind]}", setting))


def record_referral(case: Case, command: RecordReferral, setting: Setting) -> Ruling:
    """Put one job to one member; only a suitable one counts (A4, A14, scenario 46)."""
    require_help_begun(case, setting)
    require_member(case, command.member, setting)
    judged = suitability.judge(case, command, setting.terms_on(command.on).refusal)
    referral = Referral(
        referral_id=f"R{case.seq + 1}",
        member=command.member,
        vacancy=command.vacancy,
        on=command.on,
        pay_fen=command.pay_fen,
        suitable=judged.suitable,
        delivered=command.acknowledged,
        delivered_on=command.on if command.acknowledged else None,
        unsuitable=judged.code,
    )
    case, met = offered(case.model_copy(update={"referrals": (*case.referrals, referral)}), referral, setting)
    says = f"推荐岗位{command.vacancy}{met}"
    if not judged.suitable:
        says += f"；因{judged.words}，不算合适岗位，不计次"
    elif not command.acknowledged:
        says += "；成员尚未签收，送达后请登记送达，此前不计次"
    why = _counted(case, command.member, says, setting)
    if not judged.suitable:
        why = why.model_copy(update={"clause": judged.basis})
    return Ruling(case, why, about=referral.referral_id)


def acknowledge_referral(case: Case, command: AcknowledgeReferral, setting: Setting) -> Ruling:
    """A referral reached the member later: from that day it is delivered, and only then can it be refused (A4)."""
    referral = require_referral(case, command.referral)
    if referral.delivered:
        raise SaidNo("referral_delivered", f"推荐{command.referral}已登记送达，无需重复登记。", field="referral")
    if referral.outcome is not ReferralOutcome.OPEN:
        raise SaidNo("referral_decided", f"推荐{command.referral}已有结果，无需登记送达。", field="referral")
    if command.on < referral.on:
        raise SaidNo(
            "delivered_before_referral",
            f"送达日期不能早于推荐日期（{in_words(referral.on)}），请核对。",
            field="on",
        )
    delivered = referral.model_copy(update={"delivered": True, "delivered_on": command.on})
    case = with_referral(case, delivered)
    counts = "" if referral.suitable else "；不算合适岗位，不计次"
    says = f"推荐{command.referral}已于{in_words(command.on)}送达{counts}"
    return Ruling(case, _counted(case, referral.member, says, setting), about=command.referral)


def record_referral_outcome(case: Case, command: RecordReferralOutcome, setting: Setting) -> Ruling:
    """The employer answered.  Being rejected by the employer is never a refusal (A4, scenario 44)."""
    referral = require_referral(case, command.referral)
    if referral.outcome is not ReferralOutcome.OPEN:
        raise SaidNo("referral_decided", f"推荐{command.referral}已有结果，无需重复登记。", field="referral")
    outcome = ReferralOutcome(command.outcome)
    says = {
        ReferralOutcome.EMPLOYER_REJECTED: "用人单位未录用，不属于家庭成员拒绝岗位，不计入拒绝次数。",
        ReferralOutcome.HIRED: "用人单位已录用，上岗后请登记就业。",
    }[outcome]
    why = Why(
        rule=f"referrals.{outcome.value}",
        says=says,
        facts=(Fact(label="推荐编号", value=command.referral),),
        clause="内部规定：用人单位未录用不是拒绝（A4）",
    )
    return Ruling(with_referral(case, referral.model_copy(update={"outcome": outcome})), why, about=command.referral)


def require_help_begun(case: Case, setting: Setting) -> None:
    """Say no to help before the seal, unless the household came from monitoring and lost its job (J14)."""
    if case.reviews.certified_on is None and not case.early_help:
        raise SaidNo(
            "help_not_begun",
            "认定以前不办理帮扶，请先办理认定；只有重点监控中失业的家庭可以先行帮扶。",
            clause=setting.policy.services.helper.basis,
        )


def require_member(case: Case, member_id: str, setting: Setting) -> None:
    """Say no unless the person is a base member of this household."""
    if case.household.member(member_id) is None:
        raise SaidNo("member_unknown", f"家庭中没有成员{member_id}，请核对。", field="member")
    if member_id not in case.standing.base:
        raise SaidNo(
            "member_not_in_base",
            f"{case.member_words(member_id)}不属于有劳动能力和就业愿望的劳动年龄成员，服务请记在其他成员名下。",
            field="member",
            clause=setting.policy.eligibility.unemployed_statuses.basis,
        )


def require_referral(case: Case, referral_id: str) -> Referral:
    """Return the referral, or say no."""
    found = next((r for r in case.referrals if r.referral_id == referral_id), None)
    if found is None:
        raise SaidNo("referral_unknown", f"本户没有编号为{referral_id}的岗位推荐，请核对。", field="referral")
    return found


def with_referral(case: Case, referral: Referral) -> Case:
    """Return the case with this referral in place of its earlier self."""
    rows = tuple(referral if r.referral_id == referral.referral_id else r for r in case.referrals)
    return case.model_copy(update={"referrals": rows})


def service_counts(case: Case, member: str | None, until: date = date.max) -> dict[str, int]:
    """Count guidance, training information and distinct suitable, delivered vacancies (of a member, or of all).

    A restored certification is a new promise with its own services: what was given before it does not count (A19);
    nor does what was given after `until`.
    """
    since = case.promise.started_on if case.promise and case.promise.number > 1 else date.min
    mine = [s for s in case.services if member in (None, s.member) and since <= s.on <= until]
    given = [r for r in case.referrals if member in (None, r.member) and since <= r.on <= until]
    vacancies = {r.vacancy for r in given if r.suitable and r.delivered}
    return {
        "guidance": sum(s.kind is ServiceKind.GUIDANCE for s in mine),
        "training_info": sum(s.kind is ServiceKind.TRAINING_INFO for s in mine),
        "referrals": len(vacancies),
    }


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of service that was given fewer times than the pack wants."""

    name: str
    have: int
    want: int


@dataclass(frozen=True, slots=True)
class Missing:
    """What a member still has to be given."""

    member: str
    gaps: tuple[Gap, ...]

    @property
    def words(self) -> str:
        """The counters as explanations show them: 职业指导0/1次、推荐岗位2/3次."""
        return "、".join(f"{gap.name}{gap.have}/{gap.want}次" for gap in self.gaps)


def owed_services(case: Case, policy: Policy) -> Services:
    """Return how many of each service the household may ask for: never fewer than when its promise began (A36)."""
    return services_owed(case.former_terms, policy, case.promise.started_on if case.promise else None)


def missing_services(case: Case, policy: Policy, until: date = date.max) -> tuple[Missing, ...]:
    """Return what is missing for every base member behind the pack's 1 / 1 / 3."""
    subjects: tuple[str, ...] = case.standing.base
    owed = owed_services(case, policy)
    rows: list[Missing] = []
    for subject in subjects if owed.per.value == "member" else subjects[:1]:
        counts = service_counts(case, subject if owed.per.value == "member" else None, until)
        due = (
            ("职业指导", counts["guidance"], owed.guidance.value),
            ("技能培训信息", counts["training_info"], owed.training_info.value),
            ("推荐岗位", counts["referrals"], owed.referrals.value),
        )
        gaps = tuple(Gap(name, have, want) for name, have, want in due if have < want)
        if gaps:
            rows.append(Missing(subject, gaps))
    return tuple(rows)


def _counted(case: Case, member: str, says: str, setting: Setting) -> Why:
    terms = owed_services(case, setting.policy)
    counts = service_counts(case, member)
    return Why(
        rule="services.counted",
        says=f"{says}。",
        facts=(
            Fact(label="成员", value=case.member_words(member)),
            Fact(label="职业指导", value=f"{counts['guidance']}/{terms.guidance.value}次"),
            Fact(label="技能培训信息", value=f"{counts['training_info']}/{terms.training_info.value}次"),
            Fact(label="推荐岗位（不同岗位）", value=f"{counts['referrals']}/{terms.referrals.value}次"),
        ),
        clause=terms.referrals.basis,
    )
