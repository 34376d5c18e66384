"""The first page (首页): each role is sent to where its work is; who has not signed in sees the public's page."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from console.asking import FOR_EVERYBODY, signed_in
from console.rendering import page
from console.sending_on import go
from desk.errors import NotLoggedIn

router = APIRouter()

FIRST: Mapping[Role, str] = {
    Role.CASEWORKER: "/queue",
    Role.HELPER: "/doorstep",
    Role.ADMINISTRATOR: "/administration",
    Role.REVIEWER: "/county",
    Role.SUPERVISOR: "/supervision",
}
"""The first page of each role; a role without one gets a greeting."""


@router.get("/", **FOR_EVERYBODY)
def home(request: Request, desk: OurDesk, now: Now) -> Response:
    try:
        caller = signed_in(request, desk, now)
    except NotLoggedIn:
        return page(request, "pages/welcome.html", title="万家灯火")
    if caller.person.must_change:
        return go("/account/password")
    if (first := FIRST.get(caller.role)) is not None:
        return go(first)
    return page(request, "pages/greeting.html", title="首页")
