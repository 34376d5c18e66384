"""In whose stead a step is taken (代办): the caller's own, or an absent colleague's for whom it stands in.

What lies in the caller's own right is its own act, unless it says otherwise (the header `Acting-For`); what is only in
the colleague's right (a household whose helper is away, a task the colleague has claimed) is acted on in the
colleague's stead without asking.  The record then names both, and four eyes count both (A30).
"""

from dataclasses import dataclass
from datetime import datetime

from casework.case import Case
from casework.errors import NotYourStep
from casework.states import Actor
from desk.desk import Caller
from desk.errors import or_not_found
from records import case_files
from records.engine import Reading
from records.responsible import responsible_for
from records.scope import CaseClock


@dataclass(frozen=True, slots=True)
class Standing:
    """Who does the work of a case today (`responsible`: the helper or its substitute), and for whom the caller acts."""

    responsible: str | None
    acting_for: str | None


def standing_in_case(work: Reading, caller: Caller, case: Case, now: datetime) -> Standing:
    """Return how the caller stands to a case it may see."""
    row = or_not_found(case_files.get(work, caller.scope, case.case_id))
    day = caller.as_of or row.clock.day(now)
    responsible = responsible_for(work, row.helper, day) if row.helper else None
    return Standing(responsible, caller.scope.acting_for(row.helper, None, row.clock))


def actor_of(caller: Caller, helper: str | None, claimed_by: str | None, clock: CaseClock) -> Actor:
    """Return who acts in a case, given its helper, who has claimed the task, and the case's clock.

    Raises `NotYourStep` (not_standing_in) when the caller names somebody it does not stand in for.
    """
    wanted = caller.wants_to_act_for
    if wanted == caller.account:
        wanted = None
    if wanted is not None and wanted not in caller.scope.standing_in(clock):
        raise NotYourStep("not_standing_in", "您现在不是这个账号的代办人，不能以其名义办理，请核对请假与代办日期。")
    for_whom = wanted or caller.scope.acting_for(helper, claimed_by, clock)
    return caller.actor.model_copy(update={"acting_for": for_whom})
