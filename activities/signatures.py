"""What a workflow may ask of the services: names and shapes only, so that workflows never import a service."""

from datetime import date, datetime

from casework.events import CaseEvent
from casework.household import Facts
from policies.calendar_model import WorkCalendar
from policies.schema import Policy

RECORD_EVENT = "record_event"
"""(CaseEvent) → Recorded.  Writes the event with everything that goes with it, once per (case, seq)."""

LOOK_AT_RECORD = "look_at_record"
"""(LastKnown) → Recorded.  Says whether the record holds events that the engine does not know."""

DELIVER_NOTICES = "deliver_notices"
"""(DeliveryAsked) → Delivered.  Sends what is due of an event's messages, each at most once."""


CLOCK_REFUSED = "drill_clock_refused"
"""A case with a moved clock on a worker that plays no drills."""

REGISTRATION_EXPIRED = "registration_expired"
"""A case whose people were freed before its first event came."""

REFUSED_FOR_EVER = (CLOCK_REFUSED, REGISTRATION_EXPIRED)
"""The codes of the failures that no retry mends: such a case may never be opened."""


class Recorded(Facts):
    """What the record holds after it was asked to write an event.

    `seq` is the number of this command's event, None when another command has its number.  `last` is the record's last
    event where that is not, word for word, the one it was asked to write; `undelivered` are then the events whose
    messages are still open.  `policy` and `calendar` are those that the case after `last` lives by, as far as known.
    """

    seq: int | None
    last: CaseEvent | None = None
    policy: Policy | None = None
    calendar: WorkCalendar | None = None
    undelivered: tuple[int, ...] = ()


class LastKnown(Facts):
    """The last event of a case that the engine knows to be on record."""

    case_id: str
    seq: int


class NoticeWork(Facts):
    """The messages of one event, not to be tried before an instant of business time (UTC)."""

    case_id: str
    seq: int
    not_before: datetime


class DeliveryAsked(Facts):
    """Deliver the messages of this event; `now` is business time, the quiet hours are the policy's."""

    case_id: str
    seq: int
    now: datetime
    quiet_from_hour: int
    quiet_to_hour: int


class Delivered(Facts):
    """When to try again (business time), or None when nothing is left to do."""

    retry_at: datetime | None = None


RUN_DAILY_JOBS = "run_daily_jobs"
"""(DayAsked) → None.  Does what the register does every day, each job once for a day."""


class DayAsked(Facts):
    """The legal day a round is for; it may run later, when the machine was off."""

    day: date
