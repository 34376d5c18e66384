"""What was typed into a form that came too late (登录过期): carried along in the error page, so that nothing is lost.

Nothing is written down on the server or in the browser's storage: the fields are hidden in the page that answers, with
the request key they had, so sending them again is the same request.  Passwords and codes are never carried; of files
only the names of their fields are told, a browser does not give them twice.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

TYPED_ANEW = ("csrf", "code")
"""The form's own mark, and one-time codes."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form to be sent again: where it goes, its fields in order, and the fields of files that must be chosen anew."""

    action: str
    pairs: tuple[tuple[str, str], ...] = field(repr=False)
    files: tuple[str, ...] = ()


def kept_of(request: Request) -> KeptForm | None:
    """Return what was posted with this request, or None when there is nothing to keep (or nothing was read yet)."""
    posted: FormData | None = getattr(request.state, "posted", None)
    if posted is None or any("password" in name for name in posted):
        return None
    pairs = tuple(
        (name, value) for name, value in posted.multi_items() if isinstance(value, str) and name not in TYPED_ANEW
    )
    files = tuple(dict.fromkeys(n for n, v in posted.multi_items() if isinstance(v, UploadFile) and v.filename))
    query = f"?{request.url.query}" if request.url.query else ""
    return KeptForm(request.url.path + query, pairs, files) if pairs else None


def surely_ours(request: Request) -> bool:
    """Whether the browser itself says that a page of ours sent the form; silence is not enough.

    Only then may a form with a mark of an earlier session be offered again: nobody else's page can have filled it.
    """
    site = request.headers.get("sec-fetch-site")
    origin = urlsplit(request.headers.get("origin", ""))
    return site == "same-origin" and bool(origin.netloc) and origin.netloc == request.headers.get("host")
