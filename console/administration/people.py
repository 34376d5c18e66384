"""Accounts (账号): who works with the system in the administrator's area; a new one, and what befalls one.

Closing an account is asked twice; one that is still the helper of households is not closed, and the page leads to them.
"""

import re
from collections.abc import Callable
from contextlib import suppress

from fastapi import APIRouter
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, SaidNo
from casework.states import Role
from console.administration.overview import ADMINISTRATORS
from console.asking import Administrator, Posted, for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake, mistakes_of
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.sending_on import go
from desk import accounts
from desk.bodies import Line
from desk.desk import Caller, Desk
from desk.phone_codes import mobile
from records.accounts import ACCOUNT_NAME, AREA_CODE, SHORTEST_PASSWORD, Account, AccountPage

router = APIRouter(prefix="/administration/people")

HERE = "/administration/people"
FIELDS = ("account", "name", "role", "area", "phone", "password")
ROLES = tuple((role.value, role.words) for role in Role if role is not Role.SYSTEM)
_ACCOUNT, _AREA = (re.compile(pattern) for pattern in (ACCOUNT_NAME, AREA_CODE))
_LINE: TypeAdapter[str] = TypeAdapter(Line)

COLUMNS: tuple[Column[Account], ...] = (
    Column("account", "账号", lambda a: a.account, link=lambda a: f"{HERE}/of/{a.account}"),
    Column("name", "姓名", lambda a: a.name),
    Column("role", "角色", lambda a: a.role.words),
    Column("area", "机构或辖区", lambda a: a.area),
    Column("state", "状况", lambda a: _state(a)),
)


def _state(account: Account) -> str:
    if account.disabled:
        return "已停用"
    return "须修改初始密码" if account.must_change else "在用"


@router.get("", **for_roles(ADMINISTRATORS))
def people(request: Request, desk: OurDesk, caller: Administrator) -> Response:
    asked = wanted(request, sorts=(), filters=("role", "area", "closed"))
    found = _found(desk, caller, asked, asked.offset, SIZE)
    empty = "没有符合条件的账号。换一个条件，或建立账号。"
    listing = Listing("people", HERE, COLUMNS, found.rows, found.total, asked, empty)
    return page(
        request,
        "administration/people.html",
        title="账号",
        listing=listing,
        roles=ROLES,
        form=Form.with_values(asked.filters),
    )


@router.get("/export.{kind}", **for_roles(ADMINISTRATORS))
def export(request: Request, desk: OurDesk, caller: Administrator, kind: str) -> Response:
    asked = wanted(request, sorts=(), filters=("role", "area", "closed"))
    return exported("people", COLUMNS, _found(desk, caller, asked, 0, MOST_ROWS).rows, kind)


@router.get("/new", **for_roles(ADMINISTRATORS))
def new_page(request: Request, _: Administrator) -> Response:
    return _new_page(request, Form(), ())


@router.post("/new", **for_roles(ADMINISTRATORS))
def add(request: Request, desk: OurDesk, now: Now, caller: Administrator, form: Posted) -> Response:
    """Make an account with a first password, which its owner must change."""
    mistakes = _mistakes(form)
    if not mistakes:
        try:
            made = accounts.add_account(
                desk,
                caller,
                account=form.text("account") or "",
                password=form.typed("password"),
                role=Role(form.text("role") or ""),
                area=form.text("area") or "",
                name=form.text("name") or "",
                phone=_phone(form),
                now=now,
            )
            return go(f"{HERE}/of/{made.account}?done=made")
        except CaseworkError as error:
            mistakes = mistakes_of(error, FIELDS)
    return _new_page(request, form, mistakes, 422)


@router.get("/of/{account}", **for_roles(ADMINISTRATORS))
def one(request: Request, desk: OurDesk, caller: Administrator, account: str, done: str = "") -> Response:
    return _one_page(request, accounts.account_for(desk, caller, account), done=done)


@router.post("/of/{account}/password", **for_roles(ADMINISTRATORS))
def reset(request: Request, desk: OurDesk, caller: Administrator, account: str, form: Posted) -> Response:
    """Give a new first password; one-time codes and locks go with the old one."""
    person = accounts.account_for(desk, caller, account)
    password = form.typed("password")
    if not SHORTEST_PASSWORD <= len(password) <= 200:
        words = f"初始密码为{SHORTEST_PASSWORD}至200位"
        return _one_page(request, person, mistakes=(Mistake("password", words),), status=422)
    return _done(request, person, lambda: accounts.reset_password(desk, caller, account, password), "password")


