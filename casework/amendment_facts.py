"""What a case remembers of a change in the household (家庭情况变更): the facts before and after, since when, by whom.

The rules are in `casework/amendments.py`; the household itself always shows what holds now.
"""

from datetime import date
from typing import Literal

from casework.household import Facts

Scalar = bool | int | str | None


class Changed(Facts):
    """One fact of one member before and after, as JSON writes it."""

    field: str
    was: Scalar
    now: Scalar


class Amendment(Facts):
    """One change.  `pending`: it takes effect on a later day, until then the household stays as it was."""

    amendment_id: str
    kind: Literal["amended", "added", "removed"]
    member: str
    cause: str = ""
    effective_on: date
    recorded_on: date
    recorded_by: str
    changes: tuple[Changed, ...] = ()
    pending: bool = False
