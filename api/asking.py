"""What every route asks for: the desk, who calls (from the session), the key of the request, a case's number.

What only looks at the request is `async`, so that it costs no hop to a thread; the session is read in one.
`needs(…)` names the roles that may call a route; the API's description shows them, and a test checks that every route
has said either that or that it is public.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import ErrorBody
from casework.errors import NotYourStep
from casework.states import Role
from desk import accounts
from desk.bodies import Day
from desk.desk import Caller, Desk
from desk.errors import NotLoggedIn
from records.accounts import ACCOUNT_NAME

STAFF = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR, Role.HELPER)
EVERYBODY = (*STAFF, Role.ADMINISTRATOR)

_bearer = HTTPBearer(auto_error=False, scheme_name="会话令牌", description="登录后得到的令牌，12 小时内有效")

_SAID = {
    400: "请求体不是正确的 JSON",
    401: "没有登录或登录已过期",
    403: "该角色不能办理",
    404: "没有找到，或不在办理范围内",
    409: "步骤表里没有这一步（答复可办理的步骤），或已被他人先办，或请求号已用于另一份内容",
    413: "请求体超过 64 KB",
    415: "请求体不是 JSON",
    422: "内容有误，或规则不允许（答复代码、字段、依据）",
    429: "尝试次数过多",
    500: "意外错误，附事件编号",
    503: "记录库或办理引擎暂时不可用，可用同一请求号重试",
}


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the error answers of a route for its description."""
    return {status: {"model": ErrorBody, "description": _SAID[status]} for status in (*statuses, 500, 503)}


READ_ERRORS = responses(401, 403, 404, 422)
WRITE_ERRORS = responses(400, 401, 403, 404, 409, 413, 415, 422)


async def the_desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def the_time(request: Request) -> datetime:
    """Return the clock of the desk (UTC): for sessions and when something was written down, never for a deadline."""
    clock: Callable[[], datetime] = request.app.state.clock
    return clock()


async def token_of(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None or not credentials.credentials.isascii():
        raise NotLoggedIn
    return credentials.credentials


OurDesk = Annotated[Desk, Depends(the_desk)]
Now = Annotated[datetime, Depends(the_time)]
Token = Annotated[str, Depends(token_of)]


def logged_in(
    desk: OurDesk,
    token: Token,
    now: Now,
    as_of: Annotated[Day | None, Header(alias="As-Of", include_in_schema=False)] = None,
) -> Caller:
    """Return who calls, whatever the role, even with a password that must be changed first.

    `As-Of` is the day by which absences are looked at in a drill, where cases live on days of their own.
    """
    return accounts.caller_of(desk, token, now, as_of)


class Needs:
    """A dependency that lets some roles through.  Others get 403; a case out of scope is 404 in the desk."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self.roles = tuple(roles)

    async def __call__(self, caller: Annotated[Caller, Depends(logged_in)]) -> Caller:
        return self.let_through(caller)

    def let_through(self, caller: Caller) -> Caller:
        """Return the caller, or raise `NotYourStep`."""
        if caller.person.must_change:
            raise NotYourStep("password_change_required", "请先修改初始密码，再办理业务。")
        if caller.role not in self.roles:
            words = "、".join(role.words for role in self.roles)
            raise NotYourStep("role_not_allowed", f"这里由{words}使用，您的角色是{caller.role.words}。")
        return caller


LoggedIn = Annotated[Caller, Depends(logged_in)]
Staff = Annotated[Caller, Depends(Needs(STAFF))]
Anybody = Annotated[Caller, Depends(Needs(EVERYBODY))]
Administrator = Annotated[Caller, Depends(Needs((Role.ADMINISTRATOR,)))]


def acting(
    caller: Staff,
    colleague: Annotated[
        str | None,
        Header(
            alias="Acting-For",
            pattern=f"^{ACCOUNT_NAME}$",
            description="代谁办理：同事请假由本人代办、而本人自己也有权办理时，填其账号；其余情形不必填，系统自动记明",
        ),
    ] = None,
) -> Caller:
    """Return who calls, with the colleague in whose stead it says it acts."""
    return caller if colleague is None else replace(caller, wants_to_act_for=colleague)


ActingStaff = Annotated[Caller, Depends(acting)]

CaseId = Annotated[
    str, Path(pattern=r"^[0-9A-Za-z-]{1,40}$", description="个案编号", examples=["220302004-2026-00001"])
]
TaskId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,120}$", description="待办编号", examples=["T2-first_review"])]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{8,120}$",
        description="请求号：每次办理换一个新的；没有收到答复时用同一个重发，不会重复办理",
        examples=["6f1c2a9e-0d53-4c1b-9a56-3a1a5e0b7c11"],
    ),
]


def who(*roles: Role) -> dict[str, Any]:
    """Return what a route's description says of who may call it."""
    return {"x-roles": [role.value for role in roles]}


PUBLIC: dict[str, Any] = {"x-roles": ["public"]}