@router.post("/of/{account}/words", **for_roles(ADMINISTRATORS))
def describe(request: Request, desk: OurDesk, caller: Administrator, account: str, form: Posted) -> Response:
    """Correct the name or the phone; an empty phone changes nothing."""
    person = accounts.account_for(desk, caller, account)
    mistakes = tuple(each for each in _mistakes(form) if each.field in ("name", "phone"))
    if mistakes:
        return _one_page(request, person, form=form, mistakes=mistakes, status=422)
    name, phone = form.text("name") or "", _phone(form)
    return _done(request, person, lambda: accounts.describe(desk, caller, account, name=name, phone=phone), "described")


@router.post("/of/{account}/unlock", **for_roles(ADMINISTRATORS))
def unlock(request: Request, desk: OurDesk, caller: Administrator, account: str) -> Response:
    person = accounts.account_for(desk, caller, account)
    return _done(request, person, lambda: accounts.unlock(desk, caller, account), "unlocked")


@router.get("/of/{account}/close", **for_roles(ADMINISTRATORS))
def close_page(request: Request, desk: OurDesk, caller: Administrator, account: str) -> Response:
    person = accounts.account_for(desk, caller, account)
    return page(request, "administration/close.html", title="停用账号", person=person, form=Form(), cases=())


@router.post("/of/{account}/close", **for_roles(ADMINISTRATORS))
def close(request: Request, desk: OurDesk, caller: Administrator, account: str) -> Response:
    """Close the account, or show which households it still answers for."""
    person = accounts.account_for(desk, caller, account)
    try:
        accounts.close_account(desk, caller, account)
    except CaseworkError as error:
        cases = error.details.get("cases", ())
        return page(
            request,
            "administration/close.html",
            title="停用账号",
            status=422,
            person=person,
            form=Form(),
            mistakes=(Mistake(None, error.message),),
            cases=tuple(cases) if not isinstance(cases, str) else (),
        )
    return go(f"{HERE}/of/{account}?done=closed")


def _found(desk: Desk, caller: Caller, asked: Wanted, offset: int, limit: int) -> AccountPage:
    role, area = asked.get("role"), asked.get("area") or ""
    return accounts.page_for(
        desk,
        caller,
        role=Role(role) if role in dict(ROLES) else None,
        disabled=asked.get("closed") == "1",
        under=area if _AREA.fullmatch(area) else "",
        offset=offset,
        limit=limit,
    )


def _phone(form: Form) -> str | None:
    """Return the phone as it is kept, in whatever groups or width it was typed; "" when it cannot be one."""
    typed = form.text("phone")
    with suppress(SaidNo):
        return mobile(typed) if typed else None
    return ""


def _in_one_line(typed: str) -> bool:
    """Say whether all of it can be seen: what is pasted may carry marks that turn or part the words of a page."""
    with suppress(ValidationError):
        return bool(_LINE.validate_python(typed))
    return False


def _mistakes(form: Form) -> tuple[Mistake, ...]:
    checks = (
        ("account", bool(_ACCOUNT.fullmatch(form.text("account") or "")), "账号为2至40位小写字母、数字，可用点、横线"),
        ("name", 1 <= len(form.text("name") or "") <= 50, "请填写姓名，不超过50个字"),
        ("name", _in_one_line(form.text("name") or "-"), "姓名中有换行或看不见的字符，请删去后重新填写"),
        ("role", form.text("role") in dict(ROLES), "请选择角色"),
        ("area", bool(_AREA.fullmatch(form.text("area") or "")), "请填写机构或辖区代码，如 220302004"),
        ("phone", _phone(form) != "", "手机号应为11位，以1开头；没有的不填"),
        (
            "password",
            SHORTEST_PASSWORD <= len(form.typed("password")) <= 200,
            f"初始密码为{SHORTEST_PASSWORD}至200位",
        ),
    )
    return tuple(Mistake(field, words) for field, right, words in checks if not right)


def _done(request: Request, person: Account, act: Callable[[], None], done: str) -> Response:
    try:
        act()
    except CaseworkError as error:
        return _one_page(request, person, mistakes=mistakes_of(error, ("password",)), status=422)
    return go(f"{HERE}/of/{person.account}?done={done}")


def _new_page(request: Request, form: Form, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(
        request,
        "administration/new_person.html",
        title="建立账号",
        status=status,
        form=form,
        mistakes=mistakes,
        roles=ROLES,
        shortest=SHORTEST_PASSWORD,
    )


def _one_page(
    request: Request,
    person: Account,
    *,
    done: str = "",
    form: Form | None = None,
    mistakes: tuple[Mistake, ...] = (),
    status: int = 200,
) -> Response:
    return page(
        request,
        "administration/person.html",
        title="账号",
        status=status,
        person=person,
        state=_state(person),
        done=done,
        form=form or Form.with_values({"name": person.name}),
        mistakes=mistakes,
    )
