"""Errors as pages (出错页): what happened, that nothing is lost, and what is safe to do now.

The HTTP status comes from the one table of `api/errors.py`.  A page that shows its form again does so itself; what ends
here is everything else.
"""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.errors import Unexpected, status_of
from casework.errors import CaseworkError
from console.asking import signed_in
from console.forms import ON_PAGES, words_of
from console.kept_forms import KeptForm, kept_of, surely_ours
from console.rendering import finds, page
from console.same_site import FromElsewhere
from desk.desk import off_loop
from desk.errors import NotFound, NotLoggedIn, NotReady
from policies.errors import PolicyError


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page says: a heading, what happened, and what one can do now."""

    heading: str
    happened: str
    now: tuple[str, ...]


BY_STATUS: dict[int, Problem] = {
    202: Problem(
        "已受理，正在写入记录",
        "您的办理已经被接受，但记录还没有写完。",
        ("稍等片刻，按浏览器的“刷新”或再次提交：同一次提交不会重复办理。", "不要另填一张新表。"),
    ),
    400: Problem("请求不完整", "浏览器发来的内容不完整。", ("返回上一页，重新提交。",)),
    401: Problem("请先登录", "登录已过期或尚未登录，刚才的提交没有办理。", ("重新登录后继续。",)),
    403: Problem("这里不由您办理", "您的角色不能打开这一页或办理这一步。", ("回到首页，从菜单进入自己的工作。",)),
    404: Problem(
        "没有找到这一页",
        "地址写错了，或它不在您的办理范围内。",
        ("检查地址是否完整。", "回到首页，从那里重新进入。"),
    ),
    405: Problem("这个地址不能这样打开", "这一页只在提交表单时使用。", ("回到首页，从菜单重新进入。",)),
    409: Problem(
        "情况已经变化", "在您打开页面之后，这件事已有新的变化，您的提交没有生效。", ("打开最新的页面核对后再办理。",)
    ),
    413: Problem(
        "内容太大", "提交的内容超过了限制，没有保存。", ("减少文字；文件每个不超过10 MB。", "返回上一页再提交。")
    ),
    415: Problem("内容格式不对", "这一页只接受网页表单。", ("返回上一页，重新提交。",)),
    422: Problem("内容有误", "地址或提交的内容有误，没有办理。", ("返回上一页更正后再提交。",)),
    429: Problem(
        "尝试次数过多", "为保护账号，暂时不能继续尝试。", ("请稍等几分钟再试。", "忘记密码的，请联系管理员重置。")
    ),
    500: Problem(
        "系统出现意外错误",
        "错误已记录，您刚才的提交可能没有办理。",
        ("先打开有关页面，查看是否已经办理。", "没有办理的再提交一次。", "仍不成功的，把事件编号告诉管理员。"),
    ),
    503: Problem(
        "暂时不能办理",
        "后台服务暂时连接不上。",
        ("您填写的内容没有提交。请保留页面，过一两分钟再次提交，不会重复办理。", "长时间不恢复的，请告诉管理员。"),
    ),
}

TYPED_KEPT: dict[int | str, Problem] = {
    "phone_not_shown": Problem(
        "请重新验证手机，填写的内容都在",
        "手机验证已过期，刚填的这一页还没有保存。填写的内容保留在这一页，不要关闭。",
        ("点“验证手机”，在新打开的页面用同一个手机号重新验证。", "验证后回到这一页，点“再次提交”。以前保存过的都在。"),
    ),
    401: Problem(
        "登录已过期，填写的内容都在",
        "刚才的提交没有办理。您填写的内容保留在这一页，不要关闭。",
        ("点“登录”，在新打开的页面登录。", "登录后回到这一页，点“再次提交”。"),
    ),
    403: Problem(
        "请再提交一次，填写的内容都在",
        "您填表期间重新登录过，或页面打开得太久，刚才的提交没有办理。",
        ("点“再次提交”，按现在登录的账号办理。",),
    ),
}
"""A form of ours that came after its session: what was typed is in the page, to be sent again."""

TO_FIND = Problem(
    BY_STATUS[404].heading, BY_STATUS[404].happened, ("检查地址是否完整。", "用页面上方的查找，按编号或姓名找。")
)
"""The same for who has the box to search on top of the page."""

UNAVAILABLE: dict[str, Problem] = {
    "phone_not_shown": Problem(
        "请重新验证手机",
        "手机验证已过期，刚才这一步没有办。",
        ("点“验证手机”，用同一个手机号重新验证。", "验证后再办一次。以前保存过的都在。"),
    ),
    "too_often": Problem(
        "请过一分钟再打开",
        "您所在的网络打开或提交得太多。",
        ("过一分钟，再打开一次这一页。", "急用的，请打受理机构的公开电话，或带身份证到受理窗口。"),
    ),
    "engine_unavailable": Problem(
        "办理引擎暂时连接不上",
        "现在可以查看，但不能办理。刚才提交的，没有得到是否办理的确认。",
        ("保留页面，过一两分钟再次提交，不会重复办理。", "查看个案、清单不受影响。", "长时间不恢复的，请告诉管理员。"),
    ),
    "record_unavailable": Problem(
        "记录库暂时连接不上",
        "现在不能查看，也不能办理。您刚才的提交没有办理。",
        ("保留页面，过一两分钟按“刷新”或再次提交，不会重复办理。", "长时间不恢复的，请告诉管理员。"),
    ),
}


def install(app: FastAPI) -> None:
    """Have every error of the console said as a page."""

    @app.exception_handler(CaseworkError)
    async def typed(request: Request, error: CaseworkError) -> Response:
        return answer_to(request, error)

    @app.exception_handler(PolicyError)
    async def policy(request: Request, error: PolicyError) -> Response:
        return problem_page(request, 422, message=error.message)

    @app.exception_handler(RequestValidationError)
    async def wrong(request: Request, error: RequestValidationError) -> Response:
        of_path = any(problem["loc"][:1] == ("path",) for problem in error.errors())
        return problem_page(request, 404 if of_path else 422)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        if error.status_code in (404, 405):
            await off_loop(_recognise, request)
        return problem_page(request, error.status_code)


def answer_to(request: Request, error: CaseworkError) -> Response:
    """Return the page of a typed error; who is not signed in is sent to sign in and comes back."""
    if error.code == "phone_not_shown" and request.method in ("GET", "HEAD"):
        return RedirectResponse("/apply", 303)
    if isinstance(error, NotLoggedIn) and request.method in ("GET", "HEAD"):
        return RedirectResponse(f"/sign-in?next={quote(_here(request))}", 303)
    if isinstance(error, NotReady):
        return RedirectResponse("/first-administrator", 303)
    if error.code == "password_change_required":
        return RedirectResponse("/account/password", 303)
    kept = kept_of(request) if request.method == "POST" else None
    if kept is not None and (
        isinstance(error, NotLoggedIn) or (isinstance(error, FromElsewhere) and surely_ours(request))
    ):
        return problem_page(request, status_of(error), kept=kept)
    if kept is not None and error.code == "phone_not_shown":
        return problem_page(request, status_of(error), code=error.code, kept=kept)
    status = status_of(error)
    if status == 500:
        raise Unexpected(error) from error
    away = status in (202, 503) and error.code in ON_PAGES  # the page of these says it, and what to do
    message = None if isinstance(error, NotFound) or away else words_of(error)
    return problem_page(
        request,
        status,
        code=error.code,
        message=message,
        clause=error.clause,
        kept=kept if status in (202, 503) else None,
    )


def problem_page(
    request: Request,
    status: int,
    *,
    code: str = "",
    message: str | None = None,
    clause: str | None = None,
    incident: str | None = None,
    kept: KeptForm | None = None,
) -> HTMLResponse:
    """Return the page of an error; with `kept` it carries what was typed, to be sent again."""
    carried = TYPED_KEPT if kept else {}
    problem = carried.get(code) or UNAVAILABLE.get(code) or carried.get(status) or BY_STATUS.get(status)
    if status == 404 and finds(request):
        problem = TO_FIND
    problem = problem or BY_STATUS[500]
    response = page(
        request,
        "pages/problem.html",
        title=problem.heading,
        status=status,
        problem=problem,
        message=message,
        clause=clause,
        incident=incident,
        kept=kept,
        signs_in=status == 401,
        shows_phone=code == "phone_not_shown",
    )
    if status == 503:
        response.headers["Retry-After"] = "5"
    if status == 413:
        response.headers["Connection"] = "close"
    return response


def _recognise(request: Request) -> None:
    """Have the frame of a page that is not there show the menu of whoever is signed in."""
    with suppress(CaseworkError):
        signed_in(request, request.app.state.desk, request.app.state.clock())


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
