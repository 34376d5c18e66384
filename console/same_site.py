"""No page of somebody else may act here (CSRF): asked of every request that could change anything.

The browser's word on where a form came from is believed when it says "elsewhere"; besides, each form carries a token
that only our own pages know.  The app asks this before every route; no route can forget it.
"""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from starlette.requests import Request

from casework.errors import NotYourStep
from console.cookies import is_form_token

SAFE = ("GET", "HEAD", "OPTIONS")
FIELD = "csrf"


class FromElsewhere(NotYourStep):
    """The form did not come from a page of ours, or from one of an earlier browser session."""

    def __init__(self) -> None:
        super().__init__(
            "form_not_ours", "这张表不是从本系统的页面提交的，或页面打开得太久，没有办理。请回到原页面刷新后再提交。"
        )


async def from_our_own_pages(request: Request) -> AsyncIterator[None]:
    """Raise `FromElsewhere` unless the request changes nothing or carries the token of this browser.

    The form is read here, and the files that came with it are closed when the answer is given.
    """
    if request.method in SAFE:
        yield
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise FromElsewhere
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise FromElsewhere
    form = await request.form(max_files=20, max_fields=2000)
    request.state.posted = form
    try:
        token = form.get(FIELD)
        if not isinstance(token, str) or not is_form_token(request, token):
            raise FromElsewhere
        yield
    finally:
        await form.close()
