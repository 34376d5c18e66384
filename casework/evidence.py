"""What a certification stands on (认定要件), item by item in the order of the notice: there or missing, and why.

For whoever looks before deciding.  Nothing is decided here: each item asks the very rule that would say no, so that the
list can never be kinder or stricter than the step.  `after` is what came with the rules of somebody else's step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casework.application import reassess, require_eligible
from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.errors import SaidNo
from casework.explanation import Why
from casework.publicity import count_facts, length_of, require_gate_open, require_over
from casework.ruling import Setting
from casework.supplements import CLAUSE as SUPPLEMENTS
from casework.supplements import papers, require_none_awaited
from casework.times import in_words
from casework.verification import BY_A_PERSON, HIT, missing_comparisons, require_hits_judged, visits_made
from casework.working_days import count


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a certification needs.  `missing` says what is not there and what to do; None when it is there.

    `says` is what is on record; `also` what somebody who decides should know although nothing depends on it.
    """

    code: str
    words: str
    says: str
    clause: str
    missing: str | None = None
    also: str | None = None


def checklist(case: Case, setting: Setting, first_review: Why | None = None) -> tuple[Item, ...]:
    """Return what there must be before the seal; `first_review` is why the last first review passed."""
    return (
        _eligible(case, setting),
        *_special(case, setting),
        _papers(case),
        _reviewed(case, setting),
        _compared(case, setting, first_review),
        _hits(case),
        _visited(case, setting, first_review),
        _publicised(case, setting),
        _objections(case, setting),
        _reported(case, setting),
    )


def complete(items: tuple[Item, ...]) -> bool:
    """Say whether nothing is missing."""
    return all(item.missing is None for item in items)


def _no(ask: Callable[[], object]) -> SaidNo | None:
    try:
        ask()
    except SaidNo as no:
        return no
    return None


def _eligible(case: Case, setting: Setting) -> Item:
    why = reassess(case, setting)[1]
    no = _no(lambda: require_eligible(case, setting))
    return Item("eligible", "家庭和认定条件", f"{why.says}。", why.clause, no.message if no else None)


def _special(case: Case, setting: Setting) -> tuple[Item, ...]:
    """Only households that are a special situation need a decision of it (J3)."""
    standing, why = reassess(case, setting)
    if standing.outcome != "special_review":
        return ()
    said = {
        True: "县级已书面决定按零就业家庭对待。",
        False: "县级已书面决定不按零就业家庭对待。",
        None: "尚无书面决定。",
    }
    decided = case.standing.special_decision
    missing = None if decided else f"{why.says}，须先办理“特殊情形书面决定”。"
    clause = setting.policy.eligibility.mixed_hukou.basis
    return (Item("special", "特殊情形书面决定", said[decided], clause, missing),)


def _papers(case: Case) -> Item:
    no = _no(lambda: require_none_awaited(case))
    asked = len(case.supplements)
    last = case.supplements[-1] if case.supplements else None
    says = "没有要求过补正。" if last is None else f"要求补正{asked}次，最近一次：{papers(last)}，"
    if last is not None and last.received_on is not None:
        says += f"{in_words(last.received_on)}收到。"
    elif last is not None:
        says += f"{in_words(last.lapsed_on)}期满未补齐。" if last.lapsed_on else "等待中。"
    return Item("papers", "申请材料", says, SUPPLEMENTS, no.message if no else None)


def _reviewed(case: Case, setting: Setting) -> Item:
    on = case.reviews.first_on
    says = f"街道初审于{in_words(on)}通过。" if on else "街道初审尚未通过。"
    missing = None if on else "请等街道完成初审。"
    return Item("first_review", "街道初审", says, setting.policy.review.first_review.basis, missing)


def _compared(case: Case, setting: Setting, first_review: Why | None) -> Item:
    terms = setting.policy.verification.comparison
    clause = f"{setting.policy.review.compare_online.basis}；{terms.basis}"
    told = _told(first_review, "线上比对")
    if case.reviews.first_on is None or told is None:
        return Item("compared", "线上比对", "没有经初审确认的比对。", clause, "请由街道完成线上比对后初审。")
    gaps = missing_comparisons(case, setting) if terms.value == "connected" else ()
    since = f"初审以后：{'、'.join(gaps)}。认为有必要的，可重新比对。" if gaps else None
    return Item("compared", "线上比对", f"{told}。", clause, also=since)


def _hits(case: Case) -> Item:
    present = {m.member_id for m in case.household.members if m.left_on is None}
    hits = [c for c in case.comparisons if c.result is HIT and c.member in present]
    no = _no(lambda: require_hits_judged(case))
    says = "比对没有发现记录。" if not hits else f"比对有记录{len(hits)}项，均已写明意见。"
    if no is not None:
        says = f"比对有记录{len(hits)}项。"
    return Item("hits", "比对有记录的查明", says, BY_A_PERSON, no.message if no else None)


def _visited(case: Case, setting: Setting, first_review: Why | None) -> Item:
    term = setting.policy.verification.visit
    made = visits_made(case)
    told = _told(first_review, "入户走访")
    if made:
        says = f"入户走访见到家庭成员{len(made)}次，最近一次{in_words(max(v.visited_on for v in made))}。"
        return Item("visited", "入户走访", says, term.basis)
    if told is not None and case.reviews.first_on is not None:
        return Item("visited", "入户走访", f"初审时填报的走访日期：{_day(told)}。", term.basis)
    return Item("visited", "入户走访", "没有见到家庭成员的走访记录。", term.basis, "请由街道登记入户走访后初审。")


def _publicised(case: Case, setting: Setting) -> Item:
    notice = case.publicity
    if notice is None:
        clause = setting.policy.publicity.length.basis
        return Item("publicity", "公示", "没有张贴公示。", clause, "请由街道张贴公示，期满后上报。")
    term = length_of(notice, setting)
    facts = count_facts(count(setting.calendar, notice.posted_on, term.value, roll=True))
    says = f"第{notice.round}次公示，{in_words(notice.posted_on)}张贴（当日不计），{in_words(notice.ends_on)}24时期满。"
    says += "".join(f"{fact.label}：{fact.value}。" for fact in facts)
    no = _no(lambda: require_over(case, setting))
    return Item("publicity", "公示", says, term.basis, no.message if no else None)


def _objections(case: Case, setting: Setting) -> Item:
    mine = [o for o in case.objections if not o.after_seal]
    waiting = sum(o.status is ObjectionStatus.OPEN for o in mine)
    says = "公示期间没有异议。" if not mine else f"收到异议{len(mine)}件，已处理{len(mine) - waiting}件。"
    no = _no(lambda: require_gate_open(case, setting, always=True))
    return Item(
        "objections", "异议处理", says, setting.policy.publicity.objection_blocks.basis, no.message if no else None
    )


def _reported(case: Case, setting: Setting) -> Item:
    on = case.reviews.reported_on
    says = f"街道于{in_words(on)}上报。" if on else "街道尚未上报。"
    missing = None if on else "请等公示期满并由街道上报。"
    return Item("reported", "街道上报", says, setting.policy.review.report_up.basis, missing)


def _day(told: str) -> str:
    try:
        return in_words(date.fromisoformat(told))
    except ValueError:
        return told


def _told(why: Why | None, label: str) -> str | None:
    return next((fact.value for fact in why.facts if fact.label == label), None) if why is not None else None
