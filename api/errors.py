"""The one table from error codes and classes to HTTP status, and the one shape in which every error is said.

    {"error": {"code", "message", "field", "clause", "details"}}

Messages are Chinese and never repeat what was typed: a wrong body may hold somebody's ID number.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.wrong_bodies import body_errors
from casework.errors import CaseworkError, Conflict, Defect, NotYourStep, SaidNo, StepNotInTable
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.errors import NotFound, NotLoggedIn, NotReady, TooManyTries
from policies.errors import PolicyError
from records.errors import RecordUnavailable

BY_CODE: Mapping[str, int] = {
    "login_failed": 401,
    "login_locked": 429,
    "code_missing": 401,
    "code_refused": 401,
    "record_unavailable": 503,
    "registration_expired": 409,
    "drill_clock_refused": 403,
    "receipts_unreadable": 400,
}
"""Codes whose status is not that of their class."""

BY_CLASS: tuple[tuple[type[CaseworkError], int], ...] = (
    (StepNotInTable, 409),
    (NotYourStep, 403),
    (SaidNo, 422),
    (Conflict, 409),
    (NotFound, 404),
    (NotLoggedIn, 401),
    (TooManyTries, 429),
    (NotReady, 503),
    (RecordUnavailable, 503),
    (EngineUnavailable, 503),
    (AcceptedNotRecorded, 202),
)

WORDS: Mapping[int, tuple[str, str]] = {
    400: ("bad_json", "请求体不是正确的 JSON，请检查后重发。"),
    404: ("not_found", "没有这个地址，请对照接口说明检查。"),
    405: ("method_not_allowed", "这个地址不支持该请求方法，请对照接口说明检查。"),
    413: ("body_too_large", "请求体超过 64 KB，请减少内容后重发。"),
    415: ("not_json", "请求体须为 JSON，请把 Content-Type 设为 application/json。"),
    500: ("unexpected", "系统出现意外错误，已记录。请稍后重试；仍不成功的，把事件编号告诉管理员。"),
}


MOST_FIELDS = 50
"""How many wrong fields one answer lists."""


class ErrorWords(BaseModel):
    """错误内容."""

    code: str = Field(description="稳定的错误代码，程序可据此判断", examples=["report_up_too_early"])
    message: str = Field(description="给人看的说明：哪里不对、怎样改正")
    field: str | None = Field(default=None, description="有误的字段，如 members[0].id_number")
    clause: str | None = Field(default=None, description="依据：文件与条款")
    details: dict[str, str | list[str]] = Field(default_factory=dict, description="补充，如可以办理的步骤")


class ErrorBody(BaseModel):
    """出错时的答复，所有接口同一形状."""

    error: ErrorWords


def said(
    status: int,
    code: str,
    message: str,
    *,
    field: str | None = None,
    clause: str | None = None,
    details: Mapping[str, str | list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return one error in the one shape."""
    words = {"code": code, "message": message, "field": field, "clause": clause, "details": dict(details or {})}
    extra = dict(headers or {})
    if status == 503:
        extra.setdefault("Retry-After", "5")
    if status == 429:
        extra.setdefault("Retry-After", "60")
    if status == 401:
        extra.setdefault("WWW-Authenticate", "Bearer")
    return JSONResponse({"error": words}, status, extra)


def said_by_status(status: int, **more: Any) -> JSONResponse:
    """Return the error of a plain HTTP status."""
    code, message = WORDS.get(status, ("http_error", "请求不能处理，请对照接口说明检查。"))
    return said(status, code, message, **more)


def status_of(error: CaseworkError) -> int:
    """Return the HTTP status of a typed error; one that no table knows is our mistake (500)."""
    if error.code in BY_CODE:
        return BY_CODE[error.code]
    return next((status for kind, status in BY_CLASS if isinstance(error, kind)), 500)


class Unexpected(Exception):
    """A typed error that no row knows: handled as any unexpected error, outside the routes."""

    def __init__(self, error: CaseworkError) -> None:
        where = error.details.values() if isinstance(error, Defect) else ()
        super().__init__(" ".join((error.code, *map(str, where))))


def install(app: FastAPI) -> None:
    """Have every error of the app said in the one shape."""

    @app.exception_handler(CaseworkError)
    async def typed(_: Request, error: CaseworkError) -> JSONResponse:
        status = status_of(error)
        if status == 500:
            raise Unexpected(error) from error
        return said(status, error.code, error.message, field=error.field, clause=error.clause, details=error.details)

    @app.exception_handler(PolicyError)
    async def policy(_: Request, error: PolicyError) -> JSONResponse:
        found = [finding.words for finding in error.findings]
        return said(422, error.code, error.message, field=error.key, details={"findings": found} if found else None)

    @app.exception_handler(RequestValidationError)
    async def wrong(_: Request, error: RequestValidationError) -> JSONResponse:
        problems = error.errors()
        if any(problem["type"] == "json_invalid" for problem in problems):
            return said_by_status(400)
        if any(problem["loc"][:1] == ("path",) for problem in problems):
            return said(404, NotFound().code, NotFound().message)
        found = body_errors(problems)
        field = found[0][0]
        message = "；".join(f"{name}：{words}" for name, words in found[:5])
        if len(found) > 5:
            message += f"；另有 {len(found) - 5} 处"
        return said(
            422,
            "invalid_request",
            f"{message}。",
            field=field,
            details={"fields": [name for name, _ in found[:MOST_FIELDS]]},
        )

    @app.exception_handler(HTTPException)
    async def plain(_: Request, error: HTTPException) -> JSONResponse:
        return said_by_status(error.status_code, headers=error.headers)
