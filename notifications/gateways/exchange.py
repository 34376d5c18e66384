"""One exchange with a carrier over HTTP (一次往返), the same for every vendor: what was read, and what a failure means.

Whether a message may have gone out is the one question here: a connection that never stood means no, anything after it
is doubt.  Signing and what an answer's codes mean are each vendor's own.
"""

import json
import logging
from collections.abc import Mapping

import httpx2

from notifications.gateways.port import Unavailable, Unknown

MAX_ANSWER = 256 * 1024
logging.getLogger("httpx2").setLevel(logging.WARNING)  # at INFO it writes whole URLs, phones and words included


class AnswerTooLong(Exception):
    """The answer is longer than any honest answer."""


NEVER_STOOD = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
FAILURES = (httpx2.TransportError, httpx2.DecodingError, AnswerTooLong)
"""Everything that can go wrong between the two; those of `NEVER_STOOD` are among them."""


def client(timeout: float) -> httpx2.Client:
    """Return a client that opens a connection for each call.

    A carrier that answers twice leaves its second answer on a connection that is kept; the next message would take it
    for its own and count as sent although nobody has it.
    """
    fresh = httpx2.Limits(max_keepalive_connections=0)
    return httpx2.Client(timeout=timeout, follow_redirects=False, trust_env=False, limits=fresh)


def exchange(
    asking: httpx2.Client, url: httpx2.URL, headers: Mapping[str, str], content: bytes
) -> tuple[int, dict[str, object]]:
    """Post and return status and the JSON object of the answer, empty when it is none; raises one of `FAILURES`."""
    with asking.stream("POST", url, headers=dict(headers), content=content) as got:
        read = b""
        for chunk in got.iter_bytes():
            read += chunk
            if len(read) > MAX_ANSWER:
                raise AnswerTooLong
    try:
        parsed = json.loads(read)
    except ValueError:
        parsed = None
    return got.status_code, parsed if isinstance(parsed, dict) else {}


def after_failure(error: Exception) -> Unavailable | Unknown:
    """Return what a failure means for a message that was handed over."""
    kind = Unavailable if isinstance(error, NEVER_STOOD) else Unknown
    return kind(type(error).__name__)


def after_status(status: int) -> Unavailable | Unknown:
    """Return what a status means for such a message when the answer says nothing that is understood."""
    refused = status in (429, 503) or 400 <= status < 500
    return Unavailable(f"http_{status}") if refused else Unknown(f"http_{status}")
