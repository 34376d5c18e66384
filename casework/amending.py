"""Judging a household anew after it changed (变更后重新判断): what a change means before the seal and after (A39, A40).

Before the seal the gates speak; after it nothing happens by itself but a proposal on the right ground, decided by the
county.  How facts change is in `amendments.py`.
"""

from dataclasses import dataclass, field
from datetime import date

from casework import publicity, refusal_counts
from casework.application import beyond_special, reassess
from casework.case import Case
from casework.case_facts import Standing
from casework.eligibility import Outcome, working
from casework.exits import follow, open_proposal, reason_words
from casework.explanation import Fact, Why
from casework.grounds import unknown_age
from casework.household import Hukou, Member, WorkStatus
from casework.review_reset import back_to_review
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, State
from casework.step import BEFORE_SEAL, HELPED
from casework.times import in_words

CHANGED = "内部规定：家庭情况变更自生效之日起重新判断（A39、A40）"


@dataclass(frozen=True, slots=True)
class Change:
    """A change to be judged: whose, since when, in which words; `by` is the hand that told it, None a deadline."""

    amendment_id: str
    member: str
    since: date
    says: str
    by: str | None
    facts: tuple[Fact, ...] = field(default=())


def judged_again(before: Case, case: Case, change: Change, setting: Setting) -> Ruling:
    """Judge the household of `case`, which was that of `before`, and say what follows from the change."""
    standing, why = reassess(case, setting)
    standing = _with_decision(before, case, standing)
    case = case.model_copy(update={"standing": standing})
    if case.state in BEFORE_SEAL:
        case, then = _before_seal(before, case, setting)
    else:
        case, then = _after_seal(before, case, change, setting)
    joined, left = _sets(before, case)
    names = "、".join(case.member_words(m) for m in standing.base) or "无"
    counted = "、".join(case.member_words(m) for m in standing.counted) or "无"
    facts = (*change.facts, Fact(label="计入家庭的成员", value=counted), Fact(label="需援助成员", value=names))
    text = f"{change.says}{_moved(before, case, joined, left)}{then}"
    gone = tuple(m for m in left) + (() if case.household.member(change.member) else (change.member,))
    open_dates = tuple(c.about for c in before.clocks if c.kind == "member_date" and c.about)
    return Ruling(
        case,
        Why(rule="household.changed", says=text, facts=facts, clause=f"{CHANGED}；{why.clause}"),
        about=change.amendment_id,
        each={
            "register_unemployed": _to_register(case, joined),
            "update_plan": joined if case.plan_signed_on else (),
            "closes:register_unemployed": _no_longer_to_register(case, gone),
            "closes:issue_warning": gone,
            "closes:update_plan": gone,
            "stops:member_date": open_dates,
        },
    )


