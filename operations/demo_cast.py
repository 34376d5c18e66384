"""Which household of the sheet goes which way (角色分配): decided by the seed, the same every time.

Special lives are given out first, in the order in which a small demo needs them; everybody else finds work.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from casework.eligibility import assess
from casework.household import WorkStatus
from casework.times import local_date
from operations import demo_lives as lives
from operations.demo_acts import END, Act, Family, in_order
from policies.schema import Policy
from register.survey import SurveyHousehold

Fits = Callable[[Family], bool]


def _any(_: Family) -> bool:
    return True


def _alone(family: Family) -> bool:
    return len(family.base) == 1


def _two(family: Family) -> bool:
    return len(family.base) > 1


SPECIAL: Sequence[tuple[lives.Life, str, Fits]] = (
    (lives.relapses, "就业后失业，恢复认定", _any),
    (lives.refuses, "三次拒绝后退出", _any),
    (lives.missed_by_the_office, "承诺超期", _any),
    (lives.cannot_be_reached, "联系不上后退出", _any),
    (lives.sealed_at_night, "夜间盖章，次日发短信", _any),
    (lives.both_employed, "双就业", _two),
    (lives.refuses_with_late_evidence, "补交证明，退出建议撤销", _any),
    (lives.objection_upheld, "异议成立", _any),
    (lives.posted_again, "重新公示", _any),
    (lives.objection_dismissed, "异议不成立", _any),
    (lives.withdraws, "撤回申请", _any),
    (lives.employed_too_late, "超期后就业", _alone),
    (lives.moves_away, "迁出", _any),
    (lives.refuses, "三次拒绝后退出", _any),
    (lives.cannot_be_reached, "联系不上后退出", _any),
    (lives.sealed_at_night, "夜间盖章，次日发短信", _any),
    (lives.refuses, "三次拒绝后退出", _any),
    (lives.cannot_be_reached, "联系不上后退出", _any),
)
"""Life, its title, and whom it fits; the first rows come first."""

ORDINARY = "找到工作"


@dataclass(frozen=True, slots=True)
class Part:
    """A household with the life it is given."""

    household: SurveyHousehold
    title: str
    acts: tuple[Act, ...]


def cast(households: Iterable[SurveyHousehold], policy: Policy, seed: int, most: int | None) -> tuple[Part, ...]:
    """Return the parts of the eligible households, or of the first `most` that fit, in the order of the sheet."""
    eligible = tuple(households)
    order = {each.number: place for place, each in enumerate(eligible)}
    waiting = sorted(eligible, key=lambda each: Random(f"{seed}/order/{each.number}").random())
    parts = []
    for life, title, fits in SPECIAL[:most]:
        chosen = next((each for each in waiting if fits(family_of(each, policy, seed))), None)
        if chosen is not None:
            waiting.remove(chosen)
            parts.append(_part(chosen, title, life, policy, seed))
    rest = waiting if most is None else waiting[: most - len(parts)]
    parts += [_part(each, ORDINARY, lives.finds_work, policy, seed) for each in rest]
    return tuple(sorted(parts, key=lambda part: order[part.household.number]))


def _part(household: SurveyHousehold, title: str, life: lives.Life, policy: Policy, seed: int) -> Part:
    return Part(household, title, in_order(life(family_of(household, policy, seed))))


def family_of(surveyed: SurveyHousehold, policy: Policy, seed: int) -> Family:
    """Return what a life must know; whoever leaves the working age during the demo comes last."""
    base = assess(surveyed.household, policy, surveyed.surveyed_on).base
    lasting = assess(surveyed.household, policy, local_date(END)).base
    members = {m.member_id: m for m in surveyed.household.members}
    unregistered = tuple(m for m in base if members[m].status is WorkStatus.UNREGISTERED_UNEMPLOYED)
    ordered = sorted(base, key=lambda member: member not in lasting)
    return Family(tuple(ordered), unregistered, Random(f"{seed}/{surveyed.number}"))
