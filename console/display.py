"""How large the text is (适老化): a switch that works for everybody, signed in or not, and needs no script."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.asking import FOR_EVERYBODY, Posted
from console.cookies import LARGE, drop, put
from console.sending_on import place_to_go

router = APIRouter()

A_YEAR = 365 * 86400


@router.post("/display", **FOR_EVERYBODY)
async def display(request: Request, form: Posted) -> Response:
    """Switch between usual and large text, and go on where one was."""
    answer = RedirectResponse(place_to_go(form.text("next")), 303)
    if form.text("large") == "1":
        put(request, answer, LARGE, "1", lasts=A_YEAR)
    else:
        drop(request, answer, LARGE)
    return answer
