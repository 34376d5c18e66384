"""Where carriers deliver receipts (短信回执): a path nobody can guess, and nothing that tells whether a guess was near.

Receipts carry no signature, so they only say how far a message is.  A wrong path is 404 whatever is sent to it.
"""

from secrets import compare_digest
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.asking import Now, OurDesk
from api.errors import said_by_status
from desk.receipts import take_receipts
from notifications.receipts import answer_to

router = APIRouter(tags=["短信回执"])


@router.post("/receipts/{gateway}/{token}", include_in_schema=False, response_model=None)
async def receipts(
    gateway: Literal["aliyun", "tencent"] | str, token: str, request: Request, desk: OurDesk, now: Now
) -> JSONResponse | dict[str, Any]:
    """Take a carrier's receipts; answered as that carrier expects."""
    expected: str = request.app.state.receipt_token
    known = compare_digest(token.encode(), expected.encode()) and bool(expected)
    if not known or gateway not in ("aliyun", "tencent"):
        return said_by_status(404)
    await take_receipts(desk, gateway, await request.body(), now)
    return answer_to(gateway)
