"""Offices (机构): the names and phones that the board, text messages and pages show to families."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import OurDesk
from casework.errors import SaidNo
from console.administration.overview import ADMINISTRATORS
from console.asking import Administrator, Posted, for_roles
from console.forms import Form, mistakes_of
from console.rendering import page
from console.sending_on import go
from desk import offices
from desk.desk import Caller, Desk

router = APIRouter(prefix="/administration/offices")

FIELDS = ("office", "name", "phone")


@router.get("", **for_roles(ADMINISTRATORS))
def listed(request: Request, desk: OurDesk, caller: Administrator, office: str = "") -> Response:
    chosen = next((each for each in offices.known(desk, caller) if each.office == office), None)
    values = {"office": chosen.office, "name": chosen.name, "phone": chosen.phone} if chosen else {}
    return _page(request, desk, caller, Form.with_values(values))


@router.post("", **for_roles(ADMINISTRATORS))
def keep(request: Request, desk: OurDesk, caller: Administrator, form: Posted) -> Response:
    """Keep one office's name and phone."""
    try:
        offices.keep(
            desk,
            caller,
            code=form.text("office") or "",
            name=form.text("name") or "",
            phone=form.text("phone") or "",
        )
    except SaidNo as error:
        return _page(request, desk, caller, form, error, 422)
    return go("/administration/offices")


def _page(
    request: Request, desk: Desk, caller: Caller, form: Form, error: SaidNo | None = None, status: int = 200
) -> Response:
    return page(
        request,
        "administration/offices.html",
        title="机构",
        status=status,
        known=offices.known(desk, caller),
        form=form,
        mistakes=mistakes_of(error, FIELDS) if error else (),
    )
