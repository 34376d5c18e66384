"""Activities of the notices: they ask the notification service to send what is due of an event, and nothing else."""

from temporalio import activity

from activities.signatures import DELIVER_NOTICES, Delivered, DeliveryAsked
from notifications.outbox import NotificationService


class NoticeActivities:
    """The notice lane's hands."""

    def __init__(self, service: NotificationService) -> None:
        self._service = service

    @activity.defn(name=DELIVER_NOTICES)
    def deliver_notices(self, asked: DeliveryAsked) -> Delivered:
        """Send what may be sent now; say when to come back for the rest."""
        done = self._service.deliver(asked.case_id, asked.seq, asked.now)
        return Delivered(retry_at=done.retry_at)
