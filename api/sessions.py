"""Sessions (登录) over HTTP: log in and out, who am I, my password."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints

from api.asking import EVERYBODY, PUBLIC, WRITE_ERRORS, LoggedIn, Now, OurDesk, Token, responses, who
from casework.household import Facts
from casework.states import Role
from desk import accounts, second_factor
from desk.bodies import Body, Line
from desk.desk import off_loop
from desk.throttle import AddressThrottle
from records.accounts import ACCOUNT_NAME, SHORTEST_PASSWORD, Account
from records.sessions import IDLE, LASTS

router = APIRouter(tags=["登录"])

Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
NewPassword = Annotated[str, StringConstraints(min_length=SHORTEST_PASSWORD, max_length=200)]
AccountName = Annotated[str, StringConstraints(pattern=f"^{ACCOUNT_NAME}$")]

LOGIN_EXAMPLE = {"account": "cw-220302004-1", "password": "••••••••"}
PASSWORD_EXAMPLE = {"old_password": "••••••••", "new_password": "••••••••••"}


class LogIn(Body):
    """账号和密码."""

    account: Annotated[Line, StringConstraints(max_length=40)] = Field(description="账号", examples=["cw-220302004-1"])
    password: Password = Field(description="密码", repr=False)
    code: Annotated[str, StringConstraints(max_length=12)] | None = Field(
        default=None, description="动态码：开启了动态码的账号必填", examples=["123456"], repr=False
    )


class Me(Facts):
    """本人账号."""

    account: str
    role: Role
    role_words: str
    area: str = Field(description="机构或辖区代码")
    name: str
    must_change: bool = Field(description="true 表示须先修改密码")


class LoggedInAnswer(Me):
    token: str = Field(description="会话令牌：之后放在 Authorization: Bearer 里", repr=False)
    lasts_hours: int = Field(description="最长有效小时数")
    idle_minutes: int = Field(description="多少分钟不用即失效")


class PasswordChange(Body):
    """修改密码."""

    old_password: Password = Field(description="原密码", repr=False)
    new_password: NewPassword = Field(description=f"新密码，至少{SHORTEST_PASSWORD}位", repr=False)


@router.post(
    "/sessions",
    status_code=201,
    summary="登录",
    operation_id="log_in",
    responses=responses(400, 401, 413, 415, 422, 429),
    openapi_extra={
        **PUBLIC,
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": LOGIN_EXAMPLE}}}}},
    },
)
async def log_in(body: LogIn, request: Request, desk: OurDesk, now: Now) -> LoggedInAnswer:
    """连续5次密码错误，账号锁定15分钟；同一地址一分钟内失败20次，须等一分钟。"""
    address = request.client.host if request.client else ""
    throttle: AddressThrottle = request.app.state.throttle
    async with request.app.state.log_ins:
        begun = await off_loop(accounts.log_in, desk, throttle, body.account, body.password, address, now)
    token = begun.token
    if begun.waits:
        token = await off_loop(second_factor.finish_log_in, desk, throttle, token, body.code or "", address, now)
    return LoggedInAnswer(
        **dict(_me(begun.person)),
        token=token,
        lasts_hours=int(LASTS.total_seconds() // 3600),
        idle_minutes=int(IDLE.total_seconds() // 60),
    )


@router.delete(
    "/sessions/current",
    status_code=204,
    summary="退出登录",
    operation_id="log_out",
    responses=responses(401),
    openapi_extra=who(*EVERYBODY),
)
def log_out(_: LoggedIn, token: Token, desk: OurDesk) -> None:
    """令牌随即失效。"""
    accounts.log_out(desk, token)


@router.get("/me", summary="本人账号", operation_id="me", responses=responses(401), openapi_extra=who(*EVERYBODY))
def me(caller: LoggedIn) -> Me:
    """账号、角色和辖区。"""
    return _me(caller.person)


@router.put(
    "/me/password",
    status_code=204,
    summary="修改密码",
    operation_id="change_password",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*EVERYBODY),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": PASSWORD_EXAMPLE}}}}},
    },
)
def change_password(body: PasswordChange, caller: LoggedIn, desk: OurDesk, now: Now) -> None:
    """修改后，本人所有登录都须重新登录。"""
    accounts.change_password(desk, caller, body.old_password, body.new_password, now)


def _me(person: Account) -> Me:
    return Me(
        account=person.account,
        role=person.role,
        role_words=person.role.words,
        area=person.area,
        name=person.name,
        must_change=person.must_change,
    )
