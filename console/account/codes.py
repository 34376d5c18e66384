"""One-time codes of my account (动态码): turn them on with a phone, turn them off with the password."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from casework.errors import CaseworkError, NotYourStep
from console.asking import Anybody, Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from desk import second_factor
from desk.desk import Caller, Desk
from records.second_factors import address_of_secret

router = APIRouter()


@router.get("/account/codes", **for_roles(EVERYBODY))
def codes(request: Request, desk: OurDesk, caller: Anybody) -> Response:
    return _page(request, desk, caller, Form(), ())


@router.post("/account/codes/on", **for_roles(EVERYBODY))
def on(request: Request, desk: OurDesk, now: Now, caller: Anybody, form: Posted) -> Response:
    """Confirm the secret with a first code."""
    try:
        second_factor.turn_on(desk, caller, form.text("code") or "", now)
    except CaseworkError as error:
        return _page(request, desk, caller, form, mistakes_of(error, ("code",)), 422)
    return go("/account/codes")


@router.post("/account/codes/off", **for_roles(EVERYBODY))
def off(request: Request, desk: OurDesk, now: Now, caller: Anybody, form: Posted) -> Response:
    """Turn the codes off."""
    try:
        second_factor.turn_off(desk, caller, form.typed("password")[:200], now)
    except NotYourStep as error:
        words = "密码不正确，动态码没有关闭" if error.code == "login_failed" else error.message
        return _page(request, desk, caller, form, (Mistake("password", words),), 422)
    return go("/account/codes")


def _page(
    request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...], status: int = 200
) -> Response:
    is_on = second_factor.is_on(desk, caller)
    secret = "" if is_on else second_factor.begin(desk, caller)
    return page(
        request,
        "account/codes.html",
        title="动态码",
        status=status,
        form=form,
        mistakes=mistakes,
        is_on=is_on,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        address=address_of_secret(caller.account, secret) if secret else "",
    )
