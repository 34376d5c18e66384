"""Handing visits over (改派走访): one household from its page, a community with all that is left from its round."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, NotYourStep
from console.asking import Posted, for_roles
from console.forms import mistakes_of
from console.register.one_round import round_page
from console.register.seen import InPath, OfTheRegister
from console.register.visits import visit_page
from console.sending_on import go
from desk.errors import NotFound
from desk.register import IN_CHARGE
from desk.survey_handing import hand_over_community, hand_over_visit

router = APIRouter()

FIELDS = ("to", "community")


@router.post("/register/visits/{visit_id}/hand-over", **for_roles(IN_CHARGE))
def visit(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, visit_id: InPath, form: Posted) -> Response:
    try:
        hand_over_visit(desk, caller, visit_id, form.typed("to")[:40], now)
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return visit_page(request, desk, caller, visit_id, now, form, mistakes_of(no, FIELDS))
    return go(f"/register/visits/{visit_id}")


@router.post("/register/rounds/{round_id}/hand-over", **for_roles(IN_CHARGE))
def community(
    request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, round_id: InPath, form: Posted
) -> Response:
    to, where = form.typed("to")[:40], form.typed("community")
    try:
        hand_over_community(desk, caller, round_id, where, to, now, form.key[:40])
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return round_page(request, desk, caller, round_id, now, form, mistakes_of(no, FIELDS))
    return go(f"/register/rounds/{round_id}")
