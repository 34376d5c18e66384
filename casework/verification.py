"""Rules of verification (线上比对、入户走访): what sources say, what a person makes of a hit, who was met (J5, N9).

Where the locality's policy says "declared" the caseworker's word is enough, as 手工比对; else only what is recorded,
not expired and, where a source found something, judged in writing.  An unavailable source never passes silently.
"""

from datetime import date

from casework.application import reassess
from casework.case import Case
from casework.commands.review import PassFirstReview
from casework.commands.verification import JudgeComparisonHit, RecordComparison, RecordVisit
from casework.conflicts import require_unconcerned
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.review_facts import Comparison, ComparisonOutcome, Source, Visit
from casework.ruling import Ruling, Setting
from casework.step import BEFORE_SEAL
from casework.times import in_words
from casework.working_days import count

BY_A_PERSON = "内部规定：比对有记录的须由工作人员查明并写明意见，不由系统直接认定（J5）"
HIT = ComparisonOutcome.HIT


def record_comparison(case: Case, command: RecordComparison, setting: Setting) -> Ruling:
    """Keep the last result of each source for each member; every hit opens a task for a person."""
    on = command.on or setting.today
    comparisons = {c.key: c for c in case.comparisons}
    told: dict[str, Comparison] = {}
    for row in command.results:
        if case.household.member(row.member) is None:
            raise SaidNo("member_unknown", f"家庭中没有成员{row.member}，请核对成员编号。", field="results")
        if row.valid_until is not None and row.valid_until < on:
            raise SaidNo("expiry_before_comparison", "比对结果的有效期末日不能早于比对日期，请核对。", field="results")
        found = Comparison(
            source=row.source,
            member=row.member,
            result=row.result,
            looked_on=on,
            valid_until=_valid_until(on, row.valid_until, setting),
            reference=row.reference,
        )
        if found.key in told:
            raise SaidNo(
                "comparison_twice",
                f"{row.source.words}对{case.member_words(row.member)}的结果重复，请每个来源每人只填一次。",
                field="results",
            )
        told[found.key] = found
        if found.result is not ComparisonOutcome.UNAVAILABLE or not _counts(comparisons.get(found.key), setting.today):
            comparisons[found.key] = found
    hits = tuple(key for key, found in told.items() if found.result is HIT)
    settled = tuple(key for key, found in told.items() if found.result is ComparisonOutcome.CLEAR)
    away = tuple(key for key, found in told.items() if found.result is ComparisonOutcome.UNAVAILABLE)
    says = f"线上比对{len(told)}项：{len(settled)}项未发现，{len(hits)}项有记录，{len(away)}项来源不可用。"
    says += "有记录的须查明并写明意见。" if hits else ""
    says += "来源不可用不算比对，请稍后再比对。" if away else ""
    facts = tuple(Fact(label=f"{f.source.words}—{case.member_words(f.member)}", value=_told(f)) for f in told.values())
    why = Why(
        rule="verification.compared",
        says=says,
        facts=facts,
        clause=f"{setting.policy.review.compare_online.basis}；{setting.policy.verification.validity.basis}",
    )
    changed = case.model_copy(update={"comparisons": tuple(comparisons.values())})
    return Ruling(changed, why, each={"judge_hit": hits, "closes:judge_hit": settled})


def judge_comparison_hit(case: Case, command: JudgeComparisonHit, setting: Setting) -> Ruling:
    """A person's written finding on what a source has on record."""
    key = f"{command.source.value}-{command.member}"
    found = next((c for c in case.comparisons if c.key == key and c.result is HIT), None)
    if found is None:
        raise SaidNo("hit_unknown", "该来源对该成员没有“有记录”的比对结果，请核对来源和成员编号。", field="source")
    if found.judged_on is not None:
        raise SaidNo("hit_judged", "这项比对已写明意见；情况有变的请重新比对。", field="source")
    judged = found.model_copy(
        update={"judged_on": setting.today, "judged_by": command.by.hand, "affects": command.affects}
    )
    verdict = "影响认定，请更正家庭情况后重新比对，或办理不予通过" if command.affects else "不影响认定"
    why = Why(
        rule="verification.hit_judged",
        says=f"{_name(case, found)}的比对记录已查明：{verdict}，意见已存卷。",
        facts=(Fact(label="比对日期", value=in_words(found.looked_on)),),
        clause=BY_A_PERSON,
    )
    changed = tuple(judged if c.key == key else c for c in case.comparisons)
    return Ruling(case.model_copy(update={"comparisons": changed}), why, about=key)


