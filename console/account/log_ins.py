"""Where I am signed in (登录的设备): one line a session, each can be ended at once."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from console.asking import Anybody, Posted, for_roles
from console.cookies import SESSION, read
from console.forms import Form
from console.rendering import page
from console.sending_on import go
from desk import accounts
from desk.errors import NotLoggedIn

router = APIRouter()


@router.get("/account/sessions", **for_roles(EVERYBODY))
def listed(request: Request, desk: OurDesk, now: Now, caller: Anybody, ended: str = "") -> Response:
    lines = accounts.own_sessions(desk, caller, _token(request), now)
    return page(request, "account/sessions.html", title="登录的设备", lines=lines, form=Form(), ended=ended)


@router.post("/account/sessions/end", **for_roles(EVERYBODY))
def end(desk: OurDesk, caller: Anybody, form: Posted) -> Response:
    """End one session."""
    chosen = form.text("session")
    gone = chosen is not None and accounts.end_own_session(desk, caller, chosen)
    return go(f"/account/sessions?ended={1 if gone else 0}")


@router.post("/account/sessions/end-others", **for_roles(EVERYBODY))
def end_others(request: Request, desk: OurDesk, caller: Anybody) -> Response:
    """End all sessions but this one."""
    return go(f"/account/sessions?ended={accounts.end_other_sessions(desk, caller, _token(request))}")


def _token(request: Request) -> str:
    token = read(request, SESSION)
    if token is None:
        raise NotLoggedIn
    return token
