"""In whose stead a step is taken (代办): the caller's own, or an absent colleague's for whom it stands in.

What lies in the caller's own right is its own act, unless it says otherwise (the header `Acting-For`); what is only in
the colleague's right (a household whose helper is away, a task the colleague has claimed) is acted on in the
colleague's stead without asking.  The record then names both, and four eyes count both (A30).
"""

from casework.errors import NotYourStep
from casework.states import Actor
from desk.desk import Caller
from records.scope import CaseClock


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
