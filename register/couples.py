"""Couples of whom one is out of work and one at work (夫妻一方失业、一方就业): the early list of N14.  Pure.

A fact of the sheet, not a decision: nobody is certified by it; when the second is laid off too, the alert is red.
"""

from casework.household import Household, Relation, WorkStatus

OUT_OF_WORK = frozenset({WorkStatus.REGISTERED_UNEMPLOYED, WorkStatus.UNREGISTERED_UNEMPLOYED})
AT_WORK = frozenset({WorkStatus.EMPLOYED_BY_UNIT, WorkStatus.SELF_EMPLOYED, WorkStatus.FLEXIBLE})

COUPLES = (
    (Relation.APPLICANT, Relation.SPOUSE),
    (Relation.FATHER, Relation.MOTHER),
)
"""Who is married to whom, as far as a sheet tells it for sure."""


def one_at_work(household: Household) -> bool:
    """Say whether in some couple of the household exactly one works and the other is out of work."""
    status = {m.relation: m.status for m in household.members if m.left_on is None}
    for one, other in COUPLES:
        pair = (status.get(one), status.get(other))
        if any(a in OUT_OF_WORK and b in AT_WORK for a, b in (pair, pair[::-1])):
            return True
    return False
