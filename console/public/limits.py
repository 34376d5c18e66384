"""How often one address may look at and write on the public's pages (防刷): enough for a family, too little to copy.

Notices have random numbers, so there is nothing to count through; the limit keeps a program from trying all the same.
"""

from datetime import datetime

from fastapi import FastAPI
from starlette.requests import Request

from desk.errors import TooManyTries
from desk.throttle import AddressThrottle

LOOKS, WRITES = 120, 30
"""Within a minute: a community's own computer and a mobile carrier's shared address serve many people."""


class TooOften(TooManyTries):
    """This address has opened or sent too much within the minute; nobody did anything wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.code = "too_often"
        self.message = "您所在的网络一分钟内打开或提交得太多（许多人共用一个网络时也会这样），请过一分钟再试。"


def keep_limits(app: FastAPI) -> None:
    app.state.public_looks = AddressThrottle(LOOKS)
    app.state.public_writes = AddressThrottle(WRITES)


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def count_look(request: Request, now: datetime) -> None:
    """Count one page; raises `TooManyTries`."""
    _count(request.app.state.public_looks, request, now)


def count_write(request: Request, now: datetime) -> None:
    """Count one form that writes; raises `TooManyTries`."""
    _count(request.app.state.public_writes, request, now)


def _count(throttle: AddressThrottle, request: Request, now: datetime) -> None:
    try:
        throttle.check(address_of(request), now)
    except TooManyTries:
        raise TooOften from None
    throttle.failed(address_of(request), now)
