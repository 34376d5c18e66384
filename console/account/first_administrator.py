"""The first administrator (第一个管理员) of a new installation, with the one-time code that the server showed."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, Conflict, NotYourStep
from console.asking import FOR_EVERYBODY, Posted
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.sign_in import safe_here
from desk.first_administrator import first_administrator, has_accounts
from records.accounts import ACCOUNT_NAME, AREA_CODE, SHORTEST_PASSWORD

router = APIRouter()

FIELDS = ("code", "account", "name", "area", "password", "repeated")
_ACCOUNT, _AREA = re.compile(ACCOUNT_NAME), re.compile(AREA_CODE)


@router.get("/first-administrator", **FOR_EVERYBODY)
def first(request: Request, desk: OurDesk) -> Response:
    if has_accounts(desk):
        raise Conflict(
            "already_set_up", "系统已有管理员，这一页不再使用。请用自己的账号登录；没有账号的，请管理员建立。"
        )
    return _page(request, Form(), ())


@router.post("/first-administrator", **FOR_EVERYBODY)
def make(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Make the account; the code can be used once."""
    throttle, address = request.app.state.throttle, request.client.host if request.client else ""
    mistakes = _mistakes(form)
    if not safe_here(request, desk):
        mistakes = (Mistake(None, "为保护密码，请在服务器本机或用 https 地址打开这一页。"),)
    if not mistakes:
        try:
            throttle.check(address, now)
            first_administrator(
                desk,
                request.app.state.first_code_file,
                code=(form.text("code") or "")[:80],
                account=form.text("account") or "",
                password=form.typed("password"),
                name=form.text("name") or "",
                area=form.text("area") or "",
                now=now,
            )
            return go("/sign-in")
        except CaseworkError as error:
            if isinstance(error, NotYourStep):
                throttle.failed(address, now)
            mistakes = mistakes_of(error, FIELDS)
    return _page(request, form, mistakes, 422)


def _mistakes(form: Form) -> tuple[Mistake, ...]:
    found = []
    if not form.text("code"):
        found.append(Mistake("code", "请填写服务器上显示的一次性代码"))
    if not _ACCOUNT.fullmatch(form.text("account") or ""):
        found.append(Mistake("account", "账号为2至40位小写字母、数字，可用点、横线，以字母或数字开头"))
    if not 1 <= len(form.text("name") or "") <= 50:
        found.append(Mistake("name", "请填写姓名"))
    if not _AREA.fullmatch(form.text("area") or ""):
        found.append(Mistake("area", "请填写行政区划代码，如 220000"))
    if not SHORTEST_PASSWORD <= len(form.typed("password")) <= 200:
        found.append(Mistake("password", f"密码至少{SHORTEST_PASSWORD}位"))
    elif form.typed("password") != form.typed("repeated"):
        found.append(Mistake("repeated", "两次填写的密码不一样，请重新填写"))
    return tuple(found)


def _page(request: Request, form: Form, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(
        request,
        "account/first_administrator.html",
        title="建立第一个管理员",
        status=status,
        form=form,
        mistakes=mistakes,
        shortest=SHORTEST_PASSWORD,
    )
