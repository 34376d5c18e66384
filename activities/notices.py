"""Activities of the notices: they ask the notification service to send what is due of an event, and nothing else."""

from collections.abc import Callable
from datetime import time

from temporalio import activity

from activities.signatures import DELIVER_NOTICES, Delivered, DeliveryAsked
from notifications.outbox import NotificationService
from notifications.quiet_hours import QuietHours


class NoticeActivities:
    """The notice lane's hands.  `service_of` gives the notification service that keeps these quiet hours."""

    def __init__(self, service_of: Callable[[QuietHours], NotificationService]) -> None:
        self._service_of = service_of

    # A message under way is never given up in its middle: nobody would know whether the gateway took it.
    @activity.defn(name=DELIVER_NOTICES, no_thread_cancel_exception=True)
    def deliver_notices(self, asked: DeliveryAsked) -> Delivered:
        """Send what may be sent now; say when to come back for the rest."""
        quiet = QuietHours(starts=time(asked.quiet_from_hour), ends=time(asked.quiet_to_hour))
        done = self._service_of(quiet).deliver(asked.case_id, asked.seq, asked.now)
        return Delivered(retry_at=done.retry_at)
