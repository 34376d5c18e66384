"""Absences of the area (请假与代办): enter one for somebody, let it end on another day, cancel it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from casework.times import local_date
from console.account.away import day_typed
from console.asking import OpenTo, Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from desk import absences
from desk.desk import Caller, Desk
from desk.errors import NotFound

router = APIRouter(prefix="/administration/absences")

HERE = "/administration/absences"
FIELDS = ("account", "substitute", "first", "last", "reason")
IN_CHARGE = (Role.SUPERVISOR, Role.ADMINISTRATOR)

InCharge = Annotated[Caller, Depends(OpenTo(IN_CHARGE))]


@router.get("", **for_roles(IN_CHARGE))
def listed(request: Request, desk: OurDesk, now: Now, caller: InCharge) -> Response:
    return _page(request, desk, caller, now, Form(), ())


@router.post("", **for_roles(IN_CHARGE))
def enter(request: Request, desk: OurDesk, now: Now, caller: InCharge, form: Posted) -> Response:
    """Enter an absence of somebody in the area."""
    first, last = day_typed(form.text("first")), day_typed(form.text("last"))
    account, substitute, reason = form.text("account"), form.text("substitute"), form.text("reason")
    told = (
        ("account", account, "请填写谁请假（账号）"),
        ("substitute", substitute, "请填写由谁代办（账号）"),
        ("first", first, "请填写第一日，写作 2026-09-30"),
        ("last", last, "请填写最后一日，写作 2026-09-30"),
        ("reason", reason, "请填写事由"),
    )
    mistakes = tuple(Mistake(field, words) for field, given, words in told if given is None)
    if account and substitute and first and last and reason:
        try:
            absences.enter(
                desk,
                caller,
                account=account[:40],
                substitute=substitute[:40],
                first=first,
                last=last,
                reason=reason[:200],
                now=now,
            )
            return go(HERE)
        except CaseworkError as error:
            mistakes = mistakes_of(error, FIELDS)
    return _page(request, desk, caller, now, form, mistakes)


@router.post("/{absence_id}/last", **for_roles(IN_CHARGE))
def change_last(request: Request, desk: OurDesk, now: Now, caller: InCharge, absence_id: int, form: Posted) -> Response:
    field = f"last-{absence_id}"
    last: date | None = day_typed(form.text(field))
    if last is None:
        return _page(request, desk, caller, now, form, (Mistake(field, "请填写新的最后一日，写作 2026-09-30"),))
    try:
        absences.change_last(desk, caller, absence_id, last, now)
    except NotFound:
        raise
    except CaseworkError as error:
        return _page(request, desk, caller, now, form, (Mistake(field, error.message),))
    return go(HERE)


@router.post("/{absence_id}/cancel", **for_roles(IN_CHARGE))
def cancel(desk: OurDesk, now: Now, caller: InCharge, absence_id: int) -> Response:
    absences.cancel(desk, caller, absence_id, now)
    return go(HERE)


def _page(
    request: Request, desk: Desk, caller: Caller, now: datetime, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    return page(
        request,
        "administration/absences.html",
        title="请假与代办",
        status=422 if mistakes else 200,
        form=form,
        mistakes=mistakes,
        known=absences.list_known(desk, caller, since=None if desk.drill else local_date(now)),
        today=local_date(now),
    )
