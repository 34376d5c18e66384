"""What a case remembers of verification, supplements, decided members and conflicts of interest (审核阶段的事实).

Accounts stand here as `Actor.hand` or as typed; texts are ids; people are member ids.
"""

from datetime import date

from casework.household import Facts


class Conflict(Facts):
    """A member of staff who must keep away from this case's judgements (回避), until a supervisor lifts it."""

    account: str
    declared_on: date
    declared_by: str
    lifted_on: date | None = None
