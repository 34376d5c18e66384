"""One look at the people of a case (查看一次): from "显示" to the page that shows names and phones whole.

The form that asks is posted; its route writes the line in the view log and calls `grant`.  The page it goes on to may
show whole data when `granted` says so, and calls `spend` on its answer: reloading it, or coming back to it, shows the
masked page again.  The grant is a sealed cookie for one session, one case and a few minutes; nothing of it stands in
an address.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from console.cookies import SESSION, drop, put, read

LOOK = "wanjia-look"
LASTS = timedelta(minutes=2)
"""From the form to its page; the page itself stays open as long as somebody looks at it."""


def grant(request: Request, response: Response, case_id: str, now: datetime) -> None:
    """Let the next page of this session show the people of one case whole, once."""
    until = int((now + LASTS).timestamp())
    put(request, response, LOOK, f"{until}.{_sealed(request, case_id, until)}", lasts=int(LASTS.total_seconds()))


def granted(request: Request, case_id: str, now: datetime) -> bool:
    """Whether this page may show the people of the case whole."""
    until, _, sealed = (read(request, LOOK) or "").partition(".")
    if not until.isdigit() or len(until) > 12 or int(until) < now.timestamp():
        return False
    return hmac.compare_digest(_sealed(request, case_id, int(until)).encode(), sealed.encode())


def spend(request: Request, response: Response) -> None:
    """Use the grant up with the page that showed something; the page is not kept by the browser (no-store)."""
    drop(request, response, LOOK)


def _sealed(request: Request, case_id: str, until: int) -> str:
    told = "\0".join((read(request, SESSION) or "", case_id, str(until)))
    digest: str = request.app.state.desk.record.keys.digest(sha256(f"look:{told}".encode()).digest())
    return digest[:40]
