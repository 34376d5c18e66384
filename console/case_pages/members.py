"""The household on the page of its case (家庭成员): masked, who counts and why, and what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.amendments import CAUSE_WORDS, FIELD_WORDS
from casework.case import Case
from casework.eligibility import assess
from casework.errors import CaseworkError
from casework.explanation import called
from casework.household import Member
from casework.times import in_words
from console.case_pages.said import AMENDMENTS, People
from policies.schema import Policy


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One member: `counts` and `base` say how the rules judged, `why` their reasons."""

    member_id: str
    name: str
    relation: str
    status: str
    counts: str
    tone: str
    why: tuple[str, ...]
    left: str


@dataclass(frozen=True, slots=True)
class HouseholdShown:
    """The members as they stand, those who left, the changes, and how the household as a whole was judged."""

    members: tuple[MemberShown, ...]
    gone: tuple[str, ...]
    changes: tuple[str, ...]
    judged: str
    clause: str
    earlier: tuple[tuple[str, str], ...]


def household_of(case: Case, policy: Policy, people: People) -> HouseholdShown:
    reasons, judged, clause = _reasons(case, policy)
    present = {member.member_id for member in case.household.members}
    return HouseholdShown(
        members=tuple(_member(m, case, reasons.get(m.member_id, ()), people) for m in case.household.members),
        gone=tuple(f"{name}（{member}）" for member, name in people.names.items() if member not in present),
        changes=tuple(_change(a, people) for a in reversed(case.amendments)),
        judged=judged,
        clause=clause,
        earlier=tuple(
            (
                earlier.case_id,
                f"{people.members(earlier.members)}：{in_words(earlier.exit_on)}退出，{earlier.exit_reason.words}",
            )
            for earlier in case.earlier_cases
        ),
    )


def _reasons(case: Case, policy: Policy) -> tuple[Mapping[str, tuple[str, ...]], str, str]:
    """Judge again as on the day of the last judgement, for the words of its reasons."""
    decided = {each.member: each.counts for each in case.standing.decided}
    try:
        found = assess(case.household, policy, case.standing.judged_on, decided=decided)
    except CaseworkError:
        return {}, "", ""
    named = {member.member_id: called(member) for member in case.household.members}
    told: dict[str, tuple[str, ...]] = {}
    for each in (*found.counted_why, *found.not_counted_why, *found.base_why, *found.not_base_why):
        says = each.why.says.removeprefix(named[each.member_id])
        told[each.member_id] = (*told.get(each.member_id, ()), f"{says}。")
    if case.reviews.certified_on is not None:
        return told, _recognised(case, policy), ""
    special = case.standing.special_decision
    heard = "" if special is None else "；县级已书面决定予以认定" if special else "；县级已书面决定不予认定"
    says = f"{found.why.says}（{in_words(case.standing.judged_on)}判断）{heard}。"
    return told, says, f"依据：{found.why.clause}"


def _recognised(case: Case, policy: Policy) -> str:
    """Say what was recognised: jobs and incomes since then do not undo it, so today's facts are not judged again."""
    counted, base, on = len(case.standing.counted), len(case.standing.base), case.reviews.certified_on
    word = policy.terms.household.value
    return f"{in_words(on)}认定为{word}；计入家庭{counted}人，需援助{base}人。" if on else ""


def _member(member: Member, case: Case, why: tuple[str, ...], people: People) -> MemberShown:
    counted, base = member.member_id in case.standing.counted, member.member_id in case.standing.base
    words = "需援助成员" if base else "计入家庭" if counted else "不计入家庭"
    return MemberShown(
        member_id=member.member_id,
        name=people.names.get(member.member_id, ""),
        relation=member.relation.value,
        status=member.status.value,
        counts=words,
        tone="good" if base else "info" if counted else "calm",
        why=why,
        left=f"已于{in_words(member.left_on)}去世" if member.left_on else "",
    )


def _change(change: Any, people: People) -> str:
    told = "；".join(f"{_field(c.field)}由{_value(c.field, c.was)}改为{_value(c.field, c.now)}" for c in change.changes)
    cause = CAUSE_WORDS.get(change.cause, change.cause)
    what = f"{AMENDMENTS[change.kind]}：{people.member(change.member)}" + (f"，{cause}" if cause else "")
    waits = "（到该日生效）" if change.pending else ""
    by = people.account(change.recorded_by)
    return f"{in_words(change.effective_on)}{waits} {what}" + (f"，{told}" if told else "") + f"。{by}登记。"


def _field(name: str) -> str:
    return FIELD_WORDS.get(name, name)


def _value(name: str, value: object) -> str:
    if value is None:
        return "未填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if name.endswith("_fen") and isinstance(value, int):
        return f"{value / 100:g}元"
    return str(value)
