"""Where a page sends one on to: only ever to a page of ours."""

from urllib.parse import urlsplit

from starlette.responses import RedirectResponse


def place_to_go(wanted: str | None, otherwise: str = "/") -> str:
    """Return the wanted page when it is one of ours (a path with its query), else the other."""
    if (
        not wanted
        or not wanted.startswith("/")
        or wanted.startswith("//")
        or "\\" in wanted
        or not wanted.isprintable()
    ):
        return otherwise
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else otherwise


def go(path: str) -> RedirectResponse:
    """Go on to a page after a form was posted, so that reloading it does nothing twice."""
    return RedirectResponse(path, 303)
