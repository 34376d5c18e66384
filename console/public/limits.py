"""How often one address may look at and write on the public's pages (防刷): enough for a family, too little to copy.

Notices have random numbers, so there is nothing to count through; the limit keeps a program from trying all the same.
"""

from datetime import datetime

from fastapi import FastAPI
from starlette.requests import Request

from desk.throttle import AddressThrottle

LOOKS, WRITES = 120, 30
"""Within a minute: a community's own computer and a mobile carrier's shared address serve many people."""


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
    throttle.check(address_of(request), now)
    throttle.failed(address_of(request), now)
