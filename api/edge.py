"""The outermost layer (边缘): sizes, content types, headers and the last net under everything.

A body over its limit is refused before anything parses it, with or without a stated length; an address with U+0000 in
it, which PostgreSQL keeps in no text, is not there.  What nobody expected becomes an incident number for the caller and
one line for the operator: the kind and the place, never the values.
What the API lets in and how it says no is `OF_THE_API`; the console has rules of its own.
"""

import logging
import traceback
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from starlette.types import ASGIApp

from api.errors import Unexpected, said, said_by_status

LARGEST_BODY = 64 * 1024

HEARD_OUT = 4 * 1024 * 1024
"""A sender of too much is heard out so far, unkept: one cut off while sending would never see the answer."""

RECEIPTS = "/api/v1/receipts/"
"""Carriers say of their JSON whatever they like."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

log = logging.getLogger("wanjia.api")

Headers = Sequence[tuple[bytes, bytes]]

_HEADERS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


@dataclass(frozen=True, slots=True)
class EdgeRules:
    """What one skin lets in, and how it says no.

    `largest` bytes of a body, by path; `accepts` a content type (lower case, without parameters) at a path; `refused`
    answers a status, `failed` an incident; both may look at the scope.  `plain_queries`: its routes leave U+0000
    in a query to be refused here.
    """

    largest: Callable[[str], int]
    accepts: Callable[[str, str], bool]
    headers: Headers
    refused: Callable[[Message, int], ASGIApp]
    failed: Callable[[Message, str], ASGIApp]
    plain_queries: bool = False


class Edge:
    """Wraps an app; speaks ASGI."""

    def __init__(self, app: App, rules: EdgeRules | None = None) -> None:
        self._app = app
        self._rules = rules or OF_THE_API

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        rules, started = self._rules, False

        async def send_safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = _with_headers(message.get("headers", ()), rules.headers)
            await send(message)

        headers = dict(scope["headers"])
        try:
            body = await _whole_body(headers, receive, rules.largest(scope["path"]))
            if body is None:
                await rules.refused(scope, 413)(scope, receive, send_safely)
            elif "\0" in scope["path"] or (rules.plain_queries and b"%00" in scope["query_string"]):
                await rules.refused(scope, 404)(scope, receive, send_safely)
            elif body and not rules.accepts(scope["path"], _kind(headers)):
                await rules.refused(scope, 415)(scope, receive, send_safely)
            else:
                await self._app(scope, _again(body, receive), send_safely)
        except Exception as error:
            incident = token_hex(6)
            kind = str(error) if isinstance(error, Unexpected) else type(error).__name__
            log.error("incident %s: %s at %s", incident, kind, _place(error.__cause__ or error))
            if started:
                raise
            await rules.failed(scope, incident)(scope, receive, send_safely)


def _refused(_: Message, status: int) -> ASGIApp:
    return said_by_status(status, headers={"Connection": "close"} if status == 413 else {})


def _failed(_: Message, incident: str) -> ASGIApp:
    words = f"系统出现意外错误（事件编号 {incident}），请稍后重试或告诉管理员。"
    return said(500, "unexpected", words, details={"incident": incident})


OF_THE_API = EdgeRules(
    largest=lambda _: LARGEST_BODY,
    accepts=lambda path, kind: kind == "application/json" or path.startswith(RECEIPTS),
    headers=_HEADERS,
    refused=_refused,
    failed=_failed,
)


def _with_headers(headers: Any, ours: Headers) -> list[tuple[bytes, bytes]]:
    given = list(headers)
    names = {name.lower() for name, _ in given}
    if b"cache-control" not in names:
        given.append((b"cache-control", b"no-store"))
    return given + [header for header in ours if header[0] not in names]


async def _whole_body(headers: dict[bytes, bytes], receive: Receive, largest: int) -> bytes | None:
    """Return the body, or None when it is too large; nothing beyond the limit is kept."""
    length = headers.get(b"content-length", b"")
    parts: list[bytes] = []
    size, too_large = 0, length.isdigit() and int(length[:20]) > largest
    while True:
        message = await receive()
        more = message["type"] == "http.request" and bool(message.get("more_body"))
        size += len(message.get("body", b""))
        too_large = too_large or size > largest
        if not too_large:
            parts.append(message.get("body", b""))
        if not more or size > max(HEARD_OUT, 4 * largest):
            return None if too_large else b"".join(parts)


def _kind(headers: dict[bytes, bytes]) -> str:
    return headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode("latin-1")


def _again(body: bytes, receive: Receive) -> Receive:
    """Hand the body that was read to the app once, then whatever comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
