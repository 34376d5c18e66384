"""The outbox (发件箱) as the notification service needs it; the record implements it, and nothing is stored here.

A message is a row that the record planned in the transaction of its event, under a unique key; its shapes and its life
are in `casework/messages.py`, which both rooms import.

Every method is one short transaction of its own; none is open while a gateway is asked.
"""

from datetime import datetime
from typing import Protocol

from casework.messages import Addressed, MessageState, PlannedMessage, Settlement, message_key

__all__ = ["Addressed", "MessageState", "Outbox", "PlannedMessage", "Settlement", "message_key"]


class Outbox(Protocol):
    """The messages of the record.  What every implementation must hold is `tests/notifications/outbox_contract.py`."""

    def due(self, case_id: str, seq: int) -> list[PlannedMessage]:
        """Return the open messages (planned, sending, doubtful) of one event, in a stable order."""
        ...

    def still_wanted(self, message: PlannedMessage, now: datetime) -> bool:
        """Say whether a notice still makes sense: False for a reminder of a met promise or an exited case."""
        ...

    def address(self, message: PlannedMessage, now: datetime) -> Addressed:
        """Look up recipient, phone, sign and words as they are now (a substitute while the helper is on leave)."""
        ...

    def hand_over(self, message: PlannedMessage, now: datetime) -> bool:
        """Close a planned message to somebody who is away, and plan it for the substitute; False when nobody is."""
        ...

    def claim(self, key: str, attempt_id: str, now: datetime, gateway: str) -> bool:
        """Move planned → sending, with attempt id, time, gateway and one more attempt; False when it is not planned."""
        ...

    def settle(self, key: str, attempt_id: str | None, settlement: Settlement, now: datetime) -> bool:
        """Write it if the row is open and this was its last attempt (None: never claimed); else return False.

        A helper's message that fails for good is planned for the supervisors in the same transaction (A44).
        """
        ...
