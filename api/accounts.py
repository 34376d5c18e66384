"""Accounts (账号) over HTTP: the administrator's list, a new one, closing one; and the first administrator."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints

from api.asking import PUBLIC, READ_ERRORS, WRITE_ERRORS, Administrator, Now, OurDesk, responses, who
from api.sessions import AccountName, NewPassword
from casework.errors import NotYourStep
from casework.household import Facts
from casework.states import Role
from desk import accounts
from desk.bodies import Body
from desk.first_administrator import first_administrator as make_first
from desk.intake_form import Mobile, Name
from desk.throttle import AddressThrottle
from records.accounts import Account

router = APIRouter(tags=["账号"])
first = APIRouter(tags=["账号"])

Area = Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")]

NEW_EXAMPLE = {
    "account": "zhang.san",
    "password": "••••••••••",
    "role": "caseworker",
    "area": "220302004",
    "name": "张三",
    "phone": "19900000001",
}
FIRST_EXAMPLE = {"code": "3f2a-…", "account": "admin", "password": "••••••••••", "name": "管理员", "area": "220000"}


class NewAccount(Body):
    """新账号；其主人首次登录须修改密码."""

    account: AccountName = Field(description="账号，小写字母、数字、点、横线", examples=["zhang.san"])
    password: NewPassword = Field(description="初始密码，至少8位", repr=False)
    role: Literal["caseworker", "reviewer", "supervisor", "helper", "administrator"] = Field(
        description="caseworker 经办人；reviewer 县级复核人员；supervisor 督导人员；helper 帮扶责任人；"
        "administrator 管理员",
        examples=["caseworker"],
    )
    area: Area = Field(description="经办人、帮扶责任人填机构代码；其他填辖区代码", examples=["220302004"])
    name: Name = Field(description="姓名", repr=False)
    phone: Mobile | None = Field(default=None, description="手机号，帮扶责任人收短信用", repr=False)


class NewFirstPassword(Body):
    """重置后的初始密码；其主人下次登录须修改."""

    password: NewPassword = Field(description="初始密码，至少8位", repr=False)


class FirstAdministrator(Body):
    """用一次性代码建立第一个管理员."""

    code: str = Field(max_length=80, description="wanjia run 或 wanjia first-admin 显示的一次性代码", repr=False)
    account: AccountName = Field(description="账号")
    password: NewPassword = Field(description="密码，至少8位", repr=False)
    name: Name = Field(description="姓名", repr=False)
    area: Area = Field(default="220000", description="辖区代码，如 220000 吉林省", examples=["220000"])


class AccountLine(Facts):
    """一个账号."""

    account: str
    role: Role
    role_words: str
    area: str
    name: str
    must_change: bool


class AccountList(Facts):
    accounts: tuple[AccountLine, ...]


@router.get(
    "/accounts",
    summary="辖区内的账号",
    operation_id="list_accounts",
    responses=READ_ERRORS,
    openapi_extra=who(Role.ADMINISTRATOR),
)
def list_accounts(
    caller: Administrator, desk: OurDesk, role: Annotated[Role | None, Query(description="角色")] = None
) -> AccountList:
    """不含已停用的。"""
    return AccountList(accounts=tuple(_line(each) for each in accounts.list_accounts(desk, caller, role)))


@router.post(
    "/accounts",
    status_code=201,
    summary="建立账号",
    operation_id="create_account",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(Role.ADMINISTRATOR),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": NEW_EXAMPLE}}}}},
    },
)
def create_account(body: NewAccount, caller: Administrator, desk: OurDesk, now: Now) -> AccountLine:
    """只能建立本辖区内的账号。"""
    fields = {**dict(body), "role": Role(body.role)}
    return _line(accounts.add_account(desk, caller, **fields, now=now))


@router.delete(
    "/accounts/{account}",
    status_code=204,
    summary="停用账号",
    operation_id="close_account",
    responses=READ_ERRORS,
    openapi_extra=who(Role.ADMINISTRATOR),
)
def close_account(account: AccountName, caller: Administrator, desk: OurDesk) -> None:
    """停用后，其登录随即失效；办过的事仍记在其名下。"""
    accounts.close_account(desk, caller, account)


@router.put(
    "/accounts/{account}/password",
    status_code=204,
    summary="重置密码",
    operation_id="reset_password",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(Role.ADMINISTRATOR),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": {"password": "••••••••••"}}}}}},
    },
)
def reset_password(account: AccountName, body: NewFirstPassword, caller: Administrator, desk: OurDesk) -> None:
    """给辖区内的账号设一个初始密码，并解除锁定；其登录随即失效，下次登录须修改密码。"""
    accounts.reset_password(desk, caller, account, body.password)


@router.delete(
    "/accounts/{account}/lock",
    status_code=204,
    summary="解除锁定",
    operation_id="unlock_account",
    responses=READ_ERRORS,
    openapi_extra=who(Role.ADMINISTRATOR),
)
def unlock(account: AccountName, caller: Administrator, desk: OurDesk) -> None:
    """连续输错密码被锁定的账号，可以马上再登录；密码不变。"""
    accounts.unlock(desk, caller, account)


@first.post(
    "/first-administrator",
    status_code=201,
    summary="建立第一个管理员",
    operation_id="first_administrator",
    responses=responses(400, 403, 409, 413, 415, 422, 429),
    openapi_extra={
        **PUBLIC,
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": FIRST_EXAMPLE}}}}},
    },
)
def first_administrator(body: FirstAdministrator, request: Request, desk: OurDesk, now: Now) -> AccountLine:
    """新装系统只能用一次；之后的账号由管理员建立。"""
    throttle: AddressThrottle = request.app.state.throttle
    address = request.client.host if request.client else ""
    throttle.check(address, now)
    try:
        return _line(make_first(desk, request.app.state.first_code_file, **dict(body), now=now))
    except NotYourStep:
        throttle.failed(address, now)
        raise


def _line(each: Account) -> AccountLine:
    return AccountLine(
        account=each.account,
        role=each.role,
        role_words=each.role.words,
        area=each.area,
        name=each.name,
        must_change=each.must_change,
    )
