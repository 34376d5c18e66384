"""My account (我的账号): who I am here, for whom I stand in today, who stands in for me, and where to change things."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from casework.times import local_date
from console.asking import Anybody, for_roles
from console.rendering import page
from desk import absences, second_factor
from records.accounts import account_of
from records.offices import office_for

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StandsIn:
    """One absence that concerns me today or later; `now` when it is running."""

    account: str
    name: str
    first: date
    last: date
    now: bool


@router.get("/account", **for_roles(EVERYBODY))
def own(request: Request, desk: OurDesk, now: Now, caller: Anybody) -> Response:
    today = local_date(now)
    known = absences.list_known(desk, caller, since=today)
    with desk.record.read() as work:
        office = office_for(work, caller.area)

        def named(account: str) -> str:
            found = account_of(work, account)
            return found.name if found else ""

        for_others = tuple(
            StandsIn(a.account, named(a.account), a.first, a.last, a.first <= today)
            for a in known
            if a.substitute == caller.account
        )
        away = tuple(
            StandsIn(a.substitute, named(a.substitute), a.first, a.last, a.first <= today)
            for a in known
            if a.account == caller.account
        )
    return page(
        request,
        "account/own.html",
        title="我的账号",
        office=office,
        for_others=for_others,
        away=away,
        codes=second_factor.is_on(desk, caller),
    )
