"""Graduates and children of households (高校毕业生、子女): how many, and how many had which measure (L4)."""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.times import local_date
from console.asking import for_roles
from console.rendering import page
from console.subsidies.paying import Office
from console.subsidies.shown import area_of, tabs
from console.typed_values import day_or_none
from records.member_measures import MARKS, MEASURES, counts

router = APIRouter()

HERE = "/subsidies/graduates"
OFFICE = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)


@router.get(HERE, **for_roles(OFFICE))
def graduates(
    request: Request, desk: OurDesk, now: Now, caller: Office, since: str = "", until: str = "", area: str = ""
) -> Response:
    today = local_date(now)
    first, last = day_or_none(since) or date(today.year, 1, 1), day_or_none(until) or today
    narrowed = area_of(area)
    with desk.record.read() as work:
        found = counts(work, caller.scope, area=narrowed, since=first, until=last)
    return page(
        request,
        "subsidies/graduates.html",
        title="毕业生和子女",
        tabs=tabs(caller.role, HERE),
        counts=found,
        marks=MARKS,
        measures=MEASURES,
        first=first,
        last=last,
        area=narrowed or "",
    )
