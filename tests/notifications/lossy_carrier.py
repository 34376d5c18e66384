"""A carrier that can be away, refuse, or take a message and never answer; and the workflow's part in the retries."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from notifications.gateways.failover import Gateways
from notifications.gateways.port import (
    Absent,
    Accepted,
    Found,
    LookupOutcome,
    OutgoingSms,
    SendOutcome,
    SmsGateway,
    Unknown,
)
from notifications.outbox import Delivery, NotificationService
from notifications.outbox_port import Outbox
from tests.notifications.outbox_contract import CASE


class Carrier:
    """A gateway as carriers are: no idempotency, so a second send is a second message on the phone."""

    certain_after = timedelta(minutes=10)

    def __init__(self) -> None:
        self.phones: list[OutgoingSms] = []
        self.sends = 0
        self.lookups = 0
        self.answer: Callable[[OutgoingSms], SendOutcome | None] = lambda _: None
        self.lookup_answer: LookupOutcome | None = None

    def send(self, message: OutgoingSms) -> SendOutcome:
        self.sends += 1
        special = self.answer(message)
        if special is not None:
            return special
        self.phones.append(message)
        return Accepted(f"biz-{len(self.phones)}")

    def lookup(self, message: OutgoingSms) -> LookupOutcome:
        self.lookups += 1
        if self.lookup_answer is not None:
            return self.lookup_answer
        return Found("biz", None) if any(m.key == message.key for m in self.phones) else Absent()

    def accept_and_time_out(self, message: OutgoingSms) -> SendOutcome:
        self.phones.append(message)
        return Unknown("ReadTimeout")


def a_service(outbox: Outbox, gateway: Gateways | SmsGateway) -> NotificationService:
    numbers = itertools.count(1)
    return NotificationService(outbox, gateway, new_attempt_id=lambda: f"attempt-{id(numbers)}-{next(numbers)}")


def play_until_done(service: NotificationService, seq: int, now: datetime) -> tuple[list[Delivery], datetime]:
    """Call `deliver` each time it asks to come back, as the workflow's timer does."""
    deliveries = []
    while True:
        deliveries.append(service.deliver(CASE, seq, now))
        retry_at = deliveries[-1].retry_at
        if retry_at is None:
            return deliveries, now
        assert retry_at > now
        now = retry_at
