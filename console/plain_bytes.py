"""Forms in a character set no browser of ours sends (异常编码), asked of every request before its route.

A form in a character set of its own choosing can be decoded to characters that cannot be written again.  U+0000 is the
edge's business in an address, and left out of what was typed (`forms.py`).
"""

import re

from fastapi import HTTPException
from starlette.requests import Request

UTF_8 = ("", "utf-8", "UTF-8", "utf8")
_CHARSETS = re.compile(r"charset[\s=\"']*([^;\s\"']*)", re.IGNORECASE)
"""Every one that is named, wherever it stands: which of two is meant is the parser's guess."""


async def only_what_browsers_send(request: Request) -> None:
    """Say 415 to a form that is not UTF-8."""
    if any(name not in UTF_8 for name in _CHARSETS.findall(request.headers.get("content-type", ""))):
        raise HTTPException(415)
