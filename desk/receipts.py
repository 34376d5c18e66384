"""Delivery receipts at the desk: read, written to the record, and whoever has to be told instead is told.

Called by carriers, not by people; whether the caller knows the path is the API's business.
"""

from datetime import datetime

from desk.desk import Desk, off_loop
from notifications.catalog import NOTICES
from notifications.receipts import DeliveryReceipt, receipts_of
from records.receipts import apply_receipts


async def take_receipts(desk: Desk, gateway: str, body: bytes, now: datetime) -> None:
    """Write a carrier's receipts down; raises `ReceiptsUnreadable` or `RecordUnavailable` (the carrier repeats them).

    A case that cannot be woken now is woken when a worker starts: its message waits in the record.
    """
    receipts = receipts_of(gateway, body)
    for case_id in await off_loop(_written, desk, gateway, receipts, now):
        await desk.cases.look(case_id)


def _written(desk: Desk, gateway: str, receipts: tuple[DeliveryReceipt, ...], now: datetime) -> tuple[str, ...]:
    with desk.record.write() as work:
        return apply_receipts(work, gateway, receipts, title_of, now)


def title_of(name: str) -> str:
    """Return the title of a notice; an earlier release's is called by its name."""
    return NOTICES[name].title if name in NOTICES else name
