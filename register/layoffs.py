"""Layoff lists (裁员名单) against known households: who will have nobody at work, and when (N14, scenario 95).

Pure.  People are opaque keys that the caller made; nothing here tells who somebody is.  A red alert leads to an early
case (`open_monitoring`, cause layoff), which follows the household and certifies nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from casework.eligibility import assess, working
from casework.explanation import Fact, Why, called
from casework.household import Facts, Household
from casework.times import in_words
from policies.schema import Policy

BASIS = "N14；内部规定：裁员名单涉及家庭全部就业成员的为红色预警，涉及部分的为黄色预警"


class Layoff(Facts):
    """One line of a list: a person leaves work on a day (the last day at work is the day before)."""

    person: str
    leaves_on: date


class KnownHousehold(Facts):
    """A household of the register, with the person behind each member id."""

    household_id: str
    household: Household
    people: Mapping[str, str]


class Alert(Facts):
    """Red: from `alert_on` nobody works.  Yellow: some leave, somebody still works from `alert_on` on."""

    level: Literal["red", "yellow"]
    household_id: str
    alert_on: date
    members: tuple[str, ...]
    why: Why


def alerts(
    layoffs: Iterable[Layoff], households: Iterable[KnownHousehold], policy: Policy, on: date
) -> tuple[Alert, ...]:
    """Return the alerts of all lists together, the red ones first, then by day; a person listed twice leaves once."""
    leaves: dict[str, date] = {}
    for line in layoffs:
        leaves[line.person] = min(line.leaves_on, leaves.get(line.person, line.leaves_on))
    found = (_alert(known, leaves, policy, on) for known in households)
    return tuple(sorted((a for a in found if a), key=lambda a: (a.level != "red", a.alert_on, a.household_id)))


def _alert(known: KnownHousehold, leaves: Mapping[str, date], policy: Policy, on: date) -> Alert | None:
    """Judge one household: its earners are the base members at work, as the rules count them on this day."""
    household = known.household
    base = assess(household, policy, on).base
    earners = [m for m in household.members if m.member_id in base and working(m, policy.eligibility)]
    person = {m.member_id: known.people.get(m.member_id, "") for m in earners}
    listed = {member: leaves[key] for member, key in person.items() if key in leaves}
    if not listed:
        return None
    red = len(listed) == len(earners)
    day = max(listed.values()) if red else min(listed.values())
    names = "、".join(called(m) for m in earners if m.member_id in listed)
    then = "家中将无人就业，提前建档，不作认定" if red else "家中另有成员在岗"
    return Alert(
        level="red" if red else "yellow",
        household_id=known.household_id,
        alert_on=day,
        members=tuple(listed),
        why=Why(
            rule=f"layoffs.{'red' if red else 'yellow'}",
            says=f"裁员名单涉及{names}，{in_words(day)}起{then}。",
            facts=tuple(
                Fact(label=called(m), value=in_words(listed[m.member_id])) for m in earners if m.member_id in listed
            ),
            clause=BASIS,
        ),
    )
