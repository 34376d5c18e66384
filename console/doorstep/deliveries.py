"""The three deliveries (三送): 送政策、送岗位、送服务, as visits recorded them (N9).  Pure."""

from dataclasses import dataclass
from datetime import date

from casework.case import Case

DELIVERIES = (("policies", "送政策"), ("posts", "送岗位"), ("services", "送服务"))
"""The field of a visit → how people call it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One of the three: when it was last made, None while it was not."""

    name: str
    words: str
    last: date | None


def deliveries_of(case: Case) -> tuple[Delivery, ...]:
    """Return the three with the day each was last made."""
    return tuple(
        Delivery(name, called, max((v.visited_on for v in case.visits if getattr(v, name)), default=None))
        for name, called in DELIVERIES
    )


def missing_deliveries(case: Case) -> tuple[str, ...]:
    """Return the words of those that no visit has brought yet."""
    return tuple(delivery.words for delivery in deliveries_of(case) if delivery.last is None)
