"""What every page asks for: who is at the desk (from the session's cookie), and what was typed.

`for_roles(…)` both lets roles through and is what the table of routes shows; a test walks every route as every role.
A visitor without a session is shown the sign-in page and comes back afterwards.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from api.asking import EVERYBODY, STAFF, Needs, Now, OurDesk
from casework.states import Role
from console.cookies import SESSION, read
from console.forms import Form
from desk import accounts
from desk.desk import Caller
from desk.errors import NotLoggedIn


def signed_in(request: Request, desk: OurDesk, now: Now) -> Caller:
    """Return who is at the desk, whatever the role, even with a password that must be changed first."""
    token = read(request, SESSION)
    if token is None:
        raise NotLoggedIn
    caller = accounts.caller_of(desk, token, now)
    request.state.caller = caller
    return caller


class OpenTo(Needs):
    """A dependency that lets some roles through to a page; others are told whose page it is (403)."""

    async def __call__(self, caller: Annotated[Caller, Depends(signed_in)]) -> Caller:
        return self.let_through(caller)


async def the_form(request: Request) -> Form:
    """Return what was posted; `same_site.py` has read it already."""
    return Form.of(await request.form())


SignedIn = Annotated[Caller, Depends(signed_in)]
Staff = Annotated[Caller, Depends(OpenTo(STAFF))]
Anybody = Annotated[Caller, Depends(OpenTo(EVERYBODY))]
Caseworker = Annotated[Caller, Depends(OpenTo((Role.CASEWORKER,)))]
Reviewer = Annotated[Caller, Depends(OpenTo((Role.REVIEWER,)))]
Supervisor = Annotated[Caller, Depends(OpenTo((Role.SUPERVISOR,)))]
Helper = Annotated[Caller, Depends(OpenTo((Role.HELPER,)))]
Administrator = Annotated[Caller, Depends(OpenTo((Role.ADMINISTRATOR,)))]
Posted = Annotated[Form, Depends(the_form)]

CASE_PATH = r"^[0-9A-Za-z-]{1,40}$"


def for_roles(roles: Iterable[Role]) -> dict[str, Any]:
    """Return the arguments of a route that some roles may open: `@router.get(path, **for_roles(STAFF))`.

    The route must also take the caller (`Staff`, `Helper`, …), which is what keeps the others out.
    """
    return {"openapi_extra": {"x-roles": [role.value for role in roles]}, "response_model": None}


FOR_EVERYBODY: dict[str, Any] = {"openapi_extra": {"x-roles": ["public"]}, "response_model": None}
"""A page that anybody may open without signing in."""
