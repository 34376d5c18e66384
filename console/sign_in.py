"""Signing in and out (登录): the same accounts, sessions and locks as the API's.

Over plain http a password could be read on its way, so it is asked for only in a drill or on the machine itself.
"""

from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from casework.errors import NotYourStep
from console.asking import FOR_EVERYBODY, Posted, SignedIn, for_roles
from console.cookies import HALF_WAY, SESSION, VISIT, drop, put, read, secure
from console.devices import device_of
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go, place_to_go
from desk import accounts, second_factor
from desk.desk import Desk, off_loop
from desk.errors import NotLoggedIn, NotReady, TooManyTries
from desk.first_administrator import has_accounts

router = APIRouter()

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@router.get("/sign-in", **FOR_EVERYBODY)
async def sign_in_page(request: Request, desk: OurDesk, next: str = "", changed: str = "") -> Response:  # noqa: A002
    if not desk.drill and not await run_in_threadpool(has_accounts, desk):
        raise NotReady
    return _page(request, Form(), place_to_go(next), (), changed=bool(changed))


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
    if not safe_here(request, desk):
        mistakes = [Mistake(None, "为保护密码，须用 https 地址打开本系统才能登录。请向管理员询问正确的地址。")]
    if mistakes or account is None:
        return _page(request, form, onward, tuple(mistakes), 422)
    address = request.client.host if request.client else ""
    device = device_of(request.headers.get("user-agent", ""))
    throttle = request.app.state.throttle
    try:
        async with request.app.state.log_ins:
            begun = await off_loop(
                partial(accounts.log_in, device=device), desk, throttle, account[:40], password[:200], address, now
            )
    except (NotYourStep, TooManyTries) as error:
        return _page(request, form, onward, (Mistake("account", error.message),), 422)
    if begun.waits:
        answer = go(f"/sign-in/code?{urlencode({'next': onward})}")
        put(request, answer, HALF_WAY, begun.token)
        return answer
    return _in(request, begun.token, onward)


@router.get("/sign-in/code", **FOR_EVERYBODY)
def code_page(request: Request, next: str = "") -> Response:  # noqa: A002 - the field's name
    if read(request, HALF_WAY) is None:
        return _page(request, Form(), place_to_go(next), ())
    return _code_page(request, Form(), place_to_go(next), ())


@router.post("/sign-in/code", **FOR_EVERYBODY)
def finish(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Type the one-time code; the session begins when it is right."""
    onward, half_way = place_to_go(form.text("next")), read(request, HALF_WAY)
    address = request.client.host if request.client else ""
    device = device_of(request.headers.get("user-agent", ""))
    try:
        if half_way is None:
            raise NotLoggedIn
        token = second_factor.finish_log_in(
            desk, request.app.state.throttle, half_way, form.text("code") or "", address, now, device=device
        )
    except (NotYourStep, TooManyTries) as error:
        return _code_page(request, form, onward, (Mistake("code", error.message),), 422)
    except NotLoggedIn:
        words = "等待动态码的时间已过，请重新输入账号和密码。"
        return _page(request, Form(), onward, (Mistake("account", words),), 422)
    return _in(request, token, onward)


@router.post("/sign-out", **for_roles(EVERYBODY))
def sign_out(request: Request, desk: OurDesk, _: SignedIn) -> Response:
    """End this session."""
    token = read(request, SESSION)
    if token is not None:
        accounts.log_out(desk, token)
    answer = go("/sign-in")
    drop(request, answer, SESSION)
    return answer


def safe_here(request: Request, desk: Desk) -> bool:
    """Say whether a password may be typed at this address."""
    return secure(request) or desk.drill or request.url.hostname in LOOPBACK


def _in(request: Request, token: str, onward: str) -> Response:
    """Go on with a session; what the browser knew before it is forgotten."""
    answer = go(onward)
    put(request, answer, SESSION, token)
    drop(request, answer, VISIT)
    drop(request, answer, HALF_WAY)
    return answer


def _page(
    request: Request,
    form: Form,
    onward: str,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
    *,
    changed: bool = False,
) -> Response:
    return page(
        request,
        "pages/sign_in.html",
        title="登录",
        status=status,
        form=form,
        onward=onward,
        mistakes=mistakes,
        changed=changed,
    )


def _code_page(request: Request, form: Form, onward: str, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(
        request, "pages/sign_in_code.html", title="动态码", status=status, form=form, onward=onward, mistakes=mistakes
    )