def record_visit(case: Case, command: RecordVisit, setting: Setting) -> Ruling:
    """Who was met and what was brought; a visit that found nobody stays on record and verifies nothing."""
    if case.state in BEFORE_SEAL:
        require_unconcerned(case, command.by)
    if unknown := [m for m in command.met if case.household.member(m) is None]:
        raise SaidNo("member_unknown", f"家庭中没有成员{unknown[0]}，请核对成员编号。", field="met")
    visit = Visit(
        visit_id=f"W{case.seq + 1}",
        visited_on=command.visited_on,
        met=tuple(dict.fromkeys(command.met)),
        policies=command.policies,
        posts=command.posts,
        services=command.services,
        by=command.by.hand,
    )
    given = (("送政策", visit.policies), ("送岗位", visit.posts), ("送服务", visit.services))
    brought = "、".join(words for words, done in given if done) or "无"
    met = "、".join(case.member_words(m) for m in visit.met)
    says = f"{in_words(visit.visited_on)}入户走访，" + (f"见到{met}。" if met else "没有见到家庭成员，不算完成走访。")
    why = Why(
        rule="verification.visited",
        says=says,
        facts=(Fact(label="见到的成员", value=met or "无"), Fact(label="三送", value=brought)),
        clause=setting.policy.services.helper.basis,
    )
    return Ruling(case.model_copy(update={"visits": (*case.visits, visit)}), why, about=visit.visit_id)


def visits_made(case: Case) -> tuple[Visit, ...]:
    """Return the visits that verify the application: somebody was met, not before the household was discovered."""
    return tuple(v for v in case.visits if v.met and v.visited_on >= case.discovered_on)


def missing_comparisons(case: Case, setting: Setting) -> tuple[str, ...]:
    """Name what a connected comparison still lacks today, source by source and member by member."""
    counted = reassess(case, setting)[0].counted
    have = {c.key: c for c in case.comparisons}
    missing = []
    for source in map(Source, setting.policy.verification.sources.value):
        for member in counted:
            found = have.get(f"{source.value}-{member}")
            if not _counts(found, setting.today):
                state = "未比对" if found is None else "来源不可用"
                if found is not None and found.result is not ComparisonOutcome.UNAVAILABLE:
                    state = f"已于{in_words(found.valid_until)}过期"
                missing.append(f"{source.words}—{case.member_words(member)}（{state}）")
    return tuple(missing)


def require_hits_judged(case: Case) -> None:
    """Say no while something a source found waits for a person, or stands against the application."""
    present = {m.member_id for m in case.household.members if m.left_on is None}
    hits = [c for c in case.comparisons if c.result is HIT and c.member in present]
    if waiting := [c for c in hits if c.judged_on is None]:
        names = "、".join(_name(case, c) for c in waiting)
        raise SaidNo(
            "hit_unjudged", f"{names}比对有记录，请先查明并写明意见。", field="comparisons", clause=BY_A_PERSON
        )
    if against := [c for c in hits if c.affects]:
        names = "、".join(_name(case, c) for c in against)
        raise SaidNo(
            "hit_affects",
            f"{names}的比对记录经查明影响认定，请更正家庭情况后重新比对，或办理不予通过。",
            field="comparisons",
            clause=BY_A_PERSON,
        )


def require_verified(case: Case, command: PassFirstReview, setting: Setting) -> tuple[Fact, ...]:
    """Return what first review stands on, or say which comparison or visit is missing (J5)."""
    require_hits_judged(case)
    return (_compared(case, command, setting), _visited(case, command, setting))


def _compared(case: Case, command: PassFirstReview, setting: Setting) -> Fact:
    compare, terms = setting.policy.review.compare_online, setting.policy.verification
    if terms.comparison.value == "connected":
        if missing := missing_comparisons(case, setting):
            raise SaidNo(
                "comparison_incomplete",
                f"线上比对不全：{'、'.join(missing)}。请联网比对，或登记比对结果。",
                field="comparisons",
                clause=terms.comparison.basis,
            )
        return Fact(label="线上比对", value="联网比对，各项结果均在有效期内")
    if compare.value and not command.compared_online:
        raise SaidNo(
            "online_comparison_missing",
            "尚未完成线上比对，请先比对户籍、社保、工商、税务信息，再填“已完成线上比对”。",
            field="compared_online",
            clause=compare.basis,
        )
    return Fact(label="线上比对", value="手工比对" if command.compared_online else "办法不要求")


def _visited(case: Case, command: PassFirstReview, setting: Setting) -> Fact:
    term = setting.policy.verification.visit
    if term.value == "declared":
        return Fact(label="入户走访", value=command.visited_on.isoformat())
    made = visits_made(case)
    if not made:
        raise SaidNo(
            "visit_missing",
            "尚未登记见到家庭成员的入户走访，请先登记入户走访。",
            field="visits",
            clause=term.basis,
        )
    return Fact(label="入户走访", value=max(v.visited_on for v in made).isoformat())


def _counts(found: Comparison | None, today: date) -> bool:
    return found is not None and found.result is not ComparisonOutcome.UNAVAILABLE and found.valid_until >= today


def _valid_until(on: date, given: date | None, setting: Setting) -> date:
    """The source's own last day, but never later than the locality's."""
    last = count(setting.calendar, on, setting.policy.verification.validity.value, roll=False).ends
    return min(given or last, last)


def _name(case: Case, found: Comparison) -> str:
    return f"{found.source.words}—{case.member_words(found.member)}"


def _told(found: Comparison) -> str:
    if found.result is ComparisonOutcome.UNAVAILABLE:
        return found.result.words
    return f"{found.result.words}，有效至{in_words(found.valid_until)}"
