"""What a case remembers of its eliminations (消除): each with its job, its days, and its withdrawal if any.

A month's report, once submitted, never changes; what is withdrawn later is a correction row that these days make (A35).
"""

from datetime import date

from casework.household import Facts


class Elimination(Facts):
    """The household counted as eliminated since `on`, by one job, as the county approved on a day."""

    employment: str
    promise: int
    on: date
    approved_on: date
    withdrawn_on: date | None = None

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None
