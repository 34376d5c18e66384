"""Bytes that no browser of a person sends (异常字节), asked of every request before its route.

PostgreSQL takes no NUL in a text, and a form in a character set of its own choosing can be decoded to characters that
cannot be written again.  A NUL in what was typed is left out (`forms.py`): nobody typed it.
"""

import re

from fastapi import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

NUL = "\0"
UNREADABLE = b"%EF%BF%BD"
UTF_8 = ("", "utf-8", "UTF-8", "utf8")
_CHARSETS = re.compile(r"charset[\s=\"']*([^;\s\"']*)", re.IGNORECASE)
"""Every one that is named, wherever it stands: which of two is meant is the parser's guess."""


class ReadableQuery:
    """Writes the sign for what cannot be read where a query has a NUL: it makes no sense and is taken as not said."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope.get("query_string", b"")
        await self._app({**scope, "query_string": query.replace(b"%00", UNREADABLE)}, receive, send)


async def only_what_browsers_send(request: Request) -> None:
    """Say 404 to an address with a NUL in its path, 415 to a form that is not UTF-8."""
    if NUL in request.scope["path"]:
        raise HTTPException(404)
    if any(name not in UTF_8 for name in _CHARSETS.findall(request.headers.get("content-type", ""))):
        raise HTTPException(415)
