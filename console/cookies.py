"""The console's cookies: the session's token, the mark that a form came from our own page, and how large the text is.

Over https every cookie is `__Host-` and Secure; over plain http it has its bare name, which `sign_in.py` allows in a
drill and on the machine itself alone.  Scripts can read none of them.
"""

import hmac
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from starlette.requests import Request
from starlette.responses import Response

SESSION, HALF_WAY, VISIT, LARGE = "wanjia", "wanjia-code", "wanjia-form", "wanjia-large"
"""`HALF_WAY`: the password was right, the one-time code is still to be typed."""


def name_of(request: Request, cookie: str) -> str:
    return f"__Host-{cookie}" if secure(request) else cookie


def secure(request: Request) -> bool:
    return request.url.scheme == "https"


def read(request: Request, cookie: str) -> str | None:
    value = request.cookies.get(name_of(request, cookie))
    return value if value and value.isascii() else None


def put(request: Request, response: Response, cookie: str, value: str, *, lasts: int | None = None) -> None:
    """Set a cookie, for this browser session or `lasts` seconds."""
    response.set_cookie(
        name_of(request, cookie), value, max_age=lasts, path="/", secure=secure(request), httponly=True, samesite="lax"
    )


def drop(request: Request, response: Response, cookie: str) -> None:
    response.delete_cookie(name_of(request, cookie), path="/", secure=secure(request), httponly=True, samesite="lax")


def visit_of(request: Request) -> str:
    """Return the random mark of this browser; a new one is set with the page (`rendering.py`)."""
    found = read(request, VISIT)
    if found is None:
        found = getattr(request.state, "new_visit", None) or token_urlsafe(24)
        request.state.new_visit = found
    return found


def form_token(request: Request) -> str:
    """Return the token every form of this browser carries; never the same twice, so that compression tells nothing."""
    salt = token_hex(8)
    return f"{salt}.{_sealed(request, visit_of(request), salt)}"


def is_form_token(request: Request, token: str) -> bool:
    visit = read(request, VISIT)
    salt, _, sealed = token.partition(".")
    return visit is not None and hmac.compare_digest(_sealed(request, visit, salt).encode(), sealed.encode())


def _sealed(request: Request, visit: str, salt: str) -> str:
    keys = request.app.state.desk.record.keys
    told: str = keys.digest(sha256(f"form:{salt}:{visit}".encode()).digest())
    return told[:40]
