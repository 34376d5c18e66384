"""What the console lets in, the headers of every page, and how it says no before or beyond its routes.

Nothing is loaded from another host and no script or style stands in a page, so that a name typed by somebody can never
become one.  `same-origin` lets the browser name our own page as the origin of a form.
"""

from secrets import token_hex
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp

from api.edge import EdgeRules
from console.errors import problem_page

FORM = 64 * 1024
UPLOAD = 12 * 1024 * 1024
"""A file may have 10 MB (`records` checks each); the rest is the form around it."""

SHEETS, SHEET = "/imports/uploads", 42 * 1024 * 1024
"""A sheet of a hundred thousand lines and more (`register/sheet_book.py` says how large)."""

UPLOADS = "/uploads"
"""How the path of every page that takes a file ends."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def _largest(path: str) -> int:
    if path == SHEETS:
        return SHEET
    return UPLOAD if path.endswith(UPLOADS) else FORM


def _accepts(_: str, kind: str) -> bool:
    return kind in ("application/x-www-form-urlencoded", "multipart/form-data")


def _refused(scope: Any, status: int) -> ASGIApp:
    return problem_page(Request(scope), status)


def _failed(scope: Any, incident: str) -> ASGIApp:
    return problem_page(Request(scope), 500, incident=incident or token_hex(6))


OF_THE_CONSOLE = EdgeRules(
    largest=_largest, accepts=_accepts, headers=HEADERS, refused=_refused, failed=_failed, plain_queries=True
)
