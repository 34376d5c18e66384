"""Who may be given visits (可改派的人), as choices of a form, for whoever is in charge of the round."""

from casework.errors import NotYourStep
from desk.desk import Caller, Desk
from desk.survey_rounds import in_charge_of, may_visit
from records.survey_rounds import Round
from records.survey_visits import Visit

Choices = tuple[tuple[str, str], ...]


def charge_of_round(desk: Desk, caller: Caller, one: Round) -> Choices:
    """Return who may visit in a round; nobody for somebody who is not in charge of it, or when it is over."""
    try:
        in_charge_of(caller, one)
    except NotYourStep:
        return ()
    if one.closed_on is not None:
        return ()
    return tuple(
        (a.account, f"{a.name or a.account}（{a.role.words} {a.account}）") for a in may_visit(desk, one.office)
    )


def charge_of_visit(desk: Desk, caller: Caller, one: Round, visit: Visit) -> Choices:
    """Return to whom a visit may be handed over."""
    if visit.settled:
        return ()
    return tuple(each for each in charge_of_round(desk, caller, one) if each[0] != visit.assignee)
