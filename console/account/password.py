"""Changing one's password (修改密码).  Whoever still has a first password comes here before anything else."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from casework.errors import CaseworkError
from console.asking import Posted, SignedIn, for_roles
from console.cookies import SESSION, drop
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from desk import accounts
from records.accounts import SHORTEST_PASSWORD

router = APIRouter()

FIELDS = ("old_password", "new_password", "repeated")


@router.get("/account/password", **for_roles(EVERYBODY))
def password_page(request: Request, caller: SignedIn) -> Response:
    return _page(request, caller.person.must_change, ())


@router.post("/account/password", **for_roles(EVERYBODY))
def change(request: Request, desk: OurDesk, now: Now, caller: SignedIn, form: Posted) -> Response:
    """Set the new password; every session ends, so one signs in with it at once."""
    old, new = form.typed("old_password"), form.typed("new_password")
    mistakes = _mistakes(old, new, form.typed("repeated"))
    if not mistakes:
        try:
            accounts.change_password(desk, caller, old, new, now)
        except CaseworkError as error:
            mistakes = _said(error)
    if mistakes:
        return _page(request, caller.person.must_change, mistakes, 422)
    answer = go("/sign-in?changed=1")
    drop(request, answer, SESSION)
    return answer


def _mistakes(old: str, new: str, repeated: str) -> tuple[Mistake, ...]:
    found = []
    if not old:
        found.append(Mistake("old_password", "请填写原密码"))
    if len(new) < SHORTEST_PASSWORD:
        found.append(Mistake("new_password", f"新密码至少{SHORTEST_PASSWORD}位"))
    elif len(new) > 200:
        found.append(Mistake("new_password", "新密码不能超过200位"))
    elif new != repeated:
        found.append(Mistake("repeated", "两次填写的新密码不一样，请重新填写"))
    return tuple(found)


def _said(error: CaseworkError) -> tuple[Mistake, ...]:
    if error.code == "login_failed":
        return (Mistake("old_password", "原密码不正确，请重新填写"),)
    return mistakes_of(error, FIELDS)


def _page(request: Request, first: bool, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(
        request,
        "account/password.html",
        title="修改密码",
        status=status,
        form=Form(),
        first=first,
        mistakes=mistakes,
        shortest=SHORTEST_PASSWORD,
    )
