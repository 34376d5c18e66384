"""Delivery receipts (短信回执) as the carriers push them, read into one shape.  Pure: bytes come in.

Receipts are not signed, so they may say nothing but how far a message is; which message, the record decides.  What
cannot be read is left out: a carrier repeats a batch that is refused, and one bad row must not hold up the others.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.errors import CaseworkError

LONGEST_CODE = 80
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class DeliveryReceipt:
    """One receipt: our key where the carrier echoes it, its own id, and whether the phone has the message."""

    key: str
    gateway_id: str
    delivered: bool
    code: str


class ReceiptsUnreadable(CaseworkError):
    """The body is no list of receipts."""


def receipts_of(gateway: str, body: bytes) -> tuple[DeliveryReceipt, ...]:
    """Return the receipts in a carrier's request; raises `ReceiptsUnreadable` (code `receipts_unreadable`)."""
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise ReceiptsUnreadable("receipts_unreadable", "回执不是 JSON 数组，请核对回执格式。")
    read = (READERS[gateway](row) for row in rows[:MOST_ROWS] if isinstance(row, dict))
    return tuple(receipt for receipt in read if receipt is not None)


def answer_to(gateway: str) -> dict[str, object]:
    """Return what the carrier takes for "received"."""
    return dict(ANSWERS[gateway])


def _aliyun(row: dict[str, Any]) -> DeliveryReceipt | None:
    """SmsReport: `success`, `err_code`, `biz_id` (its own) and `out_id` (ours)."""
    success, key, own = row.get("success"), _text(row.get("out_id")), _text(row.get("biz_id"))
    if not isinstance(success, bool) or not (key or own):
        return None
    return DeliveryReceipt(key, own, success, _code(row.get("err_code")))


def _tencent(row: dict[str, Any]) -> DeliveryReceipt | None:
    """Sending status: `report_status`, `errmsg` and `sid` (the SerialNo of the sending answer)."""
    status, own = row.get("report_status"), _text(row.get("sid"))
    if status not in ("SUCCESS", "FAIL") or not own:
        return None
    return DeliveryReceipt("", own, status == "SUCCESS", _code(row.get("errmsg")))


def _text(value: object) -> str:
    """Ids are plain ASCII and as short as our columns."""
    return value if isinstance(value, str) and value.isascii() and len(value) <= 200 else ""


def _code(value: object) -> str:
    """A code is kept in lists and logs, so nothing but a code gets through."""
    return re.sub(r"[^0-9A-Za-z_.:-]", "", value)[:LONGEST_CODE] if isinstance(value, str) else ""


READERS: dict[str, Callable[[dict[str, Any]], DeliveryReceipt | None]] = {"aliyun": _aliyun, "tencent": _tencent}
ANSWERS: dict[str, dict[str, object]] = {
    "aliyun": {"code": 0, "msg": "接收成功"},
    "tencent": {"result": 0, "errmsg": "OK"},
}