def _sets(before: Case, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = before.standing.base, case.standing.base
    return tuple(m for m in new if m not in old), tuple(m for m in old if m not in new)


def _moved(before: Case, case: Case, joined: tuple[str, ...], left: tuple[str, ...]) -> str:
    says = "".join(f"{case.member_words(m)}计入需援助成员。" for m in joined)
    return says + "".join(f"{before.member_words(m)}不再计入需援助成员。" for m in left)


def _to_register(case: Case, joined: tuple[str, ...]) -> tuple[str, ...]:
    """Name the base members who joined, or were found unregistered, and are to be registered (A14)."""
    if case.state in BEFORE_SEAL:
        return ()
    members = (case.household.member(m) for m in joined)
    return tuple(m.member_id for m in members if m and m.status is WorkStatus.UNREGISTERED_UNEMPLOYED)


def _no_longer_to_register(case: Case, gone: tuple[str, ...]) -> tuple[str, ...]:
    """Registration has become pointless for whoever left, or is no longer unemployed without registration."""
    asked = [t.about for t in case.tasks_of("register_unemployed") if t.about]
    others = [case.household.member(m) for m in asked]
    done = tuple(m.member_id for m in others if m and m.status is not WorkStatus.UNREGISTERED_UNEMPLOYED)
    return (*gone, *done)


def _with_decision(before: Case, case: Case, standing: Standing) -> Standing:
    """The county's written decision covers the special situation it looked at, not one that came later (J3)."""
    if standing.special_decision is None or standing.outcome != Outcome.SPECIAL_REVIEW:
        return standing
    new = _special(case, standing) - _special(before, before.standing)
    return standing.model_copy(update={"special_decision": None}) if new else standing


def _special(case: Case, standing: Standing) -> set[tuple[str, str]]:
    members = [m for m in case.household.members if m.member_id in standing.counted]
    rural = {(m.member_id, "rural") for m in members if m.hukou is not Hukou.URBAN}
    return rural | {(m.member_id, "track") for m in members if unknown_age(case, m.member_id, standing.judged_on)}


def _before_seal(before: Case, case: Case, setting: Setting) -> tuple[Case, str]:
    """Say what the gates will say; what the public was shown no longer holds when members or outcome changed (A9)."""
    if case.monitored:
        return case, ""
    standing = case.standing
    special = standing.outcome == Outcome.SPECIAL_REVIEW and standing.special_decision is None
    fits = standing.outcome == Outcome.ELIGIBLE
    if standing.outcome == Outcome.SPECIAL_REVIEW and standing.special_decision:
        fits = beyond_special(case, setting).outcome is Outcome.ELIGIBLE
    says = "本户属特殊情形，须由县级书面决定。" if special else ""
    if not fits and not special:
        says = f"按现有情况不符合认定条件（{beyond_special(case, setting).why.says}），初审、复核和认定不能通过。"
    if case.state is State.APPLIED or not material(before, case):
        return case, says
    reviewed = case.reviews.first_on is not None
    if case.state is State.IN_PUBLICITY and fits:
        return publicity.restart(case, setting.today), says + "公示所依据的情况已变，原公示不算，须重新张贴、足额公示。"
    if reviewed:
        return back_to_review(case, setting), says + "退回初审，重新核实。"
    return case, says


def material(before: Case, case: Case) -> bool:
    """Say whether what was reviewed and shown no longer holds: other members count, or another outcome."""
    old, new = before.standing, case.standing
    return (set(old.counted), old.outcome) != (set(new.counted), new.outcome) or (
        old.special_decision is not None and new.special_decision is None
    )


def _after_seal(before: Case, case: Case, change: Change, setting: Setting) -> tuple[Case, str]:
    """Withdraw a proposal whose ground has gone, or propose an exit on the ground that the change gives."""
    proposal = case.exit_proposal
    if case.exit_decided is not None:
        case, said, _ = follow(case, setting)
        if case.exit_decided is not None:
            return case, "退出已由县级决定，尚未生效。"
        case, proposed = _proposed(case, change, setting)
        return case, said + proposed
    if proposal is not None:
        if not _stands(case, proposal.reason, setting):
            case = case.model_copy(update={"exit_proposal": None})
            return case, f"“{reason_words(proposal.reason, setting.policy)}”已不成立，退出建议自动撤销。"
        return case, "已有退出建议待县级决定。"
    return _proposed(case, change, setting)


def _proposed(case: Case, change: Change, setting: Setting) -> tuple[Case, str]:
    """Propose an exit on the ground that the change gives, if it gives one."""
    reason = _ground(case, change, setting)
    if reason is None or not known_here(reason, setting):
        return case, ""
    case = open_proposal(case, reason, setting, about=None, by=change.by)
    return case, f"提出退出建议：{reason_words(reason, setting.policy)}，由县级决定。"


def known_here(reason: ExitReason, setting: Setting) -> bool:
    """Say whether the locality knows a ground; one it does not list stands on its own words for other grounds."""
    return bool(getattr(setting.policy.grounds, reason.value, setting.policy.grounds.other).value)


def _stands(case: Case, reason: ExitReason, setting: Setting) -> bool:
    if reason is ExitReason.NO_BASE_MEMBER:
        return not case.standing.base
    if reason is ExitReason.DECEASED:
        return nobody_left(case)
    return reason is not ExitReason.REFUSED_REFERRALS or bool(refusal_counts.reached_by(case, setting))


def nobody_left(case: Case) -> bool:
    """Say whether the last member has died."""
    return all(m.left_on is not None for m in case.household.members)


def _ground(case: Case, change: Change, setting: Setting) -> ExitReason | None:
    """Return the ground that the change gives: nobody left, found at work or earning, no base member left."""
    if nobody_left(case):
        return ExitReason.DECEASED
    member = case.household.member(change.member)
    found = _found(case, member, setting) if member else None
    certified = case.reviews.certified_on
    if found and certified and change.since < certified:
        return ExitReason.FALSE_REPORT
    if found and case.state in HELPED:
        return found
    unknown = any(unknown_age(case, m, setting.today) for m in case.standing.counted)
    return None if case.standing.base or unknown else ExitReason.NO_BASE_MEMBER


def _found(case: Case, member: Member, setting: Setting) -> ExitReason | None:
    """Return what was found of a member that a zero-employment household does not have: work, or other income."""
    terms = setting.policy.eligibility
    placed = any(e.member == member.member_id for e in case.active_employments)
    if member.member_id in case.standing.base and working(member, terms) and not placed:
        return ExitReason.OTHER
    earns = member.business_income_fen > 0 or member.investment_income_fen > 0
    if earns and member.member_id in case.standing.counted and terms.income_test.value != "none":
        return ExitReason.INCOME_FOUND
    return None


def since(day: date, setting: Setting) -> str:
    """Say since when: 自今日起, or the day."""
    return "自今日起" if day == setting.today else f"自{in_words(day)}起"
