"""Signing in and out (登录): the same accounts, sessions and locks as the API's.

Over plain http a password could be read on its way, so it is asked for only in a drill or on the machine itself.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from casework.errors import CaseworkError, NotYourStep
from console.asking import FOR_EVERYBODY, Posted, SignedIn, for_roles
from console.cookies import SESSION, VISIT, drop, put, read, secure
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go, place_to_go
from desk import accounts
from desk.desk import Desk, off_loop
from desk.errors import NotReady, TooManyTries
from desk.first_administrator import has_accounts

router = APIRouter()

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@router.get("/sign-in", **FOR_EVERYBODY)
async def sign_in_page(request: Request, desk: OurDesk, next: str = "") -> Response:  # noqa: A002 - the field's name
    if not desk.drill and not await run_in_threadpool(has_accounts, desk):
        raise NotReady
    return _page(request, Form(), place_to_go(next), ())


@router.post("/sign-in", **FOR_EVERYBODY)
async def sign_in(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Start a session, or show the page again with what was wrong."""
    onward = place_to_go(form.text("next"))
    account, password = form.text("account"), form.typed("password")
    mistakes = [
        Mistake(field, words)
        for field, given, words in (("account", account, "请填写账号"), ("password", password, "请填写密码"))
        if not given
    ]
    if not _safe_here(request, desk):
        mistakes = [Mistake(None, "为保护密码，须用 https 地址打开本系统才能登录。请向管理员询问正确的地址。")]
    if mistakes or account is None:
        return _page(request, form, onward, tuple(mistakes), 422)
    address = request.client.host if request.client else ""
    try:
        async with request.app.state.log_ins:
            token, _ = await off_loop(
                accounts.log_in, desk, request.app.state.throttle, account[:40], password[:200], address, now
            )
    except (NotYourStep, TooManyTries) as error:
        return _page(request, form, onward, (Mistake("account", _words(error)),), 422)
    answer = go(onward)
    put(request, answer, SESSION, token)
    drop(request, answer, VISIT)
    return answer


@router.post("/sign-out", **for_roles(EVERYBODY))
def sign_out(request: Request, desk: OurDesk, _: SignedIn) -> Response:
    """End this session."""
    token = read(request, SESSION)
    if token is not None:
        accounts.log_out(desk, token)
    answer = go("/sign-in")
    drop(request, answer, SESSION)
    return answer


def _safe_here(request: Request, desk: Desk) -> bool:
    return secure(request) or desk.drill or request.url.hostname in LOOPBACK


def _words(error: CaseworkError) -> str:
    return error.message


def _page(request: Request, form: Form, onward: str, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(request, "pages/sign_in.html", title="登录", status=status, form=form, onward=onward, mistakes=mistakes)
