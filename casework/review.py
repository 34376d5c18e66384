"""Rules of first review, report, recheck and seal: three different people, each on today's facts (J5–J7, A30)."""

from casework import promise
from casework.application import reassess, require_eligible
from casework.case import Case
from casework.case_facts import Reviews
from casework.commands.review import (
    Certify,
    DeclineFirstReview,
    DeclineRecheck,
    PassFirstReview,
    PassRecheck,
    ReportUp,
    ReturnToOffice,
)
from casework.contingency import codes
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.household import WorkStatus
from casework.publicity import length_of, require_gate_open, require_over
from casework.ruling import Ruling, Setting
from casework.states import Actor, ExitReason, same_person
from casework.supplements import require_none_awaited
from casework.times import in_words
from casework.verification import require_hits_judged, require_verified

FOUR_EYES = "内部规定：初审、复核、盖章由不同人员办理（A30）"


def pass_first_review(case: Case, command: PassFirstReview, setting: Setting) -> Ruling:
    """The office checked online and at home, and the rules say yes today (J5, N2)."""
    if case.tasks_of("decide_special_situation"):
        raise SaidNo(
            "special_situation_undecided",
            "特殊情形尚待县级书面决定，请等待决定后再办理初审。",
            clause=setting.policy.eligibility.mixed_hukou.basis,
        )
    if not case.tasks_of("first_review"):
        raise SaidNo("first_review_done", "初审已通过，请办理张贴公示。")
    require_none_awaited(case)
    verified = require_verified(case, command, setting)
    standing, why = require_eligible(case, setting)
    reviews = Reviews(first_by=command.by.hand, first_on=setting.today)
    why = why.model_copy(update={"facts": (*why.facts, *verified)})
    return Ruling(case.model_copy(update={"standing": standing, "reviews": reviews}), why)


def decline_first_review(case: Case, command: DeclineFirstReview, setting: Setting) -> Ruling:
    """不予认定 at the office, with a written reason; the household may apply again."""
    require_none_awaited(case)
    return _declined(case, "review.declined_by_office", "初审不予通过", setting)


def report_up(case: Case, command: ReportUp, setting: Setting) -> Ruling:
    """Only after the full publicity and with every objection decided (J6, A8, A9)."""
    if case.reviews.reported_on is not None:
        raise SaidNo("already_reported", f"本户已于{in_words(case.reviews.reported_on)}上报，请等待县级复核。")
    notice = require_over(case, setting)
    require_gate_open(case, setting)
    if notice.provisional and not command.calendar_checked:
        raise SaidNo(
            "provisional_date",
            "公示期涉及尚未公布放假安排的年份，期满日为暂定。请核对国务院办公厅放假通知后勾选“已核对日历”再上报。",
            field="calendar_checked",
            clause="内部规定：暂定日期须人工核对（A38）",
        )
    reviews = case.reviews.model_copy(update={"reported_on": setting.today})
    why = Why(
        rule="publicity.reported",
        says=f"公示已于{in_words(notice.ends_on)}24时期满，无未决异议，上报县级复核。",
        facts=(Fact(label="张贴日期", value=notice.posted_on.isoformat()),),
        clause=length_of(notice, setting).basis,
    )
    return Ruling(case.model_copy(update={"reviews": reviews}), why)


def pass_recheck(case: Case, command: PassRecheck, setting: Setting) -> Ruling:
    """县级复核 by somebody who did not do the first review (A30)."""
    _require_reported(case, setting)
    if case.reviews.recheck_by is not None:
        raise SaidNo("recheck_done", "复核已通过，请由另一名工作人员盖章认定。")
    _require_other_than(command.by, case.reviews.first_by, "初审")
    require_none_awaited(case)
    require_hits_judged(case)
    standing, why = require_eligible(case, setting)
    reviews = case.reviews.model_copy(update={"recheck_by": command.by.hand, "recheck_on": setting.today})
    return Ruling(case.model_copy(update={"standing": standing, "reviews": reviews}), why)


def return_to_office(case: Case, command: ReturnToOffice, setting: Setting) -> Ruling:
    """Back to the street office: the reviews and the publicity start again."""
    _require_reported(case, setting)
    require_none_awaited(case)
    why = Why(
        rule="review.returned",
        says="县级退回街道重新核实并重新公示，理由已存卷。",
        clause=setting.policy.review.certifier.basis,
    )
    return Ruling(case.model_copy(update={"reviews": Reviews(), "publicity": None}), why)


def decline_recheck(case: Case, command: DeclineRecheck, setting: Setting) -> Ruling:
    """不予认定 at the county: a recheck too, so by somebody who did not do the first review (A30)."""
    _require_reported(case, setting)
    _require_other_than(command.by, case.reviews.first_by, "初审")
    require_none_awaited(case)
    return _declined(case, "review.declined_by_county", "县级复核不予认定", setting)


def certify(case: Case, command: Certify, setting: Setting) -> Ruling:
    """Seal and certify (J7); the placement promise starts (A10)."""
    _require_reported(case, setting)
    if case.reviews.recheck_by is None:
        raise SaidNo(
            "recheck_missing",
            "尚未完成县级复核，不能盖章认定，请先办理复核。",
            clause=setting.policy.review.certifier.basis,
        )
    _require_other_than(command.by, case.reviews.first_by, "初审")
    _require_other_than(command.by, case.reviews.recheck_by, "复核")
    require_gate_open(case, setting, always=True)
    require_none_awaited(case)
    require_hits_judged(case)
    standing, why = require_eligible(case, setting)
    reviews = case.reviews.model_copy(update={"sealed_by": command.by.hand, "certified_on": setting.today})
    case = case.model_copy(update={"standing": standing, "reviews": reviews})
    case, facts = promise.begin(case, setting)
    to_register = tuple(
        m.member_id
        for m in case.household.members
        if m.member_id in standing.base and m.status is WorkStatus.UNREGISTERED_UNEMPLOYED
    )
    why = Why(
        rule="certification.sealed",
        says=f"认定为{setting.policy.terms.household.value}。{why.says}。",
        facts=(*why.facts, *facts),
        clause=f"{setting.policy.review.certifier.basis}；{setting.policy.promise.length.basis}",
    )
    hits = tuple(t.about or "" for t in case.tasks_of("judge_hit"))
    plan = codes(setting.policy)
    each = {"register_unemployed": to_register, "contingency_step": plan, "closes:judge_hit": hits}
    return Ruling(case, why, each=each)


def _declined(case: Case, rule: str, words: str, setting: Setting) -> Ruling:
    why = Why(
        rule=rule,
        says=f"{words}，书面理由已存卷；家庭可补充材料后再次申请。",
        facts=(Fact(label="按办法判断", value=reassess(case, setting)[1].says),),
        clause=setting.policy.terms.household.basis,
    )
    return Ruling(case, why, ended=ExitReason.NOT_RECOGNISED)


def _require_reported(case: Case, setting: Setting) -> None:
    if case.reviews.reported_on is None:
        raise SaidNo(
            "not_reported",
            "街道尚未上报，县级不能办理，请等公示期满并由街道上报。",
            clause=setting.policy.publicity.objection_blocks.basis,
        )


def _require_other_than(actor: Actor, earlier: str | None, words: str) -> None:
    if same_person(actor, earlier):
        raise NotYourStep("same_person", f"您已办理过本户的{words}，这一步须由另一名工作人员办理。", clause=FOUR_EYES)
