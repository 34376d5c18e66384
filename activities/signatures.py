"""What a workflow may ask of the services: names and shapes only, so that workflows never import a service."""

from datetime import datetime

from casework.household import Facts

RECORD_EVENT = "record_event"
"""(CaseEvent) → None.  Writes the event with everything that goes with it, once per (case, seq)."""

DELIVER_NOTICES = "deliver_notices"
"""(NoticeWork) → Delivered.  Sends what is due of an event's messages, each at most once."""


class NoticeWork(Facts):
    """The messages of one event, not to be tried before an instant of business time (UTC)."""

    case_id: str
    seq: int
    not_before: datetime


class DeliveryAsked(Facts):
    """Deliver the messages of this event; `now` is business time."""

    case_id: str
    seq: int
    now: datetime


class Delivered(Facts):
    """When to try again (business time), or None when nothing is left to do."""

    retry_at: datetime | None = None
