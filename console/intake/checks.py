"""Numbers looked at while they are typed (边填边核).  They come in a posted form, never in an address."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now
from casework.times import local_date
from console.asking import Caseworker, Posted, for_roles
from console.intake.my_drafts import CASEWORKERS
from console.questions.checks import of_id_number, of_phone
from console.rendering import page

router = APIRouter()


@router.post("/intake/checks/id-number", **for_roles(CASEWORKERS))
def id_number(request: Request, now: Now, _: Caseworker, form: Posted) -> Response:
    """Answer with what the number says: birth date, age, sex, working age; or what to look at again."""
    found = of_id_number(form.typed("id_number")[:60], local_date(now))
    return page(request, "questions/found.html", title="", found=found)


@router.post("/intake/checks/phone", **for_roles(CASEWORKERS))
def phone(request: Request, _: Caseworker, form: Posted) -> Response:
    found = of_phone(form.typed("phone")[:40])
    return page(request, "questions/found.html", title="", found=found)
