"""An absence in a drill (演练中的请假): who is away from when to when and who stands in, and what that makes of a step.

On the server absences are entered over HTTP; here is what a file may write, and the pure backend's own small list.
"""

from dataclasses import dataclass, replace
from datetime import date

from casework.states import Actor
from casework.times import local_date
from operations.drill_file import Drill, DrillFileWrong, DrillStep


@dataclass(frozen=True, slots=True)
class Away:
    """One absence, both days included."""

    account: str
    substitute: str
    first: date
    last: date


def away_of(step: DrillStep, drill: Drill) -> Away:
    """Return the absence a step writes, or raise `DrillFileWrong`."""
    assert step.by is not None
    substitute, first, last = (step.fields.get(name) for name in ("substitute", "first", "last"))
    role = drill.staff.get(substitute) if isinstance(substitute, str) else None
    if role is not step.by.role or substitute == step.by.account:
        raise DrillFileWrong(f"第{step.number}步：substitute 须为与 {step.by.account} 同一角色的另一名工作人员。")
    if type(first) is not date or type(last) is not date or last < first:
        raise DrillFileWrong(f"第{step.number}步：first、last 须写日期，如 first = 2026-10-12，last 不早于 first。")
    return Away(step.by.account, str(substitute), first, last)


def in_charge(account: str | None, on: date, absences: tuple[Away, ...]) -> str | None:
    """Return who does an account's work on a day: itself, or the end of its substitutes; a circle leads back."""
    way = [account]
    while (found := next((a for a in absences if a.account == way[-1] and a.first <= on <= a.last), None)) is not None:
        if found.substitute in way:
            return account
        way.append(found.substitute)
    return way[-1]


def in_stead(step: DrillStep, helper: str | None, absences: tuple[Away, ...]) -> DrillStep:
    """Return the step as the helper's substitute takes it: in the helper's name (甲 代 乙)."""
    if step.by is None or helper in (None, step.by.account):
        return step
    if in_charge(helper, local_date(step.at), absences) != step.by.account:
        return step
    return replace(step, by=Actor(account=step.by.account, role=step.by.role, acting_for=helper))
